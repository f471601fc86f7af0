"""The store: whatever happens to its writer, nothing finished is lost, nothing is doubled."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ftz_sim.errors import InputError
from ftz_sim.results import store as module
from ftz_sim.results.parts import BatchTables, damaged, live, numbers, read_all
from ftz_sim.results.store import Store, StoreError

RUNS = 12


def part(*runs: int, failed: tuple[int, ...] = ()) -> BatchTables:
    good = [run for run in runs if run not in failed]
    status = ["failed" if run in failed else "done" for run in runs]
    rows = pa.table({"run_id": [f"r{run}" for run in runs], "number": list(runs), "status": status})
    names = [name for run in good for name in (f"r{run}",) * 3]
    national = pa.table({"run_id": names, "gdp": [run + quarter / 7 for run in good for quarter in range(3)]})
    return BatchTables(rows, {"national": national} if good else {})


def held(folder: Path) -> list[int]:
    runs, national = read_all(folder, "runs"), read_all(folder, "national")
    found = runs["number"].to_pylist() if len(runs) else []
    done = [n for n, status in zip(found, runs["status"].to_pylist() if found else [], strict=True) if status == "done"]
    stored = list(zip(*(national.to_pydict().values() if len(national) else ([], [])), strict=True))
    assert sorted(stored) == sorted((f"r{run}", run + quarter / 7) for run in done for quarter in range(3))
    return sorted(found)


def test_parts_become_few_files_and_stay_one_table(tmp_path):
    with Store(tmp_path) as store:
        for run in range(40):
            store.add(part(run))
    assert held(tmp_path) == list(range(40))
    assert len(numbers(tmp_path, "runs")) == 2 + 40 - 2 * module.MERGED  # two parts of 16, eight small ones
    assert numbers(tmp_path, "runs") == numbers(tmp_path, "national")
    assert sorted(pq.read_table(tmp_path / "runs.parquet")["number"].to_pylist()) == list(range(40))
    assert damaged(tmp_path) == []


def test_large_parts_are_merged_again_but_not_forever(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MERGED", 2)
    with Store(tmp_path) as store:
        for run in range(16):
            store.add(part(run))
    assert sorted(piece.merges for piece in live(tmp_path).values()) == [2, 2, 2, 2]
    assert held(tmp_path) == list(range(16))


def test_a_part_whose_runs_all_failed_has_no_tables_and_merges_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MERGED", 2)
    with Store(tmp_path) as store:
        store.add(part(1, failed=(1,)))
        store.add(part(2))
        store.add(part(3, 4, failed=(3,)))
    assert held(tmp_path) == [1, 2, 3, 4]
    with Store(tmp_path) as store:
        assert store.forget_failed() == 2
        assert store.forget_failed() == 0
    assert held(tmp_path) == [2, 4]


def test_a_second_writer_is_refused_by_name_and_let_in_later(tmp_path):
    with Store(tmp_path) as first:
        with pytest.raises(InputError, match=f"is being written by process {os.getpid()} on "), Store(tmp_path):
            pass
        first.add(part(1))
    with Store(tmp_path) as second:
        second.add(part(2))
    assert held(tmp_path) == [1, 2]


@pytest.mark.parametrize("older_first", [True, False])
@pytest.mark.parametrize("rows_a_group", [1, module.ROWS_A_GROUP])
def test_older_parts_whose_columns_may_have_gaps_are_merged_with_todays(
    tmp_path, monkeypatch, older_first, rows_a_group
):
    monkeypatch.setattr(module, "ROWS_A_GROUP", rows_a_group)
    with Store(tmp_path) as store:
        for run in range(module.MERGED + 1):
            rows, tables = part(run)
            older = (run < module.MERGED // 2) == older_first
            store.add(BatchTables(rows, tables if older else {"national": without_gaps(tables["national"])}))
            assert held(tmp_path) == list(range(run + 1))
    assert numbers(tmp_path, "national") == [module.MERGED + 1, module.MERGED + 2]  # of those merged, and the last


def without_gaps(table: pa.Table) -> pa.Table:
    return table.cast(pa.schema([column.with_nullable(False) for column in table.schema]))


@pytest.mark.parametrize("table", ["runs", "national"])
@pytest.mark.parametrize("damage", ["cut", "flip", "empty"])
def test_a_torn_file_is_detected_and_set_aside(tmp_path, table, damage):
    with Store(tmp_path) as store:
        store.add(part(1))
        store.add(part(2))
    file = tmp_path / f"{table}.parquet" / "000001.parquet"
    whole = file.read_bytes()
    flipped = whole[:20] + bytes([whole[20] ^ 0xFF]) + whole[21:]
    file.write_bytes({"cut": whole[: len(whole) // 2], "flip": flipped, "empty": b""}[damage])
    assert damaged(tmp_path) == ["part 000001 is torn or was changed"]
    with Store(tmp_path) as store:
        assert store.set_aside == ["set_aside/runs-000001.parquet", "set_aside/national-000001.parquet"]
        assert held(tmp_path) == [2]
        store.add(part(1))
    assert held(tmp_path) == [1, 2]
    assert (tmp_path / "set_aside" / f"{table}-000001.parquet").stat().st_size < len(whole) + 1
    assert numbers(tmp_path, "runs") == [2, 3]  # the number of what was set aside is not used again


def test_a_full_disk_leaves_what_was_committed(tmp_path, monkeypatch):
    with Store(tmp_path) as store:
        store.add(part(1))
        with monkeypatch.context() as patch:
            patch.setattr(module.os, "fsync", _full)
            with pytest.raises(StoreError, match="cannot be written: No space left"):
                store.add(part(2))
        assert [path.name for path in tmp_path.rglob("*.parquet") if path.is_file()] == ["000001.parquet"] * 2
        store.add(part(2))
    assert held(tmp_path) == [1, 2]


def _full(_):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of a file's size is a Linux one")
def test_the_kernel_refuses_to_write_and_nothing_is_half_written(tmp_path):
    script = f"""
        import resource, signal, sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from test_store import Path, Store, StoreError, part
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with Store(Path({str(tmp_path)!r})) as store:
            store.add(part(1))
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
            try:
                store.add(part(*range(2, 500)))
            except StoreError as error:
                print("refused", error)
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            store.add(part(2))
    """
    out = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=True)
    assert "refused" in out.stdout
    assert held(tmp_path) == [1, 2]
    assert not list(tmp_path.rglob(".*.parquet"))


class Killed(BaseException):
    """What SIGKILL looks like from here: the folder is left as it is at this moment."""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kills=st.lists(st.integers(0, 25), max_size=4),
    sizes=st.lists(st.integers(1, 3), min_size=1, max_size=6),
    tears=st.lists(st.tuples(st.integers(0, 50), st.floats(0, 0.99)), max_size=2),
)
def test_any_runs_kills_and_resumes_give_the_table_of_one_clean_sweep(tmp_path_factory, kills, sizes, tears):
    folder, finished = tmp_path_factory.mktemp("store"), set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MERGED", 3)
        patch.setattr(module.os, "fsync", lambda _: None)  # slow, and a killed process does not need it
        for number, kill in enumerate(kills):
            folder = _killed_after(kill, folder, folder.with_name(f"{folder.name}-{number}"), sizes, patch)
            assert finished <= set(held(folder))
            for place, share in tears[number : number + 1]:
                _tear(folder, place, share)
                with Store(folder):
                    pass
            finished = set(held(folder))
        _fill(folder, sizes)
        assert held(folder) == list(range(RUNS))


def _fill(folder: Path, sizes: list[int]) -> None:
    with Store(folder) as store:
        there = {number for runs in store.runs(["number"]) for number in runs["number"].to_pylist()}
        missing = [run for run in range(RUNS) if run not in there]
        turn = 0
        while missing:
            size = sizes[turn % len(sizes)]
            store.add(part(*missing[:size]))
            missing, turn = missing[size:], turn + 1


def _killed_after(steps: int, folder: Path, copy: Path, sizes: list[int], patch: pytest.MonkeyPatch) -> Path:
    """Fill a store, and return the folder as it is after so many renames, deletions and syncs."""
    left = [steps]

    def counted(act):
        def step(*args, **kwargs):
            if left[0] == 0:
                shutil.copytree(folder, copy)
                left[0] = -1
                raise Killed
            left[0] -= 1
            return act(*args, **kwargs)

        return step

    with patch.context() as inner:
        inner.setattr(module.os, "replace", counted(os.replace))
        inner.setattr(module.os, "fsync", counted(lambda _: None))
        inner.setattr(module.Path, "unlink", counted(Path.unlink))
        try:
            _fill(folder, sizes)
        except Killed:
            return copy
    return folder


def _tear(folder: Path, place: int, share: float) -> None:
    files = sorted(path for path in folder.rglob("[0-9]*.parquet") if path.is_file() and "set_aside" not in path.parts)
    if files:
        file = files[place % len(files)]
        file.write_bytes(file.read_bytes()[: int(share * file.stat().st_size)])
