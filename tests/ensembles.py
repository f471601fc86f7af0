"""Runs of every kind, and how to compare a run of an ensemble with the same run alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np

from builders import small
from ftz_sim.runs.ensemble import Ensemble
from ftz_sim.runs.ensemble.tables import DATA, PLACES
from ftz_sim.runs.model import FtzModel
from ftz_sim.scenario.scenario import Scenario

TABLES = ("firms", "regions", "pairs", "zones", "partners", "nation", "levers")
INDICES = {"starts", "slots", "cell", "region_field", "zone_rows"}
EARLY = (
    "shocks=[{kind: tariff, partner: US, from: 2013Q2, to: 2013Q4, size: 0.25},"
    " {kind: fdi, from: 2013Q3, to: 2013Q4, size: 0.8}]"
)
ALL_KINDS = (
    "shocks=[{kind: tariff, partner: US, from: 2013Q2, to: 2028Q4, size: 0.25},"
    " {kind: technology, from: 2027Q1, to: 2028Q4, size: 0.5},"
    " {kind: algorithm, from: 2027Q1, to: 2028Q4, size: 0.3},"
    " {kind: data_breach, from: 2027Q1, to: 2028Q4, size: 0.4},"
    " {kind: demand, from: 2027Q1, to: 2028Q4, size: 0.1},"
    " {kind: fdi, from: 2027Q1, to: 2028Q4, size: 0.8},"
    " {kind: pandemic, from: 2027Q1, to: 2027Q2, size: 0.02},"
    " {kind: carbon_price, from: 2027Q1, to: 2028Q4, size: 20},"
    " {kind: crisis, from: 2027Q2, to: 2027Q2}]"
)


def nudged(spec: Scenario, by: float) -> Scenario:
    """Return the scenario with every real number of its mechanisms moved by a share, each by a little more."""
    records, share = {}, by
    for mechanism, record in spec.parameters:
        if mechanism == "initial_state":  # decides how many firms a province has, in which runs must agree
            continue
        new: dict[str, Any] = {}
        for name, value in record:
            share += 1e-5
            if isinstance(value, tuple):
                new[name] = tuple(number * (1 + share) for number in value)
            elif isinstance(value, float):
                new[name] = value * (1 + share)
        records[mechanism] = record.model_copy(update=new)
    return spec.model_copy(update={"parameters": spec.parameters.model_copy(update=records)})


def five() -> list[FtzModel]:
    """Return five runs that differ in seed, scenario, shocks, levers and parameters; five is the length of no axis."""
    adaptive, easy = "parameters.policy.adaptive=true", "parameters.industrial_upgrading.factor_exponent=2.0"
    areas = "further_areas=[{zone: SH, opens: 2014Q4}, {zone: GD, opens: 2027Q4, size: 0.5}]"  # quarters 7 and 59
    specs = [
        small("history", areas),
        small("integrated", adaptive, ALL_KINDS),
        nudged(small("cross_zone_with_hinterland", EARLY), 0.01),
        nudged(small("integrated", adaptive), -0.02),
        small("no_ftz", easy, "parameters.firm_turnover.field_exponent=1.0"),
    ]
    return [FtzModel(spec, rng=seed) for seed, spec in enumerate(specs, start=3)]


def play(model: FtzModel, quarters: int = 1) -> None:
    """Play ``quarters`` without recording them."""
    for _ in range(quarters):
        for name, mechanism in model.active_schedule.items():
            mechanism.step(model, getattr(model.params, name))
        model.clock.tick()


def different(ensemble: Ensemble, run: int, alone: FtzModel) -> list[str]:
    """Return the columns of a run that do not have the bits, or the shape, that they have alone."""
    return [name for name, mine, its in _pairs(ensemble, run, alone) if not _same(mine, its)]


def _pairs(ensemble: Ensemble, run: int, alone: FtzModel) -> Iterator[tuple[str, Any, Any]]:
    for table in TABLES:
        its, mine = getattr(alone, table), getattr(ensemble, table)
        for name in (f.name for f in fields(its)):
            if name in INDICES or (table == "zones" and name in PLACES):
                continue
            column = np.asarray(getattr(mine, name))
            if column.ndim:
                assert column.shape[-1] == (1 if name in DATA else ensemble.runs), f"{table}.{name} has no runs"
                column = column[..., 0 if name in DATA else run]
            yield f"{table}.{name}", column, np.asarray(getattr(its, name))


def _same(mine: Any, its: Any) -> bool:
    return mine.dtype == its.dtype and np.array_equal(mine, its, equal_nan=its.dtype.kind == "f")
