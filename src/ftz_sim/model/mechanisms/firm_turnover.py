"""Firm turnover: weak firms close; entrants take their rows and choose zone area, tier and field.

One quarter (dt = 0.25 years); a hazard h draws with probability 1 - exp(-h dt). Means are taken over all
firms before rows are replaced; G(x) is the geometric mean of x in a cell, a province and field, and in the field if
the cell is empty: a newcomer has the size that is usual where it starts.

    exit hazard = exit_rate clip(exp(-selection om_i), exit_low, exit_high)
    in the zone area, in provinces that have or will have a zone, with probability
        min(zone_cap, zone_entry_share exp(advantage (O_zone - O_nation) + entry_effect (fair_competition
        + research_support)))
    tier    odds of k = 1, 2 against 0: tier_odds_k exp(tier_factor ln FS_r + tier_openness O_i)
    field   inside the tier by appeal (`industrial_upgrading`): weight of 2013, location quotient, price of value
            added, chain policy in an open zone; there (tiers 1, 2) with probability target_pull by the zone's target
    capital start_share G(K_rf) exp(v_r - mean v), scaled so that the sum is that of start_share G(K_rf);
            v_r = entry_environment (Q_r - Q0_r) + entry_talent dT_r - entry_density (ln dens_r)+
    workers, talents  G of the cell; then all firms of the province are scaled to the sums before
    knowledge = knowledge_share G(kn); digitisation = mean of the province; intensity = entrant_clean G(e)
    a0      = a_rf + entrant_spread n + entry_fit ln clip(LQ_rf, fit_low, fit_high); a_rf = mean of a0 in the cell
    owner   state and foreign with fixed shares, else private

    om     productivity shock of the firm, 0 for entrants                [log]
    O      effective openness of the zone area or of the nation          [0 to 1]
    FS, Q, dens, dT  factor index, business environment, density, talent gap of the province
    LQ     location quotient; n a standard normal draw

The number of rows of a province never changes. Capital of closed firms goes to nation.released_capital, from
which entrants are paid (it may turn slightly negative; the next quarter's saving absorbs it); their people
stay in the province, their knowledge is lost. A quarter without exits sets released capital to 0. Flows of
an entrant are 0 until computed. The chance of the zone area is the same before and after the opening but for
the exponent. Off: no exit, no entry.

Claims:  M-ENVI, M-SETTLE, M-FC, M-TIERS, M-SUBJ
Reads:   draws; regions.zone_open, density, talent_gap, location_quotient, business_environment,
         openness_by_area, factor_index, net_price, chain_gap; zones.target, target_pull;
         levers.fair_competition, research_support, chain_policy; base.business_environment, field_share
Writes:  firms; nation.released_capital
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ftz_sim.model.axes import national, power, province_sums, spread
from ftz_sim.model.columns import FOREIGN, NEVER, NO_ZONE, PRIVATE, STATE_OWNED, Array, Firms, Index, Single
from ftz_sim.model.group import Group
from ftz_sim.model.levers import Column
from ftz_sim.model.maths import ratio, share_closed
from ftz_sim.model.mechanisms.carbon import log_intensity, typical
from ftz_sim.model.mechanisms.industrial_upgrading import choose_field, field_appeal, split
from ftz_sim.model.params import Params, constant, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

FLOOR = 1e-9  # smallest stock whose log is taken


class FirmTurnover(Params):
    """Keys a scenario may set under ``firm_turnover:``."""

    exit_rate: float = param(0.048, "exit hazard of a firm without shock", unit="1/yr", low=0.032, high=0.08, grade="A")
    selection: float = param(2.0, "fall of the exit hazard per log point of shock", unit="1", low=0.0, high=4.0)
    tier_odds: tuple[float, float] = param(
        (0.115, 0.006),
        "odds that an entrant joins tier 1 or 2 against 0",
        unit="1",
        low=(0.0575, 0.003),
        high=(0.1725, 0.009),
        grade="C",
        source="calibrated",
    )
    zone_entry_share: float = param(
        0.06,
        "entrants that choose the zone area, before policy",
        unit="share",
        low=0.03,
        high=0.12,
        grade="C",
        source="calibrated",
    )
    advantage: float = param(1.0, "pull of the zone's openness on entrants", unit="1", low=-0.5, high=2.0)
    entry_effect: float = param(0.15, "pull of fair competition and research support", unit="log", low=-0.075, high=0.4)
    start_share: float = param(
        0.4, "capital of entrants per mean capital", unit="share", low=0.2, high=0.6, positive=True
    )
    knowledge_share: float = param(0.5, "knowledge of entrants per mean knowledge", unit="share", low=0.2, high=0.6)
    entrant_spread: float = param(0.25, "spread of entrants' productivity", unit="log", low=0.1, high=0.4)
    entrant_clean: float = param(0.95, "intensity of entrants per typical intensity", unit="share", low=0.8, high=1.0)
    exit_low: float = constant(0.2, "least factor on the exit hazard", unit="1")
    exit_high: float = constant(4.0, "largest factor on the exit hazard", unit="1")
    entry_environment: float = constant(1.2, "start-up capital: business environment", unit="log")
    entry_talent: float = constant(0.3, "start-up capital: talent gap", unit="1")
    entry_density: float = constant(0.3, "start-up capital lost to density", unit="1")
    tier_factor: float = constant(0.7, "elasticity of the odds to the factor index", unit="1")
    tier_openness: float = constant(0.6, "effect of openness on the odds", unit="log")
    entry_fit: float = constant(0.05, "productivity from the location quotient", unit="log")
    fit_low: float = constant(0.2, "least location quotient in the fit", unit="1", positive=True)
    fit_high: float = constant(5.0, "largest location quotient in the fit", unit="1", positive=True)
    zone_cap: float = constant(0.5, "largest share of entrants in the zone area", unit="share")
    price_response: float = param(
        1.0, "pull of the price of value added in the choice of a field", unit="1", low=0.0, high=2.0
    )
    chain_effect: float = param(0.35, "pull of chain policy to fields with dear inputs", unit="1", low=-0.175, high=0.8)
    lq_floor: float = constant(0.05, "least location quotient in the choice of a field", unit="1")
    field_exponent: float = constant(0.5, "weight of the location quotient in that choice", unit="1")
    state_share: float = constant(0.05, "entrants owned by the state", unit="share")
    foreign_share: float = constant(0.10, "entrants owned by foreigners", unit="share")


class Closures(NamedTuple):
    """Firms that close [n], and luck that is left for the entrant: again uniform in [0, 1)."""

    firms: Group
    rest: Column


class Averages(NamedTuple):
    """Firms of a cell, a province and field, on average, before rows are replaced."""

    capital: Column  # [R, F] geometric, bn yuan
    workers: Column  # [R, F] geometric, persons
    talents: Column  # [R, F] geometric, FTE
    knowledge: Column  # [R, F] geometric, bn yuan
    digital: Column  # [R] 0 to 1
    productivity: Column  # [R, F] log
    log_intensity: Column  # [R, F]


class Entrants(NamedTuple):
    """Values of the firm columns of the same name for all entrants [n], or one value for all."""

    zone: Array
    in_open_zone: Array
    tier: Array
    field: Array
    owner: Array
    capital: Column
    workers: Column
    talents: Column
    knowledge: Column
    digital: Column
    emission_intensity: Column
    base_productivity: Column
    abatement: Column
    birth_quarter: int
    upgrade_quarter: int = NEVER
    productivity_shock: float = 0.0
    research: float = 0.0
    value_added: float = 0.0
    variety: float = 0.0
    fdi_received: float = 0.0
    digital_change: float = 0.0
    abatement_cost: float = 0.0
    green_worth: float = 0.0
    credit_tilt: float = 0.0


def exit_hazard(shock: Array, p: FirmTurnover) -> Array:
    """Return the yearly exit hazard of firms with productivity shock ``shock`` [log]."""
    rate, slope, low, high = (np.float32(x) for x in (p.exit_rate, p.selection, p.exit_low, p.exit_high))
    return rate * np.minimum(np.maximum(np.exp(-slope * shock), low), high)


def largest_exit(p: FirmTurnover, dt: float) -> float:
    """Return a probability of closing in ``dt`` years that no firm exceeds."""
    return share_closed(p.exit_rate * p.exit_high, dt)


def closures(candidates: Group, luck: Array, shock: Single, p: FirmTurnover, dt: float) -> Closures:
    """Return the firms that close in ``dt`` years; ``shock`` in log points [N].

    Only firms whose luck is below the largest probability, the ``candidates``, need a closer look. The luck
    of a closing firm is uniform below its own, so its position there serves the entrant for one more question.
    """
    closing, rest = split(luck, share_closed(exit_hazard(candidates.of(shock), candidates.own(p)), dt))
    return Closures(candidates.that(closing), rest[closing])


def geometric_mean(stock: Column, firms: Firms) -> Column:
    """Return the geometric mean of ``stock`` [N] by province and field [R, F]; that of the field in an empty cell."""
    logs = stock.astype(np.float32)
    np.log(np.maximum(logs, np.float32(FLOOR), out=logs), out=logs)
    return np.exp(mean_of_cells(logs, firms))


def mean_of_cells(column: Array, firms: Firms) -> Column:
    """Return the mean of ``column`` [N] by province and field [R, F]; that of the field in an empty cell."""
    return typical(firms.sum_by_region_field(column), firms.members).by_cell


def area_chance(
    openness: Column, fair_competition: Column, research_support: Column, has_area: Array, p: FirmTurnover
) -> Column:
    """Return the probability that an entrant chooses the zone area [R]; ``openness`` [R, 2], the rest [R]."""
    pull = p.advantage * (openness[:, 1] - openness[:, 0]) + p.entry_effect * (fair_competition + research_support)
    return has_area * np.minimum(p.zone_cap, p.zone_entry_share * np.exp(pull))


def tier_chances(factor_index: Column, openness: Column, p: FirmTurnover) -> Column:
    """Return the probabilities of the tiers [R, 2, K] of an entrant, by province and area."""
    pull = power(np.maximum(factor_index, FLOOR), p.tier_factor)[:, None] * np.exp(p.tier_openness * openness)
    traditional = np.ones_like(pull)[:, :, None]
    odds = np.concatenate((traditional, pull[:, :, None] * np.array(p.tier_odds)), axis=2)
    return odds / odds.sum(2, keepdims=True)


def low_bits(luck: Single) -> Single:
    """Return a second uniform number [n]: the low half of the 24 random bits of ``luck``."""
    return luck * 4096 % 1


def choose_tier(luck: Single, chances: Column) -> Array:
    """Return the tier of entrants [n] from their luck [n] and chances [n, K]; small luck means a high tier."""
    return (luck < chances[:, 2]).astype(np.int8) + (luck < chances[:, 1] + chances[:, 2])


def choose_owner(luck: Column, p: FirmTurnover) -> Array:
    """Return the owner of entrants [n] from their luck [n]."""
    foreign = np.where(luck < p.state_share + p.foreign_share, FOREIGN, PRIVATE)
    return np.where(luck < p.state_share, STATE_OWNED, foreign)


def start_capital(
    typical: Column,
    environment_gain: Column,
    talent_gap: Column,
    density: Column,
    slots: Index,
    entrants: Group,
    region: Array,
    p: FirmTurnover,
) -> Column:
    """Return the capital of ``entrants`` in ``region`` [n], bn yuan, from what is ``typical`` where they start [n].

    The rest is by province [R]. What good places gain, others lose: the sum is ``start_share`` times that of the
    typical capital.
    """
    appeal = p.entry_environment * environment_gain + p.entry_talent * talent_gap
    appeal = appeal - p.entry_density * np.maximum(np.log(np.maximum(density, FLOOR)), 0)
    even = entrants.own(p.start_share) * typical
    uneven = even * entrants.at(np.exp(appeal - national(appeal * slots) / slots.sum()), region)
    return uneven * entrants.own(ratio(entrants.sum(even), entrants.sum(uneven)))


def fit(location_quotient: Column, p: FirmTurnover) -> Column:
    """Return productivity [log] of an entrant whose field has this location quotient."""
    return p.entry_fit * np.log(np.minimum(np.maximum(location_quotient, p.fit_low), p.fit_high))


def restored(people: Column, sums: Column, starts: Index, slots: Index) -> Column:
    """Scale ``people`` [N] so that every province has its ``sums`` [R] again."""
    scaled = spread(ratio(sums, province_sums(people, starts)), slots)
    scaled *= people
    return scaled


def averages(firms: Firms) -> Averages:
    """Return what firms are like on average."""
    return Averages(
        geometric_mean(firms.capital, firms),
        geometric_mean(firms.workers, firms),
        geometric_mean(firms.talents, firms),
        geometric_mean(firms.knowledge, firms),
        firms.sum_by_region(firms.digital) / firms.slots,
        mean_of_cells(firms.base_productivity, firms),
        mean_of_cells(log_intensity(firms.emission_intensity), firms),
    )


def replace(firms: Firms, closed: Group, entrants: Entrants) -> float:
    """Put ``entrants`` into the rows of ``closed``, keep the people of provinces, return capital released [bn yuan]."""
    slots = firms.slots
    workers, talents = firms.sum_by_region(firms.workers), firms.sum_by_region(firms.talents)
    released = closed.sum(closed.of(firms.capital)) - closed.sum(entrants.capital)
    for name, values in entrants._asdict().items():
        closed.put(getattr(firms, name), values)
    firms.reindex(closed.rows)
    firms.find_zone_rows()
    firms.workers = restored(firms.workers, workers, firms.starts, slots)
    firms.talents = restored(firms.talents, talents, firms.starts, slots)
    return released


def _enter(model: World, closed: Closures, before: Averages, p: FirmTurnover) -> Entrants:
    """Wire the choices of the entrants into the rows of ``closed`` firms."""
    firms, regions, zones, levers = model.firms, model.regions, model.zones, model.levers
    new = closed.firms
    region = new.of(firms.region).astype(np.intp)
    chance = area_chance(
        regions.openness_by_area,
        levers.fair_competition,
        levers.research_support,
        regions.zone != NO_ZONE,
        p,
    )
    luck = model.stream("firm_turnover/entry").uniform_of(new)
    inside, rest = split(low_bits(luck), new.at(chance, region))
    in_open_zone = inside & new.at(regions.has_open_zone, region)
    chances = new.at(tier_chances(regions.factor_index, regions.openness_by_area, p), region, inside.astype(np.intp))
    tier = choose_tier(luck, chances)
    field = choose_field(
        new,
        closed.rest,
        tier,
        region,
        in_open_zone,
        new.at(zones.to_regions(zones.target_pull), region) * in_open_zone,
        field_appeal(model.base.field_share, regions, levers.chain_policy, p),
        zones.to_regions(zones.target),
    )
    noise = model.stream("firm_turnover/productivity").normal_of(new)
    gain = regions.business_environment - model.base.business_environment
    return Entrants(
        zone=np.where(inside, new.at(regions.zone, region), NO_ZONE),
        in_open_zone=in_open_zone,
        tier=tier,
        field=field,
        owner=choose_owner(rest, new.own(p)),
        capital=start_capital(
            new.at(before.capital, region, field),
            gain,
            regions.talent_gap,
            regions.density,
            firms.slots,
            new,
            region,
            p,
        ),
        workers=new.at(before.workers, region, field),
        talents=new.at(before.talents, region, field),
        knowledge=new.own(p.knowledge_share) * new.at(before.knowledge, region, field),
        digital=new.at(before.digital, region),
        emission_intensity=new.own(p.entrant_clean) * np.exp(new.at(before.log_intensity, region, field)),
        base_productivity=new.at(before.productivity, region, field)
        + np.float32(new.own(p.entrant_spread)) * noise
        + fit(new.at(regions.location_quotient, region, field), new.own(p)),
        abatement=new.at(firms.sum_by_region(firms.abatement) / firms.slots, region),
        birth_quarter=model.clock.index,
    )


def step(model: World, p: FirmTurnover) -> None:
    """Wire closures and entry to the firm columns."""
    firms = model.firms
    candidates = model.stream("firm_turnover/exit").below(len(firms), largest_exit(p, model.dt))
    closed = closures(firms.group(candidates.rows), candidates.luck, firms.productivity_shock, p, model.dt)
    entrants = _enter(model, closed, averages(firms), p)
    model.nation.released_capital = replace(firms, closed.firms, entrants)
