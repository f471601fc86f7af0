"""Technology dependence: foreign varieties give way to home ones of the same worth, faster under own effort.

One quarter (dt = 0.25 years), field f of tier k:

    effort = pilot(choke_point_research) + sum_r Y_r J_r cd_r / sum_r Y_r
    rate_f = catching_up g_f [y < catching_up_years] + decline [k > 0] (1 + effort_gain effort)
    d_f'   = d_f exp(-dt rate_f)

    d_f       weight of foreign varieties in use, 2013 = 1                          [1]
    g_f       part of goods in the field                                            [share]
    y         years since 2013                                                      [yr]
    J, cd, Y  lever joint_innovation, coordination degree [0 to 1], GDP [bn yuan/quarter] of the province

How much is imported in 2013 is data, by field; what replaces it is made by home firms and worth the same, so the
nation gains nothing by it until an embargo takes what is still foreign: `markets` then finds what users lose.

Economic logic: dependence is a risk and no cost; own effort is an insurance whose worth shows in an embargo.
Decisive parameter: decline. It would be falsified by import shares of core technology that rise.

Off: weights of 2013.

Claims:  M-NECK, M-SAFE
Reads:   regions.pilot_evidence, gdp, coordination_degree; levers.choke_point_research, joint_innovation; base.world
Writes:  nation.dependence
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ftz_sim.model.axes import national
from ftz_sim.model.columns import TIER_OF_FIELD
from ftz_sim.model.levers import Column
from ftz_sim.model.maths import ratio
from ftz_sim.model.params import Params, constant, param
from ftz_sim.model.pilots import pilot

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-NECK: -dependence"

IS_NEW = (TIER_OF_FIELD > 0).astype(float)  # [F]


class TechnologyDependence(Params):
    """Keys a scenario may set under ``technology_dependence:``."""

    catching_up: float = param(
        0.025,
        "decline of the weight of foreign goods",
        unit="1/yr",
        low=0.0,
        high=0.04,
        grade="C",
        source="kee2016",
    )
    decline: float = param(
        0.024, "further decline in strategic-emerging and future fields", unit="1/yr", low=0.0, high=0.06
    )
    effort_gain: float = param(0.3, "faster decline under full effort", unit="1", low=-0.15, high=0.6)
    catching_up_years: float = constant(16.0, "years over which goods catch up", unit="yr", positive=True)


def effort(choke_point: float, joint_innovation: Column, coordination: Column, gdp: Column) -> float:
    """Return own effort [0 to 2]: research on choke points, and joint innovation averaged over GDP [R]."""
    return choke_point + ratio(national(joint_innovation * coordination * gdp), national(gdp))


def update(weight: Column, goods: Column, years: float, effort: float, p: TechnologyDependence, dt: float) -> Column:
    """Return the weight of foreign varieties [F] after ``dt`` years, from the part of ``goods`` in fields [F]."""
    core = p.decline * (1 + p.effort_gain * effort)
    rate = p.catching_up * (years < p.catching_up_years) * goods + np.multiply.outer(IS_NEW, core)
    return weight * np.exp(rate * -dt)


def step(model: World, p: TechnologyDependence) -> None:
    """Wire `update` to the nation."""
    regions, nation, levers = model.regions, model.nation, model.levers
    pull = effort(
        pilot(levers.choke_point_research, regions.pilot_evidence, model.params.policy),
        levers.joint_innovation,
        regions.coordination_degree,
        regions.gdp,
    )
    nation.dependence = update(nation.dependence, model.base.world.goods, model.clock.years, pull, p, model.dt)
