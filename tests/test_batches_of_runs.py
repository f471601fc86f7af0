"""Runs that are stepped together are the runs that they are alone, bit for bit, whatever their company."""

from __future__ import annotations

import subprocess
import sys
from functools import partial

import numpy as np
import pytest

from builders import small
from ftz_sim.indicators.records import BEYOND_NATION
from ftz_sim.indicators.tables import ALL, TABLES, Tables
from ftz_sim.results import FailedRun
from ftz_sim.runs import engine, together
from ftz_sim.runs.engine import Job, Outcome, attempt, map_runs, pieces_of, simulate, simulate_many
from ftz_sim.runs.ensemble import Ensemble
from ftz_sim.runs.together import batches, past_of
from ftz_sim.runs.uncertainties import apply

RECORDS = ("nation", "regions", "zones", "partners", "firms")
SHORT = ("horizon.end=2014Q3", "horizon.fork=2013Q3")
NAMES = ("no_ftz", "single_ftz", "integrated")
DRAWS = ({"glass_door.initial": 0.3}, {"glass_door.initial": 0.5, "research.patent_trend": 0.02})


@pytest.fixture(scope="module")
def runs():
    """Ten runs: default parameters, drawn ones, another horizon; the last is alone with its horizon."""
    specs = [small(name, *SHORT) for name in NAMES]
    drawn = [(apply(spec, values), 4) for values in DRAWS for spec in specs]
    return [*((spec, 3) for spec in specs), *drawn, (small("history", "horizon.end=2013Q2"), 3)]


@pytest.fixture(scope="module")
def alone(runs):
    return [attempt(*run) for run in runs]


def same(a: Outcome, b: Outcome) -> bool:
    if isinstance(a.result, str) or isinstance(b.result, str):
        return a.result == b.result
    return all(
        np.array_equal(values.view(np.uint64), getattr(b.result, name)[key].astype(float).view(np.uint64))
        for name in TABLES
        for key, values in ((key, each.astype(float)) for key, each in getattr(a.result, name).items())
    )


@pytest.mark.parametrize("number", [2, 3, 5, 7, 10])
def test_runs_in_company_are_the_runs_alone(runs, alone, number):
    made = simulate_many(runs[-number:])
    assert all(isinstance(each.result, Tables) for each in made)
    assert all(map(same, made, alone[-number:]))


@pytest.mark.parametrize("most", [1, 2, 3])
def test_no_size_of_batches_and_no_order_changes_a_bit(runs, alone, most, monkeypatch):
    monkeypatch.setattr(together, "MOST_RUNS", most)
    backwards = runs[::-1]
    assert max(map(len, batches(backwards))) == most
    assert all(map(same, simulate_many(backwards), alone[::-1]))


def test_runs_of_a_batch_fit_together_and_fit_into_memory(runs, monkeypatch):
    assert [sorted(batch) for batch in batches(runs)] == [[*range(9)], [9]]  # the last has a horizon of its own
    other = small("no_ftz", *SHORT, "initial_state.minimum_slots=3")
    assert list(batches([runs[0], (other, 3)])) == [[0], [1]]  # its firms stand elsewhere
    monkeypatch.setattr(together, "MOST_FIRMS", 4 * 2000)
    assert [len(batch) for batch in batches(runs)] == [3, 3, 3, 1]  # scenarios of a past stay together


def test_a_past_is_what_decides_a_run_up_to_its_fork(runs):
    spec = runs[1][0]
    tariff = "shocks=[{{kind: tariff, partner: US, from: {}, to: 2014Q2, size: 0.2}}]"
    late, early = (small("single_ftz", *SHORT, tariff.format(start)) for start in ("2013Q3", "2013Q2"))
    assert past_of(spec, 3) == past_of(runs[2][0], 3) == past_of(late, 3)
    assert past_of(spec, 3) != past_of(early, 3)
    assert past_of(spec, 3) != past_of(spec, 4)
    assert past_of(spec, 3) != past_of(runs[4][0], 3)


def test_every_past_of_a_batch_is_played_once(runs, monkeypatch):
    played = []
    step = Ensemble.step
    monkeypatch.setattr(Ensemble, "step", lambda model: (played.append(model.runs), step(model)))
    simulate_many(runs[:9])
    assert played == [3, 3, 9, 9, 9, 9, 9]


def test_a_run_that_fails_fails_alone_with_its_own_words(runs, alone, monkeypatch):
    def fragile(model):
        if any(spec.parameters == runs[4][0].parameters for spec in model.specs):
            raise ZeroDivisionError("in company")
        step(model)

    def single(spec, seed):
        if spec.parameters == runs[4][0].parameters:
            raise ZeroDivisionError(f"{spec.name} with seed {seed}")
        return simulate(spec, seed)

    step = Ensemble.step
    monkeypatch.setattr(Ensemble, "step", fragile)
    monkeypatch.setattr(engine, "attempt", lambda spec, seed, _: attempt(spec, seed, single))
    made = simulate_many(runs)
    assert [place for place, each in enumerate(made) if isinstance(each.result, str)] == [3, 4, 5]
    assert made[4].result.startswith("ZeroDivisionError: single_ftz with seed 4")
    assert all(same(made[place], alone[place]) for place in (0, 1, 2, 6, 7, 8, 9))


def test_a_run_that_is_not_finite_is_named_and_harms_nobody(runs, alone, monkeypatch):
    honest = engine.tables_of

    def spoilt(*batch):
        tables = honest(*batch)
        tables.zones["fdi"][-1, 1, 4] = np.nan
        return tables

    monkeypatch.setattr(engine, "tables_of", spoilt)
    monkeypatch.setattr(engine, "attempt", lambda spec, seed, _: Outcome(f"alone: {spec.name}, {seed}", 0.0))
    made = simulate_many(runs[:9])
    assert made[1].result == "alone: single_ftz, 3"
    assert all(same(made[place], alone[place]) for place in (0, *range(2, 9)))


def test_arithmetic_that_breaks_down_in_company_is_judged_alone(runs, alone, monkeypatch):
    asked = []

    def dividing(model):
        step(model)
        model.nation.gdp / (model.nation.gdp - model.nation.gdp)

    step = Ensemble.step
    monkeypatch.setattr(Ensemble, "step", dividing)
    monkeypatch.setattr(engine, "attempt", lambda *run: (asked.append(run[:2]), attempt(*run))[1])
    assert all(map(same, simulate_many(runs[:3]), alone[:3]))
    assert asked == runs[:3]


@pytest.mark.parametrize("names", [("national",), ("regions",), ("national", "zones"), ("partners", "zones")])
def test_what_is_asked_for_is_the_same_and_nothing_else_is_made(runs, alone, names):
    made = [
        each.result for each in (*simulate_many(runs[:4], names), attempt(*runs[0], partial(simulate, names=names)))
    ]
    for tables, whole in zip(made, [*alone[:4], alone[0]], strict=True):
        asked = {name: getattr(whole.result, name) if name in names else {} for name in TABLES}
        assert same(Outcome(tables, 0.0), Outcome(whole.result._replace(**asked), 0.0))
        assert tables.quarters == 7


def test_what_no_table_reads_is_not_recorded(runs, monkeypatch):
    kept = []
    made = together.all_tables
    monkeypatch.setattr(together, "all_tables", lambda records, names: (kept.append(records), made(records, names))[1])
    simulate_many(runs[:3], ["national"])
    unread = {(record, name) for each in BEYOND_NATION.values() for record, names in each.items() for name in names}
    there = {(record, name) for record in RECORDS for name in vars(getattr(kept[0], record))}
    assert unread == {(record, name) for record, name in there if getattr(getattr(kept[0], record), name) is None}
    simulate_many(runs[:3], ALL)
    assert not any(getattr(getattr(kept[1], record), name) is None for record, name in there)


def test_runs_come_in_the_order_of_their_jobs(runs, alone):
    jobs = [Job(spec, number, seed) for number, (spec, seed) in enumerate(runs)]
    made = list(map_runs(jobs))
    assert [run.replicate for run in made] == [*range(10)]
    assert not any(isinstance(run, FailedRun) for run in made)
    assert all(same(Outcome(run.tables, 0.0), each) for run, each in zip(made, alone, strict=True))


@pytest.mark.parametrize(
    ("reps", "workers", "sizes"),
    [(2, 1, [6]), (1, 2, [2, 1]), (5, 2, [6, 9]), (50, 1, [48, 51, 51]), (50, 2, [36, 39, 36, 39])],
)
def test_pieces_are_as_many_for_each_worker_and_leave_a_seed_together(runs, reps, workers, sizes):
    jobs = engine.replicate_jobs([spec for spec, _ in runs[:3]], reps, 1)
    pieces = pieces_of(jobs, workers)
    assert [len(piece) for piece in pieces] == sizes
    assert [job for piece in pieces for job in piece] == jobs


def test_runs_that_are_stepped_together_need_no_mesa():
    program = (
        "import sys; from ftz_sim.runs.engine import simulate_many; from ftz_sim.scenario.scenario import Scenario\n"
        "spec = Scenario.load('history', ['population.firms=2000', 'horizon.end=2013Q2', 'horizon.fork=2013Q2'])\n"
        "made = simulate_many([(spec, 1), (spec, 2)])\n"
        "print([type(each.result).__name__ for each in made], 'mesa' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['Tables', 'Tables'] False"
