"""What evidence stands on the path of an indicator: the grades of the parameters that reach it.

An indicator depends on a recorded column if it changes when that column does (tried on a short run). A column comes
from the rules that write it, these read other columns, and so on back: that is the whole path. Its first step are the
rules that write the indicator's own columns. What rules read and write stands in their docstrings. Almost every path
is long, because firms, provinces and nation feed back on each other: therefore the grades of both are given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import fields
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ftz_sim.indicators.national import national_table
from ftz_sim.indicators.records import Records
from ftz_sim.indicators.units import Table
from ftz_sim.model.parameters import all_cards
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.runs.model import FtzModel
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.words import Lang, say
from ftz_sim.trace.code import columns, listed

GRADES = ("D", "L", "C", "A")  # strongest first
TABLES = ("nation", "regions", "zones", "partners", "firms")
ALWAYS = ("initial_state",)  # parameters that every path starts from
SUMS = {  # what the recorder adds up -> the columns behind it
    "fdi_by_tier": ("fdi",),
    "exports_by_tier": ("exports",),
    "input_cost": ("chain_gap",),
    "largest_chain_gap": ("chain_gap",),
    "digital": ("digital", "value_added"),
    **dict.fromkeys(("workers_by_field", "krugman_specialisation", "hhi", "clusters"), ("workers",)),
    "effective_firms": ("value_added",),
    "top_firm_share": ("value_added",),
    "births": ("birth_quarter",),
    "climbs": ("upgrade_quarter",),
}
Counts = dict[str, int]


class Path(NamedTuple):
    """The evidence behind an indicator."""

    rules: tuple[str, ...]  # all rules on the path, in the order of the schedule
    nearest: tuple[str, ...]  # those that write its own columns
    grades: Counts  # parameters on the whole path by grade
    nearest_grades: Counts

    @property
    def weakest(self) -> str:
        """Return the weakest grade on the whole path."""
        return max((grade for grade in GRADES if self.grades[grade]), key=GRADES.index)


@cache
def paths() -> dict[str, Path]:
    """Return the evidence behind every national indicator."""
    writers = {name: listed(columns(name).writes) for name in SCHEDULE}
    readers = {name: listed(columns(name).reads) for name in SCHEDULE}

    def writing(wanted: Iterable[str]) -> set[str]:
        names = set(wanted)
        return {rule for rule, out in writers.items() if out & names}

    found = {}
    for indicator, own in dependencies().items():
        nearest = writing(own)
        whole, edge = set(nearest), set(nearest)
        while edge := writing({column for rule in edge for column in readers[rule]}) - whole:
            whole |= edge
        found[indicator] = Path(_ordered(whole), _ordered(nearest), _grades({*whole, *ALWAYS}), _grades(nearest))
    return found


@cache
def dependencies(made_by: Callable[[Records], Table] = national_table) -> dict[str, set[str]]:
    """Return the columns on which every indicator of a table depends."""
    records = _short_run()
    plain = made_by(records)
    found: dict[str, set[str]] = {name: set() for name in plain}
    for table in TABLES:
        for column in (each.name for each in fields(getattr(records, table))):
            with np.errstate(all="ignore"):
                changed = made_by(_shaken(records, table, column))
            behind = SUMS.get(column, (column,))
            for name, values in changed.items():
                if not np.array_equal(values, plain[name], equal_nan=True):
                    found[name] |= {f"{table}.{each}" for each in behind}
    return found


@cache
def _short_run() -> Records:
    model = FtzModel(Scenario.load("single_ftz", ["population.firms=2000", "horizon.end=2015Q4"]), rng=1)
    while model.running:
        model.step()
    return model.recorder.records


def _shaken(records: Records, table: str, column: str) -> Records:
    """Return records of which one column is another, by up to half of itself."""
    series = copy(getattr(records, table))
    values: Any = getattr(series, column)
    waves = np.sin(1.0 + np.arange(values.size)).reshape(values.shape)
    setattr(series, column, values * (1 + waves / 2) + np.abs(waves) / 100)
    return Records(**{each.name: series if each.name == table else getattr(records, each.name)
                      for each in fields(Records)})  # fmt: skip


def sentence(indicator: str, lang: Lang) -> str:
    """Return the evidence behind a national indicator in one line."""
    path = paths()[indicator]
    near, whole = (
        " ".join(f"{grade} {number}" for grade, number in count.items()) for count in (path.nearest_grades, path.grades)
    )
    return say("evidence.path", lang, weakest=path.weakest, near=near, rules=len(path.rules), whole=whole)


def _ordered(rules: Iterable[str]) -> tuple[str, ...]:
    there = set(rules)
    return tuple(name for name in SCHEDULE if name in there)


def _grades(mechanisms: Iterable[str]) -> Counts:
    there = set(mechanisms)
    count = Counter[str](card.grade for path, card in all_cards().items() if path.partition(".")[0] in there)
    return {grade: count[grade] for grade in GRADES}
