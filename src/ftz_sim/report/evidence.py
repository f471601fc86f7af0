"""What stands behind the numbers: grades of parameters, assumed signs, published studies."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from ftz_sim.model.parameters import all_cards
from ftz_sim.model.published import DATA
from ftz_sim.model.published_files import read_rows
from ftz_sim.text.words import Lang, say


class Study(NamedTuple):
    """One published finding, as recorded in ``effect_sizes.csv`` (English only, as published)."""

    who: str
    outcome: str
    value: str
    sign: str
    note: str


def grades(lang: Lang) -> str:
    """Say how many of the parameters that uncertain experiments draw are data, literature, fitted or assumed."""
    sampled = [card for card in all_cards().values() if card.sampled]
    count = Counter[str](card.grade for card in sampled)
    told = say("evidence.intro", lang, n=len(sampled), **{grade: count[grade] for grade in "DLCA"})
    return f"{told}{' ' if lang == 'en' else ''}{say('evidence.weakest', lang)}"


def signs(lang: Lang) -> tuple[tuple[str, str, str], ...]:
    """Return groups of levers with the sign assumed for them and what can turn it."""
    from ftz_sim.analysis.signs import by_group

    return by_group(lang)


def studies() -> list[Study]:
    """Return the published findings that the packaged data record."""
    rows = read_rows(DATA / "effect_sizes.csv")
    return [
        Study(f"{row['study']} ({row['year']})", f"{row['outcome']}; {row['unit_of_analysis']}", _value(row),
              row["sign"], row["spillover_or_heterogeneity"])
        for row in rows
    ]  # fmt: skip


def _value(row: dict[str, str]) -> str:
    known = row["effect_value"] not in ("", "not found")
    return f"{row['effect_value']} {row['effect_unit']}".strip() if known else "–"
