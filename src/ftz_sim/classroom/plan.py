"""From decision sheets to one scenario: what all who hold a tool agree on, to the smallest level that one names.

That is the model's own rule for two zones (`model/levers.py`), taken to every tool that several groups at the table
hold. What is decided stays until its group decides anew. Tools that somebody at the table holds and does not name stay
as in policy as it stood; the plan says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from ftz_sim.classroom.game import Game, Role, levels_in_history
from ftz_sim.classroom.sheets import Decision, Read
from ftz_sim.errors import visible
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.scenario.lever_steps import ZONES
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.words import Lang, say

BASE = "history"


class Said(NamedTuple):
    """What a group said of a lever, and where."""

    role: Role
    decision: Decision
    place: str


class Move(NamedTuple):
    """A lever moves: in which round, where, to which level, and who said so."""

    round: int
    lever: str
    level: float
    zones: tuple[str, ...]  # empty: all zones, or the nation
    said: tuple[Said, ...]

    @property
    def below(self) -> bool:
        """Whether it turns back what policy as it stood had somewhere."""
        levels = levels_in_history()[self.lever]
        rows = [ZONES.index(code) for code in self.zones] or range(len(levels))
        return any(self.level < levels[row] for row in rows)


class Open(NamedTuple):
    """A lever that some named and others, who hold it too, did not; it does not move."""

    lever: str
    said: tuple[Said, ...]
    missing: tuple[Role, ...]
    no_zone: bool  # whether a zone office must ask for it, and none is there

    def lacking(self, lang: Lang) -> str:
        """Return who did not name it."""
        nobody = [say("plan.no_zone", lang)] if self.no_zone else []
        return say("plan.and", lang).join([*nobody, *(getattr(role.name, lang) for role in self.missing)])


class Plan(NamedTuple):
    """What a class agreed on, and what not."""

    moves: tuple[Move, ...]
    open: tuple[Open, ...]
    absent: tuple[Role, ...]  # groups that are no option and have no sheet


def agreed(sheets: Iterable[Read], game: Game, follow: bool = False) -> Plan:
    """Return what sheets come to.

    Args:
        sheets: of one or several rounds.
        game: the role play.
        follow: whether zones that nobody plays do as the group does that they follow.
    """
    sheets = sorted(sheets, key=lambda each: each.sheet.round)
    # a larger class's group that wrote nothing is not there; any other that did has not agreed
    present = {each.sheet.group for each in sheets
               if each.sheet.decisions or not game.by_key[each.sheet.group].optional}  # fmt: skip
    table = [role for role in game.roles if role.key in present]
    standing: dict[tuple[str, str], Said] = {}
    levels: dict[tuple[str, str], float] = {}  # of lever and zone; the zone is empty for the nation
    moves: list[Move] = []
    for round_, of_round in groupby(sheets, key=lambda each: each.sheet.round):
        for each in of_round:
            for number, decision in enumerate(each.sheet.decisions):
                said = Said(game.by_key[each.sheet.group], decision, each.place(number))
                standing[each.sheet.group, decision.lever] = said
        moves += _moves(round_, standing, levels, table, game, follow)
    return Plan(tuple(moves), tuple(_open(standing, levels, table, game)),
                tuple(role for role in game.roles if role.key not in present and not role.optional))  # fmt: skip


def scenario_text(plan: Plan, name: str, round_: int, game: Game, command: str, lang: Lang) -> str:
    """Return the plan as a scenario file that says of each step who decided it, where and why.

    Raises:
        InputError: if it were no good scenario.
    """
    lines = [f"# {_line(command)}", f"# {say('plan.rule', lang)}", f"name: {name}"]
    titles = [say("plan.title", each, round=round_) for each in ("en", "zh")]
    whys = [say("plan.why", each, round=round_) for each in ("en", "zh")]
    lines += [f'title: {{en: "{titles[0]}", zh: "{titles[1]}"}}', f"base: {BASE}"]
    lines += ["why:", f'  en: "{whys[0]}"', f'  zh: "{whys[1]}"']
    lines.append("policy:" if plan.moves else "policy: []")
    for number, moves in groupby(plan.moves, key=lambda move: move.round):
        title = getattr(game.rounds[number - 1].title, lang)
        lines.append("  # " + say("plan.round", lang, round=number, title=title))
        for move in moves:
            lines += [f"  # {said_by(each, lang)}" for each in move.said]
            zones = f", zones: [{', '.join(move.zones)}]" if move.zones else ""
            start = game.rounds[number - 1].start
            note = getattr(CATALOGUE[move.lever], lang) + (say("plan.below", lang) if move.below else "")
            lines.append(f"  - {{lever: {move.lever}, from: {start}, level: {move.level:g}, ramp: {game.ramp}{zones}}}"
                         f" # {note}")  # fmt: skip
    if plan.open:
        lines.append("# " + say("plan.open", lang))
    for each in plan.open:
        lines.append(f"# {each.lever}: " + say("plan.missing", lang, names=each.lacking(lang)))
        lines += [f"#   {said_by(said, lang)}" for said in each.said]
    text = "\n".join(lines) + "\n"
    Scenario.of_text(text, f"{name}.yaml")
    return text


def said_by(said: Said, lang: Lang) -> str:
    """Return in a line who set a lever to which level, where that stands, and why."""
    why = say("plan.because", lang, why=_line(said.decision.why)) if said.decision.why.strip() else ""
    name, level = getattr(said.role.name, lang), f"{said.decision.level:g}"
    return say("plan.said", lang, name=name, level=level, place=_line(said.place)) + why


def names(roles: Iterable[Role], lang: Lang) -> str:
    """Return the names of groups in a row."""
    return say("plan.and", lang).join(getattr(role.name, lang) for role in roles)


def _moves(
    round_: int, standing: dict[tuple[str, str], Said], levels: dict[tuple[str, str], float], table: list[Role],
    game: Game, follow: bool,
) -> list[Move]:  # fmt: skip
    """Return what moves in a round, and note the new levels."""
    found: dict[tuple[str, float, tuple[Said, ...]], list[str]] = {}
    for lever in dict.fromkeys(lever for _, lever in standing):
        for zone in _places(lever):
            holders = _holders(lever, zone, table, game, follow)
            said = tuple(standing[role.key, lever] for role in holders if (role.key, lever) in standing)
            if not holders or len(said) < len(holders):
                continue
            level = min(each.decision.level for each in said)
            if levels.get((lever, zone)) != level:
                levels[lever, zone] = level
                found.setdefault((lever, level, said), []).append(zone)
    return [Move(round_, lever, level, () if len(zones) == len(_places(lever)) else tuple(zones), said)
            for (lever, level, said), zones in found.items()]  # fmt: skip


def _holders(lever: str, zone: str, table: list[Role], game: Game, follow: bool) -> list[Role]:
    """Return the groups at the table that must agree on a lever in a zone; none if the zone's own is not there."""
    others = [role for role in table if not role.zones and lever in role.levers]
    if lever not in game.zone_levers:
        return others
    own = [role for role in table if zone in role.zones]
    if not own and follow:
        own = [role for role in table if zone in role.followed_by]
    return [*own, *others] if own else []


def _open(
    standing: dict[tuple[str, str], Said], levels: dict[tuple[str, str], float], table: list[Role], game: Game
) -> Iterable[Open]:
    """Yield the levers that were named and move nowhere."""
    for lever in dict.fromkeys(lever for _, lever in standing):
        if any((lever, zone) in levels for zone in _places(lever)):
            continue
        said = tuple(each for (_, name), each in standing.items() if name == lever)
        named = [each.role for each in said]
        missing = [role for role in table if not role.zones and lever in role.levers and role not in named]
        unasked = lever in game.zone_levers and not any(role.zones for role in named)
        offices = [role for role in table if role.zones]
        yield Open(lever, said, tuple([*offices, *missing] if unasked else missing), unasked and not offices)


def _places(lever: str) -> tuple[str, ...]:
    return ("",) if CATALOGUE[lever].scope == "nation" else ZONES


def _line(text: str) -> str:
    """Return a text in one line, without what no terminal should be sent: it stands in a comment."""
    return visible(" ".join(text.split()))
