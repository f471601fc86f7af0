"""Play a run and look at the bargains of two governments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

import numpy as np

from ftz_sim.errors import InputError, listed, nearest
from ftz_sim.model.bargain.gains import openings
from ftz_sim.model.clock import Quarter
from ftz_sim.model.columns import Array
from ftz_sim.model.markets.readings import flows
from ftz_sim.model.mechanisms import coordination
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.story.watch import Fired, Names, Watched, names_of, rules_fired

PARTS = ("sales", "home", "inputs", "consumers", "knowledge", "talents")  # of a gain, as `gains.Gains` names them
LEVERS = (  # behind each of `agreement.Instruments`, in their order
    "coordination_platform", "mutual_recognition", "title_recognition", "rotating_lead", "division_of_labour",
    "benefit_sharing", "joint_appraisal",
)  # fmt: skip


class Bargain(NamedTuple):
    """What one bargain weighed and agreed; arrays are [2], the first side and the second, in shares of their GDP.

    Attributes:
        quarter: when; 0 is 2013Q1.
        parts: of the gain from full coordination, by name, as officials count them.
        gain: their sum.
        partner: what the other's gain counts for: below 0 between rivals.
        pay_off: gain and partner.
        refuses: who stands in the way.
        worth: of an agreement to both together; below 0 there is none.
        agreed: coordination, share of the feasible.
        outlay: of each of the two.
        levers: level of each instrument between them, 0 to 1.
        at_work: level at which the zone of each works; 0 without one.
    """

    quarter: int
    parts: dict[str, Array]
    gain: Array
    partner: Array
    pay_off: Array
    refuses: Array
    worth: float
    agreed: float
    outlay: float
    levers: dict[str, float]
    at_work: Array


@dataclass
class Talks:
    """What was seen of a pair.

    Attributes:
        code: of the pair, such as SH-JS.
        places: names of the two provinces, by language.
        spec: the scenario.
        seed: seed of the run.
        distance: of the capitals, km.
        same_area: whether both belong to one strategy area.
        feasible: how far they can coordinate at all, 0 to 1.
        bargains: one at the start and one at the end of every year.
        coordination: reached, share of the feasible [T].
        removed: part of the border between them that is removed since 2013 [T].
        trade: sales of each to the other, bn yuan a year [T, 2].
        paid: by each to the other, bn yuan a year [T, 2].
        opening: quarter in which the zone of a province opened, by its code; none without one.
        fired: rules that fired.
    """

    code: str
    places: tuple[Names, Names]
    spec: Scenario
    seed: int
    distance: float
    same_area: bool
    feasible: float
    bargains: list[Bargain] = field(default_factory=list)
    coordination: Array = field(default_factory=lambda: np.zeros(0))
    removed: Array = field(default_factory=lambda: np.zeros(0))
    trade: Array = field(default_factory=lambda: np.zeros((0, 2)))
    paid: Array = field(default_factory=lambda: np.zeros((0, 2)))
    opening: dict[str, int] = field(default_factory=dict)
    fired: list[Fired] = field(default_factory=list)

    @property
    def quarters(self) -> list[str]:
        """Return the names of the quarters [T]."""
        return [str(Quarter.at(t)) for t in range(len(self.coordination))]


def watch_pair(spec: Scenario, seed: int, code: str) -> Talks:
    """Play ``spec`` with the seed of a run and return what two governments weighed, agreed and did.

    Args:
        spec: the scenario.
        seed: seed of the model.
        code: of two provinces, such as SH-JS.

    Raises:
        InputError: if there is no such pair, or nobody bargains in the scenario.
    """
    model = Watched(spec, rng=seed)
    sides = _sides(code, list(map(str, model.figures.provinces.iso)))
    if "coordination" not in model.active_schedule:
        raise InputError("pair_off", name=spec.name)
    r, s = sides
    pairs = model.pairs
    one, other = (names_of(model.figures.provinces, side) for side in sides)
    talks = Talks(code, (one, other), spec, model.seed, float(pairs.distance[r, s]),
                  bool(pairs.same_strategy_area[r, s]), float(pairs.feasibility[r, s]))  # fmt: skip
    seen: dict[str, list[object]] = {"coordination": [], "removed": [], "trade": [], "paid": []}

    def look(mechanism: str) -> None:
        if mechanism != "coordination":
            return
        quarter = model.clock.quarter
        if model.clock.index == 0 or quarter.quarter == 4:
            talks.bargains.append(_bargain(model, r, s))
        for province, side in zip(code.split("-"), sides, strict=True):
            if model.regions.zone_open[side]:
                talks.opening.setdefault(province, model.clock.index)
        seen["coordination"].append(pairs.coordination[r, s] / pairs.feasibility[r, s])
        seen["removed"].append(pairs.removed[r, s])
        sales = flows(model.base.world, pairs.freeness, model.regions, model.params.markets)
        seen["trade"].append((4 * sales[r, s].sum(), 4 * sales[s, r].sum()))
        seen["paid"].append((4 * pairs.transfer[r, s], 4 * pairs.transfer[s, r]))

    model.look = look
    while model.running:
        model.step()
    talks.fired = list(rules_fired(model))
    for name, values in seen.items():
        setattr(talks, name, np.array(values))
    return talks


def _bargain(model: Watched, r: int, s: int) -> Bargain:
    """Read a bargain off the state that it left; what the parts were is weighed again, and changes nothing."""
    pairs, p = model.pairs, model.params.coordination
    at_work = model.regions.at_work
    tools = coordination.instruments(model.levers, at_work, p)
    opened = openings(tools.recognition, p.plain)
    gained = coordination.weigh(model, opened, tools, p)
    counted = gained._replace(consumers=p.consumer * gained.consumers)

    def both(table: Array) -> Array:
        return np.array((table[r, s], table[s, r]))

    gain, pay_off = both(pairs.own_gain), both(pairs.pay_off)
    return Bargain(
        quarter=model.clock.index,
        parts={name: both(getattr(counted, name)) for name in PARTS},
        gain=gain,
        partner=pay_off - gain,
        pay_off=pay_off,
        refuses=both(pairs.refuses),
        worth=float(pairs.worth[r, s]),
        agreed=float(pairs.agreed[r, s] / pairs.feasibility[r, s]),
        outlay=float(pairs.bargain_cost[r, s]),
        levers={lever: float(level[r, s]) for lever, level in zip(LEVERS, tools, strict=True)},
        at_work=np.array((at_work[r], at_work[s])),
    )


def _sides(code: str, codes: Sequence[str]) -> tuple[int, int]:
    known = [f"{one}-{other}" for one, other in product(codes, codes) if one != other]
    if code not in known:
        raise InputError("no_pair", found=code, allowed=listed(codes), nearest=nearest(code, known))
    one, other = code.split("-")
    return codes.index(one), codes.index(other)
