"""The page on when each strategy wins, written from the folders of `make decide`: every number comes from a run.

    python studies/wins_page.py docs/when-does-each-win.md RESULTS

RESULTS holds the folders of `FOLDERS`; those of ``equal`` and ``equal_wins`` must be there, others may be missing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import wins_tables as tables
from wins_words import say

from ftz_sim.analysis.sweep_outcomes import sweep_outcomes
from ftz_sim.model.shocks import ChanceRecord
from ftz_sim.results.reading import read_manifest
from ftz_sim.results.statements import kept, paragraph
from ftz_sim.scenario.sentences import shock_text
from ftz_sim.text.words import LANGUAGES

SHOWN = 5  # parameters of a tornado
QUESTIONS = ("how_much_coordination", "which_zones", "which_order")
EQUAL = "_equal_cost"
FOLDERS = {
    "equal": f"what_decides{EQUAL}",
    "equal_wins": f"what_decides{EQUAL}_robustness",
    "sweep": "what_decides",
    "wins": "what_decides_robustness",
    **{key: f"{key}{EQUAL}" for key in QUESTIONS},
    **{f"{key}_wins": f"{key}{EQUAL}_robustness" for key in QUESTIONS},
    "screening": "what_matters_morris_sensitivity",
    "sobol": "what_matters_most_sobol_sensitivity",
    "gap": "integrated_against_single_ftz",
}
PLACES = re.compile(r" --(out|runs-out) \S+")  # where somebody put the results is of no interest
NOTICE = "<!-- Written by `make decide` from the folders it runs; edit the code, not this page. -->"
TITLE = "# When does each strategy win? / 各战略何时胜出？"
TORNADO = ["scenario", "parameter", "rank_correlation", "p_adjusted", "low_third", "high_third", "break_even"]
ATTRIBUTED = ["part", "one_in", "one_out", "shapley", "shapley_low", "shapley_high", "n"]


def page(results: Path) -> str:
    """Return the page from the folders below ``results``."""
    folders = {key: results / name for key, name in FOLDERS.items() if (results / name / "manifest.json").is_file()}
    manifests = {key: read_manifest(folder) for key, folder in folders.items()}
    lines = [NOTICE, "", TITLE, "", *_said(manifests["equal_wins"])]
    lines += _caveat(folders["equal"], manifests["equal"])
    lines += [*_shocks(manifests["equal"]), *tables.both("wins.equal")]
    lines += [*tables.heading("wins.h.run"), "| | |", "|---|---|", *_runs(manifests), ""]
    for key, sweep in (("equal", "equal_wins"), ("full", "wins")):
        if sweep in folders:
            lines += [*tables.heading(f"wins.h.{key}"), *_compared(folders[sweep], manifests[sweep])]
    for key in QUESTIONS:
        if f"{key}_wins" in folders:
            lines += _question(key, folders[f"{key}_wins"], manifests[key], manifests[f"{key}_wins"])
    lines += _depends(folders["equal_wins"])
    for key in ("screening", "sobol"):
        if key in folders:
            lines += [*tables.heading(f"wins.h.{key}"), *tables.indices(folders[key])]
            lines += tables.both("wins.measured") if key == "screening" else []
    if "gap" in folders:
        gap = tables.read(folders["gap"] / "attribution.csv").query("indicator == 'gdp'")
        lines += [*tables.heading("wins.h.gap"), *_said(manifests["gap"]), *tables.table(gap[ATTRIBUTED])]
    return "\n".join(lines).rstrip() + "\n"


def _said(manifest: dict[str, Any]) -> list[str]:
    return [text for lang in LANGUAGES for text in (paragraph(kept(manifest), lang), "")]


def _caveat(folder: Path, manifest: dict[str, Any]) -> list[str]:
    key = f"ranges.{manifest['ranges']}" if manifest.get("ranges") else "wins.own_ranges"
    year = _year(folder)
    return [t for lang in LANGUAGES for t in (say("wins.caveat", lang, year=year, ranges=say(key, lang)), "")]


def _shocks(manifest: dict[str, Any]) -> list[str]:
    """Say which shocks may come, and with what chance."""
    drawn = [ChanceRecord.model_validate(each) for each in manifest["plan"].get("shocks", [])]
    if not drawn:
        return []
    parts = {
        lang: say("join.list", lang).join(
            say("wins.chance", lang, chance=each.chance, what=shock_text(each.shock, lang)) for each in drawn
        )
        for lang in LANGUAGES
    }
    return [text for lang in LANGUAGES for text in (say("wins.shocks", lang, parts=parts[lang]), "")]


def _compared(folder: Path, manifest: dict[str, Any]) -> list[str]:
    lines = [*tables.both("wins.best"), *tables.table(tables.best(folder))]
    return [*lines, *tables.both("wins.gaps", reference=manifest["reference"]), *tables.table(tables.gaps(folder))]


def _question(key: str, folder: Path, sweep: dict[str, Any], wins: dict[str, Any]) -> list[str]:
    """Return what one of the questions on one budget found."""
    pulls = pd.DataFrame(sweep["equal_cost"] or [])
    lines = [*tables.heading(f"wins.h.{key}"), *tables.answers(folder), ""]
    lines += tables.both("wins.inside", share=tables.inside(folder)) if key == QUESTIONS[0] else []
    lines += [] if pulls.empty else tables.table(pulls)
    return [*lines, *_compared(folder, wins)]


def _depends(folder: Path) -> list[str]:
    tornado = tables.read(folder / "tornado.csv").groupby("scenario", sort=False).head(SHOWN)
    return [
        *tables.heading("wins.h.front"),
        *tables.table(tables.read(folder / "pareto.csv")),
        *tables.heading("wins.h.depends"),
        *tables.table(tornado[TORNADO]),
        *tables.both("wins.thirds"),
        *tables.heading("wins.h.boundary"),
        *tables.table(tables.read(folder / "boundary.csv")),
    ]


def _runs(manifests: dict[str, Any]) -> Iterator[str]:
    for manifest in manifests.values():
        parts = [f"seed {manifest['seed']}"] if manifest.get("seed") is not None else []
        parts += [f"{manifest['samples']} points x {manifest['reps']} seeds"] if manifest["kind"] == "sweep" else []
        parts += [f"{manifest['reps']} seeds"] if manifest["kind"] == "attribute" else []
        state = manifest.get("state", "done")
        parts += [] if state == "done" else [f"{state}: stopped early"]
        parts += [manifest["started"][:10], f"model {manifest['model']}"]
        yield f"| `{PLACES.sub('', manifest['command'])}` | {', '.join(parts)} |"


def _year(folder: Path) -> int:
    return sweep_outcomes(folder, ["gdp"]).year


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(Path(sys.argv[2])), encoding="utf-8")
