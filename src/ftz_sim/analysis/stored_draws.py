"""The draws of a stored comparison: their runs, parameters and outcomes, and whether they are those of its manifest."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.analysis.agreement import Array, wrong
from ftz_sim.analysis.drawn import TABLE, Drawn, columns_of, run_id
from ftz_sim.model.streams import child_seed
from ftz_sim.results.parts import SEED, read_file
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


def fill(folder: Path, drawn: Drawn) -> None:
    """Give draws the outcomes of their runs, nan where there is none."""
    import pandas as pd

    panel, table = drawn.panel, runs(folder).set_index(["scenario", "draw"])
    places = pd.MultiIndex.from_product([panel.scenarios, range(len(drawn.draws))])
    panel.outcomes[:] = _numbers(table[columns_of(panel)].reindex(places), panel.outcomes)
    if drawn.focus is not None:
        asked = table[[target.column for target in drawn.targets]]
        drawn.focus.outcomes[:] = _numbers(asked.reindex(places), drawn.focus.outcomes)


def _numbers(table: pd.DataFrame, like: Array) -> Array:
    return table.to_numpy(dtype=float).reshape(like.shape)
