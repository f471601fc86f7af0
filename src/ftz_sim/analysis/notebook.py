"""What a notebook shows of a comparison and of an attribution: a small table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ftz_sim.analysis.verdicts import cell
from ftz_sim.indicators.shown import shown_difference
from ftz_sim.indicators.variables import HEADLINES, NATIONAL
from ftz_sim.text.tables import html_table

if TYPE_CHECKING:
    from ftz_sim.analysis.comparison import Comparison


def comparison(result: Comparison) -> str:
    """Return the differences of the headline indicators in the final year, with their intervals."""
    final = result.comparison[result.comparison["at"] == str(result.panel.final)].to_dict("records")
    row_of = {(row["indicator"], row["scenario"]): row for row in final}
    names = [name for name in result.others() if ("gdp", name) in row_of]
    rows = []
    for variable in map(NATIONAL.__getitem__, HEADLINES):
        unit = shown_difference(variable, "en")
        rows.append((variable.en, unit.unit, *(cell(row_of[variable.name, name], unit) for name in names)))
    caption = (
        f"Differences to {result.reference} in {result.panel.final} ({result.reps} replicates; ± half the 95 % "
        "interval, * where it leaves out 0)"
    )
    return html_table(caption, ("indicator", "unit", *names), rows)
