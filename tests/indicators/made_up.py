"""Records with made-up numbers: all series present, positive, growing a little."""

from __future__ import annotations

from dataclasses import fields

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
from ftz_sim.model.levers import CATALOGUE

R, Z, P, K, F = 31, 22, 8, 3, 16
SHAPES = {
    "field_value_added": (F,), "list_zone": (K,), "list_national": (K,), "services_list_zone": (K,),
    "services_list_national": (K,), "import_share": (F,), "value_added_by_tier": (K,), "fdi_by_tier": (K,),
    "exports_by_tier": (K,), "target": (F,), "workers_by_field": (F,),
    "outlay_by_lever": (len(CATALOGUE),),
}  # fmt: skip


def _labels(prefix: str, count: int) -> Labels:
    codes = tuple(f"{prefix}{i:02d}" for i in range(count))
    return Labels(codes, tuple(f"{c} en" for c in codes), tuple(f"{c} 中" for c in codes))


def records(quarters: int = 8, seed: int = 0) -> Records:
    rows = quarters + 1
    rng = np.random.default_rng(seed)

    def series(kind, size, inner):
        out = {}
        for f in fields(kind):
            shape = (rows, *size, *(SHAPES.get(f.name, ()) if f.name in inner else ()))
            growth = np.exp(0.01 * np.arange(rows)).reshape(rows, *([1] * (len(shape) - 1)))
            out[f.name] = rng.uniform(0.5, 1.5, shape) * growth
        return kind(**out)

    region_inner = {"value_added_by_tier", "fdi_by_tier", "exports_by_tier"}
    nation_inner = set(SHAPES) - region_inner
    nation = series(NationSeries, (), nation_inner)
    regions = series(RegionSeries, (R,), region_inner)
    zones = series(ZoneSeries, (Z,), {"value_added_by_tier", "target"})
    partners = series(PartnerSeries, (P,), set())
    firms = series(FirmSeries, (R,), {"workers_by_field"})
    for name in ("effective_firms", "top_firm_share", "births", "climbs"):
        setattr(firms, name, rng.uniform(0.1, 1, rows))
    regions.zone_open = np.zeros((rows, R))
    regions.zone_open[rows // 2 :, :Z] = 1.0
    nation.gdp, nation.income = regions.gdp.sum(axis=1), regions.income.sum(axis=1)
    regions.workers, firms.workers_by_field = firms.workers_by_field.sum(axis=2), firms.workers_by_field.sum(axis=1)
    zones.carbon_budget[:] = np.nan
    return Records(
        nation, regions, zones, partners, firms,
        Technology(0.38, 0.47, 0.07, 0.08, 0.16),
        Codes(_labels("r", R), _labels("r", Z), _labels("p", P)),
        np.arange(Z), np.arange(R) % 3, np.full(P, 1 / P),
    )  # fmt: skip
