"""Institutional innovation: zones create reforms; blame holds them back; ideas are fished out.

One quarter (dt = 0.25 years), for every zone z in province r:

    created = dt * creation_rate * inn_z * (base_capacity + capacity_slope * Q0_r)
              * [1 - blame_loss * (1 - ft_z)] * [1 + digital_regulator * (D_r - D)]
              * [1 - yardstick_loss * cd_r] * exp(-approved / scale)
    scale   = idea_stock * [1 + new_subject_gain * (law + readiness)]
    high    = min(high_value_ceiling, high_value_share + high_value_gain * ir_z * (law_offset + law))

    created    reforms a zone creates in the quarter                        [items, >= 0]
    high       share of them that is of high value                          [share]
    inn_z      effort at institutional innovation, 0 unless the zone is open [0 to 1]
    ft_z       fault tolerance                                              [0 to 1]
    ir_z       integrated, whole-chain reform                               [0 to 1]
    Q0_r       business environment of 2013, the capacity to reform         [index, 0 to 1]
    D_r, D     digital intensity of the province; of the nation, by workers [0 to 1]
    cd_r       coordination degree: less rivalry between zones, less effort [0 to 1]
    approved   reforms already approved for the nation                      [items]
    scale      stock of ideas; law and rule piloting open new subjects      [items]
    law        progress of the national zone law                            [0 to 1]
    readiness  readiness for accession                                      [0 to 1]

Created items add to the zone's own and to the nation's stocks. Items are a proxy: they are counted results,
not homogeneous units of reform. Digital intensity, approvals, readiness and coordination are those of the
last quarter, law that of this one. Before the first opening every effort is 0 and nothing is created; off
means the same for ever.

Claims:  M-INN, M-HV, M-FT, M-INTEG, M-FORESIGHT, M-FRAG, M-GSERV, M-FEED, M-ZLAW, M-GOV
Reads:   regions.workers, digital_intensity, coordination_degree; nation.law, innovations_approved,
         accession_readiness; levers.institutional_innovation, integrated_reform, fault_tolerance;
         base.business_environment
Writes:  zones.innovations_created, own_high_value; nation.innovations_created, high_value_created
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.model.axes import dot, national
from ftz_sim.model.columns import Array, Column
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World


class InstitutionalInnovation(Params):
    """Keys a scenario may set under ``institutional_innovation:``."""

    creation_rate: float = param(
        18.5, "reforms a zone creates", unit="items/yr", low=12, high=26, grade="C", source="calibrated"
    )
    idea_stock: float = param(
        95, "stock of ideas", unit="items", low=60, high=200, grade="C", source="calibrated", positive=True
    )
    new_subject_gain: float = param(1, "new ideas per unit of law and readiness", unit="1", low=0, high=2)
    blame_loss: float = param(0.25, "creation lost to fear of blame", unit="share", low=-0.125, high=0.5)
    digital_regulator: float = param(
        0.15, "gain per unit of digital intensity above the nation", unit="1", low=0, high=0.3
    )
    # the direction, rivalry that spurs reform, is in xu2011; the size is assumed
    yardstick_loss: float = param(
        0.10, "creation lost when zones stop competing", unit="share", low=0, high=0.6, source="xu2011"
    )
    high_value_share: float = param(
        0.06, "share of high value without whole-chain reform", unit="share", low=0.02, high=0.2
    )
    high_value_gain: float = param(0.15, "gain from whole-chain reform", unit="share", low=0, high=0.3)
    base_capacity: float = constant(0.7, "capacity to reform in the poorest environment")
    capacity_slope: float = constant(0.6, "capacity per unit of the environment of 2013")
    law_offset: float = constant(0.3, "whole-chain reform that works without a law", unit="share")
    high_value_ceiling: float = constant(0.6, "ceiling of the share of high value", unit="share")


def relative_intensity(digital_intensity: Array, workers: Array) -> Column:
    """Return digital intensity [R] minus its mean over the nation's workers."""
    return digital_intensity - dot(digital_intensity, workers) / national(workers)


def ideas_left(approved: float, law: float, readiness: float, p: InstitutionalInnovation) -> float:
    """Return the share of ideas that is not fished out yet [0 to 1]."""
    scale = p.idea_stock * (1 + p.new_subject_gain * (law + readiness))
    return np.exp(-approved / scale)


def update(
    effort: Array,
    fault_tolerance: Array,
    environment: Array,
    digital_lead: Array,
    coordination: Array,
    ideas: float,
    p: InstitutionalInnovation,
    dt: float,
) -> Column:
    """Return the reforms created in ``dt`` years [items]; all arrays have one number per place.

    Args:
        effort: lever of institutional innovation [0 to 1].
        fault_tolerance: lever [0 to 1].
        environment: business environment of 2013 [0 to 1].
        digital_lead: digital intensity above the nation's mean.
        coordination: coordination degree [0 to 1].
        ideas: share of ideas not fished out [0 to 1].
        p: parameters.
        dt: length of the quarter [yr].
    """
    return (
        (dt * p.creation_rate * ideas)
        * effort
        * (p.base_capacity + p.capacity_slope * environment)
        * (1 - p.blame_loss * (1 - fault_tolerance))
        * (1 + p.digital_regulator * digital_lead)
        * (1 - p.yardstick_loss * coordination)
    )


def high_value(created: Array, integrated_reform: Array, law: float, p: InstitutionalInnovation) -> Column:
    """Return how many of the ``created`` reforms are of high value [items]."""
    gain = p.high_value_gain * (p.law_offset + law)
    return created * np.minimum(p.high_value_ceiling, p.high_value_share + gain * integrated_reform)


def accumulate(stock: Any, flow: Any) -> Any:
    """Return a stock at the end of the quarter [items]."""
    return stock + flow


def step(model: World, p: InstitutionalInnovation) -> None:
    """Wire the functions to the zones and the nation; what provinces without a zone have is 0."""
    levers, regions, zones, nation = model.levers, model.regions, model.zones, model.nation
    created = update(
        levers.institutional_innovation,
        levers.fault_tolerance,
        model.base.business_environment,
        relative_intensity(regions.digital_intensity, regions.workers),
        regions.coordination_degree,
        ideas_left(nation.innovations_approved, nation.law, nation.accession_readiness, p),
        p,
        model.dt,
    )
    valued = high_value(created, levers.integrated_reform, nation.law, p)
    zones.innovations_created = accumulate(zones.innovations_created, created[zones.region])
    zones.own_high_value = accumulate(zones.own_high_value, valued[zones.region])
    nation.innovations_created = accumulate(nation.innovations_created, national(created))
    nation.high_value_created = accumulate(nation.high_value_created, national(valued))
