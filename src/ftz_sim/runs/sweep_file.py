"""A sweep file is read, and everything in it checked, before anything runs; see `sweep_record` for what it holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ftz_sim.errors import InputError, nearest
from ftz_sim.errors import listed as in_words
from ftz_sim.indicators.tables import TABLES
from ftz_sim.runs import sampling
from ftz_sim.runs.ranges import RANGES
from ftz_sim.runs.sampling import Design
from ftz_sim.runs.setup import alike, check_comparable
from ftz_sim.runs.sweep_checks import check_levers, check_refused, check_size, refuse
from ftz_sim.runs.sweep_record import OF_CARD, SweepRecord
from ftz_sim.runs.uncertainties import SHOCKS, Uncertainty, check_value, is_set, of_card
from ftz_sim.scenario.complaints import complaints
from ftz_sim.scenario.files import BASELINE
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.scenario.yaml_reader import Located, is_there, merge, read_file, read_text

NAMED = ("grid", "list")  # methods whose points a user names; others draw them


@dataclass(frozen=True)
class Plan:
    """A sweep that has been checked: nothing in it can be wrong any more.

    Attributes:
        record: what the file said.
        text: the file itself.
        specs: resolved scenarios.
        design: points of the uncertainties.
        asked: what was asked about, as the manifest keeps it.
        costs: how hard each scenario pulls if all were made to cost the same, as the manifest keeps it.
    """

    record: SweepRecord
    text: str
    specs: tuple[Scenario, ...]
    design: Design
    asked: dict[str, Any] | None = None
    costs: list[dict[str, Any]] | None = None

    def asking(self, tables: Sequence[str], asked: dict[str, Any]) -> Plan:
        """Return the sweep that keeps ``tables`` beside its own, for what is asked about."""
        names = tuple(name for name in TABLES if name in tables or name in self.record.tables)
        return replace(self, record=self.record.model_copy(update={"tables": names}), asked=asked)

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
    problems: list[InputError] = []  # all typos of a file are told at once
    record = _record(document, problems)
    specs = tuple(_scenarios(record, document, path.parent, problems))
    list(_factors(_without_set_parameters(record, specs, document), document, problems))
    refuse(problems)
    specs = tuple(_shocked(spec, record, document) for spec in specs)
    points = points_of(record, specs, document)
    check_size(points.rows, len(specs), record.replicates, document)
    check_levers(points.names, specs, document)
    if record.design.method in NAMED:
        check_refused(points, specs, document)
    note = f"# in place of the design below: {design}\n" if design else ""
    return Plan(record, note + path.read_text(encoding="utf-8-sig"), specs, points)


def _record(document: Located, problems: list[InputError]) -> SweepRecord:
    """Return what a file holds; where keys are wrong, what is left without them, so that the rest is checked, too."""
    plain = document.plain()
    try:
        return SweepRecord.model_validate(plain, strict=True)
    except ValidationError as error:
        problems.append(complaints(error, document, SweepRecord))
        wrong = [tuple(map(str, each["loc"])) for each in error.errors() if each["loc"]]
    keys = {loc[0] for loc in wrong if len(loc) == 1 or loc[0] != "uncertainties"}
    entries = {loc[1] for loc in wrong if len(loc) > 1 and loc[0] == "uncertainties"}
    rest = {key: value for key, value in plain.items() if key not in keys}
    if entries:
        rest["uncertainties"] = {key: value for key, value in rest["uncertainties"].items() if key not in entries}
    try:
        record = SweepRecord.model_validate({"name": "rest", "scenarios": (BASELINE,), **rest}, strict=True)
    except ValidationError:
        raise problems[0] from None
    return record if "scenarios" in rest else record.model_copy(update={"scenarios": ()})


def _find(name_or_path: str | Path) -> Path:
    path = Path(name_or_path)
    shipped = sorted(file.stem for file in sweeps_folder().glob("*.yaml"))
    if str(name_or_path) in shipped and not path.is_file():
        return sweeps_folder() / f"{name_or_path}.yaml"
    if not is_there(path) and path.suffix not in (".yaml", ".yml") and len(path.parts) == 1:
        raise InputError("no_sweep", found=str(path), allowed=in_words(shipped), nearest=nearest(path, shipped))
    return path


def _scenarios(record: SweepRecord, document: Located, folder: Path, problems: list[InputError]) -> Iterator[Scenario]:
    overrides = tuple(_flat(record.overrides))
    found: list[Scenario] = []
    places = document.value["scenarios"].value if record.scenarios else ()
    for place, name in zip(places, record.scenarios, strict=True):
        is_file = Path(name).suffix in (".yaml", ".yml") and is_there(folder / name)
        try:
            spec = Scenario.load(folder / name if is_file else name, overrides)
        except InputError as error:
            problems.append(InputError("at", place=f"{place.place}: scenarios", what=error))
            continue
        found.append(spec)
        yield spec
    if len(found) > 1:
        try:
            check_comparable(found, None)
        except InputError as error:
            where = f"{document.value['scenarios'].place}: scenarios"
            problems.append(InputError("at", place=where, what=error))


def _shocked(spec: Scenario, record: SweepRecord, document: Located) -> Scenario:
    """Give a scenario the shocks that its points leave out or not."""
    kinds = [each.shock.kind for each in record.shocks]
    twice = sorted({kind for kind in kinds if [*kinds, *(own.kind for own in spec.shocks)].count(kind) > 1})
    if twice:
        place = (document.get("shocks") or document).place
        raise InputError("shock_twice", place=place, kinds=twice, name=spec.name)
    return spec.model_copy(update={"shocks": (*spec.shocks, *(each.shock for each in record.shocks))})


def _without_set_parameters(record: SweepRecord, specs: tuple[Scenario, ...], document: Located) -> SweepRecord:
    """Leave out of ``uncertainties: calibrated`` or ``cards`` what some scenario sets itself."""
    given = document.get("uncertainties")
    if given is None or given.plain() not in RANGES:
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
    if record.shocks and how.method in NAMED:
        raise InputError("shocks_drawn", place=place, method=how.method)
    if how.method == "list":
        return _points(record, document, place)
    factors = list(_factors(record, document, []))
    factors += [Uncertainty(f"{SHOCKS}.{each.shock.kind}", each.chance - 1, each.chance) for each in record.shocks]
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
    problems = [
        InputError("at", place=f"{place}: design.points[{number}]: {name}", what=problem)
        for number, point in enumerate(points)
        for name, value in point.items()
        if (problem := check_value(name, value))
    ]
    refuse(problems)
    return sampling.listed(tuple(points[0]), [tuple(point.values()) for point in points])


def _factors(record: SweepRecord, document: Located, problems: list[InputError]) -> Iterator[Uncertainty]:
    for name, given in record.uncertainties.items():
        where = document.value["uncertainties"].get(name)  # none if all cards are meant
        place = f"{where.place}: uncertainties: {name}" if where else "uncertainties"
        try:
            yield _factor(record, name, given, place)
        except InputError as error:
            problems.append(error)


def _factor(record: SweepRecord, name: str, given: tuple[float, ...], place: str) -> Uncertainty:
    try:
        factor = of_card(name) if given == OF_CARD else Uncertainty(name, min(given), max(given))
    except InputError as error:
        raise InputError("at", place=place, what=error) from None
    for value in (factor.low, factor.high):
        if problem := check_value(name, value):
            raise InputError("at", place=place, what=problem)
    if given != OF_CARD and (record.design.method != "grid" or record.design.levels is not None):
        _check_range(given, place)
    return factor


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
