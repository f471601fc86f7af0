"""Firms of 2013Q1: slots, sizes, inputs.

The composition of a province is data, not a draw: numbers of slots and value added of every cell, a province and
field, follow from published figures. Sizes are stratified quantiles in random order and zone flags a systematic
sample of them, so that two seeds differ by little more than who is who.

Rows are sorted by province; inside it fields take turns, as when cards are dealt, because neighbours of
different fields are added up faster than runs of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ftz_sim.model.clock import DT
from ftz_sim.model.columns import (
    FOREIGN,
    N_FIELDS,
    N_REGIONS,
    N_TIERS,
    NEVER,
    NO_ZONE,
    PRIVATE,
    STATE_OWNED,
    TIER_OF_FIELD,
    Array,
    Column,
    Firms,
    Index,
)
from ftz_sim.model.maths import ratio
from ftz_sim.model.streams import QUANTILES, Stream, normal_quantiles

if TYPE_CHECKING:
    from ftz_sim.model.initial_state import InitialState
    from ftz_sim.model.published_records import Figures, Provinces

FIRST_QUARTER = 0
SLOWEST = 0.02  # guard: a shock without return has no long run


class Slots(NamedTuple):
    """Where firms stand; first axis N, but for starts and members."""

    region: Index
    tier: Index
    field: Index
    starts: Index  # [R] first row of each province
    cell: Index  # (province, field) as one number
    members: Index  # [cells] rows of each cell
    rank: Index  # place among the firms of the cell by size, from 0


class Inputs(NamedTuple):
    """What a firm works with; first axis N."""

    capital: Column  # bn yuan
    workers: Column  # persons
    talents: Column  # FTE
    research: Column  # bn yuan a quarter
    knowledge: Column  # bn yuan


def largest_remainder(weights: Array, totals: Array) -> Index:
    """Split ``totals`` [G] by ``weights`` [G, M] into whole numbers [G, M] that add up exactly."""
    exact = weights / weights.sum(-1, keepdims=True) * np.asarray(totals)[..., None]
    whole = np.floor(exact).astype(np.intp)
    missing = np.asarray(totals) - whole.sum(-1)
    place = np.argsort(np.argsort(whole - exact, axis=-1, kind="stable"), axis=-1, kind="stable")
    return whole + (place < missing[..., None])


def slots(value: Array, firms: int, p: InitialState) -> Index:
    """Return the number of firm slots of each cell [R, F] by ``value`` added^exponent, none below the minimum.

    Cells without value added have none.

    Raises:
        ValueError: if there are too few firms for the minimum of all cells.
    """
    weight = (value**p.slot_exponent).ravel()
    least = np.where(weight > 0, p.minimum_slots, 0)
    if firms < least.sum():
        raise ValueError(f"{firms} firms are too few: {p.minimum_slots} in every cell with output need {least.sum()}")
    small = weight == 0
    while not small.all():
        free = firms - least[small].sum()
        more = ~small & (weight / weight[~small].sum() * free < least)
        if not more.any():
            break
        small |= more
    out = least.copy()
    out[~small] = largest_remainder(weight[~small], free)
    return out.reshape(value.shape)


def ranks(cell: Index, members: Index, draw: Array) -> Index:
    """Return the rank of each row inside its cell in random order, from 0 [N].

    Args:
        cell: cell of each row [N].
        members: rows of each cell [cells].
        draw: uniform numbers [N].
    """
    order = np.argsort(cell + draw, kind="stable")
    rank = np.empty(len(cell), dtype=np.intp)
    rank[order] = np.arange(len(cell)) - np.repeat(np.cumsum(members) - members, members)
    return rank


def sizes(rank: Index, members: Array, sd: float) -> Column:
    """Return log-normal sizes [N] from the rank of a firm among the ``members`` of its cell [N]."""
    quantile = ((rank + 0.5) / members * QUANTILES).astype(np.intp)
    return np.exp(sd * normal_quantiles()[quantile].astype(float))


def in_zone_area(rank: Index, share: Array, start: Array) -> Array:
    """Return a systematic sample of ranks [N, bool] with the given ``share`` [N] and random ``start`` [N]."""
    return np.floor((rank + 1) * share + start) > np.floor(rank * share + start)


def rings(rank: Index, share: Array, start: Array) -> Column:
    """Return the size of the area, relative to that of `in_zone_area`, that just holds each rank [N].

    An area twice as large holds the sample and one more like it, taken the same way just beside.
    """
    return ratio(1 - (rank * share + start) % 1, share, empty=np.inf)


def owners(tier: Array, draw: Array, p: InitialState) -> Array:
    """Return owners [N] from tiers and uniform numbers [N]."""
    state = np.array(p.state_share, dtype=np.float32)[tier]
    foreign = state + np.array(p.foreign_share, dtype=np.float32)[tier]
    return np.where(draw < state, STATE_OWNED, np.where(draw < foreign, FOREIGN, PRIVATE)).astype(np.int8)


def split(total: Array, weight: Column, starts: Index) -> Column:
    """Split totals of provinces [R] among their firms by ``weight`` [N]."""
    sums = np.add.reduceat(weight, starts)
    return weight * np.repeat(ratio(total, sums), np.diff(starts, append=len(weight)))


def inputs(value: Column, tier: Array, starts: Index, places: Provinces, draw: Any, parameters: Any) -> Inputs:
    """Return the inputs of firms [N].

    Args:
        value: value added [bn yuan a quarter, N].
        tier: of firms [N].
        starts: first row of each province [R].
        places: published figures.
        draw: function that returns standard normal numbers [N] for a name.
        parameters: of the initial state and of research.
    """
    p, research = parameters.initial_state, parameters.research
    capital_ratio, labour, intensity = (
        np.array(numbers)[tier] for numbers in (p.capital_output, p.workers_per_value, research.intensity)
    )
    spent = split(places.research * DT, intensity * value, starts)
    return Inputs(
        capital=value / DT * capital_ratio * np.exp(p.capital_sd * draw("capital")),
        workers=split(places.workers, value * labour * np.exp(p.workers_sd * draw("workers")), starts),
        talents=split(places.talents, spent, starts),
        research=spent,
        knowledge=spent / (research.depreciation * DT + p.knowledge_growth),
    )


def digital(tier: Array, wealth: Column, draw: Array, p: InitialState) -> Array:
    """Return digitisation [N, 0 to 1] from tier, log relative GDP per head of the province and a draw [N]."""
    level = np.array(p.digital_by_tier)[tier] + p.digital_slope * wealth + p.digital_sd * draw
    return np.clip(level, *p.digital_bounds).astype(np.float32)


def emission_intensity(value: Column, tier: Array, starts: Index, co2: Array, draw: Array, p: InitialState) -> Array:
    """Return emission intensity [t/10^4 yuan, N] such that provinces emit ``co2`` [Mt a year, R]."""
    emissions = split(co2 * DT, value * np.array(p.intensity_by_tier)[tier] * np.exp(p.intensity_sd * draw), starts)
    return (emissions / (0.1 * value)).astype(np.float32)


def place_slots(by_cell: Index, draw: Array) -> Slots:
    """Return where slots [R, F] stand; ``draw`` [N] orders the firms of a cell by size."""
    region, field = deal(by_cell)
    cell = region * N_FIELDS + field
    members = by_cell.ravel()
    starts = np.concatenate([[0], np.cumsum(by_cell.sum(1))[:-1]])
    return Slots(region, TIER_OF_FIELD[field], field, starts, cell, members, ranks(cell, members, draw))


def deal(by_field: Index) -> tuple[Index, Index]:
    """Return province and field of every slot [N] from numbers of slots [R, F], fields taking turns."""
    region, field = (np.repeat(column, by_field.ravel()) for column in np.indices(by_field.shape).reshape(2, -1))
    members = by_field.ravel()
    turn = np.arange(len(region)) - np.repeat(np.cumsum(members) - members, members)
    order = np.argsort(region + (turn + 0.5) / np.repeat(members, members), kind="stable")
    return region, field[order]


def value_added(place: Slots, of_cells: Array, p: InitialState) -> Column:
    """Return value added [bn yuan a quarter, N]: given by cell [R, F], log-normal inside."""
    size = sizes(place.rank, place.members[place.cell], p.size_sd)
    return size * ratio(of_cells.ravel(), np.bincount(place.cell, size, len(place.members)))[place.cell]


def zones_of_firms(place: Slots, value: Column, figures: Figures, draw: Array, p: InitialState) -> tuple[Array, Column]:
    """Return the zone in whose area a firm sits, or NO_ZONE, and the size of the area that just takes it in [N].

    Every so-maniest firm of a province and tier by ``value`` added [N] is chosen, so that zone areas have their share
    of it; ``draw`` [R K] is uniform.
    """
    group = place.region * N_TIERS + place.tier
    members = np.bincount(group, minlength=len(draw))
    order = np.lexsort((value, group))
    rank = np.empty(len(group), dtype=np.intp)
    rank[order] = np.arange(len(group)) - np.repeat(np.cumsum(members) - members, members)
    share, start = np.array(p.zone_slots)[place.tier], draw[group]
    inside = in_zone_area(rank, share, start)
    zone = np.where(inside, zone_of_provinces(figures)[place.region], NO_ZONE)
    return zone.astype(np.int8), rings(rank, share, start)


def build_firms(parameters: Any, by_cell: Index, value: Array, seed: int, figures: Figures, wealth: Column) -> Firms:
    """Return the firms of 2013Q1, without base_productivity and output, which need the state of provinces.

    Args:
        parameters: one record for each mechanism.
        by_cell: number of firms of every province and field [R, F].
        value: their value added [bn yuan a quarter, R x F].
        seed: of the run.
        figures: published figures.
        wealth: log of GDP per head relative to the nation [R].
    """
    p, places, count = parameters.initial_state, figures.provinces, int(by_cell.sum())

    def stream(name: str) -> Stream:
        return Stream(seed, f"initial_state/{name}", FIRST_QUARTER)

    def normal(name: str) -> Array:
        return stream(name).normal(count)

    place = place_slots(by_cell, stream("order").uniform(count))
    tier, starts = place.tier, place.starts
    value = value_added(place, value, p)
    zone, ring = zones_of_firms(place, value, figures, stream("zone_area").uniform(N_REGIONS * N_TIERS), p)
    out = Firms(
        region=place.region.astype(np.int8),
        zone=zone,
        ring=ring.astype(np.float32),
        tier=tier.astype(np.int8),
        field=place.field.astype(np.int8),
        owner=owners(tier, stream("owner").uniform(count), p),
        value_added=value,
        digital=digital(tier, wealth[place.region], normal("digital"), p),
        emission_intensity=emission_intensity(value, tier, starts, places.co2, normal("intensity"), p),
        productivity_shock=normal("shock") * stationary_sd(parameters.production),
        starts=starts,
        slots=np.diff(starts, append=count),
        **inputs(value, tier, starts, places, normal, parameters)._asdict(),
        **_neutral(count, p),
    )
    out.index()
    return out


def _neutral(count: int, p: InitialState) -> dict[str, Array]:
    """Return the columns that something has to happen to."""
    single = "digital_change base_productivity abatement abatement_cost green_worth credit_tilt".split()
    return {
        **{name: np.zeros(count, dtype=np.float32) for name in single},
        "fdi_received": np.zeros(count),
        "variety": np.zeros(count),
        "in_open_zone": np.zeros(count, dtype=bool),
        "birth_quarter": np.full(count, p.birth_quarter, dtype=np.int16),
        "upgrade_quarter": np.full(count, NEVER, dtype=np.int16),
        "cell": np.empty(count, dtype=np.intp),
        "region_field": np.empty(count, dtype=np.intp),
    }


def zone_of_provinces(figures: Figures) -> Array:
    """Return the zone of each province, or NO_ZONE [R]."""
    out = np.full(N_REGIONS, NO_ZONE, dtype=np.int8)
    out[figures.zones.region] = np.arange(len(figures.zones.region))
    return out


def stationary_sd(production: Any) -> np.float32:
    """Return the standard deviation of the productivity shock in the long run [log]."""
    return np.float32(production.shock_sd / np.sqrt(max(1 - production.shock_persistence**2, SLOWEST)))
