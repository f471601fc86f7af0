"""The processor, as far as it decides the last bits of numbers.

numpy and its linear algebra choose code by what a processor can do, and another choice rounds otherwise: the same
model gives other last digits. No public interface names all that is chosen, so a digest of some arithmetic, such as the
model's, stands beside the names that there are.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

PLACES = 31  # small tables, as the model's: libraries split large ones over threads


@cache
def processor() -> str:
    """Return machine, instruction sets that numpy uses, and digest: processors of one text give the same bits."""
    sets = np.show_config(mode="dicts").get("SIMD Extensions", {}).get("found", [])
    digest = hashlib.blake2b(digest_size=4)
    with np.errstate(all="ignore"):
        for result in _arithmetic():
            digest.update(np.ascontiguousarray(result).tobytes())
    return " ".join([platform.machine(), *sets, digest.hexdigest()])


def _arithmetic() -> Iterator[NDArray[Any]]:
    for kind in (np.float64, np.float32):
        row: NDArray[Any] = np.linspace(0.01, 3, PLACES**2).astype(kind)
        table: NDArray[Any] = np.sin(np.arange(PLACES**2)).astype(kind).reshape(PLACES, PLACES)
        yield from (np.exp(row), np.log(row), np.tanh(row))
        yield from (np.add.reduce(row), np.add.reduce(table), np.add.reduce(table, axis=1))
        yield from (row @ row[::-1], table @ table, table @ table[0], table.T @ table[:, :3])
        yield np.vecdot(table, table[0])
        yield np.linalg.solve(np.eye(PLACES, dtype=kind) * PLACES + table, table[0])
