"""What made an experiment: versions, platform, command, seed, timings and checksums."""

from __future__ import annotations

import hashlib
import platform
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import ftz_sim

PACKAGES = "joblib matplotlib mesa numpy pandas pyarrow pydantic rich ruamel.yaml scipy typer".split()
PACKAGE = Path(ftz_sim.__file__).parent
MANIFEST = "manifest.json"


def surroundings() -> dict[str, Any]:
    """Return what a run depends on beside its scenario and seed."""
    return {
        "version": ftz_sim.__version__,
        "git_commit": git_commit(),
        "python": sys.version.split()[0],
        "packages": {name: _version(name) for name in PACKAGES},
        "platform": platform.platform(),
        "machine": platform.machine(),
    }


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
    """Return the checksums of all files of an experiment folder but its manifest."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): sha256(path) for path in files}


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
