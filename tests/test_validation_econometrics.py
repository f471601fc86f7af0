"""Estimators on panels whose true effect is known."""

from __future__ import annotations

import logging
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from ftz_sim.model.streams import Stream
from ftz_sim.validation.econometrics import (
    compare_estimators,
    event_studies,
    nearest_zone,
    permuted,
    placebo_table,
    summary,
    within_estimate,
)
from ftz_sim.validation.estimators import event_study, imputation, placebo_dates, twfe
from ftz_sim.validation.panel import Panel, cells, first_treated, yearly

pytest.importorskip("pyfixest")
YEARS = np.arange(2013, 2025)
FIRST = np.array([2015] * 4 + [2018] * 6 + [2021] * 4 + [0] * 8)
UNITS = tuple(f"U{i:02d}" for i in range(len(FIRST)))


def worlds(growing=0.0, level=0.05, noise=0.01, trend=0.0):
    """A pair of panels: effect level + growing x age in logs, and different trends of treated units."""
    normal = Stream(1, "test/panel", 0).normal(len(YEARS) * len(FIRST)).reshape(len(YEARS), -1).astype(float)
    base = np.linspace(0, 1, len(YEARS))[:, None] + np.linspace(0, 3, len(FIRST)) + noise * normal
    base = base + trend * (FIRST > 0) * np.arange(len(YEARS))[:, None]
    without = Panel(UNITS, YEARS, FIRST, {"y": base})
    age = np.where(without.treated, without.relative, 0)
    return without._replace(outcomes={"y": base + without.treated * (level + growing * age)}), without


def test_both_estimators_find_a_constant_effect():
    zones, _ = worlds()
    for estimator in (twfe, imputation):
        found = estimator(zones.frame(), "y")
        assert found.effect == pytest.approx(5, abs=0.7)
        assert 0 < found.error < 1


def test_two_way_effects_fail_where_effects_grow_and_the_robust_estimator_does_not():
    pair = worlds(growing=0.04, noise=0.001)
    found = summary(compare_estimators([pair])).set_index("estimator")
    assert abs(found.loc["imputation", "bias"]) < 0.2
    assert found.loc["twfe", "bias"] < -2


def test_the_bias_is_selection_plus_contamination():
    found = summary(compare_estimators([worlds(trend=0.01), worlds(growing=0.02, trend=0.01)]))
    assert found["bias"].to_numpy() == pytest.approx((found["selection"] + found["contamination"]).to_numpy())
    assert (found["selection"] > 1).all()  # treated units grew faster anyway
    assert (found["n"] == 2).all()


def test_units_treated_from_the_second_year_on_are_left_out_of_the_robust_estimate():
    zones, without = worlds(noise=0.001)
    first = FIRST.copy()
    first[0] = 2014
    loud = zones.outcomes["y"].copy()
    loud[1:, 0] += 10
    table = compare_estimators([(zones._replace(first=first, outcomes={"y": loud}), without)]).set_index("estimator")
    assert table.loc["imputation", "truth"] == pytest.approx(5, abs=0.01)
    assert table.loc["twfe", "truth"] > 10


def test_event_studies_show_the_shape_of_the_effect():
    zones, without = worlds(growing=0.02, noise=0.001)
    found = event_study(zones.frame(), "y")
    assert found[0].effect == pytest.approx(5, abs=0.3)
    assert found[3].effect == pytest.approx(11, abs=0.3)
    assert abs(found[-3].effect) < 0.3
    assert -1 not in found
    table = event_studies([(zones, without)], ["y"]).set_index("age")
    assert table.loc[3, "truth"] == pytest.approx(11)
    assert table.loc[-3, "truth"] == 0


def test_placebo_dates_find_nothing_without_and_something_with_different_trends():
    still, _ = worlds(noise=0.002)
    found = placebo_dates(still.frame(), "y")
    assert abs(found.effect) < 3 * found.error
    moving, _ = worlds(noise=0.002, trend=0.02)
    assert placebo_dates(moving.frame(), "y").effect > 1


def test_the_fast_estimate_equals_the_regression():
    zones, _ = worlds(growing=0.03)
    assert within_estimate(zones.treated, zones.outcomes["y"]) == pytest.approx(twfe(zones.frame(), "y").effect)


def test_random_placements_surround_zero_and_leave_a_real_effect_outside():
    zones, without = worlds()
    dealt = permuted(without, "y", 0)
    assert abs(dealt.mean()) < 0.5
    assert (permuted(without, "y", 0) == dealt).all()
    table = placebo_table([(zones, without)]).iloc[0]
    assert table["estimate"] > table["placements_high"]
    assert table["placement_p"] < 0.05


def test_the_nearest_zone_by_hand():
    distance = np.array([[0, 100, 900], [100, 0, 700], [900, 700, 0.0]])
    treated = np.array([[False, False, False], [True, False, False], [True, False, True]])
    assert nearest_zone(treated, distance).tolist() == [[np.inf] * 3, [0, 100, 900], [0, 100, 0]]


def test_years_and_first_treated_years_by_hand():
    assert yearly(np.arange(9.0)).tolist() == [1.5, 5.5]  # the cut year is left out
    opened = np.zeros((12, 3))
    opened[3:, 0] = 1  # last quarter of 2013: treated from 2014
    opened[5:, 1] = 1  # second quarter of 2014: three quarters open, treated at once
    opened[11:, 2] = 1  # last quarter of the horizon: never treated inside it
    codes = SimpleNamespace(
        regions=SimpleNamespace(code=("A", "B", "C", "D")), zones=SimpleNamespace(code=("A", "B", "C"))
    )
    first = first_treated(SimpleNamespace(codes=codes, zones={"is_open": opened}))
    assert first.tolist() == [2014, 2014, 0, 0]


def test_cells_split_a_province_and_leave_empty_ones_out():
    codes = SimpleNamespace(regions=SimpleNamespace(code=("A", "B")), zones=SimpleNamespace(code=("A", "B")))
    flat = np.ones((4, 1))
    share = {"emerging_share": 0.1 * np.ones((4, 2)), "future_share": np.zeros((4, 2)), "exports": flat * [3.0, 2.0]}
    regions = {"gdp": flat * [10.0, 5.0], "co2": flat * [4.0, 1.0], **share}
    inside = {"value_added": flat * [1.0, 5.0], "co2": flat * [0.2, 1.0], **share, "exports": flat * [1.0, 2.0]}
    world = SimpleNamespace(codes=codes, regions=regions, zones=inside)
    panel, _ = cells(world, world, np.array([2013, 0]))
    assert panel.units == ("A zone", "B zone", "A")  # nothing is left of B outside its zone
    assert np.exp(panel.outcomes["value_added"][0]) == pytest.approx([1, 5, 9])
    assert np.exp(panel.outcomes["co2_intensity"][0]) == pytest.approx([0.2, 0.2, 3.8 / 9])
    assert panel.first.tolist() == [2013, 0, 0]


def test_the_estimators_leave_logging_alone():
    probe = (
        "import logging; from ftz_sim.validation.estimators import check_installed; check_installed(); "
        "print(logging.getLogger().level, logging.getLogger().handlers)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"{logging.WARNING} []"
