import math

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.mechanisms.law_and_authority import LawAndAuthority, update
from pilots_by_hand import piloted

P = LawAndAuthority(pace=0.08)
share = st.floats(0, 1)


def test_a_full_mandate_closes_the_gap_at_its_pace():
    # half of the law is there; 8 % a year over a quarter closes 1 - exp(-0.02) of the rest
    assert update(0.5, 1.0, P, 0.25) == approx(0.5 + (1 - math.exp(-0.02)) * 0.5)


@given(law=share, mandate=share)
def test_law_never_falls_and_stays_a_share(law, mandate):
    assert law <= update(law, mandate, P, 0.25) <= 1


@given(law=share)
def test_without_mandate_the_law_stands_still(law):
    assert update(law, 0.0, P, 0.25) == law


def test_the_step_takes_the_mandate_that_open_zones_try(played):
    old, new, p = played("law_and_authority")
    mandate = piloted(old, old.levers.legal_mandate)
    law = old.nation.law
    assert new.nation.law == approx(law + (1 - math.exp(-p.pace * mandate / 4)) * (1 - law), rel=1e-12)
