"""The special case of one field without inputs, against exact hat algebra written for the purpose.

Published gravity in general equilibrium (Dekle, Eaton and Kortum 2008; Anderson and van Wincoop 2003): only
flows of 2013 and changes of costs are used, no weight, no price level of the world under test.
"""

import numpy as np
import pytest
from pytest import approx
from scipy.optimize import root
from worlds import Example

from ftz_sim.model.balancing import scaled_both_ways
from ftz_sim.model.industry import Industry
from ftz_sim.model.markets import Markets, calibrate
from ftz_sim.model.markets.readings import flows

PLACES = 5


def endowments(value_added_share=1.0, places=PLACES, surplus=0.105, tariff=0.0474):
    """Return a world of one field; without inputs every province sells what it has."""
    rng = np.random.default_rng(11)
    one, column = np.ones(1), rng.dirichlet(np.ones(places))[:, None]
    industry = Industry(
        value_added_share=value_added_share * one,
        input_shares=np.ones((1, 1)),
        field_share=one,
        exports=0.2 * one,
        imports=0.18 * one,
        class_of_output=np.array([[1.0, 0.0, 0.0]]),
        class_of_imports=np.array([[1.0, 0.0, 0.0]]),
        value_added=scaled_both_ways(column, np.ones(places), np.full(1, float(places))),
        exports_by_province=column,
        imports_by_province=column[::-1],
        partner_imports=np.array([[0.3, 0.7]]),
    )
    p = Markets(surplus_over_exports=surplus, import_tariff=tariff)
    place = rng.uniform(0, 800, (places, 2))
    distance = np.hypot(*np.moveaxis(place[:, None] - place, 2, 0))
    firms = np.ones((places, 1), dtype=int)
    world = calibrate(industry, rng.uniform(50, 150, places), 0.2, np.array([0.5, 0.5]), distance, firms, p)
    return Example(world, p, world.capacity)


def hat_algebra(example, border, tariff):
    """Return log changes of prices, abroad = 1, after changes of cost between provinces and of China's tariff."""
    now, theta = example.clear(), example.p.trade_elasticity
    sales = flows(example.world, example.costs().of_pairs, now, example.p)[:, :, 0]
    before = example.world.tariff[0]
    paid = now.imports[:, 0] * (1 + before)
    spent = sales.sum(0) + paid
    output, exports = sales.sum(1) + now.exports[:, 0], now.exports[:, 0]
    home, abroad = sales / spent, paid / spent
    price_of_imports = (1 + tariff) / (1 + before)

    def unsold(x):
        cheaper = np.exp(-theta * (x[:, None] + border))
        index = (home * cheaper).sum(0) + abroad * price_of_imports**-theta
        foreign = abroad * price_of_imports**-theta / index
        earned, sold = output * np.exp(x), exports * np.exp(-example.p.export_elasticity * x)
        net = example.p.surplus_over_exports * sold.sum()
        spending = (earned - net * earned / earned.sum()) / (1 - foreign * tariff / (1 + tariff))
        return (home * cheaper / index * spending).sum(1) + sold - earned

    found = root(unsold, np.zeros(len(output)), tol=1e-12)
    assert np.abs(found.fun).max() < 1e-10
    return found.x


@pytest.mark.parametrize("tariff", [0.0, 0.3])
def test_a_tariff_change(tariff):
    example = endowments()
    expected = hat_algebra(example, 0.0, tariff)
    now = example.clear(tariff_left=tariff / example.world.tariff[0])
    assert now.start[:, 0] == approx(expected, abs=1e-9)
    assert np.abs(expected).max() > 0.003


def test_a_border_change():
    example = endowments()
    removed = np.zeros((PLACES, PLACES))
    removed[:2, :2] = 1.0  # between two provinces only
    border = -0.08 * removed * (1 - np.eye(PLACES))
    now = example.clear(removed=removed)
    assert now.start[:, 0] == approx(hat_algebra(example, border, example.world.tariff[0]), abs=1e-9)
    assert now.real_income[:2].sum() > example.clear().real_income[:2].sum()


def test_autarky_costs_what_the_sufficient_statistic_says():
    """One province and one field with inputs: ln income = ln(home share) / (theta v) (Arkolakis et al. 2012)."""
    example = endowments(value_added_share=0.4, places=1, surplus=0.0, tariff=0.0)
    before = example.clear()
    home_share = 1 - before.imports.sum() / before.use.sum()
    after = example.clear(severity=np.ones((1, 2)), world_demand=0.0)
    change = np.log(after.real_income.sum() / before.real_income.sum())
    assert change == approx(np.log(home_share) / (4 * 0.4), rel=1e-3)
