"""The recorder copies the state at the end of every quarter; indicators are computed after the run."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from ftz_sim.indicators.records import (
    Codes,
    FirmSeries,
    Labels,
    NationSeries,
    PartnerSeries,
    Records,
    RegionSeries,
    Technology,
    ZoneSeries,
)
from ftz_sim.model.axes import national
from ftz_sim.model.mechanisms.digital_adoption import weighted_mean

if TYPE_CHECKING:
    from ftz_sim.model.columns import Firms
    from ftz_sim.model.published import Figures

Series = TypeVar("Series")
Model = Any  # an `FtzModel`, or an `Ensemble`, whose tables have the same names


class Recorder:
    """Keeps the state of every quarter in arrays of fixed size.

    Row 0 holds the initial state, row t + 1 the end of quarter t: flows of the quarter, stocks at its end.

    Args:
        model: a run, or several that are stepped together.
        runs: how many; 0 for a model without their axis. The axis is the last of the state and the second of the
            records [T + 1, E, ...], where every row of a run is the same memory as in the records of one.
    """

    def __init__(self, model: Model, runs: int = 0) -> None:
        sums = firm_sums(model.firms, -1)
        technology = model.params.production
        self.rows_taken = 0
        self.runs, self._rows = runs, model.last_quarter + 2
        self._records = Records(
            nation=self._allocate(NationSeries, vars(model.nation)),
            regions=self._allocate(RegionSeries, vars(model.regions)),
            zones=self._allocate(ZoneSeries, vars(model.zones)),
            partners=self._allocate(PartnerSeries, vars(model.partners)),
            firms=self._allocate(FirmSeries, sums),
            technology=_technology(technology),
            codes=codes_of(model.figures),
            zone_region=np.array(model.zones.region, dtype=np.intp),
            macro_region=self._of_one(model.regions.macro_region),
            export_share_2013=self._of_one(model.partners.export_share_2013),
        )
        self._write(model, sums)

    def take(self, model: Model) -> None:
        """Copy the state at the end of a quarter."""
        self._write(model, firm_sums(model.firms, self.rows_taken - 1))

    def taken(self, runs: Sequence[int], model: Model) -> Recorder:
        """Return a recorder that goes on with these ``runs``, which ``model`` plays from now on."""
        twin = copy(self)
        twin.runs = len(runs)
        series = {name: self._series_of(runs, getattr(self._records, name)) for name in _TABLES}
        twin._records = replace(self._records, **series, technology=_technology(model.params.production))
        return twin

    @property
    def records(self) -> Records:
        """What has been recorded so far; the arrays are views of the recorder's own."""
        cut = {name: _first(getattr(self._records, name), self.rows_taken) for name in _TABLES}
        return replace(self._records, **cut)

    def _write(self, model: Model, sums: dict[str, Any]) -> None:
        row = self.rows_taken
        for table in _TABLES[:-1]:
            self._copy(getattr(self._records, table), vars(getattr(model, table)), row)
        self._copy(self._records.firms, sums, row)
        self.rows_taken += 1

    def _allocate(self, kind: type[Series], columns: dict[str, Any]) -> Series:
        """Make room for the columns that ``kind`` names, in every quarter."""
        shapes = {f.name: np.shape(columns[f.name]) for f in fields(kind)}  # type: ignore[arg-type]
        if self.runs:
            shapes = {name: (self.runs, *shape[:-1]) for name, shape in shapes.items()}
        return kind(**{name: np.zeros((self._rows, *shape)) for name, shape in shapes.items()})

    def _copy(self, series: Any, columns: dict[str, Any], row: int) -> None:
        for name, array in vars(series).items():
            column = columns[name]
            has_runs = self.runs and np.ndim(column) == array.ndim - 1  # some columns are the same for all runs
            array[row] = np.moveaxis(column, -1, 0) if has_runs else column

    def _series_of(self, runs: Sequence[int], series: Any) -> Any:
        columns = {}
        for name, array in vars(series).items():
            columns[name] = np.zeros((self._rows, len(runs), *array.shape[2:]))
            np.take(array[: self.rows_taken], runs, axis=1, out=columns[name][: self.rows_taken], mode="clip")
        return type(series)(**columns)

    def _of_one(self, column: Any) -> Any:
        """Return a column that is the same for all runs, without their axis."""
        return np.array(column[..., 0] if self.runs else column)


_TABLES = ("nation", "regions", "zones", "partners", "firms")


def firm_sums(firms: Firms, quarter: int) -> dict[str, Any]:
    """Add up at the end of ``quarter`` what no mechanism adds up: the entries of `FirmSeries`."""
    value = firms.value_added
    total = national(value)
    return {
        "capital": firms.sum_by_region(firms.capital),
        "knowledge": firms.sum_by_region(firms.knowledge),
        "digital": weighted_mean(firms.digital, value, firms.starts),
        "workers_by_field": firms.sum_by_region_field(firms.workers),
        # einsum, because the sum of a threaded BLAS would depend on the number of cores
        "effective_firms": total * total / np.maximum(_sum_of_squares(value), 1e-300),
        "top_firm_share": value.max(axis=0) / np.maximum(total, 1e-300),
        "births": np.count_nonzero(firms.birth_quarter == quarter, axis=0) / len(firms),
        "climbs": np.count_nonzero((firms.upgrade_quarter == quarter) & (quarter >= 0), axis=0) / len(firms),
    }


def _sum_of_squares(by_firm: Any) -> Any:
    if by_firm.ndim == 1:
        return np.einsum("i,i", by_firm, by_firm)
    return np.array([np.einsum("i,i", run, run) for run in by_firm.T])


def codes_of(figures: Figures) -> Codes:
    """Return the names of the provinces, zones and partners: the rows of the tables."""

    def labels(table: Any, code: str) -> Labels:
        return Labels(*(tuple(map(str, getattr(table, name))) for name in (code, "name_en", "name_zh")))

    return Codes(labels(figures.provinces, "iso"), labels(figures.zones, "iso"), labels(figures.partners, "code"))


def _technology(production: Any) -> Technology:
    return Technology(**{name: getattr(production, name) for name in Technology._fields})


def _first(series: Any, rows: int) -> Any:
    return type(series)(**{name: array[:rows] for name, array in vars(series).items()})
