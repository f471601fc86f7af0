"""The YAML file of a sweep: strategies x uncertainties x replicates.

    name: what_decides
    scenarios: [single_ftz, cross_zone, ftz_fta]
    replicates: 20
    seed: 5
    design: {method: lhs, samples: 200}    # grid | list | lhs | sobol | saltelli | morris
    uncertainties: cards                   # or {NAME: card, NAME: [low, high], levers.NAME: [0, 1]}
    overrides: {population: {firms: 2000}}  # for every scenario
    tables: [national]                     # and regions, zones, partners, which take more room

A grid crosses the values listed for each uncertainty, or ``levels`` evenly spaced ones of its range. A list
names its points: ``design: {method: list, points: [{NAME: 0.1}, {NAME: 0.2}]}``. Without a design every
scenario runs with its own parameters.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from ftz_sim.errors import InputError, Sentence, nearest, short
from ftz_sim.errors import listed as in_words
from ftz_sim.model.shocks import Closed
from ftz_sim.runs import sampling, uncertainties
from ftz_sim.runs.sampling import MOST_ROWS, Design, Method
from ftz_sim.runs.setup import MOST_REPLICATES, alike, check_comparable
from ftz_sim.runs.sweep_checks import check_levers, check_refused, check_size
from ftz_sim.runs.uncertainties import Uncertainty, check_value, is_set, of_card
from ftz_sim.scenario.complaints import complaints
from ftz_sim.scenario.scenario import NAME, Scenario, Text
from ftz_sim.scenario.yaml_reader import Located, is_there, merge, read_file, read_text

TableName = Literal["national", "regions", "zones", "partners"]
CARDS, CARD = "cards", "card"
NAMED = ("grid", "list")  # methods whose points a user names; others draw them
OF_CARD: tuple[float, ...] = ()  # what `card` is read as


def _numbers(value: Any) -> Any:
    if value == CARD:
        return OF_CARD
    if not isinstance(value, tuple) or not value:
        raise InputError("range_or_card", found=short(value))
    return value


def _all_cards(value: Any) -> Any:
    if value == CARDS:
        return {factor.name: CARD for factor in uncertainties.from_cards()}
    if not isinstance(value, dict):
        raise InputError("cards_or_mapping", found=short(value))
    return value


Given = Annotated[tuple[float, ...], BeforeValidator(_numbers)]


class DesignRecord(Closed):
    """How points are chosen."""

    method: Method = "list"
    samples: int = Field(1, ge=1, le=MOST_ROWS, description="points, base points or trajectories")
    levels: int | None = Field(None, ge=1, le=1000, description="values of each uncertainty in a grid")
    points: tuple[dict[str, float], ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.points and self.method != "list":
            raise InputError("of_key", key="points", what=Sentence("points_method", method=self.method))
        if self.levels is not None and self.method != "grid":
            raise InputError("of_key", key="levels", what=Sentence("levels_method", method=self.method))
        if "samples" in self.model_fields_set and self.method in ("grid", "list"):
            raise InputError("of_key", key="samples", what=Sentence("samples_method", method=self.method))
        if len({tuple(point) for point in self.points}) > 1:
            raise InputError("of_key", key="points", what=Sentence("same_points"))
        return self


class SweepRecord(Closed):
    """What a sweep file holds."""

    name: str = Field(pattern=NAME, description="letters, digits, _ . -, for it names folders")
    why: Text = Text(en="", zh="")
    scenarios: tuple[str, ...] = Field(min_length=1)
    replicates: int = Field(1, ge=1, le=MOST_REPLICATES, description="runs of every scenario at every point")
    seed: int = Field(1, ge=0, lt=2**63, description="seed of the sweep")
    design: DesignRecord = DesignRecord()
    uncertainties: Annotated[dict[str, Given], BeforeValidator(_all_cards)] = Field(default_factory=dict)
    overrides: dict[str, Any] = Field(default_factory=dict)
    tables: tuple[TableName, ...] = Field(("national",), min_length=1)


@dataclass(frozen=True)
class Plan:
    """A sweep that has been checked: nothing in it can be wrong any more.

    Attributes:
        record: what the file said.
        text: the file itself.
        specs: resolved scenarios.
        design: points of the uncertainties.
    """

    record: SweepRecord
    text: str
    specs: tuple[Scenario, ...]
    design: Design

    @property
    def runs(self) -> int:
        """Number of runs in all."""
        return self.design.rows * self.record.replicates * len(self.specs)

    @property
    def alike(self) -> tuple[tuple[str, ...], ...]:
        """Groups of scenarios whose runs will agree, for they differ in name and words only."""
        return alike(self.specs)

    @property
    def factors(self) -> tuple[str, ...]:
        """Names of the uncertainties."""
        return self.design.names


def sweeps_folder() -> Path:
    """Return the folder of the shipped sweeps: inside the package, or beside ``src`` in a checkout."""
    packaged = Path(__file__).parents[1] / "sweeps"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "sweeps"


def read_sweep(name_or_path: str | Path, design: str = "") -> Plan:
    """Read a sweep file, or a shipped sweep by name, and check everything before anything runs.

    Args:
        name_or_path: the file, or the name of a shipped sweep.
        design: YAML of a design in place of the file's own.

    Raises:
        InputError: with file, line, key, what was found and what is allowed.
    """
    path = _find(name_or_path)
    document = read_file(path)
    if not isinstance(document.value, dict):
        raise InputError("sweep_mapping", place=document.place)
    if design:
        own = read_text(f"design: {design}", "--method, --samples")
        document = merge(document.without("design"), own)
    try:
        record = SweepRecord.model_validate(document.plain(), strict=True)
    except ValidationError as error:
        raise complaints(error, document, SweepRecord) from None
    specs = tuple(_scenarios(record, document, path.parent))
    points = points_of(record, specs, document)
    check_size(points.rows, len(specs), record.replicates, document)
    check_levers(points.names, specs, document)
    if record.design.method in NAMED:
        check_refused(points, specs, document)
    note = f"# in place of the design below: {design}\n" if design else ""
    return Plan(record, note + path.read_text(encoding="utf-8-sig"), specs, points)


def _find(name_or_path: str | Path) -> Path:
    path = Path(name_or_path)
    shipped = sorted(file.stem for file in sweeps_folder().glob("*.yaml"))
    if str(name_or_path) in shipped and not path.is_file():
        return sweeps_folder() / f"{name_or_path}.yaml"
    if not is_there(path) and path.suffix not in (".yaml", ".yml") and len(path.parts) == 1:
        raise InputError("no_sweep", found=str(path), allowed=in_words(shipped), nearest=nearest(path, shipped))
    return path


def _scenarios(record: SweepRecord, document: Located, folder: Path) -> Iterator[Scenario]:
    overrides = tuple(_flat(record.overrides))
    found: list[Scenario] = []
    for place, name in zip(document.value["scenarios"].value, record.scenarios, strict=True):
        is_file = Path(name).suffix in (".yaml", ".yml") and is_there(folder / name)
        try:
            spec = Scenario.load(folder / name if is_file else name, overrides)
        except InputError as error:
            raise InputError("at", place=f"{place.place}: scenarios", what=error) from None
        found.append(spec)
        yield spec
    if len(found) > 1:
        try:
            check_comparable(found, None)
        except InputError as error:
            where = f"{document.value['scenarios'].place}: scenarios"
            raise InputError("at", place=where, what=error) from None


def _without_set_parameters(record: SweepRecord, specs: tuple[Scenario, ...], document: Located) -> SweepRecord:
    """Leave out of ``uncertainties: cards`` what some scenario sets itself."""
    given = document.get("uncertainties")
    if given is None or given.plain() != CARDS:
        return record
    free = {name: card for name, card in record.uncertainties.items() if not any(is_set(spec, name) for spec in specs)}
    return record.model_copy(update={"uncertainties": free})


def _flat(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict) and value:
        for key, child in value.items():
            yield from _flat(child, f"{path}.{key}" if path else key)
    elif path or value:
        yield f"{path}={json.dumps(value, ensure_ascii=False)}"


def points_of(record: SweepRecord, specs: tuple[Scenario, ...], document: Located) -> Design:
    """Return the points of a sweep over ``specs``; ``document`` is what ``record`` was read from."""
    record = _without_set_parameters(record, specs, document)
    how = record.design
    place = (document.get("design") or document).place
    if how.method == "list":
        return _points(record, document, place)
    factors = list(_factors(record, document))
    names = [factor.name for factor in factors]
    if not names:
        raise InputError("needs_uncertainties", place=place, method=how.method)
    try:
        if how.method != "grid":
            bounds = [(factor.low, factor.high) for factor in factors]
            return sampling.design(how.method, names, bounds, how.samples, record.seed)
        return sampling.grid(names, [_values(record, factor) for factor in factors])
    except InputError as error:
        raise InputError("at", place=f"{place}: design", what=error) from None


def _points(record: SweepRecord, document: Located, place: str) -> Design:
    if record.uncertainties:
        raise InputError("needs_method", place=place)
    points = record.design.points or ({},)
    for number, point in enumerate(points):
        for name, value in point.items():
            if problem := check_value(name, value):
                where = f"{place}: design.points[{number}]: {name}"
                raise InputError("at", place=where, what=problem)
    return sampling.listed(tuple(points[0]), [tuple(point.values()) for point in points])


def _factors(record: SweepRecord, document: Located) -> Iterator[Uncertainty]:
    ranges = record.design.method != "grid" or record.design.levels is not None
    for name, given in record.uncertainties.items():
        where = document.value["uncertainties"].get(name)  # none if all cards are meant
        place = f"{where.place}: uncertainties: {name}" if where else "uncertainties"
        try:
            factor = of_card(name) if given == OF_CARD else Uncertainty(name, min(given), max(given))
        except InputError as error:
            raise InputError("at", place=place, what=error) from None
        for value in (factor.low, factor.high):
            if problem := check_value(name, value):
                raise InputError("at", place=place, what=problem)
        if given != OF_CARD and ranges:
            _check_range(given, place)
        yield factor


def _check_range(given: tuple[float, ...], place: str) -> None:
    if len(given) != 2:
        raise InputError("two_numbers", place=place, n=len(given))
    if given[0] > given[1]:
        raise InputError("range_reversed", name=place, low=given[0], high=given[1])


def _values(record: SweepRecord, factor: Uncertainty) -> list[float]:
    levels, given = record.design.levels, record.uncertainties[factor.name]
    if levels is None:
        if given == OF_CARD:
            raise InputError("grid_levels", name=factor.name)
        return list(given)
    if levels == 1:
        return [(factor.low + factor.high) / 2]
    return [factor.low + (factor.high - factor.low) * step / (levels - 1) for step in range(levels)]
