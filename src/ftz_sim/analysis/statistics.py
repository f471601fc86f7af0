"""Statistics of paired runs: differences with intervals, detectable effects, probabilities of being best.

Runs are paired by replicate: equal replicates of two scenarios meet the same random numbers, so most noise cancels in
their difference. Rows are replicates (n), columns indicators (I). Intervals say what other seeds would
give; parameters are fixed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.random import Generator, Philox, SeedSequence
from numpy.typing import NDArray

Array = NDArray[Any]
Interval = Literal["t", "bootstrap"]
LEVEL = 0.95
NINE_IN_TEN = (0.05, 0.95)  # a range over draws
POWER = 0.80
RESAMPLES = 2_000
AT_ONCE = 32  # indicators that are resampled at once: many small products wait for threads, large ones for memory
# relative; outcomes that are closer are equal: what sums leave in their last digits, or what is still dying out, is no
# difference, and the rounding of another processor moves more
TIE = 1e-8


@dataclass(frozen=True)
class Difference:
    """Mean paired differences with their intervals, one entry for each indicator."""

    mean: Array
    low: Array  # nan with fewer than two pairs
    high: Array
    detectable: Array  # effect found with a probability of 80 %; nan with fewer than two pairs
    identical: Array  # whether all differences are 0
    n: int


def paired_difference(differences: Array, interval: Interval = "t", seed: int = 0, level: float = LEVEL) -> Difference:
    """Summarise paired differences [n, I].

    Args:
        differences: one row a replicate.
        interval: ``t`` (Student's t on the paired differences) or ``bootstrap`` (percentiles).
        seed: of the bootstrap.
        level: of one interval; above 95 % when one looks several times (see `precision`).
    """
    n, size = differences.shape
    blank = np.full(size, np.nan)
    identical = (differences == 0).all(axis=0)
    mean = differences.mean(axis=0) if n else blank
    if n < 2:
        return Difference(mean, blank, blank, blank, identical, n)
    from scipy.special import stdtrit  # what `scipy.stats.t.ppf` calls, without all of `stats`, which is slow to import

    error = differences.std(axis=0, ddof=1) / np.sqrt(n)
    tail = stdtrit(n - 1, (1 + level) / 2)
    detectable = (tail + stdtrit(n - 1, POWER)) * error
    if interval == "t":
        return Difference(mean, mean - tail * error, mean + tail * error, detectable, identical, n)
    from scipy import stats

    found = stats.bootstrap(
        (differences,),
        np.mean,
        axis=0,
        n_resamples=RESAMPLES,
        confidence_level=level,
        method="percentile",
        random_state=_generator(seed, n),
    ).confidence_interval
    return Difference(mean, found.low, found.high, detectable, identical, n)


def tied(value: Array | float, reference: Array | float) -> Array:
    """Return where outcomes are equal but for `TIE`."""
    tie: Array = np.abs(value - reference) <= TIE * np.maximum(np.abs(value), np.abs(reference))
    return tie


def variance_reduction(value: Array, reference: Array, scale: str) -> Array:
    """Return how many times smaller common random numbers make the variance of a difference.

    It is (var x + var y) / var(x - y): the variance that independent seeds would have, over the one found; of
    logarithms where differences are shown in percent (scale ``log``).

    Args:
        value: outcomes of a scenario [n].
        reference: of the reference in the same replicates [n].
        scale: of the variable.

    Returns:
        a number, nan if there are fewer than two pairs or the difference does not vary by more than `TIE`.
    """
    if len(value) < 2:
        return np.asarray(np.nan)
    size = max(np.abs(value).max(), np.abs(reference).max())
    if scale == "log" and (value > 0).all() and (reference > 0).all():
        value, reference, size = np.log(value), np.log(reference), 1.0
    if np.ptp(value - reference) <= TIE * size:
        return np.asarray(np.nan)
    return np.asarray((np.var(value, ddof=1) + np.var(reference, ddof=1)) / np.var(value - reference, ddof=1))


def probability_best(outcomes: Array, direction: Array, seed: int = 0) -> Array:
    """Return how often each scenario has the best mean when replicates are drawn again with replacement.

    Args:
        outcomes: [S, n, I], one value for each scenario, replicate and indicator.
        direction: [I] +1 if more is better, -1 if less is, 0 if neither (then nan).
        seed: of the resampling.

    Returns:
        shares [S, I] that sum to 1 over scenarios; ties are split.
    """
    scenarios, n, size = outcomes.shape
    if not n:
        return np.full((scenarios, size), np.nan)
    draws = _generator(seed, n).multinomial(n, np.full(n, 1 / n), size=RESAMPLES).astype(float)
    best = np.empty((scenarios, size))
    for start in range(0, size, AT_ONCE):
        some = slice(start, start + AT_ONCE)
        sums = draws @ outcomes[:, :, some].swapaxes(0, 1).reshape(n, -1)
        means = direction[some] * sums.reshape(RESAMPLES, scenarios, -1) / n
        top = means.max(axis=1, keepdims=True)
        leads = means >= top - TIE * np.abs(top)
        best[:, some] = (leads / leads.sum(axis=1, keepdims=True)).mean(axis=0)
    best[:, np.asarray(direction) == 0] = np.nan
    return best


def share_of_weightings(pillars: Array, seed: int = 0, weightings: int = 1_000) -> Array:
    """Return the share of random weightings of the pillars [S, J] under which each scenario is first [S]."""
    weights = _generator(seed, pillars.shape[1]).dirichlet(np.ones(pillars.shape[1]), size=weightings)
    scores = weights @ pillars.T
    top = scores.max(axis=1, keepdims=True)
    leads = scores >= top - TIE * np.abs(top)
    return (leads / leads.sum(axis=1, keepdims=True)).mean(axis=0)


def _generator(seed: int, size: int) -> Generator:
    # depends on the experiment's seed, never on the order of scenarios
    return Generator(Philox(SeedSequence([seed, size])))
