"""The manifest of a design: written before the first run, and brought up to date when the answer is there."""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ftz_sim.design.problem import Problem
from ftz_sim.errors import InputError
from ftz_sim.results.files import files, write_text, writing
from ftz_sim.results.manifest import MANIFEST, data_checksums, model_version, output_checksums, save, surroundings
from ftz_sim.results.place import check_store
from ftz_sim.scenario import evidence
from ftz_sim.scenario.scenario import Scenario

KIND = "design"
FILE = "design.yaml"
SCENARIOS = "scenarios"


def check_folder(folder: Path, problem: Problem) -> None:
    """Make sure that a folder is free, or holds an archive whose runs this problem can use.

    Raises:
        InputError: if it does not.
    """
    stored = check_store(folder, KIND)
    if stored is None:
        return
    if stored["model"] != model_version():
        raise InputError("another_model", folder=folder, stored=stored["model"], now=model_version())
    if stored["factors"] != list(problem.columns):
        raise InputError("another_design", folder=folder)


class DesignManifest:
    """What made a design."""

    def __init__(self, folder: Path, problem: Problem, command: str) -> None:
        """Write what is known before the first run; of an earlier answer nothing is left but the archive."""
        self.folder, self.clock = folder, time.perf_counter()
        texts = {FILE: problem.text, f"{SCENARIOS}/{problem.start.name}.yaml": problem.start.dump()}
        digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
        self.content: dict[str, Any] = {
            "kind": KIND,
            "state": "unfinished",
            "command": command,
            "seed": problem.record.seed,
            "reference": problem.start.name,
            "factors": list(problem.columns),
            "plan": problem.record.model_dump(mode="json", by_alias=True),
            **surroundings(),
            "started": datetime.now(UTC).isoformat(timespec="seconds"),
            "inputs": {**data_checksums(), **digests},
            "outputs": {},
        }
        with writing(folder):
            self._forget()
            save(folder, self.content)
            for name, text in texts.items():
                write_text(folder / name, text)

    def _forget(self) -> None:
        for name in list(files(self.folder)):
            if name != MANIFEST and ".parquet/" not in name:
                (self.folder / name).unlink()

    def scenario(self, spec: Scenario) -> None:
        """Keep a package as a scenario that can be run as it stands."""
        with writing(self.folder):
            write_text(self.folder / SCENARIOS / f"{spec.name}.yaml", spec.dump())
        self.content.setdefault("outside_evidence", {})[spec.name] = evidence.as_json(spec)

    def finish(self, said: dict[str, Any]) -> None:
        """Note the answer and the checksums of all files."""
        self.content |= {**said, "state": "done", "seconds": {"all": round(time.perf_counter() - self.clock, 3)}}
        with writing(self.folder):
            self.content["outputs"] = output_checksums(self.folder)
            save(self.folder, self.content)
