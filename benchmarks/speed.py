"""Speed of the full rule set on one core: medians of several runs, and where the time goes.

    python benchmarks/speed.py [--firms 20000 200000] [--repeats 5] [--profile 200000]

Timings are wall-clock seconds of `FtzModel.run` (imports and the building of the world are printed apart).
"""

from __future__ import annotations

import argparse
import resource
from collections import defaultdict
from statistics import median
from time import perf_counter

import numpy as np

from ftz_sim.runs.model import FtzModel
from ftz_sim.scenario.scenario import Scenario

QUARTERS = 92


def timed_run(firms: int, seed: int) -> tuple[float, float]:
    """Return seconds to build and seconds to play one run of `integrated`."""
    spec = Scenario.load("integrated", overrides=[f"population.firms={firms}"])
    start = perf_counter()
    model = FtzModel(spec, rng=seed)
    built = perf_counter()
    model.run()
    return built - start, perf_counter() - built


def profile(firms: int) -> dict[str, float]:
    """Return seconds by mechanism over one run."""
    model = FtzModel(Scenario.load("integrated", overrides=[f"population.firms={firms}"]), rng=1)
    seconds: dict[str, float] = defaultdict(float)
    while model.running:
        for name, mechanism in model.active_schedule.items():
            start = perf_counter()
            mechanism.step(model, getattr(model.params, name))
            seconds[name] += perf_counter() - start
        start = perf_counter()
        model.recorder.take(model)
        seconds["(recorder)"] += perf_counter() - start
        model.running = model.clock.index < model.last_quarter
        model.clock.tick()
    return dict(seconds)


def main() -> None:
    """Print medians for each size, the exponent of cost in firms, and a profile."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", type=int, nargs="+", default=[2_000, 20_000, 200_000, 1_000_000])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--profile", type=int, default=200_000)
    options = parser.parse_args()
    timed_run(2_000, 0)
    print(
        f"{'firms':>9} {'build s':>8} {'run s':>8} {'min':>7} {'max':>7} {'million firm-steps/s':>21} {'peak MiB':>9}"
    )
    medians = {}
    for firms in options.firms:
        repeats = max(1, options.repeats if firms < 1_000_000 else options.repeats // 2)
        builds, runs = zip(*(timed_run(firms, seed) for seed in range(1, repeats + 1)), strict=True)
        medians[firms] = median(runs)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        speed = firms * QUARTERS / medians[firms] / 1e6
        row = f"{firms:9,d} {median(builds):8.3f} {medians[firms]:8.3f} {min(runs):7.3f} {max(runs):7.3f}"
        print(f"{row} {speed:21.1f} {peak:9.0f}")
    large = {firms: seconds for firms, seconds in medians.items() if firms >= 20_000}
    if len(large) > 1:
        exponent = np.polyfit(np.log(list(large)), np.log(list(large.values())), 1)[0]
        print(f"cost grows as firms^{exponent:.2f} from {min(large):,} firms on")
    print(f"\nwhere the time goes ({options.profile:,} firms)")
    seconds = profile(options.profile)
    total = sum(seconds.values())
    for name, spent in sorted(seconds.items(), key=lambda item: -item[1]):
        each = 1e9 * spent / options.profile / QUARTERS
        print(f"  {name:26} {spent:7.3f} s {100 * spent / total:5.1f} %  {each:6.1f} ns a firm and quarter")


if __name__ == "__main__":
    main()
