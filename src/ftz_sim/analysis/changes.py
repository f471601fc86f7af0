"""What is not as it was when the runs of a folder were made: model, packages, Python, machine, figures, processor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ftz_sim.results.manifest import data_checksums, environments, model_version, surroundings
from ftz_sim.results.processor import processor

if TYPE_CHECKING:
    import pandas as pd

COMPARED = ("python", "machine", "platform", "processor")  # beside the model and the packages
MACHINE = ("machine", "platform", "processor")  # what another processor may bring along
UNKNOWN = "?"  # the processor of older folders


class Change(NamedTuple):
    """Something that is not as it was when a folder was made."""

    what: str
    then: str
    now: str


def changes_since(manifest: dict[str, Any]) -> list[Change]:
    """Return what is not as it was when the folder was made."""
    now, then = surroundings(), environments(manifest)
    pairs = [("model", [each.get("model") or each["version"] for each in then], model_version())]
    pairs += [(name, [each.get(name, UNKNOWN) for each in then], now[name]) for name in COMPARED]
    packages = [each.get("packages") or {} for each in then]
    pairs += [
        (name, [each[name] for each in packages if name in each], version) for name, version in now["packages"].items()
    ]
    pairs += [(name, [manifest["inputs"].get(name, "")[:8]], sha[:8]) for name, sha in data_checksums().items()]
    others = [(what, [str(one) for one in dict.fromkeys(had) if one != today], today) for what, had, today in pairs]
    return [Change(what, ", ".join(had), str(today)) for what, had, today in others if had]


def elsewhere(run: pd.Series[Any]) -> Change | None:
    """Return the processors of a run, then and now; None if they are the same."""
    then, now = str(run["processor"]) or UNKNOWN, processor()
    return None if then == now else Change("processor", then, now)
