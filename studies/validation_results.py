"""Write docs/validation-results.md from a validation folder, so that no number is copied by hand.

ftz validate --reps 10 --placebos 20 --out results/validation
python studies/validation_results.py [results/validation] [results/calibration]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas as pd

from ftz_sim.report import validation_tables as tables
from ftz_sim.report.validation_words import word

PAGE = Path(__file__).parents[1] / "docs" / "validation-results.md"
ORDER = ("provinces", "estimators", "cells", "neighbours", "placebo", "placements", "identical_firms")
CALIBRATION = ("persistence", "plausible", "weak")


def markdown(sheet: tables.Sheet) -> str:
    """Return a table in Markdown."""
    rows = [sheet.heads, ["---"] * len(sheet.heads), *sheet.rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows)


def page(folder: Path, calibration: Path) -> str:
    """Return the page."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    found = {path.stem: pd.read_csv(path) for path in folder.glob("*.csv")}
    board = found["board"]
    parts = [
        "<!-- Written by studies/validation_results.py; run it again instead of editing. -->",
        "# Results of the validation",
        f"{word('runs', 'en', n=manifest['reps'], firms=manifest['firms'], end=manifest['end'])}. ftz_sim "
        f"{manifest['version']}, seed {manifest['seed']}. What they mean: `docs/validation.md`.",
        f"## {word('counts', 'en')}",
        markdown(tables.counts(board, "en")),
        "## Board",
        markdown(tables.targets(board, "en")),
    ]
    for name in ORDER:
        if name in found:
            title = "forecasts" if name == "provinces" else name
            note = word(f"{title}.note", "en") if name in ("provinces", "estimators") else ""
            naive = tables.naive_wins(found[name], "en") if name == "provinces" else []
            parts += [f"## {word(title, 'en')}", note, *naive, markdown(tables.shown(name, found[name], "en"))]
    for name in CALIBRATION:
        file = calibration / f"{name}.csv"
        if file.is_file():
            parts += [f"## Calibration: {name}", markdown(tables.shown(name, pd.read_csv(file), "en"))]
    return "\n\n".join(part for part in parts if part) + "\n"


def main() -> None:
    """Write the page."""
    given = [Path(text) for text in sys.argv[1:]]
    folders = given + [Path("results/validation"), Path("results/calibration")][len(given) :]
    PAGE.write_text(page(folders[0], folders[1]), encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
