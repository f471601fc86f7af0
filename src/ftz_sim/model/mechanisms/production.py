"""Production: what the firms of a province and field can make in a quarter.

One quarter. Output of firm i in province r, field f:

    om' = shock_persistence om + shock_sd n                       (from t = 1 on; om stays at t = 0)
    ln q = a0 + om + alpha ln K + beta ln L + gamma ln T + theta ln kn
         + spillover_effect ln[max(SP_rf - kn, spillover_floor SP_rf) / SP_rf(0)]
         + digital_effect D - abatement + fdi_effect min(1, FK_rf/K_rf) + common_r
    common_r = tfp_trend + productivity_trend_r + macro_shock - crisis_loss
         + environment_effect (Q_r - Q_r(0))

Firms of a cell make varieties with elasticity s, rho = (s - 1)/s, and supply together

    q_rf = c_rf (sum over i in the cell of q_i^rho)^(1/rho)

The constant c_rf is that of 2013: capacity of the start is value added. So a firm more adds to what a cell makes,
and never takes from it. The limit on the size of a firm is rho < 1: returns to scale in revenue,
rho (alpha + beta + gamma + theta), stay below one (checked on loading). Prices, value added and GDP are found by
`markets`, next in the schedule.

    q_i, q_rf  output of a firm, capacity of a cell             [bn yuan of value added at prices of 2013 a quarter]
    a0, om    lasting productivity, transitory shock           [log]
    K, kn     capital, knowledge                               [bn yuan]
    FK_rf, K_rf  foreign capital and capital of a cell         [bn yuan]
    L, T      workers, talents                                 [persons, FTE]
    SP_rf     knowledge within reach, own knowledge included   [bn yuan]
    D         digitisation of the firm                         [0 to 1]
    Q_r, Y_r  business environment; value added                [0 to 1; bn yuan a quarter]

What workers and talents earn are shares of value added: rho beta, and rho gamma times the weight of the tier.

Economic logic: factors are fixed inside a quarter, so capacity is what the past has left. What agglomeration adds
comes from knowledge within reach and from markets near by, not from a constant. Decisive parameter:
spillover_effect. It would be falsified by firms whose output does not differ with the knowledge around them.

A cell without firms has no capacity; its constant is the median of its field. Stocks and spillovers on the right are
those left by the last quarter. Cannot be switched off.

Claims:  M-CLUST, M-SCALE, M-SOLO, M-3EFF, M-JOBS
Reads:   draws; firms.capital, workers, talents, knowledge, digital, base_productivity, abatement_cost;
         regions.productivity_trend, business_environment, spillover, fdi_stock; nation.tfp_trend, macro_shock,
         crisis_loss; base.business_environment, spillover, capacity_scale
Writes:  firms.variety, productivity_shock; regions.capacity, capital, location_quotient; nation.labour_share,
         capital_share, talent_share
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np
from pydantic import model_validator

from ftz_sim.errors import InputError
from ftz_sim.model.axes import national, power, row_sums
from ftz_sim.model.columns import Array, Base, Column, Firms, Regions, Single
from ftz_sim.model.maths import ratio
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

SMALLEST_STOCK = np.float32(1e-9)  # guard of logs
TINY = 1e-12  # guard of divisions: an empty cell over an empty whole is 0


class Production(Params):
    """Keys a scenario may set under ``production:``."""

    capital: float = param(0.38, "elasticity of output to capital (alpha)", unit="1", low=0.33, high=0.43, grade="A")
    labour: float = param(0.47, "elasticity of output to workers (beta)", unit="1", low=0.42, high=0.52, grade="A")
    talent: float = param(
        0.07, "elasticity of output to talents (gamma)", unit="1", low=0.02, high=0.12, grade="A", positive=True
    )
    knowledge: float = param(
        0.08,
        "elasticity of output to own knowledge (theta)",
        unit="1",
        low=0.05,
        high=0.14,
        grade="L",
        source="chen2021",
    )
    firm_elasticity: float = param(
        6.0, "elasticity between varieties of a field (s)", unit="1", low=4, high=10, grade="A", positive=True
    )
    spillover_effect: float = param(
        0.035,
        "elasticity of output to knowledge within reach",
        unit="1",
        low=-0.0175,
        high=0.06,
        source="bottazzi2003, bloom2013",
    )
    digital_effect: float = param(0.10, "gain of full digitisation", unit="log", low=0.05, high=0.30, grade="A")
    environment_effect: float = param(0.06, "gain per unit of business environment", unit="log", low=-0.03, high=0.12)
    fdi_effect: float = param(
        0.17,
        "productivity of a cell per share of foreign capital",
        unit="log",
        low=-0.10,
        high=0.40,
        source="irsova2013, havranek2011",
    )
    shock_persistence: float = param(
        0.95,
        "persistence of a firm's shock from quarter to quarter",
        unit="share",
        low=0.9,
        high=0.98,
        grade="A",
    )
    shock_sd: float = param(
        0.04, "standard deviation of a firm's quarterly shock", unit="log", low=0.02, high=0.06, grade="A"
    )
    spillover_floor: float = constant(
        0.01, "smallest share of the knowledge within reach that others hold", unit="share", positive=True
    )
    talent_wage_weights: tuple[float, float, float] = constant(
        (0.25, 1.0, 2.0), "weight of a tier's value added in the pay of talents", positive=True
    )
    scale_margin: float = constant(0.05, "distance that returns to scale keep from a firm without size limit")

    @property
    def rho(self) -> float:
        """Exponent of varieties inside a field, (s - 1)/s."""
        return (self.firm_elasticity - 1) / self.firm_elasticity

    @model_validator(mode="after")
    def _firms_have_a_size_limit(self) -> Self:
        if self.firm_elasticity <= 1:
            raise InputError("elasticities")
        scale = self.capital + self.labour + self.talent + self.knowledge
        limit = 1 / self.rho - self.scale_margin
        if scale > limit:
            raise InputError(
                "no_size_limit", scale=scale, limit=limit, margin=self.scale_margin, elasticity=self.firm_elasticity
            )
        return self


def shock(last: Single, draw: Single, moves: bool, p: Production) -> Single:
    """Return the transitory shock [log, N]; it stays where it is while it does not move."""
    if not moves:
        return np.copy(last)
    new = draw * np.float32(p.shock_sd)
    new += last * np.float32(p.shock_persistence)
    return new


def location_quotient(workers: Array) -> Column:
    """Return the share of fields in a province's workers relative to the nation's, [R, F] as ``workers``."""
    province, field = row_sums(workers)[:, None], workers.sum(0)
    return workers * (national(field) / (np.maximum(province, TINY) * np.maximum(field, TINY)))


def regional_terms(regions: Regions, environment_2013: Array, p: Production) -> Column:
    """Return what all firms of a province share [log, R]; reads columns of ``regions``."""
    return regions.productivity_trend + p.environment_effect * (regions.business_environment - environment_2013)


def foreign_gain(foreign: Array, capital: Array, p: Production) -> Column:
    """Return what ``foreign`` capital adds to the productivity of a cell [log, R x F], by its share in ``capital``."""
    return p.fdi_effect * np.minimum(ratio(foreign, capital), 1.0)


def national_terms(tfp_trend: float, macro_shock: float, crisis_loss: float) -> float:
    """Return what all firms share [log]."""
    return tfp_trend + macro_shock - crisis_loss


def log_output(firms: Firms, common: Array, foreign: Array, spillover: Array, base: Base, p: Production) -> Single:
    """Return the log of every firm's output [N]; reads columns of ``firms``.

    Args:
        firms: the table of firms.
        common: terms shared by the firms of a province [log, R].
        foreign: gain from foreign capital [log, R x F].
        spillover: knowledge within reach [bn yuan, R x F].
        base: values of the start.
        p: parameters.
    """
    reach = p.spillover_effect * np.log(np.maximum(spillover, TINY) / np.maximum(base.spillover, TINY))
    table = common[:, None] + foreign + reach
    x = firms.of_region_field(table)
    x += firms.base_productivity
    x += firms.productivity_shock
    x -= firms.abatement_cost
    scratch = firms.digital * np.float32(p.digital_effect)
    x += scratch
    np.copyto(scratch, firms.knowledge, casting="same_kind")
    x += _log(_share_of_others(firms, scratch, spillover), p.spillover_effect, np.float32(p.spillover_floor))
    x += _log(scratch, p.knowledge)
    for elasticity, stock in ((p.capital, firms.capital), (p.labour, firms.workers), (p.talent, firms.talents)):
        np.copyto(scratch, stock, casting="same_kind")
        x += _log(scratch, elasticity)
    return x


def _log(stock: Single, elasticity: float, floor: np.float32 = SMALLEST_STOCK) -> Single:
    """Turn ``stock`` into elasticity times its log, in place, because a new array costs as much as a log."""
    np.maximum(stock, floor, out=stock)
    np.log(stock, out=stock)
    stock *= np.float32(elasticity)
    return stock


def _share_of_others(firms: Firms, knowledge: Single, spillover: Array) -> Single:
    """Return the share of the knowledge within reach that is not the firm's own [N]."""
    share = firms.of_region_field(-1 / np.maximum(spillover, TINY))
    share *= knowledge
    share += 1
    return share


def varieties(log_of_output: Single, p: Production) -> Column:
    """Return what the market of its cell weighs a firm by, output to the power rho [N]; uses up its argument."""
    log_of_output *= np.float32(p.rho)
    return np.exp(log_of_output, out=log_of_output).astype(np.float64)


def capacity(by_cell: Array, scale: Array | float, p: Production) -> Column:
    """Return the capacity of cells [R, F; bn yuan a quarter] from the sums of variety ``by_cell`` [R, F]."""
    return scale * power(by_cell, 1 / p.rho)


def talent_share(p: Production) -> Column:
    """Return the part of a tier's value added that talents earn [K]."""
    return np.multiply(p.rho * p.talent, np.array(p.talent_wage_weights))


def step(model: World, p: Production) -> None:
    """Wire production to firms and provinces."""
    firms, regions, nation = model.firms, model.regions, model.nation
    draw = model.stream("production/shock").normal(len(firms))
    firms.productivity_shock = shock(firms.productivity_shock, draw, model.clock.index > 0, p)
    shared = national_terms(nation.tfp_trend, nation.macro_shock, nation.crisis_loss)
    common = shared + regional_terms(regions, model.base.business_environment, p)
    regions.capital = firms.sum_by_region_field(firms.capital)
    foreign = foreign_gain(regions.fdi_stock, regions.capital, p)
    made = log_output(firms, common, foreign, regions.spillover, model.base, p)
    firms.variety = varieties(made, p)
    regions.capacity = capacity(firms.sum_by_region_field(firms.variety), model.base.capacity_scale, p)
    regions.location_quotient = location_quotient(firms.sum_by_region_field(firms.workers))
    nation.labour_share, nation.capital_share = p.rho * p.labour, p.rho * p.capital
    nation.talent_share = talent_share(p)
