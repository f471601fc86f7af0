"""Siphon and radiation by distance, what coordination changes, and which parameters decide the sign.

Provinces without a zone of their own, by the distance of their capital to the nearest one with a zone, against the same
seed of `no_ftz`. Three effects in percent, each the mean of 100 ln(outcome / outcome without zones) over the band:

    net         all that zones do
    radiation   the same with flows frozen (`analysis.siphon`): knowledge, reforms, trade, money
    flows       net - radiation: people and foreign capital that move; a siphon where it is negative

`signs` plays the net effect again with one parameter at a time at the ends of its range of evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.siphon import NO_ZONES, effects, frozen, play
from ftz_sim.analysis.statistics import paired_difference
from ftz_sim.model.parameters import all_cards
from ftz_sim.model.published import load_figures
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.validation.econometrics import nearest_zone

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
STRATEGIES = ("single_ftz", "cross_zone")  # without and with coordination
OUTCOMES = ("talents", "fdi", "patents", "gdp")
BANDS = ((0, 400), (400, 800), (800, 4000))  # km between capitals
VARIED = (
    "migration.talent_mobility", "migration.talent_border_cost", "migration.distance_cost",
    "foreign_investment.openness_effect", "foreign_investment.pool_response", "knowledge_spillovers.decay_distance",
    "knowledge_spillovers.border_loss", "replication.adoption_speed", "replication.discount",
)  # fmt: skip
NET, RADIATION, FLOWS = "net", "radiation", "flows"
FIRMS, END, SIGN_REPS = 2_000, "2035Q4", 2


def by_distance(reps: int, seed: int = 1, workers: int = 1, firms: int = FIRMS, end: str = END) -> pd.DataFrame:
    """Return net effect, radiation and flows by strategy, outcome and band, then what coordination changes.

    Args:
        reps: matched seeds.
        seed: seed of the experiment.
        workers: processes.
        firms: slots for firms.
        end: last quarter.

    Raises:
        RuntimeError: if a run fails.
    """
    import pandas as pd

    specs = [_load(name, firms, end) for name in (*STRATEGIES, NO_ZONES)]
    played = play([*specs, *(frozen(spec) for spec in specs)], OUTCOMES, reps, seed, workers)
    rows = []
    parts: dict[tuple[str, str], Array] = {}
    for name in STRATEGIES:
        full = effects(played, name, NO_ZONES)
        still = effects(played, f"{name}-frozen", f"{NO_ZONES}-frozen")
        parts |= {(name, NET): full, (name, RADIATION): still, (name, FLOWS): full - still}
    for part in (NET, RADIATION, FLOWS):
        parts["difference", part] = parts[STRATEGIES[1], part] - parts[STRATEGIES[0], part]
    masks = bands(played[STRATEGIES[0]].acts)
    for (name, part), values in parts.items():
        for place, outcome in enumerate(OUTCOMES):
            for (low, high), mask in zip(BANDS, masks, strict=True):
                found = paired_difference(values[:, place][:, mask].mean(axis=1)[:, None])
                rows.append({"strategy": name, "outcome": outcome, "from_km": low, "to_km": high, "part": part,
                             "effect": found.mean[0], "ci_low": found.low[0], "ci_high": found.high[0],
                             "provinces": int(mask.sum()), "n": found.n, "firms": firms})  # fmt: skip
    return pd.DataFrame(rows)


def signs(seed: int = 1, workers: int = 1, firms: int = FIRMS, end: str = END, reps: int = SIGN_REPS) -> pd.DataFrame:
    """Return the net effect on provinces without a zone at the ends of parameters' ranges.

    One row for each parameter, end (``low``, ``high``; first ``default``), strategy and outcome, mean over ``reps``.
    """
    import pandas as pd

    cards, rows = all_cards(), []
    ends = [("", "default", None)]
    ends += [(name, end_, getattr(cards[name], end_)) for name in VARIED for end_ in ("low", "high")]
    for parameter, end_, value in ends:
        extra = [f"parameters.{parameter}={value!r}"] if parameter else []
        played = play(
            [_load(name, firms, end, extra) for name in (*STRATEGIES, NO_ZONES)], OUTCOMES, reps, seed, workers
        )
        for name in STRATEGIES:
            others = ~played[name].acts
            found = effects(played, name, NO_ZONES)[:, :, others].mean(axis=(0, 2))
            rows += [{"parameter": parameter, "end": end_, "value": np.nan if value is None else value,
                      "strategy": name, "outcome": outcome, "effect": effect, "n": reps, "firms": firms}
                     for outcome, effect in zip(OUTCOMES, found, strict=True)]  # fmt: skip
    return pd.DataFrame(rows)


def by_parameter(table: pd.DataFrame) -> pd.DataFrame:
    """Return `signs` with one row for each parameter, strategy and outcome: effects, and whether the sign turns."""
    wide = table[table["parameter"] != ""].pivot_table(
        index=["strategy", "outcome", "parameter"], columns="end", values=["value", "effect"], sort=False
    )
    wide.columns = wide.columns.map("{0[1]}_{0[0]}".format)
    wide = wide.reset_index()
    plain = table[table["parameter"] == ""].set_index(["strategy", "outcome"])["effect"]
    wide["effect"] = [plain[key] for key in zip(wide["strategy"], wide["outcome"], strict=True)]
    wide["sign_turns"] = wide["low_effect"] * wide["high_effect"] < 0
    wide["n"], wide["firms"] = table["n"].iloc[0], table["firms"].iloc[0]
    return wide[["strategy", "outcome", "parameter", "low_value", "low_effect", "effect", "high_value", "high_effect",
                 "sign_turns", "n", "firms"]]  # fmt: skip


def bands(acts: Array) -> list[Array]:
    """Return which provinces without a zone lie in each band [R, bool], given where zones are [R, bool]."""
    nearest = nearest_zone(acts[None, :], load_figures().distance)[0]
    return [~acts & (nearest > low) & (nearest <= high) for low, high in BANDS]


def _load(name: str, firms: int, end: str, extra: Sequence[str] = ()) -> Scenario:
    return Scenario.load(name, overrides=[f"population.firms={firms}", f"horizon.end={end}", *extra])
