"""What the runs of a sweep gave in their final year, point by point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.focus import TABLE_OF, Target
from ftz_sim.analysis.panel import scaled_difference
from ftz_sim.errors import InputError
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.results.frames import ROW_NAME
from ftz_sim.results.parts import RUNS, each, read_all, read_file
from ftz_sim.results.reading import read_manifest
from ftz_sim.runs.sweep_tables import yearly

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
NUMBER = 8  # bytes
MOST_BYTES = 4_000_000_000  # of outcomes that are held at once
OUTCOME = " outcome"  # no uncertainty is called so


@dataclass(frozen=True)
class SweepOutcomes:
    """Final-year outcomes of a sweep, or those that were asked about.

    Attributes:
        scenarios: names [S].
        indicators: names [I]; of targets their columns.
        factors: names of the uncertainties [D].
        points: their values as used, [samples, D]; nan where nothing of a sample was finished.
        values: outcomes [S, samples, replicates, I]; nan for failed and missing runs.
        year: the final year.
        targets: what was asked about [I]; none where the indicators are national ones of the final year.
    """

    scenarios: tuple[str, ...]
    indicators: tuple[str, ...]
    factors: tuple[str, ...]
    points: Array
    values: Array
    year: int
    targets: tuple[Target, ...] = ()

    def level(self, scenario: str, indicator: str) -> Array:
        """Return the outcome of a scenario [samples, replicates]."""
        return self.values[self.scenarios.index(scenario), :, :, self.indicators.index(indicator)]

    def difference(self, scenario: str, reference: str, indicator: str) -> Array:
        """Return the paired difference of two scenarios [samples, replicates] in percent, points or the unit."""
        variable = self.targets[self.indicators.index(indicator)].variable if self.targets else NATIONAL[indicator]
        scale = variable.scale
        return scaled_difference(self.level(scenario, indicator), self.level(reference, indicator), scale)


def sweep_outcomes(folder: str | Path, indicators: Sequence[str] = (), targets: Sequence[Target] = ()) -> SweepOutcomes:
    """Read from all runs of a sweep the final year of national indicators, or targets, with little memory.

    Raises:
        InputError: if the folder holds no sweep, or one without finished runs.
    """
    folder, targets = Path(folder), tuple(targets)
    indicators = tuple(target.column for target in targets) or tuple(indicators)
    manifest = read_manifest(folder)
    if manifest["kind"] != "sweep":
        raise InputError("no_sweep_folder", folder=folder, kind=manifest["kind"])
    factors = tuple(manifest["factors"])
    keys = ["scenario", "sample", "replicate"]
    scenarios = tuple(manifest["scenarios"])
    size = len(scenarios), manifest["samples"], manifest["reps"]
    if (needed := prod(size) * len(indicators) * NUMBER) > MOST_BYTES:
        raise InputError("outcomes_too_large", folder=folder, size=needed / 1e9, most=MOST_BYTES / 1e9)
    runs = read_all(folder, RUNS).to_pandas()
    done = runs[runs["status"] == "done"].set_index("run_id")[[*keys, *factors]] if len(runs) else runs
    if done.empty:
        raise InputError("no_finished", folder=folder)
    inside = done["scenario"].isin(scenarios) & done["sample"].between(0, size[1] - 1)
    if not (inside & done["replicate"].between(0, size[2] - 1)).all() or done.index.has_duplicates:
        raise InputError("ghost_runs", folder=folder)
    year, values = _asked(folder, targets) if targets else _final(folder, indicators)
    outcomes = np.full((*size, len(indicators)), np.nan)
    found = done.join(values.add_suffix(OUTCOME), how="inner")
    place = found["scenario"].map(scenarios.index), found["sample"], found["replicate"]
    columns = [f"{name}{OUTCOME}" for name in indicators]
    outcomes[tuple(part.to_numpy() for part in place)] = found[columns].to_numpy(dtype=float)
    points = np.full((size[1], len(factors)), np.nan)
    points[done["sample"].to_numpy()] = done[list(factors)].to_numpy(dtype=float)
    return SweepOutcomes(scenarios, indicators, factors, points, outcomes, year, targets)


def _final(folder: Path, indicators: Sequence[str]) -> tuple[int, pd.DataFrame]:
    """Return the final year and its value of each indicator, by run."""
    import pandas as pd

    def last_year(path: Path) -> pd.DataFrame:
        table = read_file(path, ["run_id", "quarter", *indicators]).to_pandas()
        return table[table["quarter"].str[:4] == table["quarter"].max()[:4]]

    rows = yearly(pd.concat(each(folder, "national", last_year)), ["run_id"])
    year = int(rows["year"].max())
    return year, rows[rows["year"] == year].set_index("run_id")[[*indicators]]


def _asked(folder: Path, targets: Sequence[Target]) -> tuple[int, pd.DataFrame]:
    """Return the last year that is asked about, and the value of each target, by run."""
    import pandas as pd

    columns = []
    for table in dict.fromkeys(TABLE_OF[target.level] for target in targets):
        own = [target for target in targets if TABLE_OF[target.level] == table]
        rows = _rows_of(folder, table, own)
        for target in own:
            here = rows[rows["quarter"].str[:4] == str(target.at)]
            if table in ROW_NAME:
                here = here[here[ROW_NAME[table]] == target.place]
            values = here.sort_values("quarter").groupby("run_id")[target.variable.name]
            columns.append(
                (values.last() if target.variable.aggregate == "last" else values.mean()).rename(target.column)
            )
    return max(target.at for target in targets), pd.concat(columns, axis=1)


def _rows_of(folder: Path, table: str, targets: Sequence[Target]) -> pd.DataFrame:
    """Return the rows of one table that targets are told of."""
    import pandas as pd

    names = dict.fromkeys(target.variable.name for target in targets)
    keys = ["run_id", "quarter", *([ROW_NAME[table]] if table in ROW_NAME else [])]
    years, places = (
        {str(value) for value in values} for values in zip(*((t.at, t.place) for t in targets), strict=True)
    )

    def read(path: Path) -> pd.DataFrame:
        rows = read_file(path, [*keys, *names]).to_pandas()
        rows = rows[rows["quarter"].str[:4].isin(years)]
        return rows[rows[keys[-1]].isin(places)] if table in ROW_NAME else rows

    return pd.concat(each(folder, table, read))
