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
from ftz_sim.results.statements import Statement, amount, indicator, joined, paragraph, scenario, statement, told
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
MOST = 5  # parts that are told


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
    def value(self) -> str:
        """The column that says what a part brings."""
        return "one_out" if self.method == "switched off in both" else "shapley"

    @property
    def _done(self) -> Array:
        done: Array = np.isfinite(self.gap[:, 0])
        return done

    def __repr__(self) -> str:
        return (
            f"<Attribution of {self.strategy} against {self.against}: {len(self.parts)} parts, {self.replicates} done>"
        )

    def _repr_html_(self) -> str:
        rows = [
            (what(variable, own, "en"), label(row["part"], "en"), told(_interval(row, self.value, variable), "en"))
            for variable, own in self.asked()
            for row in own.to_dict("records")
        ]
        return html_table(f"{self.strategy} against {self.against}: {self.value}", ("indicator", "part", "value"), rows)

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

    def sentence(self, lang: Lang = "en") -> str:
        """Say in plain words what brings the gap, in ``en`` or ``zh``: of GDP, or of all that was asked about."""
        return paragraph(self.statements(), lang)

    def statements(self) -> list[Statement]:
        """Return the same as statements."""
        if not self.replicates:
            return [statement("attribution.nothing")]
        found = [each for variable, rows in self.asked() for each in self._said(variable, rows)]
        found += [statement("attribution.sampled")] if self.method == "sampled" else []
        return [*found, statement("attribution.caveat")]

    def asked(self) -> list[tuple[Variable, pd.DataFrame]]:
        """Return what was asked about, with its rows: GDP of the nation, or the indicators of every place."""
        table = self.table
        if not self.targets:
            return [(NATIONAL["gdp"], table[table["indicator"] == "gdp"])]
        size = len(table) // len(self.targets)
        rows = [(target, table.iloc[i * size : (i + 1) * size]) for i, target in enumerate(self.targets)]
        named = [each for each in rows if each[0].level != "national"] or rows
        return [(target.variable, own) for target, own in named]

    def _said(self, variable: Variable, table: pd.DataFrame) -> list[Statement]:
        rows, value = table.set_index("part"), self.value
        parts = rows.drop(index=[GAP, SYNERGY], errors="ignore").sort_values(value, key=abs, ascending=False)[:MOST]
        told = joined(
            statement("attribution.part", part={"part": str(name)}, value=_interval(row, value, variable))
            for name, row in parts.iterrows()
        )
        gap = statement(
            "attribution.gap", strategy=scenario(self.strategy), against=scenario(self.against),
            what=_what(variable, table), gap=_interval(rows.loc[GAP], "one_in", variable), n=self.replicates,
        )  # fmt: skip
        if value == "one_out":
            return [gap, statement("attribution.lost", parts=told)]
        alone = amount(variable, rows.drop(index=[GAP, SYNERGY])["one_in"].sum())
        synergy = _interval(rows.loc[SYNERGY], "one_in", variable)
        return [gap, statement("attribution.shares", parts=told),
                statement("attribution.synergy", alone=alone, synergy=synergy)]  # fmt: skip


def what(variable: Variable, rows: pd.DataFrame, lang: Lang) -> str:
    """Return what rows are of: the indicator, and the place and year if they were asked for."""
    return f"{where(rows, lang)} · {variable.label(lang)}" if "place" in rows else variable.label(lang)


def _what(variable: Variable, rows: pd.DataFrame) -> dict[str, Any]:
    if "place" not in rows:
        return indicator(variable)
    level, place, at = (rows[key].iloc[0] for key in ("level", "place", "at"))
    where = {"place": place, "level": level}
    return statement("attribution.of_place", place=where, at=at, indicator=indicator(variable))


def _interval(row: Any, value: str, variable: Variable) -> dict[str, Any]:
    return amount(variable, *(row[key] for key in (value, f"{value}_low", f"{value}_high")))


def _rounded(left: Array) -> Array:
    # Shapley values add up but for the last bits, which are no synergy
    return np.where(np.abs(left) < ROUNDING, 0.0, left)
