"""Accounts, homogeneity, bits, and a second opinion on the prices that clear the markets."""

import by_hand
import numpy as np
import pytest
from pytest import approx
from scipy.optimize import root
from worlds import china, made_up, random_quarter, together

from ftz_sim.model.markets import Clearing, clearing
from ftz_sim.model.markets.clearing import TOLERANCE

RNG = np.random.default_rng(5)


def quarter_of_china(seed=1):
    """A quarter in which nothing is as in 2013."""
    example = china()
    quarter = random_quarter(example, seed)
    quarter["inflow"] = 60.0
    return example, quarter.pop("capacity"), quarter


def test_accounts_hold():
    example, capacity, quarter = quarter_of_china()
    now = example.clear(capacity, **quarter)
    gdp = now.income.sum()
    assert now.residual < TOLERANCE
    assert now.value_added.sum(1) + now.duties == approx(now.income, rel=1e-14)
    net = now.exports.sum() - now.imports.sum()
    assert gdp - now.spending.sum() == approx(net, abs=1e-10 * gdp)
    surplus, capital = 0.105 * now.exports.sum(), quarter["inflow"]  # nothing came in 2013
    assert net == approx(surplus - capital, abs=1e-9 * gdp)
    assert now.spending.sum() == approx((now.spending / np.exp(now.final_price)).sum(), rel=1e-12)  # the numeraire
    assert now.real_income == approx(now.income / np.exp(now.final_price), rel=1e-12)


def test_volume_is_spending_and_exports_less_imports_at_prices_of_2013():
    example, capacity, quarter = quarter_of_china(2)
    now = example.clear(capacity, **quarter)
    exports = (now.exports / np.exp(now.price)).sum()
    imports = now.imports.sum() / now.exchange
    spent = (now.spending / np.exp(now.final_price)).sum()
    assert now.gdp.sum() == approx(spent + exports - imports, rel=1e-9)  # trade between provinces cancels


def test_net_exports_end_at_the_cap():
    example = made_up(3)
    now = example.clear(inflow=1e4)
    assert now.exports.sum() - now.imports.sum() == approx(-0.9 * now.exports.sum(), rel=1e-7)
    assert now.residual < TOLERANCE


@pytest.mark.parametrize("factor", [0.1, 3.0])
def test_all_money_scales_with_capacity_and_the_world(factor):
    example, capacity, quarter = quarter_of_china(3)
    one = example.clear(capacity, **quarter)
    quarter["world_demand"] *= factor
    quarter["inflow"] *= factor
    many = example.clear(capacity * factor, **quarter)
    for name in ("output", "value_added", "use", "exports", "imports", "duties", "spending", "income", "gdp"):
        assert getattr(many, name) == approx(factor * getattr(one, name), rel=1e-8, abs=1e-9), name
    for name in ("price", "net_price"):  # but not in the empty cell, whose seed is as large as before
        same = capacity > 0
        assert getattr(many, name)[same] == approx(getattr(one, name)[same], abs=1e-8), name
    for name in ("use_price", "final_price"):
        assert getattr(many, name) == approx(getattr(one, name), abs=1e-8), name


def ensemble(count):
    """Runs that differ in everything, one quarter each."""
    examples = [
        made_up(seed, trade_elasticity=3.0 + seed / 2, field_elasticity=1.0 + seed / 3, new_varieties=0.1 * seed)
        for seed in range(count)
    ]
    quarters = [random_quarter(example, seed) for seed, example in enumerate(examples)]
    return examples, quarters


@pytest.mark.parametrize("group", [2, 24])
def test_bits_do_not_depend_on_how_many_runs_are_stepped_together(monkeypatch, group):
    monkeypatch.setattr(clearing, "GROUP", group)
    examples, quarters = ensemble(5)
    alone = [example.clear(**quarter) for example, quarter in zip(examples, quarters, strict=True)]
    assert len({int(one.steps) for one in alone}) > 1  # they end at different steps
    for count in (1, 2, 5):
        stacked = {name: np.stack([q[name] for q in quarters[:count]], axis=-1) for name in quarters[0]}
        many = together(examples[:count]).clear(**stacked)
        for run in range(count):
            for name in Clearing._fields:
                one, other = getattr(alone[run], name), getattr(many, name)[..., run]
                assert np.array_equal(one, other), f"{name} of run {run} of {count}"


def test_bits_of_the_world_of_2013_are_those_of_an_ensemble():
    example, capacity, quarter = quarter_of_china(4)
    one = example.clear(capacity, **quarter)
    stacked = {name: np.stack([value, value], axis=-1) for name, value in quarter.items()}
    many = together([example, example]).clear(np.stack([capacity, capacity], axis=-1), **stacked)
    assert np.array_equal(one.price, many.price[..., 1])
    assert np.array_equal(one.gdp, many.gdp[..., 0])


def test_a_run_that_is_not_finite_leaves_the_others_untouched():
    examples, quarters = ensemble(2)
    stacked = {name: np.stack([q[name] for q in quarters], axis=-1) for name in quarters[0]}
    both = together(examples)
    whole = both.clear(**stacked)
    stacked["capacity"][0, 0, 1] = np.nan
    with np.errstate(invalid="ignore"):
        broken = both.clear(**stacked)
    assert np.isnan(broken.residual[1])
    assert np.array_equal(whole.price[..., 0], broken.price[..., 0])


@pytest.mark.parametrize("seed", range(10))
def test_a_general_root_finder_agrees_on_equations_written_anew(seed):
    example = made_up(seed, places=4, fields=3, inflow=1.5)
    quarter = random_quarter(example, seed + 50)
    capacity = quarter.pop("capacity")
    active = capacity > 0
    now = example.clear(capacity, **quarter)
    other = root(by_hand.excess, np.zeros(active.sum()), args=(example, capacity, quarter), tol=1e-13)
    assert other.success
    assert (now.price - np.log(now.exchange))[active] == approx(other.x, abs=1e-8)


def test_a_second_start_of_one_run_leaves_the_others_untouched():
    examples, quarters = ensemble(3)
    stacked = {name: np.stack([q[name] for q in quarters], axis=-1) for name in quarters[0]}
    lost = np.zeros((6, 4, 3))
    lost[..., 1] = 300.0 * RNG.choice([-1.0, 1.0], (6, 4))
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        many = together(examples).clear(start=lost, **stacked)
        alone = examples[1].clear(start=lost[..., 1], **quarters[1])
    assert many.residual.max() < TOLERANCE
    for run, one in ((0, examples[0].clear(**quarters[0])), (1, alone), (2, examples[2].clear(**quarters[2]))):
        for name in Clearing._fields:
            assert np.array_equal(getattr(one, name), getattr(many, name)[..., run]), f"{name} of run {run}"
    assert many.steps[1] > many.steps[0]


def test_last_quarters_prices_are_a_good_start():
    example, capacity, quarter = quarter_of_china(6)
    before = example.clear(capacity, **quarter)
    cold = example.clear(capacity * 1.01, **quarter)
    warm = example.clear(capacity * 1.01, start=before.start, **quarter)
    assert warm.steps < cold.steps
    assert warm.price == approx(cold.price, abs=1e-8)


def test_what_a_cell_sells_more_of_is_cheaper_already_in_the_first_guess():
    example = china()
    capacity = example.capacity.copy()
    capacity[20, 5] *= 1.5  # one cell of a small province: prices of others hardly answer
    before, now = example.clear(), example.clear(capacity)
    assert now.price[20, 5] < before.price[20, 5] - 0.03
    assert abs(now.start - before.start)[20, 5] < 0.2 * (before.price - now.price)[20, 5]


def test_a_start_from_nowhere_is_given_up_for_the_prices_of_2013():
    example = made_up(2)
    start = np.where(example.capacity > 0, 120.0 * RNG.choice([-1.0, 1.0], example.capacity.shape), 0.0)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        now = example.clear(start=start)
    assert now.residual < TOLERANCE
    assert now.start[example.capacity > 0] == approx(0, abs=1e-9)
