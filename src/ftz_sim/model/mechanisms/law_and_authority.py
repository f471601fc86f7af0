"""Law and authority: a national zone law builds up and lets zones touch central powers.

One quarter (dt = 0.25 years):

    law' = law + (1 - exp(-pace * M * dt)) * (1 - law)

    law      progress of the national zone law               [index, 0 to 1]
    pace     pace of legislation under a full mandate        [1/yr]
    M        pilot of the mandate, see `pilots`              [0 to 1]

Without an open zone nothing moves.

Claims:  M-LAW, M-AUTH, M-DELEG, M-ADMIN, M-REL
Reads:   regions.pilot_evidence; levers.legal_mandate
Writes:  nation.law
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ftz_sim.model.maths import share_closed
from ftz_sim.model.params import Params, param
from ftz_sim.model.pilots import pilot

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-LAW M-AUTH: +effective_openness"


class LawAndAuthority(Params):
    """Keys a scenario may set under ``law_and_authority:``."""

    pace: float = param(0.08, "pace of zone legislation", unit="1/yr", low=0.02, high=0.16)


def update(law: float, mandate: float, p: LawAndAuthority, dt: float) -> float:
    """Return the progress of the law [index] after ``dt`` years under ``mandate`` [0 to 1]."""
    return law + share_closed(p.pace * mandate, dt) * (1 - law)


def step(model: World, p: LawAndAuthority) -> None:
    """Wire `update` to the nation."""
    mandate = pilot(model.levers.legal_mandate, model.regions.pilot_evidence, model.params.policy)
    model.nation.law = update(model.nation.law, mandate, p, model.dt)
