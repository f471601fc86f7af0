"""Accounts that close in every quarter of a whole run."""

from __future__ import annotations

from typing import Any

import numpy as np

from falsification.common import Line, Size, line, spec_of
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.walk import END, walk

BASIS = "Tolerances are those of the equations (docs/markets.md); sums over firms and provinces must agree to rounding."
CELLS, OTHERS = 1e-8, 1e-8


def lines(size: Size) -> list[Line]:
    """Return the worst residuals of the accounts over all quarters of `integrated`."""
    model = FtzModel(spec_of("integrated", size), rng=1)
    worst = dict.fromkeys(("cells", "income", "spending", "firms"), 0.0)
    quarters = 0
    for mechanism in walk(model):
        if mechanism == "markets":
            worst = {what: max(worst[what], float(now)) for what, now in residuals(model).items()}
        quarters += mechanism == END
    return [
        line(
            f"accounts in all {quarters} quarters of integrated",
            f"cells {CELLS:.0e} of supply, others {OTHERS:.0e} of income",
            ", ".join(f"{name} {size:.0e}" for name, size in worst.items()),
            worst["cells"] <= CELLS and max(worst.values()) <= OTHERS,
        )
    ]


def residuals(model: Any) -> dict[str, float]:
    """Return what is left of four accounts after the markets, over supply or income."""
    regions, nation = model.regions, model.nation
    income = regions.value_added.sum(1) + regions.duties
    net = regions.exports_by_field.sum() - regions.imports_by_field.sum()
    of_cells = model.firms.sum_by_region_field(model.firms.value_added)
    return {
        "cells": nation.clearing_residual,
        "income": np.abs(income / regions.income - 1).max(),
        "spending": abs((regions.income.sum() - regions.spending.sum() - net) / nation.income),
        "firms": np.abs(of_cells - regions.value_added).max() / nation.income,
    }
