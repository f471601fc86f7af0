"""Coordination of pairs of provinces: the dyadic estimate of the literature, the truth, and a placebo band.

The outcome of a pair is its dyadic coordination S_rs = -|ln y_r - ln y_s|, y = GDP per worker. It is regressed on two
dummies, one province of the pair treated and both treated, with fixed effects of pairs and years. Errors of pairs that
share a province hang together, so inference is by placebo: the opening years are dealt out to provinces at random.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.random import Generator, Philox, SeedSequence
from numpy.typing import NDArray

from ftz_sim.indicators.tables import Tables
from ftz_sim.validation.estimators import PERCENT
from ftz_sim.validation.panel import FIRST_YEAR, NEVER, first_treated, yearly

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
DEALS = 300
KINDS = ("one", "both")  # provinces of the pair that are treated


def dyads(pairs: Sequence[tuple[Tables, Tables]], seed: int = 0) -> pd.DataFrame:
    """Return estimate, truth, selection and placebo band for pairs with one and with two treated provinces.

    Args:
        pairs: tables with zones and without, of common random numbers.
        seed: of the random deals.

    Returns:
        one row for each kind of pair, in log points times 100; ``placebo_p`` is the share of deals at least as far
        from zero as the estimate.
    """
    import pandas as pd

    first = first_treated(pairs[0][0])
    with_zones, without = (np.mean([coordination(pair[i]) for pair in pairs], axis=0) for i in (0, 1))
    real, selection = estimate(with_zones, first), estimate(without, first)
    count = treated_in_pair(first, len(with_zones))
    generator = Generator(Philox(SeedSequence([seed, DEALS])))
    dealt = np.array([estimate(with_zones, generator.permutation(first)) for _ in range(DEALS)])
    rows = []
    for place, kind in enumerate(KINDS):
        mask = count == place + 1
        rows.append(
            {
                "pairs_with": kind,
                "estimate": real[place],
                "truth": PERCENT * float((with_zones - without)[mask].mean()),
                "selection": selection[place],
                "placebo_low": float(np.quantile(dealt[:, place], 0.025)),
                "placebo_high": float(np.quantile(dealt[:, place], 0.975)),
                "placebo_p": float((1 + (np.abs(dealt[:, place]) >= abs(real[place])).sum()) / (1 + DEALS)),
            }
        )
    return pd.DataFrame(rows)


def coordination(tables: Tables) -> Array:
    """Return the dyadic coordination of all pairs by year [T, pairs]."""
    income = np.log(yearly(tables.regions["gdp_per_worker"]))
    first, second = np.triu_indices(income.shape[1], k=1)
    return np.asarray(-np.abs(income[:, first] - income[:, second]))


def treated_in_pair(first: Array, years: int) -> Array:
    """Return how many provinces of each pair are treated [T, pairs], 0 to 2, given first treated years [R]."""
    now = FIRST_YEAR + np.arange(years)[:, None]
    treated = ((first != NEVER) & (now >= first)).astype(int)
    a, b = np.triu_indices(len(first), k=1)
    return np.asarray(treated[:, a] + treated[:, b])


def estimate(outcome: Array, first: Array) -> Array:
    """Return the two-way estimates [2] for one and for both treated, in log points times 100."""
    count = treated_in_pair(first, len(outcome))
    dummies = np.stack([_demeaned((count == n).astype(float)).ravel() for n in (1, 2)], axis=1)
    return PERCENT * np.linalg.lstsq(dummies, _demeaned(outcome).ravel(), rcond=None)[0]


def _demeaned(values: Array) -> Array:
    return values - values.mean(axis=0) - values.mean(axis=1, keepdims=True) + values.mean()
