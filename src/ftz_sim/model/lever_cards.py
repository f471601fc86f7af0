"""What is said of a lever and what it costs: the record behind each line of `levers`, and the helpers that write it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Scope = Literal["zone", "pair", "nation"]
Group = Literal[
    "zones", "opening", "institutions", "factors_and_finance", "digital", "green", "coordination", "linkage",
    "agreements",
]  # fmt: skip
Base = Literal[
    "zone", "zone_va", "zone_new", "zone_old", "zone_exports", "zone_emissions", "province_gdp", "coordinated_gdp",
    "national_gdp", "formula",
]  # fmt: skip
Kind = Literal["spend", "transfer", "revenue"]
Column = NDArray[Any]  # of float64
N_REGIONS = 31


class Move(NamedTuple):
    """One claim: an indicator and the direction in which it is said to move."""

    indicator: str
    direction: int  # +1 up, -1 down


class Outlay(NamedTuple):
    """What a full lever costs, see `outlays`."""

    lever: str
    base: Base
    rate: float  # 0 where a formula holds
    kind: Kind
    public_share: float  # of the outlay, that treasuries pay
    meaning: str
    source: str


Cost = tuple[Base, float | None, Kind, float, str, str]  # an outlay without its lever; no rate where a formula holds


@dataclass(frozen=True)
class Lever:
    """One row of the catalogue."""

    name: str
    scope: Scope
    group: Group
    en: str
    zh: str
    claims: tuple[str, ...]  # ids of the cards in ``seeds/``
    moves: tuple[Move, ...]  # what the papers say it moves
    effects: tuple[str, ...]  # parameters that carry it
    risks: tuple[str, ...]  # keys of `signs.RISKS`
    strategy: str  # the scenario in which the lever study takes it away
    cost: Cost

    @property
    def outlay(self) -> Outlay:
        """What it costs at full level."""
        base, rate, kind, public_share, meaning, source = self.cost
        return Outlay(self.name, base, rate or 0.0, kind, public_share, meaning, source)


def moves_of(text: str) -> tuple[Move, ...]:
    """Read ``+gdp -co2``: indicators with the direction in which they are said to move."""
    return tuple(Move(word[1:], 1 if word[0] == "+" else -1) for word in text.split())


def _card(
    scope: Scope,
    group: Group,
    en: str,
    zh: str,
    *,
    claims: str,
    moves: str,
    effects: str,
    outlay: Cost,
    risks: str = "",
    strategy: str = "integrated",
) -> dict[str, Any]:
    return {
        "scope": scope,
        "group": group,
        "en": en,
        "zh": zh,
        "claims": tuple(claims.split()),
        "moves": moves_of(moves),
        "effects": tuple(effects.split()),
        "risks": tuple(risks.split()),
        "strategy": strategy,
        "cost": outlay,
    }


def zone(group: Group, en: str, zh: str, **said: Any) -> Any:
    """Declare a lever of single zones; ``said`` as in `_card`."""
    return field(default_factory=lambda: np.zeros(N_REGIONS), metadata=_card("zone", group, en, zh, **said))


def pair(en: str, zh: str, **said: Any) -> Any:
    """Declare a lever of pairs of zones."""
    return field(default_factory=lambda: np.zeros(N_REGIONS), metadata=_card("pair", "coordination", en, zh, **said))


def nation(group: Group, en: str, zh: str, **said: Any) -> Any:
    """Declare a lever of the nation."""
    return field(default=0.0, metadata=_card("nation", group, en, zh, **said))
