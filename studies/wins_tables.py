"""Tables of the page on when each strategy wins, from the folders of `ftz sweep` and `ftz robustness`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from wins_words import say

from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.text.numbers import MISSING, estimate
from ftz_sim.text.words import LANGUAGES

ROUNDING = 1e-9  # less is none
ASKED = ("gdp", "patents", "theil", "co2", "nqp_fixed")


def both(key: str, **values: Any) -> list[str]:
    """Return the words of ``key`` in English and, as a paragraph of its own, in Chinese."""
    english, chinese = (say(key, lang, **values) for lang in LANGUAGES)
    return [english, "", chinese, ""]


def heading(key: str, level: int = 2) -> list[str]:
    """Return a heading in both languages."""
    return [f"{'#' * level} {' / '.join(say(key, lang) for lang in LANGUAGES)}", ""]


def read(path: Path) -> pd.DataFrame:
    """Return a table of a folder."""
    return pd.read_csv(path)


def table(frame: pd.DataFrame) -> list[str]:
    """Return a table as lines of Markdown."""
    rows: list[Sequence[Any]] = [list(frame.columns), ["---"] * len(frame.columns), *frame.to_numpy().tolist()]
    return [*("| " + " | ".join(map(cell, row)) + " |" for row in rows), ""]


def cell(value: Any) -> str:
    """Return a cell of a table."""
    if isinstance(value, float):
        value = 0.0 if abs(value) < ROUNDING else value
        return "–" if value != value else f"{value:.6g}" if abs(value) >= 1000 else f"{value:.3g}"
    return str(value)


def best(folder: Path) -> pd.DataFrame:
    """Return in which share of draws each scenario is best, by indicator, with intervals."""
    rows = read(folder / "robustness.csv").query("indicator in @ASKED")
    ends = zip(rows["p_best"], rows["p_best_low"], rows["p_best_high"], strict=True)
    told = rows.assign(told=[f"{share:.2f} [{low:.2f}, {high:.2f}]" for share, low, high in ends])
    order = list(dict.fromkeys(rows["scenario"]))
    wide = told.pivot(index="indicator", columns="scenario", values="told")
    return wide.loc[list(ASKED), order].reset_index()


def gaps(folder: Path) -> pd.DataFrame:
    """Return mean differences to the reference with their intervals and ranges."""
    rows = read(folder / "gaps.csv").query("indicator in @ASKED")
    means = [estimate(*each) for each in zip(rows["mean"], rows["ci_low"], rows["ci_high"], strict=True)]
    ranges = [estimate(low=low, high=high) for low, high in zip(rows["low"], rows["high"], strict=True)]
    found = rows[["scenario", "indicator"]].assign(mean=[each.value for each in means])
    found["interval"] = [each.interval or MISSING for each in means]
    found["nine in ten"] = [each.interval or MISSING for each in ranges]
    return found.assign(above=rows["share_above"]).rename(columns={"above": "above 0"})


def answers(folder: Path) -> Iterator[str]:
    """Yield for every indicator which scenario has the best mean, and in what share of draws it is the best."""
    wins = read(folder / "robustness.csv")
    means = read(folder / "gaps.csv").pivot(index="scenario", columns="indicator", values="mean")
    reference = next(name for name in wins["scenario"] if name not in means.index)
    means.loc[reference] = 0.0
    for name in ASKED:
        first = str((NATIONAL[name].direction * means[name]).idxmax())
        row = wins[(wins["indicator"] == name) & (wins["scenario"] == first)].iloc[0]
        values = {"best": f"`{first}`", "share": float(row["p_best"]), "n": int(row["n"])}
        english, chinese = (
            say("wins.interior", lang, indicator=NATIONAL[name].label(lang), **values) for lang in LANGUAGES
        )
        yield f"- {english} {chinese}"


def inside(folder: Path) -> float:
    """Return in which share of draws neither the first nor the last scenario is best on GDP."""
    shares = read(folder / "robustness.csv").query("indicator == 'gdp'")["p_best"].tolist()
    return sum(shares[1:-1])


def indices(folder: Path) -> list[str]:
    """Return the table of sensitivity indices of the difference in GDP, and which of them have not converged."""
    rows = read(folder / "sensitivity.csv").query("indicator == 'gdp'").dropna(subset=["reference"])
    loose = [f"`{name}`" for name in rows.loc[~rows["converged"], "parameter"]]
    said = (
        both("wins.loose", loose=len(loose), all=len(rows), names=", ".join(loose))
        if loose
        else both("wins.settled", all=len(rows))
    )
    return [*table(rows.drop(columns=["indicator", "blocks"]).dropna(axis=1, how="all")), *said]
