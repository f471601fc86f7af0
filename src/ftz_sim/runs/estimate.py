"""What a sweep will take, from a few of its runs."""

from __future__ import annotations

import pickle
from itertools import islice
from typing import NamedTuple

from ftz_sim.results.parquet import encoding
from ftz_sim.results.parts import BatchTables
from ftz_sim.runs.batches import batch, make, work_of
from ftz_sim.runs.executors import Place
from ftz_sim.runs.ledger import Ledger
from ftz_sim.runs.setup import check_numbers
from ftz_sim.runs.sweep_file import Plan

LONG = 5.0  # seconds; a run that takes longer is not made twice, though the first one also imports and fills caches
FEW = 16  # runs, stepped together as those of the sweep are


class Estimate(NamedTuple):
    """What a sweep will take."""

    seconds: float  # on this machine; of a cluster only its number of workers is known here
    seconds_a_run: float
    bytes: int  # on disk


def estimate(plan: Plan, place: Place) -> Estimate:
    """Make a run or a few of a plan, write nothing, and say what all of them will take.

    Raises:
        InputError: if the place makes no sense.
    """
    check_numbers(plan.record.replicates, plan.record.seed, place.workers)
    place.check()
    work, few = pickle.dumps(work_of(plan)), list(islice(Ledger(plan).missing(), FEW))
    part = make(batch(work, plan, few[:1]))
    if part.runs["seconds"][0].as_py() < LONG:
        part = make(batch(work, plan, few))
    made = part.runs["seconds"].to_pylist()
    seconds = sum(made) / len(made)
    return Estimate(seconds * plan.runs / place.workers, seconds, plan.runs * _bytes(part) // len(made))


def _bytes(part: BatchTables) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    total: int = part.runs.nbytes  # hardly compressible, and its file's frame is shared by many runs
    for table in part.tables.values():
        file = pa.BufferOutputStream()
        pq.write_table(table, file, **encoding(table.schema))
        total += file.tell()
    return total
