"""The manifest of a sweep: written before the first run, and brought up to date when the sweep ends or stops."""

from __future__ import annotations

import hashlib
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from ftz_sim.errors import Both, Sentence, StoreError
from ftz_sim.results.files import files, write_text, writing
from ftz_sim.results.manifest import data_checksums, derived_checksums, save, sha256, surroundings
from ftz_sim.results.parts import committed
from ftz_sim.results.store import SET_ASIDE
from ftz_sim.runs.ledger import Ledger
from ftz_sim.runs.sweep_file import Plan
from ftz_sim.runs.sweep_record import word_of
from ftz_sim.scenario import evidence

KIND = "sweep"
ROUNDING = ("numpy", "scipy")  # packages that may give other last digits
DONE, UNFINISHED = "done", "unfinished"


class SweepManifest:
    """What made a sweep, and how far it got; a context, whose end brings it up to date."""

    def __init__(
        self, folder: Path, plan: Plan, ledger: Ledger, command: str, earlier: list[dict[str, Any]] | None = None
    ) -> None:
        """Write what is known before the first run: the manifest, the sweep file and the resolved scenarios.

        ``earlier`` are the surroundings of those who wrote runs to the folder before.
        """
        here, missing = surroundings(), not ledger.done.all()
        environments = list(earlier or [])
        if missing or not environments:  # else nothing is made here
            environments = [*(each for each in environments if each != here), here]
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
            "ranges": word_of(plan.record.uncertainties),
            "focus": plan.asked,
            "equal_cost": plan.costs,
            "runs": {},
            "outside_evidence": {spec.name: evidence.as_json(spec) for spec in plan.specs},
            **environments[-1],
            "environments": environments,
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
        own = {name: sha256(self.folder / name) for name in [*self.texts, *aside]}
        return dict(sorted({**own, **committed(self.folder), **derived_checksums(self.folder)}.items()))

    def _save(self) -> None:
        with writing(self.folder):
            save(self.folder, self.content)


def made_elsewhere(folder: Path, earlier: list[dict[str, Any]]) -> Sentence | None:
    """Return a warning if runs of a folder were made where last digits may be others."""
    deciding, here = [_deciding(each) for each in earlier], _deciding(surroundings())
    changes = [
        Sentence("then_now", what=what, then=", ".join(then), now=now)
        for what, now in here.items()
        if (then := list(dict.fromkeys(each[what] for each in deciding if each[what] != now)))
    ]
    told = [Both(each.say("en"), each.say("zh")) for each in changes]
    return Sentence("resumed_elsewhere", folder=folder, changes=told) if told else None


def _deciding(environment: dict[str, Any]) -> dict[str, str]:
    packages = environment.get("packages") or {}
    named = {"processor": environment.get("processor"), **{name: packages.get(name) for name in ROUNDING}}
    return {what: str(value or "?") for what, value in named.items()}


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """Return what the sweep file said, as the manifest keeps it."""
    found: dict[str, Any] = plan.record.model_dump(mode="json", by_alias=True)
    return found
