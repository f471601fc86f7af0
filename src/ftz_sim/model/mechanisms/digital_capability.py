"""Digital capability: data, compute and algorithms grow; the scarcest of the three binds.

One quarter (dt = 0.25 years), for each input x of province r, from t = 1 on:

    x' = x + (1 - exp(-v_x dt)) (1 - x)
    v_data       = growth_data       + gain_data       reach(data_flow_opening) + platform_gain S
    v_compute,r  = growth_compute    + gain_compute    compute_network_r
    v_algorithms = growth_algorithms + gain_algorithms reach(ai_plus)
    reach(x)     = sum_r Y_r [zs_r x_r + (1 - zs_r) national_reach ad_r pilot(x)] / sum_r Y_r
    S            = sum_r Y_r data_sharing_platform_r cd_r / sum_r Y_r

    DCA_r = 3 / (1/data* + 1/compute_r + 1/algorithms*), each input at least input_floor
    data*       = data [1 - breach_severity data_risk_loss reach(data_flow_opening)]
    algorithms* = algorithms [1 - algorithm_severity algorithm_exposure]

    data, compute_r, algorithms   inputs; data and algorithms are national      [0 to 1]
    growth, gain                  speed without policy; added by a full lever   [1/yr]
    pilot(x)                      how far zones have proved a lever, see `pilots` [0 to 1]
    zs_r, ad_r                    value added of the open zone area over the province's; part of the approved
                                  reforms that is at work                       [share]
    cd_r                          coordination degree                           [0 to 1]
    Y_r                           GDP of the last quarter                       [bn yuan]
    breach, algorithm severity    data breach, denial of algorithms             [0 to 1]
    DCA_r                         digital capability, harmonic mean             [0 to 1]

Economic logic: a rule for data or AI holds in the zone that has it, by the weight of the zone in the nation; elsewhere
only as far as it is proved, copied and of use. Capability lowers what firms pay to digitise (`digital_adoption`) and is
a factor of climbing (`industrial_upgrading`); by itself it adds nothing to output. Decisive parameter: national_reach.
It would be falsified by firms outside zones that use data and AI as those inside do before rules are copied.

Inputs stand still in quarter 0. Opening data flows also opens them to a breach. Switched off, the inputs and the
capability of 2013 stay.

Claims:  M-DCA, M-EWC, M-ALG, M-ALGRD, M-DATA, M-DATAM, M-DATAX, M-TEL, M-DPORT, M-DRISK, M-INFRA, M-AI,
         M-DTRADE, M-INDNET
Reads:   regions.pilot_evidence, gdp, zone_share, adoption_share, coordination_degree; nation.algorithm_severity,
         breach_severity; levers.data_flow_opening, compute_network, ai_plus, data_sharing_platform
Writes:  regions.compute, digital_capability; nation.data, algorithms
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import dot, national
from ftz_sim.model.columns import Array, Column
from ftz_sim.model.maths import share_closed
from ftz_sim.model.params import Params, constant, param
from ftz_sim.model.pilots import pilot, reach

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-DCA: +digital_intensity"


class DigitalCapability(Params):
    """Keys a scenario may set under ``digital_capability:``."""

    initial_data: float = param(0.20, "data within reach in 2013", unit="share", low=0.15, high=0.35, positive=True)
    initial_algorithms: float = param(
        0.20, "mastery of algorithms in 2013", unit="share", low=0.15, high=0.35, positive=True
    )
    growth: tuple[float, float, float] = param(
        (0.016, 0.028, 0.016),
        "speed of data, compute, algorithms without policy",
        unit="1/yr",
        low=(0.008, 0.014, 0.008),
        high=(0.032, 0.056, 0.032),
    )
    gain: tuple[float, float, float] = param(
        (0.024, 0.016, 0.008),
        "speed that data opening, compute network, AI+ add",
        unit="1/yr",
        low=(-0.012, -0.008, -0.004),
        high=(0.048, 0.032, 0.016),
    )
    national_reach: float = param(
        0.3, "part of zones' rules for data and AI that the rest of the nation can use", unit="share", low=0.0, high=1.0
    )
    platform_gain: float = param(
        0.012, "speed that a data platform of coordinated zones adds", unit="1/yr", low=-0.006, high=0.03
    )
    data_risk_loss: float = param(0.3, "data lost in a full breach under full opening", unit="share", low=0, high=0.6)
    algorithm_exposure: float = constant(0.6, "algorithms lost when they are wholly denied", unit="share")
    input_floor: float = constant(0.02, "smallest input", unit="share", positive=True)


class Inputs(NamedTuple):
    """The three inputs of digital capability, 0 to 1."""

    data: float
    compute: Column  # [R]
    algorithms: float


def by_gdp(of_places: Column, gdp: Column) -> float:
    """Return the mean over provinces by GDP, both [R]."""
    return dot(of_places, gdp) / national(gdp)


def update(
    inputs: Inputs,
    data_opening: float,
    data_shared: float,
    compute_network: Array,
    ai_plus: float,
    p: DigitalCapability,
    dt: float,
    moves: bool = True,
) -> Inputs:
    """Return the three inputs after ``dt`` years; they stand still while they do not move.

    Args:
        inputs: data, compute [R], algorithms now.
        data_opening: reach of the lever [0 to 1].
        data_shared: data platforms at work, mean over GDP [0 to 1].
        compute_network: lever by province [0 to 1, R].
        ai_plus: reach of the lever [0 to 1].
        p: parameters.
        dt: length of the quarter [yr].
        moves: False in quarter 0.
    """
    if not moves:
        return inputs
    data = p.growth[0] + p.gain[0] * data_opening + p.platform_gain * data_shared
    compute = p.growth[1] + p.gain[1] * compute_network
    algorithms = p.growth[2] + p.gain[2] * ai_plus
    return Inputs(
        data=inputs.data + share_closed(data, dt) * (1 - inputs.data),
        compute=inputs.compute + share_closed(compute, dt) * (1 - inputs.compute),
        algorithms=inputs.algorithms + share_closed(algorithms, dt) * (1 - inputs.algorithms),
    )


def capability(
    inputs: Inputs, data_opening: float, breach_severity: float, algorithm_severity: float, p: DigitalCapability
) -> Column:
    """Return digital capability [R], the harmonic mean of what is left of the inputs after shocks [0 to 1]."""
    data = inputs.data * (1 - breach_severity * p.data_risk_loss * data_opening)
    algorithms = inputs.algorithms * (1 - algorithm_severity * p.algorithm_exposure)
    data, algorithms = np.maximum(data, p.input_floor), np.maximum(algorithms, p.input_floor)
    return 3 / (1 / data + 1 / np.maximum(inputs.compute, p.input_floor) + 1 / algorithms)


def step(model: World, p: DigitalCapability) -> None:
    """Wire `update` and `capability` to the nation and the provinces."""
    nation, regions, levers = model.nation, model.regions, model.levers
    pilots, copied = model.params.policy, p.national_reach * regions.adoption_share
    opening, ai_plus = (
        by_gdp(reach(regions.zone_share, lever, copied * pilot(lever, regions.pilot_evidence, pilots)), regions.gdp)
        for lever in (levers.data_flow_opening, levers.ai_plus)
    )
    shared = by_gdp(levers.data_sharing_platform * regions.coordination_degree, regions.gdp)
    now = Inputs(nation.data, regions.compute, nation.algorithms)
    inputs = update(now, opening, shared, levers.compute_network, ai_plus, p, model.dt, model.clock.index > 0)
    nation.data, regions.compute, nation.algorithms = inputs
    regions.digital_capability = capability(inputs, opening, nation.breach_severity, nation.algorithm_severity, p)
