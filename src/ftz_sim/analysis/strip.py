"""The strip test: what share of the gap between two scenarios each layer of the model carries.

Layers (`strip_layers`) are frozen one after the other, in the stated order and in the reverse one:

    share of a layer in an order = gap with the layers before it frozen - gap with it frozen, too
    share = mean of both orders;   shares + rest = gap;   rest = gap that is left with all layers frozen
    alone = gap - gap with this layer alone frozen (does not add up)

The orders differ where layers need each other: what is frozen first takes along all that it does through the others.
A constant that multiplies coordination and the markets it works through share what they bring together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.analysis import shapley
from ftz_sim.analysis.statistics import paired_difference
from ftz_sim.analysis.strip_layers import LAYERS, Game, play
from ftz_sim.errors import InputError
from ftz_sim.indicators.variables import NATIONAL, Variable
from ftz_sim.model.columns import Array
from ftz_sim.model.streams import child_seed
from ftz_sim.results.statements import Statement, amount, indicator, joined, paragraph, scenario, statement
from ftz_sim.runs.executors import Place, unordered
from ftz_sim.runs.setup import check_comparable, check_numbers
from ftz_sim.runs.together import most_runs
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.words import Lang

if TYPE_CHECKING:
    import pandas as pd

INDICATORS = ("gdp", "real_income")
FAMILIES = tuple(dict.fromkeys(layer.family for layer in LAYERS))
REST, GAP = "rest", "gap"
VALUES = ("alone", "in_order", "in_reverse", "share")
NOTHING, EVERYTHING = frozenset[str](), frozenset(layer.code for layer in LAYERS)
Frozen = frozenset[str]


def orders() -> tuple[list[Frozen], list[Frozen]]:
    """Return what is frozen step by step in the stated order and in the reverse one, from nothing to everything."""
    codes = [layer.code for layer in LAYERS]
    steps = range(len(codes) + 1)
    return [frozenset(codes[:n]) for n in steps], [frozenset(codes[len(codes) - n :]) for n in steps]


def coalitions() -> list[Frozen]:
    """Return all sets of frozen layers that are played, each once."""
    return list(dict.fromkeys([*orders()[0], *orders()[1], *(frozenset({layer.code}) for layer in LAYERS)]))


@dataclass(repr=False)
class Strip:
    """Gaps in % of the reference by frozen layers [n, GDP and real income], and what follows from them."""

    strategy: str
    against: str
    year: int
    gaps: dict[Frozen, Array]

    def __repr__(self) -> str:
        return f"<Strip of {self.strategy} against {self.against}: {len(LAYERS)} layers, {self.n} seeds>"

    @property
    def n(self) -> int:
        """Number of seeds."""
        return len(self.gaps[NOTHING])

    @cached_property
    def shares(self) -> dict[str, Array]:
        """Shares of the layers [k, n, I; % of the reference] by the names in `VALUES`."""
        worth = {_live(frozen): gap for frozen, gap in self.gaps.items()}
        down, up = tuple(reversed(range(len(LAYERS)))), tuple(range(len(LAYERS)))  # joining is freezing backwards
        alone = [self.gaps[NOTHING] - self.gaps[frozenset({layer.code})] for layer in LAYERS]
        found = [np.stack(alone), *(shapley.sampled(worth, drawn) for drawn in ([down], [up], [down, up]))]
        return dict(zip(VALUES, found, strict=True))

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row for each indicator and layer, then ``rest`` and ``gap``: shares add up to the gap."""
        import pandas as pd

        rows = []
        for i, name in enumerate(INDICATORS):
            gap, rest = self.gaps[NOTHING][:, i], self.gaps[EVERYTHING][:, i]
            parts = [(layer.code, layer.family, [self.shares[value][k, :, i] for value in VALUES])
                     for k, layer in enumerate(LAYERS)]  # fmt: skip
            parts += [(REST, REST, [rest] * len(VALUES)), (GAP, "", [gap] * len(VALUES))]
            rows += [self._row(name, *part, whole=gap) for part in parts]
        return pd.DataFrame(rows)

    def _row(self, name: str, code: str, family: str, values: Sequence[Array], whole: Array) -> dict[str, Any]:
        found = paired_difference(np.stack(values, axis=1))
        row: dict[str, Any] = {"indicator": name, "layer": code, "family": family}
        row |= dict(zip(VALUES, found.mean, strict=True))
        return row | {"share_low": found.low[-1], "share_high": found.high[-1],
                      "of_gap": _part(found.mean[-1], whole.mean()), "n": self.n}  # fmt: skip

    def of_family(self, family: str, value: str = "share", name: str = INDICATORS[0]) -> float:
        """Return what the layers of a family carry together, as a part of the gap."""
        chosen = [layer.family == family for layer in LAYERS]
        i = INDICATORS.index(name)
        return _part(float(self.shares[value][chosen, :, i].sum(axis=0).mean()), self.gaps[NOTHING][:, i].mean())

    def statements(self) -> list[Statement]:
        """Return for each indicator what carries the gap."""
        return [self._said(NATIONAL[name]) for name in INDICATORS]

    def sentence(self, lang: Lang = "en") -> str:
        """Say in a sentence for each indicator what carries the gap."""
        return paragraph(self.statements(), lang)

    def _said(self, variable: Variable) -> Statement:
        i = INDICATORS.index(variable.name)
        found = paired_difference(self.gaps[NOTHING])
        mean, low, high = float(found.mean[i]), float(found.low[i]), float(found.high[i])
        about = {"strategy": scenario(self.strategy), "against": scenario(self.against), "year": self.year,
                 "n": self.n, "gap": amount(variable, mean, low, high), "indicator": indicator(variable)}  # fmt: skip
        if mean == 0 or (np.isfinite(low) and low * high <= 0):
            return statement("strip.no_gap", **about)
        parts = joined(self._part(family, variable.name) for family in FAMILIES)
        rest = _part(self.gaps[EVERYTHING][:, i].mean(), mean)
        return statement("strip.sentence", **about, parts=parts, rest=_rounded(rest))

    def _part(self, family: str, name: str) -> Statement:
        numbers = (self.of_family(family, value, name) for value in ("share", "in_order", "in_reverse"))
        share, *ends = map(_rounded, numbers)
        return statement("strip.part", name={"family": family}, share=share, low=min(ends), high=max(ends))


def strip(strategy: Scenario, against: Scenario, reps: int = 5, seed: int = 1, workers: int = 1) -> Strip:
    """Freeze layers of the model in the runs of ``strategy`` and say what each of them carries of its gap.

    Args:
        strategy: scenario whose runs are stripped.
        against: reference, whose runs of the same seeds the frozen layers take their columns from.
        reps: number of seeds.
        seed: of the experiment.
        workers: processes; the results are the same for any number.

    Raises:
        InputError: if the scenarios cannot be compared, or have rules.
    """
    reps, seed, workers = check_numbers(reps, seed, workers)
    check_comparable([strategy, against], against.name)
    for spec in (strategy, against):
        if spec.rules:
            raise InputError("rules_stripped", name=spec.name)
    if strategy.mechanisms != against.mechanisms:
        values = "; ".join(f"{spec.name}: {spec.mechanisms}" for spec in (strategy, against))
        raise InputError("same_needed", what="mechanisms", values=values)
    games = [game for replicate in range(reps) for game in _games(strategy, against, child_seed(seed, 0, replicate))]
    played = dict(unordered(_numbered, lambda _: enumerate(games), Place("local", workers)))
    found: dict[Frozen, list[Array]] = {frozen: [] for frozen in coalitions()}
    for number, game in enumerate(games):
        for frozen, made in zip(game.frozen, played[number][1:], strict=True):
            found[frozen].append(100 * (made / played[number][0] - 1))
    gaps = {frozen: np.array(values) for frozen, values in found.items()}
    return Strip(strategy.name, against.name, strategy.horizon.end.year, gaps)


def _games(strategy: Scenario, against: Scenario, seed: int) -> list[Game]:
    """Return the runs of a seed: firms alike or not, in pieces of the size of a batch."""
    most = max(1, most_runs(strategy) - 1)
    games = []
    for even in (True, False):
        runs = [frozen for frozen in coalitions() if ("firms" in frozen) is even]
        games += [Game(strategy, against, seed, tuple(runs[n : n + most])) for n in range(0, len(runs), most)]
    return games


def _numbered(numbered: tuple[int, Game]) -> tuple[int, Array]:
    number, game = numbered
    return number, play(game)


def _live(frozen: Frozen) -> int:
    """Return the layers that are not frozen as a bit mask."""
    return sum(1 << place for place, layer in enumerate(LAYERS) if layer.code not in frozen)


def _part(value: float, gap: float) -> float:
    return float(value / gap) if gap else float("nan")


def _rounded(part: float) -> float:
    """Round a part of the gap to percent; never -0 %."""
    return round(part, 2) + 0.0
