"""What the numbers of a comparison rest on, in plain words: precision, matched luck, drawn parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ftz_sim.analysis.precision import Precision, widths
from ftz_sim.analysis.verdicts import IDENTICAL
from ftz_sim.indicators.variables import NATIONAL

if TYPE_CHECKING:
    from ftz_sim.analysis.comparison import Comparison

TEXT = {
    "en": {
        "met": "Precise enough after {n} replicates: every half-width of {indicators} is at most "
        "{target:g} (intervals allow for looking several times).",
        "unmet": "Not precise enough after {n} replicates, the most allowed: above {target:g} are {widths}.",
        "identical": "Scenarios that gave the same bits as {reference} in every indicator: {names}.",
        "matching": "Matched seeds make the variance of the GDP difference {low} to {high} "
        "times smaller than independent seeds would.",
        "matching_one": "Matched seeds make the variance of the GDP difference {low} times "
        "smaller than independent seeds would.",
        "and": ", ",
    },
    "zh": {
        "met": "{n}次重复后已足够精确：{indicators}的区间半宽均不超过{target:g}（区间已计入多次查看）。",
        "unmet": "{n}次重复（上限）后仍不够精确：半宽超过{target:g}的有{widths}。",
        "identical": "所有指标与{reference}逐位相同的情景：{names}。",
        "matching": "公共随机数使GDP差异的方差比独立种子小{low}至{high}倍。",
        "matching_one": "公共随机数使GDP差异的方差比独立种子小{low}倍。",
        "and": "、",
    },
}


def notes(result: Comparison, lang: str) -> list[str]:
    """Say what the numbers of a comparison rest on: precision, identical scenarios, matched luck, drawn parameters."""
    words, said = TEXT[lang], []
    if result.comparison.empty:
        return []
    if result.precision is not None:
        said.append(_precise(result, result.precision, lang))
    rows = result.comparison[result.comparison["scenario"] != result.reference]
    same = [name for name, group in rows.groupby("scenario", sort=False) if (group["verdict"] == IDENTICAL).all()]
    if same:
        said.append(words["identical"].format(reference=result.reference, names=words["and"].join(map(str, same))))
    table = result.matching.query("indicator == 'gdp'").query(f"at == '{result.panel.final}'")
    factors = sorted(table["variance_reduction"].dropna())
    if factors:
        key = "matching" if len(factors) > 1 else "matching_one"
        said.append(words[key].format(low=_factor(factors[0]), high=_factor(factors[-1])))
    return said + ([] if result.robustness is None else [result.robustness.sentence(lang)])


def _factor(number: float) -> str:
    return f"{float(f'{number:.2g}'):,.10g}"


def _precise(result: Comparison, asked: Precision, lang: str) -> str:
    words = TEXT[lang]
    wide = [each for each in widths(result, asked) if not each.met]
    names = words["and"].join(NATIONAL[name].label(lang) for name in asked.indicators)
    texts = [f"{each.scenario} {NATIONAL[each.indicator].label(lang)} {each.half_width:.2g}" for each in wide]
    return words["unmet" if wide else "met"].format(
        n=result.reps, target=asked.target, indicators=names, widths=words["and"].join(texts)
    )
