"""Reading a sweep back, whole or unfinished, even while it is being written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ftz_sim.errors import InputError
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.results.parts import RUNS, SEED, each, read_file, read_runs
from ftz_sim.results.reading import intact, read_manifest, refuse_swollen
from ftz_sim.runs.sweep_manifest import KIND
from ftz_sim.text.tables import html_table

if TYPE_CHECKING:
    import pandas as pd

RUN_COLUMNS = (SEED, "status", "error", "seconds", "processor", "key", "rules", "pulled")
KEYS = ("run_id", "scenario", "sample", "replicate")


@dataclass(frozen=True)
class SweepTables:
    """A sweep read back; tables are read when asked for, in the order samples, replicates, scenarios.

    Attributes:
        folder: where it is.
        manifest: what made it; ``manifest["state"]`` is ``done`` or ``unfinished``.
        factors: names of the uncertainties, which are columns of `runs`.
    """

    folder: Path
    manifest: dict[str, Any]

    def __repr__(self) -> str:
        names = ", ".join(self._scenarios())
        return f"<Sweep {self.folder.name} of {names}: {len(self.factors)} factors, {self.manifest['state']}>"

    def _repr_html_(self) -> str:
        keys = ("state", "samples", "reps", "seed")
        rows = [("scenarios", ", ".join(self._scenarios())), ("factors", ", ".join(self.factors[:5]))]
        rows += [(key, str(self.manifest[key])) for key in keys if key in self.manifest]
        return html_table(f"Sweep {self.folder.name}", ("", ""), rows)

    @property
    def factors(self) -> list[str]:
        """Names of the uncertainties."""
        return list(self.manifest["factors"])

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run: run_id, scenario, sample, replicate, `RUN_COLUMNS`, factors."""
        return self._ordered(self._parts(RUNS), *RUN_COLUMNS, *self.factors)

    @cached_property
    def years(self) -> pd.DataFrame:
        """National indicators by run and calendar year, as `variables` says: run_id ... year, one column each."""
        return self._ordered([yearly(part) for part in self._parts("national")], "year")

    @cached_property
    def national(self) -> pd.DataFrame:
        """National indicators by run and quarter."""
        return self.table("national")

    def table(self, name: str) -> pd.DataFrame:
        """Return ``national``, ``regions``, ``zones`` or ``partners`` by run and quarter.

        Raises:
            InputError: if the sweep did not keep it.
        """
        if name not in self.manifest["tables"]:
            raise InputError("not_kept", folder=self.folder, kept=self.manifest["tables"], found=name)
        return self._ordered(self._parts(name), "quarter")

    def final(self, indicator: str) -> pd.DataFrame:
        """Return one indicator in the last year: one row for each (sample, replicate), one column a scenario."""
        years = self.years[self.years["year"] == self.years["year"].max()]
        return years.pivot(index=["sample", "replicate"], columns="scenario", values=indicator)[self._scenarios()]

    def _parts(self, name: str) -> list[pd.DataFrame]:
        with intact(self.folder):
            return [table.to_pandas() for table in each(self.folder, name, read_runs if name == RUNS else read_file)]

    def _scenarios(self) -> list[str]:
        return list(self.manifest["scenarios"])

    def _ordered(self, parts: list[pd.DataFrame], *more: str) -> pd.DataFrame:
        import numpy as np
        import pandas as pd

        if not parts:
            return pd.DataFrame(columns=[*KEYS, *more])
        whole = pd.concat(parts, ignore_index=True)
        place = whole["scenario"].map({name: i for i, name in enumerate(self._scenarios())})
        order = np.lexsort((place, whole["replicate"], whole["sample"]))  # stable: quarters stay in order
        return whole.iloc[order].reset_index(drop=True)


def load_sweep(folder: str | Path) -> SweepTables:
    """Read a sweep's folder back.

    Raises:
        InputError: if it is none.
    """
    manifest = read_manifest(Path(folder))
    if manifest["kind"] != KIND:
        raise InputError("no_sweep_folder", folder=folder, kind=manifest["kind"])
    refuse_swollen(Path(folder))
    return SweepTables(Path(folder), manifest)


def yearly(quarters: pd.DataFrame, by: Sequence[str] = KEYS) -> pd.DataFrame:
    """Return national indicators by the columns ``by`` and calendar year; the quarters of a run are in order."""
    import pandas as pd

    keys = [*(quarters[key] for key in by), quarters["quarter"].str[:4].astype(int).rename("year")]
    names = [name for name in NATIONAL if name in quarters]
    stocks = [name for name in names if NATIONAL[name].aggregate == "last"]
    flows = [name for name in names if name not in stocks]
    parts = quarters[stocks].groupby(keys, sort=False).last(), quarters[flows].groupby(keys, sort=False).mean()
    return pd.concat(parts, axis=1)[names].reset_index()
