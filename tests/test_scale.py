"""No lottery of firms: results do not hang on the number of slots."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from builders import small
from ftz_sim.analysis import compare
from ftz_sim.runs.model import FtzModel


def concentration(firms: int, end: str) -> tuple[float, float]:
    """Effective number of firms and the largest one's share of GDP."""
    value = FtzModel(small("single_ftz", f"horizon.end={end}", firms=firms), rng=1).run().firms.value_added
    return value.sum() ** 2 / (value**2).sum(), value.max() / value.sum()


def test_effective_firms_grow_with_slots_and_no_slot_is_large():
    few, many = concentration(2_000, "2020Q4"), concentration(20_000, "2020Q4")
    assert 5 < many[0] / few[0] < 20
    assert many[0] > 1_000
    assert many[1] < 0.01


@pytest.mark.study
def test_no_slot_exceeds_one_percent_of_gdp_by_2035_with_20_000_firms():
    assert concentration(20_000, "2035Q4")[1] < 0.01


@cache
def differences(firms: int, reps: int) -> pd.DataFrame:
    """Paired differences to single_ftz in 2035 for a population of this size."""
    table = compare(["single_ftz", "cross_zone", "ftz_fta"], reps=reps, firms=firms).comparison
    return table[table["at"] == "2035"].set_index(["indicator", "scenario"])


@pytest.mark.study
@pytest.mark.parametrize("scenario", ["cross_zone", "ftz_fta"])
@pytest.mark.parametrize("indicator", ["gdp", "fdi", "patents", "exports", "co2"])
def test_strategy_differences_agree_at_every_size(indicator, scenario):
    rows = [differences(*size).loc[(indicator, scenario)] for size in ((2_000, 8), (20_000, 4), (200_000, 2))]
    overlap = max(row["ci_low"] for row in rows) <= min(row["ci_high"] for row in rows)
    # intervals over seeds are so narrow that a small part of the difference itself may lie between them
    spread = max(row["difference"] for row in rows) - min(row["difference"] for row in rows)
    assert overlap or spread < 0.15 * abs(rows[-1]["difference"]) + 0.05, rows
