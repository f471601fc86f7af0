"""Targets, readings and verdicts."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftz_sim.errors import InputError
from ftz_sim.indicators.records import Codes, Labels
from ftz_sim.model.published import load_figures
from ftz_sim.report.target_words import OF_TARGETS_ZH
from ftz_sim.validation.board import Board, Value, over_seeds, verdict, with_error
from ftz_sim.validation.readings import ONLY_RCEP, RCEP, effect, places, read
from ftz_sim.validation.targets import FILE, KINDS, Target, read_targets, shipped

BY_ID = {target.id: target for target in shipped()}


def changed(tmp_path, **cells):
    """A table of one target, growth_2014 with some cells changed."""
    with FILE.open(encoding="utf-8", newline="") as handle:
        row = next(csv.DictReader(handle)) | cells
    path = tmp_path / "more.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, row)
        writer.writeheader()
        writer.writerow(row)
    return path


def test_shipped_targets_are_many_bilingual_and_sourced():
    assert len(BY_ID) > 90
    assert {target.kind for target in BY_ID.values()} == set(KINDS)
    assert all(target.source and any(ord(c) > 0x2E80 for c in target.zh) for target in BY_ID.values())


def test_what_was_chosen_to_meet_a_figure_is_called_input():
    assert {BY_ID[f"growth_{year}"].kind for year in (2020, 2021, 2022, 2023)} == {"input"}
    assert BY_ID["staff_2023"].kind == "input"


def test_nothing_published_after_2018_for_provinces_is_called_fitted():
    assert {target.kind for target in BY_ID.values() if target.table == "provinces"} == {"held_out"}


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"kind": "fited"}, ["line 2", "kind is 'fited'", "did you mean 'fitted'"]),
        ({"low": "high"}, ["low is 'high', not a number"]),
        ({"low": "-1e308"}, ["low is '-1e308', not a number of at most 1e+12"]),
        ({"low": "9"}, ["low 9 lies above high"]),
        ({"low": "", "high": ""}, ["needs low or high"]),
        ({"indicator": "gpd"}, ["indicator is 'gpd'", "did you mean 'gdp'"]),
        ({"reading": "yeer"}, ["reading is 'yeer'", "did you mean 'year'"]),
        ({"at": "2012"}, ["at is '2012', not a year"]),
        ({"reading": "quarter", "at": "2014"}, ["2014' is no quarter"]),
        ({"base": ""}, ["base is ''"]),
        ({"source": ""}, ["source is empty"]),
        ({"table": "nation"}, ["table is 'nation'"]),
        ({"table": "borders", "indicator": "north"}, ["indicator is 'north'", "did you mean 'north_"]),
        ({"table": "effect", "reading": "early-last"}, ["reading is 'early-last'", "did you mean 'early-late'"]),
    ],
)
def test_a_wrong_target_is_refused_with_its_place(tmp_path, cells, words):
    with pytest.raises(InputError) as caught:
        read_targets(changed(tmp_path, **cells))
    assert all(word in str(caught.value) for word in words), caught.value


def test_a_table_without_the_columns_is_refused(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="columns id, group"):
        read_targets(path)


def made_up(**national):
    return SimpleNamespace(national={name: np.array(values, dtype=float) for name, values in national.items()})


def target(**changes) -> Target:
    return replace(BY_ID["growth_2014"], **changes)


def test_readings_worked_by_hand():
    run = made_up(gdp=[1, 2, 3, 4, 5, 5, 5, 5], talents=[1, 2, 3, 4, 5, 6, 7, 8], list_zone=[9] * 4 + [8, 7, 6, 5])
    assert read(run, target()) == pytest.approx(100 * (5 / 2.5 - 1))  # growth of yearly means
    assert read(run, target(reading="ratio", scale=1.0)) == 2
    assert read(run, target(reading="year", scale=2.0)) == 10
    assert read(run, target(indicator="talents", reading="ratio", scale=1.0)) == 2  # a stock: last quarters, 8 / 4
    assert read(run, target(indicator="list_zone", reading="quarter", at="2014Q2", scale=1.0)) == 7
    run = made_up(emerging_share=[0.1] * 8, future_share=[0.02] * 8)
    total = target(indicator="emerging_share+future_share", reading="year", scale=100.0)
    assert read(run, total) == pytest.approx(12)


def two_worlds():
    """31 provinces in which the zone in Shanghai, open in 2013Q4, adds 10 % to its GDP."""
    figures = load_figures()
    iso = figures.provinces.iso
    labels = Labels(iso, iso, iso)
    zones = Labels(("SH",), ("SH",), ("SH",))
    gdp = np.ones((8, 31))
    more = gdp.copy()
    more[4:, iso.index("SH")] = 1.1
    opened = np.r_[np.zeros(3), np.ones(5)][:, None]
    codes = Codes(labels, zones, Labels((), (), ()))
    history, none = (
        SimpleNamespace(codes=codes, regions={"gdp": x, "emerging_share": x / 10}, zones={"is_open": opened})
        for x in (more, gdp)
    )
    return history, none, figures


def test_effects_worked_by_hand():
    history, none, figures = two_worlds()
    assert effect(history, none, "gdp", "zones", 2014, figures) == pytest.approx(10)
    assert effect(history, none, "gdp", "SH", 2014, figures) == pytest.approx(10)
    assert effect(history, none, "gdp", "others", 2014, figures) == 0
    assert effect(history, none, "gdp", "near", 2014, figures) == 0
    assert effect(history, none, "gdp", "all", 2014, figures) == pytest.approx(100 * 0.1 / 31)
    assert effect(history, none, "emerging_share", "zones", 2014, figures) == pytest.approx(1)  # points


def test_groups_of_hosts_by_hand():
    history, none, figures = two_worlds()
    for group, gain in (("coast", 10), ("early", 10), ("early-zones", 0), ("coast-others", 10)):
        assert effect(history, none, "gdp", group, 2014, figures) == pytest.approx(gain)
    for group in ("inland", "border", "late", "early-late"):  # Shanghai is none of them
        assert math.isnan(effect(history, none, "gdp", group, 2014, figures))


def test_groups_of_hosts_are_those_of_the_published_zones():
    figures = load_figures()
    zones, iso = figures.zones, figures.provinces.iso
    codes = Codes(Labels(iso, iso, iso), Labels(zones.iso, zones.iso, zones.iso), Labels((), (), ()))
    run = SimpleNamespace(codes=codes, zones={"is_open": np.ones((4, 22))})
    found = places(run, figures, 2013)
    assert {code for code, own in zip(iso, found.border, strict=True) if own} == {
        "YN",
        "HL",
        "XJ",
    }  # Guangxi has a coast
    assert {code for code, own in zip(iso, found.early, strict=True) if own} == {"SH", "GD", "TJ", "FJ"}


def test_use_of_rcep_by_hand():
    codes = Codes(Labels((), (), ()), Labels((), (), ()), Labels(("JP", "KR", "ASEAN", "ANZ", "US"), (), ()))
    exports, use = np.array([[100.0, 50, 200, 50, 500]] * 8), np.array([[0.1, 0.9, 0.05, 0.9, 0.9]] * 8)
    use[4:] *= 2
    run = SimpleNamespace(codes=codes, partners={"exports": exports, "preference_use": use})
    aim = target(table="partners", indicator="rcep_use", reading="year", at="2013", base="", scale=100.0)
    assert read(run, aim) == pytest.approx(100 * (10 + 10) / 400)
    aim = target(table="partners", indicator="rcep_exports", reading="change", at="2014", base="2013", scale=100.0)
    assert read(run, aim) == pytest.approx(100)


def test_rcep_is_the_only_new_agreement_with_those_that_are_counted():
    with (FILE.parent / "preference_depth.csv").open(encoding="utf-8", newline="") as handle:
        rows = [(row["partner"], row["agreement"]) for row in csv.DictReader(handle)]
    members = {partner for partner, agreement in rows if agreement == "RCEP"}
    known = load_figures().partners
    assert members == set(RCEP) == {known.code[i] for i in np.flatnonzero(known.rcep_member)}
    assert set(ONLY_RCEP) == members - {partner for partner, agreement in rows if agreement != "RCEP"}


def test_every_note_and_unit_is_said_in_chinese():
    plain = {"", "%", "ratio", "USD"}
    said = {text for each in shipped() for text in (each.unit, each.note)} - plain
    assert said <= set(OF_TARGETS_ZH)


def test_sides_that_studies_dispute_are_never_judged():
    disputed = {target.id for target in shipped() if target.expect == "disputed"}
    assert {"coast_inland_fdi", "neighbours_fdi_2023", "neighbours_co2", "did_gap", "batch_exports"} <= disputed


NUMBER = st.floats(-50, 50)


@given(NUMBER, NUMBER, NUMBER, st.floats(0, 10))
def test_a_value_passes_exactly_inside_its_range(model, low, width, reach):
    aim = target(low=low, high=low + abs(width))
    said = verdict(aim, Value(model, model - reach, model + reach, 5))
    assert said == ("pass" if aim.low <= model <= aim.high else "miss")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Value(2, 1, 3, 5), "pass"),
        (Value(-2, -3, -1, 5), "miss"),
        (Value(2, -1, 5, 5), "undecided"),
        (Value(2, math.nan, math.nan, 1), "undecided"),
        (Value(math.nan, math.nan, math.nan, 2), "not_computed"),
        (None, "not_computed"),
    ],
)
def test_a_sign_needs_an_interval_without_zero(value, said):
    assert verdict(target(expect="sign", low=0.0, high=math.inf), value) == said


def test_disputed_and_unmodelled_targets_are_never_judged():
    good = Value(7.4, 7.3, 7.5, 3)
    assert verdict(target(expect="disputed"), good) == "disputed"
    assert verdict(target(expect="not_modelled"), good) == "not_modelled"


def test_intervals_over_seeds_worked_by_hand():
    value = over_seeds([1.0, 2.0, 3.0])  # mean 2, error 1/sqrt(3), t = 4.303
    assert (value.mean, value.n) == (2, 3)
    assert value.high == pytest.approx(2 + 4.3027 / math.sqrt(3), abs=1e-3)
    assert math.isnan(over_seeds([1.0]).low)
    assert with_error(2.0, 1.0, 3).low == pytest.approx(2 - 4.3027, abs=1e-3)


def test_the_board_counts_every_target_once():
    values = {"growth_2014": Value(7.4, 7.3, 7.5, 3), "growth_2015": Value(1.0, 0.9, 1.1, 3)}
    board = Board(shipped(), values)
    assert board.counts().to_numpy().sum() == len(shipped())
    assert board.missed()["id"].tolist() == ["growth_2015"]
    assert (board.frame()["verdict"] == "pass").sum() == 1
