"""Damaged and hostile folders: status 0, 1 where files differ, or 2; one sentence, no traceback."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from attacks.campaign import Campaign
from ftz_sim.cli import app

VALUES = (None, [], {}, -1, 10**12, 1.5, "x", "../../etc", "\x1b[31m", "<script>alert(1)</script>", True, ["a"] * 3)
COMMANDS = (["verify", "--sample", "0"], ["robustness"])


def damage(rng: random.Random, folder: Path) -> str:
    """Damage a folder in one way; return which."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    kind = rng.choice(("cut", "gone", "swapped", "noise", "manifest", "manifest"))
    path = rng.choice(files)
    if kind == "cut":
        path.write_bytes(path.read_bytes()[: rng.randrange(200)])
    elif kind == "gone":
        path.unlink()
    elif kind == "swapped":
        shutil.copy(rng.choice(files), folder / "swapped")
        shutil.move(folder / "swapped", path)
    elif kind == "noise":
        content = bytearray(path.read_bytes())
        for _ in range(20):
            content[rng.randrange(len(content))] = rng.randrange(256)
        path.write_bytes(content)
    else:
        manifest = json.loads((folder / "manifest.json").read_text())
        manifest[rng.choice(sorted(manifest))] = rng.choice(VALUES)
        (folder / "manifest.json").write_text(json.dumps(manifest))
    return kind


def attacked(seed: int, rounds: int, good: Path, place: Path) -> Campaign:
    rng, campaign = random.Random(seed), Campaign()

    def tries() -> Iterator[tuple[str, list[str]]]:
        for number in range(rounds):
            folder = shutil.copytree(good, place / str(number))
            kind = damage(rng, folder)
            command = rng.choice(COMMANDS)
            yield f"{command[0]}: {kind}", [command[0], str(folder), *command[1:]]
            shutil.rmtree(folder)

    campaign.attack(tries(), run)
    print(campaign.report())
    return campaign


def run(words: list[str]) -> str:
    """Run ``ftz``; what `verify` finds to differ is status 1."""
    done = CliRunner().invoke(app, words)
    if done.exit_code == 0 or (done.exit_code == 1 and words[0] == "verify" and isinstance(done.exception, SystemExit)):
        return "" if done.output.strip() else "done without a word"
    if done.exit_code != 2:
        return f"status {done.exit_code}: {done.exception!r}"
    return "" if done.stderr.strip() and "Traceback" not in done.output else "refused without a word"


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A small comparison, figures left out."""
    folder = tmp_path_factory.mktemp("good") / "compared"
    words = ["compare", "no_ftz", "history", "--reps", "2", "--draws", "2", "--firms", "2000", "--end", "2014Q4"]
    assert CliRunner().invoke(app, [*words, "--no-figures", "--out", str(folder), "--quiet"]).exit_code == 0
    return folder


def test_damaged_folders_end_in_a_sentence(good, tmp_path):
    campaign = attacked(1, 20, good, tmp_path)
    assert not campaign.failures, campaign.report()
    assert sum(campaign.tries.values()) == 20


@pytest.mark.study
def test_many_damaged_folders_end_in_a_sentence(good, tmp_path):
    campaign = attacked(2, 120, good, tmp_path)
    assert not campaign.failures, campaign.report()
