"""What a notebook shows of a comparison and of an attribution: a small table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.indicators.variables import HEADLINES, NATIONAL
from ftz_sim.results.statements import unit_of_difference
from ftz_sim.text.tables import html_table

if TYPE_CHECKING:
    from ftz_sim.analysis.comparison import Comparison


def comparison(result: Comparison) -> str:
    """Return the differences of the headline indicators in the final year, with their intervals."""
    final = result.comparison[result.comparison["at"] == str(result.panel.final)].set_index(["indicator", "scenario"])
    names = [name for name in result.others() if ("gdp", name) in final.index]
    rows = [
        (variable.en, unit_of_difference(variable, "en"),
         *(_spread(final.loc[(variable.name, name)]) for name in names))
        for variable in map(NATIONAL.__getitem__, HEADLINES)
    ]  # fmt: skip
    caption = f"Differences to {result.reference} in {result.panel.final}, with intervals ({result.reps} replicates)"
    return html_table(caption, ("indicator", "unit", *names), rows)


def _spread(row: Any) -> str:
    if not np.isfinite(row["ci_low"]):
        return f"{row['difference']:+.3g}"
    return f"{row['difference']:+.3g} ({row['ci_low']:+.2g} to {row['ci_high']:+.2g})"
