"""A quarter takes as many operations as it took: what does not depend on the machine, and so what a clock cannot tell.

At 2,000 firms the time of a quarter is the number of its operations, whatever is in them: calls, arithmetic,
comparisons, and entries looked up or written. At 200,000 it is the memory that they go through. Both are counted
here and may grow by a tenth. Who makes a quarter leaner lowers the numbers.
"""

from __future__ import annotations

import dis
import sys
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

import ftz_sim
from builders import small
from ensembles import play
from ftz_sim.model import maths
from ftz_sim.runs.ensemble import Ensemble
from ftz_sim.runs.model import FtzModel

ALONE, TOGETHER = 7950, 9510  # operations of a quarter, of one run and of two
PEAK = 15.8  # numbers of 8 bytes per firm that a quarter holds beside the state at its busiest moment
GROWTH = 1.1
YEAR = 4
COUNTED = ("BINARY_", "CALL", "COMPARE_OP", "STORE_SUBSCR", "UNARY_")  # names of instructions, in any Python
FOLDER = ftz_sim.__path__[0]


@contextmanager
def operations() -> Iterator[list[str]]:
    """Note the operations that the package executes."""
    seen: list[str] = []

    def trace(frame: FrameType, event: str, _arg: Any) -> Any:
        if not frame.f_code.co_filename.startswith(FOLDER):
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        if event == "opcode":
            name = dis.opname[frame.f_code.co_code[frame.f_lasti]]
            if name.startswith(COUNTED):
                seen.append(name)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield seen
    finally:
        sys.settrace(before)


@pytest.fixture(scope="module")
def models() -> list[FtzModel]:
    models = [FtzModel(small("integrated"), rng=seed) for seed in (1, 2)]
    for model in models:
        play(model, YEAR)
    return models


def count(host: Any) -> float:
    """Return the operations of a quarter, mean over a year."""
    with operations() as seen:
        play(host, YEAR)
    return len(seen) / YEAR


def test_a_quarter_takes_no_more_operations(models):
    together, alone = count(Ensemble(models)), count(models[0])
    assert ALONE / GROWTH < alone < ALONE * GROWTH
    assert TOGETHER / GROWTH < together < TOGETHER * GROWTH


def test_a_quarter_takes_no_more_memory():
    firms = 20_000
    model = FtzModel(small("integrated", firms=firms))
    play(model)
    tracemalloc.start()
    play(model)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert PEAK / GROWTH < peak / firms / 8 < PEAK * GROWTH


def test_an_operation_more_is_counted():
    with operations() as seen:
        maths.share_closed(0.1, 0.25)  # two signs, a product and a call
        sorted([2, 1])  # not of the package
    assert len(seen) == 4
