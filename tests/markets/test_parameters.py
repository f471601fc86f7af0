"""The parameters are ready for the pages that list parameters."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from ftz_sim.model.markets import Markets
from ftz_sim.model.params import cards

SOURCE = Path(__file__).resolve().parents[2]


def test_every_parameter_has_a_complete_card_and_is_read():
    known = set(YAML(typ="safe").load((SOURCE / "seeds" / "sources.yaml").read_text(encoding="utf-8")))
    code = "".join(
        path.read_text(encoding="utf-8") for path in (SOURCE / "src" / "ftz_sim" / "model" / "markets").glob("*.py")
    )
    for card in cards(Markets):
        assert card.meaning and card.unit and card.low is not None and card.high is not None, card.name
        assert not card.outside_evidence(card.default), card.name
        cited = {key.strip() for key in card.source.split(",")} - {"assumed", "calibrated", "data"}
        assert cited <= known, card.name
        assert card.grade == "A" or card.source != "assumed", card.name
        assert f"p.{card.name}" in code, card.name


def test_what_can_be_removed_is_less_than_the_border():
    p = Markets()
    low, high = ({card.name: getattr(card, end) for card in cards(Markets)} for end in ("low", "high"))
    for removable, border in zip(high["border"], low["border_effect"], strict=True):
        assert removable < border / high["trade_elasticity"]
    assert all(part < whole / p.trade_elasticity for part, whole in zip(p.border, p.border_effect, strict=True))


def test_an_elasticity_of_zero_is_refused():
    with pytest.raises(ValueError, match="must be above 0"):
        Markets(trade_elasticity=0.0)
