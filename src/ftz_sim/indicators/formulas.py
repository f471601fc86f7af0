"""How each indicator is computed and where its definition comes from, in groups as `docs/indicators.md` prints them.

Notation: r province, z zone, p partner, k tier, f field; a sum without index runs over all. Y value added (GDP), K
capital, L workers, T talents, kn knowledge, R research, E emissions, X exports, all of the quarter; "4 x" makes a
quarter's flow an annual rate. open_z is 1 once a zone is open and has zone status. "state" is a column that the named
rule writes (`docs/mechanisms.md` has its equation). A variable of a mean is averaged with the weights after "by".

A source is a key of ``seeds/sources.yaml``, the rule that writes the state, or "definition": a plain ratio or sum, or
an indicator of our own, such as the NQP index.
"""

from __future__ import annotations

from typing import NamedTuple

from ftz_sim.indicators.variables import COMPARED, GROUPS_ZH, VARIABLES, Level, Variable

DEFINITION = "definition"


class Formula(NamedTuple):
    """One indicator's definition."""

    formula: str
    source: str


Group = dict[str, Formula]


def _groups(variables: dict[str, Variable]) -> dict[tuple[str, str], Group]:
    """Return the formulas of a level in the groups of the page."""
    found: dict[tuple[str, str], Group] = {}
    for english, chinese in GROUPS_ZH.items():
        group = {v.name: Formula(v.formula, v.source) for v in variables.values() if v.group == english}
        if group:
            found[english, chinese] = group
    return found


# group in English and Chinese -> formulas, by level
FORMULAS: dict[Level, dict[tuple[str, str], Group]] = {
    level: _groups(variables) for level, variables in {**VARIABLES, "comparison": COMPARED}.items()
}


def formula(level: Level, name: str) -> Formula:
    """Return how an indicator is computed."""
    return next(group[name] for group in FORMULAS[level].values() if name in group)
