"""What a comparison found: who leads on GDP, who on what else, who loses, how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.analysis.verdicts import SURE, leader
from ftz_sim.indicators.variables import HEADLINES, NATIONAL
from ftz_sim.results.statements import Statement, ends, indicator, joined, percent, scenario, statement

if TYPE_CHECKING:
    import pandas as pd

    from ftz_sim.analysis.comparison import Comparison

GDP = NATIONAL["gdp"]


def headline(result: Comparison) -> list[Statement]:
    """Return what was found, most important first; the last statement says what it is worth."""
    panel, table = result.panel, result.comparison
    if table.empty or not panel.done(*panel.scenarios).any():
        return [statement("comparison.nothing")]
    final = table[table["at"] == str(panel.final)]
    found = [_first(result, final), *_over_draws(result, final), _others(final), *_provinces(result, final)]
    found += [*_interaction(result)]
    if result.failed:
        found.append(statement("comparison.failed", failed=len(result.failed)))
    return [*found, _worth(result)]


def _worth(result: Comparison) -> Statement:
    if result.drawn is None:
        return statement("comparison.fixed")
    return statement("comparison.drawn", ranges=statement(f"ranges.{result.drawn.ranges}"))


def _first(result: Comparison, final: pd.DataFrame) -> Statement:
    row = leader(final, GDP)
    about = {"at": result.panel.final, "reference": scenario(result.reference), "n": row["n"], "p": row["p_best"]}
    about["assumed"] = statement("assumed.default" if result.default else "assumed.own")
    if row["scenario"] == result.reference:
        return statement("comparison.reference", **about)
    return statement(
        "comparison.first" if row["p_best"] >= SURE else "comparison.unsure",
        leader=scenario(row["scenario"]), **_size(row, "difference", result.interval), **about,
    )  # fmt: skip


def _size(row: Any, column: str, kind: str) -> dict[str, Any]:
    """Return a percentage and its interval."""
    low, high = row["ci_low"], row["ci_high"]
    interval = (
        statement(f"comparison.{kind}", **ends(low, high)) if np.isfinite(low) else statement("comparison.single")
    )
    return {"difference": percent(row[column], low, high), "interval": interval}


def _over_draws(result: Comparison, final: pd.DataFrame) -> Iterator[Statement]:
    found, table = result.robustness, result.uncertainty
    if found is None or table is None or result.drawn is None:
        return
    gdp = table[(table["indicator"] == "gdp") & (table["at"] == str(result.panel.final))].set_index("scenario")
    shares = found.table[found.table["indicator"] == "gdp"].set_index("scenario")["p_best"]
    others = final[(final["scenario"] != result.reference) & (final["indicator"] == "gdp")]
    name = str(others.set_index("scenario")["mean"].idxmax())
    low, high, above = (float(gdp[column][name]) for column in ("low", "high", "share_above"))
    yield statement(
        "comparison.over_draws",
        n=found.n, p=found.draws.shape[1], firms=result.drawn.firms, best=scenario(str(shares.idxmax())),
        share=shares.max(), leader=scenario(name), below=1 - above, **ends(low, high),
    )  # fmt: skip


def _others(final: pd.DataFrame) -> Statement:
    leads: dict[str, list[Any]] = {}
    unclear: list[Any] = []
    for variable in map(NATIONAL.__getitem__, HEADLINES):
        row = leader(final, variable)
        (leads.setdefault(row["scenario"], []) if row["p_best"] >= SURE else unclear).append(indicator(variable))
    if len(leads) == 1 and not unclear:
        return statement("comparison.all")
    found = [
        statement("comparison.leads", scenario=scenario(who), indicators=joined(what)) for who, what in leads.items()
    ]
    if unclear:
        found.append(statement("comparison.open", indicators=joined(unclear)))
    return statement("comparison.mixed", leads=joined(found, "list"))


def _provinces(result: Comparison, final: pd.DataFrame) -> Iterator[Statement]:
    name = leader(final, GDP)["scenario"]
    table = result.provinces
    rows = table[table["scenario"] == name] if len(table) else table
    if len(rows):
        up, down = (int((rows["verdict"] == code).sum()) for code in ("winner", "loser"))
        yield statement("comparison.provinces", leader=scenario(name), up=up, down=down, same=len(rows) - up - down)


def _interaction(result: Comparison) -> Iterator[Statement]:
    for table, key in ((result.linkage, "comparison.interaction"), (result.synergy, "comparison.synergy")):
        if table is not None:
            row = table[table["indicator"] == "gdp"].iloc[0]
            yield statement(key, **_size(row, "interaction", result.interval))
