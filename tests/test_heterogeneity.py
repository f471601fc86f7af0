"""The page on heterogeneity says what its numbers say, by hand."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

import numpy as np
import pytest

from ftz_sim.analysis.strip import Strip, coalitions

STUDIES = Path(__file__).parents[1] / "studies"


@pytest.fixture
def study(monkeypatch):
    monkeypatch.syspath_prepend(str(STUDIES))
    yield importlib.import_module("heterogeneity")
    sys.modules.pop("heterogeneity", None)


@pytest.fixture
def gaps(study):
    """All gaps are 2 %; identical firms take half of one off, surely, and few firms nothing that is sure."""
    found = {(world, one, name): np.full(3, 2.0) for world in (study.DIFFERENT, study.IDENTICAL, study.FEW,
             study.FEW_IDENTICAL) for one, _ in study.GAPS for name in study.SHOWN}  # fmt: skip
    found[study.IDENTICAL, "integrated", "gdp"] = np.array([0.9, 1.0, 1.1])
    found[study.FEW, "history", "gdp"] = np.array([1.0, 3.0, 2.6])
    return found


def test_what_is_lost_by_hand(study, gaps):
    assert study.lost(gaps, study.IDENTICAL) == (1, 5, pytest.approx(0.5))
    assert study.lost(gaps, study.FEW) == (0, 5, pytest.approx(0.1))


def test_of_a_gap_that_may_be_none_no_share_is_lost(study, gaps):
    gaps[study.DIFFERENT, "history", "gdp"] = np.array([-0.1, 0.1, 0.03])  # of which few firms lose hundreds of percent
    assert study.lost(gaps, study.FEW) == (0, 4, 0)
    for one, _ in study.GAPS:
        gaps[study.DIFFERENT, one, "gdp"] = np.array([-0.1, 0.1, 0.03])
    assert study.lost(gaps, study.FEW)[1] == 0
    told = study.answer(gaps, [stripped(study, np.array([[1.0, 1.0], [-1.0, 1.0], [0.1, 1.0]]))], OPTIONS)
    told = " ".join(told.split())
    assert told.count("no gap is told from 0") == 2 and "nan" not in told
    assert "between integrated and single_ftz is not told from 0" in told and "What carries" not in told


OPTIONS = argparse.Namespace(firms=5_000, seeds=3)


def stripped(study, gap, name="integrated"):
    """A strip in which institutions alone carry the gap."""
    return study.Strip(name, "single_ftz", 2035, {each: gap * ("trade" not in each) for each in coalitions()})


def test_a_family_that_carries_nothing_has_no_negative_zero(study):
    # what is next to nothing below 0
    played = {
        each: np.full((3, 2), 2.0 if "trade" not in each else 0.004 * ("markets" in each)) for each in coalitions()
    }
    rows = study.families([Strip("integrated", "single_ftz", 2035, played)])
    assert "-0%" not in "".join(rows)
    assert study.percent(-0.004) == "0%" and study.percent(-0.006) == "-1%"
    unsure = study.families([stripped(study, np.array([[1.0, 1.0], [-1.0, 1.1], [0.1, 1.0]]))])
    assert all(row.split(" | ")[1].startswith("–") for row in unsure[3:])  # GDP; income is told


def test_numbers_have_no_negative_zero(study):
    assert str(study.Told(-0.001, -1.0, 0.0)) == "+0.00 [-1.00, +0.00]"
    assert not study.told(np.array([-1.0, 1.0])).sure and study.told(np.array([1.0, 1.1])).sure


def test_the_page_says_what_carries_the_gap(study, gaps):
    strips = [stripped(study, np.full((3, 2), 2.0), name) for name in study.STRIPPED]
    text = study.page(gaps, strips, OPTIONS)
    assert "carried by institutions and policy channels" in text
    assert "| institutions and policy channels | 100% (100% to 100%) |" in text
    assert "for 1 of 5 pairs of strategies" in text and "is 50% of its gap" in text
    assert "| agreements and trade costs | +2.00 / +2.00 / +2.00 |" in text
    assert max(len(line) for line in text.splitlines() if not line.startswith(("|", "<"))) <= 120
