"""``ftz levers`` as a user meets it."""

import json

import pytest
from typer.testing import CliRunner

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
    assert len(lines) == 1 + len(CATALOGUE)
    (fund,) = (line.split("\t") for line in lines if line.startswith("joint_fund"))
    (status,) = (line.split("\t") for line in lines if line.startswith("zone_status"))
    assert status[-1] == {"en": "0.3 bn yuan/yr for each zone", "zh": "每区每年0.3十亿元"}[lang]
    assert fund[1:3] == [getattr(CATALOGUE["joint_fund"], lang), scope]
