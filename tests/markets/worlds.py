"""Small made-up worlds and the world of 2013, for tests of the markets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from ftz_sim.model.balancing import scaled_both_ways
from ftz_sim.model.industry import Industry, load_industry
from ftz_sim.model.markets import Clearing, Costs, Markets, World, calibrate, clear, costs, stack
from ftz_sim.model.published import load_figures

PARTNERS = 2
NUMBERS = [name for name in Markets.model_fields if name not in ("border", "border_effect")]


class Example(NamedTuple):
    """A world, its parameters and what its cells make."""

    world: World
    p: Markets
    capacity: Any  # [R, F]

    def costs(self, capacity=None, **changes) -> Costs:
        return costs(self.world, self.p, self.capacity if capacity is None else capacity, **changes)

    def clear(self, capacity=None, start=None, **changes) -> Clearing:
        """Clear from the prices of 2013 with what ``changes`` says about the quarter."""
        capacity = self.capacity if capacity is None else capacity
        start = np.zeros_like(capacity) if start is None else start
        return clear(self.world, self.costs(capacity, **changes), capacity, start, self.p)


def together(examples: Sequence[Example]) -> Example:
    """Set examples side by side as the runs of an ensemble, parameters as [E]."""
    drawn = {name: np.array([getattr(one.p, name) for one in examples]) for name in NUMBERS}
    return Example(
        stack([one.world for one in examples]),
        SimpleNamespace(**drawn),  # type: ignore[arg-type]
        np.stack([one.capacity for one in examples], axis=-1),
    )


@cache
def china(**parameters) -> Example:
    """Return the world of 2013 with two firms in every cell that has output."""
    figures, industry = load_figures(), load_industry()
    p, places = Markets(**parameters), figures.provinces
    firms = np.where(industry.value_added > 0, 2, 0)
    world = calibrate(
        industry,
        places.gdp / 4,
        places.exports.sum() / places.gdp.sum(),
        figures.partners.export_share_2013,
        figures.distance,
        firms,
        p,
    )
    return Example(world, p, np.where(firms > 0, world.capacity, 0.0))


def made_up(seed: int, places: int = 6, fields: int = 4, inflow: float = 0.0, **parameters) -> Example:
    """Return a random world in which one cell is empty."""
    rng = np.random.default_rng(seed)
    industry = random_industry(rng, places, fields, PARTNERS)
    p = Markets(**parameters)
    gdp = rng.uniform(50, 150, places)
    place = rng.uniform(0, 1000, (places, 2))
    distance = np.hypot(*np.moveaxis(place[:, None] - place, 2, 0))
    firms = rng.integers(1, 4, (places, fields))
    firms[0, 1] = 0
    world = calibrate(industry, gdp, 0.2, np.array([0.4, 0.6]), distance, firms, p, inflow)
    return Example(world, p, np.where(firms > 0, world.capacity, 0.0))


def random_industry(rng, places: int, fields: int, partners: int) -> Industry:
    """Return accounts whose final demand is positive in every field."""
    v, inputs = rng.uniform(0.25, 0.7, fields), rng.dirichlet(np.full(fields, 2.0), fields).T
    final = rng.dirichlet(np.full(fields, 5.0))
    output = np.linalg.solve(np.eye(fields) - inputs * (1 - v), final)
    share = v * output / (v * output).sum()
    trade = rng.uniform(0.5, 1.5, (2, fields)) * share
    return Industry(
        value_added_share=v,
        input_shares=inputs,
        field_share=share,
        exports=0.2 * trade[0] / trade[0].sum(),
        imports=0.18 * trade[1] / trade[1].sum(),
        class_of_output=rng.dirichlet(np.ones(3), fields),
        class_of_imports=rng.dirichlet(np.ones(3), fields),
        value_added=scaled_both_ways(rng.uniform(0.5, 2, (places, fields)), np.ones(places), share * places),
        exports_by_province=rng.dirichlet(np.ones(places), fields).T,
        imports_by_province=rng.dirichlet(np.ones(places), fields).T,
        partner_imports=rng.dirichlet(np.ones(partners), fields),
    )


def random_quarter(example: Example, seed: int) -> dict[str, Any]:
    """Return capacity and costs in which nothing is as in 2013."""
    rng = np.random.default_rng(seed)
    (places, fields), partners = example.world.exports.shape, len(example.world.export_share)
    trade = (places, partners)
    removed = rng.uniform(-0.5, 1, (places, places))
    return {
        "capacity": example.capacity * rng.uniform(0.6, 1.6, (places, fields)),
        "removed": removed,
        "world_demand": rng.uniform(0.6, 1.4),
        "tariff_abroad": rng.uniform(0.9, 1.2, trade),
        "non_tariff_cost": rng.uniform(0.8, 1.3, trade),
        "tariff_left": rng.uniform(0, 8, trade),
        "openness": rng.uniform(0, 1, places),
        "dependence": rng.uniform(0.4, 1, fields),
        "severity": rng.uniform(0, 0.8, (fields, partners)),
        "shift": rng.uniform(0.7, 1.4, fields),
        "inflow": rng.uniform(0, 6.0),
    }
