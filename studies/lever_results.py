"""Fill the tables of docs/papers.md, in both languages, so that no number is copied by hand. Part of `make levers`.

python studies/lever_results.py [results/levers] [results/equal_cost]
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from page_words import inside, say
from validation_results import Block, Tables, fill, markdown, sheet

from ftz_sim.analysis.lever_verdicts import FILE
from ftz_sim.text.numbers import estimate
from ftz_sim.text.words import Lang

RATCHET = {  # what the crisis leaves, and when it is looked at
    "services_list_zone": ("2028", "2035"),
    "effective_openness": ("2028",),
    "fdi": ("2028", "2035"),
    "gdp": ("2028", "2035"),
}
COSTS = ("trough", "cumulative_loss", "recovery_quarters")


def verdicts(found: Tables, lang: Lang) -> str:
    """Return the number of verdicts on claims, and those that are neither as claimed nor so by construction."""
    table = found["verdicts"]
    table = table[table["claimed"].isin(["+", "-"])]
    counts = table["verdict"].value_counts()
    told = (say("count", lang, count=count, what=inside(verdict, lang)) for verdict, count in counts.items())
    values = {
        "n": len(table),
        "seeds": table["n"].max(),
        "sizes": say("or", lang).join(f"{firms:,}" for firms in sorted(table["firms"].unique())),
        "end": table["end"].iloc[0],
        "told": say("and", lang).join(told),
    }
    shown = table[~table["verdict"].isin(["as claimed", "by construction"])]
    return "\n\n".join([say("verdicts", lang, **values), rows(shown, lang)])


def rows(table: pd.DataFrame, lang: Lang) -> str:
    """Return verdicts in Markdown."""
    heads = ["name", "when", "step", "indicator", "claimed", "effect", "from", "to", "unit", "firms", "verdict"]
    table = table.fillna({"step": ""}).rename(columns={"name": "name_"})
    lines = [
        [row.name_, inside(row.when, lang), row.step, row.indicator, row.claimed,
         said.value, said.low, said.high, inside(row.unit, lang), f"{row.firms:,}", inside(row.verdict, lang)]
        for row in table.itertuples()
        for said in [estimate(row.effect, row.ci_low, row.ci_high)]
    ]  # fmt: skip
    return markdown([inside(head, lang) for head in heads], lines)


def crisis(found: Tables, lang: Lang) -> str:
    """Return what the crisis costs, and how other commitments differ from the ratchet after it."""
    table = found["ratchet"]
    table = table[table["world"] == "crisis"].astype({"at": str})
    ratchet = table["commitment"] == "ratchet"
    costs = table[ratchet & table["indicator"].isin(COSTS)]
    looked_at = [at in RATCHET.get(name, ()) for name, at in zip(table["indicator"], table["at"], strict=True)]
    costs = costs[["indicator", "at", "mean", "unit", "n"]]
    others = table[np.array(looked_at) & ~ratchet]
    others = others[["commitment", "indicator", "at", "against_ratchet", "ci_low", "ci_high", "unit"]]
    return "\n\n".join([sheet("ratchet", costs, lang), sheet("ratchet", others, lang)])


def equal_cost(found: Tables, lang: Lang) -> str:
    """Return what share of its additions each strategy can afford at the reference's cost."""
    table = found["equal_cost"].drop(columns="equal")
    if lang == "zh":
        table[["cost", "target"]] /= 1000  # 万亿元
    return sheet("equal_cost", table, lang)


BLOCKS: dict[str, Block] = {"verdicts": verdicts, "ratchet": crisis, "equal_cost": equal_cost}


def main() -> None:
    """Fill the tables for which there are results."""
    given = [Path(text) for text in sys.argv[1:]]
    levers, cost = given + [Path("results/levers"), Path("results/equal_cost")][len(given) :]
    files = {"verdicts": FILE, "ratchet": levers / "ratchet.csv", "equal_cost": cost / "equal_cost.csv"}
    fill({name: pd.read_csv(path) for name, path in files.items() if path.is_file()}, BLOCKS)


if __name__ == "__main__":
    main()
