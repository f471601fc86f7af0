"""How people read indicators."""

from __future__ import annotations

import pytest

from ftz_sim.indicators.shown import shown, shown_difference, shown_money
from ftz_sim.indicators.variables import NATIONAL


def test_units_in_both_languages():
    gdp, fdi, co2 = (NATIONAL[name] for name in ("gdp", "fdi", "co2"))
    assert (shown(gdp, "en").factor, shown(gdp, "zh").factor) == (1e-3, 1e-3)  # trillion = 万亿
    assert (shown(fdi, "en").factor, shown(fdi, "zh").factor) == (1, 10)  # bn = 10 亿
    assert (shown(co2, "en").factor, shown(co2, "zh").factor) == (1e-3, 1e-2)  # Gt = 10 亿吨
    assert shown_difference(gdp, "en").unit == "%"
    assert shown_difference(NATIONAL["emerging_share"], "zh").unit == "百分点"


@pytest.mark.parametrize("variable", NATIONAL.values(), ids=lambda variable: variable.name)
def test_every_indicator_can_be_written(variable):
    for lang in ("en", "zh"):
        assert shown(variable, lang).unit
        assert shown_difference(variable, lang).unit
        assert "十亿" not in shown(variable, lang).unit


def test_numbers_are_multiplied_before_they_are_rounded():
    theil = shown_difference(NATIONAL["theil"], "en")
    found = theil.estimate(0.003, 0.0028, 0.0032)
    assert (found.value, found.half, found.low) == ("+3.0", "0.2", "+2.8")
    assert theil.with_unit(found.value, "en") == "+3.0 (Theil index × 1,000)"
    assert shown(NATIONAL["emerging_share"], "en").number(0.1234) == "12.3"
    assert shown_difference(NATIONAL["fdi"], "zh").of({"difference": 1.0, "ci_low": 0.5, "ci_high": 1.5}).half == "0.5"


def test_money_is_told_in_100_million_in_chinese():
    assert [shown_money(lang).with_unit(shown_money(lang).number(12.3), lang) for lang in ("en", "zh")] == [
        "12.3 bn yuan", "123亿元"
    ]  # fmt: skip
