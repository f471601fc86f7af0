import math
from types import SimpleNamespace

import numpy as np
from pytest import approx

from builders import small
from ftz_sim.model.clock import Quarter
from ftz_sim.model.group import Group
from ftz_sim.model.levers import CATALOGUE, Levers
from ftz_sim.model.mechanisms.policy import (
    INNOVATION,
    OF_NATION,
    OF_ZONES,
    STATUS,
    Appraisal,
    Policy,
    appraise,
    at_work,
    by_province,
    in_open_zone,
    levers,
    score,
    slowest,
    step,
    update,
    warn,
)
from ftz_sim.runs.model import FtzModel
from ftz_sim.scenario.policy_path import PolicyPath

REGION = np.array([8, 20, 1])  # three zones in provinces 8, 20 and 1
VALUE = np.array([30.0, 10.0, 60.0])


def test_a_zone_acts_if_it_is_open_and_has_its_status():
    acts = update(np.array([True, True, False]), np.array([1.0, 0.0, 1.0]), REGION)
    assert acts[[8, 20, 1, 0]].tolist() == [1, 0, 0, 0]
    assert acts.sum() == 1


def test_levers_read_zero_outside_open_zones():
    of_zones = np.full((len(OF_ZONES), 3), 0.5)
    of_nation = np.linspace(0, 1, len(OF_NATION))
    zone_open = by_province(np.array([1.0, 0.0, 0.0]), REGION)
    now = levers(of_zones, of_nation, zone_open, REGION)
    assert now.ai_plus[8] == 0.5
    assert now.ai_plus.sum() == 0.5
    assert now.replication == 0.0
    assert now.market_access_exchange == 1.0
    assert all(np.shape(getattr(now, n)) == (() if c.scope == "nation" else (31,)) for n, c in CATALOGUE.items())


class Table(SimpleNamespace):
    def __len__(self):
        return len(self.zone)


def model(status, t=5):
    every = np.ones((8, 3))
    path = PolicyPath(np.full((8, len(OF_ZONES), 3), 0.5), np.zeros((8, len(OF_NATION))), every > 0, every)
    path.zones[:, STATUS] = status
    path.is_open[:, 2] = False
    rows = np.sort(np.r_[np.arange(31), 8])  # one firm a province, two in province 8
    zones_of = np.full(len(rows), -1, dtype=np.int8)
    zones_of[np.flatnonzero(rows == 8)[0]] = 0  # one of the two is in the zone area
    zones_of[np.flatnonzero(rows == 20)] = 1
    zones_of[np.flatnonzero(rows == 1)] = 2
    firms = Table(zone=zones_of, of_zones=Group(np.flatnonzero(zones_of >= 0)))

    class Regions(SimpleNamespace):
        @property
        def has_open_zone(self):
            return self.zone_open > 0

    return SimpleNamespace(
        policy=path,
        zones=SimpleNamespace(
            region=REGION,
            category=np.array([0, 1, 2]),
            value_added=VALUE,
            value_added_by_field=np.outer(VALUE, np.full(16, 1 / 16)),
            appraised_value=np.zeros(3),
            at_bottom=np.zeros(3, bool),
            warned=np.array([False, True, False]),
        ),
        regions=Regions(
            zone_open=np.zeros(31), zone_area=by_province(np.ones(3), REGION), coordination_degree=np.zeros(31)
        ),
        firms=firms,
        nation=SimpleNamespace(gdp=1e5),
        clock=SimpleNamespace(index=t, quarter=Quarter.at(t)),
        levers=Levers(),
    )


def test_only_firms_in_the_areas_of_open_zones_are_flagged():
    flags = in_open_zone(np.zeros(5, np.int8), Group(np.array([0, 3, 4])), np.array([True, False, True]))
    assert flags.tolist() == [True, False, False, False, True]


def test_step_counts_firms_in_zone_areas_and_flags_those_in_open_zones():
    world = model(status=1.0)
    step(world, Policy())
    assert world.zones.firms.tolist() == [1, 1, 1]
    assert world.zones.is_open.tolist() == [True, True, False]
    assert world.firms.in_open_zone.sum() == 2  # the third zone has not opened
    assert world.levers.zone_status.sum() == 2


def test_zone_status_zero_leaves_nothing_of_the_zones():
    world = model(status=0.0)
    step(world, Policy())
    assert not world.firms.in_open_zone.any()
    assert not world.regions.zone_open.any()
    assert not world.levers.ai_plus.any()
    assert not world.regions.pilot_evidence.any()


def test_evidence_stands_at_the_province_and_kind_of_place_of_each_open_zone():
    world = model(status=1.0)
    step(world, Policy())
    expected = np.zeros((31, 3))
    expected[8, 0], expected[20, 1] = (
        1 - math.exp(-30 / 50),
        1 - math.exp(-10 / 50),
    )
    assert world.regions.pilot_evidence == approx(expected)


def test_a_zone_works_at_its_highest_lever_unless_it_is_idle_closed_or_empty():
    levels = np.zeros((len(OF_ZONES), 5))
    levels[STATUS] = 1.0
    levels[INNOVATION] = 0.2, 0.0, 0.7, 0.7, 0.1
    levels[INNOVATION + 1, 4] = 0.4
    acting, firms = np.array([1.0, 1, 0, 1, 1]), np.array([3, 3, 3, 0, 1])
    assert at_work(levels, acting, firms).tolist() == [0.2, 0, 0, 0, 0.4]


def test_a_warned_zone_keeps_half_of_its_innovation_and_all_else():
    world = model(status=1.0)  # the second zone, of province 20, is warned
    step(world, Policy())
    assert world.levers.institutional_innovation[[8, 20]].tolist() == [0.5, 0.25]
    assert world.levers.ai_plus[[8, 20]].tolist() == [0.5, 0.5]
    assert warn(world.policy.zones[5], world.zones.warned, Policy(warning_factor=0.2))[INNOVATION, 1] == approx(0.1)
    assert world.policy.zones[5, INNOVATION, 1] == 0.5  # the path itself is left alone


def test_the_score_is_growth_plus_what_joint_appraisal_credits():
    # from 40 to 44 is 10 %; .25 x full joint appraisal x half of the coordination adds .125; 0 a year ago: no growth
    found = score(np.array([44.0, 5.0]), np.array([40.0, 0.0]), np.array([1.0, 0.4]), np.array([0.5, 0.5]), Policy())
    assert found == approx([0.1 + 0.125, 0.05])


def test_the_bottom_tenth_of_the_open_zones_is_rounded_down():
    scores = np.arange(22.0)
    is_open = np.ones(22, bool)
    assert np.flatnonzero(slowest(scores, is_open, Policy())).tolist() == [0, 1]  # a tenth of 22 is 2.2
    is_open[:3] = False  # 19 are left, and of them one
    assert np.flatnonzero(slowest(scores, is_open, Policy())).tolist() == [3]
    is_open[:13] = False
    assert not slowest(scores, is_open, Policy()).any()
    assert np.flatnonzero(slowest(np.zeros(22), np.ones(22, bool), Policy())).tolist() == [0, 1]  # ties: the first


HALF = Policy(adaptive=True, bottom_share=0.5)


def appraised(last, value, quarter_one=True, p=HALF):
    nothing = np.zeros(2)
    return appraise(last, quarter_one, np.array(value), nothing, nothing, np.ones(2, bool), p)


def test_only_a_second_year_at_the_bottom_brings_a_warning():
    never = Appraisal(np.array([10.0, 10.0]), np.zeros(2, bool), np.zeros(2, bool))
    first = appraised(never, [12.0, 11.0])  # 20 % against 10 %
    assert first.at_bottom.tolist() == [False, True] and not first.warned.any()
    assert first.value.tolist() == [12.0, 11.0]
    assert appraised(first, [12.0, 12.1]).at_bottom.tolist() == [True, False]  # 0 % against 10 %: others are slow now
    assert not appraised(first, [12.0, 12.1]).warned.any()
    second = appraised(first, [15.0, 12.1])
    assert second.warned.tolist() == [False, True]
    assert appraised(second, [18.0, 13.0]).warned.tolist() == [False, True]  # a third year: still
    assert not appraised(second, [15.0, 20.0]).warned.any()


def test_nobody_is_appraised_during_the_year_or_where_policy_does_not_adapt():
    last = Appraisal(np.array([10.0, 10.0]), np.array([True, False]), np.array([True, False]))
    assert appraised(last, [1.0, 2.0], quarter_one=False) is last
    assert appraised(last, [1.0, 2.0], p=Policy(bottom_share=0.5)) is last


def test_step_appraises_new_fields_and_what_zones_do_together_as_the_last_year_left_them():
    world = model(status=1.0, t=4)
    zones, levers_before = world.zones, world.levers
    world.regions.zone_open[[8, 20]] = 1.0  # the third zone has not opened
    world.regions.coordination_degree[[8, 20]] = 0.8
    levers_before.joint_appraisal[8], levers_before.ai_plus[20] = 0.5, 1.0
    new_fields = VALUE * 11 / 16
    zones.appraised_value, zones.at_bottom = new_fields / [1.05, 1.1, 1.0], np.array([False, True, True])
    step(world, HALF)  # 5 % + .25 x .5 x .8 against 10 %
    assert zones.at_bottom.tolist() == zones.warned.tolist() == [False, True, False]
    assert zones.appraised_value == approx(new_fields)
    assert world.levers.institutional_innovation[[8, 20]].tolist() == [0.5, 0.25]  # from this quarter on


FORK = ("horizon.fork=2018Q3", "horizon.end=2019Q4")
ADAPTIVE = ("parameters.policy.adaptive=true", "parameters.policy.bottom_share=0.4", *FORK)


def test_an_adaptive_run_warns_zones_after_two_appraisals_and_hinders_their_reforms():
    runs = [FtzModel(small("history", *overrides), rng=1) for overrides in (ADAPTIVE, FORK)]
    warned = []
    while runs[0].running:
        for each in runs:
            each.step()
        warned.append(bool(runs[0].zones.warned.any()))
    # four zones are open from 2015Q2, so that one stands at the bottom in 2016Q1 and may be warned in 2017Q1
    assert any(warned) and not any(warned[: Quarter(2017, 1).index])
    assert not runs[1].zones.warned.any() and not runs[1].zones.at_bottom.any()
    assert not runs[1].zones.appraised_value.any()
    adaptive, plain = (each.recorder.records.zones for each in runs)
    same = [np.array_equal(a, b) for a, b in zip(adaptive.innovations_created, plain.innovations_created, strict=True)]
    assert same == [not any(warned[:row]) for row in range(len(same))]  # row 0 is the start


def test_an_adaptive_past_is_shared_like_any_other():
    past = FtzModel(small("history", *ADAPTIVE), rng=2)
    while past.clock.index < past.fork:
        past.step()
    spec = small("single_ftz", *ADAPTIVE)
    branch, alone = past.branch(spec).run(), FtzModel(spec, rng=2).run()
    for name, column in vars(alone.zones).items():
        assert np.array_equal(column, getattr(branch.zones, name), equal_nan=column.dtype.kind == "f"), name
    assert branch.zones.at_bottom.any()
    assert not past.has_past_of(small("single_ftz", *FORK))
