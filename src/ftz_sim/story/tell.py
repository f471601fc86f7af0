"""Put a life into words: who it is, what happened and why, what moved its stocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from ftz_sim.model.clock import Quarter
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.scenario.rules import Move
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.scenario.sentences import moves_text, rule_name, signs_text
from ftz_sim.story.watch import ADOPTED_A_STEP, CREATED_A_STEP, Change, Fired, Life, State
from ftz_sim.text.numbers import number, signed
from ftz_sim.text.words import Lang, say

SLUMP = 0.25  # fall of a firm's value added in a quarter that is told
JOLT = 0.1  # share of a place's capital that one mechanism moves in a quarter
LARGEST = 4  # mechanisms named in a line of the ledger
NAMED_LEVERS = 4
MANY_FIRMS = 20_000  # slots from which on a zone holds enough firms
OF_FIRM, OF_PLACE = ("capital", "workers"), ("capital", "workers", "talents")


class Event(NamedTuple):
    """Something that happened."""

    quarter: int  # 0 is 2013Q1
    text: str


class Story(NamedTuple):
    """A biography in words."""

    title: str
    about: list[str]
    events: list[Event]
    ledger: list[str]
    heading: str  # of the ledger

    def written(self, lang: Lang) -> str:
        """Return the whole story as plain text."""
        lines = [self.title, *self.about, "", say("story.happened", lang)]
        lines += [f"  {i:>2}. {Quarter.at(event.quarter)}  {event.text}" for i, event in enumerate(self.events, 1)]
        if not self.events:
            lines.append(f"  {say('story.nothing', lang)}")
        return "\n".join([*lines, "", self.heading, *(f"  {line}" for line in self.ledger)])

    def as_json(self) -> dict[str, Any]:
        """Return the story as plain data, quarters as their names."""
        events = [{"quarter": str(Quarter.at(event.quarter)), "text": event.text} for event in self.events]
        return self._asdict() | {"events": events}


def tell(life: Life, lang: Lang) -> Story:
    """Return the story of a life in ``lang``."""
    events = sorted(_events(life, lang), key=lambda event: event.quarter)
    names = OF_FIRM if life.kind == "firm" else OF_PLACE
    ledger = [_ledger(life, name, lang) for name in names]
    return Story(title(life, lang), list(_about(life, lang)), events, ledger, say("story.ledger", lang))


def title(life: Life, lang: Lang) -> str:
    """Return the heading of a story."""
    return say(f"story.{life.kind}", lang, code=life.code, place=life.place[lang])


def amount(name: str, value: float, lang: Lang, sign: bool = False) -> str:
    """Write an amount with its unit; in Chinese bn yuan become 亿元, and many people are counted in 万."""
    money = name in ("capital", "knowledge", "value_added", "fdi_received")
    many = lang == "zh" and not money and abs(value) >= 1e4
    factor = 1e-4 if many else 10.0 if money and lang == "zh" else 1.0
    unit = {"workers": "persons", "talents": "fte", "value_added": "bn_yuan_year", "fdi_received": "bn_yuan_year",
            "emissions": "mt_year"}.get(name, "bn_yuan")  # fmt: skip
    text = signed(rounded(factor * value), digits=3) if sign else number(rounded(factor * value))
    text += "万" if many else ""
    space = "" if lang == "zh" else " "
    return text if sign else f"{text}{space}{say(f'unit.{unit}', lang)}"


def rounded(value: float) -> float:
    """Cut a value to three digits: more would say more than is known."""
    return float(f"{value:.3g}")


def run_line(spec: Scenario, quarters: list[str], seed: int, lang: Lang) -> str:
    """Say of which run a story is."""
    return say("story.run", lang, name=spec.title.model_dump()[lang], start=quarters[0], end=quarters[-1],
               firms=spec.population.firms, seed=seed)  # fmt: skip


def because(quarter: int, text: str, mechanism: str, lang: Lang) -> Event:
    """Return an event with the name of the mechanism that brought it about."""
    return Event(quarter, say("story.because", lang, text=text, mechanism=_name(mechanism, lang)))


def _about(life: Life, lang: Lang) -> Iterator[str]:
    quarters = life.quarters
    yield run_line(life.spec, quarters, life.seed, lang)
    if life.kind == "firm":
        yield say("story.slot", lang)
    if life.kind == "zone" and life.spec.population.firms < MANY_FIRMS:
        yield say("story.few", lang, firms=life.spec.population.firms, many=MANY_FIRMS)
    last = life.changes[-1].state if life.changes else life.first
    for quarter, place, state in ((quarters[0], 1, life.first), (quarters[-1], -1, last)):
        values = {name: amount(name, series[place], lang) for name, series in life.series.items() if name != "digital"}
        if life.kind == "firm":
            yield say("story.firm_state", lang, quarter=quarter, **_firm_words(life, state, lang),
                      workers=values["workers"], capital=values["capital"], value=values["value_added"])  # fmt: skip
        else:
            yield say("story.place_state", lang, quarter=quarter, value=values["value_added"],
                      workers=values["workers"], talents=values["talents"], capital=values["capital"])  # fmt: skip


def _firm_words(life: Life, state: State, lang: Lang) -> dict[str, str]:
    return {
        "owner": say(f"owner.{state['owner']}", lang),
        "field": life.fields[lang][state["field"]],
        "tier": say(f"tier.{state['tier']}", lang),
        "inside": say("story.inside" if state["in_area"] else "story.outside", lang),
    }


def _events(life: Life, lang: Lang) -> Iterator[Event]:
    closed = {change.quarter for change in life.changes if change.what == "birth_quarter"}
    for change in life.changes:
        # what an entrant brings is told with the turnover
        if change.what == "birth_quarter" or not (change.quarter in closed and change.mechanism == "firm_turnover"):
            text = _changed(life, change, lang)
            if text:
                yield because(change.quarter, text, change.mechanism, lang)
    opening = 0 if life.kind == "firm" else _opening(life)
    yield from rules(life.fired, life.spec, {} if opening is None else {life.home: opening}, lang)
    if life.kind == "zone":
        yield from _lever_moves(life, lang)
    if life.kind == "firm":
        yield from _slumps(life, closed, lang)
    else:
        yield from _jolts(life, lang)


def _changed(life: Life, change: Change, lang: Lang) -> str:
    before, after = change.before, change.after
    way = "up" if after > before else "down"
    match change.what:
        case "birth_quarter":
            words = _firm_words(life, change.state, lang)
            known = before >= 0
            return say("event.turnover" if known else "event.turnover_old", lang,
                       years=f"{(change.quarter - before) / 4:.0f}", **words)  # fmt: skip
        case "tier":
            return say(f"event.tier.{way}", lang, after=say(f"tier.{after}", lang))
        case "field":
            return say("event.field", lang, after=life.fields[lang][after])
        case "owner":
            return say("event.owner", lang, after=say(f"owner.{after}", lang))
        case "zone_open":
            here = change.quarter, change.mechanism
            joined = any(c.what == "in_area" and (c.quarter, c.mechanism) == here for c in life.changes)
            return "" if joined else say("event.zone.open" if after else "event.zone.shut", lang)
        case "in_area":
            return say("event.joins", lang)
        case "area":
            return say("event.area", lang, after=after)
        case "digital":
            return say(f"event.digital.{way}", lang, before=25 * before, after=25 * after)
        case "plan":
            return (
                say("event.plan_none", lang) if after < 0 else say("event.plan", lang, after=life.fields[lang][after])
            )
        case "adopted":
            return say("event.adopted", lang, after=after * ADOPTED_A_STEP)
        case "created":
            return say("event.created", lang, after=after * CREATED_A_STEP)
        case "rank":
            return _rank(life, change, lang)
    return ""


def _rank(life: Life, change: Change, lang: Lang) -> str:
    # only ranks that last for two years or longer, so that neighbours that take turns fill no page
    later = [c for c in life.changes if c.what == "rank" and 0 < c.quarter - change.quarter < 8]
    earlier = [c for c in life.changes if c.what == "rank" and 0 < change.quarter - c.quarter < 8]
    if later or earlier:
        return ""
    return say("event.rank.up" if change.after < change.before else "event.rank.down", lang, after=change.after)


def rules(fired: Iterable[Fired], spec: Scenario, opening: Mapping[str, int], lang: Lang) -> Iterator[Event]:
    """Tell why each rule fired and which levers that reach the subject it moves.

    Args:
        fired: the rules.
        spec: the scenario.
        opening: quarter from which on levers of a zone are told, by the code of each province of the subject; those
            without a zone are left out.
        lang: language.
    """
    for first, rule, signs in fired:
        moves: dict[int, list[Move]] = {}
        for move in rule.then:
            if CATALOGUE[move.lever].scope == "nation":
                moves.setdefault(first, []).append(move)
            elif reached := [opening[code] for code in opening if code in (move.zones or spec.zone_codes)]:
                moves.setdefault(max(first, min(reached)), []).append(move)
        for quarter, begun in moves.items():
            key = "event.rule" if quarter == first else "event.rule_before"
            text = say(key, lang, name=rule_name(rule, lang), fired=Quarter.at(first), sign=signs_text(signs, lang),
                       moves=moves_text(begun, lang))  # fmt: skip
            yield because(quarter, text, "policy", lang)


def _opening(life: Life) -> int | None:
    """Return the quarter in which a place's zone opens; until then its levers read 0. None: it does not."""
    return next((change.quarter for change in life.changes if change.what == "zone_open" and change.after), None)


def _lever_moves(life: Life, lang: Lang) -> Iterator[Event]:
    moves: dict[int, list[str]] = {}
    last, opening = len(life.quarters) - 1, _opening(life)
    if opening is None:
        return
    for step in life.spec.policy:
        if CATALOGUE[step.lever].scope == "nation" or (step.zones and life.code not in step.zones):
            continue
        quarter = max(step.start.index, opening) if isinstance(step.start, Quarter) else opening
        if step.lever != "zone_status" and quarter <= last:
            moves.setdefault(quarter, []).append(getattr(CATALOGUE[step.lever], lang))
    for quarter, levers in moves.items():
        names = list(dict.fromkeys(levers))
        key = "event.levers_many" if len(names) > NAMED_LEVERS else "event.levers"
        text = say(key, lang, n=len(names), after=(", " if lang == "en" else "、").join(names[:NAMED_LEVERS]))
        yield because(quarter, text, "policy", lang)


def _slumps(life: Life, closed: set[int], lang: Lang) -> Iterator[Event]:
    values = life.series["value_added"]
    falls = 1 - values[1:] / np.maximum(values[:-1], 1e-300)
    for quarter in np.flatnonzero(falls > SLUMP):
        # the year of entry is its own story, and so is the first quarter, which has none before it
        if quarter and not closed & {int(quarter), int(quarter) - 1}:
            text = say("event.slump", lang, after=f"{100 * falls[quarter]:.0f}")
            yield because(int(quarter), text, "markets", lang)


def _jolts(life: Life, lang: Lang) -> Iterator[Event]:
    # one mechanism moves much of a place's capital at once: mostly a large firm that closes, enters or moves
    stock = np.maximum(life.series["capital"][:-1], 1e-300)
    for mechanism, moved in life.ledger["capital"].items():
        for quarter in np.flatnonzero(np.abs(moved) > JOLT * stock):
            percent = signed(100 * float(moved[quarter] / stock[quarter]))
            text = say("event.jolt", lang, after=percent)
            yield because(int(quarter), text, mechanism, lang)


def _ledger(life: Life, name: str, lang: Lang) -> str:
    series, parts = life.series[name], {m: float(v.sum()) for m, v in life.ledger[name].items()}
    order = sorted(parts, key=lambda mechanism: -abs(parts[mechanism]))
    words = [f"{_name(each, lang)} {amount(name, parts[each], lang, sign=True)}" for each in order[:LARGEST]]
    if rest := order[LARGEST:]:
        value = amount(name, sum(parts[mechanism] for mechanism in rest), lang, sign=True)
        words.append(say("story.others", lang, value=value))
    return say("story.ledger_line", lang, name=say(f"amount.{name}", lang), start=amount(name, series[0], lang),
               end=amount(name, series[-1], lang), parts=(", " if lang == "en" else "，").join(words))  # fmt: skip


def _name(mechanism: str, lang: Lang) -> str:
    return say(f"mechanism.{mechanism}", lang)


def parts_of(life: Life, name: str) -> dict[str, Any]:
    """Return for every mechanism what it has added to a stock since the start [T], largest first."""
    sums = {mechanism: np.cumsum(values) for mechanism, values in life.ledger[name].items()}
    return dict(sorted(sums.items(), key=lambda item: -abs(item[1][-1])))
