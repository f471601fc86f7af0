import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx
from worlds import china, made_up, random_quarter, together

from ftz_sim.model.markets.abroad import barrier, dutiable, exports_by_partner, imports_by_partner, sales

PLACES, FIELDS, PARTNERS = 6, 4, 2
EACH_FIELD = np.eye(FIELDS)
share = st.floats(0, 1)


def played():
    example, quarter = made_up(7), random_quarter(made_up(7), 7)
    capacity = quarter.pop("capacity")
    return example.world, example.p, example.costs(capacity, **quarter), example.clear(capacity, **quarter), quarter


def test_tariffs_count_once_more_than_other_costs():
    """Trade is booked without the tariff: it lowers what is bought and what is left of the price."""
    assert barrier(1.1, 1.0, 4.0) == approx(1.1**-5)
    assert barrier(1.0, 1.1, 4.0) == approx(1.1**-4)


def test_nothing_has_changed_in_2013():
    world, costs = china().world, china().costs()
    assert costs.sales.change == approx(1) and costs.purchases.change == approx(1)
    assert costs.exports == approx(world.exports)
    used = (costs.paid + costs.duty).T
    assert used == approx(world.foreign)
    assert costs.duty / costs.paid == approx(world.tariff[:, None] * np.ones(31))


def test_fields_with_one_tariff_share_it():
    world = china().world
    assert len(world.rates) == len(set(world.tariff)) < len(world.tariff)
    assert (world.bears @ world.rates == world.tariff).all()


def test_services_bear_no_tariff():
    example = made_up(1)
    world = example.world._replace(export_share=np.array([1.0, 0.0]), goods=np.array([0.0, 1.0, 0.3, 0.5]))
    tariff, other = np.array([[1.1, 9.0]]), np.array([[1.05, 9.0]])
    rules, duty = 1.05**-4.0, 1.1**-5.0  # goods: booked without the duty that the partner takes
    expected = [rules, rules * duty, rules * (0.7 + 0.3 * duty), rules * (0.5 + 0.5 * duty)]
    assert sales(world, tariff, other, example.p).change[0] == approx(expected)


@given(st.floats(1, 2), st.floats(1, 2), st.floats(1.001, 2), share)
def test_exports_fall_in_every_cost(tariff, other, more, goods):
    world = made_up(1).world._replace(goods=np.full(FIELDS, goods))

    def sold(tariff, other):
        return sales(world, np.full((1, PARTNERS), tariff), np.full((1, PARTNERS), other), made_up(1).p).change[0, 0]

    assert sold(tariff, other * more) < sold(tariff, other) <= 1 + 1e-12
    assert sold(tariff * more, other) <= sold(tariff, other)


def test_an_embargo_takes_one_field_of_one_partner():
    example = made_up(3)
    severity = np.zeros((FIELDS, PARTNERS))
    severity[2, 1] = 0.25
    ratio = example.costs(severity=severity).paid / example.costs().paid
    assert ratio[2] == approx(1 - 0.25 * example.world.partner_imports[2, 1])
    ratio[2] = 1
    assert ratio == approx(1)


def test_who_takes_nothing_has_a_price_and_no_trade():
    example = made_up(3)
    none = example.costs(severity=np.ones((FIELDS, PARTNERS)))
    assert (none.paid > 0).all() and (none.paid < 1e-11).all() and (none.duty == 0).all()
    imports = imports_by_partner(none.purchases, np.ones((PLACES, FIELDS)))
    assert (imports == 0).all()


def test_partners_add_up():
    world, _, costs, now, quarter = played()
    assert exports_by_partner(costs.sales, now.exports, EACH_FIELD).sum(2) == approx(now.exports, rel=1e-12)
    imports = imports_by_partner(costs.purchases, now.imports)  # partner, tariff, place
    assert imports.sum((0, 1)) == approx(now.imports.sum(1), rel=1e-12)
    duty = world.rates[:, None] * quarter["tariff_left"].T[:, None]
    assert (imports * duty).sum((0, 1)) == approx(now.duties, rel=1e-9)


def test_trade_with_each_partner_as_written():
    """Read the docstring of `abroad` a second time, one province, field and partner at a time."""
    world, p, costs, now, quarter = played()
    exports = exports_by_partner(costs.sales, now.exports, EACH_FIELD)
    due = dutiable(world, costs.purchases, now.imports)
    for r in range(PLACES):
        other = quarter["non_tariff_cost"][r]
        for f in range(FIELDS):
            goods = world.goods[f] * barrier(quarter["tariff_abroad"][r], other, p.export_elasticity)
            parts = world.export_share * (goods + (1 - world.goods[f]) * barrier(1.0, other, p.export_elasticity))
            assert exports[r, f] == approx(now.exports[r, f] * parts / parts.sum(), rel=1e-10)
        by_partner = np.zeros(PARTNERS)
        for f in range(FIELDS):
            ratio = (1 + world.tariff[f] * quarter["tariff_left"][r]) / (1 + world.tariff[f])
            kept = world.partner_imports[f] * (1 - quarter["severity"][f])
            parts = kept * barrier(ratio, other, p.trade_elasticity)
            by_partner += world.tariff[f] * now.imports[r, f] * parts / parts.sum()
        assert due[r] == approx(by_partner, rel=1e-10)


def test_duties_at_the_tariffs_of_2013_times_what_is_left_of_them_are_those_paid():
    world, _, costs, now, quarter = played()
    due = dutiable(world, costs.purchases, now.imports)
    assert (due * quarter["tariff_left"]).sum(1) == approx(now.duties, rel=1e-9)


@pytest.mark.parametrize("runs", [1, 2, 3])
def test_runs_side_by_side_trade_with_partners_as_each_alone(runs):
    examples = [made_up(seed, trade_elasticity=3.0 + seed) for seed in range(runs)]
    quarters = [random_quarter(example, seed) for seed, example in enumerate(examples)]
    stacked = {name: np.stack([quarter[name] for quarter in quarters], axis=-1) for name in quarters[0]}
    all_runs = together(examples)
    many = all_runs.costs(**stacked)
    imports = np.stack([example.world.use for example in examples], axis=-1)
    taxed = dutiable(all_runs.world, many.purchases, imports)
    sold = exports_by_partner(many.sales, many.exports, EACH_FIELD)
    for run, (example, quarter) in enumerate(zip(examples, quarters, strict=True)):
        one = example.costs(**quarter)
        assert (taxed[..., run] == dutiable(example.world, one.purchases, example.world.use)).all()
        assert (sold[..., run] == exports_by_partner(one.sales, one.exports, EACH_FIELD)).all()
        assert (many.freeness[run] == one.freeness).all()
