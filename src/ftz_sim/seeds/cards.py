"""Cards of the source documents, one YAML file each: bibliography and numbered claims.

A claim has one home, the document that makes it most fully. Where another document makes it too, that
document's card says so under ``also``, with the place. Statements are in our own words, in both languages.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ftz_sim.errors import InputError
from ftz_sim.scenario.yaml_reader import Located, read_file

DOCUMENTS = ("zhou2024", "zhou2024_record", "li2024", "shandong_essay", "zones_abstract", "extensions")
CLAIM = r"[MFTX]-[A-Z0-9]+"  # mechanism or instrument, fact, target, worked example
CHINESE = r"[\u4e00-\u9fff]"

ClaimId = Annotated[str, Field(pattern=f"^{CLAIM}$")]
Kind = Literal["mechanism", "instrument", "problem", "target", "fact", "example", "extension"]
# "3.2(一)": part 3, section 2, item 1; "0" opens a part; an abstract has no parts
At = Annotated[str, Field(pattern=r"^(abstract|\d(\.\d){0,2}(\([一二三四五]\))?)$")]
Said = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """A frozen record that knows no other keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Words(Strict):
    """The same words in English and Chinese."""

    en: Said
    zh: Annotated[str, Field(pattern=CHINESE)]


class Names(Strict):
    """Names in English and Chinese; a name in Latin letters may stand for both."""

    en: Said
    zh: Said


class CarriedBy(Strict):
    """What in the model carries a claim; names are checked by the tests, as cards know no model."""

    mechanisms: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    shocks: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()  # of validation, data/targets.csv
    data: tuple[str, ...] = ()  # packaged tables
    scenarios: tuple[str, ...] = ()  # scenarios and packages of levers
    not_modelled: Words | None = None  # what is left out, and why

    def links(self) -> dict[str, tuple[str, ...]]:
        """Return the names by kind, without empty kinds."""
        return {kind: names for kind, names in self if isinstance(names, tuple) and names}


class Place(NamedTuple):
    """Where a document makes a claim."""

    document: str
    at: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.document} {', '.join(self.at)}"


class Claim(Strict):
    """One statement of the documents."""

    id: ClaimId
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    at: tuple[At, ...]  # places in the home document
    term: Annotated[str, Field(pattern=CHINESE)]  # the Chinese term
    en: Said
    zh: Annotated[str, Field(pattern=CHINESE)]
    carried_by: CarriedBy
    home: str = ""  # key of the document, filled in on reading
    elsewhere: tuple[Place, ...] = ()  # the same

    @property
    def places(self) -> tuple[Place, ...]:
        """Return where the claim is made, its home first."""
        own = (Place(self.home, self.at),) if self.at else ()
        return (*own, *self.elsewhere)

    def statement(self, lang: str = "en") -> str:
        """Return the statement in ``en`` or ``zh``."""
        return self.zh if lang == "zh" else self.en


class Document(Strict):
    """Bibliography of a document, and the claims that have their home in it."""

    key: Literal["zhou2024", "zhou2024_record", "li2024", "shandong_essay", "zones_abstract", "extensions"]
    kind: Literal["article", "abstract record", "essay", "abstract", "extension"]
    authors: Names
    title: Words
    venue: Words
    year: int | None
    issue: str | None
    recalled: tuple[str, ...]  # fields that were not seen in print
    also: dict[ClaimId, Annotated[tuple[At, ...], Field(min_length=1)]]
    claims: tuple[Claim, ...]


Record = TypeVar("Record", bound=BaseModel)


def seeds_folder() -> Path:
    """Return the folder of the cards: inside the package, or beside ``src`` in a checkout."""
    packaged = Path(__file__).parent / "cards"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "seeds"


def check(record: type[Record], located: Located, name: str = "") -> Record:
    """Turn YAML data into a record.

    Raises:
        InputError: naming file, line, key and what is wrong.
    """
    try:
        return record.model_validate(located.plain())
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in (name, *first["loc"]) if part != "")
        raise InputError("at", place=f"{_line(located, first['loc'])}: {key}", what=first["msg"]) from None


def _line(located: Located, path: tuple[Any, ...]) -> str:
    for key in path:
        inside = located.value
        known = key in inside if isinstance(inside, dict) else isinstance(inside, list) and key in range(len(inside))
        if not known:
            break
        located = inside[key]
    return located.place


@cache
def documents() -> dict[str, Document]:
    """Return all documents by key.

    Raises:
        InputError: if a card is wrong, a claim has two homes, or ``also`` names none or the card's own.
    """
    found = {key: read_document(seeds_folder() / f"{key}.yaml") for key in DOCUMENTS}
    homes: dict[str, str] = {}
    for document in found.values():
        for claim in document.claims:
            if claim.id in homes:
                raise InputError("two_homes", claim=claim.id, first=homes[claim.id], second=document.key)
            homes[claim.id] = document.key
    for document in found.values():
        for name in document.also:
            if homes.get(name) in (None, document.key):
                raise InputError("no_home", place=f"{document.key}.yaml", claim=name)
    return found


def read_document(path: Path) -> Document:
    """Read one card."""
    located = read_file(path)
    document = check(Document, located)
    if document.key != path.stem:
        raise InputError("file_name", path=path, found=document.key, wanted=path.stem)
    return document


@cache
def claims() -> dict[str, Claim]:
    """Return all claims by id, each with its home and all its places."""
    every = documents()
    found = {}
    for document in every.values():
        for claim in document.claims:
            others = (Place(other.key, other.also[claim.id]) for other in every.values() if claim.id in other.also)
            found[claim.id] = claim.model_copy(update={"home": document.key, "elsewhere": tuple(others)})
    return found
