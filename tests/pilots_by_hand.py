"""How far a rule is proved, read once more from the docstring of `pilots`, zone by zone."""

from __future__ import annotations

import math


def piloted(model, lever) -> float:
    """Return the pilot of a lever [R] in a model, kind of place by kind of place."""
    zones, p, proved = model.zones, model.params.policy, 0.0
    for kind, weight in zip(((0, 3), (1,), (2,)), p.pilot_kinds, strict=True):  # islands count as coast
        untried, best = 1.0, 0.0
        for z, r in enumerate(zones.region):
            if zones.category[z] in kind:
                tried = lever[r] * sum(model.regions.pilot_evidence[r])
                untried, best = untried * (1 - tried), max(best, tried)
        proved += weight * ((1 - p.pilot_likeness) * (1 - untried) + p.pilot_likeness * best)
    return proved


def shown(model, z: int, value_added: float) -> float:
    """Return what a trial in zone ``z`` can show, with so much value added."""
    enough = model.params.policy.pilot_evidence * model.nation.gdp
    return model.regions.zone_open[model.zones.region[z]] * (1 - math.exp(-value_added / enough))
