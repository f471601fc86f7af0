"""Does a table that was stored agree with the one that is made again? Labels and numbers, bit for bit."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.results.frames import defused
from ftz_sim.results.statements import kept
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    import pandas as pd

Array = np.ndarray[Any, Any]
# of a column's largest value, for runs of another processor; of 33 runs to 2035, those of AVX2 were at most 2e-8 from
# those of AVX-512, and those without either 1.2e-5: firms are kept in single precision
ROUNDING = 1e-4
CLOSE = 1e-9  # relative, of what is made again of the same tables: another library adds up in another order


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


def row_again(runs: pd.DataFrame, place: Any, values: dict[str, float]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return numbers of many runs, one a row, as stored; and with those at ``place`` as they are made again.

    All of them, for the size of a difference is a share of the largest number of its column.
    """
    stored = runs[[*values]].astype(float).assign(quarter=runs["run_id"])
    made = stored.copy()
    made.loc[place, [*values]] = [*values.values()]
    return stored, made


def wrong(name: str, column: str, found: Array, right: Array, lang: Lang) -> Iterator[str]:
    """Yield a sentence if a column of the file ``name`` is not what belongs there."""
    places = unlike(found, right)
    if len(places):
        words = {"found": found[places[0]], "right": right[places[0]], "n": len(places), "all": len(right)}
        yield say("error.labels_wrong", lang, name=name, column=column, **words)


def unequal(
    folder: Path, manifest: dict[str, Any], tables: dict[str, pd.DataFrame], said: dict[str, Any], lang: Lang
) -> Iterator[str]:
    """Yield a sentence for every CSV table, and every key of the manifest, that was not stored as it is made again.

    Raises:
        InputError: if the folder was written by a version that kept words.
    """
    import pandas as pd

    kept(manifest)
    for name, table in tables.items():
        right = pd.read_csv(io.StringIO(defused(table).to_csv(index=False)))
        if not (folder / name).is_file() or not _same_table(pd.read_csv(folder / name), right):
            yield say("error.not_of_tables", lang, name=name)
    for key, value in said.items():
        if not same(manifest.get(key), value):
            yield say("error.not_of_tables", lang, name=f"manifest.json, {key}")


def _same_table(stored: pd.DataFrame, right: pd.DataFrame) -> bool:
    if list(stored) != list(right) or len(stored) != len(right):
        return False
    return all(same(stored[name].tolist(), right[name].tolist()) for name in right)


def same(stored: Any, right: Any) -> bool:
    """Tell whether two values, perhaps lists or mappings, are equal but for the last digits of numbers."""
    if isinstance(right, dict):
        alike = isinstance(stored, dict) and stored.keys() == right.keys()
        return alike and all(same(stored[key], value) for key, value in right.items())
    if isinstance(right, list):
        return isinstance(stored, list) and len(stored) == len(right) and all(map(same, stored, right))
    if isinstance(right, float) and isinstance(stored, int | float):
        return bool(np.isclose(stored, right, rtol=CLOSE, atol=CLOSE * 1e-3, equal_nan=True))
    return bool(stored == right)


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
    with np.errstate(all="ignore"):  # whatever was put there
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
