"""Net entry in the growth of productivity."""

from __future__ import annotations

import numpy as np
import pytest
from pytest import approx

from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.runs.setup import scenario
from ftz_sim.validation import net_entry


def seen(value, productivity, born):
    return net_entry.Seen(*(np.array(column, float)[:, None] for column in (value, productivity, born)))


def test_net_entry_by_hand():
    before = seen([6, 2, 2], [1.0, 0.5, 2.0], [-40, -40, -40])
    after = seen([5, 3, 2], [1.2, 1.6, 2.0], [-40, 12, -40])
    got = net_entry.parts(before, after)
    start = 0.6 + 0.1 + 0.4
    growth = 0.6 + 0.48 + 0.4 - start
    assert got.growth == approx(growth)
    assert got.entry == approx(100 * 0.3 * (1.6 - start) / growth)
    assert got.exit == approx(100 * 0.2 * (start - 0.5) / growth)
    assert got.net_entry == approx(got.entry + got.exit)


def test_without_closures_all_growth_is_that_of_those_who_stay():
    got = net_entry.parts(seen([6, 2], [1.0, 0.5], [-40, -40]), seen([1, 1], [2.0, 1.5], [-40, -40]))
    assert got.net_entry == 0 < got.growth


def test_net_entry_does_not_hang_on_the_unit_of_output():
    born = [-40, -40, -40], [-40, 12, -40]
    shares = [
        net_entry.parts(
            seen([6, 2, 2], np.add([1.0, 0.5, 2.0], by), born[0]), seen([5, 3, 2], np.add([1.2, 1.6, 2.0], by), born[1])
        ).net_entry
        for by in (0.0, 7.0)
    ]
    assert shares[0] == approx(shares[1])


@pytest.mark.parametrize(("override", "none"), [((), False), (("mechanisms.firm_turnover=off",), True)])
def test_net_entry_of_the_model_is_that_of_its_newcomers(override, none):
    found = net_entry.play(scenario("history", override, 2000, "2014Q4"), [1, 2], 2014)
    assert found.net_entry.shape == (2,)
    assert np.isfinite(found.net_entry).all()
    assert (found.net_entry == 0).all() == none


def test_firms_are_noted_when_they_have_sold_and_before_rows_are_replaced():
    order = list(SCHEDULE)
    assert order.index("markets") < order.index(net_entry.SEEN_AFTER) < order.index("firm_turnover")
