"""``ftz params`` and ``ftz order``: what stands behind the numbers, and what happens in a quarter."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import typer

from ftz_sim.cli.output import JSON, LANGUAGE, Language, print_json, print_table
from ftz_sim.errors import InputError, listed, nearest

if TYPE_CHECKING:
    from ftz_sim.model.params import Card

HEADS = {
    "en": ("parameter", "value", "range of evidence", "unit", "grade", "source", "meaning"),
    "zh": ("参数", "取值", "证据范围", "单位", "证据等级", "来源", "含义"),
}
CARD = {
    "en": ("parameter", "meaning", "value", "range of evidence", "unit", "grade", "source", "allowed"),
    "zh": ("参数", "含义", "取值", "证据范围", "单位", "证据等级", "来源", "允许范围"),
}
BEHIND = {
    "en": ("reference", "used in", "claim", "claims of its mechanism"),
    "zh": ("参考文献", "使用处", "论断", "所属机制的论断"),
}
GRADES = {
    "en": {"D": "published datum", "L": "literature", "C": "calibrated here", "A": "assumption"},
    "zh": {"D": "公布数据", "L": "文献", "C": "本模型校准", "A": "假设"},
}
ALLOWED = {"en": ("any number", "0 or more"), "zh": ("不限", "不小于0")}
ORDER = {"en": ("no.", "mechanism", "purpose", "reads", "writes"), "zh": ("序号", "机制", "作用", "读取", "写入")}


def params(
    name: str = typer.Argument(
        "", metavar="[NAME]", help="A parameter, a mechanism, or a word in either language; all unless said."
    ),
    lang: Language = LANGUAGE,
    as_json: bool = JSON,
) -> None:
    """Print the cards of parameters: value, range, unit, grade of evidence, source."""
    from ftz_sim.model.parameters import all_cards, meaning

    found = _find(name, all_cards())
    if as_json:
        print_json({path: card.model_dump() | {"name": path} for path, card in found.items()})
    elif len(found) == 1:
        (path, card), *_ = found.items()
        *facts, grade, source = _cells(card, lang)
        words = (path, meaning(path, lang), *facts, f"{grade} ({GRADES[lang][card.grade]})", source)
        for head, word in zip(CARD[lang], (*words, _allowed(card, lang)), strict=True):
            typer.echo(f"{head}: {word}")
        _echo_behind(path, card, lang)
    else:
        print_table(HEADS[lang], [(path, *_cells(card, lang), meaning(path, lang)) for path, card in found.items()])


def _echo_behind(path: str, card: Card, lang: Language) -> None:
    """Print the references of a parameter, where it is used, and the claims of the papers behind it."""
    from ftz_sim.seeds import claims, sources
    from ftz_sim.trace import parameter_claims, parameter_uses
    from ftz_sim.trace.links import claims_with
    from ftz_sim.trace.text import statement

    reference, used, behind, shared = BEHIND[lang]
    for key in card.source.split(", "):
        if key in sources():
            typer.echo(f"{reference}: {sources()[key]}")
    typer.echo(f"{used}: {'; '.join(parameter_uses(path))}")
    own = claims_with("parameters", path)
    for name in own:
        typer.echo(f"{behind}: {statement(claims()[name], lang.value)}")
    if not own and (others := parameter_claims(path)):
        typer.echo(f"{shared}: {', '.join(others)}")


def _find(name: str, every: Mapping[str, Card]) -> dict[str, Card]:
    """Return the cards that ``name`` means: one parameter, all of a mechanism, or all whose words hold it."""
    from ftz_sim.model.parameters import described

    if name in every:
        return {name: every[name]}
    found = {path: card for path, card in every.items() if not name or name in path.split(".")}
    found = found or {path: card for path, card in every.items() if name.casefold() in described(path).casefold()}
    if found:
        return found
    mechanisms = list(dict.fromkeys(path.split(".")[0] for path in every))
    known = [*every, *mechanisms, *(card.name for card in every.values())]
    raise InputError("no_parameter_or_mechanism", found=name, allowed=listed(mechanisms), nearest=nearest(name, known))


def _cells(card: Card, lang: str) -> tuple[str, ...]:
    from ftz_sim.model.parameters import source, unit

    known = "–" if card.low is None else f"{_text(card.low)} ... {_text(card.high)}"
    return _text(card.default), known, unit(card, lang), card.grade, source(card, lang)


def _allowed(card: Card, lang: str) -> str:
    lowest, highest = card.bounds
    if highest < math.inf:
        return f"{lowest:g} ... {highest:g}"
    return ALLOWED[lang][lowest == 0]


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_text(number) for number in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def order(lang: Language = LANGUAGE, as_json: bool = JSON) -> None:
    """Print what happens in a quarter, in order, with the columns read and written, and the groups of mechanisms."""
    from ftz_sim.model.schedule import GROUPS, SCHEDULE
    from ftz_sim.text.words import say
    from ftz_sim.trace.code import columns, purpose

    def said(name: str) -> str:
        return f"{say(f'mechanism.{name}', 'zh')}：{purpose(name, 'zh')}" if lang == Language.zh else purpose(name)

    rows = {name: {"purpose": said(name), **columns(name, lang)._asdict()} for name in SCHEDULE}
    if as_json:
        print_json({"order": rows, "groups": GROUPS})
        return
    print_table(ORDER[lang], [(str(i), name, *row.values()) for i, (name, row) in enumerate(rows.items(), 1)])
    typer.echo()
    for group, names in GROUPS.items():
        english, _, chinese = group.partition(" / ")
        typer.echo(f"{chinese if lang == Language.zh else english}: {', '.join(names)}")
