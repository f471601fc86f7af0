"""No NaN, explosion or negative stock at either end of any parameter's range of evidence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from builders import small
from ftz_sim.model.parameters import ModelParameters
from ftz_sim.model.params import Card, cards
from ftz_sim.runs.model import FtzModel

RECORDS = {name: list(cards(field.annotation)) for name, field in ModelParameters.model_fields.items()}
SINGLES = [(name, card.name) for name, found in RECORDS.items() for card in found if card.low is not None]
LARGEST_GDP = 1e7  # bn yuan a year: fifty times the usual end
HISTORY = small("integrated")


def end(card: Card, which: str) -> Any:
    bound = getattr(card, which)
    if isinstance(card.default, tuple) and not isinstance(bound, tuple):
        bound = (bound,) * len(card.default)
    if card.positive:  # the range may begin at zero, where the equation has no value
        floor = np.maximum(bound, 1e-6)
        bound = tuple(floor) if isinstance(bound, tuple) else float(floor)
    return bound


def played(spec, changes: dict[str, dict[str, Any]], last: str) -> FtzModel:
    parameters = spec.parameters.model_dump()
    for mechanism, values in changes.items():
        parameters[mechanism] |= values
    horizon = spec.horizon.model_copy(update={"end": type(spec.horizon.end).parse(last)})
    update = {"parameters": ModelParameters.model_validate(parameters), "horizon": horizon}
    return FtzModel(spec.model_copy(update=update), rng=1).run()


def assert_sound(model: FtzModel) -> None:
    for table in ("firms", "regions", "zones", "partners", "pairs"):
        for name, column in vars(getattr(model, table)).items():
            if column.dtype.kind == "f" and name not in ("carbon_budget", "sharing_base"):
                assert np.isfinite(column).all(), f"{table}.{name}"
    for name in ("capital", "workers", "talents", "knowledge", "emission_intensity"):
        assert (getattr(model.firms, name) > 0).all(), name
    assert 0 < 4 * model.nation.gdp < LARGEST_GDP


def bounds_of(mechanism: str, which: str) -> dict[str, dict[str, Any]]:
    return {mechanism: {card.name: end(card, which) for card in RECORDS[mechanism] if card.low is not None}}


@pytest.mark.parametrize("which", ["low", "high"])
@pytest.mark.parametrize("mechanism", ["negative_list", "foreign_investment", "migration", "carbon", "firm_turnover"])
def test_a_mechanism_with_all_its_parameters_at_one_end(mechanism, which):
    assert_sound(played(HISTORY, bounds_of(mechanism, which), "2028Q4"))


@pytest.mark.study
@pytest.mark.parametrize("which", ["low", "high"])
@pytest.mark.parametrize("mechanism", [name for name, found in RECORDS.items() if found])
def test_every_mechanism_with_all_its_parameters_at_one_end(mechanism, which):
    if (mechanism, which) == ("production", "high"):  # all elasticities at once leave no size limit for firms
        with pytest.raises(ValidationError, match="size"):
            played(HISTORY, bounds_of(mechanism, which), "2035Q4")
        return
    assert_sound(played(HISTORY, bounds_of(mechanism, which), "2035Q4"))


@pytest.mark.study
@pytest.mark.parametrize("which", ["low", "high"])
@pytest.mark.parametrize(("mechanism", "name"), SINGLES, ids=[".".join(each) for each in SINGLES])
def test_every_parameter_at_each_end(mechanism, name, which):
    card = next(card for card in RECORDS[mechanism] if card.name == name)
    assert_sound(played(HISTORY, {mechanism: {name: end(card, which)}}, "2035Q4"))
