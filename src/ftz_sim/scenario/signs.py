"""Signs: what may be seen of the quarters that have passed, and for which a rule waits.

A sign is an indicator, as the tables have it, that was above (or below) a threshold in each of the last ``quarters``
quarters. A rule may wait for one sign, for all of several, or for any of them; each looks back over its own quarters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import permutations
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, WrapValidator, model_validator

from ftz_sim.errors import InputError, Sentence, listed, nearest
from ftz_sim.indicators.variables import VARIABLES, Level, Variable
from ftz_sim.model.published import load_figures
from ftz_sim.model.shocks import PARTNERS, FixedKeys
from ftz_sim.scenario.lever_steps import WITHOUT_ZONE, ZONES, Around

if TYPE_CHECKING:
    from ftz_sim.indicators.tables import Tables

Array = NDArray[Any]
LONGEST = 40  # quarters that a sign may have to last
MOST_SIGNS = 5  # for which one rule may wait
# table of a level, and what is said of an indicator that it lacks
TABLES: dict[Level, tuple[str, str]] = {
    "national": ("national", "indicator_of_national"), "region": ("regions", "indicator_of_region"),
    "zone": ("zones", "indicator_of_zone"), "partner": ("partners", "indicator_of_partner"),
}  # fmt: skip
PLACES: dict[str, Level] = {"province": "region", "zone": "zone", "partner": "partner"}


class Indicated(FixedKeys):
    """An indicator of the nation, or of one place."""

    indicator: str = Field(description="of the nation, or of the place that is named")
    province: str | None = Field(None, description="code of a province")
    zone: str | None = Field(None, description="code of the province of a zone")
    partner: str | None = Field(None, description="code of a partner economy")

    @model_validator(mode="after")
    def _known(self, info: ValidationInfo) -> Self:
        named = [key for key in PLACES if getattr(self, key) is not None]
        if len(named) > 1:
            raise InputError("of_key", key=named[1], what=Sentence("one_of_both", a=named[0], b=named[1]))
        if self.indicator not in VARIABLES[self.level]:
            raise InputError("of_key", key="indicator", what=self._unknown(named))
        codes = self._codes(info.context)
        if named and self.place not in codes:
            words = {"found": repr(self.place), "allowed": listed(codes), "nearest": nearest(self.place, codes)}
            raise InputError("of_key", key=named[0], what=Sentence("found", **words))
        return self

    @property
    def level(self) -> Level:
        """Whose indicator it is."""
        return next((level for key, level in PLACES.items() if getattr(self, key) is not None), "national")

    @property
    def place(self) -> str:
        """Code of the place; empty for the nation."""
        return self.province or self.zone or self.partner or ""

    @property
    def whose(self) -> str:
        """The indicator, with level and code of the place unless it is the nation's."""
        return " ".join([self.indicator, *([self.level, self.place] if self.place else [])])

    @property
    def table(self) -> str:
        """Name of the table that has it."""
        return TABLES[self.level][0]

    @property
    def variable(self) -> Variable:
        """Return what the dictionary of outputs says of it."""
        return VARIABLES[self.level][self.indicator]

    def _unknown(self, named: Sequence[str]) -> Sentence:
        keys = [key for key, level in PLACES.items() if self.indicator in VARIABLES[level]]
        if keys and not named:
            return Sentence("indicator_of_places", found=self.indicator, keys=listed(keys))
        words = {"found": self.indicator, "nearest": nearest(self.indicator, VARIABLES[self.level])}
        return Sentence(TABLES[self.level][1], **words)

    def _codes(self, around: Around | None) -> Sequence[str]:
        figures = load_figures()
        zones = (*ZONES, *WITHOUT_ZONE) if around is None else around.codes  # a scenario may have new ones
        return {"region": figures.provinces.iso, "zone": zones, "partner": figures.partners.code}.get(self.level, ())


def one_threshold(sign: Any) -> Any:
    """Return what has ``above`` or ``below``.

    Raises:
        InputError: if it has both or neither.
    """
    if (sign.above is None) == (sign.below is None):
        raise InputError("above_or_below")
    return sign


def _exactly_one(*keys: str) -> dict[str, Any]:
    """Return in JSON Schema that one of ``keys`` is given, and the others are not."""
    return {"oneOf": [{"required": [key], "properties": {key: {"not": {"type": "null"}}}} for key in keys]}


def _indicators() -> dict[str, Any]:
    """Return in JSON Schema which indicators there are of the nation, and of the place that is named."""
    provinces = [*ZONES, *WITHOUT_ZONE]
    codes = {"province": provinces, "zone": provinces, "partner": [*PARTNERS]}
    nation: dict[str, Any] = {key: {"type": "null"} for key in PLACES}
    named: list[dict[str, Any]] = [{"required": [key], "properties": {key: {"enum": codes[key]}}} for key in PLACES]
    ways = [{"properties": nation}, *named]
    for way, level in zip(ways, ("national", *PLACES.values()), strict=True):
        way["properties"] |= {"indicator": {"enum": [*VARIABLES[level]]}}
    return {"oneOf": ways}


class Sign(Indicated):
    """An indicator that has been above or below a threshold, for so many quarters in a row."""

    model_config = ConfigDict(json_schema_extra={"allOf": [_exactly_one("above", "below"), _indicators()]})

    above: float | None = Field(None, description="threshold, in the unit of the tables")
    below: float | None = Field(None, description="threshold, in the unit of the tables")
    quarters: int = Field(1, ge=1, le=LONGEST, description="quarters in a row that it must have lasted")

    _one = model_validator(mode="after")(one_threshold)

    def __str__(self) -> str:
        return f"{self.side} {self.bound:.12g} for {self.quarters}"  # no two thresholds of a file read alike

    @property
    def name(self) -> str:
        """Name in tables: what it is of, and the sign."""
        return f"{self.whose} {self}"

    @property
    def side(self) -> Literal["above", "below"]:
        """On which side of the threshold it lies."""
        return "below" if self.above is None else "above"

    @property
    def bound(self) -> float:
        """The threshold, in the unit of the tables."""
        return float(getattr(self, self.side))

    @property
    def signs(self) -> tuple[Sign, ...]:
        """Itself, as `Signs` has several."""
        return (self,)

    def of(self, tables: Tables) -> Array:
        """Return the indicator by quarter and run [T, E], with one run where tables are those of one."""
        values = getattr(tables, self.table)[self.indicator]
        if self.place:
            values = values[..., getattr(tables.codes, self.table).code.index(self.place)]
        return np.asarray(values.reshape(len(values), -1))

    def seen(self, values: Array) -> Array:
        """Tell from quarters that have passed [T, E] in which runs it has lasted long enough [E]."""
        last = values[-self.quarters :]
        lasted = last > self.bound if self.side == "above" else last < self.bound
        return np.asarray(lasted.all(axis=0) & (len(last) == self.quarters))

    def met(self, seen: Mapping[Sign, Array]) -> Array:
        """Tell in which runs a rule that waits for it fires [E], from where each sign is ``seen`` [E]."""
        return seen[self]


def each_once(signs: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return signs, of which no two are the same.

    Raises:
        InputError: if two are.
    """
    if len(set(signs)) < len(signs):
        raise InputError("signs_once")
    return signs


def excluding(signs: Iterable[Sign]) -> tuple[Sign, Sign] | None:
    """Return two signs that no quarter can have together: above a threshold, and below one that is no higher."""
    for one, other in permutations(signs, 2):
        if one.whose == other.whose and one.side == "above" != other.side and one.bound >= other.bound:
            return one, other  # however long they last, both look at the last quarter
    return None


def together(signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """Return signs that can all be there in one quarter.

    Raises:
        InputError: if they cannot.
    """
    if pair := excluding(signs):
        above, below = (f"{sign.bound:.12g}" for sign in pair)
        raise InputError("signs_exclude", found=pair[0].whose, above=above, below=below)
    return signs


Several = Annotated[tuple[Sign, ...], Field(min_length=2, max_length=MOST_SIGNS), AfterValidator(each_once)]


class Signs(FixedKeys):
    """Several signs: a rule waits until all of them are there in the same quarter, or any of them."""

    model_config = ConfigDict(json_schema_extra=_exactly_one("all", "any"))

    all: Annotated[Several, AfterValidator(together)] | None = Field(None, description="signs that must all be there")
    any: Several | None = Field(None, description="signs of which one must be there")

    def __str__(self) -> str:
        return self._joined(map(str, self.signs))

    @property
    def name(self) -> str:
        """Name in tables."""
        return self._joined(sign.name for sign in self.signs)

    @property
    def how(self) -> Literal["all", "any"]:
        """Whether all must be there, or any."""
        return "any" if self.all is None else "all"

    @property
    def signs(self) -> tuple[Sign, ...]:
        """Each of them."""
        found: tuple[Sign, ...] = getattr(self, self.how)
        return found

    def met(self, seen: Mapping[Sign, Array]) -> Array:
        """Tell in which runs a rule that waits for them fires [E], from where each sign is ``seen`` [E]."""
        each = np.stack([seen[sign] for sign in self.signs])
        return np.asarray(each.all(axis=0) if self.how == "all" else each.any(axis=0))

    def _joined(self, parts: Iterable[str]) -> str:
        return (" and " if self.how == "all" else " or ").join(parts)


def one_or_several(one: type[BaseModel], several: type[BaseModel]) -> WrapValidator:
    """Return what reads a mapping as a record of ``several`` signs if it has their keys, else as ``one``.

    Pydantic's own choice between two records would complain of what is wrong as both.
    """
    joint = several.model_fields.keys()

    def read(value: Any, _as_union: Callable[[Any], Any], info: ValidationInfo) -> Any:
        if isinstance(value, one | several):
            return value
        found = joint & value.keys() if isinstance(value, dict) else set()
        if found and sum(each is not None for each in value.values()) != 1:
            raise InputError("one_or_several", keys=listed(joint))
        return (several if found else one).model_validate(value, strict=True, context=info.context)

    return WrapValidator(read)


When = Annotated[Sign | Signs, one_or_several(Sign, Signs)]
