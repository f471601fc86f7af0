import numpy as np
from pytest import approx
from worlds import made_up, random_quarter

from ftz_sim.model.markets.readings import dependence, elsewhere, flows, market_potential


def played():
    example = made_up(7)
    quarter = random_quarter(example, 7)
    capacity = quarter.pop("capacity")
    return example, example.costs(capacity, **quarter), example.clear(capacity, **quarter)


def test_sales_add_up_to_output_and_purchases_to_use():
    example, costs, now = played()
    sales = flows(example.world, costs.of_pairs, now, example.p)
    assert sales.sum(1) + now.exports == approx(now.output, rel=1e-8)
    paid = now.imports * (1 + costs.duty / costs.paid).T
    assert sales.sum(0) + paid == approx(now.use, rel=1e-8)


def test_dependence_is_the_share_of_imports_in_use():
    example = made_up(7)
    now = example.clear()
    share = (example.world.foreign * example.world.use).sum(0) / example.world.use.sum(0)
    assert dependence(now) * (1 + example.world.tariff) == approx(share)


def test_market_potential_is_what_buyers_would_take_at_the_prices_of_2013():
    example, _, now = played()
    assert market_potential(example.world, example.clear(), example.p) == approx(0, abs=1e-8)
    got, world = market_potential(example.world, now, example.p), example.world
    for r in range(len(got)):
        total = 0.0
        for f in np.flatnonzero(world.output[r]):
            at_home = (now.output[r, f] - now.exports[r, f]) * np.exp(4 * now.price[r, f])
            abroad = now.exports[r, f] * np.exp(4 * now.price[r, f])
            total += world.output[r, f] * np.log((at_home + abroad) / world.output[r, f])
        assert got[r] == approx(total / world.output[r].sum())


def test_what_others_buy_and_sell_is_what_is_neither_local_nor_abroad():
    example, costs, now = played()
    sales = flows(example.world, costs.of_pairs, now, example.p)
    own, (sold, bought) = sales.sum(2).diagonal(), elsewhere(now)
    assert sold == approx(sales.sum((1, 2)) - own, rel=1e-7) and sold.min() > 0
    assert bought == approx(sales.sum((0, 2)) - own, rel=1e-7) and bought.min() > 0
    assert now.sold_locally == approx(np.einsum("rrf->rf", sales), rel=1e-12)
