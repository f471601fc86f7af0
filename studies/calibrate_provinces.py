"""Fit the provincial trends to the provinces of 2012-15, and to nothing later.

    python studies/calibrate_provinces.py [--workers 2] [--out results/calibration]

Three moments and three parameters. A trend is what a run has beyond the same run without provincial trends:

    exogenous_paths.trend_size   published changes of log shares of GDP in 2013-15, regressed on the model's: slope 1
    exogenous_paths.trend_decay  the model's trends of 2015-17, regressed on those of 2013-15: slope phi squared, where
                                 phi is the yearly persistence that the published changes have (persistence.csv:
                                 changes of 2013-15 a year, regressed on those of 2012-13, give (phi + phi^2)/2)
    carbon.productivity_saving   the model's trends of log shares of CO2, regressed on its trends of GDP: the slope
                                 of the published ones in 2012-15

The fit is repeated with the persistence one standard error lower and higher. Every evaluation is kept in
``provinces_evaluations.csv``: the same command goes on where it was stopped. Written beside it: ``provinces.csv``.
No parameter is changed by this script; the values on the cards were rounded from it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import least_squares

from ftz_sim.engine import map_runs, replicate_jobs
from ftz_sim.experiments.setup import scenario
from ftz_sim.parameters import all_cards
from ftz_sim.results import Run
from ftz_sim.validation import provinces

FITTED = ("exogenous_paths.trend_size", "exogenous_paths.trend_decay", "carbon.productivity_saving")
MOMENTS = ("size", "decay", "saving")
NO_TREND = (0.0, 0.2, 1.0)  # without size the other two do nothing
FIRMS, REPS, END = 20_000, 4, "2017Q4"  # a minute; fewer firms leave shares of provinces to luck
STEP, LARGEST_ERROR = 0.1, 1e-2  # of a parameter when slopes are taken; of a moment that counts as met
PERSISTENT = {
    "GDP": ("gdp_linked", "gdp_rev5"),
    "R&D": ("rd_expenditure",) * 2,
    "R&D over GDP": ("rd_expenditure",) * 2,
    "invention applications": ("patent_invention_applications",) * 2,
    "CO2": ("co2",) * 2,
}


def regress(y: pd.Series, x: pd.Series) -> tuple[float, float]:
    """Return the slope of a regression through the origin and its standard error."""
    slope = float(x @ y / (x @ x))
    residual = y - slope * x
    return slope, float(np.sqrt(residual @ residual / (len(x) - 1) / (x @ x)))


def published_changes(early: str, late: str) -> tuple[pd.Series, pd.Series]:
    """Return changes of log shares by province, in 2012-13 and in 2013-15."""
    known = provinces.published()
    tables = [pd.Series(known[key]) for key in ((early, 2012), (early, 2013), (late, 2015))]
    first, second, third = (np.log(table / table.sum()) for table in tables)
    return second - first, third - second


def persistence() -> pd.DataFrame:
    """Regress provincial changes of shares in 2013-15 on those of 2012-13: what part of a trend lasts, without 2018."""
    rows = []
    for name, pair in PERSISTENT.items():
        before, after = published_changes(*pair)
        if name.endswith("over GDP"):
            gdp = published_changes(*PERSISTENT["GDP"])
            before, after = before - gdp[0], after - gdp[1]
        slope, error = regress(after / 2, before)
        rows.append({"figure": name, "slope": slope, "error": error, "provinces": len(before)})
    return pd.DataFrame(rows)


def carbon_slope() -> tuple[float, float]:
    """Return how published shares of CO2 moved with shares of GDP in 2012-15, with the standard error."""
    co2, gdp = (sum(published_changes(*PERSISTENT[name])) for name in ("CO2", "GDP"))
    both = pd.DataFrame({"co2": co2, "gdp": gdp}).dropna()
    return regress(both["co2"], both["gdp"])


def yearly_persistence(slope: float) -> float:
    """Return phi from (phi + phi^2) / 2 = ``slope``."""
    return float((np.sqrt(1 + 8 * slope) - 1) / 2)


class Study:
    """Evaluations of the model, kept on disk."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Read what earlier commands have evaluated."""
        self.options = options
        self.file: Path = options.out / "provinces_evaluations.csv"
        self.known = {tuple(row[:3]): row for row in pd.read_csv(self.file).to_numpy()} if self.file.is_file() else {}
        self.without: dict[str, dict[int, Any]] | None = None

    def shares(self, values: tuple[float, ...]) -> dict[str, dict[int, Any]]:
        """Play `history` and return log shares by outcome and year [R], mean of the replicates."""
        texts = [f"parameters.{name}={value!r}" for name, value in zip(FITTED, values, strict=True)]
        spec = scenario("history", texts, FIRMS, END)
        results = map_runs(replicate_jobs([spec], REPS, 1), self.options.workers)
        runs = [run.tables for run in results if isinstance(run, Run)]
        levels = {
            (name, year): [provinces.model_level(run, name, year) for run in runs]
            for name in ("gdp", "co2")
            for year in (2013, 2015, 2017)
        }
        return {
            name: {
                year: np.mean([np.log(x / x.sum()) for x in levels[name, year]], axis=0) for year in (2013, 2015, 2017)
            }
            for name in ("gdp", "co2")
        }

    def moments(self, values: tuple[float, ...]) -> np.ndarray:
        """Return the three moments of the model [3] at ``values`` of the three parameters."""
        if values not in self.known:
            self.without = self.without or self.shares(NO_TREND)
            found = self.shares(values)
            row = np.array([*values, *self._slopes(found, self.without)])
            pd.DataFrame([row], columns=[*FITTED, *MOMENTS]).to_csv(
                self.file, mode="a", header=not self.file.is_file(), index=False
            )
            self.known[values] = row
        return np.asarray(self.known[values][3:])

    def _slopes(self, found: dict[str, dict[int, Any]], without: dict[str, dict[int, Any]]) -> list[float]:
        def trend(name: str, start: int, end: int) -> pd.Series:
            return pd.Series((found[name][end] - found[name][start]) - (without[name][end] - without[name][start]))

        happened = published_changes(*PERSISTENT["GDP"])[1].to_numpy()
        simulated = found["gdp"][2015] - found["gdp"][2013]
        early = trend("gdp", 2013, 2015)
        return [
            regress(pd.Series(happened), pd.Series(simulated))[0],
            regress(trend("gdp", 2015, 2017), early)[0],
            regress(trend("co2", 2013, 2015), early)[0],
        ]

    def fit(self, wanted: np.ndarray) -> np.ndarray:
        """Return the parameters [3] at which the model has the ``wanted`` moments [3]."""
        start = np.array([all_cards()[name].default for name in FITTED], float)

        def miss(x: np.ndarray) -> np.ndarray:
            return self.moments(tuple(float(v) for v in x.round(6))) - wanted

        found = least_squares(miss, start, bounds=(1e-3, 3.0), diff_step=STEP, ftol=1e-3, xtol=1e-3, max_nfev=8)
        if np.abs(found.fun).max() > LARGEST_ERROR:
            print(f"not met: {dict(zip(MOMENTS, found.fun.round(3), strict=True))} off")
        return np.asarray(found.x)


def fit(options: argparse.Namespace) -> pd.DataFrame:
    """Return default, fitted value and its range over the persistence's error, by parameter."""
    options.out.mkdir(parents=True, exist_ok=True)
    study, saving = Study(options), carbon_slope()[0]
    lasting = persistence().set_index("figure").loc["GDP"]
    found = {
        name: study.fit(np.array([1.0, yearly_persistence(lasting["slope"] + shift * lasting["error"]) ** 2, saving]))
        for name, shift in (("fitted", 0), ("low_persistence", -1), ("high_persistence", 1))
    }
    columns = {"parameter": FITTED, "default": [all_cards()[name].default for name in FITTED], **found}
    return pd.DataFrame(columns).round(4)


def main() -> None:
    """Fit and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("results/calibration"))
    options = parser.parse_args()
    table = fit(options)
    persistence().to_csv(options.out / "persistence.csv", index=False)
    table.to_csv(options.out / "provinces.csv", index=False)
    print(f"shares of CO2 on shares of GDP, 2012-15: {carbon_slope()[0]:.2f} (s.e. {carbon_slope()[1]:.2f})")
    print(table.to_string(index=False))


if __name__ == "__main__":
    main()
