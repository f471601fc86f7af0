"""What was found, as a record that a folder keeps; and its words, which come last.

A statement is the key of a sentence in `text/findings.py` and the values that it is filled with. A value is a number, a
text, a statement, or says what it names:

    {"scenario": "cross_zone"}   {"indicator": "gdp", "level": "national"}   {"place": "SH", "level": "zone"}
    {"parameter": "carbon.price"}   {"part": "green"}: a group of levers, a lever or a mechanism
    {"percent": 2.3, "low": 2.1, "high": 2.5}: with its sign, as exact as its interval, if that is known
    {"end": "low", "of": [2.1, 2.5]}: an end of an interval in percent
    {"correlation": -0.8}   {"money": 12.3}: bn yuan, in 亿元 in Chinese
    {"amount": 2.3, "low": 2.1, "high": 2.5, "indicator": ..., "level": ...}: in the unit of differences of an indicator
    {"family": "markets"}: a kind of the layers that `ftz strip` freezes
    {"rule": "carbon.price > 0.1 and ..."}   {"list": [...], "by": "and"}: values, and the word between them

Where a paragraph names what only its own file knows (the packages of a design), the statement is that paragraph in both
languages, {"en": ..., "zh": ...}.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ftz_sim.errors import InputError
from ftz_sim.indicators.shown import shown_difference, shown_money
from ftz_sim.indicators.variables import VARIABLES, Variable
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.parameters import all_cards, meaning
from ftz_sim.scenario.groups import label
from ftz_sim.scenario.sentences import ftz_name, zone_name
from ftz_sim.text import words
from ftz_sim.text.findings import WORDS
from ftz_sim.text.numbers import estimate, signed
from ftz_sim.text.words import Lang, say

Statement = dict[str, Any]  # "key" and "values", as JSON keeps them
Name = Callable[[str], str]  # of a scenario


def statement(key: str, /, **values: Any) -> Statement:
    """Return a statement; numbers of numpy become those of Python."""
    return {"key": key, "values": {name: _plain(value) for name, value in values.items()}}


def scenario(name: str) -> dict[str, str]:
    """Return a value that names a scenario."""
    return {"scenario": name}


def indicator(variable: Variable) -> dict[str, str]:
    """Return a value that names an indicator."""
    return {"indicator": variable.name, "level": variable.level}


def joined(values: Iterable[Any], by: str = "and") -> dict[str, Any]:
    """Return values as one, with a word between them."""
    return {"list": list(values), "by": by}


def percent(number: float, low: float = math.nan, high: float = math.nan) -> dict[str, float]:
    """Return a percentage, as exact as its interval allows."""
    return {"percent": number} | ({"low": low, "high": high} if math.isfinite(high - low) else {})


def ends(low: float, high: float) -> dict[str, dict[str, Any]]:
    """Return the ends of an interval in percent, by ``low`` and ``high``."""
    return {end: {"end": end, "of": [low, high]} for end in ("low", "high")}


def correlation(number: float) -> dict[str, float]:
    """Return a coefficient between -1 and 1."""
    return {"correlation": number}


def money(number: float) -> dict[str, float]:
    """Return a sum of bn yuan."""
    return {"money": number}


def amount(variable: Variable, number: float, low: float = math.nan, high: float = math.nan) -> dict[str, Any]:
    """Return a difference of an indicator, in the unit of its scale, with its interval if there is one."""
    return {"amount": number, **({"low": low, "high": high} if math.isfinite(low) else {}), **indicator(variable)}


def kept(manifest: Mapping[str, Any]) -> list[Statement]:
    """Return what was found, as a manifest keeps it; nothing if it says nothing.

    Raises:
        InputError: if the folder was written by a version that kept words.
    """
    found: list[Statement] | dict[str, str] = manifest.get("verdict") or manifest.get("sentence") or []
    if isinstance(found, dict):
        raise InputError("older_folder", version=manifest["version"], command=manifest.get("command") or "ftz")
    return found


def paragraph(statements: Sequence[Statement], lang: Lang, name: Name = str) -> str:
    """Tell statements one after the other; ``name`` says what a scenario is called."""
    return (" " if lang == "en" else "").join(tell(each, lang, name) for each in statements)


def tell(found: Statement, lang: Lang, name: Name = str) -> str:
    """Tell one statement.

    Raises:
        KeyError: if it is none of ours.
    """
    if "key" not in found:
        return str(found[lang])
    if found["key"] not in WORDS:  # others are not for folders
        raise KeyError(found["key"])
    return say(found["key"], lang, **{key: told(value, lang, name) for key, value in found["values"].items()})


def told(value: Any, lang: Lang, name: Name = str) -> Any:
    """Tell one value; numbers, which sentences format, stay numbers."""
    match value:
        case {"key": _, "values": _}:
            return tell(value, lang, name)
        case {"list": parts, "by": by}:
            return say(f"join.{by}", lang).join(str(told(part, lang, name)) for part in parts)
        case {"scenario": code}:
            return name(code)
        case {"amount": _}:
            return _amount(value, lang)
        case {"indicator": code, "level": level}:
            return VARIABLES[level][code].within(lang)
        case {"place": code, "level": level}:
            return place_name(level, code, lang)
        case {"parameter": path}:
            return _parameter(path, lang)
        case {"part": code}:
            return label(code, lang)
        case {"percent": number}:
            said = estimate(number, value.get("low", math.nan), value.get("high", math.nan)).value
            return f"{said}{' %' if lang == 'en' else '%'}"
        case {"end": end, "of": [low, high]}:
            return f"{getattr(estimate(low=low, high=high), end)}{' %' if lang == 'en' else '%'}"
        case {"family": code}:
            return say(f"strip.family.{code}", lang)
        case {"correlation": number}:
            return signed(number, decimals=2)
        case {"money": number}:
            unit = shown_money(lang)
            return unit.with_unit(unit.number(number), lang)
        case {"rule": text}:
            conditions = (condition.split(" ") for condition in text.split(" and "))
            return say("join.both", lang).join(" ".join(_parameter(w, lang) for w in words) for words in conditions)
        case _:
            return value


def place_name(level: str, code: str, lang: Lang = "en") -> str:
    """Return what the nation, a province or a zone is called."""
    if level == "national":
        return "全国" if lang == "zh" else "China"
    return ftz_name(code, lang) if level == "zone" else zone_name(code, lang)


def uncertainty(path: str, lang: Lang) -> str:
    """Say what a parameter, the level of a lever or a shock means; what is none of them stays as it is."""
    kind, _, name = path.partition(".")
    if kind == "levers" and name in CATALOGUE:
        return label(name, lang)
    if kind == "shocks" and f"shock.{name}" in words.WORDS:
        return say(f"shock.{name}", lang)
    return meaning(path, lang) if path.partition("[")[0] in all_cards() else path


def _parameter(path: str, lang: Lang) -> str:
    said = uncertainty(path, lang)
    return path if said == path else f"“{said}”"


def _amount(value: dict[str, Any], lang: Lang) -> str:
    unit = shown_difference(VARIABLES[value["level"]][value["indicator"]], lang)
    found = unit.estimate(value["amount"], value.get("low", math.nan), value.get("high", math.nan))
    return " ".join(filter(None, (unit.with_unit(found.value, lang), found.interval)))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.item() if hasattr(value, "item") else value
