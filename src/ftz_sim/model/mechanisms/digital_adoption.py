"""Digital adoption: a firm digitises when the benefit exceeds a cost that depends on tier and size.

One quarter (dt = 0.25 years), step(r) = 1 - exp(-r dt), logistic(x) = 1 / (1 + exp(-x)):

    b_i  = a ln(va_i / mean va of region and tier) + ln(DCA_r / DCA(0)) + h ln[(T_r/L_r) / (T/L)]
    c_i  = cost_k (1 - subsidy_share S_r z_i)
    dD_i = step(speed (1 + ai_gain A_r z_i)) (1 - D_i) logistic((b_i - ln c_i) / spread)
    D_i' = D_i + dD_i

    D        degree of digitisation of the firm                         [0 to 1]
    va       value added of this quarter                                [bn yuan/quarter]
    DCA_r    digital capability of the province; DCA(0): the nation, 2013Q1  [0 to 1]
    T, L     talents, workers (province r; nation without index)        [FTE, persons]
    S, A     levers digital_subsidy, ai_plus of the zone                [0 to 1]
    z_i      1 for a firm in an open zone, else 0
    a, h     size_advantage, talent_weight                              [1]

Size is relative to the mean of region and tier, so results do not depend on the number of slots; a firm
alone in its cell has log ratio 0. Off: digitisation stays as it is.

Claims:  M-N1, M-DIGB, M-DIGPOL, M-SMARTCH, M-AI, M-SKILL, F-4TRAIT, M-DIGFTZ
Reads:   firms.workers, value_added; regions.value_added_by_tier, workers, talents, digital_capability;
         nation.workforce, talents; levers.digital_subsidy, ai_plus; base.digital_capability_nation
Writes:  firms.digital, digital_change; regions.digital_intensity
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import inside, province_sums
from ftz_sim.model.columns import Array, Single
from ftz_sim.model.levers import Column
from ftz_sim.model.maths import ratio, share_closed
from ftz_sim.model.mechanisms.markets import by_tier
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

FLOOR = 1e-9  # smallest stock whose log is taken


class DigitalAdoption(Params):
    """Keys a scenario may set under ``digital_adoption:``."""

    speed: float = param(0.066, "speed of adoption", unit="1/yr", low=0.03, high=0.13, grade="C", source="calibrated")
    cost: tuple[float, float, float] = param(
        (1.35, 0.85, 0.65),
        "cost of digitising, by tier",
        unit="1",
        low=(0.675, 0.425, 0.325),
        high=(2.025, 1.275, 0.975),
        positive=True,
    )
    size_advantage: float = param(0.12, "advantage of larger firms", unit="1", low=0.0, high=0.3)
    threshold_spread: float = param(0.32, "spread of thresholds", unit="log", low=0.16, high=0.65, positive=True)
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
    p: DigitalAdoption,
) -> Column:
    """Return benefit over cost of a firm with value added 1 [R, 2, K], in logs and half spreads of thresholds.

    Args:
        mean_size: mean value added of firms [R, K], bn yuan a quarter.
        capability: digital capability relative to the nation of 2013 [R].
        talent_density: talents per worker relative to the nation [R].
        subsidy: lever digital_subsidy [R].
        p: parameters.
    """
    province = np.log(np.maximum(capability, FLOOR)) + p.talent_weight * np.log(np.maximum(talent_density, FLOOR))
    size = -p.size_advantage * np.log(np.maximum(mean_size, FLOOR))
    paid = np.maximum(1 - inside(p.subsidy_share * subsidy), FLOOR)
    benefit = (province[:, None] + size)[:, None] - np.log(paid)[:, :, None] - np.log(np.asarray(p.cost))
    return benefit * (0.5 / p.threshold_spread)


def pace(ai_plus: Column, p: DigitalAdoption, dt: float) -> Column:
    """Return half the share of the gap that a convinced firm closes in ``dt`` years [R, 2, 1]."""
    return 0.5 * share_closed(p.speed * (1 + inside(p.ai_gain * ai_plus)[:, :, None]), dt)


def update(digital: Single, value_added: Column, advantage: Single, pace: Single, p: DigitalAdoption) -> Adoption:
    """Return digitisation after a quarter; all arrays [N], ``advantage`` and ``pace`` as given by the cell."""
    convinced = value_added.astype(np.float32)
    np.log(np.maximum(convinced, np.float32(FLOOR), out=convinced), out=convinced)
    convinced *= np.float32(p.size_advantage * 0.5 / p.threshold_spread)
    convinced += advantage
    np.tanh(convinced, out=convinced)  # logistic(x) = (1 + tanh(x / 2)) / 2, faster than exp and a division
    convinced += 1
    convinced *= pace
    convinced *= 1 - digital
    return Adoption(digital + convinced, convinced)


def weighted_mean(values: Array, weights: Column, starts: Array) -> Column:
    """Return the mean of ``values`` [N] by province [R], weighted by ``weights`` [N]."""
    weighted = weights.astype(np.float32)
    total = province_sums(weighted, starts)
    weighted *= values
    return ratio(province_sums(weighted, starts), total).astype(float)


def step(model: World, p: DigitalAdoption) -> None:
    """Wire `update` to firms and provinces."""
    firms, regions, nation, levers = model.firms, model.regions, model.nation, model.levers
    benefit = advantage(
        ratio(regions.value_added_by_tier, by_tier(firms.members), empty=1.0),
        ratio(regions.digital_capability, model.base.digital_capability_nation, empty=1.0),
        ratio(ratio(regions.talents, regions.workers), ratio(nation.talents, nation.workforce), empty=1.0),
        levers.digital_subsidy,
        p,
    )
    firms.digital, firms.digital_change = update(
        firms.digital,
        firms.value_added,
        firms.of_cell(benefit),
        firms.of_cell(pace(levers.ai_plus, p, model.dt)),
        p,
    )
    regions.digital_intensity = weighted_mean(firms.digital, firms.workers, firms.starts)
