"""What runs take in memory is bounded by their batch, however many there are (see `ftz_sim.runs.together`)."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from builders import small
from ftz_sim.indicators.tables import NATIONAL_ONLY, TABLES
from ftz_sim.runs.engine import replicate_jobs
from ftz_sim.runs.together import BYTES_A_FIRM, BYTES_A_QUARTER, BYTES_A_RUN, tables_of

MIB = 2**20
GROWTH = 50 * MIB
# runs of one quarter, of which a number each is kept; then the peak of this program, for getrusage would count that
# of the one that started it
MANY = """
import sys
from pathlib import Path
from ftz_sim.runs.engine import map_runs, replicate_jobs
from ftz_sim.scenario.scenario import Scenario

spec = Scenario.load("history", ["population.firms=2000", "horizon.end=2013Q1"])
runs = map_runs(replicate_jobs([spec], int(sys.argv[1]), 1), names=["national"])
assert all(float(run.tables.national["gdp"][0]) > 0 for run in runs)
print(next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")).split()[1])
"""
linux = pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="peak memory is read from /proc")


def peak(runs: int) -> int:
    """Return the peak memory [bytes] of a process that makes so many runs."""
    done = subprocess.run([sys.executable, "-c", MANY, str(runs)], capture_output=True, text=True, check=True)
    return 1024 * int(done.stdout)


@pytest.mark.parametrize("names", [NATIONAL_ONLY, TABLES], ids=["national", "all"])
def test_a_batch_stays_within_what_is_stated(names):
    specs = [small(name, "horizon.end=2014Q4", "horizon.fork=2013Q3") for name in ("history", "single_ftz")]
    runs = [(job.spec, job.seed) for job in replicate_jobs(specs, 8, 1)]
    tables_of(runs[:2], names)  # figures are read once
    tracemalloc.start()
    tables_of(runs, names)
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    stated = len(runs) * (BYTES_A_RUN + 2_000 * BYTES_A_FIRM + 8 * BYTES_A_QUARTER)
    assert stated / 4 < found < stated


@linux
def test_more_runs_take_no_more_memory():
    assert peak(320) - peak(64) < GROWTH / 4


@linux
@pytest.mark.study
def test_ten_thousand_runs_stay_within_50_mib_of_a_hundred():
    assert peak(10_000) - peak(100) < GROWTH
