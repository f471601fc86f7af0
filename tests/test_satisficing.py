"""Satisficing: thresholds are read or refused in words, and shares agree with a case worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from ftz_sim.analysis.satisficing import TOGETHER, Threshold, read, satisficing
from ftz_sim.analysis.sweep_outcomes import SweepOutcomes
from ftz_sim.errors import InputError


def outcomes():
    """Two scenarios, four draws (the last unfinished), two replicates, GDP and a share."""
    gdp = np.array([[100, 100, 100, 100], [101, 99, 103, 100]], dtype=float)
    share = np.array([[0.2, 0.2, 0.1, 0.2], [0.3, 0.1, 0.3, 0.2]])
    values = np.stack([gdp, share], axis=-1)[:, :, None, :].repeat(2, axis=2)
    values[1, 3, 1, 0] = np.nan
    names = ("gdp", "emerging_share")
    return SweepOutcomes(("single_ftz", "ftz_fta"), names, (), np.empty((4, 0)), values, 2035)


def test_thresholds_are_read():
    assert read("gdp >= 2e5") == Threshold("gdp>=2e5", "gdp", False, True, 2e5)
    assert read("d(gdp)<=-0.5") == Threshold("d(gdp)<=-0.5", "gdp", True, False, -0.5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("gdp", "found 'gdp'; allowed"),
        ("gdp>1", "allowed: 'gdp>=200000'"),
        ("gdpp>=1", "'gdpp' is no national indicator.*did you mean 'gdp'"),
        ("gdp>=1.2.3", "'1.2.3' in 'gdp>=1.2.3' is no number"),
        ("gdp>=nan", "found 'gdp>=nan'"),
    ],
)
def test_what_is_no_threshold_is_refused(text, words):
    with pytest.raises(InputError, match=words):
        read(text)


def test_shares_by_hand():
    found = satisficing(outcomes(), "single_ftz", [read("d(gdp)>=1"), read("emerging_share>=0.2")])
    table = found.set_index(["scenario", "threshold"])
    assert set(found["n"]) == {3}  # the unfinished draw counts for nobody
    assert table.loc[("ftz_fta", "d(gdp)>=1"), "satisfied"] == pytest.approx(2 / 3)
    assert table.loc[("ftz_fta", TOGETHER), "satisfied"] == pytest.approx(2 / 3)
    assert table.loc[("single_ftz", "d(gdp)>=1"), "satisfied"] == 0
    assert table.loc[("single_ftz", "emerging_share>=0.2"), "satisfied"] == pytest.approx(2 / 3)
    assert (table["ci_low"] <= table["satisfied"]).all() and (table["satisfied"] <= table["ci_high"]).all()
