"""The draws of a stored comparison: their runs, parameters and outcomes, and whether they are those asked for."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.analysis.agreement import Array, wrong
from ftz_sim.analysis.drawn import TABLE, columns_of, run_id
from ftz_sim.analysis.panel import Outcomes
from ftz_sim.indicators.tables import Tables
from ftz_sim.model.streams import child_seed
from ftz_sim.results import Run
from ftz_sim.results.parts import SEED, read_file
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    import pandas as pd

FILE = f"{TABLE}.parquet"


def runs(folder: Path) -> pd.DataFrame:
    """Return the runs of all draws (see `Drawn.outcomes`); none if parameters were fixed."""
    import pandas as pd

    path = folder / FILE
    return read_file(path).to_pandas() if path.is_file() else pd.DataFrame({"run_id": []})


def problems(folder: Path, manifest: dict[str, Any], lang: Lang) -> Iterator[str]:
    """Yield a sentence for every label of the runs that is not what the manifest asks for."""
    table, number, names = runs(folder), manifest.get("draws") or 0, manifest["scenarios"]
    if len(table) != number * len(names):
        yield say("error.rows_wrong", lang, name=FILE, found=len(table), right=number * len(names))
    elif number:
        places = [(name, draw) for draw in range(number) for name in names]
        seeds = [child_seed(manifest["seed"], 0, draw) for _, draw in places]
        right = {
            "run_id": np.array([run_id(*place) for place in places], dtype=object),
            "scenario": np.array(names * number, dtype=object),
            "draw": np.array([draw for _, draw in places]),
            SEED: np.array(seeds, dtype="u8"),
        }
        for column, values in right.items():
            yield from wrong(FILE, column, table[column].to_numpy(), values, lang)


def parameters(folder: Path, number: int) -> dict[str, float]:
    """Return the parameters of one draw, by name."""
    with (folder / "draws.csv").open(encoding="utf-8", newline="") as file:  # pandas may round
        row = next(row for row in csv.DictReader(file) if int(row.pop("draw")) == number)
    return {name: float(value) for name, value in row.items()}


def outcomes(folder: Path, panel: Outcomes) -> Array:
    """Return the outcomes of all runs in the order of ``panel`` [S, n, I]; nan where there is none."""
    import pandas as pd

    places = pd.MultiIndex.from_product([panel.scenarios, range(panel.outcomes.shape[1])])
    table = runs(folder).set_index(["scenario", "draw"])[columns_of(panel)]
    return table.reindex(places).to_numpy(dtype=float).reshape(panel.outcomes.shape)


def compared(folder: Path, run: pd.Series[Any], spec: Scenario, made: Tables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the outcomes of all draws of a scenario, as stored, and with those of ``run`` as it was made again.

    All of them, because the size of a difference is a share of the largest number of its column.
    """
    panel = Outcomes([spec.name], 1, spec.horizon.fork.index, spec.horizon.end.index + 1)
    panel.add(Run(spec, int(run[SEED]), made))
    table = runs(folder)
    stored = table.loc[table["scenario"] == run["scenario"], columns_of(panel)].assign(quarter=str(panel.final))
    again = stored.copy()
    again.loc[run.name, columns_of(panel)] = panel.outcomes[0, 0]
    return stored, again
