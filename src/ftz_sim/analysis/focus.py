"""Questions about a place: indicators of a province, its zone and the nation in given years, paired like national ones.

A target is one outcome of a run. A question (``HB``, ``Hubei`` or ``湖北``; indicators; years) has its targets, and is
refused where the model does not know what it asks. A place stands for its province and for the zone in it, wherever
an indicator is told of either; the nation comes along for comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis import verdicts
from ftz_sim.analysis.panel import relative, scaled_difference
from ftz_sim.analysis.statistics import LEVEL, Interval, paired_difference, probability_best
from ftz_sim.errors import Both, InputError, listed, nearest
from ftz_sim.indicators.tables import NATIONAL_ONLY, TABLES, Tables
from ftz_sim.indicators.variables import HEADLINES, NATIONAL, REGION, VARIABLES, ZONE, Level, Variable
from ftz_sim.indicators.yearly import FIRST_YEAR, year
from ftz_sim.model.published import load_figures
from ftz_sim.results import Run

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
NATION = "CN"
TABLE_OF: dict[Level, str] = {"national": "national", "region": "regions", "zone": "zones"}
OF_A_PLACE = ("gdp", "value_added", "patents", "fdi", "fdi_high_tech", "emerging_share", "talents", "nqp_fixed")
DECIDING = 5  # parameters named for each difference
COLUMNS = (
    "scenario", "reference", "level", "place", "indicator", "at", "mean", "reference_mean", "difference", "ci_low",
    "ci_high", "relative", "n", "p_best", "verdict", "detectable",
)  # fmt: skip


class Target(NamedTuple):
    """One outcome that is asked about."""

    level: Level
    place: str  # code of the province that it is, or lies in; CN for the nation
    variable: Variable
    at: int  # calendar year

    def of(self, tables: Tables) -> float:
        """Return the yearly value in the tables of a run, in the unit of the variable."""
        values = getattr(tables, TABLE_OF[self.level])[self.variable.name]
        if self.level != "national":
            values = values[:, getattr(tables.codes, TABLE_OF[self.level]).code.index(self.place)]
        return float(year(values, self.at, self.variable.aggregate))

    @property
    def key(self) -> dict[str, Any]:
        """What tables say of it."""
        return {"level": self.level, "place": self.place, "indicator": self.variable.name, "at": self.at}

    @property
    def column(self) -> str:
        """Name of its column in a table of runs."""
        return f"{self.variable.name} {self.at} {self.level} {self.place}"


class Question(NamedTuple):
    """What a user asks about, as a manifest keeps it."""

    places: tuple[str, ...] = ()  # codes or names of provinces or zones, in either language
    indicators: tuple[str, ...] = ()  # those most asked for if none is named
    years: tuple[str, ...] = ()  # the last one if none is named

    @classmethod
    def of(cls, *given: str | int | Iterable[str | int]) -> Question:
        """Read places, indicators and years: each one text with commas, or several."""
        return cls(*map(as_texts, given))

    @classmethod
    def stored(cls, manifest: dict[str, Any]) -> Question:
        """Return the question that a manifest keeps; an empty one if nothing was asked."""
        asked = manifest.get("focus") or {}
        return cls(*(tuple(asked.get(part, ())) for part in cls._fields))

    def asked(self, last: int) -> tuple[Target, ...]:
        """Return the targets of a question, none of an empty one; errors as of `targets`."""
        return self.targets(last) if any(self) else ()

    def targets(self, last: int) -> tuple[Target, ...]:
        """Return what is asked about: nation, provinces and zones by indicators by years, up to year ``last``.

        Raises:
            InputError: if a place, indicator or year is unknown; with the nearest name.
        """
        codes = list(dict.fromkeys(map(place_code, self.places)))
        names = list(dict.fromkeys(self.indicators or (OF_A_PLACE if codes else HEADLINES)))
        known = dict.fromkeys([*NATIONAL, *(REGION if codes else ()), *(ZONE if codes else ())])
        for name in names:
            if name not in known:
                key = "indicator_of_place" if codes else "indicator"
                raise InputError(key, found=name, nearest=nearest(name, known))
        years = [_year(text, last) for text in dict.fromkeys(self.years)] or [last]
        found = [target for at in years for target in _targets(codes, names, at)]
        if not found:
            raise InputError("zone_needed", names=names, places=codes)
        return tuple(found)


def tables_of(targets: Iterable[Target]) -> tuple[str, ...]:
    """Return the tables of a run that targets are told of, and that of the nation."""
    levels = {TABLE_OF[target.level] for target in targets}
    return tuple(name for name in TABLES if name in levels or name in NATIONAL_ONLY)


def _targets(codes: list[str], names: list[str], at: int) -> Iterator[Target]:
    zones = load_figures().zones.iso
    levels: list[tuple[Level, str]] = [("national", NATION)]
    levels += [(level, code) for code in codes for level in ("region", "zone") if level == "region" or code in zones]
    for level, code in levels:
        yield from (Target(level, code, VARIABLES[level][name], at) for name in names if name in VARIABLES[level])


def place_code(name: str) -> str:
    """Return the code of a province, given by code or by the name of it or of its zone in either language.

    Raises:
        InputError: if there is none; with the nearest name.
    """
    provinces, zones = load_figures().provinces, load_figures().zones
    known = {code.lower(): code for code in provinces.iso}
    for each in (zones, provinces):
        for names in (each.name_en, each.name_zh):
            known |= {text.lower(): code for text, code in zip(names, each.iso, strict=True)}
    if name.lower() not in known:
        written = [*provinces.iso, *zones.name_en, *zones.name_zh, *provinces.name_en, *provinces.name_zh]
        rows = zip(provinces.iso, provinces.name_en, provinces.name_zh, strict=True)
        allowed = listed(Both(f"{code} {en}", f"{code} {zh}") for code, en, zh in rows)
        raise InputError("place", found=name, nearest=nearest(name, written), allowed=allowed)
    return known[name.lower()]


def as_texts(given: str | int | Iterable[str | int]) -> tuple[str, ...]:
    """Return one text split at its commas, or every one of several."""
    texts = [given] if isinstance(given, str | int) else given
    return tuple(part.strip() for text in texts for part in str(text).replace("，", ",").split(",") if part.strip())


def _year(text: str, last: int) -> int:
    if not text.isdecimal() or not FIRST_YEAR <= int(text) <= last:
        raise InputError("at_year", found=text, first=FIRST_YEAR, last=last)
    return int(text)


class Focus:
    """Targets of all runs of a comparison.

    Args:
        question: what is asked.
        last: the last year that is played.
        scenarios: names of those that are compared.
        reference: the one to compare with.
        reps: replicates at most.
        interval: how intervals are made.
        seed: of the bootstrap.
        level: of one interval.
    """

    def __init__(
        self, question: Question, last: int, scenarios: Sequence[str], reference: str, reps: int,
        interval: Interval = "t", seed: int = 0, level: float = LEVEL,
    ) -> None:  # fmt: skip
        self.question, self.targets = question, question.targets(last)
        self.scenarios, self.reference = list(scenarios), reference
        self.interval, self.seed, self.level = interval, seed, level
        self.outcomes = np.full((len(scenarios), reps, len(self.targets)), np.nan)

    def add(self, run: Run) -> None:
        """Keep what is asked of a run."""
        place = self.scenarios.index(run.spec.name), run.replicate
        self.outcomes[place] = [target.of(run.tables) for target in self.targets]

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row for each scenario and target, with the columns of the comparison; the reference's own come too."""
        import pandas as pd

        kept = self._done(*self.scenarios)
        direction = np.array([target.variable.direction for target in self.targets])
        best = probability_best(self.outcomes[:, kept], direction, self.seed)
        rows = [row for place, name in enumerate(self.scenarios) for row in self._rows(name, best[place])]
        return pd.DataFrame(rows, columns=COLUMNS)

    def tornado(self, draws: Sequence[dict[str, float]]) -> pd.DataFrame:
        """Say which drawn parameters the differences in provinces and zones go with; see `discovery.tornado`."""
        import pandas as pd

        from ftz_sim.analysis.discovery import tornado

        found = []
        for name in self.scenarios:
            differences, kept = self.differences(name)
            table = pd.DataFrame([draws[replicate] for replicate in kept])
            for target, own in zip(self.targets, differences.T, strict=True):
                if target.level != "national" and name != self.reference and np.isfinite(own).all():
                    found.append(tornado(own, table, DECIDING).assign(scenario=name, **target.key))
        told = [each for each in found if len(each)] or found[:1]
        return pd.concat(told, ignore_index=True) if told else tornado(np.empty(0), pd.DataFrame())

    def differences(self, scenario: str) -> tuple[Array, Array]:
        """Return the paired differences of a scenario to the reference [n, I], and the replicates [n] they are of."""
        kept = self._done(scenario, self.reference)
        value, reference = (self.outcomes[self.scenarios.index(name), kept] for name in (scenario, self.reference))
        scales = (target.variable.scale for target in self.targets)
        pairs = zip(value.T, reference.T, scales, strict=True)
        return np.stack([scaled_difference(*pair) for pair in pairs], axis=1), np.flatnonzero(kept)

    def _done(self, *scenarios: str) -> Array:
        done: Array = np.isfinite(self.outcomes[[self.scenarios.index(name) for name in scenarios]]).all(axis=(0, 2))
        return done

    def _rows(self, name: str, best: Array) -> Iterator[dict[str, Any]]:
        differences, kept = self.differences(name)
        if not len(kept):
            return
        found = paired_difference(differences, self.interval, self.seed, self.level)
        means = (self.outcomes[self.scenarios.index(each), kept].mean(axis=0) for each in (name, self.reference))
        for i, (target, mean, base) in enumerate(zip(self.targets, *means, strict=True)):
            yield {
                "scenario": name, "reference": self.reference, **target.key, "mean": mean, "reference_mean": base,
                "difference": found.mean[i], "ci_low": found.low[i], "ci_high": found.high[i],
                "relative": relative(mean, base),
                "n": found.n, "p_best": best[i],
                **verdicts.judged(found, i, target.variable, name == self.reference),
            }  # fmt: skip
