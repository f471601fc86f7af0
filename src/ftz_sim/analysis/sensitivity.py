"""Which uncertainties move an outcome, or the difference between two strategies?

Morris screening (SALib): mu* is the mean absolute change of the outcome when one uncertainty crosses its whole
range, mu with its sign, sigma their spread over the space (interaction or curvature). Sobol indices (SALib,
Saltelli's design): S1 is the share of the variance that an uncertainty explains alone, ST with all its
interactions. Intervals are 95 % bootstrap intervals over base points.

All points of a trajectory, or of a block of Sobol indices, meet the same random numbers, as all strategies do: what
does nothing has indices of exactly 0. Blocks differ in random numbers, so these are part of the variance, and their
share is said where points have several replicates. A block in which a run failed is left out as a whole.

A parameter whose only effect is to stir random numbers has indices too. Where points have several replicates, their
spread gives the *floor*: the mu* or ST that random numbers alone bring to a mean over replicates, at the upper end of
its interval.

Convergence, index by index: it is above the floor, its interval is at most ``WIDE`` to either side, and the first
half of the base points gives the same within ``WIDE`` (of 1 for Sobol, of the largest mu* for Morris). Others are
marked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis import sensitivity_words
from ftz_sim.analysis.sweep_outcomes import SweepOutcomes
from ftz_sim.errors import InputError, nearest
from ftz_sim.indicators.variables import NATIONAL, Variable
from ftz_sim.results.statements import Statement, paragraph
from ftz_sim.runs.sampling import MORRIS_LEVELS
from ftz_sim.text.words import Lang

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
Method = Literal["sobol", "morris"]
DESIGN_OF = {"sobol": "saltelli", "morris": "morris"}
SAMPLES = {"sobol": 64, "morris": 10}  # base points and trajectories unless said
INDICATORS = ("gdp", "nqp_fixed", "theil", "co2")
WIDE = 0.1
RESAMPLES = 500
FEWEST_BLOCKS = 4
COLUMNS = {
    "sobol": ("st", "st_half_width", "s1", "s1_half_width"),
    "morris": ("mu_star", "mu_star_half_width", "mu", "sigma"),
}
MAIN = {"sobol": "st", "morris": "mu_star"}  # the index that an uncertainty is ranked by
Analysis = Callable[[Array, Array], dict[str, Array]]  # points [n, D], outcome [n] -> indices [D]


def design_text(method: str, samples: int | None) -> str:
    """Return the design of a sweep that ``method`` can analyse, as YAML.

    Raises:
        InputError: if there is no such method, or its indices need more samples.
    """
    if method not in get_args(Method):
        raise InputError("method", found=method, nearest=nearest(method, DESIGN_OF))
    size = SAMPLES[method] if samples is None else samples
    if size < FEWEST_BLOCKS:
        raise InputError("few_samples", fewest=FEWEST_BLOCKS, found=size)
    return f"{{method: {DESIGN_OF[method]}, samples: {size}}}"


@dataclass
class Sensitivity:
    """Indices of every uncertainty for every scenario and for its difference to the reference.

    Attributes:
        method: ``sobol`` or ``morris``.
        outcomes: of the sweep.
        design: points of the design [rows, D], as drawn.
        reference: scenario that differences are taken to.
        seed: of the bootstrap.
    """

    method: Method
    outcomes: SweepOutcomes
    design: Array
    reference: str
    seed: int = 1

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row for each scenario, reference (empty: the level itself), indicator or target, and parameter."""
        import pandas as pd

        rows = [row for output in self._outputs() for row in self._rows(*output)]
        order = COLUMNS[self.method]
        keys = ["scenario", "reference", *(self.outcomes.targets[0].key if self.outcomes.targets else ("indicator",))]
        table = pd.DataFrame(rows, columns=[*keys, "parameter", *order, "converged", "floor", "noise", "blocks"])
        by = keys[:2] if self.outcomes.targets else keys  # targets stay as they were asked for
        return table.sort_values(by, kind="stable", ignore_index=True)

    def asked(self, indicator: str = "gdp") -> list[tuple[Variable, pd.DataFrame]]:
        """Return the rows of differences: of a national indicator, or of every target, places first of all."""
        table = self.table[self.table["reference"] != ""]
        if not self.outcomes.targets:
            name = indicator if indicator in self.outcomes.indicators else self.outcomes.indicators[0]
            return [(NATIONAL[name], table[table["indicator"] == name])]
        places = [each for each in self.outcomes.targets if each.level != "national"] or self.outcomes.targets
        rows = [(each.variable, table[(table[[*each.key]] == [*each.key.values()]).all(axis=1)]) for each in places]
        return [each for each in rows if len(each[1])] or rows[:1]

    def _outputs(self) -> list[tuple[list[str], str, Array]]:
        names, found = self.outcomes.scenarios, []
        for indicator in self.outcomes.indicators:
            found += [([name, ""], indicator, self.outcomes.level(name, indicator)) for name in names]
            found += [
                ([name, self.reference], indicator, self.outcomes.difference(name, self.reference, indicator))
                for name in names
                if name != self.reference
            ]
        return found

    def _rows(self, scenarios: list[str], indicator: str, values: Array) -> list[list[Any]]:
        size = len(self.outcomes.factors) + (2 if self.method == "sobol" else 1)
        mean = values.mean(axis=1)
        if self.outcomes.targets and not np.isfinite(mean).any():  # percent of 0, as of a zone that is not open
            return []
        kept = np.repeat(np.isfinite(mean).reshape(-1, size).all(axis=1), size)
        blocks = int(kept.sum()) // size
        if blocks < FEWEST_BLOCKS:
            raise InputError("few_blocks", blocks=blocks, fewest=FEWEST_BLOCKS)
        found = indices(self.method, self.design[kept], mean[kept], self.outcomes.factors, self.seed)
        noise = noise_share(values[kept])
        floor = floors(self.method, self.design[kept], values[kept], self.outcomes.factors, self.seed)
        ranked = sorted(enumerate(self.outcomes.factors), key=lambda each: -found[MAIN[self.method]][each[0]])
        targets = self.outcomes.targets
        what = targets[self.outcomes.indicators.index(indicator)].key.values() if targets else [indicator]
        converged = found["converged"] & ~((found[MAIN[self.method]] <= floor) & (floor > 0))
        return [
            [*scenarios, *what, name, *(found[key][d] for key in COLUMNS[self.method]),
             bool(converged[d]), floor[d], noise, blocks]
            for d, name in ranked
        ]  # fmt: skip

    def sentence(self, lang: Lang = "en", indicator: str = "gdp") -> str:
        """Say what moves each difference most, in ``en`` or ``zh``."""
        return paragraph(self.statements(indicator), lang)

    def statements(self, indicator: str = "gdp") -> list[Statement]:
        """Return the same as statements."""
        return sensitivity_words.statements(self, indicator)


def check_indicators(indicators: Sequence[str]) -> None:
    """Make sure that all are national indicators.

    Raises:
        InputError: if one is not.
    """
    for name in indicators:
        if name not in NATIONAL:
            raise InputError("indicator", found=name, nearest=nearest(name, NATIONAL))


def indices(method: str, points: Array, outcome: Array, names: Sequence[str], seed: int = 1) -> dict[str, Array]:
    """Return the indices of a whole design, with ``converged`` [D] from intervals and halves.

    Args:
        method: ``sobol`` or ``morris``.
        points: the design [n, D], in the order of SALib.
        outcome: of every point [n].
        names: of the uncertainties [D].
        seed: of the bootstrap.
    """
    if np.ptp(outcome) == 0:
        zero = np.zeros(len(names))
        return dict.fromkeys(COLUMNS[method], zero) | {"converged": np.ones(len(names), dtype=bool)}
    analyse = _sobol if method == "sobol" else _morris
    block = len(names) + (2 if method == "sobol" else 1)
    half = max(len(outcome) // block // 2, 1) * block
    whole = analyse(points, outcome, names, seed)
    first = analyse(points[:half], outcome[:half], names, seed) if np.ptp(outcome[:half]) > 0 else whole
    checked = ("st", "s1") if method == "sobol" else ("mu_star",)
    scale = 1.0 if method == "sobol" else float(whole["mu_star"].max())
    settled = np.ones(len(names), dtype=bool)
    for key in checked:
        settled &= whole[f"{key}_half_width"] <= WIDE * scale
        settled &= np.abs(whole[key] - first[key]) <= WIDE * scale
    return {**whole, "converged": settled}


def floors(method: str, points: Array, values: Array, names: Sequence[str], seed: int = 1) -> Array:
    """Return the index [D] that random numbers alone give each uncertainty, at the upper end of its interval.

    It is nan where there is one replicate, which says nothing of random numbers.

    Args:
        method: ``sobol`` or ``morris``.
        points: the design [n, D], in the order of SALib.
        values: outcome of every point and replicate [n, R].
        names: of the uncertainties [D].
        seed: of the bootstrap.
    """
    replicates, mean = values.shape[1], values.mean(axis=1)
    if replicates < 2:
        return np.full(len(names), np.nan)
    # what one replicate is off the mean has the variance of one run times (R - 1) / R; that of the mean's own noise is
    # the variance of one run over R
    noise = ((values - mean[:, None]) / np.sqrt(replicates - 1)).T.ravel()
    main, analyse = MAIN[method], _sobol if method == "sobol" else _morris
    if np.ptp(noise) == 0 or np.ptp(mean) == 0:
        return np.zeros(len(names))
    found = analyse(np.tile(points, (replicates, 1)), noise, names, seed)
    # the interval is one of R times the blocks; what is held against the floor has each block once, and the floor
    # itself rests on R - 1 independent sets of them
    floor: Array = found[main] + found[f"{main}_half_width"] * replicates / np.sqrt(replicates - 1)
    if method == "morris":
        return floor
    of_all, of_noise = (each.reshape(-1, len(names) + 2)[:, [0, -1]].var() for each in (mean, noise))
    return floor * of_noise / of_all  # shares of the variance of what is analysed, over the points that SALib takes


def noise_share(values: Array) -> float:
    """Return the share of noise in the variance of the mean over replicates of ``values`` [n, R]; nan with one."""
    replicates = values.shape[1]
    total = float(values.mean(axis=1).var(ddof=1))
    if replicates < 2 or total == 0:
        return float("nan")
    return float(values.var(axis=1, ddof=1).mean() / replicates / total)


def _problem(names: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def _sobol(points: Array, outcome: Array, names: Sequence[str], seed: int) -> dict[str, Array]:
    from SALib.analyze import sobol

    found = sobol.analyze(_problem(names), outcome, calc_second_order=False, num_resamples=RESAMPLES, seed=seed)
    return {"st": found["ST"], "st_half_width": found["ST_conf"], "s1": found["S1"], "s1_half_width": found["S1_conf"]}


def _morris(points: Array, outcome: Array, names: Sequence[str], seed: int) -> dict[str, Array]:
    from SALib.analyze import morris

    found = morris.analyze(
        _problem(names), points, outcome, num_resamples=RESAMPLES, num_levels=MORRIS_LEVELS, seed=seed
    )
    keys = {"mu_star": "mu_star", "mu_star_half_width": "mu_star_conf", "mu": "mu", "sigma": "sigma"}
    return {ours: np.asarray(found[theirs], dtype=float) for ours, theirs in keys.items()}
