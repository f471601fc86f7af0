"""What a sweep costs beside its runs: ``python benchmarks/sweeps.py``.

1. Runner and store, milliseconds a run, with a model that does nothing (it returns the tables of an earlier
   run), after a first sweep that loads what a process loads once; beside Mesa's ``batch_run`` and, where it is
   installed, EMA Workbench's ``perform_experiments``, which store nothing on disk. Tables that repeat become
   small files; those of real runs do not, so what they take is measured with tables of several runs in turn.
2. Peak memory of 100 and of 10,000 such runs, and of 100 and 1,000 real ones of one quarter, each in a process
   of its own.
3. Two workers against one, with the real model.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from functools import cache
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path

from ftz_sim.indicators.tables import Tables
from ftz_sim.runs.engine import simulate
from ftz_sim.runs.executors import Place
from ftz_sim.runs.sweep import sweep
from ftz_sim.scenario.scenario import Scenario

PLAN = """\
name: nothing
scenarios: [history]
replicates: {runs}
design: {{method: sobol, samples: 1}}
uncertainties: {{glass_door.initial: card}}
overrides: {{population: {{firms: 2000}}, horizon: {{end: {end}}}}}
tables: [{tables}]
"""
END = "2035Q4"
PLACES = "national, regions, zones"
SEVERAL = 16  # runs: more of a column than the 64 KiB in which LZ4 looks for what repeats
TURN = cycle(range(SEVERAL))


@cache
def _template(seed: int = 0) -> Tables:
    return simulate(Scenario.load("history", ["population.firms=2000", f"horizon.end={END}"]), seed)


def nothing(spec: Scenario, seed: int) -> Tables:
    """Stand in for the model."""
    return _template()


def several_in_turn(spec: Scenario, seed: int) -> Tables:
    """Stand in for the model, with the tables of several runs in turn: an encoder finds nothing that repeats."""
    return _template(next(TURN))


def timed(runs: int, tables: str = "national", workers: int = 1, model=nothing, end: str = END) -> float:
    """Return seconds a run."""
    for _ in range(0 if model is simulate else SEVERAL):
        model(None, 0)  # what it gives back is made beforehand
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.yaml"
        path.write_text(PLAN.format(runs=runs, tables=tables, end=end), encoding="utf-8")
        start = time.perf_counter()
        sweep(path, Path(folder) / "out", Place(workers=workers), simulate=model)
        return (time.perf_counter() - start) / runs


def mesa_batch_run(runs: int) -> float:
    """Return seconds a run of Mesa's batch_run with a model that does nothing."""
    import warnings

    import mesa

    class Nothing(mesa.Model):
        def __init__(self, rng=None):
            super().__init__(rng=rng)
            self.datacollector = mesa.DataCollector(model_reporters={"gdp": lambda _: 1.0})

        def step(self):
            self.datacollector.collect(self)
            self.running = False

    warnings.simplefilter("ignore")
    start = time.perf_counter()
    mesa.batch_run(Nothing, {"rng": list(range(runs))}, max_steps=1, display_progress=False)
    return (time.perf_counter() - start) / runs


def ema_workbench(runs: int) -> float | None:
    """Return seconds a run of perform_experiments with a model that does nothing; None without the package."""
    if find_spec("ema_workbench") is None:
        return None
    from ema_workbench import Model, RealParameter, ScalarOutcome, perform_experiments

    model = Model("nothing", function=lambda x=0.0: {"gdp": x})
    model.uncertainties, model.outcomes = [RealParameter("x", 0, 1)], [ScalarOutcome("gdp")]
    start = time.perf_counter()
    perform_experiments(model, scenarios=runs)
    return (time.perf_counter() - start) / runs


def peak(runs: int, real: bool = False) -> float:
    """Return the peak memory [MiB] of a sweep, of nothing or of one real quarter, in a process of its own."""
    command = [sys.executable, __file__, "--peak", str(runs), *(["--real"] if real else [])]
    out = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(out.stdout)


def high_water() -> float:
    """Return the peak memory of this program [MiB]; getrusage would count that of the one that started it."""
    status = Path("/proc/self/status")
    if not status.is_file():  # no Linux
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peak", type=int)
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--runs", type=int, default=2000)
    args = parser.parse_args()
    if args.peak:
        timed(args.peak, **({"model": simulate, "end": "2013Q1"} if args.real else {}))
        print(high_water())
        return
    print(f"once in a process, to load and plan    {1e3 * timed(1):8.0f} ms")
    print(f"runner and store, national tables      {1e3 * timed(args.runs):8.2f} ms a run")
    few, many = (timed(runs, PLACES) for runs in (args.runs // 4, args.runs))
    print(f"  with regions and zones               {1e3 * few:8.2f} ms a run; {1e3 * many:.2f} of four times as many")
    several = timed(args.runs, PLACES, model=several_in_turn)
    print(f"  with those of several runs           {1e3 * several:8.2f} ms a run")
    print(f"Mesa batch_run, nothing stored         {1e3 * mesa_batch_run(args.runs):8.2f} ms a run")
    ema = ema_workbench(args.runs)
    print("EMA Workbench, nothing stored          " + (f"{1e3 * ema:8.2f} ms a run" if ema else "not installed"))
    small, large = peak(100), peak(10_000)
    print(f"peak memory, 100 and 10,000 runs       {small:8.0f} and {large:.0f} MiB ({large - small:+.0f})")
    small, large = peak(100, real=True), peak(1000, real=True)
    print(f"  100 and 1,000 runs of one real quarter {small:6.0f} and {large:.0f} MiB ({large - small:+.0f})")
    one, two = (timed(160, workers=workers, model=simulate) for workers in (1, 2))
    print(f"two workers against one (160 real runs) {one / two:8.2f} times as fast")


if __name__ == "__main__":
    main()
