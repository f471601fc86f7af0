"""What a manifest must look like before anything trusts it: folders are sent by mail, and edited by hand."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

MOST = 1_000_000_000  # of runs, points or replicates


# what is wrong is said where the manifest is read: only the place of the error is used
def _inside(name: str) -> str:
    path = PurePosixPath(name)
    if not name or path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name:
        raise PydanticCustomError("outside", "no file inside the folder")
    return name


def _plain(name: str) -> str:
    if "/" in name or name.startswith("."):
        raise PydanticCustomError("outside", "no name of a file")
    return _inside(name)


File = Annotated[str, AfterValidator(_inside)]
Name = Annotated[str, AfterValidator(_plain)]
Count = Annotated[int, Field(ge=0, le=MOST)]
Spoken = dict[Literal["en", "zh"], Any]  # of versions that kept words


class Found(BaseModel):
    """A statement (see `results.statements`)."""

    model_config = ConfigDict(extra="forbid", strict=True)

    key: str
    values: dict[str, Any]


class Told(BaseModel):
    """A paragraph in both languages, of what only its own file names."""

    model_config = ConfigDict(extra="forbid", strict=True)

    en: str
    zh: str


class Surroundings(BaseModel):
    """What runs were made with; one of several where a sweep was resumed elsewhere."""

    model_config = ConfigDict(extra="allow", strict=True)

    version: str
    model: str | None = None
    packages: dict[str, str | None] | None = None
    python: str | None = None
    platform: str | None = None
    machine: str | None = None
    processor: str | None = None


class Asked(BaseModel):
    """What was asked about (see `analysis.focus.Question`), and where the folder was made."""

    model_config = ConfigDict(extra="allow", strict=True)

    places: list[str]
    indicators: list[str]
    years: list[str]
    folder: str | None = None


class Record(BaseModel):
    """Keys of manifests that are read again; those that a kind of experiment lacks are None, others are let through."""

    model_config = ConfigDict(extra="allow", strict=True)

    kind: str
    version: str
    inputs: dict[str, str]
    outputs: dict[File, str]
    model: str | None = None
    command: str | None = None
    state: Literal["done", "unfinished"] | None = None
    seed: Annotated[int, Field(ge=0)] | None = None
    model_seed: Annotated[str, Field(pattern=r"^[0-9]{1,20}$")] | None = None
    reps: Count | None = None
    samples: Count | None = None
    scenarios: list[Name] | None = None
    strategy: Name | None = None
    reference: Name | None = None
    factors: list[str] | None = None
    tables: list[Literal["national", "regions", "zones", "partners"]] | None = None
    runs: dict[Literal["done", "failed", "missing"], Count] | None = None
    runs_in: str | None = None
    packages: dict[str, str | None] | None = None
    plan: dict[str, Any] | None = None
    verdict: list[Found | Told] | Spoken | None = None
    sentence: list[Found | Told] | Spoken | None = None
    notes: list[Found | Told] | Spoken | None = None
    labels: dict[str, list[str]] | None = None
    outside_evidence: dict[str, list[dict[str, Any]]] | None = None
    seconds: dict[str, float] | None = None
    started: str | None = None
    python: str | None = None
    platform: str | None = None
    machine: str | None = None
    processor: str | None = None
    environments: Annotated[list[Surroundings], Field(min_length=1)] | None = None
    git_commit: str | None = None
    interval: str | None = None
    draws: Count | None = None
    draw_firms: Count | None = None
    by: Literal["group", "lever", "mechanism"] | None = None
    focus: Asked | None = None
    pairs: Annotated[int, Field(ge=1, le=1000)] | None = None
    cost_reps: Count | None = None


class SweepRecord(Record):
    """What a sweep's manifest has beside."""

    model: str
    command: str
    state: Literal["done", "unfinished"]
    seed: Annotated[int, Field(ge=0)]
    reps: Count
    samples: Count
    scenarios: list[Name]
    factors: list[str]
    tables: list[Literal["national", "regions", "zones", "partners"]]
    runs: dict[Literal["done", "failed", "missing"], Count]
    plan: dict[str, Any]
    packages: dict[str, str | None]


def check(manifest: Any) -> None:
    """Make sure that a manifest is one.

    Raises:
        pydantic.ValidationError: if it is none.
    """
    kind = manifest.get("kind") if isinstance(manifest, dict) else None
    (SweepRecord if kind == "sweep" else Record).model_validate(manifest)
