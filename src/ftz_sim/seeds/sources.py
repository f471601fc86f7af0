"""``sources.yaml``: every reference that a parameter, a datum or a target cites."""

from __future__ import annotations

from functools import cache

from pydantic import model_validator

from ftz_sim.errors import InputError
from ftz_sim.scenario.yaml_reader import read_file
from ftz_sim.seeds.cards import Strict, check, seeds_folder


class Source(Strict):
    """One reference; ``authors_recalled`` were not printed in what was seen."""

    authors: tuple[str, ...] | None = None
    authors_recalled: tuple[str, ...] | None = None
    year: int
    title: str
    venue: str
    doi: str | None = None
    note: str

    @model_validator(mode="after")
    def _has_authors(self) -> Source:
        if (self.authors is None) == (self.authors_recalled is None):
            raise ValueError("give either authors or authors_recalled")
        return self

    def __str__(self) -> str:
        who = ", ".join(self.authors or self.authors_recalled or ("authors not printed",))
        where = f"{self.venue}. doi {self.doi}" if self.doi else self.venue
        return f"{who} ({self.year}). {self.title}. {where}."


@cache
def sources() -> dict[str, Source]:
    """Return all references by key.

    Raises:
        InputError: if an entry is wrong.
    """
    document = read_file(seeds_folder() / "sources.yaml")
    if not isinstance(document.value, dict):
        raise InputError("references", place=document.place)
    return {key: check(Source, entry, key) for key, entry in document.value.items()}
