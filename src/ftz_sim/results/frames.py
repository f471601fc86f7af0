"""A run in memory: its tables, made into data frames when asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.indicators.records import Labels
from ftz_sim.indicators.shown import shown
from ftz_sim.indicators.tables import Tables
from ftz_sim.indicators.variables import HEADLINES, NATIONAL
from ftz_sim.model.clock import Quarter
from ftz_sim.text.tables import html_table

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from matplotlib.figure import Figure

    from ftz_sim.scenario.scenario import Scenario
    from ftz_sim.text.words import Lang

Array = NDArray[Any]
MOST_EXACT = 2**53  # whole numbers that a double, and so a spreadsheet or JavaScript, keeps
ROW_NAME = {"regions": "region", "zones": "zone", "partners": "partner"}


@dataclass
class Run:
    """One finished run of one scenario.

    Attributes:
        spec: the resolved scenario.
        seed: seed of the model (``FtzModel(spec, rng=seed)`` repeats the run).
        tables: all recorded columns as arrays.
        replicate: number of the replicate inside its experiment.
        seconds: how long it took.
        processor: that made it, as far as it decides last bits (see `results.processor`); empty if not noted.
    """

    spec: Scenario
    seed: int
    tables: Tables
    replicate: int = 0
    seconds: float = 0.0
    processor: str = ""

    def __repr__(self) -> str:
        quarters = len(self.tables.national["effective_firms"])
        return f"<Run {self.run_id}: {quarters} quarters, seed {self.seed}>"

    def _repr_html_(self) -> str:
        last = {name: values[-1] for name, values in self.tables.national.items()}
        units = {name: shown(NATIONAL[name], "en") for name in HEADLINES}
        rows = [(NATIONAL[name].en, unit.number(float(last[name])), unit.unit) for name, unit in units.items()]
        quarter = Quarter.at(len(self.tables.national["gdp"]) - 1)
        return html_table(f"{self.run_id}, {quarter}", ("indicator", "value", "unit"), rows)

    def plot(self, name: str = "levels", lang: Lang = "en") -> Figure:
        """Return a figure of the report: ``levels``, ``negative_lists`` or ``growth_account``."""
        from tempfile import TemporaryDirectory

        from ftz_sim.results.pictures import picture

        with TemporaryDirectory() as place:
            return picture(self.save(Path(place) / self.run_id), name, lang)

    @property
    def run_id(self) -> str:
        """Name of the run inside its experiment."""
        return run_id(self.spec.name, self.replicate)

    @property
    def fired(self) -> dict[str, Quarter | None]:
        """Quarter in which the levers of each rule of the scenario began to move, by its name; None: it never fired."""
        found = first_quarters(self.tables)
        return {rule.name: found.get(rule.name) for rule in self.spec.rules}

    @property
    def effective_firms(self) -> float:
        """How many equal firms the run is worth at its end: (sum of value added)^2 / sum of squares."""
        return float(self.tables.national["effective_firms"][-1])

    @cached_property
    def national(self) -> pd.DataFrame:
        """One row a quarter, one column for each indicator."""
        return self._frame("national")

    @cached_property
    def regions(self) -> pd.DataFrame:
        """One row for each quarter and province."""
        return self._frame("regions")

    @cached_property
    def zones(self) -> pd.DataFrame:
        """One row for each quarter and zone."""
        return self._frame("zones")

    @cached_property
    def partners(self) -> pd.DataFrame:
        """One row for each quarter and partner economy."""
        return self._frame("partners")

    def save(self, folder: str | Path) -> Path:
        """Write the run as an experiment folder; see `FolderWriter`."""
        from ftz_sim.results.folder import FolderWriter
        from ftz_sim.results.parts import SEED

        with FolderWriter(Path(folder), "run", {"command": "Run.save", SEED: str(self.seed)}) as writer:
            writer.add(self)
            return writer.finish()

    def _frame(self, table: str) -> pd.DataFrame:
        frame: pd.DataFrame = plain(arrow_table([self], table)).drop_columns([*keys_of([self])]).to_pandas()
        return frame


@dataclass(frozen=True)
class FailedRun:
    """A run that ended with an error."""

    spec: Scenario
    seed: int
    replicate: int
    error: str
    seconds: float = 0.0
    processor: str = ""

    @property
    def run_id(self) -> str:
        """Name of the run inside its experiment."""
        return run_id(self.spec.name, self.replicate)


def first_quarters(tables: Tables) -> dict[str, Quarter]:
    """Return when the rules that fired in a run did, by name."""
    return {name: Quarter.at(int(fired.argmax())) for name, fired in tables.rules.items() if fired.any()}


def run_id(scenario: str, replicate: int) -> str:
    """Name a run inside its experiment."""
    return f"{scenario}-{replicate:04d}"


def keys_of(runs: Sequence[Run]) -> dict[str, list[Any]]:
    """Return by what the rows of runs are told apart, as `long_table` takes it."""
    return {
        "run_id": [run.run_id for run in runs],
        "scenario": [run.spec.name for run in runs],
        "replicate": [run.replicate for run in runs],
    }


def arrow_table(runs: Sequence[Run], name: str) -> pa.Table:
    """Return one table of runs in long format; see `long_table`."""
    return long_table(keys_of(runs), [run.tables for run in runs], name)


def long_table(keys: Mapping[str, Sequence[Any]], runs: Sequence[Tables], name: str) -> pa.Table:
    """Return one table of several runs in long format, as an Arrow table: keys first, then indicators.

    Args:
        keys: by what the runs are told apart: texts, or numbers of 32 bits, one for each run.
        runs: their tables, all of one horizon.
        name: of the table.

    Returns:
        the table; texts are numbers of a dictionary, which a file takes as they are (see `plain`).
    """
    import pyarrow as pa

    first = runs[0]
    names = names_of_rows(getattr(first.codes, name, None), ROW_NAME.get(name, ""), first.quarters)
    size = len(names["quarter"])
    own = {key: _repeated(values, size) for key, values in keys.items()}
    labels = {key: _named(each.dictionary, np.tile(each.indices, len(runs))) for key, each in names.items()}
    values = {
        key: pa.array(np.concatenate([getattr(tables, name)[key] for tables in runs], dtype=float).reshape(-1))
        for key in getattr(first, name)
    }
    columns = {**own, **labels, **values}
    # without gaps: to note of every number that it is there takes an encoder longer than to write it
    schema = pa.schema([pa.field(key, each.type, nullable=False) for key, each in columns.items()])
    return pa.Table.from_arrays([*columns.values()], schema=schema)


def plain(table: pa.Table) -> pa.Table:
    """Return a table with its texts written out."""
    import pyarrow as pa

    kinds = [pa.string() if pa.types.is_dictionary(kind) else kind for kind in table.schema.types]
    return table.cast(pa.schema(zip(table.column_names, kinds, strict=True)))


@lru_cache(maxsize=32)
def names_of_rows(labels: Labels | None, row: str, quarters: int) -> dict[str, pa.DictionaryArray]:
    """Return the quarter, and code and names of its place, of every row of a run's table, as Arrow arrays."""
    # cached: the same for all runs of an experiment, and text is slow
    rows = len(labels.code) if labels else 1
    dates = [str(Quarter.at(t)) for t in range(quarters)]
    keys = {"quarter": _named(dates, np.repeat(np.arange(quarters), rows))}
    if labels:
        place = np.tile(np.arange(rows), quarters)
        suffixed = zip((row, f"{row}_en", f"{row}_zh"), labels, strict=True)
        keys |= {key: _named(names, place) for key, names in suffixed}
    return keys


def _repeated(values: Sequence[Any], times: int) -> pa.Array:
    """Return every value ``times`` times in a row, as an Arrow array."""
    import pyarrow as pa

    if not isinstance(values[0], str):
        return pa.array(np.repeat(np.array(values, dtype=np.int32), times))
    names = list(dict.fromkeys(values))
    places = {name: place for place, name in enumerate(names)}
    return _named(names, np.repeat([places[value] for value in values], times))


def _named(names: Any, index: Array) -> pa.DictionaryArray:
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(pa.array(index.astype(np.int32, copy=False)), pa.array(names, pa.string()))


def as_csv(frame: pd.DataFrame) -> bytes:
    """Return a small table as a CSV file; no cell of it is a formula to a spreadsheet.

    Chinese gets the mark by which Excel knows UTF-8; pandas reads over it.
    """
    text: str = defused(frame).to_csv(index=False, lineterminator="\n")
    return text.encode("ascii" if text.isascii() else "utf-8-sig")


def defused(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table as spreadsheets may read it.

    An apostrophe, which makes text of what follows, is put before text that begins as a formula does (``= + - @``),
    and before whole numbers of more digits than they keep, such as seeds.
    """
    return frame.map(_defused)


def _defused(cell: Any) -> Any:
    if isinstance(cell, int | np.integer) and abs(int(cell)) > MOST_EXACT:
        return f"'{cell}"
    if not isinstance(cell, str) or not cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell  # a number, whatever its sign
