"""Replay of a design: any run of its archive made again from the folder alone, and held against what was stored.

The folder keeps its file and its start. A run of another file, from before choices were changed in the same folder, is
told by its key, the digest of all that decides it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.analysis import agreement
from ftz_sim.analysis.changes import Change, changes_since
from ftz_sim.analysis.replay import SAMPLE, Replay, Verification, held, verify
from ftz_sim.design.archive import Keys
from ftz_sim.design.choices import Candidate, code_of
from ftz_sim.design.manifest import FILE, SCENARIOS
from ftz_sim.design.measures import tables_of
from ftz_sim.design.problem import Problem, read_problem
from ftz_sim.design.worlds import World, Worlds
from ftz_sim.errors import InputError, nearest
from ftz_sim.indicators.tables import Tables
from ftz_sim.results import parts
from ftz_sim.results.reading import read_manifest, refuse_swollen
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.words import Lang

if TYPE_CHECKING:
    import pandas as pd

    from ftz_sim.analysis.replay import Pair


class Stored:
    """A design that was stored: its problem, its runs, and how each is made again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.manifest = folder, read_manifest(folder)
        refuse_swollen(folder)
        start = Scenario.load(folder / SCENARIOS / f"{self.manifest['reference']}.yaml")
        self.problem: Problem = read_problem(folder / FILE, start)
        self.runs: pd.DataFrame = parts.read_all(folder, parts.RUNS).to_pandas()
        self._worlds, self._keys = Worlds(self.problem), Keys(self.problem, str(self.manifest["model"]))

    def again(self, run: pd.Series[Any], changes: list[Change], lang: Lang) -> Replay:
        """Make a run again, one that is of this problem."""
        candidate, world = self._made_of(run)
        spec, readings = world.of(self.problem.scenario(candidate, code_of(candidate))), self.problem.readings

        def pairs(made: Tables) -> Iterator[Pair]:
            values = {each.column: each.of(made, spec.horizon.fork.index) for each in readings}
            yield parts.RUNS, *agreement.row_again(self.runs, run.name, values)

        return held(run, spec, tables_of(readings), pairs, changes, lang)

    def is_own(self, run: pd.Series[Any]) -> bool:
        """Tell whether a run is one of this problem, and not of what the folder held before."""
        ways = [len(choice.ways) for choice in self.problem.choices]
        candidate = _candidate(run)
        if len(candidate) != len(ways) or not all(0 <= way <= most for way, most in zip(candidate, ways, strict=True)):
            return False
        return self._keys.of(*self._made_of(run)) == run["key"]

    def _made_of(self, run: pd.Series[Any]) -> tuple[Candidate, World]:
        return _candidate(run), self._worlds.at(int(run["sample"]))


def replay(folder: str | Path, run_id: str, lang: Lang = "en") -> Replay:
    """Make one run of a design again; differences are said in ``lang``.

    Raises:
        InputError: if there is no such run, or it is of another file that the folder held before.
    """
    stored = Stored(Path(folder))
    found = stored.runs[stored.runs["run_id"] == run_id]
    if found.empty:
        raise InputError("no_run", folder=folder, found=run_id, nearest=nearest(run_id, stored.runs["run_id"]))
    own = [run for _, run in found.iterrows() if stored.is_own(run)]
    if not own:
        raise InputError("run_of_before", folder=folder, found=run_id)
    return stored.again(own[0], changes_since(stored.manifest), lang)


def verify_design(folder: str | Path, sample: int = SAMPLE, lang: Lang = "en") -> Verification:
    """Check a design's files against its manifest, and make ``sample`` of its runs again.

    Raises:
        InputError: if it is no folder of an experiment, or ``sample`` makes no sense.
    """
    found = verify(folder, sample, lang)
    if found.problems:
        return found
    stored = Stored(Path(folder))
    places = np.unique(np.linspace(0, len(stored.runs) - 1, min(sample, len(stored.runs))).astype(int))
    runs = [stored.runs.iloc[place] for place in places]
    found.replays = [stored.again(run, found.changes, lang) for run in runs if stored.is_own(run)]
    return found


def _candidate(run: pd.Series[Any]) -> Candidate:
    return tuple(map(int, str(run["scenario"]).split("-")))
