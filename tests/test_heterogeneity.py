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
    assert study.lost(gaps, study.IDENTICAL) == (1, pytest.approx(0.5))
    assert study.lost(gaps, study.FEW) == (0, pytest.approx(0.1))


def test_numbers_have_no_negative_zero(study):
    assert str(study.Told(-0.001, -1.0, 0.0)) == "+0.00 [-1.00, +0.00]"
    assert not study.told(np.array([-1.0, 1.0])).sure and study.told(np.array([1.0, 1.1])).sure


def test_the_page_says_what_carries_the_gap(study, gaps):
    played = {each: np.full((3, 2), 0.0 if "trade" in each else 2.0) for each in coalitions()}
    stripped = [Strip(name, "single_ftz", 2035, played) for name in study.STRIPPED]
    text = study.page(gaps, stripped, argparse.Namespace(firms=5_000, seeds=3))
    assert "carried by institutions and policy channels" in text
    assert "| institutions and policy channels | 100% (100% to 100%) |" in text
    assert "for 1 of 5 pairs of strategies" in text and "is 50% of its gap" in text
    assert "| agreements and trade costs | +2.00 / +2.00 / +2.00 |" in text
    assert max(len(line) for line in text.splitlines() if not line.startswith(("|", "<"))) <= 120
