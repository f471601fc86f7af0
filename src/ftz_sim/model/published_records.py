"""Records of published figures; shapes and units as in `published`, which reads and checks them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ftz_sim.model.columns import Array

if TYPE_CHECKING:
    from pandas import DataFrame


class DatedPath(NamedTuple):
    """A dated path: values at quarters since 2013Q1."""

    offsets: Array
    values: Array


class PreferenceDepth(NamedTuple):
    """Cuts of tariffs that agreements bring, linear between two quarters; one entry for each cut."""

    partner: Array  # row of the partner
    start: Array  # quarters since 2013Q1
    end: Array
    depth: Array  # share of the tariff


class History(NamedTuple):
    """Published series for figures and validation, as tables with unit, publication and confidence."""

    aggregates: DataFrame
    negative_lists: DataFrame
    agreements: DataFrame
    effect_sizes: DataFrame
    provinces: DataFrame


@dataclass(frozen=True)
class Provinces:
    """The 31 provinces; first axis R."""

    iso: tuple[str, ...]
    name_en: tuple[str, ...]
    name_zh: tuple[str, ...]
    gdp: Array  # 2013, bn yuan a year
    population: Array  # 2013, persons
    workers: Array  # 2013, persons
    talents: Array  # 2013, R&D personnel, FTE
    research: Array  # 2013, bn yuan a year
    exports: Array  # bn yuan a year, shares of trade in 2012
    fdi_share: Array  # 2012, share of the nation
    co2: Array  # 2013, Mt a year
    hightech_revenue: Array  # 2013, bn yuan a year
    patents: Array  # 2013, share of the nation's applications for inventions
    secondary_share: Array  # 2011, share of GDP
    tertiary_share: Array  # 2011, share of GDP
    latitude: Array  # deg
    longitude: Array  # deg
    macro_region: Array  # 0 east, 1 central, 2 west
    strategy_area: Array  # group of the national regional strategies
    coastal: Array  # bool
    green_pilot: Array  # bool
    growth_2012_15: Array  # log points a year of the share of GDP
    research_growth_2012_15: Array  # the same of R&D over GDP


@dataclass(frozen=True)
class ZoneFigures:
    """The 22 zones in order of opening; first axis Z."""

    iso: tuple[str, ...]
    name_en: tuple[str, ...]
    name_zh: tuple[str, ...]
    region: Array  # row of the province
    opening_quarter: Array  # quarters since 2013Q1
    category: Array  # 0 coast, 1 inland, 2 border, 3 island
    speciality: Array  # [Z, F] bool
    affinity: Array  # [Z, P] bool


@dataclass(frozen=True)
class PartnerFigures:
    """The 8 partner economies; first axis P."""

    code: tuple[str, ...]
    name_en: tuple[str, ...]
    name_zh: tuple[str, ...]
    group: tuple[str, ...]  # A wants high standards, B developing members of ASEAN, or neither
    export_share_2013: Array  # share of exports
    mfn_tariff: Array  # ad valorem, on Chinese goods
    ntb: Array  # ad valorem, the part that policy can touch
    alignment_target: Array  # 0 to 1
    cptpp_member: Array  # 0 to 1
    rcep_member: Array  # 0 or 1


@dataclass(frozen=True)
class FieldFigures:
    """The 16 fields of industry; first axis F."""

    key: tuple[str, ...]
    tier: Array
    name_en: tuple[str, ...]
    name_zh: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """All published figures that the model uses."""

    folder: Path
    provinces: Provinces
    zones: ZoneFigures
    partners: PartnerFigures
    fields: FieldFigures
    preference_depth: PreferenceDepth
    talent_totals: DatedPath
    carbon_prices: DatedPath
    distance: Array  # [R, R] km between capitals
    same_strategy_area: Array  # [R, R] bool

    @cached_property
    def history(self) -> History:
        """Published series for figures and validation."""
        import pandas as pd  # here, because pandas is slow to import and runs do not need it

        return History(*(pd.read_csv(self.folder / f"{name}.csv") for name in History._fields))
