import math
from copy import deepcopy
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from builders import small
from ftz_sim.model import markets as goods_markets
from ftz_sim.model.columns import N_FIELDS, N_PARTNERS, N_REGIONS, N_TIERS, TIER_OF_FIELD
from ftz_sim.model.markets.readings import flows
from ftz_sim.model.mechanisms import markets, production
from ftz_sim.model.mechanisms.markets import Markets, MarketsDoNotClearError
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.runs.model import FtzModel

P = Markets()
share = st.floats(0, 1)
CLOSE = {"rel": 1e-8}


def before_markets(name="integrated", *overrides, quarters=0, rng=1):
    """A model that has played some quarters and, of the next, everything before the markets."""
    model = FtzModel(small(name, *overrides), rng=rng)
    for _ in range(quarters):
        model.step()
    for earlier in list(SCHEDULE)[: list(SCHEDULE).index("markets")]:
        SCHEDULE[earlier].step(model, getattr(model.params, earlier))
    return model


def test_services_are_as_open_as_the_list_that_their_buyers_meet():
    got = markets.services_openness(np.array([0.0, 0.25, 0.5]), np.array([0.8, 0.8, 0.4]), 0.2)
    assert got == approx([0.2, 0.25 * 0.8 + 0.75 * 0.2, 0.3])


@given(share, share, share)
def test_services_openness_lies_between_both_lists(trade, zone, nation):
    got = markets.services_openness(np.array([trade]), np.array([zone]), nation)[0]
    assert min(zone, nation) - 1e-12 <= got <= max(zone, nation) + 1e-12
    assert markets.services_openness(np.array([trade]), np.array([nation]), nation)[0] == nation  # to the bit


def test_firms_share_the_value_of_their_cell_by_variety():
    model = before_markets()
    firms, rng = model.firms, np.random.default_rng(1)
    value = rng.uniform(1, 2, (N_REGIONS, N_FIELDS)) * (firms.members > 0)
    got = markets.of_firms(firms, value, firms.sum_by_region_field(firms.variety))
    assert firms.sum_by_region_field(got) == approx(value, rel=1e-12)
    own = (firms.region == 3) & (firms.field == 2)
    assert got[own] / firms.variety[own] == approx(np.full(own.sum(), value[3, 2] / firms.variety[own].sum()))


def test_tiers_add_up_over_their_fields():
    by_field = np.arange(32.0).reshape(2, 16)
    for k in range(N_TIERS):
        assert markets.by_tier(by_field)[:, k] == approx(by_field[:, k == TIER_OF_FIELD].sum(1))


def test_places_and_wages_relative_to_2013_by_hand():
    value = np.tile([65.0, 28.0, 7.0], (N_REGIONS, 1))
    start = np.tile([65.0, 28.0, 7.0], (N_REGIONS, 1))
    start[0] /= 2
    base = SimpleNamespace(
        talents_per_worker_by_region=np.full(N_REGIONS, 0.004), talents_per_worker=0.005, value_added_by_tier=start
    )
    pay = np.array([0.01, 0.05, 0.1])
    where = markets.relative(value, np.full(N_REGIONS, 1e6), np.full(N_REGIONS, 5e3), 0.4, pay, base)
    assert where.wage[0] == approx(0.4 * 100)  # 10^3 yuan: 100 bn yuan over a million
    assert where.talent_wage[0] == approx((0.65 + 1.4 + 0.7) * 1e6 / 5e3)
    assert where.talent_gap[0] == approx(math.log(0.005 / 0.004))  # the nation stands where it stood
    assert where.density[0] == approx(2.0 * (N_REGIONS - 0.5) / N_REGIONS)


def test_the_chain_gap_by_hand():
    # two fields: a user of .5 and one of .2 value added; inputs of field 0 are .3 and .6 of what they buy
    world = SimpleNamespace(inputs=np.array([[0.3, 0.6], [0.7, 0.4]]), value_added_share=np.array([0.5, 0.2]))
    now = SimpleNamespace(output=np.array([[100.0, 50.0]]), use_price=np.array([[0.1, -0.2]]))
    first, second = 0.3 * 50 + 0.6 * 40, 0.7 * 50 + 0.4 * 40
    expected = np.array([[first * 0.1, -second * 0.2]]) / (first + second)
    assert markets.chain_gap(now, world) == approx(expected)


def test_memories_move_on():
    assert markets.remember(np.array([1.0, 2, 3, 4]), 5.0).tolist() == [2, 3, 4, 5]
    assert markets.remember_zones(np.ones((2, 4)), np.array([7.0, 8])).tolist() == [[1, 1, 1, 7], [1, 1, 1, 8]]


def test_the_state_of_2013_clears_at_prices_of_1():
    model = FtzModel(small("no_ftz"), rng=1)
    firms, regions, base = model.firms, model.regions, model.base
    start, start_return = deepcopy(regions), model.nation.net_return
    production.step(model, model.params.production)
    assert regions.capacity == approx(start.capacity, rel=1e-9)
    markets.step(model, model.params.markets)
    cells = firms.members > 0
    for name in ("price", "net_price", "use_price"):
        assert getattr(regions, name)[cells] == approx(0, abs=1e-9), name
    assert regions.price_index == approx(0, abs=1e-9)
    assert model.nation.exchange_rate == approx(1, abs=1e-9)
    assert model.nation.capital_inflow == approx(0.25 * (0.6 * 730 - 0.04 * 5000))
    assert model.nation.net_return == approx(start_return, rel=1e-9)
    money = "value_added output use exports exports_by_field imports_by_field duties spending gdp income real_income"
    for name in money.split():
        scale = getattr(start, name).max()
        assert getattr(regions, name) == approx(getattr(start, name), rel=1e-8, abs=1e-9 * scale), name
    assert (regions.chain_gap == approx(0, abs=1e-9)) and regions.market_potential == approx(0, abs=1e-8)
    assert regions.density == approx(1, abs=1e-8) and regions.talent_gap == approx(0, abs=1e-12)
    assert model.nation.gdp == approx(base.gdp, rel=1e-9)
    assert model.nation.import_share == approx(regions.imports_by_field.sum(0) / regions.use.sum(0))


@pytest.mark.parametrize("name", ["no_ftz", "integrated"])
def test_accounts_close_in_every_quarter(name):
    model = FtzModel(small(name, "horizon.end=2026Q1"), rng=2)
    quarters = 0
    while model.running:
        memory = model.nation.last_gdp, model.zones.last_value_added
        inflow = model.nation.capital_inflow
        model.step()
        quarters += 1
        assert_accounts(model, inflow)
        assert model.nation.last_gdp.tolist() == [*memory[0][1:], model.nation.gdp]
        assert np.array_equal(model.zones.last_value_added[:, :3], memory[1][:, 1:])
    assert quarters == 53


def assert_accounts(model, inflow):
    """What `markets` has booked, met with this ``inflow``; firms may have moved, entered or climbed since."""
    regions, nation, partners, world = model.regions, model.nation, model.partners, model.base.world
    assert nation.clearing_residual < 1e-8
    assert regions.value_added.sum(1) + regions.duties == approx(regions.income, rel=1e-12)
    assert regions.value_added == approx(world.value_added_share * regions.output, rel=1e-12)
    assert regions.real_income == approx(regions.income / np.exp(regions.price_index), rel=1e-12)
    exports, imports = regions.exports_by_field.sum(), regions.imports_by_field.sum()
    beyond = inflow - world.inflow_share * regions.value_added.sum()  # more capital comes in than in 2013
    for net in (exports - imports, P.surplus_over_exports * exports - beyond):
        assert nation.income - regions.spending.sum() == approx(net, abs=1e-8 * nation.income)
    assert regions.gdp.sum() == approx(nation.gdp, rel=1e-12)
    assert regions.income.sum() == approx(nation.income, rel=1e-12)
    volume = (regions.spending / np.exp(regions.price_index)).sum()
    volume += (regions.exports_by_field / np.exp(regions.price)).sum() - imports / nation.exchange_rate
    assert nation.gdp == approx(volume, rel=1e-8)  # trade between provinces cancels
    sales = flows(model.base.world, model.pairs.freeness, regions, P)
    assert sales.sum(1) + regions.exports_by_field == approx(regions.output, **CLOSE)
    paid = regions.use.sum(1) - regions.imports_by_field.sum(1) - regions.duties
    assert sales.sum((0, 2)) == approx(paid, **CLOSE)
    own = sales.sum(2).diagonal()
    assert regions.sold_elsewhere == approx((sales.sum((1, 2)) - own) / regions.output.sum(1), **CLOSE)
    assert regions.bought_elsewhere == approx((sales.sum((0, 2)) - own) / regions.use.sum(1), rel=1e-9)
    assert regions.value_added_by_tier.sum(1) == approx(regions.value_added.sum(1), rel=1e-12)
    assert regions.exports.sum((1, 2)) == approx(regions.exports_by_field.sum(1), rel=1e-12)
    assert partners.exports == approx(regions.exports.sum((0, 1)), rel=1e-12)
    assert nation.import_share == approx(regions.imports_by_field.sum(0) / regions.use.sum(0), rel=1e-12)
    assert nation.field_value_added == approx(regions.value_added.sum(0), rel=1e-12)
    assert nation.capacity == approx(regions.capacity.sum(), rel=1e-12)


def costs_by_hand(old, p):
    """Read the docstrings of `markets` and `trade_costs` a second time, one province, field and partner at a time.

    Returns exports, imports without duties and duties relative to those of a quarter with the trade costs of 2013.
    """
    regions, nation, world = old.regions, old.nation, old.base.world
    sold, paid, duty = np.zeros((3, N_REGIONS, N_FIELDS))
    for r in range(N_REGIONS):
        zone = nation.services_openness_zone * (1 - regions.glass_door[r])
        nationwide = nation.services_openness_national * (1 - nation.glass_door)
        opened = regions.zone_trade[r] * zone + (1 - regions.zone_trade[r]) * nationwide
        for f in range(N_FIELDS):
            supply = world.partner_imports[f] * (1 - nation.technology_severity[f])
            for q in range(N_PARTNERS):
                rules = regions.non_tariff_cost[r, q]
                goods = world.goods[f] * regions.tariff_abroad[r, q] ** -(p.export_elasticity + 1) + 1 - world.goods[f]
                sold[r, f] += world.export_share[q] * rules**-p.export_elasticity * goods
                price = rules * math.exp(-p.services_opening * opened * world.producer_imports[f])
                rate = world.tariff[f] * regions.tariff_left[r, q]
                bought = supply[q] / supply.sum() * (price * (1 + rate) / (1 + world.tariff[f])) ** -p.trade_elasticity
                paid[r, f] += bought * (1 + world.tariff[f]) / (1 + rate)
                duty[r, f] += bought * (1 + world.tariff[f]) / (1 + rate) * rate
    return sold, paid, duty


def test_the_step_clears_and_books_as_written(played):
    old, new, p = played("markets")
    world, regions, zones, firms, nation = old.base.world, new.regions, new.zones, new.firms, new.nation
    assert (old.nation.technology_severity > 0).any() and old.pairs.removed.any()
    usual = goods_markets.costs(
        world,
        p,
        old.regions.capacity,
        removed=old.pairs.removed,
        world_demand=old.nation.world_demand,
        dependence=old.nation.dependence,
        severity=old.nation.technology_severity,
        shift=old.nation.demand_weight / old.base.field_share,
        inflow=old.nation.capital_inflow,
    )
    sold, paid, duty = costs_by_hand(old, p)
    costs = usual._replace(exports=usual.exports * sold, paid=usual.paid * paid.T, duty=usual.paid * duty.T)
    mine = markets.costs_of_quarter(old, p)
    for name in ("exports", "paid", "duty", "freeness", "weight"):
        assert getattr(mine, name) == approx(getattr(costs, name), rel=1e-10), name
    now = goods_markets.clear(world, costs, old.regions.capacity, old.regions.price_start, p)
    for name, column in (("start", "price_start"), ("price", "price"), ("net_price", "net_price")):
        assert getattr(regions, column) == approx(getattr(now, name), abs=1e-8), column
    for name in ("value_added", "output", "use", "gdp", "income", "real_income", "duties", "spending"):
        assert getattr(regions, name) == approx(getattr(now, name), rel=1e-8), name
    assert nation.exchange_rate == approx(now.exchange, rel=1e-9)
    assert_accounts(new, old.nation.capital_inflow)
    assert old.nation.capital_inflow != approx(world.inflow_share * world.capacity.sum(), rel=0.01)
    capital, share = old.regions.capital.sum(), old.nation.capital_share
    earned = share * 4 * regions.value_added.sum() / capital - old.params.investment.depreciation
    assert nation.net_return == approx(earned, rel=1e-10)

    uses = world.inputs * (1 - world.value_added_share)
    for r in range(N_REGIONS):
        own = firms.region == r
        assert firms.value_added[own].sum() == approx(regions.value_added[r].sum(), rel=1e-10)
        for f in range(N_FIELDS):
            cell = own & (firms.field == f)
            expected = regions.value_added[r, f] * firms.variety[cell] / firms.variety[cell].sum()
            assert firms.value_added[cell] == approx(expected, rel=1e-9)
        bought = uses @ regions.output[r]
        assert regions.chain_gap[r] == approx(bought / bought.sum() * regions.use_price[r], rel=1e-10, abs=1e-14)
    assert (regions.capacity == 0).sum() == (firms.members == 0).sum()
    for z in range(22):
        r, inside = zones.region[z], firms.zone == z
        by_field = [firms.value_added[inside & (firms.field == f)].sum() for f in range(N_FIELDS)]
        assert zones.value_added_by_field[z] == approx(by_field, rel=1e-10)
        assert zones.value_added[z] == approx(sum(by_field), rel=1e-10)
        assert regions.zone_share[r] == approx(sum(by_field) / regions.value_added[r].sum(), rel=1e-10)
        sold = regions.exports[r].sum(1) @ old.zones.trade_share[z]
        assert zones.exports[z] == approx(sold, rel=1e-10) and sold > 0
        assert zones.last_value_added[z] == approx([*old.zones.last_value_added[z, 1:], sum(by_field)], rel=1e-10)
    price = regions.value_added.sum(0) / regions.capacity.sum(0)
    assert nation.field_price == approx(price, rel=1e-10)
    buyers = np.where(world.output > 0, regions.output - regions.exports_by_field, 0.0)
    wanted = buyers * np.exp(p.trade_elasticity * regions.price)
    wanted += regions.exports_by_field * np.exp(p.export_elasticity * regions.price)
    for r in range(N_REGIONS):
        some = (world.output[r] > 0) & (regions.output[r] > 0)
        weight = world.output[r, some]
        change = np.log(wanted[r, some] / weight)
        assert regions.market_potential[r] == approx(np.average(change, weights=weight), rel=1e-9)


def test_markets_that_do_not_clear_end_the_run_by_name(monkeypatch):
    model = before_markets(quarters=2)
    monkeypatch.setattr(markets, "ENOUGH", 0.0)
    with pytest.raises(MarketsDoNotClearError, match="2013Q3"):
        markets.step(model, model.params.markets)


def test_a_border_removed_between_two_provinces_helps_both_and_widens_their_trade():
    apart = before_markets("no_ftz")
    together = deepcopy(apart)
    together.pairs.removed[3, 7] = together.pairs.removed[7, 3] = 1.0
    for model in (apart, together):
        markets.step(model, model.params.markets)
    sales = [flows(model.base.world, model.pairs.freeness, model.regions, P)[3, 7] for model in (apart, together)]
    assert sales[1].sum() > sales[0].sum()
    assert (together.regions.real_income[[3, 7]] > apart.regions.real_income[[3, 7]]).all()
