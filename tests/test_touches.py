"""The columns that every mechanism lists are those that its step reads and writes."""

from __future__ import annotations

import pytest

from builders import small
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.runs.model import FtzModel
from ftz_sim.trace.code import columns
from touches import Touched, touches, watched, wrong

# a crisis, an embargo and a further area, so that what only they bring is touched, too
AREA = "further_areas=[{zone: SH, opens: 2025Q2}]"
SHOCKS = "shocks=[{kind: crisis, from: 2025Q2, to: 2025Q3}, {kind: technology, from: 2025Q1, to: 2025Q4, size: 0.5}]"
WATCHED = {0, 1, 3, 20, *range(47, 53)}  # the start, a fourth quarter, zones open, the fork


@pytest.fixture(scope="module")
def found():
    return touches(FtzModel(small("integrated", "horizon.end=2026Q1", SHOCKS, AREA)), WATCHED)


@pytest.mark.parametrize("name", SCHEDULE)
def test_a_mechanism_lists_what_it_touches(name, found):
    assert not wrong(*columns(name), found[name])


@pytest.mark.parametrize("name", SCHEDULE)
def test_what_draws_says_so(name):
    with open(SCHEDULE[name].__file__, encoding="utf-8") as source:
        draws = "model.stream(" in source.read()
    assert draws == ("draws" in columns(name).reads.split("; "))


def test_every_kind_of_slip_is_found_out():
    model = FtzModel(small("history", "horizon.end=2013Q2"))
    with watched(model) as seen:
        model.nation.law = model.nation.data + 1.0  # read and set
        model.firms.capital[0] *= 2.0  # changed in place
    assert seen == Touched({"nation.data", "firms.capital"}, {"nation.law", "firms.capital"})
    assert wrong("nation.data", "firms.capital; nation.law", seen) == []
    assert wrong("draws", "firms.capital; nation.law", seen) == ["reads nation.data, unlisted"]
    assert wrong("nation.data, gdp", "firms.capital; nation.law", seen) == ["lists nation.gdp, never read"]
    assert wrong("nation.data", "nation.law", seen) == ["writes firms.capital, unlisted"]
    assert wrong("nation.data", "firms.capital; nation.law, gdp", seen) == ["lists nation.gdp, never written"]


def test_watching_changes_nothing():
    plain, seen = (FtzModel(small("integrated", "horizon.end=2013Q4"), rng=1) for _ in range(2))
    plain.run()
    touches(seen, range(4))
    assert plain.nation.gdp == seen.nation.gdp
    assert type(seen.firms) is type(plain.firms)
