"""Damaged and hostile folders, thrown at whatever reads or continues one: a sentence, no traceback.

Status 0, 1 where `verify` or `replay` finds differences, or 2. Half of the damage is done by somebody who knows the
format and lists the files anew, so that no checksum gives it away.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from attacks.campaign import SECONDS, Campaign, limit
from ftz_sim.cli import app
from ftz_sim.errors import InputError
from ftz_sim.results import load
from ftz_sim.results.manifest import output_checksums
from ftz_sim.runs.sweep_tables import load_sweep
from sweeps import sweep_file

VALUES = (
    None, [], {}, -1, 0, 10**9, 10**12, 10**30, 1.5, float("inf"), "x", "", "../../etc", "\x1b[31m", "a\0b", "九" * 300,
    "<script>alert(1)</script>", True, ["a"] * 3, [[]], {"en": 1, "zh": []}, {"../x": "y"}, "history-0000", "1e999",
)  # fmt: skip
RUN, COMPARED, ATTRIBUTED, SWEPT = "run", "compared", "attributed", "swept"
RUN_ID = {RUN: "history-0000", COMPARED: "history-0001", ATTRIBUTED: "mix.none-0000",
          SWEPT: "ftz_fta-s000001-r0000"}  # fmt: skip
LOAD = "load"  # from Python
SIZE = ["--firms", "2000", "--end", "2014Q4"]
PAIR = ["fta_only", "--against", "no_ftz"]  # differ in few parts, which makes few mixtures


def damage(rng: random.Random, folder: Path) -> str:
    """Damage a folder in one way; return which."""
    kind = rng.choice(sorted(DAMAGES))
    DAMAGES[kind](rng, folder)
    if rng.random() < 0.5 and kind not in ("cut manifest", "link"):
        relist(folder)
        return f"{kind}, listed"
    return kind


def relist(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"outputs": output_checksums(folder)}))


def _file(rng: random.Random, folder: Path, pattern: str = "*") -> Path:
    files = [path for path in folder.rglob(pattern) if path.is_file() and path.stat().st_size]
    return rng.choice(sorted(path for path in files if path.name != "manifest.json"))


def _cut(rng: random.Random, folder: Path) -> None:
    path = _file(rng, folder)
    path.write_bytes(path.read_bytes()[: rng.randrange(200)])


def _cut_manifest(rng: random.Random, folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_bytes(rng.choice((b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, path.read_bytes()[:300])))


def _gone(rng: random.Random, folder: Path) -> None:
    _file(rng, folder).unlink()


def _swapped(rng: random.Random, folder: Path) -> None:
    shutil.copy(_file(rng, folder), folder / "swapped")
    shutil.move(folder / "swapped", _file(rng, folder))


def _noise(rng: random.Random, folder: Path) -> None:
    path = _file(rng, folder)
    content = bytearray(path.read_bytes())
    for _ in range(20):
        content[rng.randrange(len(content))] = rng.randrange(256)
    path.write_bytes(content)


def _key(rng: random.Random, folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    place: Any = manifest
    while True:  # down to any depth
        key = rng.choice(sorted(place) if isinstance(place, dict) else range(len(place)))
        if isinstance(place[key], dict | list) and place[key] and rng.random() < 0.6:
            place = place[key]
        else:
            break
    if isinstance(place, dict) and rng.random() < 0.25:
        del place[key]
    else:
        place[key] = rng.choice(VALUES)
    (folder / "manifest.json").write_text(json.dumps(manifest))


def _counts(rng: random.Random, folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    for key in rng.sample(("samples", "reps", "seed", "runs", "draws", "cost_reps", "pairs", "level", "workers"), 3):
        many = rng.choice((10**9, 999_999_999, 10**12, -1, 10**25))
        manifest[key] = {"done": many} if key == "runs" else many
    (folder / "manifest.json").write_text(json.dumps(manifest))


def _link(rng: random.Random, folder: Path) -> None:
    path = _file(rng, folder)
    if rng.random() < 0.5 and path.parent != folder:
        shutil.rmtree(path.parent)
        path = path.parent
    else:
        path.unlink()
    path.symlink_to(rng.choice(("/etc", "/etc/passwd", "/dev/zero", "..", "/no/such/place", path.name)))


def _swollen(rng: random.Random, folder: Path) -> None:
    path = _file(rng, folder, "*.parquet")
    table = pq.read_table(path, partitioning=None)
    block = pa.table({name: pa.repeat(table[name][0], 4_000_000) for name in table.column_names[:12]})
    with pq.ParquetWriter(path, block.schema, compression="zstd") as writer:
        for _ in range(4):
            writer.write_table(block)


def _columns(rng: random.Random, folder: Path) -> None:
    path = _file(rng, folder, "*.parquet")
    table = pq.read_table(path, partitioning=None)
    place = rng.randrange(table.num_columns)
    name, size = table.column_names[place], len(table)
    what = rng.choice(("drop", "rename", "text", "null", "nan", "list", "huge", "empty"))
    if what == "drop":
        table = table.drop_columns([name])
    elif what == "rename":
        table = table.rename_columns(["x" if each == name else each for each in table.column_names])
    elif what == "empty":
        table = table.slice(0, 0)
    else:
        values = {"text": "\x1b<b>", "null": None, "nan": float("nan"), "list": [1], "huge": 1e308}[what]
        table = table.set_column(place, name, pa.array([values] * size))
    pq.write_table(table.replace_schema_metadata(pq.read_schema(path).metadata), path)


def _text(rng: random.Random, folder: Path) -> None:
    path = _file(rng, folder, rng.choice(("*.csv", "*.yaml", "*.csv")) if list(folder.rglob("*.csv")) else "*.yaml")
    lines = path.read_text(encoding="utf-8").splitlines()
    place = rng.randrange(len(lines))
    lines[place] = rng.choice(("", lines[place] * 2, "=1+1", '"', "a,b", "\t：", "- " * 50, lines[place].upper()))
    path.write_text("\n".join(lines), encoding="utf-8")


DAMAGES = {
    "cut": _cut, "cut manifest": _cut_manifest, "gone": _gone, "swapped": _swapped, "noise": _noise, "key": _key,
    "another key": _key, "counts": _counts, "link": _link, "swollen": _swollen, "columns": _columns, "text": _text,
}  # fmt: skip


def commands(kind: str, folder: Path) -> dict[str, list[str]]:
    """Return what may be done with a folder of a kind."""
    found = {
        "verify": ["verify", str(folder), "--sample", "0"],
        "verify one": ["verify", str(folder), "--sample", "1", "--json"],
        "replay": ["replay", str(folder), RUN_ID[kind]],
        "report": ["report", str(folder), "--lang", "zh"],
        "robustness": ["robustness", str(folder), "--no-figures", "--quiet", "--force"],
        LOAD: [LOAD, str(folder)],
    }
    if kind == SWEPT:
        found["resume"] = ["sweep", str(folder.parent / "more.yaml"), "--out", str(folder), "--no-figures", "--quiet"]
    else:
        found["story"] = ["story", "region", "SH", str(folder), "--out", str(folder.parent / "stories"), "--force"]
    if kind == ATTRIBUTED:
        found["attribute"] = ["attribute", *PAIR, "--reps", "1", *SIZE, "--no-figures",
                              "--quiet", "--out", str(folder)]  # fmt: skip
    return found


def attacked(seed: int, rounds: int, good: dict[str, Path], place: Path) -> Campaign:
    rng, campaign = random.Random(seed), Campaign()
    sweep_file(place, "more.yaml", samples=3, replicates=1)

    def tries() -> Iterator[tuple[str, list[str]]]:
        for number in range(rounds):
            kind = rng.choice(sorted(good))
            folder = shutil.copytree(good[kind], place / str(number))
            harm = damage(rng, folder)
            name, words = rng.choice(sorted(commands(kind, folder).items()))
            yield f"{name}, {kind}: {harm}", words
            shutil.rmtree(folder)
            shutil.rmtree(place / f"{number}_robustness", ignore_errors=True)

    campaign.attack(tries(), run)
    print(campaign.report())
    return campaign


def run(words: list[str]) -> str:
    """Run ``ftz``, or read from Python; return what went wrong."""
    if words[0] == LOAD:
        with limit(SECONDS):
            return read(Path(words[1]))
    return wrong(words, invoke(words))


def invoke(words: list[str]) -> Result:
    with limit(SECONDS):
        return CliRunner().invoke(app, words)


def wrong(words: list[str], done: Result) -> str:
    """Return what went wrong with ``ftz``."""
    if done.exit_code == 0 or (
        done.exit_code == 1 and words[0] in ("verify", "replay") and isinstance(done.exception, SystemExit)
    ):
        return "" if done.output.strip() else "done without a word"
    if done.exit_code != 2:
        return f"status {done.exit_code}: {done.exception!r}"
    return "" if done.stderr.strip() and "Traceback" not in done.output else "refused without a word"


def read(folder: Path) -> str:
    """Read all tables of a folder; InputError is the only error."""
    try:
        back = load(folder)
        for name in ("runs", "national", "regions", "comparison"):
            getattr(back, name)
        if back.manifest["kind"] == "sweep":
            swept = load_sweep(folder)
            assert swept.runs is not None and swept.years is not None
    except InputError:
        pass
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


@pytest.fixture(scope="module")
def good(tmp_path_factory, few_figures):
    """Small folders of all kinds, with the page of each."""
    place = tmp_path_factory.mktemp("good")
    end = [*SIZE, "--no-figures", "--quiet", "--out"]
    sweep_file(place, samples=2, replicates=1)
    for words in (
        ["run", "history", *end, str(place / RUN)],
        ["compare", "no_ftz", "history", "--reps", "2", "--draws", "2", *end, str(place / COMPARED)],
        ["attribute", *PAIR, "--reps", "1", *end, str(place / ATTRIBUTED)],
        ["sweep", str(place / "sweep.yaml"), "--no-figures", "--quiet", "--out", str(place / SWEPT)],
        *(["report", str(place / kind)] for kind in RUN_ID),
    ):
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, done.output
    return {kind: place / kind for kind in RUN_ID}


def test_damaged_folders_end_in_a_sentence(good, tmp_path):
    campaign = attacked(1, 25, good, tmp_path)
    assert not campaign.failures, campaign.report()
    assert sum(campaign.tries.values()) == 25


@pytest.mark.parametrize("target", ["/etc/passwd", "/etc", "..", ".", "scenarios", "itself", "/dev/zero", "nowhere"])
@pytest.mark.parametrize("name", ["itself", "figures/itself.en.svg", "runs.parquet"])
def test_links_that_are_to_no_file_of_the_folder_are_refused(good, tmp_path, name, target):
    sweep_file(tmp_path, "more.yaml", samples=3, replicates=1)
    for kind in (RUN, SWEPT):
        folder = shutil.copytree(good[kind], tmp_path / kind)
        link = folder / name
        if link.is_dir():
            shutil.rmtree(link)
        link.unlink(missing_ok=True)
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(link.name if target == "itself" else target)
        before = sorted(folder.rglob("*"))
        for words in commands(kind, folder).values():
            if words[0] not in ("verify", "replay", "report", "story"):
                assert run(words) == ""
                continue
            done = invoke(words)
            assert wrong(words, done) == ""
            assert done.exit_code == 2 and link.name in done.stderr
        assert sorted(folder.rglob("*")) == before


@pytest.mark.study
def test_many_damaged_folders_end_in_a_sentence(good, tmp_path):
    campaign = attacked(2, 400, good, tmp_path)  # some minutes
    assert not campaign.failures, campaign.report()
