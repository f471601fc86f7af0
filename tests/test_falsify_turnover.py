"""The share of net entry by hand."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest
from pytest import approx

STUDIES = Path(__file__).parents[1] / "studies"


@pytest.fixture
def study(monkeypatch):
    monkeypatch.syspath_prepend(str(STUDIES))  # studies import each other
    yield importlib.import_module("falsify_turnover")
    for name in ("falsify_turnover", "falsify"):
        sys.modules.pop(name, None)


def seen(study, value, productivity, born):
    return study.Seen(*(np.array(column, float)[:, None] for column in (value, productivity, born)))


def test_net_entry_by_hand(study):
    before = seen(study, [6, 2, 2], [1.0, 0.5, 2.0], [-40, -40, -40])
    after = seen(study, [5, 3, 2], [1.2, 1.6, 2.0], [-40, 12, -40])
    got = study.net_entry(before, after)
    start = 0.6 + 0.1 + 0.4
    growth = 0.6 + 0.48 + 0.4 - start
    assert got.growth == approx(growth)
    assert got.entry == approx(100 * 0.3 * (1.6 - start) / growth)
    assert got.exit == approx(100 * 0.2 * (start - 0.5) / growth)
    assert got.net_entry == approx(got.entry + got.exit)


def test_without_closures_all_growth_is_that_of_those_who_stay(study):
    before = seen(study, [6, 2], [1.0, 0.5], [-40, -40])
    got = study.net_entry(before, seen(study, [1, 1], [2.0, 1.5], [-40, -40]))
    assert got.net_entry == 0 < got.growth


def test_the_parts_do_not_hang_on_the_unit_of_output(study):
    columns = [6, 2, 2], [1.0, 0.5, 2.0], [5, 3, 2], [1.2, 1.6, 2.0]
    born = [-40, -40, -40], [-40, 12, -40]
    shift = [
        study.net_entry(
            seen(study, columns[0], np.add(columns[1], by), born[0]),
            seen(study, columns[2], np.add(columns[3], by), born[1]),
        ).net_entry
        for by in (0.0, 7.0)
    ]
    assert shift[0] == approx(shift[1])


def test_a_short_study_writes_lines_of_the_page(study):
    lines = study.turnover(study.argparse.Namespace(firms=2000, seeds=2))
    assert [line.held is None for line in lines] == [False, True, *[False] * 5]
    assert all(line.markdown().count("|") == 5 for line in lines)
