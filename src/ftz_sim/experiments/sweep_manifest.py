"""The manifest of a sweep: written before the first run, and brought up to date when the sweep ends or stops."""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from ftz_sim import evidence
from ftz_sim.errors import StoreError, reason
from ftz_sim.experiments.ledger import Ledger
from ftz_sim.experiments.sweep_file import Plan
from ftz_sim.results.manifest import MANIFEST, data_checksums, output_checksums, surroundings

KIND = "sweep"
DONE, UNFINISHED = "done", "unfinished"


class SweepManifest:
    """What made a sweep, and how far it got; a context, whose end brings it up to date."""

    def __init__(self, folder: Path, plan: Plan, ledger: Ledger, command: str) -> None:
        """Write what is known before the first run: the manifest, the sweep file and the resolved scenarios."""
        self.folder, self.ledger, self.clock = folder, ledger, time.perf_counter()
        texts = {f"scenarios/{spec.name}.yaml": spec.dump() for spec in plan.specs} | {"sweep.yaml": plan.text}
        digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
        self.content: dict[str, Any] = {
            "kind": KIND,
            "state": UNFINISHED,
            "command": command,
            "seed": plan.record.seed,
            "reps": plan.record.replicates,
            "samples": plan.design.rows,
            "scenarios": [spec.name for spec in plan.specs],
            "factors": list(plan.factors),
            "tables": list(plan.record.tables),
            "plan": plan_as_json(plan),
            "runs": {},
            "outside_evidence": {spec.name: evidence.as_json(spec) for spec in plan.specs},
            **surroundings(),
            "started": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": {},
            "inputs": {**data_checksums(), **digests},
            "outputs": {},
        }
        self._save()
        for name, text in texts.items():
            _write(folder / name, text)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        there, failed = self.ledger.finished, self.ledger.failed
        missing = len(self.ledger.done) - there
        self.content["runs"] = {"done": there - failed, "failed": failed, "missing": missing}
        self.content["seconds"] = {"all": round(time.perf_counter() - self.clock, 3)}
        if not missing:
            self.content |= {"state": DONE, "outputs": output_checksums(self.folder)}
        with suppress(*([StoreError] if kind else [])):  # that the disk is full was said already
            self._save()

    def _save(self) -> None:
        _write(self.folder / MANIFEST, json.dumps(self.content, indent=2, ensure_ascii=False) + "\n")


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """Return what the sweep file said, as the manifest keeps it."""
    found: dict[str, Any] = plan.record.model_dump(mode="json")
    return found


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}")
    try:
        path.parent.mkdir(exist_ok=True)
        beside.write_bytes(text.encode())
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StoreError("folder_unwritable", folder=path, reason=reason(error)) from error
