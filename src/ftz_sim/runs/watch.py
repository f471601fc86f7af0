"""Watching for signs: which rules have fired in each of several runs, and the policy that this comes to.

What is kept is the quarter in which each rule fired, nothing else. A rule that fired is a dated step from then on, so a
run with rules has the bits of one whose dates are those in which they fired.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ftz_sim.indicators.tables import Tables, all_tables
from ftz_sim.indicators.units import Table
from ftz_sim.model.clock import Quarter
from ftz_sim.runs.recorder import Recorder
from ftz_sim.scenario.rules import Rule
from ftz_sim.scenario.scenario import LeverStep, Scenario
from ftz_sim.scenario.signs import Sign

Fired = dict[str, int]  # quarter in which the levers of a rule began to move, by its name


class Watch:
    """The rules of runs that are played together, or of one.

    Attributes:
        fired: what has fired in each run.
    """

    def __init__(self, specs: Sequence[Scenario], fired: Sequence[Fired] = ()) -> None:
        self.fired = [dict(each) for each in fired] or [{} for _ in specs]
        self._waiting = [
            (run, rule, spec.horizon.fork.index)
            for run, spec in enumerate(specs)
            for rule in spec.rules
            if rule.name not in self.fired[run]
        ]

    def look(self, recorder: Recorder, quarter: int) -> list[int]:
        """Look at what is recorded, before ``quarter`` begins, and return the runs in which a rule fires."""
        looking = [(run, rule) for run, rule, fork in self._waiting if quarter >= fork]
        if not looking:
            return []
        signs = dict.fromkeys(sign for _, rule in looking for sign in rule.when.signs)  # runs share them
        tables = all_tables(recorder.records, sorted({sign.table for sign in signs}))
        seen = {sign: sign.seen(sign.of(tables)) for sign in signs}
        met = {when: when.met(seen) for when in dict.fromkeys(rule.when for _, rule in looking)}
        found = [(run, rule.name) for run, rule in looking if met[rule.when][run]]
        for run, name in found:
            self.fired[run][name] = quarter
        self._waiting = [each for each in self._waiting if (each[0], each[1].name) not in found]
        return sorted({run for run, _ in found})

    def table(self, quarters: int, runs: bool = False) -> Table:
        """Return by the name of a rule whether it has fired, 0 or 1, by quarter [T], or by quarter and run [T, E]."""
        names = dict.fromkeys(name for each in self.fired for name in each)
        begun = {name: np.array([each.get(name, quarters) for each in self.fired]) for name in names}
        fired = {name: (np.arange(quarters)[:, None] >= first).astype(float) for name, first in begun.items()}
        return fired if runs else {name: values[:, 0] for name, values in fired.items()}


def steps_of(spec: Scenario, fired: Fired) -> list[LeverStep]:
    """Return the steps of a scenario whose rules have ``fired``, in the order in which they are laid."""
    begun = sorted((fired[rule.name], place) for place, rule in enumerate(spec.rules) if rule.name in fired)
    own = [move.at(Quarter.at(first)) for first, place in begun for move in spec.rules[place].then]
    return [*spec.policy, *own]


def signs_seen(rule: Rule, tables: Tables, quarter: int) -> list[Sign]:
    """Return the signs that were there when a rule fired in ``quarter`` of one run: of any, perhaps not all."""
    return [sign for sign in rule.when.signs if sign.seen(sign.of(tables)[:quarter]).all()]


def tables_with(names: Sequence[str], specs: Sequence[Scenario]) -> tuple[str, ...]:
    """Return ``names`` of tables and those that rules look at, too."""
    looked_at = {sign.table for spec in specs for rule in spec.rules for sign in rule.when.signs}
    return (*names, *sorted(looked_at - set(names)))
