"""What made an experiment: versions, platform, command, seed, timings and checksums."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import subprocess
import sys
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import ftz_sim
from ftz_sim.errors import InputError
from ftz_sim.results.files import files, write_text
from ftz_sim.results.lock import Lock
from ftz_sim.results.processor import processor

PACKAGES = "SALib joblib matplotlib mesa numpy pandas pyarrow pydantic pymoo rich ruamel.yaml scipy typer".split()
PACKAGE = Path(ftz_sim.__file__).parent
MANIFEST = "manifest.json"
# figures that results are held against, and results that ship
COMPARED_ONLY = ("border_gaps.csv", "lever_verdicts.csv", "province_rules.csv", "provinces_held_out.csv",
                 "provinces_to_2015.csv", "strip_shares.csv", "targets.csv")  # fmt: skip
# code that moves numbers; what else decides a run, its resolved scenario and its seed, is in the run's key
MOVES_NUMBERS = (
    "model/", "indicators/", "scenario/further_areas.py", "scenario/new_zones.py", "scenario/policy_path.py",
    "scenario/rules.py", "scenario/signs.py", "runs/model.py", "runs/recorder.py", "runs/watch.py", "runs/ensemble/",
)  # fmt: skip
SURROUNDINGS = ("version", "model", "git_commit", "python", "packages", "platform", "machine", "processor")
# drawn from the tables; may be made anew
DERIVED = re.compile(r"report\.html|report/.+|figures/\w+\.(en|zh)\.(svg|png)")


def surroundings() -> dict[str, Any]:
    """Return what a run depends on beside its scenario and seed."""
    return {
        "version": ftz_sim.__version__,
        "model": model_version(),
        "git_commit": git_commit(),
        "python": sys.version.split()[0],
        "packages": {name: _version(name) for name in PACKAGES},
        "platform": platform.platform(),
        "machine": platform.machine(),
        "processor": processor(),
    }


def environments(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the surroundings of every process that wrote runs to a folder; a sweep may have been resumed elsewhere."""
    found: list[dict[str, Any]] = manifest.get("environments") or [
        {key: manifest[key] for key in SURROUNDINGS if key in manifest}
    ]
    return found


@cache
def model_version() -> str:
    """Return the release and a digest of everything that a run's numbers come from: code and packaged figures."""
    code = [(path.relative_to(PACKAGE).as_posix(), path) for path in sorted(PACKAGE.rglob("*.py"))]
    files = [path for name, path in code if name.startswith(MOVES_NUMBERS)]
    digest = hashlib.sha256()
    figures = [path for path in sorted((PACKAGE / "data").glob("*.csv")) if path.name not in COMPARED_ONLY]
    for path in [*files, *figures]:
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return f"{ftz_sim.__version__}-{digest.hexdigest()[:12]}"


def git_commit() -> str | None:
    """Return the commit of the source tree, with ``+changes`` if it differs; None outside a git checkout."""
    root = PACKAGE.parents[1]
    if not (root / ".git").exists():
        return None
    try:
        commit, changes = (
            subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, timeout=10, check=True)
            for words in (["rev-parse", "HEAD"], ["status", "--porcelain"])
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return commit.stdout.strip() + ("+changes" if changes.stdout.strip() else "")


def data_checksums() -> dict[str, str]:
    """Return the checksums of the packaged figures."""
    return {f"data/{path.name}": sha256(path) for path in sorted((PACKAGE / "data").glob("*.csv"))}


def output_checksums(folder: Path) -> dict[str, str]:
    """Return the checksums of all files of an experiment folder but its manifest and what is hidden."""
    return {name: sha256(folder / name) for name in files(folder) if name != MANIFEST}


def derived_checksums(folder: Path) -> dict[str, str]:
    """Return the checksums of what was drawn from the tables of a folder."""
    return {name: sha256(folder / name) for name in files(folder) if is_derived(name)}


def is_derived(name: str) -> bool:
    """Tell whether a file of a folder is drawn from its tables."""
    return DERIVED.fullmatch(name) is not None


def note_outputs(folder: Path) -> None:
    """Bring the checksums of a finished folder up to date after something was drawn or written anew from its tables.

    Tables must not have changed since; a folder that is still being written has no checksums yet and gets none.

    Raises:
        OSError: if the manifest cannot be written; the old one is there still.
    """
    lock = Lock(folder / ".lock")
    if lock.path.exists():  # of a sweep, which notes everything itself when it ends
        try:
            lock.take()
        except InputError:
            return
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["outputs"]:
            manifest["outputs"] = dict(sorted({**manifest["outputs"], **derived_checksums(folder)}.items()))
            save(folder, manifest)
    finally:
        lock.release()


def save(folder: Path, manifest: dict[str, Any]) -> None:
    """Write the manifest of a folder, whole or not at all.

    Raises:
        OSError: if it cannot be written; the old one is there still.
    """
    write_text(folder / MANIFEST, json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
