"""What a run leaves behind: the state of every quarter, as copied by the recorder.

First axis T + 1: row 0 is the initial state, row t + 1 the end of quarter t. Names and units are those of
`columns.py` (flows per quarter); R provinces, Z zones, P partners, K tiers, F fields. Records of several runs have
these on the second axis, [T + 1, E, ...]; so indicators count quarters from the front and places from the back, and
every run gets the bits that it has alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from numpy.typing import NDArray

Array = NDArray[Any]
TIERS, FIELDS = 3, 16
FIELDS_OF_TIER = (slice(0, 5), slice(5, 13), slice(13, 16))
NEW_FIELDS = slice(5, 16)


class Technology(NamedTuple):
    """Parameters of production that the growth account needs; [E] where they differ between runs."""

    capital: float
    labour: float
    talent: float
    knowledge: float
    digital_effect: float


class Labels(NamedTuple):
    """Names of the rows of a table."""

    code: tuple[str, ...]
    en: tuple[str, ...]
    zh: tuple[str, ...]


class Codes(NamedTuple):
    """Names of the rows of all tables."""

    regions: Labels
    zones: Labels
    partners: Labels


@dataclass
class NationSeries:
    """National state, [T + 1] or [T + 1, K or F]."""

    gdp: Array  # volume
    income: Array
    talents: Array
    carbon_price: Array
    tfp_trend: Array
    macro_shock: Array
    capacity: Array
    law: Array
    innovations_created: Array
    innovations_approved: Array
    high_value_created: Array
    list_zone: Array  # [K]
    list_national: Array  # [K]
    services_list_zone: Array  # [K]
    services_list_national: Array  # [K]
    glass_door: Array
    effective_openness: Array
    accession_readiness: Array
    accession_weight: Array
    import_share: Array  # [F]
    exchange_rate: Array
    field_value_added: Array  # [F]
    duplication: Array
    plan_overlap: Array
    coalitions: Array
    refusals: Array
    investment: Array
    fdi: Array
    foreign_funds: Array
    repatriation: Array
    bank_loss: Array
    consumption: Array
    net_return: Array
    reversal_hazard: Array
    policy_cost: Array
    resource_cost: Array
    digital_outlay: Array
    outlay_by_lever: Array  # [66]
    transfers: Array
    crisis_quarters: Array
    crisis_hazard: Array


@dataclass
class RegionSeries:
    """State of the provinces, [T + 1, R, ...]."""

    zone_open: Array
    zone_share: Array
    gdp: Array  # volume
    income: Array
    real_income: Array
    value_added_by_tier: Array  # [K]
    workers: Array
    talents: Array
    wage: Array
    talent_wage: Array
    business_environment: Array
    reforms_adopted: Array
    glass_door: Array
    digital_capability: Array
    digital_intensity: Array
    research: Array
    patents: Array
    fdi_by_tier: Array  # [K] both areas together
    exports_by_tier: Array  # [K] all partners together
    input_cost: Array  # gaps in chains of all fields together
    largest_chain_gap: Array
    market_potential: Array
    sold_elsewhere: Array
    bought_elsewhere: Array
    emissions: Array
    sink: Array
    coordination_degree: Array
    transfers_received: Array
    transfers_paid: Array
    net_talent_flow: Array
    net_worker_flow: Array
    relocated: Array


@dataclass
class ZoneSeries:
    """State of the zones, [T + 1, Z, ...]."""

    firms: Array
    value_added: Array
    value_added_by_tier: Array  # [K]
    fdi: Array
    fdi_high_tech: Array
    exports: Array
    investment: Array
    innovations_created: Array
    effective_openness: Array
    target: Array  # [F]
    duplication: Array
    emissions: Array
    carbon_budget: Array
    carbon_price: Array
    policy_cost: Array
    warned: Array


@dataclass
class PartnerSeries:
    """State of the partner economies, [T + 1, P]."""

    ntb: Array
    effective_tariff: Array
    preference_use: Array
    alignment: Array
    exports: Array
    duty_saved: Array


@dataclass
class FirmSeries:
    """Sums over firms at the quarter's end, and what follows from them, [T + 1, ...]."""

    capital: Array  # [R] bn yuan
    knowledge: Array  # [R] bn yuan
    digital: Array  # [R] digitisation weighted by value added, 0 to 1
    workers_by_field: Array  # [F] persons
    krugman_specialisation: Array  # [R]
    hhi: Array  # [R]
    clusters: Array  # [R]
    effective_firms: Array  # (sum of value added)^2 / sum of squares
    top_firm_share: Array  # share of the largest firm in value added
    births: Array  # share of firms born in the quarter
    climbs: Array  # share of firms that climbed a tier in the quarter


# series that no national indicator reads, by the table that does: they are recorded if it is asked for
BEYOND_NATION: dict[str, dict[str, tuple[str, ...]]] = {
    "regions": {
        "regions": ("bought_elsewhere", "largest_chain_gap", "market_potential", "net_talent_flow", "net_worker_flow",
                    "reforms_adopted", "relocated", "transfers_paid", "transfers_received", "zone_share"),
        "firms": ("hhi", "krugman_specialisation"),
    },
    "zones": {
        "zones": ("carbon_budget", "carbon_price", "duplication", "firms", "innovations_created", "investment",
                  "policy_cost", "target", "value_added_by_tier", "warned"),
    },
    "partners": {"partners": ("effective_tariff", "ntb")},
    "outlays": {"nation": ("outlay_by_lever",)},
}  # fmt: skip


def unread(tables: Sequence[str]) -> dict[str, set[str]]:
    """Return the series that none of ``tables`` reads, by the record that would hold them."""
    left = [series for table, series in BEYOND_NATION.items() if table not in tables]
    records = {record for each in BEYOND_NATION.values() for record in each}
    return {record: {name for each in left for name in each.get(record, ())} for record in records}


@dataclass
class Records:
    """All series of a run that were asked for, the others None; and what is needed to read them."""

    nation: NationSeries
    regions: RegionSeries
    zones: ZoneSeries
    partners: PartnerSeries
    firms: FirmSeries
    technology: Technology
    codes: Codes
    zone_region: Array  # [Z] province of each zone
    macro_region: Array  # [R] 0 east, 1 central, 2 west
    export_share_2013: Array  # [P]

    @cached_property
    def national_exports(self) -> Array:
        """Exports by tier [T + 1, K]."""
        return self.regions.exports_by_tier.sum(axis=-2)

    @cached_property
    def national_value_added(self) -> Array:
        """Value added by tier [T + 1, K]."""
        return self.regions.value_added_by_tier.sum(axis=-2)

    @cached_property
    def zone_open(self) -> Array:
        """Return whether a zone acts, 0 or 1 [T + 1, Z]: it is open and has zone status."""
        return self.regions.zone_open[..., self.zone_region]
