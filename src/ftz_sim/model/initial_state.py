"""The state of 2013Q1: what provinces, zones, partners and the nation start from.

Provincial figures are published (``data/``); inside a province firms are drawn so that its GDP, workers,
talents, research, exports and emissions are met. Base productivity solves

    output_i = va_i^(1/rho) (mean value added of the cell)^(1 - 1/rho)

and the constant of a cell is such that its capacity is its value added, so that all prices are 1 in quarter 0.
Whatever no mechanism has touched yet is neutral: a mechanism that is switched off leaves its columns at "this never
happened".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import numpy as np
from pydantic import model_validator

from ftz_sim.errors import InputError
from ftz_sim.model import initial_nation, initial_places
from ftz_sim.model.clock import DT
from ftz_sim.model.columns import (
    N_FIELDS,
    N_REGIONS,
    Base,
    Firms,
    Nation,
    Pairs,
    Partners,
    Regions,
    Zones,
)
from ftz_sim.model.industry import load_industry
from ftz_sim.model.initial_firms import build_firms, slots
from ftz_sim.model.levers import Levers
from ftz_sim.model.markets import Markets, World, calibrate
from ftz_sim.model.mechanisms import knowledge_spillovers
from ftz_sim.model.params import Params, constant, param
from ftz_sim.model.published import load_figures
from ftz_sim.model.published_records import Figures


class InitialState(Params):
    """Keys a scenario may set under ``initial_state:``."""

    minimum_firms: int = param(2000, "fewest firms of a run", unit="firms", grade="A", sampled=False)
    minimum_slots: int = param(
        2, "fewest firms of a province and field that has output", unit="firms", grade="A", sampled=False
    )
    slot_exponent: float = constant(0.5, "slots of a province and field grow with its value added to this power")
    zone_slots: tuple[float, float, float] = constant(
        (0.05, 0.10, 0.15), "share of slots in the zone area by tier", unit="share"
    )
    size_sd: float = constant(1.1, "spread of value added inside a province and field", unit="log")
    capital_output: tuple[float, float, float] = constant(
        (3.1, 2.6, 2.4), "capital relative to yearly value added by tier", positive=True
    )
    capital_sd: float = constant(0.35, "spread of capital per value added", unit="log")
    workers_per_value: tuple[float, float, float] = constant(
        (1.0, 0.75, 0.6), "workers per value added by tier, relative to tier 0", positive=True
    )
    workers_sd: float = constant(0.2, "spread of workers per value added", unit="log")
    knowledge_growth: float = constant(0.025, "growth of research before 2013", unit="1/q")
    digital_by_tier: tuple[float, float, float] = constant((0.15, 0.30, 0.45), "digitisation by tier", unit="share")
    digital_slope: float = constant(0.06, "digitisation per log GDP per head")
    digital_sd: float = constant(0.05, "spread of digitisation")
    digital_bounds: tuple[float, float] = constant((0.02, 0.9), "bounds of digitisation", unit="share")
    intensity_by_tier: tuple[float, float, float] = constant(
        (1.06, 0.35, 0.20), "emission intensity by tier, relative", positive=True
    )
    intensity_sd: float = constant(0.4, "spread of emission intensity", unit="log")
    state_share: tuple[float, float, float] = constant((0.25, 0.15, 0.10), "state-owned firms by tier", unit="share")
    foreign_share: tuple[float, float, float] = constant(
        (0.10, 0.15, 0.15), "foreign-owned firms by tier", unit="share"
    )
    compute: float = constant(0.30, "compute at mean GDP per head", unit="share")
    compute_slope: float = constant(0.10, "compute per log GDP per head")
    compute_bounds: tuple[float, float] = constant((0.10, 0.60), "bounds of compute", unit="share", positive=True)
    sinks: float = constant(1000.0, "carbon sinks of the nation, equal shares", unit="Mt/yr")
    birth_quarter: int = param(-40, "quarter of entry of the first firms", unit="quarter", sampled=False)

    @model_validator(mode="after")
    def _every_cell_finds_its_firms(self) -> Self:
        cells = np.count_nonzero(load_industry().value_added)
        if cells * self.minimum_slots > self.minimum_firms:
            raise InputError("too_many_slots", slots=self.minimum_slots, cells=cells, firms=self.minimum_firms)
        return self


@dataclass
class State:
    """All tables of a run."""

    firms: Firms
    regions: Regions
    pairs: Pairs
    zones: Zones
    partners: Partners
    nation: Nation
    levers: Levers
    base: Base


def build(parameters: Any, firms: int, seed: int, figures: Figures) -> State:
    """Return the state of 2013Q1.

    Args:
        parameters: one record for each mechanism, as in `parameters.ModelParameters`.
        firms: number of firms, 2,000 or more.
        seed: of the run; it decides who is who, not the composition of provinces.
        figures: published figures.

    Raises:
        InputError: if there are too few firms.
    """
    places, p = figures.provinces, parameters.initial_state
    if firms < p.minimum_firms:
        raise InputError("too_few_firms", firms=firms, least=p.minimum_firms)
    by_cell = slots(load_industry(figures.folder).value_added, firms, p)
    inflow = _capital_inflow(parameters)
    world = _world(figures.folder, by_cell.tobytes(), inflow, parameters.markets)
    per_head = (places.gdp / places.workers) / (places.gdp.sum() / places.workers.sum())
    value = np.where(by_cell > 0, world.capacity, 0.0)
    table = build_firms(parameters, by_cell, value, seed, figures, np.log(per_head))
    regions = initial_places.regions(parameters, table, figures, per_head, world)
    pairs = initial_places.pairs(parameters, figures, regions)
    knowledge = table.sum_by_region_field(table.knowledge)
    regions.spillover = knowledge_spillovers.update(
        knowledge, pairs.spillover_weight, regions.digital_intensity, np.zeros(1), parameters.knowledge_spillovers
    )
    zones = initial_places.zones(table, figures, seed)
    nation = initial_nation.nation(parameters, regions, world, inflow)
    base = initial_nation.base(parameters, regions, zones, nation, figures, world)
    initial_nation.relate(parameters, regions, nation, base)
    base = initial_nation.produce(table, regions, base, parameters.production)
    partners = initial_places.partners(figures, regions)
    return State(table, regions, pairs, zones, partners, nation, Levers(), base)


def _capital_inflow(parameters: Any) -> float:
    """Return the capital that came from abroad in 2013, net of what went home [bn yuan a quarter]."""
    home = parameters.capital_account.repatriation * parameters.foreign_investment.initial_stock
    return DT * float((1 - parameters.investment.fdi_offset) * parameters.foreign_investment.base - home)


@lru_cache(maxsize=64)
def _world(folder: Path, by_cell: bytes, inflow: float, p: Markets) -> World:
    """Return the goods markets of 2013, which are the same for all seeds; its arrays are read-only."""
    figures = load_figures(folder)
    places = figures.provinces
    world = calibrate(
        load_industry(folder),
        places.gdp * DT,
        places.exports.sum() / places.gdp.sum(),
        figures.partners.export_share_2013,
        figures.distance,
        np.frombuffer(by_cell, dtype=np.intp).reshape(N_REGIONS, N_FIELDS),
        p,
        inflow,
    )
    for column in world.columns:
        if column.ndim:
            column.flags.writeable = False
    return world
