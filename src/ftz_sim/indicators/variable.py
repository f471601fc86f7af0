"""What is known of one output: the record behind each row of the dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["national", "region", "zone", "partner", "comparison"]
Aggregate = Literal["sum", "mean", "last"]
Scale = Literal["log", "points", "level"]

UNITS_ZH = {
    "bn yuan": "十亿元",
    "bn yuan/yr": "十亿元/年",
    "10^3 yuan/yr": "千元/年",
    "million": "百万人",
    "10^3 FTE": "千人年",
    "10^3 FTE/yr": "千人年/年",
    "10^3/yr": "千人/年",
    "share": "比重",
    "share/yr": "每年比率",
    "index": "指数",
    "2013Q1 = 100": "2013年一季度=100",
    "2013Q1 = 100, nation": "2013年一季度全国=100",
    "per 10^3 workers": "每千名从业者",
    "ratio": "倍",
    "Theil": "泰尔指数",
    "rad": "弧度",
    "items": "项",
    "count": "个",
    "quarters": "季度",
    "log": "对数",
    "Mt/yr": "百万吨/年",
    "t/10^4 yuan": "吨/万元",
    "yuan/t": "元/吨",
    "0-100": "0–100",
    "points/yr": "百分点/年",
    "ad valorem": "从价税率",
    "field": "领域编号",
    "0 or 1": "0或1",
    "%": "%",
    "% of a year": "年产出的%",
}
# groups of `docs/indicators.md`, in their order there
GROUPS_ZH = {
    "Output and factors": "产出与要素",
    "Innovation": "创新",
    "Structure of industry and jobs": "产业结构与就业",
    "Digital economy": "数字经济",
    "Foreign investment and trade": "外资与外贸",
    "Carbon": "碳排放",
    "Rules of the zones": "试验区规则",
    "Zones together": "试验区合计",
    "Gaps between provinces": "区域差距",
    "Cost and risk": "成本与风险",
    "Index of new quality productive forces": "新质生产力指数",
    "Growth account": "增长核算",
    "Diagnostics": "诊断",
    "Provinces": "省份",
    "Zones": "试验区",
    "Partner economies": "伙伴经济体",
    "Comparisons of two runs of the same seed": "同随机种子两次运行的比较",
}


@dataclass(frozen=True)
class Variable:
    """One output of the model."""

    name: str
    level: Level
    unit: str
    direction: int  # +1 more is better, -1 less is better, 0 neither
    aggregate: Aggregate
    scale: Scale
    en: str
    zh: str
    meaning_en: str
    meaning_zh: str
    group: str = ""  # key of GROUPS_ZH; a measure outside the tables has none
    formula: str = ""
    source: str = ""  # see `formulas`

    @property
    def unit_zh(self) -> str:
        """Return the unit in Chinese."""
        return UNITS_ZH[self.unit]

    def label(self, lang: str = "en") -> str:
        """Return the label in ``en`` or ``zh``."""
        return self.zh if lang == "zh" else self.en

    def within(self, lang: str = "en") -> str:
        """Return the label as it stands inside a sentence: small, unless it begins with an acronym."""
        label = self.label(lang)
        return label[0].lower() + label[1:] if label[1].islower() else label

    def unit_in(self, lang: str = "en") -> str:
        """Return the unit in ``en`` or ``zh``."""
        return self.unit_zh if lang == "zh" else self.unit

    def meaning(self, lang: str = "en") -> str:
        """Return the meaning in ``en`` or ``zh``."""
        return self.meaning_zh if lang == "zh" else self.meaning_en


Row = tuple[str, str, int, Aggregate, Scale, str, str, str, str, str, str, str]  # a `Variable` without its level


def entries(level: Level, rows: tuple[Row, ...]) -> dict[str, Variable]:
    """Return the variables of a level by name."""
    return {row[0]: Variable(row[0], level, *row[1:]) for row in rows}
