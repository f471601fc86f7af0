"""State: plain columns of numpy, no equations.

A table is a dataclass of columns, one line of meaning and unit each. Shapes: N firms, R = 31 provinces,
Z = 22 zones, P = 8 partners, K = 3 tiers, F = 16 fields, 2 areas of a province (0 outside, 1 inside the
area of its zone, whether that zone is open yet or not).

Units: bn yuan of 2013, flows per quarter; persons; full-time equivalents (FTE); Mt CO2 per quarter;
emission intensity in t CO2 per 10^4 yuan (Mt = 0.1 x intensity x bn yuan); shares and indices 0 to 1.
Quantities that accounts add up are float64, behaviour of firms is float32.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.model.axes import province_sums, spread
from ftz_sim.model.group import Group
from ftz_sim.model.levers import N_REGIONS, Column

if TYPE_CHECKING:
    from ftz_sim.model.markets import World

# The names tell a reader the dtype; a type checker gains nothing from dtypes that numpy widens as it goes.
Array = NDArray[Any]
Index = NDArray[Any]  # of intp
Small = NDArray[Any]  # of int8
Short = NDArray[Any]  # of int16
Single = NDArray[Any]  # of float32
Flag = NDArray[Any]  # of bool

N_ZONES, N_PARTNERS, N_TIERS, N_FIELDS, N_AREAS = 22, 8, 3, 16, 2
TIER_OF_FIELD = np.repeat(np.arange(N_TIERS), [5, 8, 3])  # traditional, strategic-emerging, future
NEW_FIELDS = np.flatnonzero(TIER_OF_FIELD > 0)
PRIVATE, STATE_OWNED, FOREIGN = 0, 1, 2
NO_ZONE = -1
NEVER = -1


def _no_members() -> Index:
    return np.zeros((N_REGIONS, N_FIELDS), dtype=np.intp)


def _no_rows() -> Index:
    return np.zeros(0, dtype=np.intp)


@dataclass
class Firms:
    """One row is a slot with a fixed province: a closing firm is replaced in its row by an entrant.

    Rows are sorted by province, so that sums and broadcasts by province are slices.
    """

    region: Small  # province, 0 ... 30
    zone: Small  # zone whose area the firm sits in, open or not; NO_ZONE outside
    ring: Single  # of the slot: size of the zone area, relative to its first one, that just takes it in
    in_open_zone: Flag  # the zone area is open and has zone status
    tier: Small  # 0 traditional, 1 strategic-emerging, 2 future
    field: Small  # 0 ... 15
    owner: Small  # PRIVATE, STATE_OWNED, FOREIGN
    capital: Column  # bn yuan
    workers: Column  # persons
    talents: Column  # FTE
    research: Column  # bn yuan a quarter
    knowledge: Column  # bn yuan
    variety: Column  # output to the power rho, what the markets of its cell weigh a firm by
    value_added: Column  # bn yuan a quarter
    fdi_received: Column  # bn yuan a quarter
    digital: Single  # degree of digitisation, 0 to 1
    digital_change: Single  # change of the above in this quarter
    emission_intensity: Single  # t CO2 per 10^4 yuan
    base_productivity: Single  # log
    productivity_shock: Single  # log
    abatement: Single  # log points of intensity that the firm has cut
    abatement_cost: Single  # log points of output
    green_worth: Single  # what a tonne less saves in interest, yuan/t
    credit_tilt: Single  # log weight in the allocation of investment
    birth_quarter: Short  # quarter of entry; -40 for firms of the start
    upgrade_quarter: Short  # quarter of the last climb to a higher tier, or NEVER
    starts: Index  # [R] first row of each province
    slots: Index  # [R] number of rows of each province
    cell: Index  # [N] (province, area, tier) as one number
    region_field: Index  # [N] (province, field) as one number
    members: Index = dataclass_field(default_factory=_no_members)  # [R, F] firms of a province and field
    zone_rows: Index = dataclass_field(default_factory=_no_rows)  # rows of the firms in zone areas, open or not

    def __len__(self) -> int:
        return len(self.region)

    def spread(self, by_region: Array) -> Array:
        """Give every firm the value of its province."""
        return spread(by_region, self.slots)

    def of_cell(self, by_cell: Array) -> Single:
        """Give every firm the value of its province, area and tier, from a table [R, 2, K]."""
        table = np.empty((N_REGIONS, N_AREAS, N_TIERS), dtype=np.float32)
        table[...] = by_cell
        return table.ravel().take(self.cell)

    def exactly_of_cell(self, by_cell: Array) -> Column:
        """Do the same in float64, for what accounts add up."""
        return by_cell.ravel().take(self.cell)

    def of_region_field(self, by_region_field: Array) -> Single:
        """Give every firm the value of its province and field, from a table [R, F]."""
        return by_region_field.astype(np.float32).ravel().take(self.region_field)

    def exactly_of_region_field(self, by_region_field: Array) -> Column:
        """Do the same in float64, for what accounts add up."""
        return by_region_field.ravel().take(self.region_field)

    def sum_by_region(self, column: Array) -> Column:
        """Add a column up by province [R]."""
        return province_sums(column, self.starts, np.float64)

    def sum_by_cell(self, column: Array) -> Column:
        """Add a column up by province, area and tier [R, 2, K]."""
        size = N_REGIONS * N_AREAS * N_TIERS
        return np.bincount(self.cell, column, size).reshape(N_REGIONS, N_AREAS, N_TIERS)

    def sum_by_region_field(self, column: Array) -> Column:
        """Add a column up by province and field [R, F]."""
        return self.sum_of(self.region_field, column)

    def sum_of_zone_areas(self, column: Array) -> Column:
        """Add a column up over the firms of zone areas, by province and field [R, F]."""
        some = self.of_zones
        return self.sum_of(some.of(self.region_field), some.of(column))

    def sum_of(self, region_field: Index, values: Array) -> Column:
        """Add values of some firms up by their province and field [R, F]; ``region_field`` has both as one number."""
        return np.bincount(region_field, values, N_REGIONS * N_FIELDS).reshape(N_REGIONS, N_FIELDS)

    def group(self, rows: Index) -> Group:
        """Return the firms in these ``rows`` [n], in order."""
        return Group(rows)

    def that(self, chosen: Flag) -> Group:
        """Return the firms that are ``chosen`` [N]."""
        return self.group(np.flatnonzero(chosen))

    def at_cell(self, by_cell: Array, some: Group) -> Column:
        """Give some firms the value of their province, area and tier [n], from a table [R, 2, K]."""
        return by_cell.ravel()[self.cell[some.rows]]

    def at_field(self, by_region_field: Array, some: Group) -> Column:
        """Give some firms the value of their province and field [n], from a table [R, F]."""
        return by_region_field.ravel()[self.region_field[some.rows]]

    @property
    def of_zones(self) -> Group:
        """The firms in zone areas, open or not."""
        return self.group(self.zone_rows)

    def index(self) -> None:
        """Find the groups of all firms: both composite indices, the members of fields, the rows of zone areas."""
        self._place(slice(None))
        self.members = np.zeros_like(self.members)
        self._count(slice(None), 1)
        self.find_zone_rows()

    def reindex(self, rows: Index) -> None:
        """Refresh indices and members after tier, field or zone of ``rows`` (each named once) changed."""
        self._count(rows, -1)
        self._place(rows)
        self._count(rows, 1)

    def find_zone_rows(self) -> None:
        """Refresh the rows of the zone areas after zones changed."""
        self.zone_rows = np.flatnonzero(self.zone != NO_ZONE)

    def _count(self, rows: Index | slice, by: int) -> None:
        np.add.at(self.members.reshape(-1), self.region_field[rows], by)

    def _place(self, rows: Index | slice) -> None:
        region = self.region[rows].astype(np.intp)
        area = self.zone[rows] != NO_ZONE
        self.cell[rows] = (region * N_AREAS + area) * N_TIERS + self.tier[rows]
        self.region_field[rows] = region * N_FIELDS + self.field[rows]


@dataclass
class Regions:
    """The 31 provinces; first axis R everywhere."""

    # geography and institutions that do not change
    latitude: Column  # deg
    longitude: Column  # deg
    macro_region: Small  # 0 east, 1 central, 2 west
    strategy_area: Small  # group of the national regional strategies
    green_pilot: Flag  # national pilot of green finance from 2017Q3
    zone: Small  # zone of the province, or NO_ZONE
    zone_area: Column  # size of the zone area relative to its first one, open or not; 0 without a zone
    # the zone of the province, now
    zone_open: Column  # is_open x zone_status of its zone, 0 or 1 ("op" in the docs)
    at_work: Column  # level at which its zone works: the highest of its levers, 0 for an idle or empty zone, 0 to 1
    pilot_evidence: Column  # [R, kinds of place] what a pilot in its zone can show, 0 to 1
    zone_share: Column  # value added of the zone area / of the province
    zone_trade: Column  # share of its open zone in the province's trade
    # output
    gdp: Column  # volume: bn yuan of 2013 a quarter, at prices of 2013
    income: Column  # value added and duties, bn yuan a quarter
    real_income: Column  # over the price of the province's final spending, bn yuan of 2013 a quarter
    value_added: Column  # [R, F] bn yuan a quarter
    value_added_by_tier: Column  # [R, K] bn yuan a quarter
    productivity_growth: Column  # log points a year, around the nation's
    productivity_trend: Column  # the same, log since 2013
    research_trend: Column  # of R&D over value added, log since 2013, around the nation's
    density: Column  # GDP relative to 2013 and to the nation
    talent_gap: Column  # log talents per worker relative to 2013 and to the nation
    workers: Column  # persons
    talents: Column  # FTE
    wage: Column  # 10^3 yuan a quarter
    talent_wage: Column  # 10^3 yuan a quarter
    location_quotient: Column  # [R, F] share of a field in the province's workers / in the nation's
    # institutions
    business_environment: Column  # 0 to 1
    reforms_adopted: Column  # items
    adoption_share: Column  # reforms adopted / results approved for the nation
    glass_door: Column  # share of formal openness that hidden conditions take away
    openness_by_area: Column  # [R, 2] effective openness 0 to 1: the nation's outside an open zone
    # digital and knowledge
    compute: Column  # 0 to 1
    digital_capability: Column  # harmonic mean of data, compute, algorithms
    digital_intensity: Column  # worker-weighted mean of firms' digitisation
    research: Column  # bn yuan a quarter
    patents: Column  # index, national sum 100 in 2013Q1
    spillover: Column  # [R, F] knowledge within reach, bn yuan
    joint_knowledge: Column  # [R, F] knowledge of the joint fund, bn yuan
    factor_index: Column  # scarcest of talents, research and digital capability; the nation of 2013 = 1
    # capital and trade
    capital: Column  # [R, F] with which the quarter produces, bn yuan
    fdi: Column  # [R, 2, K] bn yuan a quarter, as allocated to area and tier
    fdi_by_field: Column  # [R, F] bn yuan a quarter, as firms received it
    fdi_stock: Column  # [R, F] foreign capital, bn yuan
    exports: Column  # [R, K, P] bn yuan a quarter
    exposure: Column  # share of trade that meets piloted rules
    tariff_abroad: Column  # [R, P] 1 + tariff that exports meet, 2013 = 1
    non_tariff_cost: Column  # [R, P] 1 + non-tariff cost of exports and imports, 2013 = 1
    tariff_left: Column  # [R, P] tariff of China, 2013 = 1
    tariff_cut: Column  # [R, 3, P] part of the tariff of 2013 that accession, concessions and zones give up
    # goods markets
    capacity: Column  # [R, F] output at prices of 2013, bn yuan of value added a quarter
    price_start: Column  # [R, F] log price of output at capacity of 2013 and price 1 abroad: for the next clearing
    price: Column  # [R, F] log price of output; in an empty cell that at which a first firm would sell
    net_price: Column  # [R, F] log price of value added
    use_price: Column  # [R, F] log price of what is used of a field
    price_index: Column  # log price of final spending
    output: Column  # [R, F] gross output, bn yuan a quarter
    use: Column  # [R, F] what is used of a field, bn yuan a quarter
    sold_locally: Column  # [R, F] output that is sold where it is made, bn yuan a quarter
    exports_by_field: Column  # [R, F] bn yuan a quarter
    imports_by_field: Column  # [R, F] without duties, bn yuan a quarter
    chain_gap: Column  # [R, F] share of a field in the province's inputs x log price of its use
    market_potential: Column  # log of what buyers would take at the prices of 2013, relative to 2013
    sold_elsewhere: Column  # part of output that other provinces buy
    bought_elsewhere: Column  # part of use that other provinces sell
    duties: Column  # bn yuan a quarter
    dutiable: Column  # [R, P] duties that imports would bear at the tariffs of 2013, bn yuan a quarter
    spending: Column  # on final goods, bn yuan a quarter
    # green
    emissions: Column  # Mt a quarter
    sink: Column  # Mt a quarter
    carbon_price: Column  # [R, 2] that firms meet, yuan/t
    gate_price: Column  # [R, K] charge on dirty output of zone firms that goes inland, yuan/t
    # coordination
    coordination_degree: Column  # share of the feasible coordination reached
    bargain_cost: Column  # outlay of bargains, bn yuan a quarter
    transfers_received: Column  # bn yuan a quarter
    transfers_paid: Column  # bn yuan a quarter
    fund_received: Column  # bn yuan a quarter: invested half of the joint fund
    net_talent_flow: Column  # FTE a quarter, inside the country
    net_worker_flow: Column  # persons a quarter
    relocated: Column  # capital of plants that came less that of those that left, bn yuan a quarter

    @property
    def has_open_zone(self) -> Flag:
        """Whether the province has an open zone."""
        return self.zone_open > 0


@dataclass
class Pairs:
    """Pairs of provinces, [R, R]; symmetric unless it is a flow (from row to column)."""

    distance: Column  # km between capitals
    same_strategy_area: Flag  # both belong to one strategy area
    feasibility: Column  # 0 to 1
    coordination: Column  # 0 to 1
    start: Column  # coordination in the first quarter
    agreed: Column  # coordination that the last bargain agreed, 0 to 1
    own_gain: Column  # gain of the row from full coordination, share of its GDP; not symmetric
    pay_off: Column  # the same as its officials count it, rivalry and appraisal included; not symmetric
    worth: Column  # what an agreement is worth to the pair, share of GDP; below 0: none
    refuses: Flag  # the row stands in the way of an agreement; not symmetric
    owed: Column  # what the column owes the row at full coordination, bn yuan a quarter
    bargain_cost: Column  # outlay of each of the two, share of GDP
    spillover_weight: Column  # share of a province's knowledge that reaches the other
    talent_flow: Column  # FTE a quarter
    worker_flow: Column  # persons a quarter
    transfer: Column  # bn yuan a quarter
    titles: Column  # part of the border of talents across which titles are recognised, 0 to 1
    removed: Column  # [R, R] part of the border removed since 2013, for goods and services alike
    freeness: Column  # [R of origin, R of use, F] of trade in goods and services, at home 1


@dataclass
class Zones:
    """The 22 zones; first axis Z."""

    region: Index  # province
    opening_quarter: Short  # first quarter in which the zone acts
    category: Small  # 0 coast, 1 inland, 2 border, 3 island
    speciality: Flag  # [Z, F]
    affinity: Flag  # [Z, P]
    plan_error: Column  # [Z, F] fixed standard normal error of the planner
    is_open: Flag  # the zone has opened (it acts if it also has zone status)
    firms: Index  # firms in the zone area
    value_added: Column  # bn yuan a quarter, zone area, open or not
    value_added_by_tier: Column  # [Z, K]
    value_added_by_field: Column  # [Z, F]
    last_value_added: Column  # [Z, 4] last four quarters, newest last
    value_added_2013: Column  # bn yuan a quarter, that of 2013Q1 in the area as it is now
    fdi: Column  # bn yuan a quarter, 0 until open
    fdi_high_tech: Column  # of which tiers 1 and 2
    trade_share: Column  # [Z, K] share of the zone area in its province's trade
    exports: Column  # bn yuan a quarter
    investment: Column  # bn yuan a quarter, zone area
    innovations_created: Column  # items, ever
    own_high_value: Column  # of which of high value
    effective_openness: Column  # 0 to 1
    target: Column  # [Z, F] planned shares of new fields
    target_pull: Column  # probability that a newcomer follows the plan
    crowding: Column  # [Z, F] share of alike zones' output in a field
    duplication: Column  # mean cosine of new-field output with other open zones
    lead: Flag  # leads its strategy area
    emissions: Column  # Mt a quarter, zone area
    last_emissions: Column  # [Z, 4]
    carbon_budget: Column  # Mt a quarter, nan without budget
    carbon_price: Column  # yuan/t on top of the national price
    tax_advantage: Column  # cut of the effective tax rate that firms count on
    research_subsidy: Column  # bn yuan a quarter
    policy_cost: Column  # fiscal cost booked to its province, bn yuan a quarter
    appraised_value: Column  # bn yuan a quarter: new fields at the last appraisal (adaptive policy only)
    at_bottom: Flag  # among the slowest at that appraisal
    warned: Flag  # the same for the second year running

    def to_regions(self, by_zone: Array) -> Column:
        """Put zone values [Z, ...] at their provinces [R, ...]; 0 where there is no zone."""
        out = np.zeros((N_REGIONS, *by_zone.shape[1:]))
        out[self.region] = by_zone
        return out


@dataclass
class Partners:
    """The eight partner economies; first axis P. Tariffs and costs are ad valorem shares."""

    export_share_2013: Column  # share of China's exports in 2013
    mfn_tariff: Column  # most-favoured-nation tariff on Chinese goods
    ntb: Column  # non-tariff cost, now (export-weighted)
    ntb_2013: Column  # the part of it that policy can touch, at the start
    alignment_target: Column  # 0 to 1
    cptpp_member: Column  # 0 to 1
    rcep_member: Column  # 0 or 1
    preference_depth: Column  # share of the tariff that agreements in force have removed
    surcharge: Column  # added tariff of the path (United States from 2018Q3)
    shock_tariff: Column  # added tariff of a scenario's shocks
    preferential_tariff: Column  # tariff of the agreements in force (export-weighted)
    effective_tariff: Column  # tariff in effect, paperwork and added tariffs included (export-weighted)
    preference_use: Column  # share of eligible trade that uses the preference
    alignment: Column  # 0 to 1
    exports: Column  # bn yuan a quarter
    duty_saved: Column  # bn yuan a quarter


@dataclass
class Nation:
    """National numbers, and columns by tier or field."""

    gdp: float  # volume: bn yuan of 2013 a quarter, at prices of 2013
    income: float  # value added and duties, bn yuan a quarter
    last_gdp: Column  # [4] last four quarters, newest last
    workforce: float  # persons
    talents: float  # FTE
    overseas_talents: float  # FTE that came from abroad this quarter
    # paths that no lever moves
    workforce_growth: float  # 1/yr
    talent_growth: float  # 1/yr
    saving_rate: float  # share of GDP
    world_demand: float  # 2013 = 1
    tariff_path: float  # applied tariff of China, 2013 = 1
    fdi_cycle: float  # 2013 = 1
    fdi_shock: float  # factor
    tfp_trend: float  # log
    macro_shock: float  # log
    demand_weight: Column  # [F] sum 1
    carbon_price: float  # yuan/t
    typical_intensity: Column  # [F] geometric mean of firms, t CO2 per 10^4 yuan
    technology_severity: Column  # [F, P] part of a partner's supply that an embargo takes, 0 to 1
    algorithm_severity: float  # 0 to 1
    breach_severity: float  # 0 to 1
    crisis_forced: bool  # a shock forces a sudden stop
    # institutions
    law: float  # 0 to 1
    ideas_used: Column  # [4] ideas proved: common, of the coast, inland, of the border; items
    innovations_created: float  # items
    innovations_approved: float  # items approved for the nation, ever
    high_value_created: float  # items of high value, ever
    high_value_approved: float  # items of high value approved, ever
    list_zone: Column  # [K] items of the investment list by sensitivity
    list_national: Column  # [K] the same of the national list
    services_list_zone: Column  # [K] items of the list for cross-border services
    services_list_national: Column  # [K] the same of the national list
    list_at_fork: Column  # [4, K] the four lists at the fork, nan before
    relisted: float  # 1 if an item came back to a list in this quarter, else 0
    reversals: float  # that investors remember, events
    quiet_years: float  # years of experience that they remember, yr
    reversal_hazard: float  # with which they expect openness to be taken back, 1/yr
    reversal_discount: float  # part of the worth of openness that this takes
    openness_zone: float  # 0 to 1
    openness_national: float  # formal openness of the national lists, 0 to 1
    services_openness_zone: float  # formal openness of the zones' services list, 0 to 1
    services_openness_national: float  # formal openness of the national services list, 0 to 1
    openness_rise: float  # rise of openness_zone in this quarter
    glass_door: float  # share of formal openness that hidden conditions take away, elsewhere
    effective_openness: float  # 0 to 1, outside open zones
    accession_readiness: float  # 0 to 1
    accession_weight: float  # how far accession to CPTPP has come about, expected, 0 to 1
    # digital, technology, structure
    data: float  # 0 to 1
    algorithms: float  # mastery of algorithms, 0 to 1
    dependence: Column  # [F] weight of foreign varieties in use, 2013 = 1
    import_share: Column  # [F] imports in what is used of a field
    capacity: float  # of all cells, bn yuan of value added a quarter at prices of 2013
    exchange_rate: float  # price of foreign money, 2013 = 1
    clearing_residual: float  # largest log of demand over supply that the clearing left
    labour_share: float  # part of value added that workers earn
    capital_share: float  # part of value added that capital earns
    net_return: float  # on capital, depreciation deducted, 1/yr
    talent_share: Column  # [K] part of a tier's value added that talents earn
    field_price: Column  # [F] price of value added, 2013Q1 = 1
    field_value_added: Column  # [F] bn yuan a quarter
    field_value_q4: Column  # [F] the same at the last Q4
    duplication: float  # mean cosine of new-field output over pairs of open zones
    plan_overlap: float  # mean cosine of targets over pairs of open zones
    coalitions: float  # pairs of working zones that have reached half of what is feasible between them
    refusals: float  # share of pairs in which a side refuses, weighted by what is feasible between them
    # money
    investment: float  # bn yuan a quarter
    bank_loss: float  # on green loans to firms that only look clean, bn yuan a quarter
    released_capital: float  # bn yuan, from closures of the last quarter
    fdi: float  # bn yuan a quarter
    fdi_value_2013: float  # expected value of the best location in 2013Q1, log; nan before
    policy_cost: float  # what treasuries pay for policy, bn yuan a quarter
    resource_cost: float  # what policy uses up, bn yuan a quarter
    outlay_by_lever: Column  # [66] outlays, public and private, in the order of `levers`, bn yuan a quarter
    digital_outlay: float  # what firms spend on digitising, bn yuan a quarter
    repatriation: float  # what capital from abroad takes home, less what funds sent out earn, bn yuan a quarter
    consumption: float  # private and public, bn yuan a quarter
    transfers: float  # benefit sharing between provinces, bn yuan a quarter
    fund_for_research: float  # what the joint fund spends on research, bn yuan a quarter
    # capital account
    capital_openness: float  # openness of the capital account, 0 to 1
    foreign_funds: float  # drawn in by its opening since 2013, below 0 sent out; bn yuan
    funds_inflow: float  # bn yuan a quarter
    capital_inflow: float  # all capital from abroad, net of what goes home, bn yuan a quarter
    crisis_hazard: float  # 1/yr
    crisis_quarters_left: int  # quarters that the running crisis still lasts, 0 without
    crisis_quarters: int  # quarters of crisis so far
    crisis_loss: float  # log
    crisis_fdi_factor: float  # factor on the pool of FDI, 1 without a crisis


@dataclass(frozen=True)
class Base:
    """Values of the start (2013Q1) that rules compare with."""

    gdp: float  # bn yuan a quarter
    gdp_by_region: Column  # [R] bn yuan a quarter
    value_added_by_tier: Column  # [R, K]
    field_share: Column  # [F] share of value added
    world: World  # the goods markets of 2013
    capacity_scale: Column  # [R, F] capacity of a cell per (sum of variety)^(1/rho)
    talents_per_worker: float  # FTE per person
    talents_per_worker_by_region: Column  # [R] FTE per person
    research_per_gdp: float  # share
    research_multiplier: Column  # [R] mu: R&D intensity relative to the nation, by data
    business_environment: Column  # [R] 0 to 1
    location_quotient: Column  # [R, F]
    spillover: Column  # [R, F]
    digital_capability_nation: float  # GDP-weighted mean
    data: float  # data within reach, 0 to 1
    fdi_share: Column  # [R]
    net_return: Column  # [R, K] on capital, 1/yr
    net_return_of_cells: Column  # [R, F] the same by field
    patents_scale: Column  # [R] scale by which the index of 2013 follows published applications, 100 in all
    lists: Column  # [4, K]
