"""Biographies: the same run as the tables, every change booked to the mechanism that made it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from builders import small
from ftz_sim.cli import app
from ftz_sim.errors import InputError
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.run import run
from ftz_sim.story import tell, watch
from ftz_sim.story.tell import amount
from ftz_sim.story.watch import AMOUNTS, Change, Life

END = "horizon.end=2016Q4"


@pytest.fixture(scope="module")
def played():
    return FtzModel(small("history", END), rng=5).run()


@pytest.fixture(scope="module")
def guangdong():
    return watch(small("history", END), 5, "region", "GD")


@pytest.fixture(scope="module")
def shanghai():
    return watch(small("history", END), 5, "zone", "SH")


def test_watching_changes_nothing(played, guangdong):
    home = played.figures.provinces.iso.index("GD")
    value = played.recorder.records.regions.value_added_by_tier[1:, home].sum(axis=1)
    np.testing.assert_allclose(guangdong.series["value_added"][1:], 4 * value, rtol=1e-12)


def test_the_ledger_adds_up_to_the_change_of_every_stock(guangdong, shanghai):
    for life in (guangdong, shanghai):
        for name in AMOUNTS:
            booked = sum(parts for parts in life.ledger[name].values())
            change = np.diff(life.series[name])
            np.testing.assert_allclose(booked, change, atol=1e-9 * abs(life.series[name]).max())
            assert set(life.ledger[name]) <= set(SCHEDULE)


def test_a_zone_opens_when_it_did_and_because_of_policy(shanghai):
    story = tell(shanghai, "en")
    assert story.events[0].quarter == 3  # 2013Q4
    assert "the zone opens (policy)" in [event.text for event in story.events]
    assert "2013Q4  the zone opens (policy)" in story.written("en")
    assert "试验区设立（政策）" in tell(shanghai, "zh").written("zh")
    assert any("financial opening" in event.text and event.quarter == 5 for event in story.events)  # 2014Q2


def test_people_are_counted_in_tens_of_thousands_in_chinese_where_they_are_many():
    assert [amount("workers", value, "zh") for value in (617_000, 9_990)] == ["61.7万人", "9,990人"]
    assert [amount("talents", value, "zh", sign=True) for value in (-26_800, 7_220)] == ["−2.68万", "+7,220"]
    assert amount("workers", 617_000, "en") == "617,000 persons" and amount("capital", 617.0, "zh") == "6,170亿元"


def test_levers_of_a_zone_begin_when_it_is_open_and_those_of_a_rule_when_it_fired():
    sign = "{indicator: gdp, above: 0}"
    rule = f"rules=[{{name: a, when: {sign}, then: [{{lever: green_credit, level: 1, zones: [GZ]}}]}}]"
    zone = "new_zones=[{province: GZ, opens: 2016Q2, like: YN}]"
    life = watch(small("history", zone, rule, END, "horizon.fork=2016Q3"), 5, "zone", "GZ")
    begun = [event.quarter for event in tell(life, "en").events if "begin to move" in event.text]
    assert min(begun) == 13  # 2016Q2
    (fired,) = [event for event in tell(life, "en").events if "green credit" in event.text]
    assert fired.quarter == 14
    assert fired.text == (
        "rule “a” fires, as GDP stayed for a quarter above 0 trillion yuan a year, 2013 prices; levers begin to move: "
        "green credit to 1 (Guizhou) (policy)"
    )
    closed = tell(watch(small("history", END), 5, "zone", "XJ"), "en")
    assert not any("begin" in event.text for event in closed.events)


ANY = (
    "rules=[{name: any, when: {any: [{indicator: gdp, below: 0}, {indicator: gdp_growth, above: -1, quarters: 4}]}, "
    "then: [{lever: replication, level: 1}, {lever: green_credit, level: 1}]}, "
    "{name: never, when: {indicator: gdp, below: 0}, then: [{lever: ai_plus, level: 1}]}]"
)


@pytest.mark.parametrize(("kind", "code"), [("region", "SH"), ("firm", "3"), ("zone", "SH")])
def test_a_rule_is_told_with_the_sign_that_was_there_and_what_it_moves(kind, code):
    life = watch(small("history", ANY, END, "horizon.fork=2014Q3"), 5, kind, code)
    told = {lang: [event for event in tell(life, lang).events if "any" in event.text] for lang in ("en", "zh")}
    assert [event.quarter for event in told["en"]] == [6]  # 2014Q3
    assert told["en"][0].text == (
        "rule “any” fires, as GDP growth stayed for 4 quarters above −100 %/yr; levers begin to move: "
        "national replication to 1, green credit to 1 (policy)"
    )
    assert told["zh"][0].text == (
        "规则“any”触发：经济增长率连续4个季度高于每年−100%；政策工具开始变动：复制推广调至1、绿色信贷调至1（政策）"
    )
    assert "never" not in tell(life, "en").written("en")


def test_levers_of_a_zone_that_a_rule_moves_wait_for_its_opening():
    life = watch(small("history", ANY, END, "horizon.fork=2014Q3"), 5, "region", "GD")
    told = [(event.quarter, event.text) for event in tell(life, "en").events if "any" in event.text]
    assert [quarter for quarter, _ in told] == [6, 9]  # Guangdong opens in 2015Q2
    assert "to move: national replication to 1 (policy)" in told[0][1] and "2014Q3 as GDP growth" in told[1][1]


@pytest.mark.parametrize(("slot", "told"), [(3, False), (-1, True)])  # of Beijing, and of Xinjiang
def test_a_firm_is_told_what_rules_move_in_its_own_province(slot, told):
    sign = "{indicator: gdp, above: 0}"
    rule = f"rules=[{{name: a, when: {sign}, then: [{{lever: green_credit, level: 1, zones: [XJ]}}]}}]"
    spec = small("history", rule, END, "horizon.fork=2014Q3")
    life = watch(spec, 5, "firm", str(slot % spec.population.firms))
    assert ("rule “a” fires" in tell(life, "en").written("en")) == told


def test_a_firm_that_closes_is_told_with_its_successor(played):
    newborn = np.flatnonzero(np.asarray(played.firms.birth_quarter) > 0)
    assert len(newborn)
    life = watch(small("history", END), 5, "firm", str(newborn[0]))
    story = tell(life, "en")
    quarter = int(played.firms.birth_quarter[newborn[0]])
    told = [event for event in story.events if event.quarter == quarter and "takes the slot" in event.text]
    assert len(told) == 1
    assert "(firm turnover)" in told[0].text
    assert [change.mechanism for change in life.changes if change.what == "birth_quarter"][-1] == "firm_turnover"


def made_up(changes):
    quarters = 12
    series = {
        name: np.full(quarters + 1, 10.0) for name in (*AMOUNTS, "value_added", "fdi_received", "digital", "emissions")
    }
    series["value_added"][6:] = 4.0
    fields = {lang: tuple(f"field {n}" for n in range(16)) for lang in ("en", "zh")}
    state = {"birth_quarter": -40, "tier": 0, "field": 3, "owner": 0, "zone_open": False, "in_area": True, "digital": 0}
    ledger = {name: {"investment": np.full(quarters, 0.5), "migration": np.full(quarters, -0.25)} for name in AMOUNTS}
    place = {"en": "Shanghai", "zh": "上海"}
    life = Life("firm", "7", "SH", place, small("history", END), 1, fields, series, ledger, [], state)
    life.changes = [
        Change(q, mechanism, what, before, after, state | {what: after})
        for q, mechanism, what, before, after in changes
    ]
    return life


def test_events_in_words():
    story = tell(
        made_up(
            [
                (2, "industrial_upgrading", "tier", 0, 1),
                (2, "industrial_upgrading", "field", 3, 6),
                (4, "digital_adoption", "digital", 0, 1),
                (9, "firm_turnover", "birth_quarter", -40, 9),
                (9, "firm_turnover", "tier", 1, 0),
            ]
        ),
        "en",
    )
    assert [(event.quarter, event.text) for event in story.events] == [
        (2, "climbs into strategic-emerging industries (industrial upgrading)"),
        (2, "turns to field 6 (industrial upgrading)"),
        (4, "digitisation passes 25 % (digital adoption)"),
        (5, "value added falls by 60 % in one quarter (goods markets)"),
        (9, "closes; a private firm in field 3 (traditional industries) takes the slot (firm turnover)"),
    ]
    assert story.ledger[0] == "Capital: from 10.0 bn yuan to 10.0 bn yuan; investment +6.00, migration −3.00."


def test_ranks_that_last_less_than_two_years_are_not_told():
    life = made_up([(1, "production", "rank", 5, 4), (3, "production", "rank", 4, 5)])
    assert all("rank" not in event.text for event in tell(life, "en").events)
    life = made_up([(1, "production", "rank", 5, 4)])
    assert tell(life, "en").events[0].text == "passes to rank 4 in GDP (production)"


@pytest.mark.parametrize(
    ("kind", "code", "message"),
    [("firm", "2000", "0 to 1999"), ("firm", "-1", "slot"), ("region", "GX1", "'GX'"), ("zone", "XZ", "allowed: SH"),
     ("planet", "1", "firm, a region, a zone or a pair")],
)  # fmt: skip
def test_unknown_subjects_are_named(kind, code, message):
    with pytest.raises(InputError, match=message):
        watch(small("history", END), 1, kind, code)


def test_the_command_tells_the_run_of_a_folder(tmp_path):
    result = run("no_ftz", 3, firms=2000, end="2014Q2")
    result.save(tmp_path / "x")
    out = ["--out", str(tmp_path / "stories"), "--lang", "zh"]
    done = CliRunner().invoke(app, ["story", "region", "SH", str(tmp_path / "x"), *out])
    assert done.exit_code == 0, done.output
    assert f"运行种子{result.seed}" in done.output
    assert (tmp_path / "stories" / "region-SH.zh.svg").stat().st_size > 5000
    again = CliRunner().invoke(app, ["story", "region", "SH", str(tmp_path / "x"), *out])
    assert again.exit_code == 2 and "--force" in again.stderr
    told = json.loads(
        CliRunner().invoke(app, ["story", "region", "SH", str(tmp_path / "x"), *out, "--json", "--force"]).stdout
    )
    assert told["model_seed"] == str(result.seed) and told["title"] in done.output
    assert [event["text"] in done.output for event in told["events"]].count(False) == 0
    assert all(Path(file).is_file() for file in told["figures"])
    done = CliRunner().invoke(app, ["story", "region", "SH", str(tmp_path / "x"), "--scenario", "history"])
    assert done.exit_code == 2
    assert "has no scenario 'history'" in done.output
