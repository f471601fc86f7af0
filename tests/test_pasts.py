"""A model that branches off another one's past is the model that it would have been by itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from builders import small
from ftz_sim.runs.agents import Region
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.pasts import Pasts, ThreadPasts
from ftz_sim.scenario.scenario import Scenario

END = "horizon.end=2025Q3"
STRATEGIES = ("single_ftz", "cross_zone_with_hinterland", "integrated", "shandong_korea", "xinjiang_eurasia")
TARIFF = "shocks=[{{kind: tariff, partner: US, from: {}, to: 2025Q2, size: 0.2}}]"


def at_fork(spec: Scenario) -> FtzModel:
    model = FtzModel(spec, rng=3)
    while model.clock.index < model.fork:
        model.step()
    return model


@pytest.fixture(scope="module")
def past() -> FtzModel:
    return at_fork(small("history", END))


def assert_same(a: FtzModel, b: FtzModel) -> None:
    for table in ("firms", "regions", "zones", "partners", "pairs", "nation", "levers"):
        other = vars(getattr(b, table))
        for name, column in vars(getattr(a, table)).items():
            assert np.array_equal(column, other[name], equal_nan=True), f"{table}.{name}"
    for table in ("nation", "regions", "zones", "partners", "firms"):
        other = vars(getattr(b.recorder.records, table))
        for name, series in vars(getattr(a.recorder.records, table)).items():
            assert np.array_equal(series, other[name], equal_nan=True), f"records: {table}.{name}"


@pytest.mark.parametrize("overrides", [(), (TARIFF.format("2025Q1"),)], ids=["policy", "policy and shock"])
@pytest.mark.parametrize("name", STRATEGIES)
def test_a_branch_is_the_run_by_itself(past, name, overrides):
    spec = small(name, END, *overrides)
    branch = past.branch(spec).run()
    assert_same(branch, FtzModel(spec, rng=3).run())
    assert branch.spec is spec
    assert [agent.gdp for agent in branch.agents_by_type[Region]] == list(branch.regions.gdp)
    assert past.clock.index == past.fork, "the model that is branched from is left alone"


@pytest.mark.parametrize(
    ("spec", "what"),
    [
        (small("no_ftz", END), "policy"),
        (small("history", END, "negative_list.authority_start=0.4"), "parameters"),
        (small("history", END, firms=3000), "population"),
        (small("history", END, "mechanisms.carbon=on", "mechanisms.research=off"), "mechanisms"),
        (small("history", "horizon.end=2025Q4"), "horizon"),
        (small("history", END, TARIFF.format("2024Q4")), "shock"),
    ],
    ids=["policy", "parameters", "population", "mechanisms", "horizon", "shock"],
)
def test_a_scenario_with_another_past_is_refused(past, spec, what):
    with pytest.raises(ValueError, match=f"another {what} before 2025Q1"):
        past.branch(spec)
    assert not past.has_past_of(spec)


def test_a_past_is_played_once_for_all_that_share_it(monkeypatch):
    played = []
    step = FtzModel.step
    monkeypatch.setattr(FtzModel, "step", lambda model: (played.append(model.clock.index), step(model)))
    short = ("horizon.end=2014Q2", "horizon.fork=2014Q1")
    kept = Pasts(2)
    for name in ("no_ftz", "history", "single_ftz", "integrated", "fta_only"):
        kept.at_fork(small(name, *short), 1).run()
    # up to their fork the zones' scenarios and those without agree; all play the two quarters after it
    assert len(played) == 2 * 4 + 5 * 2


def test_only_so_many_pasts_are_kept():
    spec = small("history", "horizon.end=2013Q1")
    kept = Pasts(2)
    for seed in (1, 2, 1, 3):
        kept.at_fork(spec, seed)
    assert [each.seed for each in kept._kept] == [3, 1]
    kept.forget()
    assert not kept._kept


def test_every_thread_may_keep_its_own():
    spec = small("history", "horizon.end=2013Q1")
    kept = ThreadPasts(2)
    kept.at_fork(spec, 1)
    assert len(kept._kept) == 1
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: kept._kept).result() == []
