"""Production: firms produce, prices clear the markets of fields, and value added sums to GDP.

One quarter. Output of firm i in province r, field f, tier k:

    om' = shock_persistence om + shock_sd n                       (from t = 1 on; om stays at t = 0)
    ln q = a0 + om + alpha ln K + beta ln L + gamma ln T + theta ln kn
         + spillover_effect ln[max(SP_rf - kn, spillover_floor SP_rf) / SP_rf(0)]
         + digital_effect D DCA_r/DCA_r(0) - abatement + common_rf
    common_rf = tfp_trend + productivity_trend_r + macro_shock - crisis_loss - dependence_loss_k + gain_rk
         + environment_effect (Q_r - Q_r(0)) + fdi_effect ln[1 + fdi_stock_r / (4 Y_r)]
         + localisation { clip(ln[max(LQ, lq_floor)/max(LQ(0), lq_floor)], -c, c)
                          + sign(m) min(c, ln[1 + |m| sum_{s != r} w_rs C_rs L_sf / L_rf]) }

Markets: n_f slots of a field make varieties with elasticity s, rho = (s - 1)/s; fields have elasticity sigma:

    Q_f = n_f (mean_f q^rho)^(1/rho)         Y = [sum_f b_f^(1/sigma) Q_f^((sigma-1)/sigma)]^(sigma/(sigma-1))
    P_f = (b_f Y / Q_f)^(1/sigma)            va_i = P_f Q_f q_i^rho / sum_{j in f} q_j^rho

The mean inside a field takes out any gain from the mere number of slots. The limit on the size of a firm is
rho < 1: returns to scale in revenue, rho (alpha + beta + gamma + theta), stay below one (checked on loading).

    q, Q_f    output of a firm, of a field                     [bn yuan of the field's goods a quarter]
    a0, om    lasting productivity, transitory shock           [log]
    K, kn     capital, knowledge                               [bn yuan]
    L, T      workers, talents                                 [persons, FTE]
    SP_rf     knowledge within reach, own knowledge included   [bn yuan]
    D, DCA_r  digitisation of the firm, digital capability     [0 to 1]
    Q_r       business environment                             [0 to 1]
    LQ, L_rf  location quotient, workers of province and field [1, persons]
    w, C      spillover weight, coordination of a pair         [0 to 1]
    gain_rk   gain from market access                          [log]
    b_f, P_f  demand weight, price (2013Q1 = 1)                [share, 1]
    m, c      partner_market, localisation_clip                [1, log]

From the same sums: wage_r = 10^6 beta rho Y_r/L_r and talent_wage_r = 10^6 gamma rho sum_k v_k Y_rk/T_r
[10^3 yuan a quarter], density (Y_r/Y_r(0))/(Y/Y(0)), talent gap ln[(T_r/L_r)/(T/L)] less its value of 2013,
zone share of a province's value added. Production also moves the memories of four quarters (last_gdp,
last_value_added) on by one. Stocks, spillovers and Y_r on the right are those left by the last quarter.

An empty field has output 0 and price 1; an empty province-field has no partner term. Where m < 0 coordinated
partners take each other's customers: the loss mirrors the gain. Cannot be switched off.

Claims:  M-CLUST, M-SCALE, M-SOLO, M-3EFF, M-JOBS
Reads:   draws; firms.capital, workers, talents, knowledge, digital, base_productivity, abatement_cost;
         regions.productivity_trend, workers, talents, business_environment, digital_capability, spillover,
         fdi_stock, market_access_gain; pairs.coordination, spillover_weight; nation.tfp_trend, macro_shock,
         demand_weight, dependence_loss, crisis_loss; base.gdp, gdp_by_region, talents_per_worker,
         talents_per_worker_by_region, business_environment, location_quotient, spillover, digital_capability
Writes:  firms.value_added, productivity_shock; regions.zone_share, gdp, value_added_by_tier, density,
         talent_gap, wage, talent_wage, location_quotient; zones.value_added, value_added_by_tier,
         value_added_by_field, last_value_added; nation.gdp, last_gdp, field_price, field_output,
         field_value_added
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np
from pydantic import model_validator

from ftz_sim.errors import InputError
from ftz_sim.model.axes import national, power, product, row_sums
from ftz_sim.model.columns import (
    N_TIERS,
    TIER_OF_FIELD,
    Array,
    Base,
    Column,
    Firms,
    Nation,
    Regions,
    Single,
    Zones,
)
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

SMALLEST_STOCK = np.float32(1e-9)  # guard of logs
THOUSAND_YUAN = 1e6  # in a bn yuan
TINY = 1e-12  # guard of divisions: an empty cell over an empty whole is 0


FIELDS_OF_TIER = np.equal.outer(TIER_OF_FIELD, np.arange(N_TIERS)).astype(float)  # [F, K]


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
        high=0.12,
        grade="L",
        source="chen2021",
    )
    firm_elasticity: float = param(
        6.0, "elasticity between varieties of a field (s)", unit="1", low=4, high=10, grade="A", positive=True
    )
    field_elasticity: float = param(
        4.0, "elasticity between fields (sigma)", unit="1", low=3, high=8, grade="A", positive=True
    )
    spillover_effect: float = param(
        0.035,
        "elasticity of output to knowledge within reach",
        unit="1",
        low=-0.0175,
        high=0.06,
        source="bottazzi2003, bloom2013",
    )
    digital_effect: float = param(
        0.10, "gain of full digitisation at the capability of 2013", unit="log", low=0.05, high=0.30, grade="A"
    )
    environment_effect: float = param(0.06, "gain per unit of business environment", unit="log", low=-0.03, high=0.12)
    localisation: float = param(
        0.015,
        "elasticity of output to the density of the own field",
        unit="1",
        low=0,
        high=0.04,
        grade="L",
        source="grover2023",
    )
    partner_market: float = param(
        0.2, "weight of coordinated partners in the density of a field", unit="1", low=-0.1, high=0.5
    )
    fdi_effect: float = param(
        0.08,
        "elasticity of output to 1 + foreign capital over GDP",
        unit="1",
        low=-0.04,
        high=0.15,
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
    lq_floor: float = constant(0.05, "smallest location quotient that counts", positive=True)
    localisation_clip: float = constant(1.0, "largest change of density that counts", unit="log")
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
        if min(self.firm_elasticity, self.field_elasticity) <= 1:
            raise InputError("elasticities")
        scale = self.capital + self.labour + self.talent + self.knowledge
        limit = 1 / self.rho - self.scale_margin
        if scale > limit:
            raise InputError(
                "no_size_limit", scale=scale, limit=limit, margin=self.scale_margin, elasticity=self.firm_elasticity
            )
        return self


class Markets(NamedTuple):
    """Cleared markets of fields."""

    price: Column  # [F] 2013Q1 = 1
    output: Column  # [F] bn yuan of the field's goods a quarter
    value_added: Column  # [F] bn yuan a quarter
    value_per_unit: Column  # [F] value added per unit of q^rho


class Outcome(NamedTuple):
    """What firms produce and markets pay."""

    value_added: Column  # [N] bn yuan a quarter
    markets: Markets
    by_region: Column  # [R, F] value added of provinces
    by_zone: Column  # [Z, F] value added of zone areas


class Relative(NamedTuple):
    """Where provinces stand relative to 2013 and to the nation; first axis R."""

    density: Column  # GDP
    talent_gap: Column  # log talents per worker
    wage: Column  # 10^3 yuan a quarter
    talent_wage: Column  # 10^3 yuan a quarter
    zone_share: Column  # zone area's share of value added


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


def cluster_gain(
    workers: Array,
    quotient: Array,
    quotient_2013: Array,
    spillover_weight: Array,
    coordination: Array,
    p: Production,
) -> Column:
    """Return the gain from the density of the own field, at home and with partners [log, R x F].

    Args:
        workers: persons by province and field [R, F].
        quotient: location quotient now [R, F].
        quotient_2013: location quotient at the start [R, F].
        spillover_weight: of pairs [R, R].
        coordination: of pairs [R, R], 0 on the diagonal.
        p: parameters.
    """
    clip, floor = p.localisation_clip, p.lq_floor
    own = np.log(np.maximum(quotient, floor) / np.maximum(quotient_2013, floor))
    reach = abs(p.partner_market) * product(spillover_weight * coordination, workers)
    partners = np.minimum(np.log1p(reach / np.maximum(workers, TINY)) * (workers > 0), clip)
    return p.localisation * (np.minimum(np.maximum(own, -clip), clip) + np.sign(p.partner_market) * partners)


def regional_terms(regions: Regions, environment_2013: Array, p: Production) -> Column:
    """Return what all firms of a province and tier share [log, R x K]; reads columns of ``regions``."""
    environment = p.environment_effect * (regions.business_environment - environment_2013)
    foreign = p.fdi_effect * np.log1p(regions.fdi_stock / (4 * regions.gdp))
    return (regions.productivity_trend + environment + foreign)[:, None] + regions.market_access_gain


def national_terms(tfp_trend: float, macro_shock: float, crisis_loss: float, dependence_loss: Array) -> Column:
    """Return what all firms of a tier share [log, K]."""
    return tfp_trend + macro_shock - crisis_loss - dependence_loss


def common_terms(regional: Array, national: Array, clusters: Array) -> Column:
    """Return what firms of a province and field share [log, R x F] from terms [R, K], [K] and [R, F]."""
    return (regional + national)[:, TIER_OF_FIELD] + clusters


def log_output(firms: Firms, common: Array, spillover: Array, capability: Array, base: Base, p: Production) -> Single:
    """Return the log of every firm's output [N]; reads columns of ``firms``.

    Args:
        firms: the table of firms.
        common: terms shared by firms of a province and field [log, R x F].
        spillover: knowledge within reach [bn yuan, R x F].
        capability: digital capability of provinces [R].
        base: values of the start.
        p: parameters.
    """
    table = common + p.spillover_effect * np.log(np.maximum(spillover, TINY) / np.maximum(base.spillover, TINY))
    digital = p.digital_effect * (capability / base.digital_capability)
    x = firms.of_region_field(table)
    x += firms.base_productivity
    x += firms.productivity_shock
    x -= firms.abatement_cost
    scratch = firms.spread(digital.astype(np.float32))
    scratch *= firms.digital
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


def field_markets(varieties: Array, slots: Array, demand_weight: Array, p: Production) -> Markets:
    """Clear the markets of fields.

    Args:
        varieties: sum of q^rho over the firms of a field [F].
        slots: number of firms of a field [F].
        demand_weight: weight of a field in demand, sum 1 [F].
        p: parameters.
    """
    inner, outer = 1 / p.rho, 1 / p.field_elasticity
    output = slots * power(varieties / np.maximum(slots, 1), inner)
    weight = power(demand_weight, outer)
    gdp = power(national(weight * power(output, 1 - outer)), 1 / (1 - outer))
    price = np.where(output > 0, weight * power(gdp / np.maximum(output, TINY), outer), 1.0)
    value_added = price * output
    return Markets(price, output, value_added, value_added / np.maximum(varieties, TINY))


def value_added(firms: Firms, varieties: Column, value_per_unit: Array) -> Column:
    """Return value added of firms [bn yuan a quarter, N] from ``varieties`` q^rho [N]."""
    value = firms.exactly_of_field(value_per_unit)
    value *= varieties
    return value


def of_zone_areas(firms: Firms, value: Column, zone_regions: Array) -> Column:
    """Return value added of firms [N] in zone areas [Z, F]; ``zone_regions`` are their provinces [Z]."""
    return firms.sum_of_zone_areas(value)[zone_regions]


def by_tier(by_field: Array) -> Column:
    """Return sums over the fields of a tier [R, K] from [R, F]."""
    return product(by_field, FIELDS_OF_TIER)


def relative(value: Array, zone_value: Array, workers: Array, talents: Array, base: Base, p: Production) -> Relative:
    """Return density, talent gap, wages and zone share of provinces.

    Args:
        value: value added by province and tier [R, K].
        zone_value: value added of zone areas [R].
        workers: persons [R].
        talents: FTE [R].
        base: values of the start.
        p: parameters.
    """
    gdp = value.sum(1)
    gap = talents / workers / base.talents_per_worker_by_region
    nation = national(talents) / national(workers) / base.talents_per_worker
    pay = p.rho * p.talent * row_sums(value * np.array(p.talent_wage_weights))
    return Relative(
        density=gdp / base.gdp_by_region * (base.gdp / national(gdp)),
        talent_gap=np.log(np.maximum(gap / nation, TINY)),
        wage=THOUSAND_YUAN * p.rho * p.labour * gdp / workers,
        talent_wage=THOUSAND_YUAN * pay / talents,
        zone_share=zone_value / gdp,
    )


def update(firms: Firms, log_of_output: Single, demand_weight: Array, zone_regions: Array, p: Production) -> Outcome:
    """Clear the markets for what firms produce and add value added up.

    Args:
        firms: the table of firms (only its groups are read).
        log_of_output: log of output [N].
        demand_weight: weight of fields in demand, sum 1 [F].
        zone_regions: provinces of the zones [Z].
        p: parameters.
    """
    power = log_of_output * np.float32(p.rho)
    varieties = np.exp(power, out=power).astype(np.float64)
    by_field = firms.sum_by_region_field(varieties)
    markets = field_markets(by_field.sum(0), firms.members.sum(0), demand_weight, p)
    value = value_added(firms, varieties, markets.value_per_unit)
    return Outcome(
        value_added=value,
        markets=markets,
        by_region=by_field * markets.value_per_unit,
        by_zone=of_zone_areas(firms, value, zone_regions),
    )


def remember(memory: Array, value: float) -> Column:
    """Return the nation's memory of the last four quarters [4] moved on by one, newest last."""
    return np.concatenate((memory[1:], [value]))


def remember_zones(memory: Array, value: Column) -> Column:
    """Return the memory of zones [Z, 4] moved on by one."""
    return np.concatenate((memory[:, 1:], value[:, None]), axis=1)


def step(model: World, p: Production) -> None:
    """Wire production to firms, provinces, zones and the nation."""
    firms, regions, pairs, zones, nation = model.firms, model.regions, model.pairs, model.zones, model.nation
    draw = model.stream("production/shock").normal(len(firms))
    firms.productivity_shock = shock(firms.productivity_shock, draw, model.clock.index > 0, p)
    workers = firms.sum_by_region_field(firms.workers)
    quotient = location_quotient(workers)
    common = common_terms(
        regional_terms(regions, model.base.business_environment, p),
        national_terms(nation.tfp_trend, nation.macro_shock, nation.crisis_loss, nation.dependence_loss),
        cluster_gain(workers, quotient, model.base.location_quotient, pairs.spillover_weight, pairs.coordination, p),
    )
    x = log_output(firms, common, regions.spillover, regions.digital_capability, model.base, p)
    made = update(firms, x, nation.demand_weight, zones.region, p)
    firms.value_added = made.value_added
    regions.location_quotient = quotient
    _book_nation(nation, made)
    _book_zones(zones, made.by_zone)
    _book_regions(regions, made.by_region, zones.to_regions(zones.value_added), model.base, p)


def _book_nation(nation: Nation, made: Outcome) -> None:
    nation.gdp = national(made.by_region, 2)
    nation.last_gdp = remember(nation.last_gdp, nation.gdp)
    nation.field_price, nation.field_output = made.markets.price, made.markets.output
    nation.field_value_added = made.markets.value_added


def _book_zones(zones: Zones, by_field: Array) -> None:
    zones.value_added_by_field, zones.value_added_by_tier = by_field, by_tier(by_field)
    zones.value_added = row_sums(by_field)
    zones.last_value_added = remember_zones(zones.last_value_added, zones.value_added)


def _book_regions(regions: Regions, by_field: Array, zone_value: Array, base: Base, p: Production) -> None:
    regions.value_added_by_tier = by_tier(by_field)
    regions.gdp = regions.value_added_by_tier.sum(1)
    where = relative(regions.value_added_by_tier, zone_value, regions.workers, regions.talents, base, p)
    regions.density, regions.talent_gap, regions.zone_share = where.density, where.talent_gap, where.zone_share
    regions.wage, regions.talent_wage = where.wage, where.talent_wage
