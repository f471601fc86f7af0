"""Read an experiment folder, and the few sums that figures need: years, pairs, bands.

Nothing here is a statistic of its own: intervals and verdicts come from ``comparison.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from ruamel.yaml import YAML

from ftz_sim.analysis.panel import scaled_difference
from ftz_sim.errors import InputError
from ftz_sim.indicators.variables import NATIONAL, Aggregate, Scale
from ftz_sim.indicators.yearly import FIRST_YEAR, years
from ftz_sim.report.style import width
from ftz_sim.results.manifest import MANIFEST
from ftz_sim.results.reading import Experiment as Folder
from ftz_sim.results.reading import read_manifest, read_table
from ftz_sim.scenario import evidence
from ftz_sim.text.words import WORDS, Lang, say

Column = NDArray[np.float64]
SAID = ("title:", "short:", "horizon:", "population:")  # keys of a resolved scenario that figures say
LONGEST_NAME = 24  # Latin letters of a title that fit beside a line; a Chinese character takes two
Tables = dict[str, pd.DataFrame]  # scenario -> replicates in rows, time in columns


class FigureError(InputError):
    """A folder holds no experiment that can be drawn."""


@dataclass(frozen=True)
class Experiment(Folder):
    """The tables of one experiment folder, as figures need them."""

    specs: dict[str, dict[str, Any]]  # scenario -> resolved scenario
    runs_of: pd.MultiIndex  # scenario, replicate, quarter of every row of the national table
    _cache: dict[tuple[str, str], Tables] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, folder: Path | str) -> Experiment:
        """Read ``folder``; raise FigureError if its national table or manifest is missing or empty."""
        folder = Path(folder)
        for name in (MANIFEST, "national.parquet"):
            if not (folder / name).is_file():
                raise FigureError("no_experiment", folder=folder, missing=name)
        manifest = read_manifest(folder)
        rows = pd.read_parquet(folder / "national.parquet", columns=["scenario", "replicate", "quarter"])
        if rows.empty:
            raise FigureError("no_rows", path=folder / "national.parquet")
        return cls(
            folder,
            manifest,
            {name: _spec(folder / "scenarios" / f"{name}.yaml") for name in rows["scenario"].astype(str).unique()},
            pd.MultiIndex.from_frame(rows.astype({"scenario": str, "quarter": str})),
        )

    @property
    def scenarios(self) -> list[str]:
        """Return the names of all scenarios, in the order of the tables."""
        return list(self.specs)

    @cached_property
    def reference(self) -> str:
        """Return the scenario that the others are compared with; the only or first one of a run.

        Raises:
            FigureError: if none of its runs was completed.
        """
        named = str(self.manifest.get("reference") or self.scenarios[0])
        if named not in self.scenarios:
            raise FigureError("reference_failed", reference=named, folder=self.folder)
        return named

    @cached_property
    def others(self) -> list[str]:
        """Return all scenarios but the reference that completed a run of a replicate of which it did, too."""
        runs = self.runs_of.droplevel("quarter").unique().to_frame(index=False)
        common = runs["replicate"].isin(runs["replicate"][runs["scenario"] == self.reference])
        paired = {*runs["scenario"][common]} - {self.reference}
        return [name for name in self.scenarios if name in paired]

    @property
    def compared(self) -> bool:
        """Tell whether there are differences to the reference."""
        return self.comparison is not None and bool(self.others)

    @cached_property
    def quarters(self) -> list[str]:
        """Return all quarters, ``2013Q1`` first."""
        return sorted(self.runs_of.unique("quarter"))

    @cached_property
    def years(self) -> NDArray[np.int64]:
        """Return the year of every quarter [T]."""
        return np.array([int(quarter[:4]) for quarter in self.quarters])

    @property
    def final_year(self) -> int:
        """Return the last year of the run."""
        return int(self.years[-1])

    @cached_property
    def dates(self) -> Column:
        """Return the middle of every quarter as a date in years [T]."""
        return np.array([int(q[:4]) + (int(q[5]) - 0.5) / 4 for q in self.quarters])

    @cached_property
    def fork(self) -> float:
        """Return the date in years at which scenarios part."""
        quarter = str(self.specs[self.reference].get("horizon", {}).get("fork", "2025Q1"))
        return int(quarter[:4]) + (int(quarter[5]) - 1) / 4

    @cached_property
    def replicates(self) -> str:
        """Return the number of completed runs per scenario, as ``20`` or, if runs failed, ``18–20``."""
        counts = self.runs_of.droplevel("quarter").unique().to_frame().groupby(level="scenario").size()
        return str(counts.min()) if counts.min() == counts.max() else f"{counts.min()}–{counts.max()}"

    @cached_property
    def ranges(self) -> pd.DataFrame | None:
        """Return the ranges of the final year over draws of parameters, by indicator and scenario; None without."""
        table = read_table(self.folder, "uncertainty")
        if table is None:
            return None
        final = table[table["at"] == str(self.final_year)].set_index(["indicator", "scenario"])
        return None if final.empty else final  # no draw that all scenarios finished

    @cached_property
    def final(self) -> dict[tuple[str, str], dict[Any, Any]]:
        """Return the rows of the comparison for the final year, by indicator and scenario; none if nothing was."""
        rows = [] if self.comparison is None else self.comparison.to_dict("records")
        return {(row["indicator"], row["scenario"]): row for row in rows if row["at"] == str(self.final_year)}

    def range_of(self, indicator: str, scenario: str) -> tuple[float, float] | None:
        """Return between which numbers nine draws of ten lie, in the units of `paired`; None without draws."""
        return self._ends.get((indicator, scenario))

    @cached_property
    def _ends(self) -> dict[tuple[str, str], tuple[float, float]]:
        if self.ranges is None:
            return {}
        found = self.ranges[np.isfinite(self.ranges["low"])]
        ends = zip(found["low"].tolist(), found["high"].tolist(), strict=True)
        return dict(zip(found.index.tolist(), ends, strict=True))

    @property
    def version(self) -> str:
        """Return the version of the package that made the tables."""
        return str(self.manifest.get("version", ""))

    def quarterly(self, indicator: str) -> Tables:
        """Return for every scenario the quarterly values, replicates in rows and quarters in columns."""
        return self._once(("quarterly", indicator), lambda: self._read_quarterly(indicator))

    def yearly(self, indicator: str) -> Tables:
        """Return for every scenario the yearly values, replicates in rows and years in columns."""
        rule = NATIONAL[indicator].aggregate
        return self._once(
            ("yearly", indicator),
            lambda: {name: by_year(table, rule) for name, table in self.quarterly(indicator).items()},
        )

    def differences(self, indicator: str, yearly: bool = False) -> Tables:
        """Return for every other scenario the differences to the reference of the same replicate."""
        tables = self.yearly(indicator) if yearly else self.quarterly(indicator)
        scale, reference = NATIONAL[indicator].scale, tables[self.reference]
        return self._once(
            ("yearly differences" if yearly else "differences", indicator),
            lambda: {name: paired(tables[name], reference, scale) for name in self.others},
        )

    def _read_quarterly(self, indicator: str) -> Tables:
        values = pd.read_parquet(self.folder / "national.parquet", columns=[indicator])[indicator]
        wide = pd.Series(values.to_numpy(), self.runs_of).unstack("quarter")[self.quarters]
        scenario = wide.index.get_level_values("scenario")
        return {name: wide[scenario == name].droplevel("scenario") for name in self.scenarios}

    def _once(self, key: tuple[str, str], make: Callable[[], Tables]) -> Tables:
        if key not in self._cache:
            self._cache[key] = make()
        return self._cache[key]

    def name(self, scenario: str, lang: Lang) -> str:
        """Return a name of ``scenario`` that fits beside a line."""
        return scenario_name(scenario, lang, self.specs.get(scenario))

    def stamp(self, lang: Lang, meaning: str) -> str:
        """Return the line at a figure's foot; ``meaning`` is the key of what is drawn."""
        firms = self.specs[self.reference].get("population", {}).get("firms")
        single = self.replicates == "1"
        interval = say(f"interval.{self.manifest.get('interval', 't')}", lang)
        seed = self.manifest.get("seed", self.manifest.get("model_seed"))  # the latter of one run that was saved
        parts = [
            say("stamp.one_run", lang) if single else say("stamp.replicates", lang, n=self.replicates),
            "" if single else say(meaning, lang, interval=interval),
            say("stamp.seed", lang, seed=seed) if seed is not None else "",
            say("stamp.firms", lang, firms=int(firms)) if firms else "",
            say("stamp.version", lang, version=self.version),
            say("stamp.simulation", lang),
        ]
        return evidence.stamp(self.manifest.get("outside_evidence", {}), parts, lang)

    def with_ranges(self, lang: Lang, subtitle: str) -> str:
        """Return the subtitle of a figure that draws `range_of`, too."""
        if self.ranges is None:
            return subtitle
        n, firms = int(self.ranges["n"].max()), int(self.manifest["draw_firms"])
        return subtitle + say("subtitle.ranges", lang, n=n, firms=firms)


def scenario_name(scenario: str, lang: Lang, spec: dict[str, Any] | None = None) -> str:
    """Return a name of a scenario, resolved in ``spec``, that fits beside a line."""
    if f"scenario.{scenario}" in WORDS:
        return say(f"scenario.{scenario}", lang)
    for key in ("short", "title"):
        words = (spec or {}).get(key) or {}
        text = str(words.get(lang) or scenario) if isinstance(words, dict) else str(words)
        if words and (key == "short" or width(text) <= LONGEST_NAME):
            return text
    return scenario


def names_in(folder: Path, lang: Lang, quotes: str = "“{}”") -> Callable[[str], str]:
    """Return what names the scenarios of a folder in sentences, as people read them."""
    specs = {path.stem: _spec(path) for path in sorted((folder / "scenarios").glob("*.yaml"))}
    return lambda scenario: quotes.format(scenario_name(scenario, lang, specs.get(scenario)))


def _spec(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    # only what figures say: the hundreds of parameters below would take longer to parse than a figure to draw
    blocks = re.split(r"(?m)^(?=\S)", path.read_text(encoding="utf-8"))
    spec = YAML(typ="safe", pure=True).load("".join(block for block in blocks if block.startswith(SAID)))
    return spec if isinstance(spec, dict) else {}


def by_year(table: pd.DataFrame, rule: Aggregate) -> pd.DataFrame:
    """Turn quarters since 2013Q1 (columns, in order) into years."""
    values = years(table.to_numpy(dtype=float).T, rule).T
    return pd.DataFrame(values, index=table.index, columns=FIRST_YEAR + np.arange(values.shape[1]))


def paired(table: pd.DataFrame, reference: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """Return differences of the replicates that both have, as `scaled_difference` scales them."""
    both = table.index.intersection(reference.index)
    ours, theirs = table.loc[both], reference.loc[both]
    values = scaled_difference(ours.to_numpy(dtype=float), theirs.to_numpy(dtype=float), scale)
    return pd.DataFrame(values, index=both, columns=table.columns)


def band(table: pd.DataFrame) -> tuple[Column, Column, Column]:
    """Return mean, lower and upper end of the 95 % range over replicates (rows) for every column."""
    values = table.to_numpy(dtype=float)
    low, high = np.quantile(values, (0.025, 0.975), axis=0)
    return values.mean(axis=0), low, high
