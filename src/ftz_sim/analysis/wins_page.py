"""The page on when each strategy wins, written from the folders of `make decide`: every number comes from a run.

    python -m ftz_sim.analysis.wins_page docs/when-does-each-win.md RESULTS

RESULTS holds the folders ``what_decides``, ``what_decides_robustness``, ``what_matters_morris_sensitivity``,
``what_matters_most_sobol_sensitivity`` and ``integrated_against_single_ftz``; the last three may be missing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ftz_sim.results.reading import read_manifest
from ftz_sim.results.statements import kept, paragraph

if TYPE_CHECKING:
    import pandas as pd

ROUNDING = 1e-9  # less is none
SHOWN = 5  # parameters of a tornado
HEAD = """<!-- Written by `make decide` from the folders it runs; edit the code, not this page. -->

# When does each strategy win?

{zh}

{en}

These are statements about the model and the ranges on its cards (`docs/lever-signs.md`), which are choices; nothing
here is a forecast. Numbers are of the final year, {year}; differences are to `{reference}` with matched seeds and
parameters; 2,000 firms. Sweeps of this size are shipped in `sweeps/`.

## What was run

| | |
|---|---|
{runs}
"""
FOLDERS = {
    "sweep": "what_decides",
    "wins": "what_decides_robustness",
    "screening": "what_matters_morris_sensitivity",
    "sobol": "what_matters_most_sobol_sensitivity",
    "gap": "integrated_against_single_ftz",
}
PLACES = re.compile(r" --(out|runs-out) \S+")  # where somebody put the results is of no interest
WINS = ("scenario", "p_best", "p_best_low", "p_best_high", "mean_regret", "max_regret", "satisfied")


def page(results: Path) -> str:
    """Return the page from the folders below ``results``."""
    folders = {key: results / name for key, name in FOLDERS.items() if (results / name / "manifest.json").is_file()}
    manifests = {key: read_manifest(folder) for key, folder in folders.items()}
    wins, robustness = _csv(folders["wins"] / "robustness.csv"), manifests["wins"]
    lines = [
        HEAD.format(
            en=paragraph(kept(robustness), "en"),
            zh=paragraph(kept(robustness), "zh"),
            reference=robustness["reference"],
            year=_year(folders["sweep"]),
            runs="\n".join(_runs(manifests)),
        )
    ]
    gdp = wins[wins["indicator"] == "gdp"]
    lines += ["## Who wins on GDP", "", *_table(gdp[list(WINS)]), ""]
    lines += [
        "`satisfied`: share of draws with GDP no lower than the reference's; `p_best`: Wilson's 95 % interval.",
        "",
    ]
    best = wins.dropna(subset=["p_best"]).pivot(index="indicator", columns="scenario", values="p_best")
    order = list(dict.fromkeys(wins["scenario"]))
    lines += ["## Probability of being best, by indicator", "", *_table(best[order].reset_index()), ""]
    lines += ["## Growth, balance, carbon, cost (means)", "", *_table(_csv(folders["wins"] / "pareto.csv")), ""]
    tornado = _csv(folders["wins"] / "tornado.csv").groupby("scenario", sort=False).head(SHOWN)
    shown = ["scenario", "parameter", "rank_correlation", "p_adjusted", "low_third", "high_third", "break_even"]
    lines += ["## What the GDP differences depend on", "", *_table(tornado[shown]), ""]
    lines += ["`low_third`, `high_third`: mean difference (%) where the parameter is in that third of its draws.", ""]
    lines += ["## Boundary", "", *_table(_csv(folders["wins"] / "boundary.csv")), ""]
    for key, title in (("screening", "Screening (Morris)"), ("sobol", "Shares of variance (Sobol)")):
        if key in folders:
            lines += [f"## {title}", "", *_sensitivity(folders[key]), ""]
    if "gap" in folders:
        lines += ["## What brings the gap of `integrated`", "", paragraph(kept(manifests["gap"]), "en"), ""]
        gap = _csv(folders["gap"] / "attribution.csv").query("indicator == 'gdp'")
        lines += _table(gap[["part", "one_in", "one_out", "shapley", "shapley_low", "shapley_high", "n"]])
    return "\n".join(lines).rstrip() + "\n"


def _runs(manifests: dict[str, Any]) -> Iterator[str]:
    for manifest in manifests.values():
        parts = [f"seed {manifest['seed']}"] if manifest.get("seed") is not None else []
        parts += [f"{manifest['samples']} points x {manifest['reps']} seeds"] if manifest["kind"] == "sweep" else []
        parts += [f"{manifest['reps']} seeds"] if manifest["kind"] == "attribute" else []
        state = manifest.get("state", "done")
        parts += [] if state == "done" else [f"{state}: stopped early"]
        parts += [manifest["started"][:10], f"model {manifest['model']}"]
        yield f"| `{PLACES.sub('', manifest['command'])}` | {', '.join(parts)} |"


def _sensitivity(folder: Path) -> list[str]:
    table = (
        _csv(folder / "sensitivity.csv").query("indicator == 'gdp' and reference != ''").dropna(subset=["reference"])
    )
    loose = int((~table["converged"]).sum())
    said = f"{loose} of {len(table)} indices have not converged (`converged` False): do not rank those."
    return [*_table(table.drop(columns=["indicator", "blocks"])), "", said]


def _year(folder: Path) -> int:
    from ftz_sim.analysis.sweep_outcomes import sweep_outcomes

    return sweep_outcomes(folder, ["gdp"]).year


def _csv(path: Path) -> pd.DataFrame:
    import pandas as pd

    return pd.read_csv(path)


def _table(frame: pd.DataFrame) -> list[str]:
    rows: list[Sequence[Any]] = [list(frame.columns), ["---"] * len(frame.columns), *frame.to_numpy().tolist()]
    return ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]


def _cell(value: Any) -> str:
    if isinstance(value, float):
        value = 0.0 if abs(value) < ROUNDING else value
        return "–" if value != value else f"{value:.6g}" if abs(value) >= 1000 else f"{value:.3g}"
    return str(value)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(Path(sys.argv[2])), encoding="utf-8")
