"""Exogenous paths: everything that no lever of the model moves; the same in all scenarios but for shocks.

Quarter t, y = t/4 years since 2013 (dt = 0.25); line(a, b) runs straight from a in 2013 to b in 2035:

    workforce_growth = line(workforce)            saving_rate = line(saving_rate)
    talent_growth    = ln ratio of the published totals around t, a year; from 2023 straight to 2035
    world_demand     = exp(world_growth y) * product of (1 - size) of demand shocks
    tariff_path      = published applied tariff over that of 2013, straight between 2014, 2018, 2022, then as it is
    fdi_cycle        = exp(points of fdi_cycle, straight between)
    carbon_price     = published prices, log-linear between, then * exp(ln(1 + ets_growth) years) + shocks
    tfp_trend'       = tfp_trend + dt (g0 + (g1 - g0) min(y/16, 1)) - permanent losses     (from t = 1 on)
    macro_shock      = transitory losses - size of pandemic shocks
    rate_xr          = trend_size_x growth_xr exp(-trend_decay_x max(0, y - 2)), its weighted mean taken out
    trend_xr'        = trend_xr + dt rate_xr                                     (from t = 1 on)
    b_f              = b_f(0) exp(demand_shift_k min(y, 20)) / sum over f of the same
    depth_p          = sum over agreements of depth * share of its phase-in that has passed

    g0, g1           residual growth at the start and after 16 years              [1/yr]
    tfp_trend, macro_shock  national log productivity                             [log]
    x                productivity (weights: GDP of 2013) or research intensity (weights: R&D of 2013)
    growth_xr        growth of the province's share of GDP, and of its share of R&D over that, 2012-15   [1/yr]
    rate_xr, trend_xr  provincial difference of x: growth, since 2013             [1/yr, log]
    b_f              weight of field f in demand; k is its tier                   [share, sum 1]
    depth_p          share of the tariff that agreements in force have removed    [share]
    workforce_growth, talent_growth [1/yr]; saving_rate [share of GDP]; carbon_price [yuan/t]
    world_demand, fdi_cycle, fdi_shock  relative to 2013, factor                  [1]

``demand_shift`` may carry much of the rise of new industry, and the macro shocks are chosen so that GDP
growth meets 2020-23: print both beside results. Overlapping shocks add up (tariffs, prices, losses of
output), multiply (foreign investment, demand), or the severest counts (technology, algorithms, data).
Without shocks: 0, factors 1. carbon_price is 0 before the national market opened. Cannot be switched off.

Claims:  M-STAB, F-CPTPP30, M-NET
Reads:   published figures; the scenario's shocks; base.field_share
Writes:  regions.productivity_growth, productivity_trend, research_trend; partners.preference_depth, surcharge,
         shock_tariff; nation.workforce_growth, talent_growth, saving_rate, world_demand, tariff_path, fdi_cycle,
         fdi_shock, tfp_trend, macro_shock, demand_weight, carbon_price, technology_severity, algorithm_severity,
         breach_severity, crisis_forced
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ftz_sim.model.axes import national, outer, power
from ftz_sim.model.clock import QUARTERS_PER_YEAR, Quarter
from ftz_sim.model.columns import N_FIELDS, N_PARTNERS, TIER_OF_FIELD, Array, Column
from ftz_sim.model.maths import interpolated
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.shocks import Shock
    from ftz_sim.model.world import World

SPAN = 22  # years from 2013 to 2035, over which straight lines run
US = 6  # row of the United States among the partners
SURCHARGE_FROM = Quarter(2018, 3).index
FDI_CYCLE_YEARS = (0, 4, 7, 8, 9, 10, 11, 12, 23)  # 2013, 2017, 2020 ... 2025, 2036
TARIFF_YEARS = (0, 1, 5, 9, 30)  # 2013, 2014, 2018, 2022, later
KNOWN = 2.0  # years since 2013, middle of the last published change of provinces (2014 to 2015)
PERMANENT = tuple(Quarter(*q).index for q in ((2020, 1), (2022, 1), (2022, 2), (2023, 2)))
TRANSITORY = tuple(
    Quarter(*q).index for q in ((2020, 1), (2020, 2), (2020, 3), (2022, 2), (2022, 3), (2022, 4), (2023, 1))
)


def _fitted(default: tuple[float, ...], meaning: str, unit: str) -> Any:
    return param(default, meaning, unit=unit, grade="C", source="calibrated", sampled=False)


class ExogenousPaths(Params):
    """Keys a scenario may set under ``exogenous_paths:``."""

    residual_growth_start: float = param(
        0.0131,
        "residual growth of productivity in 2013 (g0)",
        unit="1/yr",
        low=0.008,
        high=0.018,
        grade="C",
        source="calibrated",
    )
    residual_growth_end: float = param(
        0.007,
        "residual growth after 16 years (g1)",
        unit="1/yr",
        low=0.001,
        high=0.013,
        grade="C",
        source="calibrated",
    )
    growth_years: float = constant(16.0, "years over which residual growth changes", unit="yr", positive=True)
    trend_size: tuple[float, float] = param(
        (0.72, 1.25),
        "provincial trends of productivity and of research intensity, per gap of growth in 2012-15",
        unit="1",
        low=(0.5, 0.6),
        high=(1.0, 2.0),
        grade="C",
        source="calibrated",
    )
    trend_decay: tuple[float, float] = param(
        (0.26, 1.07),
        "decay of these trends after 2014",
        unit="1/yr",
        low=(0.1, 0.5),
        high=(0.4, 4.0),
        grade="C",
        source="calibrated",
    )
    demand_shift: tuple[float, float] = param(
        (0.048, 0.12),
        "growth of demand weights of tiers 1 and 2",
        unit="1/yr",
        low=(0.0, 0.0),
        high=(0.10, 0.24),
        grade="C",
        source="calibrated",
    )
    shift_years: float = constant(20.0, "years over which demand shifts", unit="yr")
    saving_rate: tuple[float, float] = param(
        (0.455, 0.395), "saving in 2013 and 2035", unit="share", low=(0.425, 0.365), high=(0.485, 0.425)
    )
    ets_growth: float = param(
        0.048, "growth of the carbon price after the last published one", unit="1/yr", low=0.0, high=0.12
    )
    workforce_growth: tuple[float, float] = constant(
        (-0.0016, -0.0048), "growth of the workforce in 2013 and 2035", unit="1/yr"
    )
    talent_growth: tuple[float, float] = constant(
        (0.060, 0.024), "growth of talents after the last published total and in 2035", unit="1/yr"
    )
    world_growth: float = param(
        0.021, "growth of world demand", unit="1/yr", low=0.010, high=0.035, grade="C", source="calibrated"
    )
    fdi_cycle: tuple[float, float, float, float, float, float, float, float, float] = _fitted(
        (0.0, 0.09, 0.20, 0.29, 0.37, 0.29, -0.02, -0.10, 0.02),
        "the world's FDI to China in 2013, 2017, 2020 to 2025 and 2036, relative to 2013",
        "log",
    )
    tariff_path: tuple[float, float, float] = param(
        (1.0, 0.715, 0.46),
        "applied tariff on goods in 2014, 2018 and 2022, relative to 2013",
        unit="1",
        low=(1.0, 0.65, 0.4),
        high=(1.0, 0.8, 0.6),
        grade="D",
        source="data",
    )
    us_surcharge: float = param(
        0.155, "added tariff of the United States from 2018Q3", unit="ad valorem", low=0.08, high=0.25
    )
    permanent_losses: tuple[float, float, float, float] = _fitted(
        (0.020, 0.009, 0.018, 0.010), "lasting losses in 2020Q1, 2022Q1, 2022Q2, 2023Q2", "log"
    )
    transitory_shocks: tuple[float, float, float, float, float, float, float] = _fitted(
        (-0.09, -0.01, 0.005, -0.015, -0.004, -0.008, -0.002),
        "passing shocks in 2020Q1, Q2, Q3, 2022Q2, Q3, Q4, 2023Q1",
        "log",
    )

    @property
    def shift_of_tiers(self) -> tuple[float, float, float]:
        """Shift of demand by tier, relative to the traditional one [K]."""
        return (0.0, *self.demand_shift)


class Shocks(NamedTuple):
    """What all shocks of a quarter come to."""

    tariff: Column  # [P] ad valorem
    technology: Column  # [F, P] severity 0 to 1
    investment: float = 1.0  # factor on the pool of FDI
    demand: float = 1.0  # factor on world demand
    algorithm: float = 0.0  # severity 0 to 1
    breach: float = 0.0  # severity 0 to 1
    output: float = 0.0  # log points
    carbon_price: float = 0.0  # yuan/t
    crisis: bool = False


def shocks_of(shocks: Sequence[Shock], quarter: int) -> Shocks:
    """Return what ``shocks`` come to in ``quarter`` (0 is 2013Q1)."""
    now = Shocks(np.zeros(N_PARTNERS), np.zeros((N_FIELDS, N_PARTNERS)))
    for shock in shocks:
        if not shock.acts(quarter):
            continue
        match shock.kind:
            case "tariff":
                now.tariff[shock.rows] += shock.size
            case "technology":
                cells = np.ix_(shock.field_rows, shock.partner_rows)
                now.technology[cells] = np.maximum(now.technology[cells], shock.size)
            case "fdi":
                now = now._replace(investment=now.investment * shock.size)
            case "demand":
                now = now._replace(demand=now.demand * (1 - shock.size))
            case "algorithm":
                now = now._replace(algorithm=max(now.algorithm, shock.size))
            case "data_breach":
                now = now._replace(breach=max(now.breach, shock.size))
            case "pandemic":
                now = now._replace(output=now.output - shock.size)
            case "carbon_price":
                now = now._replace(carbon_price=now.carbon_price + shock.size)
            case "crisis":
                now = now._replace(crisis=True)
    return now


def line(ends: tuple[float, float], years: float, span: float = SPAN) -> float:
    """Return the point after ``years`` on the straight line between ``ends``, ``span`` years apart."""
    return ends[0] + (ends[1] - ends[0]) * np.minimum(np.maximum(years / span, 0.0), 1.0)


def talent_growth(quarter: int, quarters: Array, totals: Array, p: ExogenousPaths) -> float:
    """Return the growth of talents [1/yr]; ``totals`` [FTE] are published for ``quarters``."""
    if quarter >= quarters[-1]:
        last = float(quarters[-1]) / QUARTERS_PER_YEAR
        return line(p.talent_growth, quarter / QUARTERS_PER_YEAR - last, SPAN - last)
    after = int(np.searchsorted(quarters, quarter, side="right"))
    years = (quarters[after] - quarters[after - 1]) / QUARTERS_PER_YEAR
    return float(np.log(totals[after] / totals[after - 1]) / years)


def carbon_price(quarter: int, quarters: Array, prices: Array, p: ExogenousPaths) -> float:
    """Return the national carbon price [yuan/t]; ``prices`` are published for ``quarters``."""
    if quarter < quarters[0]:
        return 0.0
    years_after = max(quarter - quarters[-1], 0) / QUARTERS_PER_YEAR
    published = np.exp(np.interp(quarter, quarters, np.log(prices)))
    return published * power(1 + p.ets_growth, years_after)


def tfp_trend(trend: float, quarter: int, p: ExogenousPaths, dt: float) -> float:
    """Return the national trend [log] of ``quarter`` from that of the quarter before; 0 stays 0 at t = 0."""
    rate = line((p.residual_growth_start, p.residual_growth_end), quarter * dt, p.growth_years)
    loss = dict(zip(PERMANENT, p.permanent_losses, strict=True)).get(quarter, 0.0)
    return trend + dt * rate - loss if quarter > 0 else trend


def macro_shock(quarter: int, p: ExogenousPaths) -> float:
    """Return the passing shock [log] that history brought in ``quarter``."""
    return dict(zip(TRANSITORY, p.transitory_shocks, strict=True)).get(quarter, 0.0)


def fdi_cycle(years: float, p: ExogenousPaths) -> float:
    """Return the world's FDI to China relative to 2013, before what China does."""
    return np.exp(interpolated(years, FDI_CYCLE_YEARS, p.fdi_cycle))


def world_demand(years: float, p: ExogenousPaths) -> float:
    """Return world demand relative to 2013, before shocks."""
    return np.exp(p.world_growth * years)


def tariff_path(years: float, p: ExogenousPaths) -> float:
    """Return the applied tariff of China relative to that of 2013, before what agreements of a scenario do."""
    return interpolated(years, TARIFF_YEARS, (1.0, *p.tariff_path, p.tariff_path[-1]))


def demand_weights(start: Column, years: float, p: ExogenousPaths) -> Column:
    """Return the weights of fields [F] in demand, sum 1, from those of the ``start``."""
    shift = np.array(p.shift_of_tiers)[TIER_OF_FIELD]
    weights = start * np.exp(shift * np.minimum(years, p.shift_years))
    return weights / national(weights)


def trend_growth(growth: Column, weight: Column, years: float, size: float, decay: float) -> Column:
    """Return the provincial trends of a figure [R, 1/yr] around their weighted mean."""
    around_mean = growth - growth @ weight / weight.sum()
    return outer(around_mean, size * np.exp(-decay * max(years - KNOWN, 0)))


def provincial_trend(trend: Column, growth: Column, quarter: int, dt: float) -> Column:
    """Return what such trends [R, log] have come to; 0 stays 0 at t = 0."""
    return trend + dt * growth if quarter > 0 else trend


def preference_depth(quarter: int, partner: Array, start: Array, end: Array, depth: Array) -> Column:
    """Return the share of each partner's tariff [P] removed by agreements, given one row per phase-in."""
    passed = np.clip((quarter - start) / np.maximum(end - start, 1), 0, 1)
    return np.bincount(partner, depth * passed, N_PARTNERS)


def surcharge(quarter: int, p: ExogenousPaths) -> Column:
    """Return the added tariffs of history [P, ad valorem]."""
    on_us = np.arange(N_PARTNERS) == US
    return outer(on_us, p.us_surcharge * (quarter >= SURCHARGE_FROM))


def step(model: World, p: ExogenousPaths) -> None:
    """Wire the paths to nation, partners and provinces."""
    nation, partners, figures, t, y = model.nation, model.partners, model.figures, model.clock.index, model.clock.years
    now = model.shocks()
    nation.workforce_growth = line(p.workforce_growth, y)
    nation.talent_growth = talent_growth(t, *figures.talent_totals, p)
    nation.saving_rate = line(p.saving_rate, y)
    nation.world_demand = world_demand(y, p) * now.demand
    nation.tariff_path = tariff_path(y, p)
    nation.fdi_cycle, nation.fdi_shock = fdi_cycle(y, p), now.investment
    nation.carbon_price = carbon_price(t, *figures.carbon_prices, p) + now.carbon_price
    nation.tfp_trend = tfp_trend(nation.tfp_trend, t, p, model.dt)
    nation.macro_shock = macro_shock(t, p) + now.output
    nation.demand_weight = demand_weights(model.base.field_share, y, p)
    nation.technology_severity, nation.algorithm_severity = now.technology, now.algorithm
    nation.breach_severity, nation.crisis_forced = now.breach, now.crisis
    partners.surcharge, partners.shock_tariff = model.shared(surcharge(t, p)), now.tariff
    partners.preference_depth = model.shared(preference_depth(t, *figures.preference_depth))
    regions, provinces = model.regions, figures.provinces
    sizes, decays = p.trend_size, p.trend_decay
    growth = trend_growth(provinces.growth_2012_15, provinces.gdp, y, sizes[0], decays[0])
    of_research = trend_growth(provinces.research_growth_2012_15, provinces.research, y, sizes[1], decays[1])
    regions.productivity_growth = model.shared(growth)
    regions.productivity_trend = provincial_trend(regions.productivity_trend, model.shared(growth), t, model.dt)
    regions.research_trend = provincial_trend(regions.research_trend, model.shared(of_research), t, model.dt)
