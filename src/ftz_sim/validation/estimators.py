"""Estimators of the effect of zones, from pyfixest; panels come in long format (`panel.Panel.frame`).

    twfe          outcome ~ treated | unit + year, errors clustered by unit
    imputation    two-stage difference in differences (Gardner), robust to effects that differ by cohort and age;
                  units with fewer than two untreated years are left out (their own level cannot be estimated)

Coefficients are multiplied by 100: percent for logs, points for shares.
"""

from __future__ import annotations

import logging
import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

from ftz_sim.errors import InputError
from ftz_sim.extras import need
from ftz_sim.validation.panel import NEVER

if TYPE_CHECKING:
    import pandas as pd

PERCENT = 100.0
FEWEST_UNTREATED = 2  # years
PLACEBO_LEAD = 2  # years by which placebo dates come early
EARLIEST, LATEST = -5, 8  # years around the opening that event studies show


class Estimate(NamedTuple):
    """A coefficient with its standard error clustered by unit."""

    effect: float
    error: float


def check_installed() -> None:
    """Make sure that the estimators are there.

    Raises:
        InputError: if pyfixest is not installed.
    """
    try:
        need("pyfixest")
    except InputError as error:
        raise InputError("no_pyfixest", what=error) from None


def _pyfixest() -> Any:
    # its import sets up logging for the whole process, at a level at which Mesa reports every step
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    try:
        import pyfixest
    finally:
        root.setLevel(level)
        root.handlers[:] = handlers
    logging.getLogger("MESA").setLevel(logging.WARNING)  # parts of it are imported later, and do it again
    return pyfixest


def twfe(frame: pd.DataFrame, outcome: str) -> Estimate:
    """Estimate the effect of ``treated`` with two-way fixed effects."""
    return coefficients(frame, f"{outcome} ~ treated | unit + year")["treated"]


def imputation(frame: pd.DataFrame, outcome: str) -> Estimate:
    """Estimate the mean effect on the treated by two-stage difference in differences."""
    return _two_stage(estimable(frame), outcome, "~ treated")["treated"]


def estimable(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the units whose own level can be estimated from untreated years."""
    untreated = frame["treated"].eq(0).groupby(frame["unit"]).transform("sum")
    return frame[untreated >= FEWEST_UNTREATED]


ESTIMATORS = {"twfe": twfe, "imputation": imputation}


def event_study(frame: pd.DataFrame, outcome: str) -> dict[int, Estimate]:
    """Return two-stage estimates by years since opening; the year before opening is the reference."""
    kept = estimable(frame)
    age = kept["relative"].clip(EARLIEST, LATEST).where(kept["first"] != NEVER, -1).astype(int)
    found = _two_stage(kept.assign(age=age), outcome, "~ i(age, ref=-1)")
    return {int(name.split("::")[1]): estimate for name, estimate in found.items()}


def placebo_dates(frame: pd.DataFrame, outcome: str) -> Estimate:
    """Pretend that zones opened `PLACEBO_LEAD` years early, on the years before they did: nothing should be found."""
    before = frame[frame["treated"] == 0]
    early = (before["first"] != NEVER) & (before["relative"] >= -PLACEBO_LEAD)
    return twfe(before.assign(treated=early.astype(float)), outcome)


def coefficients(frame: pd.DataFrame, formula: str) -> dict[str, Estimate]:
    """Return the coefficients of a least-squares formula with fixed effects, errors clustered by unit."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # dropped singletons, which carry no information
        return _estimates(_pyfixest().feols(formula, frame, vcov={"CRV1": "unit"}))


def _two_stage(frame: pd.DataFrame, outcome: str, second: str) -> dict[str, Estimate]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _estimates(
            _pyfixest().did2s(
                frame,
                yname=outcome,
                first_stage="~ 0 | unit + year",
                second_stage=second,
                treatment="treated",
                cluster="unit",
            )
        )


def _estimates(fit: Any) -> dict[str, Estimate]:
    table = fit.tidy()
    return {
        name: Estimate(PERCENT * row["Estimate"], PERCENT * row["Std. Error"])
        for name, row in zip(table.index, table.to_dict("records"), strict=True)
    }
