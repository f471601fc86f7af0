"""Every indicator has a formula and a source that can be looked up, in a group of its own level."""

from __future__ import annotations

import re

import pytest

from ftz_sim.indicators.formulas import DEFINITION, FORMULAS, formula
from ftz_sim.indicators.variables import COMPARED, VARIABLES
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.seeds import sources

EVERY = {**VARIABLES, "comparison": COMPARED}


@pytest.mark.parametrize("level", EVERY)
def test_every_indicator_stands_in_one_group_of_the_page(level):
    named = [name for group in FORMULAS[level].values() for name in group]
    assert sorted(named) == sorted(EVERY[level]), "its group is none of GROUPS_ZH"


@pytest.mark.parametrize(("level", "name"), [(level, name) for level in EVERY for name in EVERY[level]])
def test_sources_can_be_looked_up_and_states_name_their_rule(level, name):
    told = formula(level, name)
    assert told.formula and "|" not in told.formula
    assert told.source == DEFINITION or told.source in sources() or told.source in SCHEDULE
    if told.formula.startswith("state"):
        assert told.source in SCHEDULE


def test_groups_are_named_in_both_languages():
    for groups in FORMULAS.values():
        for english, chinese in groups:
            assert not re.search("[\u4e00-\u9fff]", english)
            assert re.search("[\u4e00-\u9fff]", chinese)


@pytest.mark.parametrize("variable", COMPARED.values(), ids=COMPARED)
def test_what_comparisons_show_is_complete_in_both_languages(variable):
    assert variable.meaning_en.endswith(".") and variable.meaning_zh.endswith("。")
    assert variable.unit_zh
    assert variable.level == "comparison"
