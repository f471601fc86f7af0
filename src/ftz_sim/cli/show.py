"""What ``ftz run``, ``ftz compare`` and ``ftz sweep`` print, in English and Chinese."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from math import nan
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ftz_sim.cli import grids
from ftz_sim.text.numbers import number
from ftz_sim.text.shell import quoted
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console
    from rich.table import Table

    from ftz_sim.analysis import Comparison
    from ftz_sim.analysis.sweep_focus import SweepFocus

SHOWN = (
    "gdp", "research_intensity", "patents", "emerging_share", "fdi", "exports", "co2", "theil", "nqp_fixed",
    "policy_cost_share",
)  # fmt: skip
WORDS = {
    "en": {
        "wrote": "written to {folder}",
        "report": "the report, for a browser: {page}",
        "differences": "Paired differences to {reference} in {at} ({n} replicates; * the 95 % interval leaves out 0)",
        "ranges": "In brackets: the range of nine in ten of {n} draws of parameters (the same for all scenarios)",
        "no_draws": "Parameters are fixed: no draws, so that the uncertainty of parameters is left out (--draws)",
        "indicator": "indicator",
        "unit": "unit",
        "firms": "effective number of firms at the end: {n:,.0f}",
        "failed": "{run_id} failed: {error}",
        "warning": "warning: {sentence}",
        "replaces": "the results of {started} in {folder} will be replaced",
        "undrawn": "warning: figures or report were not drawn ({error}); the tables are complete, try `ftz report`",
        "signs": "What is assumed, and what can turn it: {groups}.",
        "group": "{group} {sign} ({turns})",
        "then": "; ",
        "each_lever": "Each lever: {file}",
        "incomplete": "Only {n} of {all} points have all their runs (unfinished, or failed); the others are left out.",
        "scenario": "scenario",
        "mean_regret": "mean regret (GDP, %)",
        "max_regret": "largest regret (GDP, %)",
        "no_worse": "GDP no lower than the reference",
        "threshold": "share of draws that meet",
        "together": "all of them",
        "levels": "{name}: mean of {n} run(s)",
        "provinces": "provinces with more / less GDP",
        "best": "probability of the best GDP",
        "weightings": "first in the NQP index, share of 1,000 weightings",
        "gain": "change of GDP per yuan of extra policy cost (discounted 3 %)",
    },
    "zh": {
        "wrote": "已写入 {folder}",
        "report": "报告（用浏览器打开）：{page}",
        "differences": "{at}年与{reference}的配对差异（{n}次重复；* 表示95%区间不含0）",
        "ranges": "方括号内：{n}次参数抽样中九成所在的范围（各情景取相同参数）",
        "no_draws": "参数固定、未抽样：结果不反映参数本身的不确定性（见 --draws）",
        "indicator": "指标",
        "unit": "单位",
        "firms": "期末有效企业数：{n:,.0f}",
        "failed": "{run_id} 失败：{error}",
        "warning": "注意：{sentence}",
        "replaces": "{folder} 中{started}的结果将被替换",
        "undrawn": "警告：图件或报告未能生成（{error}）；数据表完整，可再试 `ftz report`",
        "signs": "假定的作用方向与可能的反转因素：{groups}。",
        "group": "{group} {sign}（{turns}）",
        "then": "；",
        "each_lever": "各政策工具详见{file}",
        "incomplete": "{all}个样本点中仅{n}个的运行全部完成（未完成或失败），其余未计入。",
        "scenario": "情景",
        "mean_regret": "平均后悔值（GDP，%）",
        "max_regret": "最大后悔值（GDP，%）",
        "no_worse": "GDP不低于参照情景",
        "threshold": "满足条件的抽样比例",
        "together": "全部条件",
        "levels": "{name}：{n}次运行的均值",
        "provinces": "GDP上升／下降的省份数",
        "best": "GDP最优概率",
        "weightings": "新质生产力指数居首的权重方案占比（1,000组）",
        "gain": "每增加1元政策成本对应的GDP变化（3%贴现）",
    },
}


def run_summary(folder: Path) -> dict[str, Any]:
    """Return what ``ftz run --json`` prints."""
    from ftz_sim.results import load

    experiment = load(folder)
    summary: dict[str, Any] = {"folder": str(folder), "manifest": experiment.manifest}
    if experiment.manifest["runs"]["done"]:
        national = experiment.national
        last = national[national["quarter"] == national["quarter"].max()].drop(columns=["run_id", "scenario"])
        summary["last_quarter"] = last.to_dict(orient="records")
    return summary


def comparison_summary(result: Comparison, folder: Path) -> dict[str, Any]:
    """Return what ``ftz compare --json`` prints."""
    return {
        "folder": str(folder),
        "reference": result.reference,
        "sentence": {lang: result.sentence(lang) for lang in ("en", "zh")},
        "notes": {lang: result.notes(lang) for lang in ("en", "zh")},
        "reps": result.reps,
        "comparison": json.loads(result.comparison.to_json(orient="records")),
        "provinces": json.loads(result.provinces.to_json(orient="records")),
        "linkage": None if result.linkage is None else json.loads(result.linkage.to_json(orient="records")),
        "synergy": None if result.synergy is None else json.loads(result.synergy.to_json(orient="records")),
        "uncertainty": None if result.uncertainty is None else json.loads(result.uncertainty.to_json(orient="records")),
        "focus": None if result.focus is None else json.loads(result.focus.table.to_json(orient="records")),
        "failed": [
            {"run_id": each.run_id, "error": each.error}
            for each in (*result.failed, *(result.drawn.failed if result.drawn else ()))
        ],
    }


def levels(folder: Path, name: str, lang: Lang) -> None:
    """Print the main indicators of a run by year."""
    from rich.console import Console
    from rich.table import Table

    from ftz_sim.indicators.shown import shown
    from ftz_sim.indicators.variables import NATIONAL
    from ftz_sim.indicators.yearly import last_year, year
    from ftz_sim.results import load

    experiment = load(folder)
    words, national = WORDS[lang], experiment.national
    mean = national.groupby("quarter", sort=True)[list(NATIONAL)].mean()
    final = last_year(len(mean))
    years = sorted({2013, min(2024, final), final})
    table = Table(
        words["indicator"],
        words["unit"],
        title=words["levels"].format(name=name, n=experiment.manifest["runs"]["done"]),
    )
    for each in years:
        table.add_column(str(each), justify="right")
    for indicator in SHOWN:
        variable = NATIONAL[indicator]
        unit = shown(variable, lang)
        values = (year(mean[indicator].to_numpy(), each, variable.aggregate) for each in years)
        table.add_row(variable.label(lang), unit.unit, *(unit.number(float(value)) for value in values))
    console = Console()
    console.print(table)
    console.print(words["firms"].format(n=mean["effective_firms"].iloc[-1]))


def comparison(result: Comparison, lang: Lang) -> None:
    """Print differences to the reference, what they say, and what is assumed."""
    words = WORDS[lang]
    console = grids.console()
    if len(result.comparison):
        final = _final_rows(result, result.comparison)
        others = [name for name in result.panel.scenarios if ("gdp", name) in final and name != result.reference]
        n = max(row["n"] for row in final.values())
        typer.echo(words["differences"].format(reference=result.reference, at=result.panel.final, n=n))
        drawn = result.drawn
        typer.echo(words["no_draws"] if drawn is None else words["ranges"].format(n=drawn.n))
        for block in grids.blocks(others, console.width):
            console.print(_grid(result, block, final, console.width, lang))
    _focus(result, console, lang)
    console.print(result.sentence(lang), soft_wrap=False)
    console.print(signs(lang), style="dim", highlight=False)


def signs(lang: Lang) -> str:
    """Say what is assumed of each group of levers, and what can turn it."""
    from ftz_sim.analysis.signs import by_group

    words = WORDS[lang]
    groups = (words["group"].format(group=group, sign=sign, turns=turns) for group, sign, turns in by_group(lang))
    return words["signs"].format(groups=words["then"].join(groups))


def _focus(result: Comparison, console: Console, lang: Lang) -> None:
    """Print what was asked about: a table for each place and year, and what it says."""
    from ftz_sim.analysis import focus_words

    if result.focus is None or (table := result.focus.table).empty:
        return
    told = set(table["scenario"])  # a scenario may have failed altogether
    others = [name for name in result.panel.scenarios if name != result.reference and name in told]
    for rows in focus_words.by_place(table):
        here = focus_words.where(rows, lang)
        typer.echo(say("focus.title", lang, where=here, reference=result.reference, n=rows["n"].max()))
        _place(rows, others, console, lang)
    tornado = None if result.drawn is None else result.drawn.decided
    decided = [] if tornado is None else focus_words.decided(tornado, lang)
    for sentence in [*focus_words.sentences(table, lang), *decided]:
        console.print(sentence, highlight=False)


def asked(found: SweepFocus, lang: Lang) -> None:
    """Print what a sweep was asked about: ranges for each place and year, and the uncertainties that decide."""
    from ftz_sim.analysis import focus_words

    console, table, reference = grids.console(), found.ranges, found.focus.reference
    table = table.assign(difference=table["median"], ci_low=nan, ci_high=nan, verdict="")
    for rows in focus_words.by_place(table):
        here = focus_words.where(rows, lang)
        typer.echo(say("focus.title_ranges", lang, where=here, reference=reference, n=rows["n"].max()))
        _place(rows, list(rows["scenario"].unique()), console, lang)
    for sentence in [] if found.decided is None else focus_words.decided(found.decided, lang):
        console.print(sentence, highlight=False)


def _place(rows: pd.DataFrame, names: Sequence[str], console: Console, lang: Lang) -> None:
    """Print what was asked about one place and year, with ranges over draws where the rows have them."""
    from ftz_sim.analysis.focus_words import variable_of

    words = WORDS[lang]
    found: dict[Any, Any] = rows.set_index(["indicator", "scenario"], drop=False).to_dict("index")
    for block in grids.blocks(names, console.width):
        grid = grids.empty(words["indicator"], words["unit"], block, console.width)
        for indicator, own in rows.groupby("indicator", sort=False):
            of_each = [found[indicator, name] for name in block]
            grids.add(grid, variable_of(own), of_each, lang)
        console.print(grid)


def next_commands(result: Comparison, folder: Path, lang: Lang) -> None:
    """Print the commands that ask on about a place."""
    from ftz_sim.analysis.focus_words import following

    if result.focus and len(table := result.focus.table):
        scenarios, question, drawn = result.panel.scenarios, result.focus.question, result.drawn is not None
        for words, command in following(folder, scenarios, table, question, lang, drawn=drawn):
            typer.echo(f"{words}\n  {quoted(command)}")


def _grid(result: Comparison, names: Sequence[str], final: dict[tuple[str, str], Any], width: int, lang: Lang) -> Table:
    from ftz_sim.indicators.variables import NATIONAL

    words = WORDS[lang]
    grid = grids.empty(words["indicator"], words["unit"], names, width)
    ranges = {} if result.uncertainty is None else _final_rows(result, result.uncertainty)
    for indicator in SHOWN:
        found = [final[indicator, name] for name in names]
        grids.add(grid, NATIONAL[indicator], found, lang, [ranges.get((indicator, name), {}) for name in names])
    grid.add_section()
    for label, cells in _more_rows(result, names, lang):
        grid.add_row(label, "", *cells)
    return grid


def _final_rows(result: Comparison, table: pd.DataFrame) -> dict[tuple[str, str], Any]:
    rows = table.to_dict(orient="records")
    return {(row["indicator"], row["scenario"]): row for row in rows if row["at"] == str(result.panel.final)}


def _more_rows(result: Comparison, others: Sequence[str], lang: Lang) -> list[tuple[str, list[str]]]:
    words, final, provinces = WORDS[lang], _final_rows(result, result.comparison), result.provinces
    counts = Counter(zip(provinces["scenario"], provinces["verdict"], strict=True))
    gains = result.gain_per_yuan
    return [
        (words["best"], [f"{final['gdp', name]['p_best']:.2f}" for name in others]),
        (words["provinces"], [f"{counts[name, 'winner']} / {counts[name, 'loser']}" for name in others]),
        (words["weightings"], [f"{result.weightings.get(name, 0):.2f}" for name in others]),
        (words["gain"], [_gain(gains[name], result.why_no_gain_per_yuan[name], lang) for name in others]),
    ]


def _gain(gain: float | None, blank: str | None, lang: Lang) -> str:
    if gain is not None:
        return number(gain)
    return grids.wrapped(say(f"cost.{blank}", lang), lang) if blank else ""
