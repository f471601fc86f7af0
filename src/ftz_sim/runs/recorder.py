"""The recorder copies the state at the end of every quarter; indicators are computed after the run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

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
    unread,
)
from ftz_sim.indicators.structure import clusters, concentration, krugman_specialisation
from ftz_sim.indicators.tables import ALL
from ftz_sim.model.axes import add, national, over, row_sums
from ftz_sim.model.mechanisms.digital_adoption import weighted_mean

if TYPE_CHECKING:
    from ftz_sim.model.columns import Firms
    from ftz_sim.model.published_records import Figures

Array = NDArray[Any]
Model = Any  # an `FtzModel`, or an `Ensemble`, whose tables have the same names


class Recorder:
    """Keeps the state of every quarter in arrays of fixed size.

    Row 0 holds the initial state, row t + 1 the end of quarter t: flows of the quarter, stocks at its end.

    Args:
        model: a run, or several that are stepped together.
        runs: how many; 0 for a model without their axis. The axis is the last of the state and the second of the
            records [T + 1, E, ...], where every row of a run is the same memory as in the records of one.
        tables: what is recorded is what these need.
    """

    def __init__(self, model: Model, runs: int = 0, tables: Sequence[str] = ALL) -> None:
        sums = firm_sums(model.firms, -1)
        technology = model.params.production
        self.rows_taken = 0
        self.runs, self._rows = runs, model.last_quarter + 2
        self._unread = unread(tables)
        self._records = Records(
            **{name: self._allocate(name, columns) for name, columns in _columns(model, sums).items()},
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
        series = {name: _each(self._of_runs(runs), getattr(self._records, name)) for name in _RECORDS}
        twin._records = replace(self._records, **series, technology=_technology(model.params.production))
        return twin

    @property
    def records(self) -> Records:
        """What has been recorded so far; the arrays are views of the recorder's own."""
        rows = self.rows_taken
        cut = {name: _each(lambda array: array[:rows], getattr(self._records, name)) for name in _RECORDS}
        return replace(self._records, **cut)

    def _write(self, model: Model, sums: dict[str, Any]) -> None:
        row = self.rows_taken
        for name, columns in _columns(model, sums).items():
            self._copy(getattr(self._records, name), columns, row)
        self.rows_taken += 1

    def _allocate(self, record: str, columns: dict[str, Any]) -> Any:
        """Make room for the columns of a record that some table reads, in every quarter."""
        kind = _RECORDS[record]
        shapes = {f.name: np.shape(columns[f.name]) for f in fields(kind)}
        if self.runs:
            shapes = {name: (self.runs, *shape[:-1]) for name, shape in shapes.items()}
        left = self._unread.get(record, ())
        return kind(**{name: None if name in left else np.empty((self._rows, *at)) for name, at in shapes.items()})

    def _copy(self, series: Any, columns: dict[str, Any], row: int) -> None:
        for name, array in vars(series).items():
            if array is None:
                continue
            column = np.asarray(columns[name])
            has_runs = self.runs and column.ndim == array.ndim - 1  # some columns are the same for all runs
            array[row] = column.transpose(-1, *range(column.ndim - 1)) if has_runs else column

    def _of_runs(self, runs: Sequence[int]) -> Callable[[Array], Array]:
        def taken(array: Array) -> Array:
            found = np.empty((self._rows, len(runs), *array.shape[2:]))
            np.take(array[: self.rows_taken], runs, axis=1, out=found[: self.rows_taken], mode="clip")
            return found

        return taken

    def _of_one(self, column: Any) -> Any:
        """Return a column that is the same for all runs, without their axis."""
        return np.array(column[..., 0] if self.runs else column)


_RECORDS: dict[str, Any] = {
    "nation": NationSeries, "regions": RegionSeries, "zones": ZoneSeries, "partners": PartnerSeries,
    "firms": FirmSeries,
}  # fmt: skip


def _columns(model: Model, sums: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what is to be recorded of a quarter, by record; ``sums`` are those over its firms."""
    regions = vars(model.regions)
    summed = {
        "fdi_by_tier": row_sums(regions["fdi"]),
        "exports_by_tier": over(regions["exports"], 2),
        "input_cost": row_sums(regions["chain_gap"]),
        "largest_chain_gap": regions["chain_gap"].max(axis=1),
    }
    columns = {name: vars(getattr(model, name)) for name in ("nation", "zones", "partners")}
    return {**columns, "regions": regions | summed, "firms": sums}


def firm_sums(firms: Firms, quarter: int) -> dict[str, Any]:
    """Add up at the end of ``quarter`` what no mechanism adds up: the entries of `FirmSeries`."""
    value = firms.value_added
    total, workers = national(value), firms.sum_by_region_field(firms.workers)
    return {
        "capital": firms.sum_by_region(firms.capital),
        "knowledge": firms.sum_by_region(firms.knowledge),
        "digital": weighted_mean(firms.digital, value, firms.starts),
        "workers_by_field": add(workers),
        "krugman_specialisation": krugman_specialisation(workers),
        "hhi": concentration(workers),
        "clusters": clusters(workers),
        # no dot product, because that of a threaded BLAS would depend on the number of cores
        "effective_firms": total * total / np.maximum(national(value * value), 1e-300),
        "top_firm_share": value.max(axis=0) / np.maximum(total, 1e-300),
        "births": np.count_nonzero(firms.birth_quarter == quarter, axis=0) / len(firms),
        "climbs": np.count_nonzero(firms.upgrade_quarter == max(quarter, 0), axis=0) / len(firms) * (quarter >= 0),
    }


def codes_of(figures: Figures) -> Codes:
    """Return the names of the provinces, zones and partners: the rows of the tables."""

    def labels(table: Any, code: str) -> Labels:
        return Labels(*(tuple(map(str, getattr(table, name))) for name in (code, "name_en", "name_zh")))

    return Codes(labels(figures.provinces, "iso"), labels(figures.zones, "iso"), labels(figures.partners, "code"))


def _technology(production: Any) -> Technology:
    return Technology(**{name: getattr(production, name) for name in Technology._fields})


def _each(change: Callable[[Array], Array], series: Any) -> Any:
    """Return ``series`` with every array that was recorded changed."""
    return type(series)(**{name: array if array is None else change(array) for name, array in vars(series).items()})
