"""Large results come back from workers in files, as they were; nothing of them is left."""

from __future__ import annotations

import os
import pickle
import signal
import time

import numpy as np
import pytest

from builders import small
from ftz_sim.indicators.tables import TABLES
from ftz_sim.runs import executors, parcels
from ftz_sim.runs.engine import Job, _play_many, map_runs, play_many
from ftz_sim.runs.executors import dismiss_workers, kept_pool
from ftz_sim.runs.outcomes import in_order
from ftz_sim.runs.parcels import LEAST, Parcel, depot, opened, packed

SHORT = ("horizon.end=2014Q3", "horizon.fork=2013Q3")


def made(size: int) -> dict[str, object]:
    return {"a": np.arange(size, dtype=float), "b": np.arange(6).reshape(2, 3).T, "text": "x"}


@pytest.fixture
def jobs():
    return [Job(small(name, *SHORT), place, 3) for place, name in enumerate(("no_ftz", "single_ftz", "integrated"))]


def test_a_large_result_comes_in_a_file_that_is_gone_when_it_is_read():
    with depot() as folder:
        sent = pickle.loads(pickle.dumps(packed(folder, made, LEAST)))
        assert isinstance(sent, Parcel) and os.listdir(folder) == [os.path.basename(sent.path)]
        assert len(pickle.dumps(sent)) < 2_000
        found = opened(sent)
        assert os.listdir(folder) == []
    assert not os.path.exists(folder)
    expected = made(LEAST)
    assert all(np.array_equal(found[key], expected[key]) for key in ("a", "b")) and found["text"] == "x"
    found["a"][0] = 1  # whose memory it is


def test_a_small_result_needs_no_file():
    with depot() as folder:
        assert packed(folder, made, 10)["text"] == "x" and os.listdir(folder) == []


def test_where_no_file_can_be_written_the_result_comes_without():
    with depot() as folder:
        pass
    assert opened(packed(folder, made, LEAST))["a"][-1] == LEAST - 1


def test_where_no_folder_can_be_made_results_come_without(jobs, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    with depot() as folder:
        assert folder is None and packed(folder, made, LEAST)["text"] == "x"
    assert len(list(map_runs([*jobs, jobs[0]._replace(seed=4)], 2))) == 4
    dismiss_workers()


def test_what_nobody_will_open_is_deleted():
    with depot() as folder:
        packed(folder, made, 10)
        assert folder in parcels.left_in  # even before there are any: the folder itself is to go, too
        packed(folder, made, LEAST)
        parcels.clear()
        assert not os.path.exists(folder)


def test_runs_of_a_batch_are_sent_as_few_arrays_and_are_the_same_runs(jobs, tmp_path):
    sent, arrays = _play_many(jobs, TABLES), list[pickle.PickleBuffer]()
    head = pickle.dumps(sent, protocol=5, buffer_callback=arrays.append)
    columns = sum(len(getattr(sent[0][1][0].tables, name)) for name in TABLES)
    assert len(arrays) == columns  # one for each column, not for each run
    found = in_order(pickle.loads(head, buffers=arrays))
    for outcome, run in zip(found, play_many(jobs), strict=True):
        for name in TABLES:
            for key, values in getattr(run.tables, name).items():
                own = getattr(outcome.result, name)[key]
                assert own.flags["C_CONTIGUOUS"] and own.tobytes() == np.ascontiguousarray(values).tobytes()


def test_a_pool_is_kept_for_the_next_and_ended_by_an_error(jobs):
    dismiss_workers()
    list(map_runs([*jobs, jobs[0]._replace(seed=4)], 2))
    pool = executors._KEPT[2]
    with kept_pool(2) as next_one:
        assert next_one is pool and not executors._KEPT
    with pytest.raises(ZeroDivisionError), kept_pool(2):
        raise ZeroDivisionError
    assert not executors._KEPT
    list(map_runs([*jobs, jobs[0]._replace(seed=4)], 2))
    dismiss_workers()
    assert not executors._KEPT


def test_a_pool_that_lost_a_worker_while_it_was_kept_is_not_used_again(jobs):
    jobs = [*jobs, jobs[0]._replace(seed=4)]
    list(map_runs(jobs, 2))
    pool = executors._KEPT[2]
    os.kill(next(iter(pool._processes)), getattr(signal, "SIGKILL", signal.SIGTERM))
    while not pool._flags.broken:
        time.sleep(0.01)
    assert [run.run_id for run in map_runs(jobs, 2)] == [f"{job.spec.name}-{job.replicate:04d}" for job in jobs]
    assert executors._KEPT[2] is not pool
    dismiss_workers()
