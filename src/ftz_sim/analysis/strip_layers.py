"""Layers of the model that can be frozen, and runs that are played with some of them frozen.

Frozen does not mean switched off: in the strategy's run a frozen mechanism leaves what it left in the reference run
of the same seed and quarter. Both are stepped side by side, so that nothing has to be stored.

    mechanism   the columns that its specification says it writes become those of the reference run, with these
                exceptions:
    capital     investment and relocation: a firm's capital grows by the rate at which it grew there
    events      firm_turnover, industrial_upgrading: the same firms close, open or climb in the same quarter
    markets     all prices, trade and earnings that others respond to are those of that run; what a province can make
                counts at its prices
    input       one mechanism meets a column as it was there, others meet the strategy's own: so a constant that
                multiplies coordination is held without its mechanism
    firms       those of a province and field start alike and stay without shocks of their own, in both runs;
                owners, ages, and chance in what happens to them (to close, to climb) remain

Production, coordination itself and what policy decides are never frozen, as nothing follows from them but what the
layers pass on: with all layers frozen the gap is nil, unless shocks or parameters of the scenarios differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ftz_sim.errors import InputError
from ftz_sim.model.axes import national, over
from ftz_sim.model.columns import Array, Index
from ftz_sim.model.mechanisms.markets import MarketsDoNotClearError
from ftz_sim.model.specification import columns, listed
from ftz_sim.model.turnover.entering import restored
from ftz_sim.runs.ensemble import Ensemble
from ftz_sim.runs.together import past_of, start_of
from ftz_sim.scenario.policy_path import policy_of
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.words import Lang, say

C = "regions.coordination_degree"


class Layer(NamedTuple):
    """A part of the model that can be frozen."""

    code: str
    family: str  # firms, markets, agents, policy or constants
    mechanisms: tuple[str, ...] = ()  # whose results are those of the reference run
    inputs: tuple[tuple[str, str], ...] = ()  # (mechanism, column) that the mechanism meets as there

    def label(self, lang: Lang) -> str:
        """Return its name."""
        return say(f"strip.layer.{self.code}", lang)

    def how(self, lang: Lang) -> str:
        """Say how it is frozen."""
        return say(f"strip.how.{self.code}", lang)


LAYERS = (  # in the order in which they are frozen
    Layer("firms", "firms"),
    Layer("markets", "markets", ("markets",)),
    Layer("mobility", "agents", ("foreign_investment", "migration", "capital_account", "relocation")),
    Layer("saving", "agents", ("investment",)),
    Layer(
        "choices", "agents", ("digital_adoption", "research", "abatement", "industrial_upgrading", "firm_turnover")
    ),
    Layer("spillovers", "policy", ("knowledge_spillovers", "technology_dependence")),
    Layer("green", "policy", ("green_finance", "carbon")),
    Layer("lists", "policy", ("negative_list", "policy_trust", "glass_door")),
    Layer("trade", "policy", ("trade_agreements", "trade_costs")),
    Layer("reforms", "policy", ("law_and_authority", "institutional_innovation", "replication")),
    Layer("data", "policy", ("digital_capability",)),
    Layer("budgets", "policy", ("public_finance",)),
    Layer("border_goods", "constants", inputs=(("markets", "pairs.removed"),)),
    Layer("border_knowledge", "constants", inputs=(("knowledge_spillovers", "pairs.removed"),)),
    Layer("titles", "constants", inputs=(("migration", "pairs.titles"),)),
    Layer("platform", "constants", inputs=(("digital_capability", C),)),
    Layer("capital_markets", "constants", inputs=(("investment", C),)),
    Layer("step", "constants", inputs=(("replication", C),)),
    Layer("other", "constants", ("industry_targeting",), (
        *((name, C) for name in ("policy", "institutional_innovation", "trade_agreements", "research",
                                 "technology_dependence", "foreign_investment", "public_finance", "abatement")),
        ("relocation", "pairs.removed"), ("public_finance", "pairs.transfer"),
        ("public_finance", "regions.bargain_cost"),
    )),
)  # fmt: skip
ALIKE = {
    "initial_state": ("size_sd", "capital_sd", "workers_sd", "digital_sd", "intensity_sd"),
    "production": ("shock_sd",),
    "firm_turnover": ("entrant_spread",),
}
EVENTS = {"industrial_upgrading": "upgrade_quarter", "firm_turnover": "birth_quarter"}
GROWING = "firms.capital"
PEOPLE = ("workers", "talents")


class Game(NamedTuple):
    """Runs of one seed that are played together: the reference, then the strategy with ``frozen`` layers."""

    strategy: Scenario
    against: Scenario
    seed: int
    frozen: tuple[frozenset[str], ...]  # codes of the layers of each run; whether firms are alike is the same for all


def alike(spec: Scenario) -> Scenario:
    """Return ``spec`` with identical firms in a province and field."""
    even = {
        mechanism: getattr(spec.parameters, mechanism).model_copy(update=dict.fromkeys(names, 0.0))
        for mechanism, names in ALIKE.items()
    }
    return spec.model_copy(update={"parameters": spec.parameters.model_copy(update=even)})


def play(game: Game) -> Array:
    """Return GDP and real income of the last year by run [1 + frozen, 2; bn yuan of 2013], the reference first.

    Raises:
        InputError: if the scenario's numbers break a run.
    """
    try:
        return _played(game)
    except MarketsDoNotClearError as error:
        raise InputError("strip_broke", strategy=game.strategy.name, seed=game.seed, error=error) from None


def _played(game: Game) -> Array:
    strategy, against, seed, frozen = game
    if any("firms" in each for each in frozen):
        strategy, against = alike(strategy), alike(against)
    world = _at_start([against, *[strategy] * len(frozen)], seed)
    held = {
        layer: np.array([run for run, codes in enumerate(frozen, 1) if layer.code in codes], dtype=np.intp)
        for layer in LAYERS
    }
    results = {name: _runs(held[layer] for layer in LAYERS if name in layer.mechanisms) for name in columns_written()}
    inputs = [(name, column, held[layer]) for layer in LAYERS for name, column in layer.inputs if len(held[layer])]
    year: list[Array] = []
    while world.clock.index <= world.last_quarter:
        for name, mechanism in world.active_schedule.items():
            met = [_swap(world, column, runs) for reader, column, runs in inputs if reader == name]
            before = _before(world, name) if len(results.get(name, ())) else {}
            mechanism.step(world, getattr(world.params, name))
            for column, own in met:
                _put(world, column, own)
            if len(results.get(name, ())):
                _freeze(world, name, results[name], before)
            if name == "markets":
                year = [*year[-3:], _made(world, results[name])]
        world.clock.tick()
    return np.sum(year, axis=0).T


@cache
def columns_written() -> dict[str, set[str]]:
    """Return the columns that each mechanism of a layer writes."""
    return {name: listed(columns(name).writes) for layer in LAYERS for name in layer.mechanisms}


def _at_start(specs: Sequence[Scenario], seed: int) -> Any:
    """Return the runs where they part: at the fork if they share their past, or in 2013."""
    if past_of(specs[0], seed) != past_of(specs[1], seed):
        return Ensemble([start_of(spec, seed) for spec in specs])
    past = Ensemble([start_of(specs[0], seed)])
    while past.clock.index < min(past.fork, past.last_quarter + 1):
        past.step()
    paths = {spec.name: policy_of(spec) for spec in specs}
    return past.taken(np.zeros(len(specs), dtype=np.intp), specs, [paths[spec.name] for spec in specs])


def _runs(held: Iterable[Index]) -> Index:
    return np.unique(np.concatenate([*held, np.zeros(0, dtype=np.intp)]))


def _before(world: Any, name: str) -> dict[str, Array]:
    """Return copies of the columns of firms that say what a mechanism did to them."""
    if name in EVENTS:
        shape = (len(world.firms), world.runs)
        return {column: values.copy("K") for column, values in vars(world.firms).items() if np.shape(values) == shape}
    return {"capital": world.firms.capital.copy("K")} if GROWING in columns_written()[name] else {}


def _freeze(world: Any, name: str, runs: Index, before: dict[str, Array]) -> None:
    """Put what a mechanism left in the reference run in place of what it left in ``runs``."""
    written = columns_written()[name]
    if name in EVENTS:
        _same_events(world, EVENTS[name], runs, before)
        written = {column for column in written if not column.startswith("firms.")}
    elif GROWING in written:
        _same_growth(world, runs, before["capital"])
        written = written - {GROWING}
    for column in sorted(written):
        _as_reference(world, column, runs)


def _as_reference(world: Any, column: str, runs: Index) -> None:
    values = _get(world, column)
    if _has_runs(world, values):
        new = values.copy("K")
        new[..., runs] = values[..., :1]
        _put(world, column, new)


def _swap(world: Any, column: str, runs: Index) -> tuple[str, Array]:
    """Let ``runs`` meet a column of the reference run, and return their own."""
    own = _get(world, column)
    _as_reference(world, column, runs)
    return column, own


def _same_growth(world: Any, runs: Index, before: Array) -> None:
    world.firms.capital = _grown(world.firms.capital, before, runs)


def _grown(after: Array, before: Array, runs: Index) -> Array:
    """Return ``after`` [N, E] with ``runs`` grown from ``before`` at the rates of the reference run."""
    rate = np.divide(after[:, 0], before[:, 0], out=np.ones(len(after)), where=before[:, 0] > 0)
    new = after.copy("K")
    for run in runs:
        new[:, run] = before[:, run] * rate
    return new


def _same_events(world: Any, when: str, runs: Index, before: dict[str, Array]) -> None:
    """Undo what happened to firms in ``runs``, and let happen what happened in the reference run to the same rows."""
    firms = world.firms
    rows = np.flatnonzero(getattr(firms, when)[:, 0] == world.clock.index)
    for name, old in before.items():
        now = getattr(firms, name)
        new = _grown(now, old, runs) if name in PEOPLE else now.copy("K")  # who leaves an entrant's row stays around
        for run in runs:
            if name not in PEOPLE:
                new[:, run] = old[:, run]
            new[rows, run] = now[rows, 0]
        setattr(firms, name, new)
    for name in PEOPLE:  # those of a province stay its own
        new = getattr(firms, name)
        new[:, runs] = restored(new, firms.sum_by_region(before[name]), firms.starts, firms.slots)[:, runs]
    firms.index()


def _made(world: Any, runs: Index) -> Array:
    """Return GDP and real income of the nation [2, E]; in ``runs`` what they make counts at the reference's prices.

    Where markets are frozen their columns are those of the reference run; there a province's GDP is in proportion to
    its capacity at those prices, and its duties stay.
    """
    regions, nation = world.regions, world.nation
    found = np.array((nation.gdp, national(regions.real_income)))
    if len(runs):
        value, earned = over(regions.capacity * np.exp(regions.net_price), 1), over(regions.value_added, 1)
        volume = national(regions.gdp * (value / earned))
        income = national((value + regions.duties) / np.exp(regions.price_index))
        found[:, runs] = np.array((volume, income))[:, runs]
    return found


def _get(world: Any, column: str) -> Any:
    table, _, name = column.partition(".")
    return getattr(getattr(world, table), name)


def _put(world: Any, column: str, values: Array) -> None:
    table, _, name = column.partition(".")
    setattr(getattr(world, table), name, values)


def _has_runs(world: Any, values: Any) -> bool:
    return isinstance(values, np.ndarray) and values.ndim > 0 and values.shape[-1] == world.runs
