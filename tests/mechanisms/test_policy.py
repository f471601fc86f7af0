from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.levers import CATALOGUE, Levers
from ftz_sim.mechanisms.policy import (
    OF_NATION,
    OF_ZONES,
    STATUS,
    Policy,
    by_province,
    firms_of,
    in_open_zone,
    levers,
    step,
    update,
)
from ftz_sim.policy_path import PolicyPath

REGION = np.array([8, 20, 1])  # three zones in provinces 8, 20 and 1
VALUE = np.array([30.0, 10.0, 60.0])


def test_weights_are_shares_of_the_value_added_of_open_zones():
    new = update(np.array([True, True, False]), np.ones(3), VALUE, REGION)
    assert new.zone_open[[8, 20, 1, 0]].tolist() == [1, 1, 0, 0]
    assert new.pilot_weight[[8, 20, 1]] == approx([0.75, 0.25, 0])  # 30 and 10 of 40


def test_without_open_zones_all_weights_are_zero():
    new = update(np.zeros(3, bool), np.ones(3), VALUE, REGION)
    assert not new.pilot_weight.any()
    assert not update(np.ones(3, bool), np.ones(3), np.zeros(3), REGION).pilot_weight.any()


@given(status=st.lists(st.sampled_from([0.0, 1.0]), min_size=3, max_size=3))
def test_weights_add_up_to_one_or_nothing(status):
    new = update(np.ones(3, bool), np.array(status), VALUE, REGION)
    assert new.pilot_weight.sum() == approx(1.0 if any(status) else 0.0)


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
    path = PolicyPath(np.full((8, len(OF_ZONES), 3), 0.5), np.zeros((8, len(OF_NATION))), np.ones((8, 3), bool))
    path.zones[:, STATUS] = status
    path.is_open[:, 2] = False
    rows = np.sort(np.r_[np.arange(31), 8])  # one firm a province, two in province 8
    zones_of = np.full(len(rows), -1, dtype=np.int8)
    zones_of[np.flatnonzero(rows == 8)[0]] = 0  # one of the two is in the zone area
    zones_of[np.flatnonzero(rows == 20)] = 1
    zones_of[np.flatnonzero(rows == 1)] = 2
    firms = Table(zone=zones_of, zone_rows=np.flatnonzero(zones_of >= 0))

    class Regions(SimpleNamespace):
        @property
        def has_open_zone(self):
            return self.zone_open > 0

    return SimpleNamespace(
        policy=path,
        zones=SimpleNamespace(region=REGION, value_added=VALUE),
        regions=Regions(),
        firms=firms,
        clock=SimpleNamespace(index=t),
        levers=Levers(),
    )


def test_firms_of_zone_areas_are_counted():
    assert firms_of(np.array([2, 0, 2], dtype=np.int8), 4).tolist() == [1, 0, 2, 0]


def test_only_firms_in_the_areas_of_open_zones_are_flagged():
    flags = in_open_zone(5, np.array([0, 3, 4]), np.array([True, False, True]))
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
    assert not world.regions.pilot_weight.any()
