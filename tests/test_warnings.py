"""What leaves the evidence or never acts is one line a kind, with the command that tells each; shocks are sentences."""

from __future__ import annotations

import re
import shlex

import pytest
from pydantic import TypeAdapter
from typer.testing import CliRunner

from ftz_sim.cli import app
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.shocks import Shock
from ftz_sim.scenario.differences import differences
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.scenario.sentences import counted, shock_text

SHOCK = "shocks=[{kind: tariff, partner: US, from: 2027Q1, to: 2030Q4, size: 0.3}]"
KINDS = {
    "tariff": "partner: EU, size: 0.25", "fdi": "size: 0.8", "technology": "size: 0.5", "algorithm": "size: 0.5",
    "data_breach": "size: 0.1", "demand": "size: 0.05", "crisis": "", "pandemic": "size: 0.02",
    "carbon_price": "size: 40",
}  # fmt: skip


def ftz(*words):
    return CliRunner().invoke(app, [*map(str, words)])


def test_a_kind_is_one_line_however_many_scenarios():
    specs = [Scenario.load(name, [SHOCK]) for name in ("single_ftz", "cross_zone", "integrated")]
    for lang in ("en", "zh"):
        told = list(counted(specs, lang))
        assert len(told) == 2 and all(len(text) < 90 for text in told)
    assert all("in 3 scenarios" in text for text in counted(specs, "en"))
    assert list(counted([Scenario.load("no_ftz")], "en")) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_command_that_is_named_tells_each(lang, tmp_path):
    done = ftz("run", "integrated", "--set", SHOCK, "--end", "2013Q2", "--firms", 2000, "--no-figures", "--lang", lang,
               "--out", tmp_path / "out")  # fmt: skip
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 4, "levers, shocks, steps that never act, a shock after the end"
    (command,) = re.findall(r"ftz scenario check .*", lines[-1])
    told = ftz(*shlex.split(command)[1:], "--lang", lang).stderr
    numbers = [int(re.findall("[0-9]+", line.replace("2024", ""))[0]) for line in lines]
    assert f"({numbers[0]})" in told or f"{numbers[0]}项" in told
    found = re.findall(r"([a-z_0-9]+) (20[0-9]{2}Q[1-4]|opening)", told)
    steps = {step for step in found if step[0] in CATALOGUE}
    assert len(steps) == numbers[2], "each is named"
    assert "2027Q1" in told


def test_nothing_is_said_when_output_is_for_a_script(tmp_path):
    words = ("run", "integrated", "--end", "2013Q1", "--firms", 2000, "--no-figures", "--out", tmp_path / "out")
    assert ftz(*words, "--quiet").stderr == ""
    assert ftz(*words, "--json").stderr.count("warning") == 0


@pytest.mark.parametrize("kind", KINDS)
def test_every_shock_is_a_sentence_in_both_languages(kind):
    size = {key: value for key, _, value in (part.partition(": ") for part in KINDS[kind].split(", ") if part)}
    given = {"kind": kind, "from": "2027Q1", "to": "2028Q4"}
    given |= {key: float(value) if key == "size" else value for key, value in size.items()}
    shock = TypeAdapter(Shock).validate_python(given)
    english, chinese = shock_text(shock, "en"), shock_text(shock, "zh")
    assert english.endswith(", 2027Q1 to 2028Q4") and chinese.startswith("2027Q1至2028Q4，")
    assert not re.search(r"[{}\[\]\"_]", english + chinese)


def test_differences_hold_sentences_and_no_json():
    plain, hit = Scenario.load("history"), Scenario.load("history", [SHOCK])
    ((key, before, after),) = differences(plain, hit)
    assert (key, before) == ("shocks[0]", "–")
    assert after == "United States adds 30% to the tariff on Chinese goods, 2027Q1 to 2030Q4"
    assert "美国对中国商品加征30%的关税" in differences(plain, hit, "zh")[0][2]
