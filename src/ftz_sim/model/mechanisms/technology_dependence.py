"""Technology dependence: the foreign share of core technology falls with own effort; an embargo costs output.

One quarter (dt = 0.25 years), tiers k = 1, 2 (strategic-emerging, future); tier 0 keeps its share:

    effort = pilot(choke_point_research) + sum_r Y_r J_r cd_r / sum_r Y_r
    dep_k' = dep_k exp(-dt decline (1 + effort_gain effort))
    loss_k = loss severity_k dep_k'                                     (all tiers)

    dep       foreign share of core technology                          [0 to 1]
    severity  severity of a technology embargo, 0 without a shock       [0 to 1]
    loss_k    loss of output                                            [log]
    J, cd, Y  lever joint_innovation, coordination degree [0 to 1], GDP [bn yuan/quarter] of the province

Without severity the loss is 0. Off: no loss, shares as at the start.

Claims:  M-NECK, M-SAFE
Reads:   regions.pilot_weight, gdp, coordination_degree; nation.technology_severity;
         levers.choke_point_research, joint_innovation
Writes:  nation.dependence, dependence_loss
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import dot, national, outer
from ftz_sim.model.levers import Column
from ftz_sim.model.maths import ratio
from ftz_sim.model.params import Params, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CATCHING_UP = np.array([0.0, 1.0, 1.0])  # tiers whose share falls


class TechnologyDependence(Params):
    """Keys a scenario may set under ``technology_dependence:``."""

    initial_share: tuple[float, float, float] = param(
        (0.05, 0.35, 0.45),
        "foreign share of core technology in 2013, by tier",
        unit="share",
        low=(0.025, 0.175, 0.225),
        high=(0.075, 0.525, 0.675),
    )
    decline: float = param(0.024, "decline of the foreign share", unit="1/yr", low=0.0, high=0.06)
    effort_gain: float = param(0.3, "faster decline under full effort", unit="1", low=-0.15, high=0.6)
    loss: float = param(0.35, "loss of output under a full embargo of all technology", unit="log", low=0.1, high=0.6)


class Dependence(NamedTuple):
    """Foreign share of core technology and loss of output by tier [K]."""

    share: Column
    loss: Column


def effort(choke_point: float, joint_innovation: Column, coordination: Column, gdp: Column) -> float:
    """Return own effort [0 to 2]: research on choke points, and joint innovation averaged over GDP [R]."""
    return choke_point + ratio(national(joint_innovation * coordination * gdp), national(gdp))


def update(share: Column, severity: Column, effort: float, p: TechnologyDependence, dt: float) -> Dependence:
    """Return dependence and the loss from an embargo of ``severity`` [K] after ``dt`` years."""
    share = share * np.exp(outer(CATCHING_UP, -dt * p.decline * (1 + p.effort_gain * effort)))
    return Dependence(share, p.loss * severity * share)


def step(model: World, p: TechnologyDependence) -> None:
    """Wire `update` to the nation."""
    regions, nation, levers = model.regions, model.nation, model.levers
    pull = effort(
        dot(levers.choke_point_research, regions.pilot_weight),
        levers.joint_innovation,
        regions.coordination_degree,
        regions.gdp,
    )
    nation.dependence, nation.dependence_loss = update(nation.dependence, nation.technology_severity, pull, p, model.dt)
