"""Out of sample: the provinces of a later year, forecast from figures of 2015 at the latest (trade: 2016).

The forecast of a province's share of the nation is its last published share, moved as the model's share moves
from then on; competing forecasts need no model:

    no_change     the last published share
    rule          what `province_rules` extrapolates from yearly figures to 2015, where there are any
    last_growth   the trend of 2012-15 (trade: 2012-16) goes on
    fifth         a fifth of that trend goes on

Errors are measured on shares (large provinces weigh most) and on log shares (all weigh the same). Whether the
model's losses are smaller is tested across provinces: a Diebold-Mariano test (mean difference of squared
errors of log shares over its standard error; provinces taken as independent) and a sign test. Rules and model have
the same marks (`marks`): 8 % better than no change for GDP, R&D and inventions, no worse for all else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.indicators.tables import Tables
from ftz_sim.indicators.variables import REGION
from ftz_sim.indicators.yearly import year as of_year
from ftz_sim.validation.province_figures import MEASURES, Measure, Published
from ftz_sim.validation.province_rules import rule

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
SHRUNK = 0.2
AHEAD_OF_NO_CHANGE = ("gdp_rev4", "gdp_rev5", "rd_expenditure", "patent_invention_applications")
MARK, OTHER_MARK = 0.92, 1.0  # of errors over those of no change: variables that should be ahead of it, and all others


class Forecast(NamedTuple):
    """Forecasts of one variable and year; arrays over the provinces that are published."""

    variable: str
    year: int
    iso: list[str]
    origin: Array  # published shares when forecasting
    actual: Array  # published shares of the year
    changes: dict[str, Array]  # log change of the share by forecast; "model" is the mean of all runs
    single: Array  # [runs, provinces] the same by run


def forecast(runs: Sequence[Tables], figures: Published, variable: str, when: int) -> Forecast:
    """Forecast a variable for a year from the runs of `history`."""
    measure = MEASURES[variable]
    tables = [figures[variable, when], figures[measure.origin], figures[measure.base]]
    codes = runs[0].codes.regions.code
    iso = [code for code in codes if all(code in table for table in tables)]
    actual, origin, base = (_shares(np.array([table[code] for code in iso])) for table in tables)
    ahead = when - measure.origin[1]
    trend = np.log(origin / base) / (measure.origin[1] - measure.base[1]) * ahead
    rows = [codes.index(code) for code in iso]
    single = np.array([_model_change(run, measure, when, rows) for run in runs])
    changes = {"model": single.mean(axis=0), "no_change": 0 * trend}
    if (ruled := rule(variable, iso, when)) is not None:
        changes["rule"] = ruled
    changes |= {"last_growth": trend, "fifth": SHRUNK * trend}
    return Forecast(variable, when, iso, origin, actual, changes, single)


def _shares(values: Array) -> Array:
    return values / values.sum()


def _model_change(run: Tables, measure: Measure, when: int, rows: list[int]) -> Array:
    start, end = (_shares(model_level(run, measure.model, number)[rows]) for number in (measure.origin[1], when))
    return np.log(end / start)


def model_level(run: Tables, expression: str, number: int) -> Array:
    """Return the model's provincial amounts of a year [R]; products of columns are taken by quarter."""
    terms = [term.split("*") for term in expression.split("+")]
    total = sum(np.prod([run.regions[name] for name in term], axis=0) for term in terms)
    return of_year(np.asarray(total), number, REGION[terms[0][-1]].aggregate)


def errors(made: Forecast, change: Array) -> tuple[Array, Array]:
    """Return the errors of shares (percentage points) and of log shares, each by province."""
    share = _shares(made.origin * np.exp(change))
    return 100 * (share - made.actual), np.log(share / made.actual)


def rmse(values: Array) -> float:
    """Return the root of the mean square."""
    return float(np.sqrt(np.mean(np.square(values))))


def ratios(made: Forecast, change: Array) -> dict[str, float]:
    """Return the three scores of a forecast: errors against no change, and the rank correlation of changes."""
    from scipy import stats

    mine, none = errors(made, change), errors(made, made.changes["no_change"])
    constant = np.ptp(change) == 0
    happened = np.log(made.actual / made.origin)
    return {
        "rmse_ratio": rmse(mine[0]) / rmse(none[0]),
        "rmse_ratio_log": rmse(mine[1]) / rmse(none[1]),
        "rank_correlation": np.nan if constant else float(stats.spearmanr(change, happened).statistic),
    }


def scores(made: Forecast) -> list[dict[str, Any]]:
    """Return one row for each forecast; tests compare the model with that forecast."""
    from scipy import stats

    model_loss = errors(made, made.changes["model"])[1] ** 2
    rows = []
    for name, change in made.changes.items():
        points, logs = errors(made, change)
        row = {"variable": made.variable, "year": made.year, "forecast": name, "provinces": len(made.iso),
               "rmse_points": rmse(points), "rmse_log": rmse(logs), **ratios(made, change)}  # fmt: skip
        if name != "model":
            gain = logs**2 - model_loss
            better = int((gain > 0).sum())
            row |= {
                "model_better_in": better,
                "sign_test_p": float(stats.binomtest(better, len(gain)).pvalue),
                "dm_statistic": float(stats.ttest_1samp(gain, 0).statistic),
                "dm_p": float(stats.ttest_1samp(gain, 0).pvalue),
            }
        rows.append(row)
    return rows


def marks(scored: pd.DataFrame) -> pd.DataFrame:
    """Return whether rules and model reach the mark, one row for each variable, year and forecast.

    Args:
        scored: rows of `scores`.
    """
    import pandas as pd

    rows = []
    for (variable, year), group in scored.groupby(["variable", "year"], sort=False):
        mark = MARK if variable in AHEAD_OF_NO_CHANGE else OTHER_MARK
        by_forecast = group.set_index("forecast")
        for name in ("rule", "model"):
            row: dict[str, Any] = {"variable": variable, "year": year, "forecast": name, "mark": mark}
            for score, met in (("rmse_ratio", "shares_met"), ("rmse_ratio_log", "log_shares_met")):
                found = by_forecast[score].get(name, np.nan)
                row |= {score: found, met: "no_rule" if np.isnan(found) else "yes" if found <= mark else "no"}
            rows.append(row)
    return pd.DataFrame(rows)


def jackknife(made: Forecast, score: str) -> tuple[float, float]:
    """Return a score of the mean of all runs and its standard error over seeds (nan with one run)."""
    value = ratios(made, made.changes["model"])[score]
    n = len(made.single)
    if n < 2:
        return value, np.nan
    left_out = [ratios(made, np.delete(made.single, i, axis=0).mean(axis=0))[score] for i in range(n)]
    return value, float(np.sqrt((n - 1) * np.var(left_out)))


def values_table(forecasts: Sequence[Forecast]) -> pd.DataFrame:
    """Return shares in percent by variable, year and province: last published, later published, forecasts."""
    import pandas as pd

    frames = [
        pd.DataFrame({"variable": each.variable, "year": each.year, "region": each.iso,
                      "origin_year": MEASURES[each.variable].origin[1],
                      "origin": 100 * each.origin, "published": 100 * each.actual,
                      **{name: 100 * _shares(each.origin * np.exp(change)) for name, change in each.changes.items()}})
        for each in forecasts
    ]  # fmt: skip
    return pd.concat(frames, ignore_index=True)
