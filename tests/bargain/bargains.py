"""The provinces of 2013 at the bargaining table, with zones wherever a test wants them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np

from builders import small
from ftz_sim.model.bargain.gains import Gains
from ftz_sim.model.bargain.parameters import Coordination
from ftz_sim.model.clock import Quarter
from ftz_sim.model.industry import load_industry
from ftz_sim.model.levers import CATALOGUE, Levers
from ftz_sim.model.markets import Clearing, Markets, World, calibrate, clear, costs
from ftz_sim.model.mechanisms import coordination as mechanism
from ftz_sim.model.published import load_figures
from ftz_sim.runs.model import FtzModel

ROUTES = (
    "coordination_platform",
    "mutual_recognition",
    "title_recognition",
    "rotating_lead",
    "division_of_labour",
    "benefit_sharing",
    "joint_appraisal",
)

KNOWN = ("knowledge_spillovers", "migration", "production")


@cache
def first_year() -> FtzModel:
    """Return the provinces after a year: talents move, knowledge is what it was."""
    model = FtzModel(small("history"), rng=1)
    for _ in range(4):
        model.step()
    return model


@cache
def goods_markets() -> tuple[World, Clearing, np.ndarray, Markets]:
    """Return the world of 2013 with two firms in every cell, its cleared markets and its freeness [R, R, F]."""
    figures, industry, p = load_figures(), load_industry(), Markets()
    places = figures.provinces
    firms = np.where(industry.value_added > 0, 2, 0)
    abroad = places.exports.sum() / places.gdp.sum(), figures.partners.export_share_2013
    world = calibrate(industry, places.gdp / 4, *abroad, figures.distance, firms, p)
    capacity = np.where(firms > 0, world.capacity, 0.0)
    quarter = costs(world, p, capacity)
    now = clear(world, quarter, capacity, np.zeros_like(capacity), p)
    return world, now, quarter.of_pairs, p


def table(
    zones: bool = True, p: Coordination | None = None, tilt: Any = None, only: Any = None, **levels: float
) -> SimpleNamespace:
    """Return the world of 2013 in a fourth quarter, before it bargains.

    Args:
        zones: whether the 22 zones are open; each does something that is no instrument.
        p: of the bargain, for feasibility.
        tilt: factor on the sales of provinces [R, R, F], to make a world that differs.
        only: provinces whose zones do anything [R, bool]; all by default.
        levels: levels of levers in the open zones.
    """
    host, (world, now, freeness, markets) = first_year(), goods_markets()
    has_zone = np.zeros(31)
    has_zone[host.zones.region] = float(zones)
    at_work = has_zone * (1.0 if only is None else only)
    chosen = {name: level * at_work for name, level in {"ai_plus": 1.0, **levels}.items()}
    regions = SimpleNamespace(**vars(host.regions))
    regions.zone_open, regions.has_open_zone = has_zone, has_zone > 0
    regions.at_work = np.max([has_zone * 0.0, *(np.asarray(level) for level in chosen.values())], axis=0)
    regions.output, regions.value_added, regions.use, regions.gdp = now.output, now.value_added, now.use, now.gdp
    pairs = SimpleNamespace(**vars(host.pairs))
    regions.use_price, regions.sold_locally = now.use_price, now.sold_locally
    pairs.freeness = freeness * (1.0 if tilt is None else tilt)
    pairs.feasibility = mechanism.feasibility(pairs.distance, pairs.same_strategy_area, p or Coordination())
    none = np.zeros((31, 31))
    pairs.coordination, pairs.start = none, none
    zone_table = replace(host.zones, firms=np.ones(22))
    return SimpleNamespace(
        regions=regions,
        pairs=pairs,
        zones=zone_table,
        nation=SimpleNamespace(**vars(host.nation)),
        firms=host.firms,
        levers=with_levels(chosen),
        base=SimpleNamespace(world=world),
        params=SimpleNamespace(**{name: getattr(host.params, name) for name in KNOWN}, markets=markets),
        clock=SimpleNamespace(index=3, quarter=Quarter.at(3)),
        dt=0.25,
    )


def with_levels(chosen: dict[str, Any]) -> Levers:
    """Return levers of zones at the ``chosen`` levels [R], all others at 0."""
    zero = {name: np.zeros(31) for name, lever in CATALOGUE.items() if lever.scope != "nation"}
    return Levers(**{**zero, "zone_status": np.ones(31), **chosen})


def bargained(world: SimpleNamespace, p: Coordination | None = None) -> SimpleNamespace:
    """Return the world after it has bargained once."""
    mechanism.step(world, p or Coordination())
    return world


def gains_of(world: SimpleNamespace, p: Coordination | None = None) -> Gains:
    """Return the parts of the gains of all pairs."""
    p = p or Coordination()
    tools = mechanism.instruments(world.levers, world.regions.at_work, p)
    return mechanism.weigh(world, mechanism.gains.openings(tools.recognition, p.plain), tools, p)


def near(world: SimpleNamespace) -> np.ndarray:
    """Return which pairs of provinces with a zone of their own are near, each once [R, R]."""
    has = np.zeros(31, bool)
    has[first_year().zones.region] = True
    return np.triu(np.outer(has, has) & (world.pairs.feasibility > 0.15), 1)
