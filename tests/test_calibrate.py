"""Calibration: draws of the posterior, and the ranges that are shipped."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import qmc


@pytest.fixture(scope="module")
def study():
    sys.path.insert(0, str(Path(__file__).parents[1] / "studies"))
    yield importlib.import_module("calibrate")
    sys.path.pop(0)
    sys.modules.pop("calibrate", None)


class Ridge:
    """Stands in for emulators: the first number is known, the sum of the next two is, and of the rest nothing."""

    def __init__(self, study):
        self.low, self.high = study.bounds()

    def log_likelihood(self, points):
        x = (points - self.low) / (self.high - self.low)
        return -(((x[:, 0] - 0.7) / 0.05) ** 2 + ((x[:, 1] + x[:, 2] - 1) / 0.05) ** 2) / 2


@pytest.fixture(scope="module")
def candidates(study):
    return qmc.scale(qmc.LatinHypercube(len(study.FITTED), rng=2).random(4_000), *study.bounds())


@pytest.fixture(scope="module")
def draws(study, candidates):
    """Draws in units of the ranges."""
    found = study.posterior(Ridge(study), candidates)
    low, high = study.bounds()
    assert ((low <= found) & (found <= high)).all()
    return (found - low) / (high - low)


def test_a_posterior_knows_what_targets_tell_and_nothing_else(draws):
    assert draws[:, 0].mean() == pytest.approx(0.7, abs=0.01) and draws[:, 0].std() == pytest.approx(0.05, abs=0.01)
    assert np.corrcoef(draws[:, 1], draws[:, 2])[0, 1] < -0.9  # a ridge
    assert (draws[:, 1] + draws[:, 2]).std() == pytest.approx(0.05, abs=0.01)
    assert draws[:, 1:].std(axis=0) == pytest.approx(np.full(draws.shape[1] - 1, 1 / np.sqrt(12)), abs=0.05)


def test_pairs_that_figures_tell_together_are_ridges(study, draws):
    (row,) = study.ridges(draws).to_dict("records")
    assert (row["parameter"], row["with"]) == study.FITTED[1:3] and row["correlation"] < -0.9


def test_what_is_held_stays_at_its_default(study, candidates):
    name = study.FITTED[1]
    found = study.posterior(Ridge(study), candidates, [name])
    assert np.unique(found[:, 1]).tolist() == [study.fitted(name).default]
    other = (found[:, 2] - study.bounds()[0][2]) / np.subtract(*study.bounds()[::-1])[2]
    held = (study.fitted(name).default - study.bounds()[0][1]) / np.subtract(*study.bounds()[::-1])[1]
    assert other.mean() == pytest.approx(1 - held, abs=0.02)  # the ridge tells the other one now


def test_a_range_is_nine_tenths_of_the_posterior_and_holds_the_default(study):
    size = len(study.FITTED)
    narrowed = np.arange(size) < 2
    draws = np.tile(np.linspace(0, 1, 101)[:, None], (1, size))
    draws[:, 1] = np.linspace(0.009, 0.012, 101)  # above the default, .007
    slopes = pd.DataFrame(0.0, index=study.NAMES, columns=study.FITTED)
    slopes.loc["growth_2014", study.FITTED[0]] = -0.8
    options = argparse.Namespace(points=8, firms=5_000, reps=2, out=Path("x"))
    table = study.ranges(draws, narrowed, slopes, options).set_index("parameter")
    assert list(table.index) == list(study.FITTED[:2])
    card = study.fitted(study.FITTED[0])
    assert table.loc[study.FITTED[0], ["low", "high"]].tolist() == pytest.approx([min(0.05, card.default), 0.95])
    assert table.loc[study.FITTED[1], "low"] == study.fitted(study.FITTED[1]).default
    assert table["targets"].tolist() == ["growth_2014", ""]
    assert set(table["command"]) == {"python studies/calibrate.py --points 8 --firms 5000 --reps 2"}
