"""Play a run and look at one firm, province or zone after every mechanism has acted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Literal, NamedTuple, get_args

import numpy as np

from ftz_sim.errors import InputError, Sentence, listed, nearest
from ftz_sim.indicators.tables import all_tables
from ftz_sim.model.clock import Quarter
from ftz_sim.model.columns import NO_ZONE, Array
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.watch import signs_seen
from ftz_sim.scenario.rules import Rule
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.scenario.signs import Sign

Kind = Literal["firm", "region", "zone"]
AMOUNTS = ("capital", "workers", "talents", "knowledge")  # stocks whose changes are booked to mechanisms
FLOWS = ("value_added", "fdi_received")  # bn yuan a quarter; shown at annual rates
ADOPTED_A_STEP, CREATED_A_STEP = 100, 25  # reforms after which it is said how many there are
State = dict[str, Any]
Names = dict[str, str]  # by language


class Change(NamedTuple):
    """A state of the subject that a mechanism changed."""

    quarter: int  # 0 is 2013Q1
    mechanism: str
    what: str
    before: Any
    after: Any
    state: State  # all states right after


class Fired(NamedTuple):
    """A rule that fired."""

    quarter: int  # in which its levers begin to move; 0 is 2013Q1
    rule: Rule
    signs: list[Sign]  # that were there


@dataclass
class Life:
    """What was seen of one subject.

    Attributes:
        kind: firm, region or zone.
        code: slot of the firm, or code of the place.
        home: code of its province.
        place: names of its province or zone, by language.
        spec: the scenario.
        seed: seed of the run.
        fields: names of the fields, by language.
        series: amounts at the end of every quarter, the start in front [T + 1]; flows at annual rates.
        ledger: for every stock the changes by mechanism [T].
        changes: what changed state, in order.
        first: states at the start.
        fired: rules that fired.
    """

    kind: Kind
    code: str
    home: str
    place: Names
    spec: Scenario
    seed: int
    fields: dict[str, tuple[str, ...]]
    series: dict[str, Array] = field(default_factory=dict)
    ledger: dict[str, dict[str, Array]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    first: State = field(default_factory=dict)
    fired: list[Fired] = field(default_factory=list)

    @property
    def quarters(self) -> list[str]:
        """Return the names of the quarters, one less than the entries of `series`."""
        return [str(Quarter.at(t)) for t in range(len(self.series["capital"]) - 1)]


class Watched(FtzModel):
    """The ordinary model, which lets somebody look after every mechanism."""

    look: Callable[[str], None]

    @property
    def active_schedule(self) -> dict[str, ModuleType]:
        """Return the mechanisms, each followed by a look."""
        return {name: _Followed(name, rule) for name, rule in super().active_schedule.items()}  # type: ignore[misc]


class _Followed:
    def __init__(self, name: str, mechanism: ModuleType) -> None:
        self.name, self.mechanism = name, mechanism

    def step(self, model: Watched, p: Any) -> None:
        self.mechanism.step(model, p)
        model.look(self.name)


def watch(spec: Scenario, seed: int, kind: str, code: str) -> Life:
    """Play ``spec`` with the seed of a run (as in ``runs.parquet``) and return the life of one subject.

    Args:
        spec: the scenario.
        seed: seed of the model.
        kind: ``firm``, ``region`` or ``zone``.
        code: slot of a firm, or two-letter code of a province or zone.

    Raises:
        InputError: if there is no such subject.
    """
    if kind not in get_args(Kind):
        raise InputError("story_kind", found=kind)
    model = Watched(spec, rng=seed)
    life, rows, states = _subject(model, kind, code)
    observer = _Observer(life, model, rows, states)
    model.look = observer.look
    observer.quarter()
    while model.running:
        model.step()
        observer.quarter()
    life.fired = list(rules_fired(model))
    life.series = {name: np.array(values) for name, values in observer.series.items()}
    quarters = len(life.quarters)
    for name, parts in observer.booked.items():
        life.ledger[name] = {mechanism: _dense(values, quarters) for mechanism, values in parts.items()}
    return life


def rules_fired(model: FtzModel) -> Iterator[Fired]:
    """Yield the rules that fired in a run that has ended."""
    begun, tables = model.watch.fired[0], all_tables(model.recorder.records)
    for rule in model.spec.rules:
        if rule.name in begun:
            yield Fired(begun[rule.name], rule, signs_seen(rule, tables, begun[rule.name]))


class _Observer:
    def __init__(self, life: Life, model: FtzModel, rows: Callable[[], Any], states: Callable[[], State]) -> None:
        self.life, self.model, self.rows, self.states = life, model, rows, states
        self.amounts, self.flows = self._amounts(), self._flows()
        self.state = life.first = states()
        self.series: dict[str, list[float]] = {}
        self.booked: dict[str, dict[str, dict[int, float]]] = {name: {} for name in AMOUNTS}

    def look(self, mechanism: str) -> None:
        """Note what ``mechanism`` changed."""
        quarter = self.model.clock.index
        amounts, state = self._amounts(), self.states()
        for name in AMOUNTS:
            if (change := amounts[name] - self.amounts[name]) != 0:
                parts = self.booked[name].setdefault(mechanism, {})
                parts[quarter] = parts.get(quarter, 0.0) + change
        for what, after in state.items():
            if after != self.state[what]:
                self.life.changes.append(Change(quarter, mechanism, what, self.state[what], after, state))
        self.amounts, self.state = amounts, state
        if mechanism != "firm_turnover":
            self.flows = self._flows()  # what a firm that closes has still produced counts

    def quarter(self) -> None:
        """Keep the stocks at the end of a quarter and its flows."""
        firms, rows = self.model.firms, self.rows()
        weights = firms.workers[rows]
        digital = float((firms.digital[rows] * weights).sum() / max(float(weights.sum()), 1e-300))
        for name, value in {**self._amounts(), **self.flows, "digital": digital}.items():
            self.series.setdefault(name, []).append(value)

    def _flows(self) -> dict[str, float]:
        firms, rows = self.model.firms, self.rows()
        out = {name: 4 * float(getattr(firms, name)[rows].sum()) for name in FLOWS}
        emitted = 0.1 * 4 * (firms.emission_intensity[rows] * firms.value_added[rows]).sum()
        return out | {"emissions": float(emitted)}

    def _amounts(self) -> dict[str, float]:
        rows = self.rows()
        return {name: float(getattr(self.model.firms, name)[rows].sum()) for name in AMOUNTS}


def _dense(values: dict[int, float], quarters: int) -> Array:
    out = np.zeros(quarters)
    for quarter, value in values.items():
        out[quarter] = value
    return out


def _subject(model: FtzModel, kind: str, code: str) -> tuple[Life, Callable[[], Any], Callable[[], State]]:
    figures = model.figures
    fields = {lang: tuple(map(str, getattr(figures.fields, f"name_{lang}"))) for lang in ("en", "zh")}
    if kind == "firm":
        row = _slot(code, len(model.firms))
        home = int(model.firms.region[row])
        names = names_of(figures.provinces, home)
        life = Life("firm", str(row), figures.provinces.iso[home], names, model.spec, model.seed, fields)
        return life, lambda: slice(row, row + 1), _firm(model, row)
    if kind == "region":
        row = _row(code, figures.provinces.iso, Sentence("province"))
        start = int(model.firms.starts[row])
        rows = slice(start, start + int(model.firms.slots[row]))
        life = Life("region", code, code, names_of(figures.provinces, row), model.spec, model.seed, fields)
        return life, lambda: rows, _region(model, row)
    row = _row(code, figures.zones.iso, Sentence("zone"))
    life = Life("zone", code, code, names_of(figures.zones, row), model.spec, model.seed, fields)
    # entrants may settle inside or outside the area, so its firms are looked up anew
    return life, lambda: np.flatnonzero(model.firms.zone == row), _zone(model, row)


def _firm(model: FtzModel, row: int) -> Callable[[], State]:
    firms = model.firms
    return lambda: {
        # turnover first: what an entrant brings is told with it
        "birth_quarter": int(firms.birth_quarter[row]),
        "tier": int(firms.tier[row]),
        "field": int(firms.field[row]),
        "owner": int(firms.owner[row]),
        "zone_open": bool(firms.in_open_zone[row]),
        "in_area": bool(firms.zone[row] != NO_ZONE),
        "digital": int(4 * firms.digital[row]),
    }


def _region(model: FtzModel, row: int) -> Callable[[], State]:
    regions = model.regions
    return lambda: {
        "zone_open": bool(regions.zone_open[row]),
        "adopted": int(regions.reforms_adopted[row] // ADOPTED_A_STEP),
        "rank": int((regions.gdp > regions.gdp[row]).sum()) + 1,
    }


def _zone(model: FtzModel, row: int) -> Callable[[], State]:
    regions, zones = model.regions, model.zones
    home = int(zones.region[row])
    return lambda: {
        "zone_open": bool(regions.zone_open[home]),
        "area": round(100 * regions.zone_area[home]),
        "plan": int(zones.target[row].argmax()) if zones.target[row].any() else -1,
        "created": int(zones.innovations_created[row] // CREATED_A_STEP),
        "adopted": int(regions.reforms_adopted[home] // ADOPTED_A_STEP),
    }


def names_of(table: Any, row: int) -> Names:
    """Return the names of a place in a table of published figures, by language."""
    return {lang: str(getattr(table, f"name_{lang}")[row]) for lang in ("en", "zh")}


def _slot(code: str, firms: int) -> int:
    if not code.isdecimal() or int(code) >= firms:
        raise InputError("no_firm", found=code, last=firms - 1)
    return int(code)


def _row(code: str, known: Any, what: Sentence) -> int:
    codes = [str(each) for each in known]
    if code not in codes:
        close = nearest(code, codes)
        raise InputError("no_place", what=what, found=code, allowed=listed(codes), nearest=close)
    return codes.index(code)
