"""Are the runs of a stored sweep those of its plan: their seeds, keys, and the values of the uncertainties?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.analysis.agreement import Array, wrong
from ftz_sim.results.parts import SEED
from ftz_sim.runs.batches import Keys, points, seed_of, work_of
from ftz_sim.runs.stored_plan import stored_plan
from ftz_sim.runs.uncertainties import settle
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    import pandas as pd

    from ftz_sim.runs.sweep_file import Plan

DRAWN_BY = ("model", "numpy", "scipy", "SALib")  # another version of these may draw other points


def problems(folder: Path, manifest: dict[str, Any], runs: pd.DataFrame, lang: Lang) -> Iterator[str]:
    """Yield a sentence for all that is not as the plan in the manifest has it; ``runs`` are those of the folder.

    Raises:
        InputError: if there is no such plan.
    """
    plan = stored_plan(folder, manifest)
    planned = {
        "seed": plan.record.seed, "reps": plan.record.replicates, "samples": plan.design.rows,
        "factors": list(plan.factors), "tables": list(plan.record.tables),
    }  # fmt: skip
    different = [key for key, value in planned.items() if manifest[key] != value]
    yield from (say("error.not_of_plan", lang, name=f"manifest.json, {key}") for key in different)
    if not different:
        right = _made_again(plan, runs)
        for column, values in right.items():
            yield from wrong("runs.parquet", column, runs[column].to_numpy(), values, lang)


def _made_again(plan: Plan, runs: pd.DataFrame) -> dict[str, Array]:
    """Return seeds, keys, values and pulls of all runs, each [runs], from their names alone."""
    work = work_of(plan)
    keys, numbers = Keys(work), {spec.name: number for number, spec in enumerate(plan.specs)}
    drawn = dict(points(plan, sorted(set(runs["sample"]))))
    settled = {
        sample: settle(plan.specs, dict(zip(plan.factors, point.tolist(), strict=True)))
        for sample, point in drawn.items()
    }
    samples = runs["sample"].tolist()
    seeds = [seed_of(work, *place) for place in zip(samples, runs["replicate"].tolist(), strict=True)]
    named = zip(runs["scenario"], samples, seeds, strict=True)
    digests = [keys.of(numbers[name], drawn[sample], seed) for name, sample, seed in named]
    found: dict[str, Array] = {SEED: np.array(seeds, dtype="u8"), "key": np.array(digests, dtype=object)}
    found |= {factor: np.array([settled[sample][0][factor] for sample in samples]) for factor in plan.factors}
    return found | {"pulled": np.array([settled[sample][1] for sample in samples], dtype=float)}
