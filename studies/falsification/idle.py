"""Zones that do nothing: without status, without a lever, without a firm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from falsification.common import LAST, After, Line, Series, Size, gap_in, line, play_all, spec_of, untouched
from ftz_sim.model.columns import NO_ZONE
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.walk import END, walk
from ftz_sim.scenario.scenario import Scenario

BASIS = (
    "A zone is nothing but its levers and its firms; tests/test_no_hidden_bonus.py asks for the same by column. "
    "Without firms three levers still work on their whole province (ip_protection on its R&D, trade_facilitation on "
    "its trade, technology_partnership on what it learns) and others on firms that would enter: the last lines miss."
)
FREE = "parameters.public_finance.outlay_scale=0"
EMPTY = "parameters.initial_state.zone_slots=[0, 0, 0]"
STATUS = "zone_status"
SAME = "the same, bit for bit"


def lines(size: Size) -> list[Line]:
    """Return whether zones that do nothing change anything."""
    return [
        *(_without_status(name, size) for name in ("history", "integrated")),
        _idle(size),
        _outlay(size),
        *(_empty(name, size) for name in ("history", "integrated")),
    ]


def _without_status(name: str, size: Size) -> Line:
    spec = spec_of(name, size)
    none = kept(spec, lambda lever: lever != STATUS)
    return _same(
        f"{name}, its zones without status",
        size,
        none,
        national(spec),
        "the world without zones at equal national policy, bit for bit",
    )


def _idle(size: Size) -> Line:
    spec = spec_of("history", size, FREE)
    bare = kept(spec, lambda lever: lever == STATUS or of_nation(lever))
    return _same("zones with status and no lever, outlay_scale 0", size, bare, national(spec))


def _outlay(size: Size) -> Line:
    spec = spec_of("history", size)
    bare = kept(spec, lambda lever: lever == STATUS or of_nation(lever))
    runs = play_all({"bare": bare, "none": national(spec)}, size, read=_read)
    paid = 4 * sum(runs[name]["outlay"][-1] * sign for name, sign in (("bare", 1), ("none", -1)))
    gdp = gap_in(runs["bare"], runs["none"], "gdp")
    return line(
        f"the same with outlays, {LAST}",
        "outlay only: 22 committees of .3 bn yuan a year; GDP down, by less than .02 %",
        f"{paid.mean():.2f} bn yuan a year, gdp {gdp.mean():+.4f} %",
        np.allclose(paid, 22 * 0.3, rtol=0.01) and (gdp <= 0).all() and gdp.min() > -0.02,
    )


def _empty(name: str, size: Size) -> Line:
    spec = spec_of(name, size, FREE, EMPTY)
    return _same(
        f"{name}, no firm ever in any zone area, outlay_scale 0",
        size,
        spec,
        national(spec),
        after=without_firms,
    )


def without_firms(world: Any, mechanism: str) -> None:
    """Send whoever entered a zone area away from it."""
    if mechanism == END:
        world.firms.zone[:] = NO_ZONE
        world.firms.index()


def _same(
    what: str, size: Size, one: Scenario, other: Scenario, expected: str = SAME, after: After = untouched
) -> Line:
    def played(spec: Scenario, seed: int) -> Any:
        model = FtzModel(spec, rng=seed)
        for mechanism in walk(model):
            after(model, mechanism)
        return model

    pairs = [(played(one, seed), played(other, seed)) for seed in range(1, size.seeds + 1)]
    same = all(np.array_equal(mine.firms.value_added, its.firms.value_added) for mine, its in pairs)
    gaps = np.array([100 * (float(mine.nation.gdp) / float(its.nation.gdp) - 1) for mine, its in pairs])
    return line(what, expected, "equal" if same else f"gdp {gaps.mean():+.4f} %", same)


def kept(spec: Scenario, chosen: Callable[[str], bool]) -> Scenario:
    """Return a scenario with some of its steps; ``chosen`` says of a lever whether it stays."""
    return spec.model_copy(update={"policy": tuple(step for step in spec.policy if chosen(step.lever))})


def of_nation(lever: str) -> bool:
    """Return whether a lever is one of the nation."""
    return CATALOGUE[lever].scope == "nation"


def national(spec: Scenario) -> Scenario:
    """Return a scenario with its national policy alone."""
    return kept(spec, of_nation)


def _read(world: Any) -> Series:
    nation = world.nation
    return {"gdp": np.array(nation.gdp), "outlay": nation.outlay_by_lever.sum(0)}
