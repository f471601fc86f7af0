"""Prices are found, finite and consistent wherever policy, shocks or draws may lead."""

import numpy as np
import pytest
from pytest import approx
from worlds import china, made_up

from ftz_sim.model.markets.clearing import TOLERANCE

PLACES, FIELDS, PARTNERS = 31, 16, 8
RNG = np.random.default_rng(20)
EMPTY = RNG.random((PLACES, FIELDS)) > 0.3
NOISE = np.exp(RNG.normal(size=(PLACES, FIELDS)))
WITHOUT_IT = np.ones(FIELDS)
WITHOUT_IT[5] = 0.0
BORDER = np.full((PLACES, PLACES), -1e3)  # a thousand times the border of 2013: nothing crosses it
NO_IMPORTS = np.ones((FIELDS, PARTNERS))
CASES = {
    "as it was": (1.0, {}),
    "empty cells": (EMPTY, {}),
    "a field gone": (WITHOUT_IT, {}),
    "a province gone": (1.0 * (np.arange(PLACES) != 8)[:, None], {}),
    "world demand 0": (1.0, {"world_demand": 0.0}),
    "no border": (1.0, {"removed": np.ones((PLACES, PLACES))}),
    "infinite border": (1.0, {"removed": BORDER}),
    "partners' tariffs of 300 %": (1.0, {"tariff_abroad": 4.0}),
    "own tariffs of 300 %": (1.0, {"tariff_left": 3.0 / 0.0474}),
    "no imports at all": (1.0, {"severity": NO_IMPORTS}),
    "noise of 100 %": (NOISE, {}),
    "capital flows in": (1.0, {"inflow": 1e4}),
    "capital flows out": (1.0, {"inflow": -1e4}),
    "all at once": (NOISE * EMPTY * WITHOUT_IT, {"severity": NO_IMPORTS, "world_demand": 0.0, "removed": BORDER}),
}


@pytest.mark.parametrize("case", CASES)
def test_markets_clear(case):
    example = china()
    part, quarter = CASES[case]
    capacity = example.capacity * part
    now = example.clear(capacity, **quarter)
    assert now.residual < TOLERANCE
    for name, column in now._asdict().items():
        assert np.isfinite(column).all(), name
    income = now.income.sum()
    assert (now.value_added[capacity > 0] > 0).all()
    assert (now.value_added[capacity == 0] == 0).all()
    left = now.residual * now.output.sum()  # of demand, at most
    assert income - now.spending.sum() == approx(now.exports.sum() - now.imports.sum(), abs=1e-9 * income + left)


def test_prices_that_lie_too_far_off_are_sought_from_those_of_2013():
    example = china()
    gone = example.clear(world_demand=0.0)
    with np.errstate(divide="raise", invalid="raise"):
        back = example.clear(start=gone.start)
    assert back.residual < TOLERANCE
    assert back.start == approx(example.clear().start, abs=1e-8)


@pytest.mark.parametrize("theta", [1.0, 3.0, 7.0, 12.0])
@pytest.mark.parametrize("sigma", [1.0, 1.0000001, 4.0])
def test_elasticities_at_their_ends(theta, sigma):
    example = made_up(9, trade_elasticity=theta, export_elasticity=theta, field_elasticity=sigma)
    now = example.clear(example.capacity * RNG.uniform(0.2, 5, example.capacity.shape), world_demand=0.3)
    assert now.residual < TOLERANCE
    assert np.isfinite(now.price).all()


def test_a_field_without_suppliers_is_imported():
    now, before = china().clear(china().capacity * WITHOUT_IT), china().clear()
    assert (now.imports[:, 5] / now.use[:, 5] > 0.9).all()
    assert now.real_income.sum() < before.real_income.sum()


def test_no_imports_mean_no_exports():
    now = china().clear(severity=NO_IMPORTS)
    assert now.exports.sum() < 1e-5 * now.income.sum()
    assert now.real_income.sum() < china().clear().real_income.sum()
