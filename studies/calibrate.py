"""History matching on a few fitted parameters: which values do the figures of 2013 to 2018 leave possible?

    python studies/calibrate.py [--points 512] [--firms 5000] [--reps 2] [--workers 2] [--out DIR] [--ship]

Wave 1 plays a Latin hypercube over the ranges of the cards; a Gaussian process stands in for the model; a point is
implausible if its second-worst target lies more than three standard deviations off (target: half of its tolerance;
emulator; seeds). Wave 2 plays points drawn from the posterior so far. Every run is kept in ``evaluations.csv`` at once:
the same command goes on where it was stopped. Nothing published for later than 2018 enters; the provinces of 2018 stay
out. Provincial trends are fitted by `calibrate_provinces.py`, to 2012-15.

A posterior is drawn over the ranges (flat prior, normal errors of the same size). What the targets narrow to less than
three quarters of the prior's deviation, and visibly answers to, is fitted, given the defaults of all others; the rest
stays where theory and literature put it, and stays uncertain. What is fitted gets a calibrated range, nine tenths of
its posterior, from which uncertain experiments draw (`ftz_sim.runs.ranges`).

Written: evaluations.csv, plausible.csv (default, plausible range, posterior, fitted value of every parameter),
sensitivity.csv (standardised slopes, targets by parameters), weak.csv (directions that the targets cannot see),
ridges.csv (pairs that are correlated in the posterior), calibrated_ranges.csv; ``--ship`` puts the last into the
package, and `validation_results.py` all of them into the pages. No card is changed by this script: fitted values are
rounded and copied to the cards, with a `Results:` line.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import qmc
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel
from sklearn.linear_model import LinearRegression

from ftz_sim.analysis.statistics import NINE_IN_TEN
from ftz_sim.indicators.tables import NATIONAL_ONLY
from ftz_sim.model.parameters import all_cards
from ftz_sim.results import FailedRun, Run
from ftz_sim.runs.engine import map_runs, replicate_jobs
from ftz_sim.runs.ranges import CALIBRATED
from ftz_sim.runs.setup import scenario
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.validation.readings import read
from ftz_sim.validation.targets import shipped

LAST = 2018
FITTED = (
    "exogenous_paths.residual_growth_start",
    "exogenous_paths.residual_growth_end",
    "digital_adoption.speed",
    "investment.regional_elasticity",
    "foreign_investment.zone_capacity",
    "foreign_investment.openness_effect",
    "trade_costs.zone_trade_multiple",
    "institutional_innovation.trial_rate",
    "institutional_innovation.ideas",
    "replication.approval_speed",
    "negative_list.test_rate.0",
    "negative_list.test_rate.1",
    "negative_list.test_rate.2",
    "negative_list.national_pace.0",
    "negative_list.national_follow",
)  # a number after the name: that entry of a parameter with several
TARGETS = [t for t in shipped() if t.kind == "fitted" and t.table == "national" and t.last_year <= LAST]
NAMES = [target.id for target in TARGETS]
IMPLAUSIBLE = 3.0
CANDIDATES = 20_000
TOGETHER = 64  # points between two checkpoints
LEARNED = 300  # evaluations from which an emulator learns its length scales; it predicts from all
NARROWED = 0.75  # posterior over prior deviation below which a parameter is fitted
DRAWS, MOVES, LAST_MOVES = 800, 15, 100  # of the posterior, and how often they are moved in a step and in the last
MOVED = 0.25  # of the coordinates at a time
TIED = 0.3  # correlation in the posterior that the page tells
SEEN = 0.5  # tolerances by which some target must move over its range, lest the emulator's noise be fitted


class Fitted(NamedTuple):
    """One number that is fitted: a parameter, or an entry of one."""

    default: float
    low: float
    high: float


def fitted(name: str) -> Fitted:
    """Return default and range of ``name``, such as `digital_adoption.speed` or `negative_list.test_rate.0`."""
    key, entry = _split(name)
    card = all_cards()[key]
    default, low, high = (np.atleast_1d(np.asarray(x, dtype=float)) for x in (card.default, card.low, card.high))
    return Fitted(*(float(np.broadcast_to(x, default.shape)[entry]) for x in (default, low, high)))


def _split(name: str) -> tuple[str, int]:
    parts = name.split(".")
    return ".".join(parts[:2]), int(parts[2]) if parts[2:] else 0


def bounds() -> tuple[np.ndarray, np.ndarray]:
    """Return the lower and upper ends of the cards' ranges."""
    cards = [fitted(name) for name in FITTED]
    return np.array([card.low for card in cards]), np.array([card.high for card in cards])


def evaluate(points: np.ndarray, wave: int, options: argparse.Namespace) -> pd.DataFrame:
    """Play ``points`` [n, D] that the checkpoint does not hold yet, stepped together; return all rows so far."""
    file = options.out / "evaluations.csv"
    done = pd.read_csv(file) if file.is_file() else pd.DataFrame(columns=["wave", "point"])
    left = np.setdiff1d(np.arange(len(points)), done.loc[done["wave"] == wave, "point"])
    for together in np.array_split(left, np.ceil(len(left) / TOGETHER)) if len(left) else ():
        specs = [_spec(points[number], options.firms) for number in together]
        jobs = replicate_jobs(specs, options.reps, 1)
        runs = map_runs(jobs, options.workers, names=NATIONAL_ONLY)
        read_off = np.array([_read(run) for run in runs]).reshape(options.reps, len(together), len(NAMES))
        mean, spread = read_off.mean(axis=0), read_off.std(axis=0, ddof=1) if options.reps > 1 else 0 * read_off[0]
        columns = [*FITTED, *NAMES, *(f"sd {name}" for name in NAMES)]
        rows = pd.DataFrame(np.hstack((points[together], mean, spread)), columns=columns)
        rows.insert(0, "wave", wave)
        rows.insert(1, "point", together)
        rows.to_csv(file, mode="a", header=not file.is_file(), index=False)
    table = pd.read_csv(file)
    return table[table["wave"] <= wave]


def _spec(point: np.ndarray, firms: int) -> Scenario:
    values: dict[str, Any] = {}
    for name, value in zip(FITTED, point, strict=True):
        key, entry = _split(name)
        now = values.get(key, all_cards()[key].default)
        values[key] = tuple(np.where(np.arange(len(now)) == entry, value, now)) if isinstance(now, tuple) else value
    texts = [f"parameters.{key}={np.asarray(value, dtype=float).tolist()}" for key, value in values.items()]
    return scenario("history", texts, firms, f"{LAST}Q4")


def _read(run: Run | FailedRun) -> list[float]:
    if isinstance(run, FailedRun):
        raise SystemExit(f"a run failed: {run.error}")
    return [read(run.tables, target) for target in TARGETS]


class Emulators:
    """A Gaussian process for every target, in place of the model."""

    def __init__(self, table: pd.DataFrame) -> None:
        """Fit them to the evaluations in ``table``."""
        low, high = bounds()
        x = (table[list(FITTED)].to_numpy() - low) / (high - low)
        kernel = ConstantKernel() * RBF(np.full(len(FITTED), 2.0), (0.1, 50)) + WhiteKernel(0.01)
        # a length scale at its bound says that the target does not depend on that parameter
        warnings.filterwarnings("ignore", category=ConvergenceWarning)
        self.fitted = []
        for name in NAMES:
            learned = GaussianProcessRegressor(kernel, normalize_y=True, random_state=0).fit(
                x[-LEARNED:], table[name][-LEARNED:]
            )
            known = GaussianProcessRegressor(learned.kernel_, optimizer=None, normalize_y=True)
            self.fitted.append(known.fit(x, table[name]))
        self.seeds = [table[f"sd {name}"].mean() for name in NAMES]

    def implausibility(self, candidates: np.ndarray) -> np.ndarray:
        """Return the implausibility of every candidate [n] for every target [n, M]."""
        miss, error = self._held_against(candidates)
        return np.abs(miss) / error

    def log_likelihood(self, candidates: np.ndarray) -> np.ndarray:
        """Return the log-likelihood of every candidate [n], but for a constant."""
        miss, error = self._held_against(candidates)
        return -((miss / error) ** 2 / 2 + np.log(error)).sum(axis=1)

    def _held_against(self, candidates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        low, high = bounds()
        misses, errors = [], []
        for target, emulator, seeds in zip(TARGETS, self.fitted, self.seeds, strict=True):
            mean, deviation = emulator.predict((candidates - low) / (high - low), return_std=True)
            tolerance = (target.high - target.low) / 4  # half of the tolerance
            misses.append(mean - (target.low + target.high) / 2)
            errors.append(np.sqrt(deviation**2 + tolerance**2 + seeds**2))
        return np.stack(misses, axis=1), np.stack(errors, axis=1)


def posterior(emulators: Emulators, candidates: np.ndarray, held: Sequence[str] = ()) -> np.ndarray:
    """Draw parameters [n, D] given the targets, with ``held`` at their defaults.

    Sequential Monte Carlo: from ``candidates``, spread evenly over the ranges, the likelihood is raised to a power
    that grows to 1 in steps at each of which half of the draws count; they are drawn again by weight, and moved some
    coordinates at a time by differences of one another (ter Braak 2006), which is at ease on ridges.
    """
    rng = np.random.default_rng(3)
    points = np.where(np.isin(FITTED, held), [fitted(name).default for name in FITTED], candidates)
    likelihood, power = emulators.log_likelihood(points), 0.0
    while power < 1:
        step = _step(likelihood, 1 - power)
        power += step
        drawn = rng.choice(len(points), DRAWS, p=_weights(step * likelihood))
        points, likelihood = points[drawn], likelihood[drawn]
        for _ in range(MOVES if power < 1 else LAST_MOVES):
            _move(points, likelihood, power, emulators, rng)
    return points


def _step(likelihood: np.ndarray, most: float) -> float:
    """Return by how much the power may grow, so that weights are worth half of `DRAWS`."""
    steps = most * np.geomspace(1, 1e-4, 100)
    return float(next((s for s in steps if 1 / (_weights(s * likelihood) ** 2).sum() >= DRAWS / 2), steps[-1]))


def _weights(log: np.ndarray) -> np.ndarray:
    weight: np.ndarray = np.exp(log - log.max())
    return weight / weight.sum()


def _move(points: np.ndarray, likelihood: np.ndarray, power: float, emulators: Emulators, rng: Any) -> None:
    """Move ``points`` [n, D] in place, one half after the other, so that they stay draws at ``power``."""
    low, high = bounds()
    for half in np.split(rng.permutation(len(points)), 2):
        others = rng.permutation(np.setdiff1d(np.arange(len(points)), half))
        moved = rng.random((len(half), len(FITTED))) < MOVED
        size = 2.38 / np.sqrt(2 * np.maximum(moved.sum(axis=1, keepdims=True), 1))
        tried = points[half] + np.where(moved, size * (points[others] - points[np.roll(others, 1)]), 0)
        inside = ((low <= tried) & (tried <= high)).all(axis=1)
        new = np.full(len(half), -np.inf)
        new[inside] = emulators.log_likelihood(tried[inside])
        odds = power * (new - likelihood[half])
        taken = half[np.log(rng.random(len(half))) < odds]
        kept = np.isin(half, taken)
        points[taken], likelihood[taken] = tried[kept], new[kept]


def second_worst(distance: np.ndarray) -> np.ndarray:
    """Return the second largest implausibility of every row, so that one odd target rules nothing out."""
    return np.sort(distance, axis=1)[:, -2]


def sensitivities(table: pd.DataFrame) -> pd.DataFrame:
    """Return slopes over the whole range of a parameter, in tolerances of the target (targets by parameters)."""
    low, high = bounds()
    x = (table[list(FITTED)].to_numpy() - low) / (high - low)
    width = np.array([(target.high - target.low) / 2 for target in TARGETS])
    slopes = LinearRegression().fit(x, table[NAMES].to_numpy()).coef_ / width[:, None]
    return pd.DataFrame(slopes, index=NAMES, columns=FITTED)


def weak_directions(slopes: pd.DataFrame) -> pd.DataFrame:
    """Return the directions in parameter space in order of what the targets see of them, weakest first."""
    _, strength, directions = np.linalg.svd(slopes.to_numpy(), full_matrices=False)
    table = pd.DataFrame(directions, columns=FITTED)
    table.insert(0, "strength", strength)
    return table.iloc[::-1].reset_index(drop=True)


def ranges(draws: np.ndarray, narrowed: np.ndarray, slopes: pd.DataFrame, options: argparse.Namespace) -> pd.DataFrame:
    """Return the calibrated range of what is ``narrowed`` [D], from ``draws`` [n, D]; it always holds the default."""
    rows = []
    for name, own, values in zip(FITTED, narrowed, draws.T, strict=True):
        if own:
            card, (low, high) = fitted(name), np.quantile(values, NINE_IN_TEN)
            seen = slopes.index[slopes[name].abs() > SEEN]
            low, high = min(low, card.default), max(high, card.default)
            rows.append((_as_drawn(name), low, high, card.low, card.high, " ".join(seen)))
    table = pd.DataFrame(rows, columns=["parameter", "low", "high", "prior_low", "prior_high", "targets"]).round(4)
    words = [f"--{name} {getattr(options, name)}" for name in ("points", "firms", "reps")]
    return table.assign(command=f"python studies/calibrate.py {' '.join(words)}")


def _as_drawn(name: str) -> str:
    key, entry = _split(name)
    return f"{key}[{entry}]" if name != key else name


def ridges(draws: np.ndarray) -> pd.DataFrame:
    """Return the pairs of parameters that are correlated in ``draws`` [n, D]: figures tell them together, not apart."""
    found = np.corrcoef(draws.T).round(2)
    tied = np.argwhere(np.triu(abs(found) >= TIED, 1))
    rows = [(FITTED[one], FITTED[other], found[one, other]) for one, other in tied]
    return pd.DataFrame(rows, columns=["parameter", "with", "correlation"])


def main() -> None:
    """Run both waves and write what they leave possible."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("points", 512), ("firms", 5000), ("reps", 2), ("workers", 2)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--out", type=Path, default=Path("results/calibration"))
    parser.add_argument("--ship", action="store_true", help="put the ranges into the package")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    low, high = bounds()

    def cube(count: int, seed: int) -> np.ndarray:
        return qmc.scale(qmc.LatinHypercube(len(FITTED), rng=seed).random(count), low, high)

    first = evaluate(cube(options.points, 1), 1, options)
    candidates = cube(CANDIDATES, 2)
    emulators = Emulators(first)
    likely = posterior(emulators, candidates)
    chosen = np.random.default_rng(4).choice(len(likely), options.points // 2, replace=False)
    table = evaluate(likely[chosen], 2, options)
    emulators = Emulators(table)
    left = candidates[second_worst(emulators.implausibility(candidates)) < IMPLAUSIBLE]
    print(f"{len(left) / CANDIDATES:.1%} of the ranges is plausible; {len(table)} points x {options.reps} runs")
    if not len(left):
        raise SystemExit("nothing is plausible: the model cannot meet these targets inside the cards' ranges")
    draws = posterior(emulators, candidates)
    slopes = sensitivities(table)
    seen = slopes.abs().to_numpy().max(axis=0) > SEEN
    narrowed = seen & (draws.std(axis=0) < NARROWED * (high - low) / np.sqrt(12))
    others = [name for name, own in zip(FITTED, narrowed, strict=True) if not own]
    best = posterior(emulators, candidates, others).mean(axis=0)
    columns = {
        "parameter": FITTED,
        "default": [fitted(name).default for name in FITTED],
        "low": low,
        "high": high,
        "plausible_low": left.min(axis=0),
        "plausible_high": left.max(axis=0),
        "posterior_mean": draws.mean(axis=0),
        "posterior_deviation": draws.std(axis=0),
        "fitted": np.where(narrowed, best, np.nan),
    }
    pd.DataFrame(columns).round(4).to_csv(options.out / "plausible.csv", index=False)
    slopes.to_csv(options.out / "sensitivity.csv")
    weak_directions(slopes).to_csv(options.out / "weak.csv", index=False)
    ridges(draws).to_csv(options.out / "ridges.csv", index=False)
    ranges(draws, narrowed, slopes, options).to_csv(options.out / CALIBRATED.name, index=False, lineterminator="\n")
    print((options.out / "plausible.csv").read_text())
    print((options.out / CALIBRATED.name).read_text())
    if options.ship:
        CALIBRATED.write_text((options.out / CALIBRATED.name).read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    main()
