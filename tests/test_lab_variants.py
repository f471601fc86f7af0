"""The lab without a browser: variants are scenario files, links hold nothing else, charts are what they say."""

from __future__ import annotations

import base64
import json
import zlib

import numpy as np
import pandas as pd
import pytest

from ftz_sim.errors import InputError
from ftz_sim.lab import charts, explain
from ftz_sim.lab.variants import GROUPS, Variant, from_link, levers_of, load, to_data, to_link, variant_from
from ftz_sim.levers import CATALOGUE
from ftz_sim.report.tiles import TILES
from ftz_sim.scenario import Scenario

MINE = Variant(
    "cross_zone", {"ai_plus": 0.4, "agreement_upgrade": 1.0}, "2027Q1", 4, {"negative_list.relist_pace": 0.05},
    [{"kind": "tariff", "partner": "US", "size": 0.25, "from": "2026Q1", "to": "2027Q4"}],
)  # fmt: skip


def test_a_variant_is_a_valid_scenario_that_says_only_what_was_moved():
    spec = load(MINE.yaml(), 2030)
    base = Scenario.load("cross_zone")
    assert str(spec.horizon.end) == "2030Q4" and spec.population.firms == 2000
    assert [str(step) for step in spec.policy[len(base.policy) :]] == [
        "0.4 from 2027Q1 in 4 steps",
        "1 from 2027Q1 in 4 steps",
    ]
    assert spec.parameters.negative_list.relist_pace == 0.05
    assert spec.shocks[0].size == 0.25
    assert load(Variant("history").yaml()).policy == Scenario.load("history").policy


def test_every_lever_is_in_one_group():
    assert [name for group in GROUPS for name in levers_of(group)] == [n for n in CATALOGUE if n != "zone_status"]


def test_a_link_brings_back_what_was_sent():
    state = json.loads(json.dumps({"variant": to_data(MINE), "end": 2030}))
    back = from_link(to_link(state))
    assert back == state
    assert variant_from(back["variant"]) == MINE
    assert to_data(Variant()) == {"base": "single_ftz"}


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", "é", base64.urlsafe_b64encode(zlib.compress(b"[1]")).decode(),
     base64.urlsafe_b64encode(zlib.compress(b"{" + b" " * 10_000_000)).decode()],
)  # fmt: skip
def test_a_broken_link_is_refused(text):
    with pytest.raises(InputError):
        from_link(text)


@pytest.mark.parametrize(
    "data",
    [None, [], {"bse": "history"}, {"base": "/etc/passwd"}, {"levers": {"ai_plus": 7}}, {"levers": {"x": 1}},
     {"levers": []}, {"ramp": "many"}, {"shocks": [1]}, {"shocks": [{"kind": "x"}]},
     {"start": "2012Q1", "levers": {"ai_plus": 1}}],
)  # fmt: skip
def test_a_link_to_something_impossible_is_refused(data):
    with pytest.raises(InputError):
        variant_from(data)


def test_messages_name_the_users_file_and_no_folder_of_ours():
    with pytest.raises(InputError, match=r"^mine\.yaml:3") as error:
        load("name: x\nbase: history\nhorizn: {end: 2030Q4}\n", name="mine.yaml")
    assert "tmp" not in str(error.value)
    with pytest.raises(InputError, match="smaller"):
        load("name: " + "x" * 200_000)


def test_names_at_the_ends_of_lines_do_not_overlap():
    when = pd.to_datetime(["2025-01-01", "2026-01-01"])
    parts = [pd.DataFrame({"date": when, "value": [0.0, 1 + n / 1000], "scenario": f"s{n}"}) for n in range(5)]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.assign(low=frame["value"], high=frame["value"])
    spec = charts.lines(frame, {f"s{n}": "#000000" for n in range(5)}, "GDP", "%", "2025-06-01", True)
    (text,) = [layer for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    heights = sorted(row["label"] for row in text["data"]["values"])
    low, high = next(layer for layer in spec["layer"] if "y2" in layer["encoding"])["encoding"]["y"]["scale"]["domain"]
    assert np.diff(heights).min() > 0.99 * charts.LABEL / charts.PLOT * (high - low)
    assert low <= heights[0] and heights[-1] <= high
    json.dumps(spec)


def test_tiles_are_grey_where_seeds_disagree():
    codes = tuple(TILES)
    gains = np.ones((2, 31))
    gains[1, 3] = -0.5
    rows = charts.tiles(gains, codes, codes, {codes[0]}, "zh")["data"]["values"]
    assert rows[3]["fill"] == charts.UNDECIDED
    assert rows[4]["fill"] == charts.tile_colour(1.0)
    assert [row["edge"] for row in rows[:2]] == [charts.INK, "transparent"]


def test_a_lever_is_explained_by_claims_rules_and_parameters():
    assert [rule.name for rule in explain.rules_of("carbon_budget")] and explain.claims_of("carbon_budget")
    names = {rule.name for rule in explain.rules_of("institutional_innovation")}
    assert "institutional_innovation" in names
    frame = explain.parameters_of(explain.rules_of("institutional_innovation"))
    assert {path.partition(".")[0] for path in frame["parameter"]} <= names


def test_levels_are_means_over_open_zones():
    levels = explain.levels(Scenario.load("single_ftz"))
    assert levels["ai_plus"][-1] == 1
    assert levels["ai_plus"][0] == 0
    assert levels["zone_status"][3] == 1  # Shanghai alone
    assert not explain.levels(Scenario.load("no_ftz"))["ai_plus"].any()
