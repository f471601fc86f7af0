"""``ftz params`` and ``ftz order``: what stands behind the numbers, and what happens in a quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ftz_sim.cli.output import JSON, LANGUAGE, Language, print_json, print_table
from ftz_sim.errors import InputError, listed, nearest

if TYPE_CHECKING:
    from ftz_sim.params import Card

HEADS = {
    "en": ("parameter", "value", "range of evidence", "unit", "grade", "source"),
    "zh": ("参数", "取值", "证据范围", "单位", "证据等级", "来源"),
}
CARD = {
    "en": ("parameter", "meaning", "value", "range of evidence", "unit", "grade", "source", "allowed"),
    "zh": ("参数", "含义", "取值", "证据范围", "单位", "证据等级", "来源", "允许范围"),
}
BEHIND = {"en": ("reference", "used in", "claim"), "zh": ("参考文献", "使用处", "论断")}
GRADES = {
    "en": {"D": "published datum", "L": "literature", "C": "calibrated here", "A": "assumption"},
    "zh": {"D": "公布数据", "L": "文献", "C": "本模型校准", "A": "假设"},
}
ORDER = {"en": ("no.", "mechanism", "purpose"), "zh": ("序号", "机制", "作用（英文）")}


def params(
    name: str = typer.Argument("", metavar="[NAME]", help="A parameter or mechanism; all unless said."),
    lang: Language = LANGUAGE,
    as_json: bool = JSON,
) -> None:
    """Print the cards of parameters: value, range, unit, grade of evidence, source."""
    from ftz_sim.parameters import all_cards

    found = _find(name, all_cards())
    if as_json:
        print_json({path: card.model_dump() | {"name": path} for path, card in found.items()})
    elif len(found) == 1:
        (path, card), *_ = found.items()
        words = (path, card.meaning, *_cells(card)[:3], f"{card.grade} ({GRADES[lang][card.grade]})", card.source)
        lowest, highest = card.bounds
        for head, word in zip(CARD[lang], (*words, f"{lowest:g} ... {highest:g}"), strict=True):
            typer.echo(f"{head}: {word}")
        _echo_behind(path, card, lang)
    else:
        print_table(HEADS[lang], [(path, *_cells(card)) for path, card in found.items()])


def _echo_behind(path: str, card: Card, lang: str) -> None:
    """Print the references of a parameter, where it is used, and the claims of the papers behind it."""
    from ftz_sim.seeds import claims, sources
    from ftz_sim.trace import parameter_claims, parameter_uses
    from ftz_sim.trace.text import statement

    reference, used, behind = BEHIND[lang]
    for key in card.source.split(", "):
        if key in sources():
            typer.echo(f"{reference}: {sources()[key]}")
    typer.echo(f"{used}: {'; '.join(parameter_uses(path))}")
    for name in parameter_claims(path):
        typer.echo(f"{behind}: {statement(claims()[name], lang)}")


def _find(name: str, every: dict[str, Card]) -> dict[str, Card]:
    """Return the cards that ``name`` means: one parameter, or all of a mechanism."""
    if name in every:
        return {name: every[name]}
    found = {path: card for path, card in every.items() if not name or name in path.split(".")}
    if found:
        return found
    mechanisms = list(dict.fromkeys(path.split(".")[0] for path in every))
    known = [*every, *mechanisms, *(card.name for card in every.values())]
    raise InputError(
        f"there is no parameter or mechanism {name!r}; mechanisms with parameters: {listed(mechanisms)}"
        f"{nearest(name, known)}"
    )


def _cells(card: Card) -> tuple[str, ...]:
    known = "–" if card.low is None else f"{_text(card.low)} ... {_text(card.high)}"
    return _text(card.default), known, card.unit, card.grade, card.source


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_text(number) for number in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def order(lang: Language = LANGUAGE, as_json: bool = JSON) -> None:
    """Print what happens in a quarter, in order, and the groups of mechanisms."""
    from ftz_sim.schedule import GROUPS, SCHEDULE

    purposes = {name: (mechanism.__doc__ or "").strip().splitlines()[0] for name, mechanism in SCHEDULE.items()}
    if as_json:
        print_json({"order": purposes, "groups": GROUPS})
        return
    print_table(ORDER[lang], [(str(i), name, text) for i, (name, text) in enumerate(purposes.items(), 1)])
    typer.echo()
    for group, names in GROUPS.items():
        english, _, chinese = group.partition(" / ")
        typer.echo(f"{chinese if lang == Language.zh else english}: {', '.join(names)}")
