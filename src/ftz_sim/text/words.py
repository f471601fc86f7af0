"""Words of figures and reports in English and Chinese, in one place.

Names, units and meanings of indicators are in `variables.py`; titles of scenarios come with the scenarios.
Here is the rest: names short enough to stand beside a line, headings, and what is stamped on every figure.
"""

from __future__ import annotations

import re
from typing import Literal, get_args
from unicodedata import normalize

from ftz_sim.text import (
    classroom,
    design,
    errors,
    evidence,
    exercise,
    findings,
    focus,
    lab,
    mechanisms,
    page,
    sheets,
    story,
    strip,
)

Lang = Literal["en", "zh"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)

# key -> (English, Chinese); words in braces are filled in by `say`
WORDS: dict[str, tuple[str, str]] = {
    # scenarios, short enough for a label beside a line
    "scenario.no_ftz": ("no zones", "不设自贸试验区"),
    "scenario.history": ("policy of 2024", "2024年政策"),
    "scenario.single_ftz": ("single zone", "单个自贸试验区"),
    "scenario.cross_zone": ("cross-zone", "跨区协同"),
    "scenario.cross_zone_with_hinterland": ("with hinterland", "跨区协同（含腹地）"),
    "scenario.ftz_fta": ("FTA linkage", "自贸协定联动"),
    "scenario.integrated": ("integrated", "综合"),
    "scenario.fta_only": ("agreements only", "仅自贸协定"),
    # stamp
    "stamp.replicates": ("{n} seeds for each scenario", "每个情景{n}个随机种子"),
    "stamp.one_run": ("one seed for each scenario: no interval", "每个情景仅一个随机种子：无区间"),
    "stamp.range": (
        "lines: means; bands: 95 % range over seeds (parameters fixed)",
        "线为均值；色带为各种子的95%范围（参数固定）",
    ),
    "stamp.interval": (
        "dots: means of paired differences; whiskers: 95 % {interval} intervals over seeds (parameters fixed)",
        "点为配对差异均值；误差线为各种子的95%{interval}区间（参数固定）",
    ),
    "subtitle.ranges": (
        " · pale bars: nine in ten of {n} draws of parameters ({firms:,} firms)",
        " · 浅色条：{n}次参数抽样中九成所在的范围（{firms:,}家企业）",
    ),
    "interval.t": ("t", " t"),
    "interval.bootstrap": ("bootstrap", "自助法"),
    "stamp.tiles": (
        "numbers: means of paired differences; 95 % {interval} intervals over seeds (parameters fixed)",
        "数字为配对差异均值；区间为各种子的95%{interval}区间（参数固定）",
    ),
    "stamp.mean": ("means over seeds (parameters fixed)", "各种子的均值（参数固定）"),
    "stamp.seed": ("seed {seed}", "主种子 {seed}"),
    "stamp.firms": ("{firms:,} firms", "{firms:,}家企业"),
    "stamp.version": ("ftz_sim {version}", "ftz_sim {version}"),
    "stamp.simulation": ("simulation, not a forecast", "模拟结果，并非预测"),
    # marks
    "mark.history": ("history", "历史"),
    "mark.scenario": ("scenarios", "情景"),
    "mark.reference": ("reference: {name}", "参照：{name}"),
    # 1 levels and differences over time
    "levels.title": ("Where the scenarios lead", "各情景的走向"),
    "levels.title_run": ("{name}: the main indicators", "{name}：主要指标"),
    "levels.subtitle": (
        "Nine indicators by quarter; thick line and band: {name}",
        "九项指标，按季度；粗线与色带：{name}",
    ),
    "levels.subtitle_run": ("Nine indicators by quarter", "九项指标，按季度"),
    "paths.title": ("What each scenario changes, against “{name}”", "各情景与“{name}”相比的变化"),
    "paths.subtitle": (
        "Paired differences by quarter since {year}; at the right their value in {end}",
        "{year}年以来各季度的配对差异；右侧为{end}年均值",
    ),
    "paths.off_scale": (
        "An arrow marks a line that leaves the panel, so that the others can be read.",
        "箭头表示该线超出图框，以便看清其余各线。",
    ),
    # 2 differences in the final year
    "differences.title": ("Differences to “{name}” in {year}", "{year}年与“{name}”的差异"),
    "differences.subtitle": (
        "Hollow: the interval contains zero, no difference found. Arrow: beyond the panel",
        "空心：区间包含零，未发现差异。箭头：超出图框",
    ),
    "difference.percent": ("%", "%"),
    "difference.points": ("percentage points", "百分点"),
    "better.higher": ("more is better", "越高越好"),
    "better.neither": ("neither is better", "无优劣之分"),
    "better.right": ("better →", "越右越好"),
    "better.left": ("← better", "越左越好"),
    "better.lower": ("less is better", "越低越好"),
    # 3 provinces
    "tiles.title": ("Winners and losers: GDP by province in {year}", "受益与受损省份：{year}年各省区市GDP"),
    "tiles.subtitle": (
        "Mean paired difference to “{name}”, in %. Framed: provinces with a pilot free trade zone. "
        "One tile is one province; places are approximate",
        "与“{name}”的配对差异均值（%）。粗框：设有自贸试验区的省区市。每格代表一个省区市，位置为示意",
    ),
    "tiles.undecided": ("interval contains zero", "区间包含零"),
    "tiles.count": ("{up} gain\n{down} lose\n{same} undecided", "{up}地受益\n{down}地受损\n{same}地未定"),
    # 4 negative lists
    "lists.title": ("The negative lists: model and published editions", "负面清单：模型与公布版本"),
    "lists.subtitle": (
        "Number of special measures. Line: model, “{name}”; dots: published editions on the day they took effect",
        "特别管理措施条数。线：模型“{name}”；点：公布版本（按施行日期）",
    ),
    "lists.investment": ("Foreign investment", "外商投资"),
    "lists.services": ("Cross-border trade in services", "跨境服务贸易"),
    "lists.zone": ("zones", "自贸试验区"),
    "lists.national": ("nation-wide", "全国"),
    "lists.hainan": ("Hainan", "海南"),
    "lists.items": ("measures", "条"),
    "lists.model": ("model", "模型"),
    "lists.break": (
        "counted anew in 2018:\nearlier editions not comparable",
        "2018年改变计数方式：\n此前版本不可比",
    ),
    # 5 growth account
    "growth.title": ("Where growth comes from: “{name}”", "增长从何而来：“{name}”"),
    "growth.subtitle": (
        "Contributions to GDP growth from the fourth quarter of one year to that of the next; dots: GDP growth",
        "对各年四季度较上年四季度GDP增长的贡献；点：GDP增长率",
    ),
    "growth.total": ("GDP growth", "GDP增长率"),
    "growth.mean": ("mean {span}", "{span}年均值"),
    "growth.unit": ("percentage points, Q4 on Q4 (change of the logarithm)", "百分点，四季度同比（对数变化）"),
    "unit.trillion_yuan": ("trillion yuan a year, 2013 prices", "万亿元／年（2013年价）"),
    "unit.trillion_yuan_stock": ("trillion yuan, 2013 prices", "万亿元（2013年价）"),
    "unit.theil": ("Theil index × 1,000", "泰尔指数×1000"),
    "unit.billion_yuan": ("bn yuan a year, 2013 prices", "亿元／年（2013年价）"),
    "unit.money": ("bn yuan", "亿元"),
    "unit.gigatonnes": ("Gt a year", "亿吨／年"),
    "unit.emissions": ("Gt", "亿吨"),
    "unit.percent_of_gdp": ("% of GDP", "占GDP的%"),
    "unit.percent": ("%", "%"),
    "unit.percent_year": ("%/yr", "每年%"),
    **findings.WORDS,
    **page.WORDS,
    **evidence.WORDS,
    **mechanisms.WORDS,
    **story.WORDS,
    **exercise.WORDS,
    **classroom.WORDS,
    **lab.WORDS,
    **sheets.WORDS,
    **focus.WORDS,
    **strip.WORDS,
    **design.WORDS,
    **errors.WORDS,
}

PROVINCES_SHORT_ZH: dict[str, str] = dict(
    zip(
        "BJ TJ HE SX NM LN JL HL SH JS ZJ AH FJ JX SD HA HB HN GD GX HI CQ SC GZ YN XZ SN GS QH NX XJ".split(),
        "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新",
        strict=True,
    )
)


def language(text: str | None) -> Lang | None:
    """Return ``text`` as a language, or None for both; raise ValueError for any other text."""
    if text is not None and text not in LANGUAGES:
        raise ValueError(f"no words in the language {text!r}; there are {' and '.join(LANGUAGES)}")
    return text


def plain(text: str) -> str:
    """Return a text without what people write in different ways."""
    return re.sub(r"[\s_\-“”\"']", "", normalize("NFKC", text)).casefold()


def say(key: str, lang: Lang, /, **values: object) -> str:
    """Return the words of ``key`` in ``lang`` with ``values`` filled in."""
    return WORDS[key][LANGUAGES.index(lang)].format(**values)


def province(code: str, lang: Lang) -> str:
    """Return what stands on a province's tile: its two-letter code, or its one-character Chinese name."""
    return PROVINCES_SHORT_ZH.get(code, code) if lang == "zh" else code
