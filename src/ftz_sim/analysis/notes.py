"""What the numbers of a comparison rest on: precision, common random numbers, shocks, drawn parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ftz_sim.analysis.precision import Precision, widths
from ftz_sim.analysis.robustness_words import statements
from ftz_sim.analysis.verdicts import IDENTICAL
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.results.statements import Statement, indicator, joined, scenario, statement

if TYPE_CHECKING:
    from ftz_sim.analysis.comparison import Comparison


def notes(result: Comparison) -> list[Statement]:
    """Return what the numbers rest on; nothing if there are none."""
    if result.comparison.empty:
        return []
    found = [] if result.precision is None else [_precise(result, result.precision)]
    rows = result.comparison[result.comparison["scenario"] != result.reference]
    same = [str(name) for name, group in rows.groupby("scenario", sort=False) if (group["verdict"] == IDENTICAL).all()]
    if same:
        names = joined(map(scenario, same))
        found.append(statement("note.identical", reference=scenario(result.reference), names=names))
    table = result.matching.query("indicator == 'gdp'").query(f"at == '{result.panel.final}'")
    factors = [float(f"{factor:.2g}") for factor in sorted(table["variance_reduction"].dropna())]
    if factors:
        one = factors[0] == factors[-1]
        ends = {"low": factors[0]} if one else {"low": factors[0], "high": factors[-1]}
        found.append(statement("note.matching_one" if one else "note.matching", **ends))
    found += [] if result.robustness is None else statements(result.robustness)
    return found + (result.shocks.statements() if result.shocks else [])


def _precise(result: Comparison, asked: Precision) -> Statement:
    wide = [each for each in widths(result, asked) if not each.met]
    if not wide:
        names = joined(indicator(NATIONAL[name]) for name in asked.indicators)
        return statement("note.met", n=result.reps, target=asked.target, indicators=names)
    told = [
        statement(
            "note.width",
            scenario=scenario(each.scenario), indicator=indicator(NATIONAL[each.indicator]), half=each.half_width,
        )
        for each in wide
    ]  # fmt: skip
    return statement("note.unmet", n=result.reps, target=asked.target, widths=joined(told))
