"""Scenario discovery: which parameters decide, and in which box of them who wins.

Tornado: rank correlation of each drawn parameter with a difference, Fisher's interval, Benjamini and Hochberg's
correction over all parameters; beside it the mean difference in the lowest and the highest third of its draws,
and the value at which a straight line through all draws crosses 0, if that lies inside the range.

Boundary: a small decision tree (scikit-learn) on who wins. Its depth, 1 to 3, is the one with the best accuracy
in five-fold cross-validation; unless it beats "always the most frequent winner" by two standard errors there
(200 parameters offer many boxes by chance), the answer is that no boundary was found. For every leaf: coverage
(share of the winner's wins that lie in it) and density (share of the leaf that it wins), both in the sample.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.statistics import LEVEL
from ftz_sim.extras import is_installed

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
SHOWN = 10  # parameters of a tornado
FEWEST_RANKED = 4  # draws: the interval of a rank correlation needs more than three
FEWEST_DRAWS = 40  # of a boundary
FEWEST_WINS = 10
MARGIN = 2.0  # standard errors
DEPTHS = (1, 2, 3)
FOLDS = 5
# why there are no conditions
NO_BOUNDARY = "no_boundary"
TOO_FEW = "too_few_draws"
ALWAYS = "always"
NO_SKLEARN = "no_sklearn"  # it is not installed


def tornado(difference: Array, draws: pd.DataFrame, most: int = SHOWN) -> pd.DataFrame:
    """Return the ``most`` parameters whose draws go most with ``difference`` [n], the strongest first."""
    import pandas as pd
    from scipy import stats

    columns = ["parameter", "rank_correlation", "ci_low", "ci_high", "p_adjusted", "low_third", "high_third",
               "break_even", "n"]  # fmt: skip
    moving = draws.loc[:, draws.nunique() > 1]
    n = len(difference)
    if n < FEWEST_RANKED or moving.empty or np.ptp(difference) == 0:
        return pd.DataFrame(columns=columns)
    ranks = stats.rankdata(moving.to_numpy(dtype=float), axis=0)
    target = stats.rankdata(difference)
    rho = _correlations(ranks, target)
    half = stats.norm.ppf((1 + LEVEL) / 2) * np.sqrt(1.06 / (n - 3))  # Fieller, Hartley and Pearson 1957
    z = np.arctanh(np.clip(rho, -1 + 1e-12, 1 - 1e-12))
    t = np.abs(rho) * np.sqrt((n - 2) / np.maximum(1 - rho**2, 1e-12))
    adjusted = stats.false_discovery_control(2 * stats.t.sf(t, n - 2))
    rows = []
    for place in np.argsort(-np.abs(rho), kind="stable")[:most]:
        values = moving.iloc[:, place].to_numpy(dtype=float)
        thirds = np.quantile(values, (1 / 3, 2 / 3))
        rows.append(
            [
                moving.columns[place], rho[place], np.tanh(z[place] - half), np.tanh(z[place] + half), adjusted[place],
                difference[values <= thirds[0]].mean(), difference[values >= thirds[1]].mean(),
                break_even(values, difference), n,
            ]
        )  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def break_even(values: Array, difference: Array) -> float:
    """Return where the straight line of ``difference`` on ``values`` crosses 0; nan outside the range of values."""
    slope, intercept = np.polyfit(values, difference, 1)
    crossing = -intercept / slope if slope else np.nan
    return float(crossing) if values.min() <= crossing <= values.max() else np.nan


def boundary(winner: Array, draws: pd.DataFrame) -> pd.DataFrame:
    """Return the boxes of parameters [rows] in which each of ``winner`` [n] wins.

    Columns: ``winner``, ``rule`` (conditions, or why there are none), ``coverage``, ``density``, ``n`` (draws in
    the box), ``accuracy`` (cross-validated), ``base_rate`` (share of the most frequent winner).
    """
    import pandas as pd

    names, counts = np.unique(winner, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    first, base = str(names[order[0]]), float(counts[order[0]] / len(winner))
    columns = ["winner", "rule", "coverage", "density", "n", "accuracy", "base_rate"]

    def only(why: str) -> pd.DataFrame:
        return pd.DataFrame([[first, why, 1.0, base, len(winner), np.nan, base]], columns=columns)

    if len(winner) < FEWEST_DRAWS:
        return only(TOO_FEW)
    if len(names) == 1:
        return only(ALWAYS)
    if counts[order[1]] < FEWEST_WINS:
        return only(TOO_FEW)
    if not is_installed("sklearn"):  # the runs are done: better no boundary than no results
        return only(NO_SKLEARN)
    depth, accuracy = _best_depth(winner, draws)
    if accuracy < base + MARGIN * np.sqrt(base * (1 - base) / len(winner)):
        return only(NO_BOUNDARY).assign(accuracy=accuracy)
    tree = _tree(depth).fit(draws.to_numpy(dtype=float), winner)
    rows = [[*leaf, accuracy, base] for leaf in _leaves(tree, winner, draws)]
    found = pd.DataFrame(rows, columns=columns)
    return found.sort_values(["winner", "coverage"], ascending=[True, False], ignore_index=True)


def _correlations(columns: Array, target: Array) -> Array:
    columns, target = columns - columns.mean(axis=0), target - target.mean()
    scale = np.sqrt((columns**2).sum(axis=0) * (target**2).sum())
    correlations: Array = (columns * target[:, None]).sum(axis=0) / scale
    return correlations


def _tree(depth: int) -> Any:
    from sklearn.tree import DecisionTreeClassifier

    return DecisionTreeClassifier(max_depth=depth, min_samples_leaf=FEWEST_WINS // 2, random_state=0)


def _best_depth(winner: Array, draws: pd.DataFrame) -> tuple[int, float]:
    from sklearn.model_selection import KFold, cross_val_predict

    folds, values = KFold(FOLDS, shuffle=True, random_state=0), draws.to_numpy(dtype=float)
    scores = {depth: np.mean(cross_val_predict(_tree(depth), values, winner, cv=folds) == winner) for depth in DEPTHS}
    best = max(scores, key=lambda depth: (scores[depth], -depth))
    return best, float(scores[best])


def _leaves(tree: Any, winner: Array, draws: pd.DataFrame) -> list[list[Any]]:
    """Return winner, rule, coverage, density and size of every leaf."""
    shape, leaf_of = tree.tree_, tree.apply(draws.to_numpy(dtype=float))
    found = []
    for leaf, limits in _paths(shape):
        inside = winner[leaf_of == leaf]
        names, counts = np.unique(inside, return_counts=True)
        name = str(names[counts.argmax()])
        wins = int(counts.max())
        found.append([name, _rule(limits, list(draws.columns)), wins / (winner == name).sum(), wins / len(inside),
                      len(inside)])  # fmt: skip
    return found


def _paths(shape: Any) -> list[tuple[int, dict[int, tuple[float, float]]]]:
    """Return every leaf with the limits of each parameter on the way to it."""
    found: list[tuple[int, dict[int, tuple[float, float]]]] = []
    waiting: list[tuple[int, dict[int, tuple[float, float]]]] = [(0, {})]
    while waiting:
        node, limits = waiting.pop()
        if shape.children_left[node] < 0:
            found.append((node, limits))
            continue
        place, cut = int(shape.feature[node]), float(shape.threshold[node])
        low, high = limits.get(place, (-np.inf, np.inf))
        waiting.append((int(shape.children_left[node]), {**limits, place: (low, min(high, cut))}))
        waiting.append((int(shape.children_right[node]), {**limits, place: (max(low, cut), high)}))
    return found


def _rule(limits: dict[int, tuple[float, float]], names: list[str]) -> str:
    texts = []
    for place, (low, high) in limits.items():
        if np.isfinite(low) and np.isfinite(high):
            texts.append(f"{low:.3g} < {names[place]} <= {high:.3g}")
        else:
            texts.append(f"{names[place]} > {low:.3g}" if np.isfinite(low) else f"{names[place]} <= {high:.3g}")
    return " and ".join(texts)
