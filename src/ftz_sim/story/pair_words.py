"""Put the bargains of two governments into words: why they coordinate or not, and what moved, year by year."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ftz_sim.model.clock import Quarter
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.story.pair import Bargain, Talks
from ftz_sim.story.tell import Event, Story, amount, because, rounded, rules, run_line
from ftz_sim.text.numbers import number, signed
from ftz_sim.text.words import Lang, say

STEP = 0.05  # of the feasible: a change of what is agreed that is told
LEVEL = 0.1  # change of an instrument's level that is told
BETWEEN: dict[Lang, str] = {"en": ", ", "zh": "、"}
SENTENCES: dict[Lang, str] = {"en": "; ", "zh": "；"}


def tell_pair(talks: Talks, lang: Lang) -> Story:
    """Return the story of a pair in ``lang``."""
    events = sorted(_events(talks, lang), key=lambda event: event.quarter)
    return Story(
        title(talks, lang), list(_about(talks, lang)), events, list(_years(talks, lang)), say("pair.ledger", lang)
    )


def title(talks: Talks, lang: Lang) -> str:
    """Return the heading of a story."""
    return say("story.pair", lang, one=talks.places[0][lang], other=talks.places[1][lang])


def percent(share: float, lang: Lang, sign: bool = False) -> str:
    """Write a share in percent, with three digits at most."""
    text = signed(100 * share, digits=2, decimals=4) if sign else number(rounded(100 * share))
    return f"{text}{'' if lang == 'zh' else ' '}%"


def _about(talks: Talks, lang: Lang) -> Iterator[str]:
    yield run_line(talks.spec, talks.quarters, talks.seed, lang)
    yield say("pair.apart", lang, distance=talks.distance, feasible=percent(talks.feasible, lang),
              area=say("pair.one_area" if talks.same_area else "pair.two_areas", lang))  # fmt: skip
    yield say("pair.how", lang)
    for bargain in dict.fromkeys((0, len(talks.bargains) - 1)):
        yield _stand(talks, talks.bargains[bargain], lang)


def _stand(talks: Talks, bargain: Bargain, lang: Lang) -> str:
    """Say why the two coordinate, or do not, at one bargain."""
    quarter = Quarter.at(bargain.quarter)
    reached = percent(float(talks.coordination[bargain.quarter]), lang)
    sides = [_side(talks, bargain, side, lang) for side in (0, 1)]
    head = say("pair.stand", lang, quarter=quarter, reached=reached, one=sides[0], other=sides[1])
    return head + ("" if lang == "zh" else " ") + _verdict(talks, bargain, lang)


def _side(talks: Talks, bargain: Bargain, side: int, lang: Lang) -> str:
    name = talks.places[side][lang]
    parts = BETWEEN[lang].join(
        say("pair.part", lang, name=_part(each, lang), value=percent(float(values[side]), lang, sign=True))
        for each, values in _largest(bargain, side)
    )
    return say("pair.side", lang, name=name, gain=percent(float(bargain.gain[side]), lang, sign=True), parts=parts,
               partner=percent(float(bargain.partner[side]), lang, sign=True),
               pay_off=percent(float(bargain.pay_off[side]), lang, sign=True))  # fmt: skip


def _largest(bargain: Bargain, side: int) -> list[tuple[str, np.ndarray]]:
    return sorted(bargain.parts.items(), key=lambda part: -abs(part[1][side]))[:3]


def _verdict(talks: Talks, bargain: Bargain, lang: Lang) -> str:
    if not bargain.refuses.any():
        key = "pair.shared" if (bargain.pay_off < 0).any() else "pair.agree"
        return say(key, lang, agreed=percent(bargain.agreed, lang), worth=percent(bargain.worth, lang),
                   outlay=percent(bargain.outlay, lang),
                   name=talks.places[int(bargain.pay_off.argmin())][lang])  # fmt: skip
    sentences = [_refusal(talks, bargain, side, lang) for side in (0, 1) if bargain.refuses[side]]
    return ("" if lang == "zh" else " ").join(sentences)


def _refusal(talks: Talks, bargain: Bargain, side: int, lang: Lang) -> str:
    """Say why a side stands in the way: it would lose itself, or rivalry outweighs what it would gain."""
    key = "pair.loses" if bargain.gain[side] < 0 else "pair.rival"
    return say(key, lang, name=talks.places[side][lang], other=talks.places[1 - side][lang],
               gain=percent(float(bargain.gain[side]), lang, sign=True),
               partner=percent(float(bargain.partner[side]), lang, sign=True))  # fmt: skip


def _events(talks: Talks, lang: Lang) -> Iterator[Event]:
    yield from _zones(talks, lang)
    yield from rules(talks.fired, talks.spec, talks.opening, lang)
    told = talks.bargains[0]
    for before, now in zip(talks.bargains, talks.bargains[1:], strict=False):
        if tools := _moved_levers(before, now, lang):
            yield because(now.quarter, say("pair.tools", lang, tools=tools), "policy", lang)
        for side in (side for side in (0, 1) if now.refuses[side] != before.refuses[side]):
            key = "pair.turns_away" if now.refuses[side] else "pair.comes_round"
            text = say(key, lang, name=talks.places[side][lang], moved=_moved(talks, before, now, side, lang))
            yield because(now.quarter, text, "coordination", lang)
        if abs(now.agreed - told.agreed) >= STEP:
            if not now.refuses.any():  # who refuses has been told
                text = say("pair.agreed", lang, before=percent(told.agreed, lang), after=percent(now.agreed, lang),
                           moved=_moved(talks, told, now, _binding(now), lang))  # fmt: skip
                yield because(now.quarter, text, "coordination", lang)
            told = now
    yield from _payments(talks, lang)


def _zones(talks: Talks, lang: Lang) -> Iterator[Event]:
    for side in (0, 1):
        working = [bargain.quarter for bargain in talks.bargains if bargain.at_work[side] > 0]
        if working:
            text = say("pair.zone", lang, name=talks.places[side][lang])
            yield because(working[0], text, "policy", lang)


def _payments(talks: Talks, lang: Lang) -> Iterator[Event]:
    for side in (0, 1):
        paid = talks.paid[:, side] > 0
        for quarter in np.flatnonzero(np.diff(paid.astype(int), prepend=0)):
            key = "pair.pays" if paid[quarter] else "pair.pays_no_more"
            text = say(key, lang, name=talks.places[side][lang], other=talks.places[1 - side][lang])
            yield because(int(quarter), text, "coordination", lang)


def _moved_levers(before: Bargain, now: Bargain, lang: Lang) -> str:
    names = [lever for lever, level in now.levers.items() if abs(level - before.levers[lever]) >= LEVEL]
    return BETWEEN[lang].join(f"{getattr(CATALOGUE[name], lang)} {now.levers[name]:.2g}" for name in names)


def _binding(bargain: Bargain) -> int:
    """Return the side that decides: the one with the smaller pay-off."""
    return int(bargain.pay_off.argmin())


def _moved(talks: Talks, before: Bargain, now: Bargain, side: int, lang: Lang) -> str:
    """Name what moved the pay-off of a side most since an earlier bargain, the way that it went."""
    terms = {name: values[side] - before.parts[name][side] for name, values in now.parts.items()}
    terms["partner"] = now.partner[side] - before.partner[side]
    way = np.sign(now.pay_off[side] - before.pay_off[side])
    most = max(terms, key=lambda name: way * terms[name])
    return say("pair.moved", lang, name=talks.places[side][lang], part=_part(most, lang),
               value=percent(float(terms[most]), lang, sign=True))  # fmt: skip


def _years(talks: Talks, lang: Lang) -> Iterator[str]:
    for place, now in enumerate(talks.bargains):
        told = [
            say("pair.year", lang, quarter=Quarter.at(now.quarter), agreed=percent(now.agreed, lang),
                reached=percent(float(talks.coordination[now.quarter]), lang),
                one=talks.places[0][lang], first=percent(float(now.pay_off[0]), lang, sign=True),
                other=talks.places[1][lang], second=percent(float(now.pay_off[1]), lang, sign=True)),
            *(say("pair.refuses", lang, name=talks.places[side][lang]) for side in np.flatnonzero(now.refuses)),
        ]  # fmt: skip
        told += [
            say("pair.paid", lang, name=talks.places[side][lang], value=amount("capital", float(paid), lang))
            for side, paid in enumerate(talks.paid[now.quarter])
            if paid > 0
        ]
        if place:
            moved = _moved(talks, talks.bargains[place - 1], now, _binding(now), lang)
            told.append(say("pair.most", lang, moved=moved))
        yield say("pair.line", lang, told=SENTENCES[lang].join(told))


def _part(name: str, lang: Lang) -> str:
    return say(f"pair.part.{name}", lang)
