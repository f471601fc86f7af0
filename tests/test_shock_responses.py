"""Compared scenarios that differ by shocks only: trough, loss and recovery by hand, and what is no pair."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from builders import small
from ftz_sim.analysis import compare
from ftz_sim.analysis.shock_responses import INDICATORS, ShockResponses, pairs
from ftz_sim.results.statements import paragraph

END = "horizon.end=2017Q4"
PANDEMIC = "shocks=[{kind: pandemic, from: 2014Q1, to: 2014Q2, size: 0.05}]"


def named(name, *overrides):
    spec = small("history", END, *overrides)
    return spec.model_copy(update={"name": name})


def test_a_pair_differs_by_shocks_only():
    calm, hit = named("calm"), named("hit", PANDEMIC)
    other = named("other", PANDEMIC, "parameters.carbon.trend=0.02")
    assert pairs([calm, hit, other]) == [("hit", "calm", 4)]
    assert pairs([calm, named("again")]) == []
    twice = hit.model_copy(update={"name": "twice", "shocks": (*hit.shocks, hit.shocks[0].model_copy())})
    assert pairs([hit, twice]) == []  # the same shock again is no other shock


def test_a_shock_after_the_end_is_none():
    late = named("late", "shocks=[{kind: crisis, from: 2020Q1, to: 2020Q1}]")
    assert pairs([named("calm"), late]) == []


def test_measures_by_hand():
    calm, hit = named("calm"), named("hit", PANDEMIC)
    found = ShockResponses([calm, hit], reps=2)
    for spec, gap in ((calm, 0.0), (hit, -0.04)):
        for replicate in (0, 1):
            path = np.full(20, 100.0)
            path[4:6] *= np.exp(gap * (1 + replicate))  # two quarters 4 % and 8 % down, then back
            tables = SimpleNamespace(national=dict.fromkeys(INDICATORS, path))
            found.add(SimpleNamespace(spec=spec, replicate=replicate, tables=tables))
    table = found.table.query("indicator == 'gdp'").set_index("measure")
    assert table["mean"].to_dict() == pytest.approx({"trough": -6, "cumulative_loss": -3, "recovery_quarters": 2})
    assert (table["n"] == 2).all()
    assert (table["from"] == "2014Q1").all()
    assert (table["quarters"] == 16).all()  # the run ends before five years have passed
    english, chinese = (paragraph(found.statements(), lang) for lang in ("en", "zh"))
    assert "at most 6 % lower, loses 3 % of a year's GDP" in english
    assert "after 2 quarters" in english
    assert "最多低6%" in chinese and "平均2个季度后恢复" in chinese


def test_a_comparison_writes_them_and_says_so(tmp_path):
    calm, hit = named("calm"), named("hit", PANDEMIC)
    result = compare([calm, hit], reference="calm", reps=2, out=tmp_path / "out")
    text = (tmp_path / "out" / "shock_responses.csv").read_text(encoding="utf-8")
    assert text.startswith("scenario,without,indicator,from,quarters,measure,mean")
    trough = result.shocks.table.query("indicator == 'gdp' and measure == 'trough'")["mean"].item()
    assert -6.5 < trough < -4.5  # a loss of 5 log points at once
    assert any(note.startswith("hit against calm") for note in result.notes("en"))


def test_without_shocks_nothing_is_written(tmp_path):
    compare([named("a"), named("b")], reps=1, out=tmp_path / "out")
    assert not (tmp_path / "out" / "shock_responses.csv").exists()
