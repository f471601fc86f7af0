"""The manifest of a sweep: written before the first run, and brought up to date when the sweep ends or stops."""

from __future__ import annotations

import hashlib
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from ftz_sim.errors import StoreError
from ftz_sim.results.files import files, write_text, writing
from ftz_sim.results.manifest import data_checksums, derived_checksums, save, sha256, surroundings
from ftz_sim.results.parts import committed
from ftz_sim.results.store import SET_ASIDE
from ftz_sim.runs.ledger import Ledger
from ftz_sim.runs.sweep_file import Plan
from ftz_sim.scenario import evidence

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
        self.texts = list(texts)
        self._save()
        with writing(folder):
            for name, text in texts.items():
                write_text(folder / name, text)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        there, failed = self.ledger.finished, self.ledger.failed
        missing = len(self.ledger.done) - there
        self.content["runs"] = {"done": there - failed, "failed": failed, "missing": missing}
        self.content["seconds"] = {"all": round(time.perf_counter() - self.clock, 3)}
        if not missing:
            with writing(self.folder):
                self.content |= {"state": DONE, "outputs": self._outputs()}
        with suppress(*([StoreError] if kind else [])):  # that the disk is full was said already
            self._save()

    def _outputs(self) -> dict[str, str]:
        """Return the checksums of what is the sweep's; other files that lie there are none of it."""
        aside = [name for name in files(self.folder) if name.startswith(f"{SET_ASIDE}/")]
        own = {name: sha256(self.folder / name) for name in [*self.texts, *committed(self.folder), *aside]}
        return dict(sorted({**own, **derived_checksums(self.folder)}.items()))

    def _save(self) -> None:
        with writing(self.folder):
            save(self.folder, self.content)


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """Return what the sweep file said, as the manifest keeps it."""
    found: dict[str, Any] = plan.record.model_dump(mode="json")
    return found
