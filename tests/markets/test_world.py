"""The world of 2013: every price 1, every figure met."""

import numpy as np
import pytest
from pytest import approx
from worlds import Example, china, made_up, random_industry, random_quarter, together

from ftz_sim.model.industry import GOODS, load_industry
from ftz_sim.model.markets import Markets, calibrate
from ftz_sim.model.markets.readings import flows
from ftz_sim.model.published import load_figures

PLACES = load_figures().provinces
INDUSTRY = load_industry()


def test_2013_is_reproduced_at_prices_of_one():
    china_2013 = china()
    world, now = china_2013.world, china_2013.clear()
    active = china_2013.capacity > 0
    assert now.start[active] == approx(0, abs=1e-10)
    assert now.use_price == approx(0, abs=1e-9)
    assert now.net_price == approx(0, abs=1e-9)
    assert now.value_added[active] == approx(world.capacity[active], rel=1e-9)
    assert now.exports == approx(world.exports, rel=1e-9, abs=1e-12)
    assert now.imports.sum() == approx((1 - 0.105) * now.exports.sum(), rel=1e-9)
    for measure in (now.gdp, now.income, now.real_income):
        assert measure == approx(PLACES.gdp / 4, rel=1e-9)
    assert now.exchange == approx(1, rel=1e-9)


def test_the_figures_are_met():
    now = china().clear()
    assert (china().world.goods == INDUSTRY.class_of_output[:, GOODS]).all()
    assert now.value_added.sum(0) / now.value_added.sum() == approx(INDUSTRY.field_share, rel=1e-9)
    assert now.exports.sum() == approx(0.235 * 59_300 / 4, rel=1e-9)
    # duties of 2013 at the applied tariff; collected were about half, processing trade is exempt
    assert now.duties.sum() * 4 == approx(539, rel=0.01)
    # goods by place of production, services by output, a tenth of all by output: Guangdong has .31 of goods
    share = now.exports.sum(1) / now.exports.sum()
    published = (INDUSTRY.exports_by_province * INDUSTRY.exports).sum(1) / INDUSTRY.exports.sum()
    moved = 0.1 * (now.output / now.output.sum(0) - INDUSTRY.exports_by_province) * INDUSTRY.exports
    assert share == approx(published + moved.sum(1) / INDUSTRY.exports.sum(), abs=0.004)  # what caps move
    assert share[PLACES.iso.index("GD")] == approx(0.258, abs=0.002)


def test_prices_come_back_to_one_from_anywhere():
    china_2013 = china()
    start = np.random.default_rng(2).normal(0, 0.5, china_2013.capacity.shape)
    now = china_2013.clear(start=start)
    assert now.start[china_2013.capacity > 0] == approx(0, abs=1e-8)
    assert now.steps > 10


@pytest.mark.parametrize(
    "parameters",
    [{"trade_elasticity": 7.0, "export_elasticity": 10.0}, {"field_elasticity": 1.0}, {"new_varieties": 0.0}],
    ids=str,
)
def test_2013_stands_whatever_the_elasticities_are(parameters):
    example = made_up(1, **parameters)
    assert example.clear().steps == 1


def test_provinces_trade_as_much_as_the_tables_say():
    """Trade between provinces is recalled at 17 to 22 % of output."""
    china_2013 = china()
    now, costs = china_2013.clear(), china_2013.costs()
    sales = flows(china_2013.world, costs.of_pairs, now, china_2013.p)
    assert sales.sum(1) == approx(now.output - now.exports, rel=1e-8)
    assert sales.sum(0) + now.imports == approx(now.use - duties_by_field(china_2013, now), rel=1e-8)
    between = sales.sum() - np.trace(sales).sum()
    assert between / now.output.sum() == approx(0.21, abs=0.02)


def duties_by_field(example, now):
    rate = example.world.tariff
    return now.imports * rate


def test_an_empty_cell_weighs_like_one_firm_that_would_sell_at_the_price_of_2013():
    example = made_up(4)
    assert example.capacity[0, 1] == 0
    assert example.world.output[0, 1] == 0
    now = example.clear()
    assert now.price[0, 1] == approx(0, abs=1e-9)
    entered = example.capacity.copy()
    entered[0, 1] = example.world.seed[0, 1]
    assert example.clear(entered).price[0, 1] == approx(0, abs=0.1)  # it moves its own market a little
    entered[0, 1] *= 1e-6
    assert made_up(4, new_varieties=0.0).clear(entered).price[0, 1] > 1  # what is rare is dear


def test_the_price_of_an_empty_cell_is_the_one_its_first_firm_meets():
    example = made_up(4)
    quarter = random_quarter(example, 9)
    capacity = quarter.pop("capacity")
    expected = example.clear(capacity, **quarter)
    scale = np.ones((6, 4))
    scale[0, 1] = 1e-7  # a seed that moves no market
    now = example.world
    world = now._replace(seed=now.seed * scale, weight=now.weight * scale, capacity=now.capacity * scale)
    tiny = Example(world, example.p, example.capacity)
    alone = tiny.clear(capacity, **quarter)
    capacity[0, 1] = world.seed[0, 1]
    entered = tiny.clear(capacity, **quarter)
    assert entered.price[0, 1] == approx(alone.price[0, 1], abs=1e-5)
    assert alone.price[0, 1] == approx(expected.price[0, 1], abs=1e-9)


def test_a_field_that_needs_more_than_there_is_exports_less():
    rng = np.random.default_rng(0)
    industry = random_industry(rng, 5, 3, 2)
    p = Markets()
    greedy = industry.__class__(**{**industry.__dict__, "exports": industry.exports * np.array([6.0, 0.1, 0.1])})
    firms = np.full((5, 3), 2)
    world = calibrate(greedy, np.full(5, 100.0), 0.2, np.array([0.5, 0.5]), np.ones((5, 5)), firms, p)
    assert world.exports.sum() == approx(0.2 * 500)
    assert (world.exports <= p.export_cap * world.output * (1 + 1e-12)).all()


def test_what_coordination_can_remove_is_the_border_of_each_class_by_its_part_in_a_field():
    goods, services = (china(border=border).world for border in ((0.1, 0.0, 0.0), (0.0, 0.02, 0.0)))
    assert goods.removable == approx(0.1 * goods.goods) and services.removable == approx(0.02 * services.producer)
    both = china(border=(0.1, 0.02, 0.03)).world
    local = 1 - both.goods - both.producer
    assert both.removable == approx(goods.removable + services.removable + 0.03 * local)


def test_runs_side_by_side_hold_the_same_worlds():
    one, two = made_up(1), made_up(2, trade_elasticity=5.0)
    both = together([one, two]).world
    assert (both.weight[..., 1] == two.world.weight).all()
    assert both.exports.shape == (6, 4, 2) and both.far.shape == (6, 6, 2)
    assert (both.removable[..., 0] == one.world.removable).all()
