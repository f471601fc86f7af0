"""``figures.yaml``: the three figures of the main paper as data."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from ftz_sim.scenario.yaml_reader import read_file
from ftz_sim.seeds.cards import At, ClaimId, Strict, Words, check, seeds_folder

Indicators = tuple[str, ...]  # names of the national table
Contrast = tuple[str, str]  # scenario, and what is subtracted from it
Contrasts = Annotated[tuple[Contrast, ...], Field(min_length=1)]
Priority = Literal["science", "industry", "green"]


class Part(Strict):
    """A line inside a box, and the claims behind it."""

    words: Words
    claims: tuple[ClaimId, ...]


class Channel(Strict):
    """One of the four arrows of figure 1."""

    id: str
    verb: Words
    target: Words
    claims: tuple[ClaimId, ...]
    parts: tuple[Part, ...]
    measured: Indicators


class FourChannels(Strict):
    """Figure 1."""

    place: At
    title: Words
    source: Words
    source_parts: tuple[Words, ...]
    outcome: Words
    contrasts: Contrasts
    channels: tuple[Channel, Channel, Channel, Channel]
    measured: tuple[str, str, str, str]  # pillar of the index that each channel ends in


class Element(Strict):
    """One of the three elements of figure 2."""

    id: str
    act: Words
    name: Words
    parts: tuple[Part, ...]
    measured: Indicators


class Ecosystem(Strict):
    """Figure 2."""

    place: At
    title: Words
    centre: Words
    rule: Words
    claims: tuple[ClaimId, ...]
    contrasts: Contrasts
    measured: Indicators
    elements: tuple[Element, Element, Element]


class Wing(Strict):
    """One of the two wings of figure 3."""

    name: Words
    how: Words


class PriorityColumn(Strict):
    """One of the three priorities of figure 3, and the indicator that stands for it."""

    id: Priority
    name: Words
    measured: str


class Linkage(Strict):
    """One of the three linkages of figure 3, with what the paper puts into each priority."""

    id: str
    name: Words
    aim: Words
    strategy: str
    contrasts: Contrasts
    cells: dict[Priority, Part]


class BaseWingsPriorities(Strict):
    """Figure 3."""

    place: At
    title: Words
    mission: Words
    limits: Words
    base: Words
    outcome: Words
    claims: tuple[ClaimId, ...]
    wings: tuple[Wing, Wing]
    priorities: tuple[PriorityColumn, PriorityColumn, PriorityColumn]
    linkages: tuple[Linkage, Linkage, Linkage]


class Figures(Strict):
    """All three."""

    figure_1: FourChannels
    figure_2: Ecosystem
    figure_3: BaseWingsPriorities

    def claims(self) -> Iterator[str]:
        """Yield every claim that a figure names, with repetitions."""
        one, two, three = self.figure_1, self.figure_2, self.figure_3
        for channel in one.channels:
            yield from channel.claims
        yield from (*two.claims, *three.claims)
        inside = [*(channel.parts for channel in one.channels), *(element.parts for element in two.elements)]
        for parts in (*inside, *(tuple(linkage.cells.values()) for linkage in three.linkages)):
            for part in parts:
                yield from part.claims

    def indicators(self) -> Iterator[str]:
        """Yield every indicator that a figure measures, with repetitions."""
        one, two = self.figure_1, self.figure_2
        for names in (*(c.measured for c in one.channels), one.measured, two.measured):
            yield from names
        for element in two.elements:
            yield from element.measured
        yield from (column.measured for column in self.figure_3.priorities)


@cache
def figures() -> Figures:
    """Return the figures.

    Raises:
        InputError: if the file is wrong.
    """
    return check(Figures, read_file(seeds_folder() / "figures.yaml"))
