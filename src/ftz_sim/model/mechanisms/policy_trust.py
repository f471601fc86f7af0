"""Policy trust: investors remember broken promises and quiet years, and count on openness as far as they trust it.

One quarter (dt = 0.25 years):

    E'       = E exp(-forget dt) + alarm (1 + broken c) dt [a list has grown in this quarter]
    M'       = M exp(-forget dt) + dt                      E = prior_hazard M and M = prior_years in 2013
    hazard   = (regime_hazard + E'/M') [1 - c min(1, credibility + credibility_law law)]
    discount = hazard / (hazard + horizon)

    E, M      reversals and years of experience as they are remembered            [events, yr]
    c         commitment: 0 none, 1/2 standstill, 1 ratchet                        [0 to 1]
    law       progress of the national zone law                                    [0 to 1]
    hazard    with which openness is taken back, as who sinks capital sees it      [1/yr]
    discount  part of the worth of openness that this risk takes                   [share]
    horizon   interest and depreciation: how far ahead an investor looks           [1/yr]

Economic logic: capital that is sunk for years is worth what openness pays until it is taken back; if that happens
with a constant hazard, the present value falls by hazard / (hazard + horizon). The hazard is the mean of a gamma
belief: quiet years lower it slowly, one relisting raises it at once, and more so against a promise. Nothing
disproves regime_hazard, another law or a security review. Decisive parameter: credibility, what a promise is worth
before it is tested; where it is 0 a ratchet acts only by keeping lists from growing. It would be falsified by FDI
that answers to the length of lists alone, whatever has happened to them before.

A commitment does not change what is remembered, so a promise that is withdrawn leaves no trace but what happens
then. Off means that nobody fears for openness: hazard and discount are 0.

Claims:  M-RAT, M-STD, M-DYN, M-LAW, M-TRANSP
Reads:   nation.relisted, law; levers.ratchet_commitment
Writes:  nation.reversals, quiet_years, reversal_hazard, reversal_discount
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.params import Params, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-RAT M-STD: -fdi"


class PolicyTrust(Params):
    """Keys a scenario may set under ``policy_trust:``."""

    prior_hazard: float = param(
        0.10,
        "reversals that investors of 2013 expect, beside those of the regime",
        unit="1/yr",
        low=0.02,
        high=0.20,
        source="handley2017",
    )
    regime_hazard: float = param(0.04, "reversals that quiet years do not disprove", unit="1/yr", low=0.0, high=0.10)
    prior_years: float = param(
        10.0, "years of experience that this belief of 2013 weighs", unit="yr", low=5.0, high=20.0, positive=True
    )
    forget: float = param(0.07, "speed at which experience is forgotten", unit="1/yr", low=0.03, high=0.15)
    alarm: float = param(1.0, "reversals that a year of relisting counts for", unit="1/yr", low=0.0, high=2.0)
    broken: float = param(1.0, "added weight of relisting against a full promise", unit="1", low=0.0, high=3.0)
    credibility: float = param(
        0.35, "part of the hazard that a full promise removes without a law", unit="share", low=0.0, high=0.6
    )
    credibility_law: float = param(
        0.40, "part that it removes on top under a full zone law", unit="share", low=0.0, high=0.4
    )
    horizon: float = param(
        0.18, "interest and depreciation of sunk capital", unit="1/yr", low=0.12, high=0.25, positive=True
    )


class Trust(NamedTuple):
    """What investors believe of openness."""

    reversals: float  # events
    years: float  # yr
    hazard: float  # 1/yr
    discount: float  # share


def update(
    reversals: float, years: float, relisted: float, commitment: float, law: float, p: PolicyTrust, dt: float
) -> Trust:
    """Return what investors believe after ``dt`` years in which lists grew (``relisted`` 1) or did not (0)."""
    kept = np.exp(-p.forget * dt)
    reversals = reversals * kept + p.alarm * (1 + p.broken * commitment) * dt * relisted
    years = years * kept + dt
    believed = 1 - commitment * np.minimum(p.credibility + p.credibility_law * law, 1.0)
    hazard = (p.regime_hazard + reversals / years) * believed
    return Trust(reversals, years, hazard, hazard / (hazard + p.horizon))


def step(model: World, p: PolicyTrust) -> None:
    """Wire `update` to the nation."""
    nation = model.nation
    nation.reversals, nation.quiet_years, nation.reversal_hazard, nation.reversal_discount = update(
        nation.reversals,
        nation.quiet_years,
        nation.relisted,
        model.levers.ratchet_commitment,
        nation.law,
        p,
        model.dt,
    )
