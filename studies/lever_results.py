"""Fill the tables about levers in docs/validation.md, so that no number is copied by hand. Part of `make levers`.

python studies/lever_results.py [results/levers] [results/equal_cost]
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from validation_results import PROSE, Tables, filled, markdown, sheet

from ftz_sim.analysis.lever_verdicts import FILE

RATCHET = {  # what the crisis leaves, and when it is looked at
    "services_list_zone": ("2028", "2035"),
    "effective_openness": ("2028",),
    "fdi": ("2028", "2035"),
    "gdp": ("2028", "2035"),
}
COSTS = ("trough", "cumulative_loss", "recovery_quarters")


def verdicts(found: Tables) -> str:
    """Return the number of verdicts on claims, and those that are neither as claimed nor so by construction."""
    table = found["verdicts"]
    table = table[table["claimed"].isin(["+", "-"])]
    counts = table["verdict"].value_counts()
    told = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
    sizes = " or ".join(f"{firms:,}" for firms in sorted(table["firms"].unique()))
    head = f"{len(table)} verdicts ({table['n'].max()} seeds, {sizes} firms, {table['end'].iloc[0]}): {told}."
    return "\n\n".join([head, rows(table[~table["verdict"].isin(["as claimed", "by construction"])])])


def rows(table: pd.DataFrame) -> str:
    """Return verdicts in Markdown."""
    heads = ["name", "when", "step", "indicator", "claimed", "effect", "from", "to", "unit", "firms", "verdict"]
    lines = [
        [row.name_, row.when, row.step, row.indicator, row.claimed,
         *(f"{x:.3g}" for x in (row.effect, row.ci_low, row.ci_high)), row.unit, f"{row.firms:,}", row.verdict]
        for row in table.fillna({"step": ""}).rename(columns={"name": "name_"}).itertuples()
    ]  # fmt: skip
    return markdown(heads, lines)


def crisis(found: Tables) -> str:
    """Return what the crisis costs, and how other commitments differ from the ratchet after it."""
    table = found["ratchet"]
    table = table[table["world"] == "crisis"].astype({"at": str})
    ratchet = table["commitment"] == "ratchet"
    costs = table[ratchet & table["indicator"].isin(COSTS)]
    looked_at = [at in RATCHET.get(name, ()) for name, at in zip(table["indicator"], table["at"], strict=True)]
    others = table[np.array(looked_at) & ~ratchet]
    return "\n\n".join([
        sheet("ratchet", costs[["indicator", "at", "mean", "unit", "n"]]),
        sheet("ratchet", others[["commitment", "indicator", "at", "against_ratchet", "ci_low", "ci_high", "unit"]]),
    ])  # fmt: skip


def equal_cost(found: Tables) -> str:
    """Return what share of its additions each strategy can afford at the reference's cost."""
    return sheet("equal_cost", found["equal_cost"].drop(columns="equal"))


BLOCKS: dict[str, Callable[[Tables], str]] = {"verdicts": verdicts, "ratchet": crisis, "equal_cost": equal_cost}


def main() -> None:
    """Fill the tables for which there are results."""
    given = [Path(text) for text in sys.argv[1:]]
    levers, cost = given + [Path("results/levers"), Path("results/equal_cost")][len(given) :]
    files = {"verdicts": FILE, "ratchet": levers / "ratchet.csv", "equal_cost": cost / "equal_cost.csv"}
    found = {name: pd.read_csv(path) for name, path in files.items() if path.is_file()}
    PROSE.write_text(filled(PROSE.read_text(encoding="utf-8"), found, BLOCKS), encoding="utf-8")
    print(PROSE)


if __name__ == "__main__":
    main()
