"""The role play as it is written: who sits at the table, what each group may decide, when decisions take hold."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from ftz_sim.model.levers import CATALOGUE
from ftz_sim.scenario.lever_steps import ZONES, LeverName, ZoneCode
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.scenario.yaml_reader import read_file
from ftz_sim.seeds.cards import Strict, Words, check
from ftz_sim.text.words import Lang, plain, say

FILE = "game.yaml"


class Round(Strict):
    """One round: its decisions take hold from a quarter on."""

    start: str = Field(alias="from")
    title: Words


class Role(Strict):
    """One group at the table.

    Attributes:
        key: what decision sheets call it.
        name: what people call it.
        brief: who it is.
        wants: what it plays for.
        private: what only its own members read.
        indicators: by which its success is read.
        levers: what it may decide; empty for a zone office, which decides the tools of zones.
        zones: of a zone office; other groups decide for all zones, or for the nation.
        followed_by: zones that nobody plays, and that do the same if zones are to follow.
        place: where success is read; the nation unless said.
        optional: whether it is for larger classes only.
    """

    key: str
    name: Words
    brief: Words
    wants: Words
    private: Words
    indicators: Annotated[tuple[str, ...], Field(min_length=1)]
    levers: tuple[LeverName, ...] = ()
    zones: tuple[ZoneCode, ...] = ()
    followed_by: tuple[ZoneCode, ...] = ()
    place: str = ""
    optional: bool = False


class Game(Strict):
    """The whole role play; see `classroom/game.yaml`."""

    rounds: Annotated[tuple[Round, ...], Field(min_length=1)]
    ramp: int
    most: int
    zone_levers: tuple[LeverName, ...]
    roles: tuple[Role, ...]

    @property
    def by_key(self) -> dict[str, Role]:
        """The groups by what sheets call them."""
        return {role.key: role for role in self.roles}

    @property
    def called(self) -> dict[str, str]:
        """What sheets call the groups, by that and by their names."""
        return {name: role.key for role in self.roles for name in (role.key, role.name.en, role.name.zh)}

    def key(self, name: str) -> str:
        """Return what sheets call a group that may be given by its name in either language, however it is typed."""
        return next((key for called, key in self.called.items() if plain(called) == plain(name)), name)

    def levers(self, role: Role) -> tuple[str, ...]:
        """Return what a group may decide."""
        return self.zone_levers if role.zones else role.levers

    def others(self, role: Role, lever: str, lang: Lang) -> str:
        """Return who must agree before ``lever`` moves where a group decides; empty if it decides alone.

        Zone offices decide each for its own zone, so they are one party to all others and none to each other.
        """
        named = [getattr(each.name, lang) for each in self.roles if each is not role and lever in each.levers]
        zones = not role.zones and lever in self.zone_levers
        return say("plan.and", lang).join([*([say("kit.zone_office", lang)] if zones else []), *named])


def classroom_folder() -> Path:
    """Return the folder of the kit's texts: inside the package, or beside ``src`` in a checkout."""
    packaged = Path(__file__).parent / "shipped"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "classroom"


@cache
def read_game() -> Game:
    """Read the role play."""
    return check(Game, read_file(classroom_folder() / FILE))


@cache
def levels_in_history() -> dict[str, tuple[float, ...]]:
    """Return the last level of every lever in policy as it stood: one number by zone, or one of the nation."""
    found = {name: [0.0] * (1 if lever.scope == "nation" else len(ZONES)) for name, lever in CATALOGUE.items()}
    for step in Scenario.load("history").policy:
        rows = [0] if CATALOGUE[step.lever].scope == "nation" else step.rows()
        for row in rows:
            found[step.lever][row] = step.level
    return {name: tuple(levels) for name, levels in found.items()}


def level_now(role: Role, lever: str) -> str:
    """Return a lever's level in policy as it stood where a group decides: one number, or the lowest and highest."""
    levels = levels_in_history()[lever]
    if CATALOGUE[lever].scope != "nation" and role.zones:
        levels = tuple(levels[ZONES.index(code)] for code in role.zones)
    low, high = min(levels), max(levels)
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"
