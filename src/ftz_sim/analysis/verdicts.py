"""Plain words for what was found, in English and Chinese, built from the numbers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.indicators.variables import HEADLINES, NATIONAL, Variable

if TYPE_CHECKING:
    import pandas as pd

    from ftz_sim.analysis.comparison import Comparison

REFERENCE = "reference"
IDENTICAL = "identical"
SINGLE = "one run, no interval"
SURE = 0.95  # probability of being best from which a lead is called clear
NARROW = 0.05  # half-width of an interval, in percent, below which one decimal would hide it
UNIT_OF_SCALE = {"en": {"log": "%", "points": "points"}, "zh": {"log": "%", "points": "百分点"}}

TEXT = {
    "en": {
        "first": "{at}, against {reference}: {leader} has the highest GDP ({difference}, {interval}, n = {n}, best "
        "with probability {p}).",
        "unsure": "{at}, against {reference}: no scenario leads clearly on GDP; the highest mean is that of {leader} "
        "({difference}, {interval}, n = {n}, best with probability {p}).",
        "reference": "{at}: no scenario has a higher mean GDP than the reference {reference} (best with probability "
        "{p}, n = {n}).",
        "t": "95 % t-interval {low} to {high}",
        "bootstrap": "95 % bootstrap interval {low} to {high}",
        "single": "one run, no interval",
        "all": "It is also the clear best on all other headline indicators.",
        "mixed": "No scenario is best on everything: {leads}.",
        "leads": "{scenario} leads on {indicators}",
        "open": "no clear leader on {indicators}",
        "provinces": "{leader} raises GDP in {up} provinces and lowers it in {down} ({same} undecided).",
        "linkage": "Linkage proper, beyond what the agreements do without zones: {difference} of GDP ({interval}).",
        "caveat": "Intervals are over seeds only; parameters are fixed (no draws), and many effects are assumptions: a "
        "simulation, not a forecast.",
        "drawn": "Over {n} draws of {p} parameters that nobody knows exactly ({firms:,} firms), {best} has the highest "
        "GDP most often (share {share:.2f}); the difference of {leader} lies between {low} and {high} in nine draws of "
        "ten and is below 0 in {below:.0%} of them.",
        "both": "Intervals are over seeds, which are noise; ranges are over draws of parameters; the rules themselves "
        "are assumptions: a simulation, not a forecast.",
        "failed": "{failed} runs failed and are left out.",
        "nothing": "No replicate was finished by all scenarios: nothing can be compared.",
        "and": ", ",
        "list": "; ",
    },
    "zh": {
        "first": "{at}年，与{reference}相比：{leader}的GDP最高（{difference}，{interval}，n = {n}，最优概率{p}）。",
        "unsure": "{at}年，与{reference}相比：GDP没有明确领先者；均值最高的是{leader}（{difference}，{interval}，"
        "n = {n}，最优概率{p}）。",
        "reference": "{at}年：没有情景的GDP均值高于参照情景{reference}（最优概率{p}，n = {n}）。",
        "t": "95% t区间{low}至{high}",
        "bootstrap": "95%自助法区间{low}至{high}",
        "single": "仅一次运行，无区间",
        "all": "其余主要指标上它也明确最优。",
        "mixed": "没有情景在所有指标上都最优：{leads}。",
        "leads": "{scenario}在{indicators}上领先",
        "open": "{indicators}上没有明确领先者",
        "provinces": "{leader}使{up}个省份GDP上升、{down}个下降（{same}个未定）。",
        "linkage": "净联动效应（扣除无试验区时协定自身的作用）：GDP {difference}（{interval}）。",
        "caveat": "区间仅反映随机种子；参数固定（未抽样），且许多效应为假定：这是模拟，不是预测。",
        "drawn": "在{p}个取值不确定的参数的{n}次抽样中（{firms:,}家企业），最常取得最高GDP的是{best}"
        "（占比{share:.2f}）；{leader}的差异在九成抽样中介于{low}与{high}之间，在{below:.0%}的抽样中为负。",
        "both": "区间反映随机种子的噪声，范围反映参数抽样；规则本身仍是假定：这是模拟，不是预测。",
        "failed": "{failed}次运行失败，未计入。",
        "nothing": "没有一个重复被所有情景完成：无法比较。",
        "and": "、",
        "list": "；",
    },
}


def verdict(mean: float, low: float, high: float, detectable: float, identical: bool, variable: Variable) -> str:
    """Say in a few words what one paired difference shows."""
    if identical:
        return IDENTICAL
    if not np.isfinite(low):
        return SINGLE if np.isfinite(mean) else "the reference is 0, no percentage"
    if low <= 0 <= high:
        unit = UNIT_OF_SCALE["en"].get(variable.scale, variable.unit)
        return f"no difference found; smallest detectable effect {detectable:.2g} {unit}"
    if variable.direction == 0:
        return "higher" if mean > 0 else "lower"
    return "better" if mean * variable.direction > 0 else "worse"


def gain(low: float, high: float, identical: bool) -> str:
    """Call a province a winner, a loser, or neither."""
    if identical:
        return IDENTICAL
    if not np.isfinite(low):
        return SINGLE
    return "winner" if low > 0 else "loser" if high < 0 else "undecided"


def sentence(result: Comparison, lang: str) -> str:
    """Say what a comparison found: who leads on GDP, who on what else, who loses, how sure."""
    words = TEXT[lang]
    panel = result.panel
    table = result.comparison
    if table.empty or not panel.done(*panel.scenarios).any():
        return words["nothing"]
    final = table[table["at"] == str(panel.final)]
    parts = [
        _first(result, final, words),
        _over_draws(result, final, words),
        _others(final, lang),
        _provinces(result, final, words),
        _linkage(result, words),
        words["failed"].format(failed=len(result.failed)) if result.failed else "",
        words["caveat"] if result.drawn is None else words["both"],
    ]
    return (" " if lang == "en" else "").join(part for part in parts if part)


def leader(final: pd.DataFrame, indicator: str) -> dict[str, Any]:
    """Return the row of the scenario with the best mean; in a tie the reference, else the first by name."""
    rows: list[Any] = final[final["indicator"] == indicator].to_dict(orient="records")
    rows.sort(key=lambda row: (row["scenario"] != row["reference"], row["scenario"]))
    best: dict[str, Any] = max(rows, key=lambda row: row["mean"] * NATIONAL[indicator].direction)
    return best


def percent(number: float, half_width: float = np.inf) -> str:
    """Write a percentage with its sign; two decimals if it is small or its interval is narrow, else one."""
    decimals = 1 if abs(number) >= 1 and half_width >= NARROW else 2
    return f"{number:+.{decimals}f} %"


def _first(result: Comparison, final: pd.DataFrame, words: dict[str, str]) -> str:
    row = leader(final, "gdp")
    key = "first" if row["p_best"] >= SURE else "unsure"
    if row["scenario"] == result.reference:
        key = "reference"
    return words[key].format(
        at=result.panel.final,
        reference=result.reference,
        leader=row["scenario"],
        difference=percent(row["difference"], _half(row["ci_low"], row["ci_high"])),
        interval=_interval(row["ci_low"], row["ci_high"], result.interval, words),
        n=row["n"],
        p=f"{row['p_best']:.2f}",
    )


def _interval(low: float, high: float, kind: str, words: dict[str, str]) -> str:
    if not np.isfinite(low):
        return words["single"]
    half = _half(low, high)
    return words[kind].format(low=percent(low, half), high=percent(high, half))


def _half(low: float, high: float) -> float:
    return (high - low) / 2 if np.isfinite(low) else np.inf


def _over_draws(result: Comparison, final: pd.DataFrame, words: dict[str, str]) -> str:
    found, table = result.robustness, result.uncertainty
    if found is None or table is None or result.drawn is None:
        return ""
    gdp = table[(table["indicator"] == "gdp") & (table["at"] == str(result.panel.final))].set_index("scenario")
    shares = found.table[found.table["indicator"] == "gdp"].set_index("scenario")["p_best"]
    others = [row for row in final.to_dict("records") if row["scenario"] != result.reference]
    name = max((row for row in others if row["indicator"] == "gdp"), key=lambda row: row["mean"])["scenario"]
    low, high, above = (float(gdp.loc[name, column]) for column in ("low", "high", "share_above"))
    return words["drawn"].format(
        n=found.n, p=found.draws.shape[1], firms=result.drawn.firms, best=shares.idxmax(), share=shares.max(),
        leader=name, low=percent(low), high=percent(high), below=1 - above,
    )  # fmt: skip


def _others(final: pd.DataFrame, lang: str) -> str:
    words = TEXT[lang]
    leads: dict[str, list[str]] = {}
    unclear: list[str] = []
    for indicator in HEADLINES:
        row = leader(final, indicator)
        name = NATIONAL[indicator].within(lang)
        if row["p_best"] >= SURE:
            leads.setdefault(row["scenario"], []).append(name)
        else:
            unclear.append(name)
    if len(leads) == 1 and not unclear:
        return words["all"]
    texts = [words["leads"].format(scenario=who, indicators=words["and"].join(on)) for who, on in leads.items()]
    if unclear:
        texts.append(words["open"].format(indicators=words["and"].join(unclear)))
    return words["mixed"].format(leads=words["list"].join(texts))


def _provinces(result: Comparison, final: pd.DataFrame, words: dict[str, str]) -> str:
    name = leader(final, "gdp")["scenario"]
    table = result.provinces
    rows = table[table["scenario"] == name] if len(table) else table
    if rows.empty:
        return ""
    up, down = (int((rows["verdict"] == word).sum()) for word in ("winner", "loser"))
    return words["provinces"].format(leader=name, up=up, down=down, same=len(rows) - up - down)


def _linkage(result: Comparison, words: dict[str, str]) -> str:
    if result.linkage is None:
        return ""
    row = result.linkage[result.linkage["indicator"] == "gdp"].iloc[0]
    interval = _interval(row["ci_low"], row["ci_high"], result.interval, words)
    return words["linkage"].format(difference=percent(row["linkage_proper"]), interval=interval)
