"""Carbon leakage of compared scenarios: made-up emissions by hand, and the table of a comparison."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from builders import small
from ftz_sim.analysis import compare
from ftz_sim.analysis.zone_leakage import ZoneLeakage

CODES = SimpleNamespace(
    regions=SimpleNamespace(code=("A", "B", "C")), zones=SimpleNamespace(code=("C", "A"))
)  # C and A have zones, in another order


def run(name, replicate, zones, regions):
    tables = SimpleNamespace(
        quarters=4,
        codes=CODES,
        zones={"co2": np.tile(np.array(zones, dtype=float), (4, 1))},
        regions={"co2": np.tile(np.array(regions, dtype=float), (4, 1))},
        national={"co2": np.full(4, float(sum(regions)))},
    )
    return SimpleNamespace(spec=SimpleNamespace(name=name), replicate=replicate, tables=tables)


def test_leakage_by_hand():
    found = ZoneLeakage(["base", "green"], "base", reps=2)
    for replicate in (0, 1):
        found.add(run("base", replicate, zones=(10, 5), regions=(50, 60, 70)))
        # C cuts 4 inside and gains 1 outside; A cuts nothing; B gains 2
        found.add(run("green", replicate, zones=(6, 5), regions=(50, 62, 67)))
    table = found.table.set_index("zone")
    assert list(table.index) == ["C", "A", "all"]
    assert table.loc["C", ["inside", "outside", "leakage"]].tolist() == pytest.approx([-4, 1, 0.25])
    assert np.isnan(table.loc["A", "leakage"])
    assert table.loc["A", ["n", "without_cut"]].tolist() == [0, 2]
    # the nation: 4 cut in zones, 1 + 2 more outside them
    assert table.loc["all", "leakage"] == pytest.approx(0.75)


def test_a_comparison_writes_it(tmp_path):
    specs = [small(name, "horizon.end=2014Q4") for name in ("no_ftz", "history")]
    compare(specs, reps=2, out=tmp_path / "out")
    table = pd.read_csv(tmp_path / "out" / "leakage.csv")
    assert len(table) == 23 and set(table["scenario"]) == {"history"}
    assert (table["n"] + table["without_cut"] == 2).all()
    assert (table["leakage"].isna() == (table["n"] == 0)).all()
