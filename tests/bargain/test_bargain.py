"""The provinces of 2013 bargain: what zones and their instruments bring about, the same in any company of runs."""

from __future__ import annotations

from dataclasses import fields
from types import SimpleNamespace

import numpy as np
import pytest
from bargains import ROUTES, Coordination, bargained, first_year, near, table
from pytest import approx

from ftz_sim.model.bargain.gains import likeness
from ftz_sim.model.clock import Quarter
from ftz_sim.model.markets import stack
from ftz_sim.model.mechanisms import coordination as mechanism

RESULTS = "coordination agreed own_gain pay_off worth refuses owed bargain_cost removed transfer".split()


def reached(zones=True, p=None, **levels):
    """Return the share of the feasible that near zone pairs agree on, and their likeness."""
    world = bargained(table(zones, p, **levels), p)
    pairs = near(world)
    share = world.pairs.agreed[pairs] / world.pairs.feasibility[pairs]
    return share, likeness(world.regions.value_added)[pairs]


def test_zones_without_instruments_are_one_more_rival_and_nothing_else():
    none, bare = reached(zones=False)[0], reached()[0]
    assert (bare <= none).all() and bare.mean() < 0.8 * none.mean()
    calm = Coordination(zone_rivalry=0.0)
    assert np.array_equal(reached(zones=False, p=calm)[0], reached(p=calm)[0])


@pytest.mark.parametrize("route", [route for route in ROUTES if route != "title_recognition"])
def test_every_instrument_brings_near_pairs_together(route):
    assert reached(**{route: 1.0})[0].mean() > reached()[0].mean() + 0.005


def test_titles_divide_winners_of_talents_from_losers():
    titled, bare = reached(title_recognition=1.0)[0], reached()[0]
    assert (titled > bare).any() and (titled < bare).any()


def test_sharing_brings_unlike_pairs_in_and_appraisal_and_division_of_labour_like_ones():
    bare, like = reached()
    brought = {route: reached(**{route: 1.0})[0] - bare for route in ROUTES}
    unlike, alike = like < 0.1, like > 0.4
    assert brought["benefit_sharing"][unlike].mean() > 2 * brought["benefit_sharing"][alike].mean()
    assert brought["division_of_labour"][alike].mean() > 2 * brought["division_of_labour"][unlike].mean()
    appraisal = brought["joint_appraisal"]
    assert appraisal[alike].mean() > 0.8 * appraisal[unlike].mean()


def test_appraisal_ends_refusals_and_leaves_sharing_little_to_pay():
    everything = dict.fromkeys(ROUTES, 1.0)
    worlds = [bargained(table(**{**everything, "joint_appraisal": level})) for level in (0.0, 1.0)]
    assert worlds[0].pairs.refuses.any() and worlds[1].pairs.refuses.sum() < worlds[0].pairs.refuses.sum()
    assert worlds[1].pairs.owed.sum() < worlds[0].pairs.owed.sum()


def test_an_idle_zone_changes_nothing():
    at_work = np.ones(31)
    at_work[first_year().zones.region[3]] = 0.0
    levels = dict.fromkeys([*ROUTES, "hinterland_inclusion"], 0.6)
    with_idle = bargained(table(only=at_work, **levels))
    without = table(only=at_work, **levels)
    without.regions.zone_open = without.regions.zone_open * at_work
    without.regions.has_open_zone = without.regions.zone_open > 0
    without = bargained(without)
    for name in RESULTS:
        assert np.array_equal(getattr(with_idle.pairs, name), getattr(without.pairs, name)), name
    assert np.array_equal(with_idle.regions.coordination_degree, without.regions.coordination_degree)


def test_a_zone_without_firms_does_not_work():
    world = table(**dict.fromkeys(ROUTES, 1.0))
    world.regions.at_work = np.zeros(31)  # what policy says of a zone without firms
    ordinary = bargained(table(zones=False))
    assert np.array_equal(bargained(world).pairs.agreed, ordinary.pairs.agreed)


def test_2013_is_where_coordination_starts_and_nothing_is_removed():
    world = table(zones=False)
    world.clock = SimpleNamespace(index=0, quarter=Quarter.at(0))
    world.pairs.talent_flow = np.zeros((31, 31))
    mechanism.step(world, Coordination())
    assert world.pairs.start is not world.pairs.coordination
    assert np.array_equal(world.pairs.start, world.pairs.coordination) and world.pairs.start.any()
    assert not world.pairs.removed.any() and not world.pairs.transfer.any()


def test_governments_bargain_once_a_year_and_move_every_quarter():
    world = bargained(table())
    world.levers = table(mutual_recognition=1.0).levers
    before = world.pairs.agreed
    world.clock = SimpleNamespace(index=4, quarter=Quarter.at(4))
    coordination = world.pairs.coordination
    mechanism.step(world, Coordination())
    assert world.pairs.agreed is before
    assert (world.pairs.coordination >= coordination).all() and world.pairs.coordination.sum() > coordination.sum()


def test_accounts_of_pairs_and_provinces_agree():
    world = bargained(table(**{**dict.fromkeys(ROUTES, 1.0), "joint_appraisal": 0.0}))
    assert world.pairs.transfer.any()
    pairs = world.pairs
    part = np.divide(pairs.coordination, pairs.feasibility, out=np.zeros((31, 31)), where=pairs.feasibility > 0)
    assert approx(pairs.owed * part) == pairs.transfer.T
    assert world.regions.bargain_cost == approx(world.pairs.bargain_cost.sum(1) * world.regions.gdp)
    share = world.regions.bargain_cost.sum() / world.regions.gdp.sum()
    assert 0.0002 < share < 0.004


def test_runs_side_by_side_have_the_bits_of_each_alone():
    rng = np.random.default_rng(5)
    tilts = [rng.uniform(0.5, 1.5, (31, 31, 16)) for _ in range(3)]
    levels = ({}, dict.fromkeys(ROUTES, 0.5), {"benefit_sharing": 1.0, "hinterland_inclusion": 0.7})
    alone = [table(tilt=tilt, **level) for tilt, level in zip(tilts, levels, strict=True)]
    together = side_by_side(alone)
    drawn = [Coordination(plain=0.3 + run / 10, assumed_border=1.5 - run / 2, appraisal=run / 4) for run in range(3)]
    numbers = {name: np.array([getattr(p, name) for p in drawn]) for name in Coordination.model_fields}
    for world, p in zip((*alone, together), (*drawn, SimpleNamespace(**numbers)), strict=True):
        mechanism.step(world, p)
    for run, world in enumerate(alone):
        for name in RESULTS:
            assert np.array_equal(getattr(world.pairs, name), getattr(together.pairs, name)[..., run]), name
        for name in ("bargain_cost", "coordination_degree"):
            assert np.array_equal(getattr(world.regions, name), getattr(together.regions, name)[..., run]), name
        assert np.array_equal(world.zones.lead, together.zones.lead[..., run])


def side_by_side(worlds):
    """Stack worlds, runs last; rows of zones and parameters are shared."""

    def stacked(tables, keep=()):
        names = [f.name for f in fields(tables[0])] if hasattr(tables[0], "__dataclass_fields__") else vars(tables[0])
        first = {name: getattr(tables[0], name) for name in names}
        return {
            name: value if name in keep else np.stack([np.asarray(getattr(t, name)) for t in tables], axis=-1)
            for name, value in first.items()
        }

    first = worlds[0]
    knowledge = first.firms.sum_by_region_field(first.firms.knowledge)
    zones = first.zones.__class__(**stacked([world.zones for world in worlds], keep=("region",)))
    return SimpleNamespace(
        regions=SimpleNamespace(**stacked([world.regions for world in worlds])),
        pairs=SimpleNamespace(**stacked([world.pairs for world in worlds])),
        zones=zones,
        nation=SimpleNamespace(**stacked([world.nation for world in worlds])),
        firms=SimpleNamespace(
            knowledge=None, sum_by_region_field=lambda _: np.stack([knowledge] * len(worlds), axis=-1)
        ),
        levers=first.levers.__class__(**stacked([world.levers for world in worlds])),
        base=SimpleNamespace(world=stack([world.base.world for world in worlds])),
        params=first.params,
        clock=first.clock,
        dt=first.dt,
    )
