"""Fit the provincial trends to the provinces of 2012-15, and to nothing later.

    python studies/calibrate_provinces.py [--workers 2] [--out results/calibration]

Six moments and six parameters. A trend is what a run has beyond the same run without provincial trends; shares are
logs. Figures x have trends of their own where what persists of them exceeds its standard error: GDP, and R&D over GDP.

    exogenous_paths.trend_size   published changes of shares of x in 2013-15, regressed on the model's: slope 1
    exogenous_paths.trend_decay  the model's trends of x of 2015-17, regressed on those of 2013-15: the slope of the
                                 published changes of 2013-15, a year, on those of 2012-13 (persistence.csv). Of changes
                                 with the yearly persistence phi both slopes are (phi + phi^2)/2.
    carbon.productivity_saving,  the model's trends of shares of CO2 and of patents, regressed on its trends of GDP:
    research.patent_trend        the slopes of the published ones in 2012-15 (responses.csv)

R&D's published slope on GDP is within its standard error of the model's, so nothing is fitted to it.
The fit is repeated with the persistences one standard error lower and higher. Every evaluation is kept in
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

from ftz_sim.model.parameters import all_cards
from ftz_sim.results import Run
from ftz_sim.runs.engine import map_runs, replicate_jobs
from ftz_sim.runs.setup import scenario
from ftz_sim.validation import province_figures, provinces

SIZE, DECAY = "exogenous_paths.trend_size", "exogenous_paths.trend_decay"
FITTED = (
    f"{SIZE}[0]",
    f"{SIZE}[1]",
    f"{DECAY}[0]",
    f"{DECAY}[1]",
    "carbon.productivity_saving",
    "research.patent_trend",
)
MOMENTS = ("size_gdp", "size_research", "decay_gdp", "decay_research", "saving", "patents")
NO_TREND = (0.0, 0.0, 0.2, 1.0, 1.0, 1.0)  # without sizes the others do nothing
HIGHEST = (3.0, 8.0, 1.0, 4.0, 3.0, 4.0)
LASTING = ("GDP", "R&D over GDP")
MODEL = {"gdp": "gdp", "research": "research_intensity*gdp", "co2": "co2", "patents": "patents"}
FIRMS, REPS, END = 20_000, 4, "2017Q4"  # fewer firms leave shares of provinces to chance
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
    known = province_figures.published()
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


def responses() -> pd.DataFrame:
    """Regress changes of published shares in 2012-15 on those of GDP: who follows growth, and how far."""
    gdp = sum(published_changes(*PERSISTENT["GDP"]))
    rows = []
    for name in ("R&D", "invention applications", "CO2"):
        both = pd.DataFrame({"y": sum(published_changes(*PERSISTENT[name])), "x": gdp}).dropna()
        slope, error = regress(both["y"], both["x"])
        rows.append({"figure": name, "slope": slope, "error": error, "provinces": len(both)})
    return pd.DataFrame(rows)


def defaults() -> list[float]:
    """Return the values on the cards of what is fitted."""
    cards = {name: all_cards()[name.partition("[")[0]].default for name in FITTED}
    return [card[int(name[-2])] if name.endswith("]") else card for name, card in cards.items()]


class Study:
    """Evaluations of the model, kept on disk."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Read what earlier commands have evaluated."""
        self.options = options
        self.file: Path = options.out / "provinces_evaluations.csv"
        rows = pd.read_csv(self.file).to_numpy() if self.file.is_file() else []
        self.known = {tuple(row[: len(FITTED)]): row for row in rows}
        self.without: dict[str, dict[int, Any]] | None = None

    def shares(self, values: tuple[float, ...]) -> dict[str, dict[int, Any]]:
        """Play `history` and return log shares by outcome and year [R], mean of the replicates."""
        sizes, decays, (saving, patents) = list(values[:2]), list(values[2:4]), values[4:]
        named = {SIZE: sizes, DECAY: decays, FITTED[4]: saving, FITTED[5]: patents}
        texts = [f"parameters.{name}={value!r}" for name, value in named.items()]
        spec = scenario("history", texts, FIRMS, END)
        results = map_runs(replicate_jobs([spec], REPS, 1), self.options.workers)
        runs = [run.tables for run in results if isinstance(run, Run)]

        def mean_share(expression: str, year: int) -> Any:
            levels = [provinces.model_level(run, expression, year) for run in runs]
            return np.mean([np.log(x / x.sum()) for x in levels], axis=0)

        found = {name: {year: mean_share(text, year) for year in (2013, 2015, 2017)} for name, text in MODEL.items()}
        found["intensity"] = {year: found["research"][year] - share for year, share in found["gdp"].items()}
        return found

    def moments(self, values: tuple[float, ...]) -> np.ndarray:
        """Return the moments of the model at ``values`` of the parameters."""
        if values not in self.known:
            self.without = self.without or self.shares(NO_TREND)
            found = self.shares(values)
            row = np.array([*values, *self._slopes(found, self.without)])
            pd.DataFrame([row], columns=[*FITTED, *MOMENTS]).to_csv(
                self.file, mode="a", header=not self.file.is_file(), index=False
            )
            self.known[values] = row
        return np.asarray(self.known[values][len(FITTED) :])

    def _slopes(self, found: dict[str, dict[int, Any]], without: dict[str, dict[int, Any]]) -> list[float]:
        def trend(name: str, start: int, end: int) -> pd.Series:
            return pd.Series((found[name][end] - found[name][start]) - (without[name][end] - without[name][start]))

        gdp, research = (published_changes(*PERSISTENT[name])[1].to_numpy() for name in ("GDP", "R&D"))
        early, happened = trend("gdp", 2013, 2015), {"gdp": gdp, "intensity": research - gdp}
        return [
            *(regress(pd.Series(x), pd.Series(found[n][2015] - found[n][2013]))[0] for n, x in happened.items()),
            *(regress(trend(name, 2015, 2017), trend(name, 2013, 2015))[0] for name in happened),
            *(regress(trend(name, 2013, 2015), early)[0] for name in ("co2", "patents")),
        ]

    def fit(self, wanted: np.ndarray) -> np.ndarray:
        """Return the parameters at which the model has the ``wanted`` moments."""
        start = np.array(defaults(), float)

        def miss(x: np.ndarray) -> np.ndarray:
            return self.moments(tuple(float(v) for v in x.round(6))) - wanted

        found = least_squares(miss, start, bounds=(1e-3, HIGHEST), diff_step=STEP, ftol=1e-3, xtol=1e-3, max_nfev=8)
        if np.abs(found.fun).max() > LARGEST_ERROR:
            print(f"not met: {dict(zip(MOMENTS, found.fun.round(3), strict=True))} off")
        return np.asarray(found.x)


def fit(options: argparse.Namespace) -> pd.DataFrame:
    """Return default, fitted value and its range over the persistence's error, by parameter."""
    options.out.mkdir(parents=True, exist_ok=True)
    study, follows = Study(options), responses().set_index("figure")["slope"]
    lasting = persistence().set_index("figure").loc[list(LASTING)]
    found = {}
    for name, shift in (("fitted", 0), ("low_persistence", -1), ("high_persistence", 1)):
        slopes = lasting["slope"] + shift * lasting["error"]
        found[name] = study.fit(np.array([1, 1, *slopes, follows["CO2"], follows["invention applications"]]))
    columns = {"parameter": FITTED, "default": defaults(), **found}
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
    responses().to_csv(options.out / "responses.csv", index=False)
    print("shares regressed on shares of GDP, 2012-15:", responses().round(2).to_string(index=False), sep="\n")
    print(table.to_string(index=False))


if __name__ == "__main__":
    main()
