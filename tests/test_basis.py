"""What the gaps between strategies rest on is said on first pages, from figures that studies ship."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from ftz_sim.model.published_files import read_rows
from ftz_sim.report import basis
from ftz_sim.report.basis import BORDERS, SHARES
from ftz_sim.text.words import say

ROOT = Path(__file__).resolve().parents[1]
STUDIES = str(ROOT / "studies")


@pytest.fixture
def generate(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    yield importlib.import_module("generate")
    sys.modules.pop("generate", None)


def test_sentences_by_hand(tmp_path):
    shares, borders = tmp_path / "shares.csv", tmp_path / "borders.csv"
    shares.write_text(
        "strategy,reference,carried_by,share,low,high\na,b,firms,0.1,0,0.2\na,b,markets,0.5,0.4,0.6\n"
        "a,b,agents,0.05,0,0.1\na,b,constants,0.3,0.2,0.4\n", encoding="utf-8")  # fmt: skip
    borders.write_text("border,gap,strategy,reference\n1,2,c,b\n0,-0.04,c,b\n1.6,3.25,c,b\n", encoding="utf-8")
    told = basis._strip("en", str.upper, shares)
    assert "between A and B is carried" in told and "markets (40% to 60%), 30% by" in told
    assert "50% by markets" in told and "choices" not in told  # the three that carry most
    assert basis._border("en", str, borders).endswith(
        ": 0 % without that border, +2.0 % as assumed, +3.2 % at 1.6 times its size."
    )
    assert "按假定值+2.0%" in basis._border("zh", str, borders)


def test_the_readmes_say_what_is_shipped(generate):
    for lang, file in generate.READMES.items():
        assert file.read_text(encoding="utf-8") == generate.first_page(lang), "run: make docs"
        text = file.read_text(encoding="utf-8")
        unfolded = text if lang == "zh" else " ".join(text.split())
        assert all(sentence in unfolded for sentence in basis.basis(lang, "`{}`".format))


def test_the_shipped_shares_are_those_of_the_page():
    page = (ROOT / "docs" / "is-it-an-abm.md").read_text(encoding="utf-8")
    for row in read_rows(SHARES):
        ends = [float(row[key]) + 0.0 for key in ("share", "low", "high")]
        line = next(each for each in page.splitlines() if each.startswith(f"| {say(_family(row), 'en')} |"))
        assert line.split("|")[2].strip() == "{:.0%} ({:.0%} to {:.0%})".format(*ends)


def _family(row):
    return f"strip.family.{row['carried_by']}"


def test_the_shipped_borders_are_those_of_the_page(monkeypatch):
    monkeypatch.syspath_prepend(STUDIES)
    strip = importlib.import_module("falsification.strip")
    page = (ROOT / "docs" / "falsification.md").read_text(encoding="utf-8")
    gaps = {float(row["border"]): float(row["gap"]) for row in read_rows(BORDERS)}
    assert set(gaps) == {1.0, *strip.MULTIPLES.values()}
    for what, multiple in strip.MULTIPLES.items():
        line = next(each for each in page.splitlines() if f"single_ftz with {what} |" in each)
        assert f"| {gaps[multiple]:+.2f} % of {gaps[1.0]:+.2f} |" in line


def test_a_study_finds_its_borders_in_its_lines(monkeypatch):
    monkeypatch.syspath_prepend(STUDIES)
    strip, common = (importlib.import_module(f"falsification.{name}") for name in ("strip", "common"))
    lines = [common.line("cross_zone against single_ftz, GDP 2035: capacity", "", "", None, 2.5)]
    lines += [common.line(f"cross_zone against single_ftz with {what}", "", "", None, size)
              for what, size in zip([*strip.BORDERS, *strip.CONSTANTS], range(9), strict=False)]  # fmt: skip
    table = strip.borders(lines, common.Size(2_000, 2))
    assert table[["border", "gap"]].to_numpy().tolist() == [[0, 0], [0.5, 1], [1, 2.5], [1.6, 2]]
    assert set(table["firms"]) == {2_000}
