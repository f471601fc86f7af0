"""What the recorder keeps is what the model held at the end of each quarter."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from builders import small
from ftz_sim.indicators.records import FirmSeries
from ftz_sim.indicators.tables import all_tables
from ftz_sim.model.axes import over, row_sums
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.recorder import firm_sums

SHORT = "horizon.end=2014Q2"
SUMS = {
    "fdi_by_tier": lambda regions: row_sums(regions.fdi),
    "exports_by_tier": lambda regions: over(regions.exports, 2),
    "input_cost": lambda regions: row_sums(regions.chain_gap),
    "largest_chain_gap": lambda regions: regions.chain_gap.max(axis=1),
}


@pytest.fixture(scope="module")
def model():
    return FtzModel(small("history", SHORT), rng=3).run()


def test_the_last_row_is_the_state_at_the_end(model):
    records = model.recorder.records
    assert len(records.nation.gdp) == 7  # the start and six quarters
    for table in ("nation", "regions", "zones", "partners"):
        for name, series in vars(getattr(records, table)).items():
            now = SUMS[name](model.regions) if name in SUMS else getattr(getattr(model, table), name)
            assert np.array_equal(series[-1], now, equal_nan=True), f"{table}.{name}"


def test_the_first_row_is_the_initial_state():
    model = FtzModel(small("history", SHORT), rng=3)
    capital, gdp = model.firms.capital.sum(), model.nation.gdp
    model.step()
    records = model.recorder.records
    assert len(records.nation.gdp) == 2
    assert records.nation.gdp[0] == gdp
    assert records.firms.capital[0].sum() == pytest.approx(capital)


def test_sums_over_firms_by_hand(model):
    firms = model.firms
    sums = firm_sums(firms, 5)
    assert set(sums) == {f.name for f in fields(FirmSeries)}
    value = firms.value_added
    assert sums["effective_firms"] == pytest.approx(value.sum() ** 2 / (value**2).sum())
    assert 1 <= sums["effective_firms"] <= len(firms)
    assert sums["top_firm_share"] == pytest.approx(value.max() / value.sum())
    beijing = firms.region == 0
    assert sums["capital"][0] == pytest.approx(firms.capital[beijing].sum())
    weighted = np.average(firms.digital[beijing], weights=value[beijing])
    assert sums["digital"][0] == pytest.approx(weighted)
    assert sums["workers_by_field"][5] == pytest.approx(firms.workers[firms.field == 5].sum())
    by_field = np.bincount(firms.field[beijing], firms.workers[beijing])
    assert sums["hhi"][0] == pytest.approx((by_field**2).sum() / by_field.sum() ** 2)
    assert sums["clusters"][0] > 0 < sums["krugman_specialisation"][0]
    assert sums["births"] == np.mean(firms.birth_quarter == 5)
    assert firm_sums(firms, -1)["climbs"] == 0  # -1 marks firms that never climbed


def test_recording_does_not_keep_views_of_the_state(model):
    before = model.recorder.records.regions.gdp[-1].copy()
    kept = model.regions.gdp
    model.regions.gdp = kept * 2
    assert np.array_equal(model.recorder.records.regions.gdp[-1], before)
    model.regions.gdp = kept


def test_tables_of_a_real_run_are_finite_and_add_up(model):
    tables = all_tables(model.recorder.records)
    for name in ("national", "regions", "zones", "partners"):
        for key, values in getattr(tables, name).items():
            assert np.isfinite(values).all(), f"{name}.{key}"
    national, regions = tables.national, tables.regions
    np.testing.assert_allclose(regions["gdp"].sum(axis=1), national["gdp"], rtol=1e-9)
    np.testing.assert_allclose(regions["patents"].sum(axis=1), national["patents"], rtol=1e-9)
    assert national["patents"][0] == pytest.approx(100, rel=1e-4)  # services lists are a quarter shorter already
    assert national["gdp"][0] == pytest.approx(59_300, rel=1e-4)
    jobs = sum(national[f"jobs_{tier}"] for tier in ("traditional", "emerging", "future"))
    np.testing.assert_allclose(jobs, national["workers"], rtol=1e-9)
    assert tables.codes.regions.code[0] == "BJ"
    assert tables.codes.zones.zh[0] != tables.codes.zones.en[0]
