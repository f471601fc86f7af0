"""Firm turnover: weak firms close; entrants take their rows and choose zone area, tier and field.

One quarter (dt = 0.25 years); a hazard h draws with probability 1 - exp(-h dt). Means are taken over all
firms before rows are replaced; G(x) is the geometric mean of x in a cell, a province and field, and in the field if
the cell is empty: a newcomer has the size that is usual where it starts.

    exit hazard_i = exit_rate w_i / mean w
        w_i = clip(exp(-selection (a0_i + om_i - mean of the cell) + number_share v_r), exit_low, exit_high)
    appeal to founders v_r = entry_environment (Q_r - Q0_r) + entry_talent dT_r - entry_density (ln dens_r)+,
        less its mean over firms
    in the zone area, in provinces that have or will have a zone, with probability
        min(zone_cap, a_r zone_entry_share exp(advantage (O_zone - O_nation) + entry_effect (fair_competition
        + research_support)))
    tier    odds of k = 1, 2 against 0: tier_odds_k exp(tier_factor ln FS_r + tier_openness O_i)
    field   inside the tier by appeal (`industrial_upgrading`): weight of 2013, location quotient, price of value
            added, chain policy in an open zone; there (tiers 1, 2) with probability target_pull by the zone's target
    capital start_share G(K_rf) exp((1 - number_share) v_r), scaled so that the sum is that of start_share G(K_rf)
    workers, talents  start_share G of the cell; then all firms of the province are scaled to the sums before
    knowledge = knowledge_share G(kn); digitisation = mean of the province; intensity = entrant_clean G(e)
    a0      = a_rf + entrant_spread n + learning (s_rf - mean s) + entry_fit ln clip(LQ_rf, fit_low, fit_high);
              a_rf = mean of a0 in the cell, s_rf = ln(SP_rf / SP_rf(0))
    owner   state and foreign with fixed shares, else private

    a0, om lasting productivity, transitory shock of the firm, which is 0 for entrants   [log]
    a      size of the zone area relative to its first one, see `delimiting`  [1]
    O      effective openness of the zone area or of the nation          [0 to 1]
    FS, Q, dens, dT  factor index, business environment, density, talent gap of the province
    SP     knowledge within reach                                        [bn yuan]
    LQ     location quotient; n a standard normal draw

Economic logic: who makes less than others that sell in the same market is the likelier to give up, and newcomers are
small, uneven and up to date, so that turnover weeds out and tries out; it destroys the knowledge of who closes and
costs time until people and capital have found the newcomers. Decisive parameter: selection. It would be falsified by
firms that close as often above as below the productivity of their cell.

Number and size of entry both respond to a place. A province's rows are fixed, so that as many firms close as are
founded: where founding is easier more is founded, and newcomers push incumbents out (pressure of entry; entry and
exit go together across regions and industries). What the number gains the start capital does not gain once more:
number times size rises with exp(v). The mean over the nation stays exit_rate, no province gains firms on balance,
and nobody gets a bonus. A place whose newcomers are no better than those who close gains nothing by it.

The default of `selection` was fixed beforehand, inside 1.0 to 1.5, and never moved after a result. Productivity is
value added at prices of 2013 per input, so it holds a firm's demand as well: in Foster, Haltiwanger and Syverson
(2008) one standard deviation of productivity alone lowers exit by about a twentieth to a tenth, and demand does more.
The spread within a cell is .28, so the default lowers it by three tenths. The range begins at productivity alone,
where turnover destroys more than it creates.

Capital of closed firms goes to nation.released_capital, from which entrants are paid (it may turn slightly negative;
the next quarter's saving absorbs it); their people stay in the province, their knowledge is lost. A quarter without
exits sets released capital to 0. Flows of an entrant are 0 until computed. The chance of the zone area is the same
before and after the opening but for the exponent. Off: no exit, no entry.

Claims:  M-ENVI, M-SETTLE, M-FC, M-TIERS, M-SUBJ, M-CHAIN, X-SCT
Reads:   draws; regions.zone_open, zone_area, density, talent_gap, location_quotient, business_environment,
         openness_by_area, factor_index, net_price, chain_gap, spillover; zones.target, target_pull;
         levers.fair_competition, research_support, chain_policy; base.business_environment, field_share, spillover
Writes:  firms; nation.released_capital
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ftz_sim.model.columns import NO_ZONE
from ftz_sim.model.levers import Column
from ftz_sim.model.mechanisms.industrial_upgrading import choose_field, field_appeal, split
from ftz_sim.model.turnover.choice import area_chance, choose_owner, choose_tier, low_bits, tier_chances
from ftz_sim.model.turnover.closing import Closures, closures, hazard_per_weight, largest_exit, strength, weights
from ftz_sim.model.turnover.entering import Entrants, appeal, averages, fit, lessons, replace, start_capital
from ftz_sim.model.turnover.parameters import FirmTurnover

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-ENVI: +tfp"

__all__ = ["FirmTurnover"]


def step(model: World, p: FirmTurnover) -> None:
    """Wire closures and entry to the firm columns."""
    firms, regions = model.firms, model.regions
    gain = regions.business_environment - model.base.business_environment
    founders = appeal(gain, regions.talent_gap, regions.density, firms.slots, p)
    closed = _close(model, founders, p)
    entrants = _enter(model, closed, founders, p)
    model.nation.released_capital = replace(firms, closed.firms, entrants)


def _close(model: World, founders: Column, p: FirmTurnover) -> Closures:
    """Wire selection and the pressure of entry to the draws of all firms."""
    firms = model.firms
    pressure = firms.spread((p.number_share * founders).astype(np.float32))
    weight = weights(strength(firms), pressure, p)
    per_weight = hazard_per_weight(weight, p)
    candidates = model.stream("firm_turnover/exit").below(len(firms), largest_exit(per_weight, p, model.dt))
    some = firms.group(candidates.rows)
    return closures(some, candidates.draws, some.own(per_weight) * some.of(weight), model.dt)


def _enter(model: World, closed: Closures, founders: Column, p: FirmTurnover) -> Entrants:
    """Wire the choices of the entrants into the rows of ``closed`` firms."""
    firms, regions, zones, levers = model.firms, model.regions, model.zones, model.levers
    new = closed.firms
    region = new.of(firms.region).astype(np.intp)
    chance = area_chance(
        regions.openness_by_area,
        levers.fair_competition,
        levers.research_support,
        regions.zone_area,
        p,
    )
    draws = model.stream("firm_turnover/entry").uniform_of(new)
    inside, rest = split(low_bits(draws), new.at(chance, region))
    in_open_zone = inside & new.at(regions.has_open_zone, region)
    chances = new.at(tier_chances(regions.factor_index, regions.openness_by_area, p), region, inside.astype(np.intp))
    tier = choose_tier(draws, chances)
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
    start = new.own(p.start_share)
    before = averages(firms, new, region, field)
    learnt = lessons(regions.spillover, model.base.spillover, firms.members, p)
    return Entrants(
        zone=np.where(inside, new.at(regions.zone, region), NO_ZONE),
        in_open_zone=in_open_zone,
        tier=tier,
        field=field,
        owner=choose_owner(rest, new.own(p)),
        capital=start_capital(before.capital, founders, new, region, p),
        workers=start * before.workers,
        talents=start * before.talents,
        knowledge=new.own(p.knowledge_share) * before.knowledge,
        digital=before.digital,
        emission_intensity=new.own(p.entrant_clean) * np.exp(before.log_intensity),
        base_productivity=before.productivity
        + new.at(learnt, region, field)
        + np.float32(new.own(p.entrant_spread)) * noise
        + fit(new.at(regions.location_quotient, region, field), new.own(p)),
        abatement=before.abatement,
        birth_quarter=model.clock.index,
    )
