"""All parameters of the model: one record for the initial state, and one for each mechanism of the schedule."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from ftz_sim.model.initial_state import InitialState
from ftz_sim.model.params import Card, Params, cards
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.text.parameters import MEANINGS_ZH, SOURCES_ZH, UNITS_ZH
from ftz_sim.text.words import WORDS


def record_of(mechanism: str) -> type[Params]:
    """Return the record of a mechanism's parameters, which has its name: ``GreenFinance`` of ``green_finance``."""
    record: type[Params] = getattr(SCHEDULE[mechanism], mechanism.title().replace("_", ""))
    return record


class _Records(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    if TYPE_CHECKING:  # the fields come from the schedule

        def __getattr__(self, name: str) -> Any: ...


if TYPE_CHECKING:

    class ModelParameters(_Records):
        """Keys that a scenario may set under ``parameters:``, in the order of the schedule."""

else:
    _RECORDS = {"initial_state": InitialState, **{name: record_of(name) for name in SCHEDULE}}
    ModelParameters = create_model(
        "ModelParameters",
        __base__=_Records,
        __module__=__name__,
        __doc__="Keys that a scenario may set under ``parameters:``, in the order of the schedule.",
        **{name: (record, Field(default_factory=record)) for name, record in _RECORDS.items()},
    )


@cache
def all_cards() -> Mapping[str, Card]:
    """Return every parameter's card under its full name, such as ``production.digital_effect``."""
    found = {
        f"{mechanism}.{card.name}": card
        for mechanism, record in ModelParameters.model_fields.items()
        for card in cards(record.annotation)  # type: ignore[arg-type]
    }
    return MappingProxyType(found)


def meaning(full: str, lang: str = "en") -> str:
    """Return the meaning of a parameter, or of one of its numbers (``[2]``), given by its full name, in a language."""
    path, bracket, entry = full.partition("[")
    card = all_cards()[path]
    return (card.meaning if lang == "en" else chinese(path) or card.meaning) + (f" [{entry}" if bracket else "")


def chinese(full: str) -> str:
    """Return the Chinese meaning of a parameter: that of its card, or of ``text/parameters.py``; empty without one."""
    mechanism, _, name = full.partition(".")
    return all_cards()[full].zh or MEANINGS_ZH.get(mechanism, {}).get(name, "")


def described(full: str) -> str:
    """Return all words of a parameter in which a reader may search: its meaning and mechanism in both languages."""
    return " ".join([meaning(full), meaning(full, "zh"), *WORDS.get(f"mechanism.{full.partition('.')[0]}", ())])


def unit(card: Card, lang: str = "en") -> str:
    """Return the unit of a parameter in ``en`` or ``zh``."""
    return UNITS_ZH.get(card.unit, card.unit) if lang == "zh" else card.unit


def source(card: Card, lang: str = "en") -> str:
    """Return the source of a parameter in ``en`` or ``zh``; keys of references stay as they are."""
    return SOURCES_ZH.get(card.source, card.source) if lang == "zh" else card.source
