import numpy as np
from pytest import approx
from worlds import china, made_up, together

from ftz_sim.model.markets.costs import opening, quality, varieties


def test_only_what_can_be_removed_is_removed_and_never_at_home():
    example = made_up(1)
    world, p = example.world, example.p
    tau = example.costs(removed=np.ones((6, 6))).freeness ** (-1 / p.trade_elasticity)
    before = example.costs().freeness ** (-1 / p.trade_elasticity)
    assert np.log(tau[:, 0, 1] / before[:, 0, 1]) == approx(-world.removable)
    assert (tau[:, range(6), range(6)] == 1).all()
    assert (tau >= 1).all()


def test_what_is_removed_is_not_written_to_however_it_lies_in_memory():
    example = made_up(2)
    removed = np.ones((6, 6)).T
    example.costs(removed=removed)
    assert (removed == 1).all()


def test_a_route_is_freed_alone():
    example = made_up(1)
    removed = np.zeros((6, 6))
    removed[0, 1] = 0.5
    change = np.log(example.costs(removed=removed).freeness / example.costs().freeness)
    assert change[:, 0, 1] == approx(4 * 0.5 * example.world.removable)
    change[:, 0, 1] = 0
    assert (change == 0).all()


def test_varieties_follow_relative_growth():
    example = made_up(2)
    capacity = example.capacity.copy()
    assert varieties(example.world, capacity, example.p) == approx(1)
    assert varieties(example.world, 3 * capacity, example.p)[capacity > 0] == approx(1)
    field = capacity[:, 0].sum()
    capacity[3, 0] *= 2
    grown = varieties(example.world, capacity, example.p)
    assert grown[3, 0] == approx((2 * field / capacity[:, 0].sum()) ** 0.3)
    assert (grown[:3, 0] < 1).all()


def test_varieties_bring_sales():
    without, with_them = (made_up(2, new_varieties=psi) for psi in (0.0, 0.3))
    capacity = without.capacity.copy()
    capacity[3, 0] *= 2
    few, many = without.clear(capacity), with_them.clear(capacity)
    assert many.price[3, 0] > few.price[3, 0]
    assert many.exports[3, 0] > few.exports[3, 0]


def test_home_varieties_that_replace_foreign_ones_are_worth_the_same():
    world = made_up(3).world
    share = (world.foreign * world.use).sum(0) / world.use.sum(0)
    assert quality(world, 1.0) == approx(1)
    assert quality(world, 0.0) == approx(1 / (1 - share))


def test_shifted_demand_keeps_its_sums():
    example = made_up(3)
    shifted = example.costs(shift=np.array([2.0, 1.0, 1.0, 0.5]))
    assert shifted.final.sum() == approx(1)
    assert shifted.inputs.sum(0) == approx(np.ones(4))
    assert shifted.exports.sum() == approx(example.world.exports.sum())
    assert shifted.final[0] / shifted.final[1] == approx(2 * example.world.final[0] / example.world.final[1])


def test_opened_services_are_cheaper_where_a_field_holds_them():
    example = china()
    cheaper = opening(example.world, np.linspace(0, 1, 31), example.p)
    assert (cheaper[0] == 0).all()
    assert cheaper[-1] == approx(0.25 * example.world.producer_imports)
    assert cheaper[-1, 2] == 0  # metals
    paid = example.costs(openness=1.0).paid / example.costs().paid
    assert paid == approx(np.exp(4 * cheaper[-1])[:, None] * np.ones(31))


def test_costs_of_runs_side_by_side_are_those_of_each():
    examples = [made_up(1), made_up(2, trade_elasticity=6.0)]
    both = together(examples).costs(dependence=np.array([[0.5, 0.9]] * 4))
    for run, level in enumerate((0.5, 0.9)):
        alone = examples[run].costs(dependence=np.full(4, level))
        assert (both.weight[..., run] == alone.weight).all()
        assert (both.paid[run] == alone.paid).all() and (both.duty[run] == alone.duty).all()
