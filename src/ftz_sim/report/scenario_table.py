"""What differs between scenarios: dated levers, rules, shocks, mechanisms and parameters, and nothing that agrees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ftz_sim.model import parameters
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.parameters import all_cards
from ftz_sim.scenario import evidence
from ftz_sim.scenario.differences import differences
from ftz_sim.scenario.scenario import LeverStep, Scenario
from ftz_sim.scenario.sentences import step_text, zone_name
from ftz_sim.text.words import Lang, say


class Change(NamedTuple):
    """Something in which a scenario differs from the reference."""

    what: str
    detail: str
    before: str
    after: str
    unit: str
    source: str


def load_scenarios(folder: Path, names: list[str]) -> dict[str, Scenario]:
    """Read the resolved scenarios of an experiment; those whose file is missing are left out."""
    files = {name: folder / "scenarios" / f"{name}.yaml" for name in names}
    return {name: Scenario.load(path) for name, path in files.items() if path.is_file()}


def changes(reference: Scenario, other: Scenario, lang: Lang) -> list[Change]:
    """Return what differs: lever steps that only one of both has, then rules, shocks, mechanisms and parameters."""
    return [*_lever_changes(reference, other, lang), *_other_changes(reference, other, lang)]


def _lever_changes(reference: Scenario, other: Scenario, lang: Lang) -> Iterator[Change]:
    # levers that move in the same way share a line
    groups: dict[tuple[str, str], list[str]] = {}
    for lever in CATALOGUE:
        left, right = (_steps(spec, lever) for spec in (reference, other))
        if left != right:
            only = [step for step in left if step not in right], [step for step in right if step not in left]
            before, after = (_written(steps, whole, lang) for steps, whole in zip(only, (left, right), strict=True))
            groups.setdefault((before, after), []).append(getattr(CATALOGUE[lever], lang))
    for (before, after), levers in groups.items():
        one = len(levers) == 1
        names = ("; " if lang == "en" else "；").join(levers)
        what = levers[0] if one else say("diff.levers", lang, n=len(levers))
        yield Change(what, "" if one else names, before, after, say("diff.lever_unit", lang),
                     say("diff.lever_source", lang))  # fmt: skip


def _steps(spec: Scenario, lever: str) -> list[LeverStep]:
    return [step for step in spec.policy if step.lever == lever]


def _written(steps: list[LeverStep], whole: list[LeverStep], lang: Lang) -> str:
    if not steps:
        return say("diff.nothing_more" if whole else "diff.not_set", lang)
    return ("; " if lang == "en" else "；").join(step_text(step, lang) for step in steps)


def _other_changes(reference: Scenario, other: Scenario, lang: Lang) -> Iterator[Change]:
    cards = all_cards()
    for path, before, after in differences(reference, other, lang):
        head, _, rest = path.partition(".")
        if head == "parameters" and rest in cards:
            card = cards[rest]
            unit, source = parameters.unit(card, lang), parameters.source(card, lang)
            yield Change(rest, parameters.meaning(rest, lang), before, after, unit, f"{card.grade} · {source}")
        elif head == "mechanisms":
            yield Change(say("diff.mechanism", lang, name=rest), "", before, after, "", "")
        elif head == "new_zones":
            yield Change(say("diff.new_zone", lang, name=zone_name(rest, lang)), "", before, after, "", "")
        elif head == "further_areas":
            yield Change(
                say("diff.further_area", lang, name=zone_name(rest.split()[0], lang)), "", before, after, "", ""
            )
        elif head == "rules":
            yield Change(say("diff.rule", lang, name=rest), "", before, after, "", "")
        elif head.startswith("shocks"):
            yield Change(say("diff.shock", lang), "", before, after, "", "")
        elif head in ("horizon", "population"):
            yield Change(path, "", before, after, "", "")


def beyond_evidence(spec: Scenario, lang: Lang) -> list[str]:
    """Return a sentence for everything in which ``spec`` leaves the evidence."""
    return evidence.sentences(spec, lang, most=evidence.LEVERS_NAMED)
