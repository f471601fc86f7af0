"""The NQP index with entropy weights, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from ftz_sim.analysis import entropy
from ftz_sim.analysis.panel import POOLED_PILLARS, Panel
from ftz_sim.indicators.entropy import entropy_weights


@pytest.fixture
def panel():
    made = Panel(["a", "b"], 2, 48, 92)
    made.outcomes[:] = 0.0
    made.pillars[:] = np.random.default_rng(3).uniform(10, 90, made.pillars.shape)
    for i, name in enumerate(POOLED_PILLARS):
        made.outcomes[0, :, made.column(name)] = 10.0 * i
        made.outcomes[1, :, made.column(name)] = 10.0 * i + 1.0
    return made


def test_weights_are_pooled_over_all_runs_provinces_and_years(panel):
    found = entropy.weights(panel)
    pooled = np.concatenate([panel.pillars[s, r].reshape(-1, len(POOLED_PILLARS)) for s in (0, 1) for r in (0, 1)])
    assert list(found) == list(POOLED_PILLARS)
    assert list(found.values()) == pytest.approx(entropy_weights(pooled))
    assert sum(found.values()) == pytest.approx(1)


def test_the_index_is_the_weighted_mean_of_pillars(panel):
    share = np.array(list(entropy.weights(panel).values()))
    table = entropy.table(panel, entropy.weights(panel), "a").set_index("scenario")
    assert table.loc["a", "nqp_entropy"] == pytest.approx(share @ [0, 10, 20, 30])
    assert table.loc["b", "difference"] == pytest.approx(1)  # one point more in every pillar
    assert (table["n"] == 2).all()


def test_without_a_finished_replicate_there_are_no_weights(panel):
    panel.outcomes[0] = np.nan
    assert entropy.weights(panel) == {}
    assert entropy.table(panel, {}, "a").empty
