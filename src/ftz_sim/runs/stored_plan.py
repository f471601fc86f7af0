"""The plan of a stored sweep, made again from its manifest and the resolved scenarios that lie beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ftz_sim.errors import InputError
from ftz_sim.results.manifest import MANIFEST
from ftz_sim.runs.sweep_file import NAMED, Plan, points_of
from ftz_sim.runs.sweep_record import CARD, SweepRecord, word_of
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.scenario.yaml_reader import read_text


def stored_plan(folder: Path, manifest: dict[str, Any]) -> Plan:
    """Return what a sweep's folder was to hold: its scenarios, and the points of its design.

    Raises:
        InputError: if the manifest has no plan of a sweep, or the scenarios cannot be read.
    """
    specs = tuple(Scenario.load(folder / "scenarios" / f"{name}.yaml") for name in manifest["scenarios"])
    try:
        text = json.dumps(_as_written(manifest["plan"]), ensure_ascii=False)
        document = read_text(text, f"{folder / MANIFEST}: plan")
        record = SweepRecord.model_validate(document.plain(), strict=True)
    except (ValidationError, LookupError, TypeError, AttributeError):
        raise InputError("foreign_manifest", path=folder / MANIFEST, where="plan") from None
    return Plan(record, text, specs, points_of(record, specs, document))


def _as_written(plan: dict[str, Any]) -> dict[str, Any]:
    """Return what a file would say: without what it left out, and with the words that stand for ranges of cards."""
    design = {key: value for key, value in plan["design"].items() if value not in (None, [])}
    if design["method"] in NAMED:
        design.pop("samples", None)
    ranges = plan["uncertainties"]
    given = word_of(ranges) or {name: each or CARD for name, each in ranges.items()}
    return {**plan, "design": design, "uncertainties": given}
