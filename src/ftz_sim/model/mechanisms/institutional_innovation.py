"""Institutional innovation: zones try ideas where these can be tried; the nation counts each idea once.

Every zone tries the ideas of its pools at its own rate; what one has proved the others need not prove again for the
nation. So effort in one more kind of place opens a new pool, and more effort in the same kind fishes the same one:
experiments are worth what they add, and a zone that does nothing takes nothing away.

Decisive parameter: trial_rate (with ideas it sets how fast the pools are fished out).
Falsifier: results approved for the nation keep their pace when only zones of one kind of place try, or grow in
proportion to the number of zones.

One quarter (dt = 0.25 years), for every zone z in province r and kind of place k (of z: 1 in its own, else 0):

    rate_zk = dt * trial_rate * ev_zk * inn_z * (base_capacity + capacity_slope * Q0_r)
              * [1 - blame_loss * (1 - ft_z)] * [1 + digital_regulator * (D_r - D)]
              * [1 - yardstick_loss * cd_r]
    left_j  = [pools_j * ideas * (1 + new_subject_gain * (law + readiness)) - used_j]+
    found_j = left_j * [1 - exp(-sum of the rates of the zones that may try j)];   used_j' = used_j + found_j
    own_z   = sum over the pools that z may try of left_j * [1 - exp(-rate_z)]
    high    = min(high_value_ceiling, high_value_share + high_value_gain * ir_z * (law_offset + law))

    rate       trials of an idea by a zone in the quarter                   [1]
    left, used ideas of pool j that nobody has proved yet; that are proved  [items]
    found      reforms new to the nation; own reforms that a zone proves    [items, >= 0]
    pools      common ideas; ideas of the coast, of the inland, of the border [share]
    high       share of a zone's reforms that is of high value; the nation's share is their mean [share]
    ev         what a trial there can show, see `pilots`; 0 without firms   [0 to 1]
    inn_z      effort at institutional innovation, 0 unless the zone is open [0 to 1]
    ft_z       fault tolerance                                              [0 to 1]
    ir_z       integrated, whole-chain reform                               [0 to 1]
    Q0_r       business environment of 2013, the capacity to reform         [index, 0 to 1]
    D_r, D     digital intensity of the province; of the nation, by workers [0 to 1]
    cd_r       coordination degree: less rivalry between zones, less effort [0 to 1]
    law        progress of the national zone law; it opens new subjects     [0 to 1]
    readiness  readiness for accession; piloted rules open new subjects     [0 to 1]

Found reforms add to the nation's stock, own ones to the zone's: two zones that prove the same idea at once both know
it. Items are a proxy: counted results, not homogeneous units of reform. Digital intensity, readiness and coordination
are those of the last quarter, law that of this one. Before the first opening nothing is tried; off means the same
for ever.

Claims:  M-INN, M-HV, M-FT, M-INTEG, M-FORESIGHT, M-FRAG, M-GSERV, M-FEED, M-ZLAW, M-GOV
Reads:   regions.pilot_evidence, workers, digital_intensity, coordination_degree; nation.law, accession_readiness,
         ideas_used; levers.institutional_innovation, integrated_reform, fault_tolerance;
         base.business_environment
Writes:  zones.innovations_created, own_high_value; nation.ideas_used, innovations_created, high_value_created
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ftz_sim.model.axes import dot, national
from ftz_sim.model.columns import Array, Column
from ftz_sim.model.maths import ratio
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-INN M-HV: +business_environment"


class InstitutionalInnovation(Params):
    """Keys a scenario may set under ``institutional_innovation:``."""

    trial_rate: float = param(
        0.109,
        "trials of an idea by a zone with full evidence",
        unit="1/yr",
        low=0,
        high=0.17,
        grade="C",
        source="calibrated",
    )
    ideas: float = param(
        353, "ideas that can be tried", unit="items", low=200, high=600, grade="C", source="calibrated", positive=True
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
    pools: tuple[float, float, float, float] = constant(
        (0.4, 0.3, 0.2, 0.1), "ideas that any zone can try; of the coast, of the inland, of the border", unit="share"
    )
    base_capacity: float = constant(0.7, "capacity to reform in the poorest environment")
    capacity_slope: float = constant(0.6, "capacity per unit of the environment of 2013")
    law_offset: float = constant(0.3, "whole-chain reform that works without a law", unit="share")
    high_value_ceiling: float = constant(0.6, "ceiling of the share of high value", unit="share")


class Found(NamedTuple):
    """What the trials of a quarter prove [items]."""

    own: Column  # [R] by the zone of each province
    national: Any  # new to the nation
    used: Column  # [pools] proved so far


def relative_intensity(digital_intensity: Array, workers: Array) -> Column:
    """Return digital intensity [R] minus its mean over the nation's workers."""
    return digital_intensity - dot(digital_intensity, workers) / national(workers)


def trials(
    effort: Array,
    fault_tolerance: Array,
    environment: Array,
    digital_lead: Array,
    coordination: Array,
    p: InstitutionalInnovation,
    dt: float,
) -> Column:
    """Return how often an idea is tried in ``dt`` years where evidence is full; one number per place.

    Args:
        effort: lever of institutional innovation [0 to 1].
        fault_tolerance: lever [0 to 1].
        environment: business environment of 2013 [0 to 1].
        digital_lead: digital intensity above the nation's mean.
        coordination: coordination degree [0 to 1].
        p: parameters.
        dt: length of the quarter [yr].
    """
    return (
        (dt * p.trial_rate)
        * effort
        * (p.base_capacity + p.capacity_slope * environment)
        * (1 - p.blame_loss * (1 - fault_tolerance))
        * (1 + p.digital_regulator * digital_lead)
        * (1 - p.yardstick_loss * coordination)
    )


def update(rates: Array, used: Column, law: float, readiness: float, p: InstitutionalInnovation) -> Found:
    """Return what trials prove.

    Args:
        rates: trials of an idea by the zone of each province, in the column of its kind of place [R, kinds].
        used: ideas proved so far [pools].
        law: progress of the zone law [0 to 1].
        readiness: for accession [0 to 1].
        p: parameters.
    """
    ideas = p.ideas * (1 + p.new_subject_gain * (law + readiness))
    stock = np.array([pool * ideas for pool in p.pools])
    left = np.maximum(stock - used, 0.0)
    by_kind = np.add.reduce(rates, axis=0)
    common = by_kind[0] + by_kind[1] + by_kind[2]
    found = left * -np.expm1(-np.stack([common, *by_kind]))
    own = -np.expm1(-rates) * (left[0] + left[1:])
    return Found(own[:, 0] + own[:, 1] + own[:, 2], found[0] + found[1] + found[2] + found[3], used + found)


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
    rate = trials(
        levers.institutional_innovation,
        levers.fault_tolerance,
        model.base.business_environment,
        relative_intensity(regions.digital_intensity, regions.workers),
        regions.coordination_degree,
        p,
        model.dt,
    )
    rates = rate[:, None] * regions.pilot_evidence
    found = update(rates, nation.ideas_used, nation.law, nation.accession_readiness, p)
    nation.ideas_used = found.used
    valued = high_value(found.own, levers.integrated_reform, nation.law, p)
    share = ratio(national(valued), national(found.own))
    zones.innovations_created = accumulate(zones.innovations_created, found.own[zones.region])
    zones.own_high_value = accumulate(zones.own_high_value, valued[zones.region])
    nation.innovations_created = accumulate(nation.innovations_created, found.national)
    nation.high_value_created = accumulate(nation.high_value_created, found.national * share)
