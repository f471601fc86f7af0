"""Findings as records: every key can be told, values name what they mean, and nothing else is told."""

from __future__ import annotations

import string

import pytest

from ftz_sim.analysis.discovery import ALWAYS, NO_BOUNDARY, NO_SKLEARN, TOO_FEW
from ftz_sim.indicators.variables import NATIONAL, ZONE
from ftz_sim.model.parameters import meaning
from ftz_sim.results.statements import (
    amount,
    correlation,
    ends,
    indicator,
    joined,
    money,
    paragraph,
    percent,
    scenario,
    statement,
    tell,
    told,
)
from ftz_sim.text.findings import WORDS
from ftz_sim.text.words import LANGUAGES, say

SENTENCES = [key for key in WORDS if not key.startswith("join.")]


def values(key):
    """Return a number for every field that is formatted as one, in either language, and a scenario for the others."""
    fields = [each for words in WORDS[key] for each in string.Formatter().parse(words) if each[1]]
    numbers = {name for _, name, spec, _ in fields if spec}
    return {name: 0.25 if name in numbers else scenario(f"<{name}>") for _, name, _, _ in fields}


def test_a_large_factor_is_written_out():
    matched = statement("note.matching_one", low=6.9e10)
    assert "69,000,000,000 times smaller" in tell(matched, "en")
    assert "降至独立种子的1/69,000,000,000。" in tell(matched, "zh")


@pytest.mark.parametrize("key", SENTENCES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_can_be_told(key, lang):
    given = values(key)
    text = tell(statement(key, **given), lang)
    assert all(value["scenario"] in text for value in given.values() if isinstance(value, dict))
    assert "{" not in text and not ("%%" in text or (" %" in text and lang == "zh"))


def test_every_reason_for_no_boundary_has_a_sentence():
    assert {f"robustness.{code}" for code in (ALWAYS, TOO_FEW, NO_BOUNDARY, NO_SKLEARN)} <= set(WORDS)


PATH = "law_and_authority.pace"
TOLD = [
    (scenario("mean"), "“mean”", "“mean”"),
    (indicator(NATIONAL["gdp"]), "GDP", "国内生产总值"),
    (indicator(ZONE["fdi_high_tech"]), "high-tech FDI", "高技术产业外资"),
    ({"place": "HB", "level": "zone"}, "Hubei FTZ", "湖北自贸试验区"),
    ({"place": "CN", "level": "national"}, "China", "全国"),
    ({"parameter": PATH}, f"“{meaning(PATH)}”", f"“{meaning(PATH, 'zh')}”"),
    ({"parameter": "x.y"}, "x.y", "x.y"),
    ({"part": "coordination"}, "coordination", "跨区协同"),
    (percent(2.34), "+2.3 %", "+2.3%"),
    (percent(2.34, 2.33, 2.35), "+2.34 %", "+2.34%"),
    (percent(-0.234), "−0.23 %", "−0.23%"),
    (ends(0.01, 0.27)["low"], "+0.01 %", "+0.01%"),  # of an interval that leaves out 0
    (ends(0.66, 7.1)["low"], "+1 %", "+1%"),
    (ends(0.66, 7.1)["high"], "+7 %", "+7%"),
    (percent(0.01, -0.13, 0.15), "0.0 %", "0.0%"),
    (correlation(-0.804), "−0.80", "−0.80"),
    (money(12.34), "12.3 bn yuan", "123亿元"),
    (amount(NATIONAL["gdp"], 2.0, 1.5, 2.5), "+2.0 % [+1.5, +2.5]", "+2.0% [+1.5, +2.5]"),
    (amount(NATIONAL["research_intensity"], -0.5), "−0.50 percentage points", "−0.50百分点"),
    ({"rule": f"0.1 < {PATH} <= 0.3 and x.y > 2"}, f"0.1 < “{meaning(PATH)}” <= 0.3 and x.y > 2",
     f"0.1 < “{meaning(PATH, 'zh')}” <= 0.3且x.y > 2"),
    (joined([scenario("a"), scenario("b")], "list"), "“a”; “b”", "“a”；“b”"),
    (joined([statement("robustness.share", scenario=scenario("a"), share=0.5)]), "“a” 0.50", "“a” 0.50"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "english", "chinese"), TOLD)
def test_a_value_says_what_it_names(value, english, chinese):
    assert [told(value, lang, lambda name: f"“{name}”") for lang in LANGUAGES] == [english, chinese]


def test_statements_follow_each_other_as_the_language_wants():
    two = [statement("comparison.all"), statement("attribution.caveat")]
    english, chinese = ([say(each["key"], lang) for each in two] for lang in LANGUAGES)
    assert paragraph(two, "en") == " ".join(english) and paragraph(two, "zh") == "".join(chinese)


def test_a_folder_cannot_have_other_words_told():
    with pytest.raises(KeyError):
        tell({"key": "page.skip", "values": {}}, "en")
