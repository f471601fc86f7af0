import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.mechanisms.glass_door import (
    GlassDoor,
    by_area,
    effective_openness,
    on_paper,
    opening_speed,
    update,
    update_nation,
)

P = GlassDoor()
share = st.floats(0, 1)
door = st.floats(0.05, 0.7)
ONE = np.ones(1)


def test_doors_open_at_their_speed_and_new_openness_stays_on_paper():
    # speed .024 + .072 x .5 + .060 x .1 = .066 a year; half the licences; a rise of .04, half of it in law
    speed = opening_speed(np.array([0.5]), np.array([0.4]), 0.5, P)
    added = on_paper(0.04, 0.5, ONE, P)
    assert speed == approx([0.066])
    assert added == approx([0.25 * 0.04 * 0.5])
    expected = 0.4 * math.exp(-0.25 * 0.5 * 0.066) + 0.005
    assert update(np.array([0.4]), 0.45, np.array([0.5]), speed, added, P, 0.25) == approx([expected])


def test_the_nation_opens_slowly_down_to_the_floor():
    assert update_nation(0.45, P, 0.25) == approx(0.45 * math.exp(-0.002))
    assert update_nation(0.05, P, 0.25) == 0.05


def test_effective_openness_by_area():
    # .8 x (1 - .25) = .6 in the zone, .5 x (1 - .4) = .3 elsewhere; a closed zone has the nation's
    zone, nation = effective_openness(0.8, np.array([0.25, 0.25])), effective_openness(0.5, 0.4)
    assert by_area(zone, nation, np.array([1.0, 0.0])) == approx(np.array([[0.3, 0.6], [0.3, 0.3]]))


def test_rates_of_zero_keep_the_doors_as_they_were():
    p = GlassDoor(reform_speed=0, law_gain=0, environment_gain=0, paper_gap=0, national_speed=0)
    national = update_nation(p.initial, p, 0.25)
    speed = opening_speed(ONE, 0 * ONE, 1.0, p)
    assert update(np.array([p.initial]), national, ONE, speed, on_paper(1.0, 0.0, ONE, p), p, 0.25) == [p.initial]


@given(start=door, national=door, licence=share, better=share, law=share, rise=share, formal=share, more=share)
def test_a_zone_is_never_worse_than_the_nation(start, national, licence, better, law, rise, formal, more):
    national = update_nation(national, P, 0.25)
    speed = opening_speed(better * ONE, 0 * ONE, law, P)
    in_zone = update(start * ONE, national, licence * ONE, speed, on_paper(rise, law, ONE, P), P, 0.25)
    assert 0.05 <= in_zone[0] <= national
    zone = effective_openness(max(formal, more), in_zone)
    nation = effective_openness(formal, national)
    assert zone[0] >= nation


@given(start=door, rise=share, law=share, formal=share)
def test_an_idle_zone_is_exactly_as_open_as_the_nation(start, rise, law, formal):
    nation = update_nation(start, P, 0.25)
    speed = opening_speed(ONE, 0 * ONE, law, P)
    zone = update(start * ONE, nation, 0 * ONE, speed, on_paper(rise, law, ONE, P), P, 0.25)
    assert effective_openness(formal, zone)[0] == effective_openness(formal, nation)


@given(start=st.floats(0.1, 0.4), law=share, more=share)
def test_more_licence_reform_opens_more(start, law, more):
    speed = opening_speed(ONE, ONE, law, P)
    some, all_of_it = (update(start * ONE, 0.45, x * ONE, speed, 0 * ONE, P, 0.25)[0] for x in (more, 1.0))
    assert all_of_it <= some <= start


def test_the_step_opens_doors_of_zones_by_licence_reform_and_leaves_the_rest_to_the_nation(played):
    old, new, p = played("glass_door")
    nation, regions = old.nation, old.regions
    national = nation.glass_door * math.exp(-p.national_speed / 4)
    assert new.nation.glass_door == approx(national, rel=1e-12)
    assert nation.openness_rise > 0
    for r in range(31):
        better = regions.business_environment[r] - old.base.business_environment[r]
        speed = p.reform_speed + p.law_gain * nation.law + p.environment_gain * better
        door = regions.glass_door[r] * math.exp(-speed * old.levers.licence_reform[r] / 4)
        door += p.paper_gap * nation.openness_rise * regions.zone_open[r] * (1 - nation.law)
        door = min(max(door, p.floor), national)
        outside = nation.openness_national * (1 - national)
        inside = nation.openness_zone * (1 - door) if regions.zone_open[r] else outside
        assert new.regions.glass_door[r] == approx(door, rel=1e-12)
        assert new.regions.openness_by_area[r] == approx([outside, inside], rel=1e-12)
    assert new.nation.effective_openness == approx(outside, rel=1e-12)
    assert (new.zones.effective_openness == new.regions.openness_by_area[old.zones.region, 1]).all()
