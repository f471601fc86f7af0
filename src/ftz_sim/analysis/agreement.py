"""Does a table that was stored agree with the one that is made again? Labels and numbers, bit for bit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    import pandas as pd

Array = np.ndarray[Any, Any]
# of a column's largest value, for runs of another processor; of 33 runs to 2035, those of AVX2 were at most 2e-8 from
# those of AVX-512, and those without either 1.2e-5: firms are kept in single precision
ROUNDING = 1e-4


def differences(table: str, stored: pd.DataFrame, made: pd.DataFrame, lang: Lang) -> Iterator[str]:
    """Yield a sentence for every column of one run's table that differs: keys, names of places and indicators."""
    yield from (say("error.column_new", lang, column=f"{table}.{name}") for name in made if name not in stored)
    for name in stored:
        column = f"{table}.{name}"
        if name not in made:
            yield say("error.column_gone", lang, column=column)
        elif len(stored) != len(made):
            yield say("error.rows_differ", lang, column=column, then=len(stored), now=len(made))
        else:
            yield from _difference(column, stored[name].to_numpy(), made[name].to_numpy(), made["quarter"], lang)


def size(stored: pd.DataFrame, made: pd.DataFrame) -> float:
    """Return the largest difference of a number, as a share of its column's largest; infinite if anything else differs.

    Numbers near zero are differences of large ones, so their own size says nothing of rounding.
    """
    if list(stored) != list(made) or len(stored) != len(made):
        return np.inf
    return max((_size(stored[name].to_numpy(), made[name].to_numpy()) for name in made), default=0.0)


def _size(stored: Array, made: Array) -> float:
    if not len(unlike(stored, made)):
        return 0.0
    if not stored.dtype == made.dtype == float:
        return np.inf
    gap = np.abs(stored - made).max() / max(np.abs(stored).max(), np.abs(made).max(), np.finfo(float).tiny)
    return float(gap) if np.isfinite(gap) else np.inf


def unlike(stored: Array, made: Array) -> Array:
    """Return the places at which two columns differ; numbers by their bits, so that nan is like nan."""
    if stored.dtype == made.dtype == float:
        return np.flatnonzero(np.ascontiguousarray(stored).view("u8") != np.ascontiguousarray(made).view("u8"))
    return np.flatnonzero(stored.astype(object) != made.astype(object))


def _difference(column: str, stored: Array, made: Array, quarters: pd.Series[Any], lang: Lang) -> Iterator[str]:
    differs = unlike(stored, made)
    if len(differs):
        first = differs[0]
        then, now = stored[first : first + 1].tolist()[0], made[first : first + 1].tolist()[0]
        counts = {"n": len(differs), "all": len(made)}
        yield say(
            "error.values_differ", lang, column=column, then=then, now=now, quarter=quarters.iloc[first], **counts
        )
