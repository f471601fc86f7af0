"""Shocks: what the world does to everybody from one quarter to another, beside all policy."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from ftz_sim.errors import InputError, Sentence, listed, nearest
from ftz_sim.model.clock import Quarter
from ftz_sim.model.columns import TIER_OF_FIELD

FIRST, LAST = Quarter(2013, 1), Quarter(2035, 4)
PARTNERS = ("JP", "KR", "ASEAN", "ANZ", "CPTPP_rest", "EU", "US", "ROW")  # in the order of the table
FIELDS = ("light_industry", "heavy_chemicals", "metals", "machinery", "services", "information_technology",
          "biomedicine", "new_materials", "smart_vehicles", "high_end_equipment", "new_energy", "environment",
          "producer_services", "future_information", "future_life", "future_space_energy")  # the same  # fmt: skip
ONCE = {"tiers": "tiers_once", "fields": "fields_once", "partners": "partners_once"}
PartnerCode = Literal["JP", "KR", "ASEAN", "ANZ", "CPTPP_rest", "EU", "US", "ROW", "all"]


class FixedKeys(BaseModel):
    """A frozen record without room for unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def in_range(quarter: Quarter) -> Quarter:
    """Return ``quarter``, or raise InputError when the model does not know it."""
    if not FIRST <= quarter <= LAST:
        raise InputError("quarter_range", found=quarter, first=FIRST, last=LAST)
    return quarter


def _among(names: tuple[str, ...], key: str, name: str) -> str:
    """Return ``name`` if it is one of ``names``, else complain with ``key`` and the nearest of them."""
    if name not in names:
        raise InputError(key, found=name, allowed=listed(names), nearest=nearest(name, names))
    return name


FieldKey = Annotated[
    str, AfterValidator(partial(_among, FIELDS, "field_of_shock")), WithJsonSchema({"enum": list(FIELDS)})
]
Code = Annotated[
    str, AfterValidator(partial(_among, PARTNERS, "partner_of_shock")), WithJsonSchema({"enum": list(PARTNERS)})
]
QUARTERS = r"20(1[3-9]|2[0-9]|3[0-5])Q[1-4]"  # FIRST to LAST, as JSON Schema can say it
ModelQuarter = Annotated[
    Quarter, AfterValidator(in_range), WithJsonSchema({"type": "string", "pattern": f"^{QUARTERS}$"})
]


class _Shock(FixedKeys):
    start: ModelQuarter = Field(alias="from", description="first quarter")
    end: ModelQuarter = Field(alias="to", description="last quarter, included")

    @model_validator(mode="after")
    def _in_order(self) -> _Shock:
        if self.end < self.start:
            late = Sentence("before_start", end=self.end, start=self.start)
            raise InputError("of_key", key="to", what=late)
        return self

    def acts(self, index: int) -> bool:
        """Tell whether the shock is on in quarter ``index`` (0 is 2013Q1)."""
        return self.start.index <= index <= self.end.index


class TariffShock(_Shock):
    """A partner, or all of them, adds a tariff on Chinese goods."""

    kind: Literal["tariff"]
    partner: PartnerCode
    size: float = Field(ge=0, le=2, description="added tariff, ad valorem")

    @property
    def rows(self) -> list[int]:
        """Rows of the partners that it hits."""
        return list(range(len(PARTNERS))) if self.partner == "all" else [PARTNERS.index(self.partner)]


class InvestmentShock(_Shock):
    """The world's pool of FDI is multiplied."""

    kind: Literal["fdi"]
    size: float = Field(ge=0, le=3, description="factor on the pool of foreign investment; 1 changes nothing")


class TechnologyShock(_Shock):
    """Foreign technology is withheld: from some tiers or fields, by all partners or some."""

    kind: Literal["technology"]
    size: float = Field(ge=0, le=1, description="severity of the embargo, share of foreign supplies")
    tiers: tuple[Annotated[int, Field(ge=0, le=2)], ...] = Field(
        (1, 2),
        min_length=1,
        description="tiers hit: 0 traditional, 1 strategic-emerging, 2 future",
        json_schema_extra={"uniqueItems": True},
    )

    fields: tuple[FieldKey, ...] | None = Field(
        None,
        min_length=1,
        description="fields of industry hit, instead of tiers",
        json_schema_extra={"uniqueItems": True},
    )
    partners: tuple[Code, ...] | None = Field(
        None,
        min_length=1,
        description="partners that withhold it; all of them if left out",
        json_schema_extra={"uniqueItems": True},
    )

    @field_validator("tiers", "fields", "partners")
    @classmethod
    def _once(cls, named: tuple[int | str, ...] | None, info: ValidationInfo) -> tuple[int | str, ...] | None:
        if named is not None and len(set(named)) < len(named):
            raise InputError(ONCE[str(info.field_name)])
        return named

    @model_validator(mode="after")
    def _tiers_or_fields(self) -> TechnologyShock:
        if self.fields is not None and "tiers" in self.model_fields_set:
            raise InputError("tiers_or_fields")
        return self

    @property
    def field_rows(self) -> list[int]:
        """Rows of the fields that it hits."""
        if self.fields is not None:
            return [FIELDS.index(name) for name in self.fields]
        return [row for row, tier in enumerate(TIER_OF_FIELD) if tier in self.tiers]

    @property
    def partner_rows(self) -> list[int]:
        """Rows of the partners that withhold it."""
        return [PARTNERS.index(code) for code in self.partners or PARTNERS]


class AlgorithmShock(_Shock):
    """Foreign algorithms are withheld."""

    kind: Literal["algorithm"]
    size: float = Field(ge=0, le=1, description="severity, share of foreign algorithms")


class DataBreachShock(_Shock):
    """Data flows suffer from a breach."""

    kind: Literal["data_breach"]
    size: float = Field(ge=0, le=1, description="severity, share of data lost to use")


class DemandShock(_Shock):
    """World demand falls."""

    kind: Literal["demand"]
    size: float = Field(ge=0, le=1, description="share of world demand that is missing")


class CrisisShock(_Shock):
    """A sudden stop of capital is forced."""

    kind: Literal["crisis"]


class PandemicShock(_Shock):
    """Output is lost everywhere while it lasts."""

    kind: Literal["pandemic"]
    size: float = Field(ge=0, le=0.5, description="loss of output, log points")


class CarbonPriceShock(_Shock):
    """The national carbon price is higher."""

    kind: Literal["carbon_price"]
    size: float = Field(ge=0, le=2000, description="added price, yuan/t")


Shock = Annotated[
    TariffShock
    | InvestmentShock
    | TechnologyShock
    | AlgorithmShock
    | DataBreachShock
    | DemandShock
    | CrisisShock
    | PandemicShock
    | CarbonPriceShock,
    Field(discriminator="kind"),
]


class ChanceRecord(FixedKeys):
    """A shock that comes in some draws."""

    chance: float = Field(ge=0, le=1)
    shock: Shock
