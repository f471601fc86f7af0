"""``ftz levers`` as a user meets it."""

import json

import pytest
from typer.testing import CliRunner

from builders import found_of
from ftz_sim.analysis import lever_verdicts
from ftz_sim.cli import app
from ftz_sim.model.levers import CATALOGUE


def ftz(*words):
    done = CliRunner().invoke(app, ["levers", *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_levers_say_scope_history_and_who_uses_them():
    rows = {row["lever"]: row for row in json.loads(ftz("--json", "--lang", "en"))}
    assert list(rows) == list(CATALOGUE)
    fund, status = rows["joint_fund"], rows["zone_status"]
    assert (fund["scope"], fund["meaning"], fund["packages"]) == ("pair", "joint industry fund", ["coordination"])
    assert "cross_zone" in fund["scenarios"] and "no_ftz" not in fund["scenarios"]
    assert status["outlay"]["base"] == "zone" and status["outlay"]["rate"] == 0.3
    assert fund["outlay"]["base"] == "formula"
    assert status["history"] and "zone_history" in status["packages"]


@pytest.mark.parametrize(("lang", "scope"), [("en", "pair of zones"), ("zh", "试验区之间")])
def test_levers_speak_the_readers_language(lang, scope):
    lines = ftz("--lang", lang).splitlines()
    assert [line.partition("\t")[0] for line in lines[1 : len(CATALOGUE) + 1]] == list(CATALOGUE)
    (fund,) = (line.split("\t") for line in lines if line.startswith("joint_fund"))
    (status,) = (line.split("\t") for line in lines if line.startswith("zone_status"))
    assert status[-2] == {"en": "0.3 bn yuan/yr for each zone", "zh": "每区每年3亿元"}[lang]
    assert fund[1:3] == [getattr(CATALOGUE["joint_fund"], lang), scope]
    computed = {"en": "the half of the fund that is spent on research", "zh": "基金中用于研究的一半"}[lang]
    assert fund[-2] == {"en": f"computed: {computed}", "zh": f"按公式计算：{computed}"}[lang]
    assert not any("None" in line for line in lines)


def test_levers_count_what_holds_by_construction_apart(monkeypatch):
    shipped = (
        found_of("carbon_budget", "zones.co2", "-", "by construction"),
        found_of("carbon_budget", "gdp", "", "worse"),  # no claim
        found_of("carbon_budget", "zones.co2", "-", "as claimed", when="the whole run"),  # not its step
        found_of("trade_facilitation", "exports", "+", "as claimed"),
    )
    monkeypatch.setattr(lever_verdicts, "lever_verdicts", lambda: shipped)
    rows = {row["lever"]: row["verdicts"] for row in json.loads(ftz("--json"))}
    assert rows["carbon_budget"] == {"by construction": 1}
    assert rows["trade_facilitation"] == {"as claimed": 1}
    assert rows["green_credit"] == {}
    lines = ftz("--lang", "en").splitlines()
    assert lines[-1].startswith("Claims that the lever study tested, by verdict: 1 as claimed, 1 by construction.")
    assert next(line for line in lines if line.startswith("green_credit")).endswith("not studied yet")
    assert "与论断一致1条、按构造成立（由规则直接写入）1条" in ftz("--lang", "zh")
