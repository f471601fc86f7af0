"""The recorder copies the state at the end of every quarter; indicators are computed after the run."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from ftz_sim.axes import national
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
from ftz_sim.mechanisms.digital_adoption import weighted_mean

if TYPE_CHECKING:
    from ftz_sim.columns import Firms
    from ftz_sim.figures import Figures
    from ftz_sim.model import FtzModel

Series = TypeVar("Series")


class Recorder:
    """Keeps the state of every quarter of a run in arrays of fixed size.

    Row 0 holds the initial state, row t + 1 the end of quarter t: flows of the quarter, stocks at its end.
    """

    def __init__(self, model: FtzModel) -> None:
        rows = model.last_quarter + 2
        sums = firm_sums(model.firms, -1)
        technology = model.params.production
        self.rows_taken = 0
        self._records = Records(
            nation=_allocate(NationSeries, vars(model.nation), rows),
            regions=_allocate(RegionSeries, vars(model.regions), rows),
            zones=_allocate(ZoneSeries, vars(model.zones), rows),
            partners=_allocate(PartnerSeries, vars(model.partners), rows),
            firms=_allocate(FirmSeries, sums, rows),
            technology=Technology(**{name: getattr(technology, name) for name in Technology._fields}),
            codes=_codes(model.figures),
            zone_region=np.array(model.zones.region, dtype=np.intp),
            macro_region=np.array(model.regions.macro_region),
            export_share_2013=np.array(model.partners.export_share_2013),
        )
        self._write(model, sums)

    def take(self, model: FtzModel) -> None:
        """Copy the state at the end of the current quarter."""
        self._write(model, firm_sums(model.firms, model.clock.index))

    @property
    def records(self) -> Records:
        """What has been recorded so far; the arrays are views of the recorder's own."""
        cut = {
            f.name: _first(getattr(self._records, f.name), self.rows_taken)
            for f in fields(Records)
            if f.name in _TABLES
        }
        rest = {f.name: getattr(self._records, f.name) for f in fields(Records) if f.name not in _TABLES}
        return Records(**cut, **rest)

    def _write(self, model: FtzModel, sums: dict[str, Any]) -> None:
        row = self.rows_taken
        for table in _TABLES[:-1]:
            _copy(getattr(self._records, table), vars(getattr(model, table)), row)
        _copy(self._records.firms, sums, row)
        self.rows_taken += 1


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


def _codes(figures: Figures) -> Codes:
    def labels(table: Any, code: str) -> Labels:
        return Labels(*(tuple(map(str, getattr(table, name))) for name in (code, "name_en", "name_zh")))

    return Codes(labels(figures.provinces, "iso"), labels(figures.zones, "iso"), labels(figures.partners, "code"))


def _allocate(kind: type[Series], columns: dict[str, Any], rows: int) -> Series:
    """Make room for ``rows`` copies of the columns that ``kind`` names."""
    names = [f.name for f in fields(kind)]  # type: ignore[arg-type]
    return kind(**{name: np.zeros((rows, *np.shape(columns[name]))) for name in names})


def _copy(series: Any, columns: dict[str, Any], row: int) -> None:
    for name, array in vars(series).items():
        array[row] = columns[name]


def _first(series: Any, rows: int) -> Any:
    return type(series)(**{name: array[:rows] for name, array in vars(series).items()})
