"""Verdicts of the lever study behind a claim, a lever, a mechanism or an indicator, in words.

What papers claim stands in a line each; of a lever or mechanism, what follows for GDP and the other outcomes that all
are judged by stands in one line below.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ftz_sim.analysis import lever_verdicts
from ftz_sim.analysis.lever_verdicts import NEEDED, Verdict
from ftz_sim.indicators.shown import shown_difference
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.text.numbers import MISSING
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    from ftz_sim.indicators.variables import Variable

VERDICTS_ZH = {
    "as claimed": "与论断一致",
    "opposite": "与论断相反",
    "by construction": "按构造成立（由规则直接写入）",
    "better": "改善",
    "worse": "恶化",
    "no effect found": "未发现影响",
    "identical: no effect at all": "完全没有影响",
    "no percentage of 0": "基数为0，无法计算百分比",
    "one run, no interval": "仅一次运行，无区间",
}
WHEN_ZH = {"from the fork on": "分叉起", "the whole run": "全程"}
NOT_STUDIED = {"en": "not studied yet", "zh": "尚未测算"}
FOLLOWS = {"en": "what follows ({step}): {effects}", "zh": "后续影响（{step}）：{effects}"}
EFFECT = {
    "en": "{indicator} {effect} ({low} to {high}; {verdict})",
    "zh": "{indicator}{effect}（{low}至{high}；{verdict}）",
}
LINE = {
    "en": "{name} ({step}): {indicator}, said to go {way}; measured {effect} ({low} to {high}): {verdict}",
    "zh": "{name}（{step}）：论断称{indicator}{way}，测得{effect}（{low}至{high}）：{verdict}",
}
DETECTABLE = {"en": " (detectable from {size})", "zh": "（可检出的最小影响为{size}）"}
BROKEN = {
    "en": "† Without `investment` nothing builds capital: output collapses, foreign investment dries up, and its row "
    "shows that the mechanism is needed, not the size of an effect.",
    "zh": "† 没有投资就没有资本形成：产出崩溃、外资枯竭，该行只说明这一机制不可缺少，不代表影响的大小。",
}
WAYS = {"en": {"+": "up", "-": "down"}, "zh": {"+": "上升", "-": "下降"}}
STUDY = {
    "en": "with minus without in {strategies}, {year}; {n} seeds, {firms:,} firms, 95 % intervals; "
    "ftz_sim {version}, {date}",
    "zh": "{strategies}情景中有减无，{year}年；{n}个随机种子，{firms:,}家企业，95%区间；ftz_sim {version}，{date}",
}


def verdicts(kind: str, name: str) -> tuple[Verdict, ...]:
    """Return the verdicts that bear on a claim, a lever, a mechanism or an indicator; none on anything else."""
    return tuple(
        each
        for each in lever_verdicts.lever_verdicts()
        if (kind == "claim" and name in each.claims)
        or (kind == each.kind and name == each.name)
        or (kind == "indicator" and name == each.indicator and each.claimed)
    )


def lines(found: tuple[Verdict, ...], lang: Lang) -> Iterator[str]:
    """Yield each verdict as a line, and below those of one size of the study what it was."""
    join = ", " if lang == "en" else "、"
    for firms in dict.fromkeys(each.firms for each in found):
        alike = [each for each in found if each.firms == firms]
        yield from (line(each, lang) for each in alike if each.claimed)
        if len({(each.kind, each.name) for each in alike}) == 1:
            yield from _follows(alike, lang)
        first = alike[0]
        strategies = join.join(say(f"scenario.{name}", lang) for name in dict.fromkeys(each.strategy for each in alike))
        yield STUDY[lang].format(
            strategies=strategies, year=first.end[:4], n=first.n, firms=firms, version=first.version, date=first.date
        )
    if any(each.name == NEEDED for each in found):
        yield BROKEN[lang]


def line(each: Verdict, lang: Lang) -> str:
    """Write one verdict as a sentence."""
    words = LINE[lang].format(
        name=_name(each, lang),
        step=_step(each, lang),
        indicator=_indicator(each.indicator, lang),
        way=WAYS[lang][each.claimed],
        verdict=_word(each, lang),
        **_measured(each, lang),
    )
    doubtful = each.verdict == "no effect found" and math.isfinite(each.detectable)
    size = shown_difference(_measure(each.indicator), lang).number(each.detectable, 2)
    return words + (DETECTABLE[lang].format(size=size) if doubtful else "")


def _follows(found: list[Verdict], lang: Lang) -> Iterator[str]:
    """Yield, for each step of one lever or mechanism, the effects on what is no claim."""
    join = "; " if lang == "en" else "；"
    for when in dict.fromkeys(each.when for each in found):
        own = [each for each in found if each.when == when and not each.claimed]
        if own:
            effects = join.join(
                EFFECT[lang].format(
                    indicator=_indicator(each.indicator, lang), verdict=_word(each, lang), **_measured(each, lang)
                )
                for each in own
            )  # fmt: skip
            yield FOLLOWS[lang].format(step=_step(own[0], lang), effects=effects)


def _step(each: Verdict, lang: Lang) -> str:
    """Say from where to where the lever goes, and when; of a mechanism, that it is off without."""
    when = WHEN_ZH[each.when] if lang == "zh" else each.when
    step = each.step.replace("->", "→").replace("..", "–") or ("关闭" if lang == "zh" else "off")
    return f"{when}{step}" if lang == "zh" else f"{step}, {when}"


def _word(each: Verdict, lang: Lang) -> str:
    return VERDICTS_ZH[each.verdict] if lang == "zh" else each.verdict


def counted(verdicts: dict[str, int], lang: Lang) -> str:
    """Write how many claims have which verdict, or that nothing has been studied."""
    if lang == "zh":
        return "、".join(f"{VERDICTS_ZH[word]}{n}条" for word, n in verdicts.items()) or NOT_STUDIED[lang]
    return ", ".join(f"{n} {word}" for word, n in verdicts.items()) or NOT_STUDIED[lang]


def short(found: tuple[Verdict, ...]) -> tuple[str, ...]:
    """Return verdicts on claims for a cell of the matrix: ``carbon_budget (from the fork on) co2 -: as claimed``."""
    return tuple(
        f"{each.name} ({each.when}) {each.indicator} {each.claimed}: {each.verdict}" for each in found if each.claimed
    )


def _name(each: Verdict, lang: Lang) -> str:
    mark = " †" if each.name == NEEDED else ""
    if lang == "en":
        return each.name + mark
    known = CATALOGUE[each.name].zh if each.kind == "lever" else say(f"mechanism.{each.name}", lang)
    return f"{each.name} {known}{mark}"


def _measure(name: str) -> Variable:
    from ftz_sim.analysis.lever_measures import MEASURES

    return MEASURES[name]


def _indicator(name: str, lang: Lang) -> str:
    label = _measure(name).label(lang)
    if name.startswith("zones."):
        return f"{label}, zones" if lang == "en" else f"试验区{label}"
    return label


def _measured(each: Verdict, lang: Lang) -> dict[str, str]:
    unit = shown_difference(_measure(each.indicator), lang)
    found = unit.estimate(each.effect, each.ci_low, each.ci_high)
    return {"effect": unit.with_unit(found.value, lang), "low": found.low or MISSING, "high": found.high or MISSING}
