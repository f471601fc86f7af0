"""One word for one thing: no word that the glossary rules out is used, and its own words are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ftz_sim.indicators.variables import NATIONAL, VARIABLES
from ftz_sim.text.glossary import TERMS
from ftz_sim.text.words import WORDS

HOME = Path(__file__).parents[1]
CHINESE = re.compile("[\u4e00-\u9fff]")
OWN_WORDS = {"claims.md", "glossary.md"}  # the papers'; the list of what is not used
PLACES = (
    "src/ftz_sim/**/*.py",
    "README.zh.md",
    "docs/**/*.*",
    "exercises/**/*.*",
    "classroom/**/*.*",
    "scenarios/**/*.*",
    "sweeps/*.yaml",
)
FILES = sorted(
    path
    for place in PLACES
    for path in HOME.glob(place)
    if path.suffix in (".py", ".md", ".yaml", ".ipynb") and path.name not in OWN_WORDS | {"glossary.py"}
)
TEXTS = {path: path.read_text(encoding="utf-8") for path in FILES}


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.en)
def test_no_other_word_is_used(term):
    for path, text in TEXTS.items():
        for word in term.never:
            assert word not in text.replace(term.zh, ""), f"{path.relative_to(HOME)}: {word}; the word is {term.zh}"


def test_every_term_has_both_languages_and_is_told_once():
    assert len({term.en for term in TERMS}) == len({term.zh for term in TERMS}) == len(TERMS)
    for term in TERMS:
        assert not CHINESE.search(term.en + term.meaning_en) and CHINESE.search(term.zh)
        assert not any(word == term.zh for word in term.never)


@pytest.mark.parametrize(
    ("key", "chinese"),
    [("scenario.single_ftz", "单个自贸试验区"), ("scenario.no_ftz", "不设自贸试验区"), ("lab.levers", "政策工具"),
     ("section.scorecard", "指标对照表"), ("shock.crisis", "资本流入骤停"), ("column.max_regret", "最大后悔值"),
     ("evidence.sign", "假定的作用方向"), ("section.provinces", "受益与受损省份"), ("lab.end", "期末年份")],
)  # fmt: skip
def test_words_are_those_of_the_glossary(key, chinese):
    assert WORDS[key][1] == chinese
    assert chinese in "、".join(term.zh for term in TERMS) or chinese == "最大后悔值"


def test_chinese_readers_count_money_in_100_million_and_people_in_10_000():
    from ftz_sim.indicators.shown import shown

    found = shown(NATIONAL["workers"], "zh")
    assert (found.factor, found.unit) == (100.0, "万人")
    assert shown(NATIONAL["workers"], "en").factor == 1.0
    assert shown(VARIABLES["region"]["gdp"], "zh").unit.startswith(("亿元", "万亿元"))
    assert "千" not in shown(NATIONAL["talents"], "zh").unit
