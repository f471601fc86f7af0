"""A run in an ensemble is, bit for bit, the run that it is alone."""

from __future__ import annotations

import numpy as np
import pytest

from builders import small
from ensembles import EARLY, different, five, play
from ftz_sim.model.mechanisms import markets
from ftz_sim.model.mechanisms.markets import MarketsDoNotClearError
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.model.streams import Stream
from ftz_sim.runs.draws import draw, drawn_parameters
from ftz_sim.runs.ensemble import Ensemble
from ftz_sim.runs.ensemble.firms import flat
from ftz_sim.runs.ensemble.streams import Seeds, Streams
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.uncertainties import apply
from ftz_sim.scenario.policy_path import compile_policy

WATCHED = (0, 1, 7, 48, 57, 59, 60)  # the start, a year's end and begin, the fork, shocks, appraisals


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    """Play five runs together and alone; return what differs after each mechanism of the quarters watched."""
    alone = five()
    ensemble = Ensemble(alone)
    found: dict[str, list[str]] = {name: [] for name in SCHEDULE}
    warned = False
    for quarter in range(WATCHED[-1] + 1):
        for name, mechanism in ensemble.active_schedule.items():
            mechanism.step(ensemble, getattr(ensemble.params, name))
            for run, model in enumerate(alone):
                mechanism.step(model, getattr(model.params, name))
                if quarter in WATCHED:
                    wrong = different(ensemble, run, model)
                    found[name] += [f"{column} of run {run} in quarter {quarter}" for column in wrong]
        for host in (ensemble, *alone):
            host.clock.tick()
        warned = warned or ensemble.zones.warned.any()
    assert warned and ensemble.nation.crisis_quarters.any()  # the runs have met both
    return found


@pytest.mark.parametrize("name", SCHEDULE)
def test_a_mechanism_has_the_same_bits_for_one_run_and_for_five(name, found):
    assert found[name] == []


@pytest.mark.parametrize("runs", [[4], [1, 2], [3, 0, 2]])
def test_company_does_not_matter(runs):
    models = [five()[run] for run in runs]
    ensemble = Ensemble(models)
    for _ in range(5):
        ensemble.step()
    for run, model in enumerate(models):
        play(model, 5)
        assert different(ensemble, run, model) == []


def test_making_an_ensemble_leaves_the_models_alone():
    models, twins = five()[:2], five()[:2]
    Ensemble(models).step()
    for model, twin in zip(models, twins, strict=True):
        play(model)
        play(twin)
        assert different(Ensemble([model]), 0, twin) == []


def test_runs_go_on_from_a_shared_past_as_branches_do():
    past = small("history", "horizon.end=2014Q4")
    later = small("history", "horizon.end=2014Q4", EARLY.replace("2013", "2014"))
    models = [FtzModel(past, rng=seed) for seed in (1, 2)]
    ensemble = Ensemble(models)
    for _ in range(4):
        ensemble.step()
    for model in models:
        play(model, 4)
    specs = [later, past, past, later, past]
    paths = [compile_policy(s.policy, models[0].zones.opening_quarter, s.horizon.end.index + 1) for s in specs]
    several = ensemble.taken(np.array([1, 0, 1, 0, 1]), specs, paths)
    for _ in range(2):
        several.step()
    for run, (seed, spec) in enumerate(zip((1, 0, 1, 0, 1), specs, strict=True)):
        branch = models[seed].branch(spec)
        play(branch, 2)
        assert different(several, run, branch) == []
    assert all(different(ensemble, run, model) == [] for run, model in enumerate(models))  # left alone


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_run_that_is_no_number_any_more_leaves_the_others_alone():
    models = five()[:3]
    ensemble = Ensemble(models)
    ensemble.regions.sink[:, 1] = np.nan
    for _ in range(4):
        ensemble.step()
    assert np.isnan(ensemble.regions.sink[:, 1]).all()
    for run in (0, 2):
        play(models[run], 4)
        assert different(ensemble, run, models[run]) == []


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_markets_of_one_run_that_do_not_clear_stop_the_company(monkeypatch):
    ensemble = Ensemble(five()[:3])
    monkeypatch.setattr(markets, "ENOUGH", 0.0)
    with pytest.raises(MarketsDoNotClearError, match="2013Q1"):  # the engine then plays each run alone
        ensemble.step()


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_luck_is_that_of_the_single_stream():
    seeds, rows = [5, 2**64 - 1, 5, 0], 1001
    chance = np.array([0.3, 0.0, 0.2, 0.6])
    for kind in ("uniform", "normal"):
        alone = [getattr(Stream(seed, "exit", 7), kind)(rows) for seed in seeds]
        assert np.array_equal(getattr(Streams(Seeds(seeds), "exit", 7), kind)(rows), np.stack(alone, axis=-1))
    few = Streams(Seeds(seeds), "exit", 7).below(rows, chance)
    each = [Stream(seed, "exit", 7).below(rows, one) for seed, one in zip(seeds, chance, strict=True)]
    assert few.rows.tolist() == [run * rows + row for run, one in enumerate(each) for row in one.rows.tolist()]
    assert np.array_equal(few.draws, np.concatenate([one.draws for one in each]))


def test_runs_that_do_not_fit_together_are_refused():
    long, short = FtzModel(small("history")), FtzModel(small("history", "horizon.end=2030Q1"))
    many, off = FtzModel(small("history", firms=2100)), FtzModel(small("history", "mechanisms.green_finance=off"))
    for other in (short, off):
        with pytest.raises(ValueError, match="quarters, mechanisms or ends"):
            Ensemble([long, other])
    with pytest.raises(ValueError, match="numbers of firms"):
        Ensemble([long, many])


def test_a_column_that_mixes_runs_in_memory_is_refused():
    with pytest.raises(ValueError, match="one run after another"):
        flat(np.zeros((4, 3)))


@pytest.mark.study
@pytest.mark.parametrize("name", ["history", "integrated", "fta_only", "single_ftz", "xinjiang_eurasia"])
def test_drawn_runs_of_all_quarters_are_the_same(name):
    spec = small(name)
    drawn = drawn_parameters([spec])
    specs = [spec, *(apply(spec, draw([spec], drawn, 7, replicate)) for replicate in range(8))]
    models = [FtzModel(each, rng=seed) for seed, each in enumerate(specs)]
    ensemble = Ensemble(models)
    for quarter in range(ensemble.last_quarter + 1):
        ensemble.step()
        for run, model in enumerate(models):
            play(model)
            assert different(ensemble, run, model) == [], f"run {run} in quarter {quarter}"
