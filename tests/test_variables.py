"""The dictionary of outputs is complete, bilingual and consistent with the tables."""

from __future__ import annotations

import re

import pytest

from ftz_sim.indicators.variables import GROWTH_ACCOUNT, HEADLINES, NATIONAL, UNITS_ZH, VARIABLES

EVERY = [variable for level in VARIABLES.values() for variable in level.values()]


@pytest.mark.parametrize("variable", EVERY, ids=lambda v: f"{v.level}.{v.name}")
def test_every_entry_is_complete_in_both_languages(variable):
    assert variable.label("en") and variable.label("zh") != variable.label("en")
    assert re.search(r"[\u4e00-\u9fff]", variable.zh + variable.meaning_zh)
    assert variable.meaning("en").endswith(".")
    assert variable.meaning("zh")
    assert variable.unit_in("zh") == UNITS_ZH[variable.unit]
    assert variable.direction in (-1, 0, 1)
    assert variable.aggregate in ("sum", "mean", "last")
    assert variable.scale in ("log", "points", "level")


@pytest.mark.parametrize("variable", EVERY, ids=lambda v: f"{v.level}.{v.name}")
def test_units_fit_the_rules_of_aggregation_and_comparison(variable):
    if variable.unit.endswith("/yr") and variable.unit not in ("10^3 yuan/yr", "share/yr"):
        assert variable.aggregate == "sum"  # flows are shown at annual rates
    if variable.unit == "share":
        assert variable.scale == "points"
    if variable.scale == "log":
        assert variable.unit not in ("share", "index", "0-100")


def test_names_are_unique_inside_a_level_and_headlines_exist():
    for level, entries in VARIABLES.items():
        assert all(name == entry.name and entry.level == level for name, entry in entries.items())
        assert len({entry.en for entry in entries.values()}) == len(entries)
        assert len({entry.zh for entry in entries.values()}) == len(entries)
    assert set(HEADLINES) <= set(NATIONAL)
    assert all(NATIONAL[name].direction != 0 for name in HEADLINES)


def test_the_growth_account_has_eight_parts():
    assert len(GROWTH_ACCOUNT) == 8
    assert {"growth_capital", "growth_other"} <= set(GROWTH_ACCOUNT)
    assert "growth_total" not in GROWTH_ACCOUNT
