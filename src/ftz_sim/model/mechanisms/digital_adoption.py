"""Digital adoption: a firm digitises the tasks that gain it more in a few years than it pays for them.

One quarter (dt = 0.25 years), step(r) = 1 - exp(-r dt), logistic(x) = 1 / (1 + exp(-x)):

    gain_i = payback rho digital_effect [va_i / mean va of region and tier]^a [(T_r/L_r) / (T/L)]^h
    cost_i = cost_k [DCA_r / DCA(0)]^-capability_saving,    price_i = cost_i (1 - subsidy_share S_r z_i)
    D*_i   = logistic(ln(gain_i / price_i) / spread)          tasks that are worth it: their costs are spread
    dD_i   = step(speed (1 + ai_gain A_r z_i)) (D*_i - D_i)+,   D_i' = D_i + dD_i
    digital_outlay = sum_i cost_i 4 va_i dD_i        before support, which is a transfer to the firm

    D        degree of digitisation of the firm                         [0 to 1]
    gain     of full digitisation, in the payback period                [years of value added]
    cost, price  of full digitisation, before and after support         [years of value added]
    va       value added of this quarter                                [bn yuan/quarter]
    rho digital_effect  what digitisation adds to a firm's value added, see `production`  [log]
    DCA_r    digital capability of the province; DCA(0): the nation, 2013Q1  [0 to 1]
    T, L     talents, workers (province r; nation without index)        [FTE, persons]
    S, A     levers digital_subsidy, ai_plus of the zone                [0 to 1]
    z_i      1 for a firm in an open zone, else 0
    a, h     size_advantage, talent_weight                              [1]

Economic logic: data, compute and algorithms within reach make digitising cheaper, not output larger; what the firm
gains is a part of its own value added, and it pays out of what could have been invested. Decisive parameter:
capability_saving. It would be falsified by firms that digitise no faster where computing is cheap and data are at hand.

Size is relative to the mean of region and tier, so results do not depend on the number of slots; a firm
alone in its cell has log ratio 0. Off: digitisation stays as it is and nothing is paid.

Claims:  M-N1, M-DIGB, M-DIGPOL, M-SMARTCH, M-AI, M-SKILL, F-4TRAIT, M-DIGFTZ, M-DATA, M-INFRA, M-DCA, M-ALGRD
Reads:   firms.workers, value_added; regions.value_added_by_tier, workers, talents, digital_capability;
         nation.workforce, talents; levers.digital_subsidy, ai_plus; base.digital_capability_nation
Writes:  firms.digital, digital_change; regions.digital_intensity; nation.digital_outlay
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import inside, national, power, province_sums
from ftz_sim.model.columns import Array, Single
from ftz_sim.model.levers import Column
from ftz_sim.model.maths import ratio, share_closed
from ftz_sim.model.mechanisms.markets import by_tier
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-N1 M-DIGB: +gdp"

FLOOR = 1e-9  # smallest stock whose log is taken


class DigitalAdoption(Params):
    """Keys a scenario may set under ``digital_adoption:``."""

    speed: float = param(0.10, "speed of adoption", unit="1/yr", low=0.05, high=0.20, grade="C", source="calibrated")
    cost: tuple[float, float, float] = param(
        (0.27, 0.17, 0.13),
        "cost of full digitisation by tier, in years of value added",
        unit="yr",
        low=(0.135, 0.085, 0.065),
        high=(0.405, 0.255, 0.195),
        positive=True,
    )
    payback: float = param(
        2.4, "time in which a firm wants its cost back", unit="yr", low=1.6, high=3.6, positive=True
    )  # such that adoption of 2013 is what it was before firms reckoned with their own gain
    capability_saving: float = param(
        1.0, "elasticity by which digital capability lowers the cost of digitising", unit="1", low=0.0, high=1.5
    )
    size_advantage: float = param(0.12, "advantage of larger firms", unit="1", low=0.0, high=0.3)
    threshold_spread: float = param(0.32, "spread of the cost of tasks", unit="log", low=0.16, high=0.65, positive=True)
    subsidy_share: float = param(0.25, "share of cost that support takes over", unit="share", low=-0.125, high=0.4)
    ai_gain: float = param(0.2, "faster adoption under the AI+ action", unit="share", low=-0.1, high=0.5)
    talent_weight: float = constant(0.05, "benefit from talents per worker", unit="1")


class Adoption(NamedTuple):
    """Digitisation of every firm, both [N] in [0, 1]."""

    digital: Single
    change: Single


def advantage(
    mean_size: Column,
    capability: Column,
    talent_density: Column,
    subsidy: Column,
    effect: float,
    p: DigitalAdoption,
) -> Column:
    """Return gain over price for a firm with value added 1 [R, 2, K], in logs and half spreads of the cost of tasks.

    Args:
        mean_size: mean value added of firms [R, K], bn yuan a quarter.
        capability: digital capability relative to the nation of 2013 [R].
        talent_density: talents per worker relative to the nation [R].
        subsidy: lever digital_subsidy [R].
        effect: what full digitisation adds to a firm's value added [log].
        p: parameters.
    """
    gain = np.log(np.maximum(p.payback * effect, FLOOR)) + p.talent_weight * np.log(np.maximum(talent_density, FLOOR))
    gain = gain[:, None] - p.size_advantage * np.log(np.maximum(mean_size, FLOOR))
    paid = np.maximum(1 - inside(p.subsidy_share * subsidy), FLOOR)
    price = np.log(cost(capability, p))[:, None] + np.log(paid)[:, :, None]
    return (gain[:, None] - price) * (0.5 / p.threshold_spread)


def cost(capability: Column, p: DigitalAdoption) -> Column:
    """Return the cost of full digitisation [R, K; years of value added] from relative capability [R]."""
    return power(np.maximum(capability, FLOOR), -p.capability_saving)[:, None] * np.asarray(p.cost)


def outlay(value_added: Column, change: Single, cost: Column, dt: float) -> float:
    """Return what firms spend on digitising [bn yuan a quarter].

    Args:
        value_added: of firms [N, bn yuan a quarter].
        change: of their digitisation [N].
        cost: of full digitisation [N, years of value added].
        dt: length of the quarter [yr].
    """
    return national(value_added * (change * cost)) / dt


def pace(ai_plus: Column, p: DigitalAdoption, dt: float) -> Column:
    """Return the share of the gap to what is worth digitising that firms close in ``dt`` years [R, 2, 1]."""
    return share_closed(p.speed * (1 + inside(p.ai_gain * ai_plus)[:, :, None]), dt)


def update(digital: Single, value_added: Column, advantage: Single, pace: Single, p: DigitalAdoption) -> Adoption:
    """Return digitisation after a quarter; all arrays [N], ``advantage`` and ``pace`` as given by the cell."""
    change = value_added.astype(np.float32)
    np.log(np.maximum(change, np.float32(FLOOR), out=change), out=change)
    change *= np.float32(p.size_advantage * 0.5 / p.threshold_spread)
    change += advantage
    np.tanh(change, out=change)  # logistic(x) = (1 + tanh(x / 2)) / 2, faster than exp and a division
    change += 1
    change *= np.float32(0.5)
    change -= digital
    np.maximum(change, 0, out=change)
    change *= pace
    return Adoption(digital + change, change)


def weighted_mean(values: Array, weights: Column, starts: Array) -> Column:
    """Return the mean of ``values`` [N] by province [R], weighted by ``weights`` [N]."""
    weighted = weights.astype(np.float32)
    total = province_sums(weighted, starts)
    weighted *= values
    return ratio(province_sums(weighted, starts), total).astype(float)


def step(model: World, p: DigitalAdoption) -> None:
    """Wire `update` to firms and provinces."""
    firms, regions, nation, levers = model.firms, model.regions, model.nation, model.levers
    production = model.params.production
    capability = ratio(regions.digital_capability, model.base.digital_capability_nation, empty=1.0)
    benefit = advantage(
        ratio(regions.value_added_by_tier, by_tier(firms.members), empty=1.0),
        capability,
        ratio(ratio(regions.talents, regions.workers), ratio(nation.talents, nation.workforce), empty=1.0),
        levers.digital_subsidy,
        production.rho * production.digital_effect,
        p,
    )
    firms.digital, firms.digital_change = update(
        firms.digital,
        firms.value_added,
        firms.of_cell(benefit),
        firms.of_cell(pace(levers.ai_plus, p, model.dt)),
        p,
    )
    paid = firms.of_cell(cost(capability, p)[:, None])
    nation.digital_outlay = outlay(firms.value_added, firms.digital_change, paid, model.dt)
    regions.digital_intensity = weighted_mean(firms.digital, firms.workers, firms.starts)
