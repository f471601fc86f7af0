"""Words of the tables in docs/ that the package does not show: heads, cells and sentences, in both languages."""

from __future__ import annotations

from ftz_sim.text.words import LANGUAGES, Lang
from ftz_sim.trace.verdicts import VERDICTS_ZH, WHEN_ZH

WORDS: dict[str, tuple[str, str]] = {
    "of": ("{who}: {what}", "{who}：{what}"),
    "model": ("model", "模型"),
    "rule": ("rule", "规则"),
    "fifth": ("a fifth of the trend", "趋势的五分之一"),
    "last_growth": ("the whole trend", "原趋势"),
    "rank": ("model: rank correlation", "模型：秩相关"),
    "p": ("p against no change", "与“份额不变”相比的p值"),
    "missed": (
        "{missed} of {judged} targets that are judged are missed:",
        "在作出判断的{judged}项目标中，{missed}项不符：",
    ),
    "verdicts": (
        "{n} verdicts ({seeds} seeds, {sizes} firms, {end}): {told}.",
        "共{n}项结论（{seeds}个随机种子，{sizes}家企业，{end}）：{told}。",
    ),
    "count": ("{count} {what}", "{what}{count}项"),
    "and": (", ", "，"),
    "or": (" or ", "或"),
}

# heads and cells in Chinese; what stands in no list (names of the code, numbers) is the same in both languages
ZH: dict[str, str] = {
    **VERDICTS_ZH,
    **WHEN_ZH,
    # placements
    "pattern": "结果", "real": "实际选址", "random_mean": "随机选址：均值", "random_low": "随机：2.5%",
    "random_high": "随机：97.5%", "share_above_real": "高于实际的比例", "zones in FDI": "试验区占外资比重",
    "gdp of the nation": "全国GDP", "gdp of hosts": "设区省份GDP", "gdp of others": "未设区省份GDP",
    "patents of hosts": "设区省份专利", "patents of others": "未设区省份专利", "fdi of hosts": "设区省份外资",
    "fdi of others": "未设区省份外资", "talents of others": "未设区省份研发人员",
    "co2 intensity of hosts": "设区省份碳强度",
    # calibration
    "default": "默认值", "low": "下限", "high": "上限", "prior_low": "先验下限", "prior_high": "先验上限",
    "targets": "所凭数据", "with": "同脊参数", "correlation": "相关系数", "posterior_mean": "后验均值",
    "posterior_deviation": "后验标准差", "fitted": "拟合值", "slope": "斜率",
    "low_persistence": "持续性低一个标准误", "high_persistence": "持续性高一个标准误", "GDP": "地区生产总值",
    "R&D": "研发经费", "R&D over GDP": "研发强度", "invention applications": "发明专利申请", "CO2": "二氧化碳排放",
    # levers, the ratchet, equal cost
    "name": "名称", "when": "时段", "step": "幅度", "indicator": "指标", "claimed": "论断方向", "effect": "效应",
    "from": "下限", "to": "上限", "unit": "单位", "firms": "企业数", "verdict": "结论", "points": "百分点",
    "log": "对数", "ratio": "比值", "count": "个", "items": "项", "Theil": "泰尔指数", "at": "时间", "mean": "均值",
    "n": "种子数", "commitment": "承诺", "against_ratchet": "与棘轮相比", "% of a year's GDP": "占一年GDP的%",
    "quarters": "季度", "trough": "最大跌幅", "cumulative_loss": "累计损失", "recovery_quarters": "恢复所需季度",
    "standstill": "静止", "neither": "均无", "scenario": "情景", "factor": "可承担的比例", "cost": "成本（万亿元）",
}  # fmt: skip


def say(key: str, lang: Lang, **values: object) -> str:
    """Return the words of ``key`` in ``lang`` with ``values`` filled in."""
    return WORDS[key][LANGUAGES.index(lang)].format(**values)


def inside(text: str, lang: Lang) -> str:
    """Return a head or a cell of a table in ``lang``."""
    return ZH.get(text, text) if lang == "zh" else text
