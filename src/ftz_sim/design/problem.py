"""A design file is read, and everything in it checked, before anything runs; see `record` for what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from ftz_sim.analysis.focus import NATION, place_code
from ftz_sim.design.checks import complaints_of, idle, site_complaints
from ftz_sim.design.choices import SITE, Candidate, Choice, choices_of, number_of, package, sites_of, with_sites
from ftz_sim.design.measures import AnyReading, Bound, Fired, Measure, Reading, bill, yearly_bill
from ftz_sim.design.record import WORST, ConstraintRecord, OutcomeRecord, ProblemRecord
from ftz_sim.errors import Both, InputError, Sentence, listed, nearest
from ftz_sim.indicators.variables import REGION, VARIABLES, Level
from ftz_sim.indicators.yearly import FIRST_YEAR
from ftz_sim.model.clock import Quarter
from ftz_sim.model.published import load_figures
from ftz_sim.runs.sweep_checks import refuse
from ftz_sim.scenario.complaints import complaints
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.scenario.yaml_reader import Located, is_there, read_file
from ftz_sim.text.words import LANGUAGES

UNKNOWN = {"national": "indicator_of_national", "region": "indicator_of_region", "zone": "indicator_of_zone"}


@dataclass(frozen=True)
class Problem:
    """A design problem that has been checked: nothing in it can be wrong any more.

    Attributes:
        record: what the file said.
        text: the file itself.
        start: policy that packages are laid over and held against.
        choices: what may be pulled.
        aims: what is wanted.
        signs: +1 where more of an aim is wanted, -1 where less is.
        bounds: what must hold, the budget last.
        own: packages that the file names itself.
    """

    record: ProblemRecord
    text: str
    start: Scenario
    choices: tuple[Choice, ...]
    aims: tuple[Measure, ...]
    signs: tuple[int, ...]
    bounds: tuple[Bound, ...]
    own: tuple[Candidate, ...] = ()

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Cost, aims, then what must hold."""
        return tuple(dict.fromkeys((bill(), *self.aims, *(bound.measure for bound in self.bounds))))

    @cached_property
    def readings(self) -> tuple[AnyReading, ...]:
        """What is kept of every run."""
        fired = [Fired(choice.name) for choice in self.choices if choice.waits]
        found = [reading for measure in (*self.measures, *self.provinces) for reading in measure.readings]
        return tuple(dict.fromkeys((*found, *fired)))

    @cached_property
    def provinces(self) -> tuple[Measure, ...]:
        """GDP of every province in the last year, where a site is looked for."""
        last, gdp = self.start.horizon.end.year, REGION["gdp"]
        codes = load_figures().provinces.iso if self.record.sites else ()
        return tuple(Measure(gdp, (Reading("region", code, gdp, last, last),)) for code in codes)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Names of the readings."""
        return tuple(reading.column for reading in self.readings)

    @property
    def nothing(self) -> Candidate:
        """The package that is the start itself."""
        return (0,) * len(self.choices)

    @property
    def ways(self) -> tuple[int, ...]:
        """Number of ways of each choice; to leave it alone is none."""
        return tuple(len(choice.ways) for choice in self.choices)

    @property
    def sites(self) -> tuple[int, ...]:
        """Places of the choices that are sites."""
        return tuple(place for place, choice in enumerate(self.choices) if choice.place)

    @property
    def packages(self) -> int:
        """Number of packages there are."""
        return number_of(self.ways, self.sites, self.record.sites_at_once)

    def scenario(self, candidate: Candidate, name: str) -> Scenario:
        """Return the scenario of a candidate."""
        return package(self.start, self.choices, candidate, name)


def read_problem(path: str | Path, start: Scenario | None = None) -> Problem:
    """Read a design file and check everything before anything runs.

    Args:
        path: the file.
        start: with the areas of sites, in place of what the file names.

    Raises:
        InputError: with file, line, key, what was found and what is allowed.
    """
    path = Path(path)
    document = read_file(path)
    if not isinstance(document.value, dict):
        raise InputError("design_mapping", place=document.place)
    try:
        record = ProblemRecord.model_validate(document.plain(), strict=True)
    except ValidationError as error:
        raise complaints(error, document, ProblemRecord) from None
    start = start or _start(record, document, path.parent)
    problems: list[InputError] = []  # all typos of a file are told at once
    choices = tuple(_choices(record, start, document, problems))
    aims = [_measure(each, start, _entry(document, "aims", n), problems) for n, each in enumerate(record.aims)]
    signs = [_sign(record, n, aim, document, problems) for n, aim in enumerate(aims)]
    bounds = [
        _bound(each, start, _entry(document, "constraints", n), problems) for n, each in enumerate(record.constraints)
    ]
    if record.search.method == "nsga3" and len(aims) < 2:
        where = document.value["search"].value["method"].place
        problems.append(InputError("at", place=f"{where}: search.method", what=Sentence("one_aim")))
    own = [_own(record, number, choices, document, problems) for number in range(len(record.own))]
    refuse(problems)
    made = [bound for bound in bounds if bound is not None] + list(_budget(record, start))
    return Problem(
        record, path.read_text(encoding="utf-8-sig"), start, choices,
        tuple(aim for aim in aims if aim is not None), tuple(signs), tuple(made), tuple(own),
    )  # fmt: skip


def _start(record: ProblemRecord, document: Located, folder: Path) -> Scenario:
    given = document.get("start")
    is_file = Path(record.start).suffix in (".yaml", ".yml") and is_there(folder / record.start)
    end = None if record.end is None else str(record.end)
    try:
        spec = Scenario.of(folder / record.start if is_file else record.start, (), record.firms, end)
    except InputError as error:
        raise InputError("at", place=f"{(given or document).place}: start", what=error) from None
    zones = [zone for each in record.sites for zone in each.zones]
    try:
        return with_sites(spec, zones) if zones else spec
    except InputError as error:
        raise InputError("at", place=f"{document.value['sites'].place}: sites", what=error) from None


def _entry(document: Located, key: str, number: int, *more: str) -> tuple[str, Located]:
    """Return the path of an entry of a list as a user would write it, and the entry; or of a key of it."""
    entry: Located = document.value[key].value[number]
    path = f"{key}[{number}]"
    for part in more:
        found = entry.get(part)
        if found is not None:
            entry, path = found, f"{path}.{part}"
    return path, entry


def _at(entry: tuple[str, Located], what: Sentence) -> InputError:
    return InputError("at", place=f"{entry[1].place}: {entry[0]}", what=what)


def _choices(record: ProblemRecord, start: Scenario, document: Located, problems: list[InputError]) -> Iterator[Choice]:
    seen: set[str] = set()
    for number, each in enumerate(record.choices):
        before = len(problems)
        problems += [_at(_entry(document, "choices", number, key), what) for key, what in complaints_of(each, start)]
        if len(problems) > before:
            continue
        for choice in choices_of(each, max(start.horizon.fork, Quarter.at(0))):
            if choice.name in seen:
                problems.append(_at(_entry(document, "choices", number), Sentence("chosen_twice", name=choice.name)))
            seen.add(choice.name)
            for way, is_idle in enumerate(idle(choice, start), 1):
                if is_idle:
                    what = Both(*(choice.told(way, lang) for lang in LANGUAGES))
                    problems.append(_at(_entry(document, "choices", number), Sentence("idle_way", what=what)))
            yield choice
    for number, site in enumerate(record.sites):
        problems += [_at(_entry(document, "sites", number, key), what) for key, what in site_complaints(site, start)]
        for choice in sites_of(site):
            if choice.name in seen:
                problems.append(_at(_entry(document, "sites", number), Sentence("site_twice", place=choice.place)))
            seen.add(choice.name)
            yield choice
    places = sum(name.startswith(SITE) for name in seen)
    if "sites_at_once" in record.model_fields_set and record.sites_at_once > places:
        words = {"found": record.sites_at_once, "places": places}
        at = document.value["sites_at_once"].place
        problems.append(InputError("at", place=f"{at}: sites_at_once", what=Sentence("sites_at_once", **words)))


def _own(
    record: ProblemRecord, number: int, choices: tuple[Choice, ...], document: Located, problems: list[InputError]
) -> Candidate:
    """Return a package that the file names: of each choice a level and a quarter, written as ``1 2025Q1``."""
    known = {choice.name: {str(way): place for place, way in enumerate(choice.ways, 1)} for choice in choices}
    given = record.own[number]
    for name, text in given.items():
        at = _entry(document, "own", number, name)
        if name not in known:
            what = {"found": repr(name), "allowed": listed(known), "nearest": nearest(name, known)}
            problems.append(_at(at, Sentence("found", **what)))
        elif text not in known[name]:
            what = {"found": repr(text), "allowed": listed(known[name]), "nearest": nearest(text, known[name])}
            problems.append(_at(at, Sentence("found", **what)))
    return tuple(known[choice.name].get(given.get(choice.name, ""), 0) for choice in choices)


def _measure(
    record: OutcomeRecord, start: Scenario, entry: tuple[str, Located], problems: list[InputError]
) -> Measure | None:
    try:
        return _measured(record, start)
    except InputError as error:
        problems.append(_at(entry, error))
        return None


def _measured(record: OutcomeRecord, start: Scenario) -> Measure:
    level: Level = "region" if record.province else "zone" if record.zone else "national"
    known = VARIABLES[level]
    if record.indicator not in known:
        raise InputError(UNKNOWN[level], found=record.indicator, nearest=nearest(record.indicator, known))
    variable, last = known[record.indicator], start.horizon.end.year
    first, final = record.over or (record.at or last,) * 2
    for number in (first, final):
        if not FIRST_YEAR <= number <= last:
            raise InputError("design_year", found=number, first=FIRST_YEAR, last=last)
    if first > final:
        raise InputError("years_in_order", first=first, last=final)
    change = getattr(record, "of", "change") == "change"
    if record.province == WORST:
        if not variable.direction:
            raise InputError("no_worst", name=record.indicator)
        readings = [Reading(level, code, variable, first, final) for code in load_figures().provinces.iso]
        return Measure(variable, tuple(readings), "min" if variable.direction > 0 else "max", change)
    place = place_code(record.province or record.zone or "") if level != "national" else NATION
    if level == "zone" and place not in load_figures().zones.iso:
        raise InputError("no_zone_there", place=place)
    return Measure(variable, (Reading(level, place, variable, first, final),), None, change)


def _sign(
    record: ProblemRecord, number: int, aim: Measure | None, document: Located, problems: list[InputError]
) -> int:
    wanted = record.aims[number].aim
    if wanted is not None or aim is None:
        return -1 if wanted == "least" else 1
    if not aim.variable.direction:
        entry = _entry(document, "aims", number)
        problems.append(_at(entry, Sentence("aim_unsaid", name=aim.variable.name)))
    return aim.variable.direction


def _bound(
    record: ConstraintRecord, start: Scenario, entry: tuple[str, Located], problems: list[InputError]
) -> Bound | None:
    measure = _measure(record, start, entry, problems)
    if measure is None:
        return None
    value, sign = (record.least, -1) if record.least is not None else (record.most or 0.0, 1)
    return Bound(measure, value, sign, record.share)


def _budget(record: ProblemRecord, start: Scenario) -> Iterator[Bound]:
    if record.budget is not None:
        whole = record.budget.each == "horizon"
        measure = bill() if whole else yearly_bill(start.horizon.fork.year, start.horizon.end.year)
        yield Bound(measure, record.budget.most, 1, record.budget.share)
