import numpy as np
from bargains import ROUTES, Coordination, gains_of, goods_markets, table
from pytest import approx

from ftz_sim.model.bargain.gains import Chains, Flows, likeness, of_goods, of_knowledge, of_talents, openings
from ftz_sim.model.columns import N_FIELDS, NEW_FIELDS
from ftz_sim.model.markets import clear, costs
from ftz_sim.model.markets.readings import flows

P = Coordination()


def two_places():
    """Return two provinces with one field: 10 of output each, 3 of it sold to the other, 5 inputs, 1 imported."""
    flows = Flows(
        output=np.full((2, 1), 10.0),
        value_added=np.full((2, 1), 5.0),
        use=np.full((2, 1), 11.0),
        at_home=np.full((2, 1), 7.0),
        share=np.array([[[7.0, 3.0], [3.0, 7.0]]]) / 11,
        gdp=np.array([5.0, 5.0]),
    )
    return flows, Chains(np.array([0.5]), np.ones((1, 1)), np.array([0.2]), 4.0)


def test_gains_of_goods_are_those_of_the_equations():
    # theta v / (1 + theta v) = 2/3; won .1 x 3 (1 - 3/11) 2/3 of 5, lost .1 x 7 x 3/11 x 2/3; inputs 5 x 4 x .5 / 3 x
    # .1 x 3/11; final use is 11 - 5
    flows, chains = two_places()
    opened = np.where(np.eye(2, dtype=bool), 0.0, 0.5)
    sales, home, inputs, consumers = of_goods(opened, flows, chains)
    assert sales[0, 1] == approx(0.1 * 3 * 8 / 11 * 2 / 3 / 5)
    assert home[0, 1] == approx(-0.1 * 7 * 3 / 11 * 2 / 3 / 5)
    assert inputs[0, 1] == approx(5 * 4 * 0.5 / 3 * 0.1 * 3 / 11 / 5)
    assert consumers[0, 1] == approx(0.1 * 3 / 11 * 6 / 5)
    for part in (sales, home, inputs, consumers):
        assert part.tolist() == part.T.tolist()  # mirrored provinces gain the same
        assert not part.diagonal().any()


def test_recognition_opens_what_plain_talks_leave():
    assert openings(np.array([[0.0, 0.5], [1.0, 0.0]]), 0.4) == approx(np.array([[0.4, 0.7], [1.0, 0.4]]))


def test_gains_of_knowledge_and_talents_are_those_of_the_equations():
    # elasticity .1 of value added 8 over reach 40, of knowledge 10 + 1.2 x 5, at a weight of .02, over GDP of 100
    one = np.ones((1, 1))
    got = of_knowledge(0.02 * one, 10 * one, 5 * one, np.array([1.2]), 40 * one, 8 * one, np.array([100.0]), 0.1)
    assert got[0, 0] == approx(0.02 * 0.1 * 8 / 40 * 16 / 100)
    flow = np.array([[0.0, 30.0], [10.0, 0.0]])  # the first loses 20 a quarter of 1000, the second wins 20 of 500
    got = of_talents(flow, np.array([1000.0, 500.0]), np.log(1.5) * np.ones((2, 2)), 0.1, 4.0)
    assert got[0, 1] == approx(-0.1 * 16 * 20 * 0.5 / 1000)
    assert got[1, 0] == approx(0.1 * 16 * 20 * 0.5 / 500)


def test_likeness_is_a_cosine_around_the_nation():
    value = np.ones((4, N_FIELDS))
    value[[0, 1], NEW_FIELDS[0]] = 5.0
    value[2, NEW_FIELDS[1]] = 5.0
    alike = likeness(value)
    assert alike[0, 1] == approx(1.0) and alike[0, 2] == 0.0
    assert alike.tolist() == alike.T.tolist() and not alike.diagonal().any()
    assert likeness(np.full((3, N_FIELDS), 2.0)).max() == 0.0  # all like the nation: nothing that rivals


def test_sales_win_and_home_loses_in_every_pair_of_2013():
    gains = gains_of(table(**dict.fromkeys(ROUTES, 1.0)))
    apart = ~np.eye(31, dtype=bool)
    assert (gains.sales[apart] > 0).all() and (gains.home[apart] < 0).all()
    assert (gains.inputs[apart] > 0).all() and (gains.consumers[apart] > 0).all() and (gains.knowledge[apart] > 0).all()
    assert (gains.talents < 0).any() and (gains.talents > 0).any()  # what one wins another loses


def test_without_a_border_nobody_gains():
    p = Coordination(assumed_border=0.0)
    for part in gains_of(table(**dict.fromkeys(ROUTES, 1.0)), p):
        assert not part.any()


def test_the_first_order_follows_what_markets_do_when_the_border_of_a_pair_falls():
    world, now, freeness, p = goods_markets()
    sold = flows(world, freeness, now, p).sum(1)
    assert sold + now.exports == approx(now.output, rel=1e-9)  # sales and exports are all that is made
    capacity = np.where(world.output > 0, world.capacity, 0.0)
    talks = table()
    gains, feasible = gains_of(talks), talks.pairs.feasibility
    expected, found = [], []
    for r, s in ((8, 9), (0, 2), (18, 19), (9, 11), (13, 18), (21, 22), (5, 7), (3, 15)):
        removed = np.zeros((31, 31))
        removed[[r, s], [s, r]] = P.plain * feasible[r, s]
        after = clear(world, costs(world, p, capacity, removed=removed), capacity, now.start, p)
        expected += [(gains.sales + gains.home + gains.inputs)[pair] for pair in ((r, s), (s, r))]
        found += [np.log(after.value_added[x].sum() / now.value_added[x].sum()) for x in (r, s)]
    assert np.corrcoef(expected, found)[0, 1] > 0.95
    assert 1 < np.polyfit(expected, found, 1)[0] < 2.5  # chains multiply
