"""Out of sample: the provinces of a later year, forecast from figures of 2015 at the latest.

The forecast of a province's share of the nation is its last published share, moved as the model's share moves
from then on; competing forecasts need no model:

    no_change     the last published share
    last_growth   the trend of 2012-15 (trade: 2012-16) goes on
    fifth         a fifth of that trend goes on

Errors are measured on shares (large provinces weigh most) and on log shares (all weigh the same). Whether the
model's losses are smaller is tested across provinces: a Diebold-Mariano test (mean difference of squared
errors of log shares over its standard error; provinces taken as independent) and a sign test.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.errors import InputError, Sentence, listed, nearest
from ftz_sim.indicators.tables import Tables
from ftz_sim.indicators.variables import REGION
from ftz_sim.indicators.yearly import year as of_year

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
DATA = Path(__file__).parents[1] / "data"
PUBLISHED = (DATA / "provinces.csv", DATA / "provinces_held_out.csv")
LAYOUT = ("variable", "year", "iso", "value")
SHRUNK = 0.2
MOST = 1e9  # of any figure in its unit; the sum over provinces must stay a number
NAIVE = ("no_change", "last_growth", "fifth")


class Measure(NamedTuple):
    """How a published provincial figure is forecast."""

    model: str  # column of the table of provinces, or a sum of products of columns
    origin: tuple[str, int]  # last figure known when forecasting
    base: tuple[str, int] | None  # where the trend starts; None: no earlier figure
    en: str
    zh: str


_GDP = Measure("gdp", ("gdp_rev5", 2015), ("gdp_linked", 2012), "GDP", "地区生产总值")
MEASURES: dict[str, Measure] = {
    "gdp_rev4": _GDP,
    "gdp_rev5": _GDP,
    **{
        name: Measure(model, (name, 2015), (name, 2012), en, zh)
        for name, model, en, zh in (
            ("rd_expenditure", "research_intensity*gdp", "R&D", "研发经费"),
            ("patent_invention_applications", "patents", "Invention applications", "发明专利申请"),
            ("hightech_revenue", "emerging_share*gdp+future_share*gdp", "High-tech revenue", "高技术产业收入"),
            ("co2", "co2", "CO2", "二氧化碳排放"),
        )
    },
    "trade_total": Measure("exports", ("trade_total", 2016), ("trade_total", 2012), "Trade", "进出口"),
    "rd_personnel": Measure("talents", ("rd_personnel", 2013), None, "R&D staff", "研发人员"),
}
Published = dict[tuple[str, int], dict[str, float]]


def published(extra: Path | None = None) -> Published:
    """Return published provincial figures by (variable, year), then province.

    Args:
        extra: another file of the layout of ``provinces.csv``, with later years.

    Raises:
        InputError: if ``extra`` has an unknown variable or province, another unit than the published figures, a year
            before its forecast, no number, or a figure twice.
    """
    figures: Published = {}
    units: dict[str, str] = {}
    seen: set[tuple[str, ...]] = set()
    for file in (*PUBLISHED, *([extra] if extra else [])):
        with file.open(encoding="utf-8-sig", newline="") as handle:
            for number, row in enumerate(csv.DictReader(handle, restval=""), 2):
                if file is extra:
                    where = Sentence("row", file=file, line=number)
                    _check(where, row, figures)
                    _check_unit(where, row, units[row["variable"]])
                    if (key := (row["variable"], str(int(row["year"])), row["iso"])) in seen:
                        raise InputError("figure_twice", place=where, found=" ".join(key))
                    seen.add(key)
                units.setdefault(row["variable"], row.get("unit", ""))
                figures.setdefault((row["variable"], int(row["year"])), {})[row["iso"]] = float(row["value"])
    return figures


def _check(where: Sentence, row: dict[str, str], figures: Published) -> None:
    provinces = figures["gdp_rev5", 2015]
    for name, allowed in (("variable", MEASURES), ("iso", provinces)):
        if row[name] not in allowed:
            close = nearest(row[name], allowed)
            raise InputError("cell", place=where, name=name, found=row[name], allowed=listed(allowed), nearest=close)
    origin = MEASURES[row["variable"]].origin[1]
    if not (row["year"].isdecimal() and origin < int(row["year"]) <= 2035):
        raise InputError("forecast_year", place=where, found=row["year"], variable=row["variable"], origin=origin)
    try:
        positive = 0 < float(row["value"]) <= MOST
    except ValueError:
        positive = False
    if not positive:
        raise InputError("cell_positive", place=where, name="value", found=row["value"], most=MOST)


def _check_unit(where: Sentence, row: dict[str, str], unit: str) -> None:
    if row.get("unit", "").strip() not in ("", unit):
        raise InputError("cell", place=where, name="unit", found=row["unit"], allowed=repr(unit), nearest="")


def to_score(figures: Published) -> list[tuple[str, int]]:
    """Return the (variable, year) that can be scored: published after their forecast's origin."""
    return [(name, when) for name in MEASURES for known, when in sorted(figures)
            if known == name and when > MEASURES[name].origin[1]]  # fmt: skip


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
    tables = [figures[variable, when], figures[measure.origin], *([figures[measure.base]] if measure.base else [])]
    codes = runs[0].codes.regions.code
    iso = [code for code in codes if all(code in table for table in tables)]
    actual, origin, *base = (_shares(np.array([table[code] for code in iso])) for table in tables)
    ahead = when - measure.origin[1]
    trend = np.log(origin / base[0]) / (measure.origin[1] - measure.base[1]) * ahead if measure.base else 0 * origin
    rows = [codes.index(code) for code in iso]
    single = np.array([_model_change(run, measure, when, rows) for run in runs])
    changes = {"model": single.mean(axis=0), "no_change": 0 * trend, "last_growth": trend, "fifth": SHRUNK * trend}
    if measure.base is None:
        del changes["last_growth"], changes["fifth"]
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
