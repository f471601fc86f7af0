"""A world in which nothing is zero or equal, so that no slip in a `step` can hide."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any, NamedTuple

import numpy as np
import pytest

from builders import small
from ftz_sim.model.mechanisms.policy import OF_NATION, OF_ZONES, STATUS
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.runs.model import FtzModel
from ftz_sim.scenario.policy_path import PolicyPath

QUARTER = 59  # 2027Q4: the end of a year, in which leads are named
WITHOUT_STATUS = 18  # Beijing's zone has opened, but has no status
SHOCKS = (
    "shocks=[{kind: tariff, partner: US, from: 2027Q1, to: 2028Q4, size: 0.25},"
    " {kind: tariff, partner: EU, from: 2027Q4, to: 2028Q4, size: 0.1},"
    " {kind: technology, from: 2027Q1, to: 2028Q4, size: 0.5},"
    " {kind: algorithm, from: 2027Q1, to: 2028Q4, size: 0.3},"
    " {kind: data_breach, from: 2027Q1, to: 2028Q4, size: 0.4},"
    " {kind: demand, from: 2027Q1, to: 2028Q4, size: 0.1},"
    " {kind: fdi, from: 2027Q1, to: 2028Q4, size: 0.8},"
    " {kind: crisis, from: 2027Q2, to: 2027Q2}]"
)
# numbers that hide their term at their default
TELLING = (
    "public_finance.lagging_weight=1.5",
    "foreign_investment.zone_attraction=0.1",
    "replication.discount=0.8",
    "trade_agreements.target_scale=1.2",
)


class Played(NamedTuple):
    """A world before and after one mechanism of a quarter, and the parameters of that mechanism."""

    old: FtzModel
    new: FtzModel
    p: Any


@pytest.fixture(scope="session")
def played() -> Callable[[str], Played]:
    """Return `played(name)`, which plays the quarter up to the mechanism ``name`` and then that one."""
    start = FtzModel(small("history", SHOCKS, *TELLING, firms=3000), rng=4)
    start.policy = motley(start)
    while start.clock.index < QUARTER:
        start.step()

    def played(name: str) -> Played:
        old = copied(start)
        for earlier in list(SCHEDULE)[: list(SCHEDULE).index(name)]:
            SCHEDULE[earlier].step(old, getattr(old.params, earlier))
        new, p = copied(old), getattr(old.params, name)
        SCHEDULE[name].step(new, p)
        return Played(old, new, p)

    return played


def copied(model: FtzModel) -> FtzModel:
    """Return a copy that shares what no step changes."""
    shared = (model.figures, model.spec, model.params, model.policy)
    return deepcopy(model, {id(each): each for each in shared})


def motley(model: FtzModel) -> PolicyPath:
    """Return a policy under which every lever has its own level in every zone, for ever."""
    rng, quarters = np.random.default_rng(7), model.last_quarter + 1
    of_zones = rng.uniform(0.2, 0.9, (len(OF_ZONES), len(model.zones.region)))
    of_zones[STATUS] = 1.0
    of_zones[STATUS, WITHOUT_STATUS] = 0.0
    of_nation = rng.uniform(0.2, 0.9, len(OF_NATION))
    of_nation[OF_NATION.index("ratchet_commitment")] = 0.3  # neither standstill nor ratchet: lists may grow
    levels = np.tile(of_zones, (quarters, 1, 1)), np.tile(of_nation, (quarters, 1))
    return PolicyPath(*levels, model.policy.is_open, model.policy.area)
