"""ftz_sim: a policy-scenario laboratory for pilot free trade zones and new quality productive forces.

>>> import ftz_sim as ftz
>>> result = ftz.compare(["single_ftz", "cross_zone", "ftz_fta"], reps=50)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.2.0"

if TYPE_CHECKING:
    from ftz_sim.analysis.attribute import attribute
    from ftz_sim.analysis.compare import compare
    from ftz_sim.analysis.replay import replay, verify
    from ftz_sim.errors import InputError
    from ftz_sim.runs.agents import Firm, Partner, Region, Zone
    from ftz_sim.runs.model import FtzModel
    from ftz_sim.runs.run import run
    from ftz_sim.runs.sweep import sweep
    from ftz_sim.runs.sweep_tables import load_sweep
    from ftz_sim.scenario.scenario import Scenario

_HOMES = {
    "Scenario": "scenario.scenario",
    "FtzModel": "runs.model",
    "Region": "runs.agents",
    "Zone": "runs.agents",
    "Partner": "runs.agents",
    "Firm": "runs.agents",
    "InputError": "errors",
    "run": "runs.run",
    "compare": "analysis.compare",
    "attribute": "analysis.attribute",
    "sweep": "runs.sweep",
    "load_sweep": "runs.sweep_tables",
    "replay": "analysis.replay",
    "verify": "analysis.replay",
}

__all__ = [
    "Firm",
    "FtzModel",
    "InputError",
    "Partner",
    "Region",
    "Scenario",
    "Zone",
    "attribute",
    "compare",
    "load_sweep",
    "replay",
    "run",
    "sweep",
    "verify",
]


def __getattr__(name: str) -> Any:
    # Public names are imported when first used: mesa and pandas are slow to load, and ``ftz --help`` needs neither.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
