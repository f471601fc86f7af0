"""What an answer says: labels, titles and reasons of packages, and a plain sentence, in both languages."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np

from ftz_sim.analysis.statistics import paired_difference
from ftz_sim.design.answer import Answer
from ftz_sim.design.choices import Candidate, told
from ftz_sim.design.paths import adaptive, chance, signs
from ftz_sim.design.problem import Problem
from ftz_sim.design.sites import moved
from ftz_sim.design.tables import BESIDE, EVERY, NONE, choices, mark, searches
from ftz_sim.model.clock import Quarter
from ftz_sim.scenario.sentences import sign_text, zone_name
from ftz_sim.text.numbers import signed
from ftz_sim.text.words import LANGUAGES, Lang, say

__all__ = ["LANGUAGES", "labels", "sentence", "title", "why"]


def labels(problem: Problem) -> dict[str, list[str]]:
    """Return what choices, signs and measures are called in English and Chinese, by their names in tables."""
    found = {choice.name: [*choice.titles] for choice in problem.choices}
    found |= {
        way.start_name: [sign_text(way.start, lang) for lang in LANGUAGES]
        for choice in problem.choices
        for way in choice.ways
        if not isinstance(way.start, Quarter)
    }
    return found | {each.name: [each.label(lang) for lang in LANGUAGES] for each in problem.measures}


def shown(problem: Problem) -> dict[str, list[dict[str, object]]]:
    """Return how measures are read in English and Chinese (see `indicators.shown`), by their names in tables."""
    return {each.name: [asdict(each.shown(lang)) for lang in LANGUAGES] for each in problem.measures}


def title(answer: Answer, name: str) -> dict[str, str]:
    """Return the title of a package's scenario."""
    own = answer.problem.record.title
    of = own.model_dump() if own else dict.fromkeys(LANGUAGES, answer.name)
    return {lang: say("design.title", lang, name=name, problem=of[lang]) for lang in LANGUAGES}


def why(answer: Answer, candidate: Candidate) -> dict[str, str]:
    """Return the reasons of a package: what it pulls, and what it came to in fresh worlds."""
    return {lang: say("design.why", lang, **_about(answer, candidate, lang)) for lang in LANGUAGES}


def _about(answer: Answer, candidate: Candidate, lang: Lang) -> dict[str, object]:
    values = answer.measured[candidate]
    found = paired_difference(values[np.isfinite(values).all(axis=1)])
    rows = [0, *(answer.measures.index(aim) for aim in answer.problem.aims)]
    outcomes = [
        say("design.outcome", lang, what=answer.measures[q].label(lang),
            **answer.measures[q].told(found.mean[q], found.low[q], found.high[q], lang))
        for q in dict.fromkeys(rows)
    ]  # fmt: skip
    return {
        "start": answer.problem.start.title.model_dump()[lang], "n": found.n,
        "pulled": told(answer.problem.choices, candidate, lang), "outcomes": say("design.and", lang).join(outcomes),
    }  # fmt: skip


def sentence(answer: Answer, lang: Lang) -> str:
    """Say in plain words what was found and how far it can be trusted."""
    between = " " if lang == "en" else ""
    return between.join(part for part in _sentences(answer, lang) if part)


def _sentences(answer: Answer, lang: Lang) -> list[str]:
    number = {"tried": len(answer.tried), "all": _count(answer.problem.packages), "front": len(answer.front)}
    if answer.middle is None:
        return [say("design.none_within", lang, **number)]
    middle = answer.members[answer.middle]
    return [
        say("design.found", lang, **number),
        _recommended(answer, middle, lang),
        _idle(answer, lang),
        _luck(answer, lang),
        *_in_good_packages(answer, lang),
        _adaptive(answer, lang),
        _sites(answer, lang),
        together(answer, middle, lang),
        _searched(answer, lang),
        _marked(answer, lang),
        say("design.caveat", lang),
    ]


def _count(number: int) -> str:
    return f"{number:,}" if number < 10**6 else f"{number:.1e}"


def _recommended(answer: Answer, middle: Candidate, lang: Lang) -> str:
    name = answer.names()[middle]
    if not any(middle):
        return say("design.start_best", lang, name=name)
    text = say("design.middle", lang, name=name, **_about(answer, middle, lang))
    if not answer.problem.bounds:
        return text
    held = answer.within(answer.measured[middle])
    said = say("design.holds", lang, held=int(held.sum()), n=len(held))
    return (" " if lang == "en" else "").join((text, said))


def _idle(answer: Answer, lang: Lang) -> str:
    """Name the parts of the middle member without which no aim fares differently, as far as can be told."""
    rows = [answer.measures.index(aim) for aim in answer.problem.aims]
    which = []
    for variant, values in answer.variants.items():
        found = paired_difference(values[np.isfinite(values).all(axis=1)][:, rows])
        if not variant.way and ((found.low <= 0) & (found.high >= 0)).all():
            which.append(answer.problem.choices[variant.place].label(lang))
    return say("design.idle_parts", lang, which=say("design.and", lang).join(which)) if which else ""


def _luck(answer: Answer, lang: Lang) -> str:
    """Say how much of what the search found was chance: gap of the member that was best in each aim."""
    parts = []
    for aim, sign in zip(answer.problem.aims, answer.problem.signs, strict=True):
        q = answer.measures.index(aim)
        found = {each: sign * answer.found[answer.row[each], q] for each in answer.members}
        best = max(found, key=found.__getitem__)
        again = float(answer.fresh[answer.members.index(best), :, q].mean())
        parts.append(say("design.gap", lang, what=aim.label(lang), found=aim.number(sign * found[best], lang),
                         again=aim.number(again, lang)))  # fmt: skip
    return say("design.curse", lang, gaps=say("design.and", lang).join(parts))


def _in_good_packages(answer: Answer, lang: Lang) -> list[str]:
    rows = list(choices(answer))
    name = {choice.name: choice.label(lang) for choice in answer.problem.choices}
    said = []
    for verdict, key in ((EVERY, "design.in_every"), (NONE, "design.in_none")):
        which = [name[row["part"]] for row in rows if row["found_in"] == verdict]
        if which:
            said.append(say(key, lang, which=say("design.and", lang).join(which)))
    both = say("design.and", lang)
    beside = [
        say("design.pair", lang, a=name[row["part"]], b=both.join(name[other] for other in row["beside"].split()))
        for row in rows
        if row["found_in"] == BESIDE
    ]
    return [*said, *([say("design.only_beside", lang, which=say("design.and", lang).join(beside))] if beside else [])]


def _adaptive(answer: Answer, lang: Lang) -> str:
    """Say what waiting for signs is worth against fixed dates, and how often each sign came."""
    if not answer.adaptive:
        return ""
    names, measures, both = answer.names(), {each.name: each for each in answer.measures}, say("design.and", lang)
    rows = list(adaptive(answer))
    differences = [
        say("design.adaptive_gain", lang, what=measures[row["outcome"]].label(lang),
            **measures[row["outcome"]].told(row["difference"], row["ci_low"], row["ci_high"], lang),
            better=row["p_better"])
        for row in rows
    ]  # fmt: skip
    label = {choice.name: choice.label(lang) for choice in answer.problem.choices}
    last = {row["part"]: row for row in signs(answer)}
    came = [say("design.came", lang, name=label[name], share=row["share_fired"]) for name, row in last.items()]
    waits, dated = answer.adaptive
    return say("design.adaptive", lang, waits=names[waits], dated=names[dated], n=rows[0]["n"],
               pulled=told(answer.problem.choices, waits, lang), differences=both.join(differences),
               came=both.join(came))  # fmt: skip


def _sites(answer: Answer, lang: Lang) -> str:
    """Say which site alone brings most of the first aim, how sure that is, and who loses."""
    if len(answer.sites) < 2:
        return ""
    aim, sign = answer.problem.aims[0], answer.problem.signs[0]
    q = answer.measures.index(aim)
    values = np.stack([answer.measured[site] for site in answer.sites])
    values = values[:, np.isfinite(values).all(axis=(0, 2))]
    best, second = np.argsort(-sign * values[:, :, q].mean(axis=1), kind="stable")[:2]
    found = paired_difference(values[best])
    place = [told(answer.problem.choices, site, lang) for site in answer.sites]
    provinces = moved(answer, answer.sites[best])
    losing = [
        say("design.loses", lang, name=zone_name(provinces.codes[row], lang), value=signed(provinces.found.mean[row]))
        for row in provinces.losers
    ]
    return say("design.best_site", lang, n=len(values), what=aim.label(lang), place=place[best], draws=found.n,
               **aim.told(found.mean[q], found.low[q], found.high[q], lang),
               cost=answer.measures[0].number(found.mean[0], lang), second=place[second],
               better=chance(sign * (values[best] - values[second])[:, q]),
               losers=say("design.and", lang).join(losing) or say("design.no_loser", lang))  # fmt: skip


def together(answer: Answer, middle: Candidate, lang: Lang) -> str:
    """Say what sites of the middle member are worth beside each other; of a package that has several and no lever."""
    places = [place for place, way in enumerate(middle) if way]
    if len(places) < 2 or not set(places) <= set(answer.problem.sites):
        return ""
    alone = [site for site in answer.sites if any(site[place] == middle[place] for place in places)]
    aim = answer.problem.aims[0]
    values = answer.measured[middle] - sum(answer.measured[site] for site in alone)
    found = paired_difference(values[np.isfinite(values).all(axis=1)])
    q = answer.measures.index(aim)
    return say("design.together", lang, name=answer.names()[middle], what=aim.label(lang),
               **aim.told(found.mean[q], found.low[q], found.high[q], lang))  # fmt: skip


def _searched(answer: Answer, lang: Lang) -> str:
    rows = list(searches(answer))
    parts = [
        say("design.reached", lang, name=say(f"cell.{row['search']}", lang), share=row["hypervolume"],
            packages=row["packages"])
        for row in rows
        if np.isfinite(row["hypervolume"])
    ]  # fmt: skip
    return say("design.searched", lang, parts=say("design.and", lang).join(parts)) if parts else ""


def _marked(answer: Answer, lang: Lang) -> str:
    found = mark(answer)
    return say("design.mark", lang, **found._asdict()) if found else ""
