"""What an attribution found: values of the parts with intervals, as a table and in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.focus import Target
from ftz_sim.analysis.focus_words import where
from ftz_sim.analysis.statistics import paired_difference
from ftz_sim.indicators.variables import HEADLINES, NATIONAL, Variable
from ftz_sim.results import FailedRun
from ftz_sim.results.pictures import picture
from ftz_sim.scenario.groups import label
from ftz_sim.text.tables import html_table
from ftz_sim.text.words import Lang

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

Array = NDArray[Any]
INDICATORS = (*HEADLINES, "policy_cost_share")
GAP, SYNERGY = "gap", "synergy"
ROUNDING = 1e-9  # percent, points, units
VALUES = ("one_in", "one_out", "shapley")

TEXT = {
    "en": {
        "gap": "{strategy} against {against}, {indicator}: {gap} (n = {n}).",
        "shares": "Of this, averaged over all orders of joining: {parts}.",
        "synergy": "Alone the parts sum to {alone}; the synergy left over is {synergy}.",
        "lost": "Switched off in both, these mechanisms take most of the gap with them: {parts}.",
        "sampled": "Values are estimates from random orders; intervals cover seeds and orders.",
        "nothing": "No replicate was finished: nothing can be attributed.",
        "caveat": "It says what the model's assumptions do, not what was observed.",
        "and": ", ",
    },
    "zh": {
        "gap": "{strategy}与{against}相比，{indicator}：{gap}（n = {n}）。",
        "shares": "按所有加入顺序平均，其中：{parts}。",
        "synergy": "各部分单独之和为{alone}；剩余的协同效应为{synergy}。",
        "lost": "在两个情景中同时关闭后，使差距缩小最多的机制：{parts}。",
        "sampled": "数值由随机顺序估计；区间涵盖种子与顺序。",
        "nothing": "没有一个重复完成：无法归因。",
        "caveat": "这反映模型假定的作用，而非观测结果。",
        "and": "、",
    },
}


@dataclass(repr=False)
class Attribution:
    """Values of the parts, in percent, points or the unit of each indicator.

    Attributes:
        strategy: name of the strategy.
        against: name of the scenario it is held against.
        parts: name of each part -> its levers.
        method: ``exact``, ``sampled`` or ``switched off in both``.
        gap: [n, I] by replicate; nan where a run failed.
        one_in: [n, k, I].
        one_out: [n, k, I].
        shapley: [n, k, I].
        failed: runs that ended with an error.
        folder: where it was written, if anywhere.
    """

    strategy: str
    against: str
    parts: dict[str, tuple[str, ...]]
    method: str
    gap: Array
    one_in: Array
    one_out: Array
    shapley: Array
    failed: list[FailedRun] = field(default_factory=list)
    folder: Path | None = None
    targets: tuple[Target, ...] = ()  # what the gap is of, if not the nation's `INDICATORS` in the last year

    @property
    def replicates(self) -> int:
        """Number of replicates that were finished."""
        return int(self._done.sum())

    @property
    def _done(self) -> Array:
        done: Array = np.isfinite(self.gap[:, 0])
        return done

    def __repr__(self) -> str:
        return (
            f"<Attribution of {self.strategy} against {self.against}: {len(self.parts)} parts, {self.replicates} done>"
        )

    def _repr_html_(self) -> str:
        value = "one_out" if self.method == "switched off in both" else "shapley"
        rows = [
            (what(variable, own, "en"), label(row["part"], "en"), _interval(row, value, variable))
            for variable, own in self.asked()
            for row in own.to_dict("records")
        ]
        return html_table(f"{self.strategy} against {self.against}: {value}", ("indicator", "part", "value"), rows)

    def plot(self, name: str = "waterfall", lang: Lang = "en") -> Figure:
        """Return the figure of the report.

        Raises:
            InputError: if the attribution was not written to a folder (``out``), or there is no such figure.
        """
        return picture(self.folder, name, lang)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row for each indicator and part, then ``synergy`` and ``gap``.

        ``shapley`` of the parts sums to that of the gap; ``share`` is the part of the gap, nan where the interval
        of the gap holds 0.
        """
        import pandas as pd

        keys = [target.key for target in self.targets] or [{"indicator": name} for name in INDICATORS]
        rows = [row for i, key in enumerate(keys) for row in self._rows(i, key)] if self.replicates else []
        columns = [c for value in VALUES for c in (value, f"{value}_low", f"{value}_high")]
        return pd.DataFrame(rows, columns=[*keys[0], "part", "levers", *columns, "share", "n"])

    def _rows(self, i: int, key: dict[str, Any]) -> list[dict[str, Any]]:
        done = self._done
        gap = self.gap[done, i]
        rows = []
        total = paired_difference(gap[:, None])
        sure = bool(total.low[0] > 0 or total.high[0] < 0)
        for place, (part, levers) in enumerate(self.parts.items()):
            row = self._row(key, part, [getattr(self, value)[done, place, i] for value in VALUES])
            row["levers"] = " ".join(levers)
            row["share"] = row["shapley"] / total.mean[0] if sure else np.nan
            rows.append(row)
        left = [_rounded(gap - getattr(self, value)[done, :, i].sum(axis=1)) for value in VALUES]
        if self.method != "switched off in both":
            rows.append(self._row(key, SYNERGY, left))
        return [*rows, self._row(key, GAP, [gap] * len(VALUES))]

    def _row(self, key: dict[str, Any], part: str, values: list[Array]) -> dict[str, Any]:
        row: dict[str, Any] = {**key, "part": part, "levers": "", "n": len(values[0])}
        for name, value in zip(VALUES, values, strict=True):
            found = paired_difference(value[:, None])
            row |= {name: found.mean[0], f"{name}_low": found.low[0], f"{name}_high": found.high[0]}
        return row

    def sentence(self, lang: Lang = "en", most: int = 5) -> str:
        """Say in plain words what brings the gap, in ``en`` or ``zh``: of GDP, or of all that was asked about."""
        words = TEXT[lang]
        if not self.replicates:
            return words["nothing"]
        said = [text for variable, rows in self.asked() for text in self._said(variable, rows, lang, most)]
        said += [words["sampled"]] if self.method == "sampled" else []
        return (" " if lang == "en" else "").join([*said, words["caveat"]])

    def asked(self) -> list[tuple[Variable, pd.DataFrame]]:
        """Return what was asked about, with its rows: GDP of the nation, or the indicators of every place."""
        table = self.table
        if not self.targets:
            return [(NATIONAL["gdp"], table[table["indicator"] == "gdp"])]
        size = len(table) // len(self.targets)
        rows = [(target, table.iloc[i * size : (i + 1) * size]) for i, target in enumerate(self.targets)]
        named = [each for each in rows if each[0].level != "national"] or rows
        return [(target.variable, own) for target, own in named]

    def _said(self, variable: Variable, table: pd.DataFrame, lang: Lang, most: int) -> list[str]:
        words, rows = TEXT[lang], table.set_index("part")
        value = "one_out" if self.method == "switched off in both" else "shapley"
        parts = rows.drop(index=[GAP, SYNERGY], errors="ignore").sort_values(value, key=abs, ascending=False)[:most]
        texts = [f"{label(str(name), lang)} {_interval(row, value, variable)}" for name, row in parts.iterrows()]
        gap = words["gap"].format(
            strategy=self.strategy, against=self.against, indicator=what(variable, table, lang),
            gap=_interval(rows.loc[GAP], "one_in", variable), n=self.replicates,
        )  # fmt: skip
        if value == "one_out":
            return [gap, words["lost"].format(parts=words["and"].join(texts))]
        alone = rows.drop(index=[GAP, SYNERGY])["one_in"].sum()
        synergy = _interval(rows.loc[SYNERGY], "one_in", variable)
        return [
            gap,
            words["shares"].format(parts=words["and"].join(texts)),
            words["synergy"].format(alone=_amount(alone, variable), synergy=synergy),
        ]


def what(variable: Variable, rows: pd.DataFrame, lang: Lang) -> str:
    """Return what rows are of: the indicator, and the place and year if they were asked for."""
    return f"{where(rows, lang)} · {variable.label(lang)}" if "place" in rows else variable.label(lang)


def _interval(row: Any, value: str, variable: Variable) -> str:
    middle = _amount(row[value], variable)
    low, high = row[f"{value}_low"], row[f"{value}_high"]
    return f"{middle} [{low:+.2g}, {high:+.2g}]" if np.isfinite(low) else middle


def _rounded(left: Array) -> Array:
    # Shapley values add up but for the last bits, which are no synergy
    return np.where(np.abs(left) < ROUNDING, 0.0, left)


def _amount(value: float, variable: Variable) -> str:
    return f"{value:+.2g}{' %' if variable.scale == 'log' else ''}"
