"""Assumed signs: every lever has its row, ranges include harm, and signs do turn in some draws."""

from __future__ import annotations

import numpy as np
import pytest

from builders import small
from ftz_sim.analysis.lever_facts import LEVERS
from ftz_sim.analysis.panel import scaled_difference
from ftz_sim.analysis.signs import (
    NO_HARM,
    RISKS,
    by_group,
    harmful,
    reversible,
    summary,
    table,
    turns,
    why_not,
)
from ftz_sim.cli import show
from ftz_sim.indicators.yearly import last_year, year
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.parameters import all_cards
from ftz_sim.model.streams import child_seed
from ftz_sim.runs.draws import draw, drawn_parameters
from ftz_sim.runs.engine import attempt
from ftz_sim.runs.uncertainties import apply

DRAWS, TRIED = 100, 6
DECISIVE = {
    "cross_zone": (
        "digital_capability.platform_gain", "production.spillover_effect", "investment.integration_gain",
    ),
    "ftz_fta": (
        "trade_costs.agreement_ntb_cut", "knowledge_spillovers.partner_gain", "production.spillover_effect",
    ),
}  # fmt: skip
EFFECTS = sorted({name for said in LEVERS.values() for name in said.effects})


def test_every_lever_has_its_row_and_every_name_is_a_parameter():
    assert set(LEVERS) == set(CATALOGUE) == set(table()["lever"])
    assert set(EFFECTS) | {risk.parameter for risk in RISKS.values()} <= set(all_cards())
    assert {key for said in LEVERS.values() for key in said.risks} == set(RISKS)
    assert set(NO_HARM) <= set(EFFECTS)


@pytest.mark.parametrize("name", EFFECTS)
def test_the_range_of_an_assumed_effect_includes_harm_or_says_why_not(name):
    card = all_cards()[name]
    if card.grade == "A" and card.sampled:
        assert harmful(name) != (name in NO_HARM)
    assert harmful(name) != bool(why_not(name)) != bool(not why_not(name, "zh"))


def test_a_lever_by_hand():
    assert LEVERS["trade_facilitation"].assumed == "+exports"
    assert reversible("trade_facilitation") == ["trade_costs.facilitation_ntb_cut"]
    assert turns("corporate_tax_15") == "loss on public money (public_finance.cost_of_funds)"
    assert turns("carbon_sinks", "zh") == "抽样中没有"
    assert f"{len(CATALOGUE)} levers" in summary() and f"{len(CATALOGUE)}项政策工具" in summary("zh")


def test_screens_say_them_in_the_marks_of_each_language():
    assert show.signs("en").startswith("What is assumed, and what can turn it: existence of zones + (")
    assert show.signs("zh").startswith("假定的作用方向与可能的反转因素：设立试验区 +（效应可能反向、")
    assert show.signs("zh").endswith("）。") and not set(show.signs("zh")) & set(":;()")


def test_signs_of_groups_follow_from_their_levers():
    english, chinese = ({row[0]: row[1:] for row in by_group(lang)} for lang in ("en", "zh"))
    harm = "effects that may be the reverse, resource cost of abatement, loans to firms that only look clean"
    assert english["green"] == ("− on CO2", harm)
    assert chinese["绿色"] == ("碳排放−", "效应可能反向、减排的资源成本、向表面绿色企业发放的贷款")
    assert english["digital"] == ("+", "effects that may be the reverse, data breach, outlays, loss on public money")
    assert len(english) == len(chinese) == 9


def _difference(scenario, values):
    runs = [attempt(apply(small(name), values), child_seed(1, 0, 0)).result for name in (scenario, "single_ftz")]
    gdp = [year(tables.national["gdp"], last_year(tables.quarters), "mean") for tables in runs]
    return float(scaled_difference(*map(np.asarray, gdp), "log"))


@pytest.mark.parametrize(("scenario", "decisive"), DECISIVE.items())
def test_with_the_default_uncertainties_the_sign_turns_in_some_draws(scenario, decisive):
    """Of many draws the least and the most favourable, by the parameters that decide (`ftz robustness`), are run."""
    specs = [small(name) for name in (scenario, "single_ftz")]
    drawn = drawn_parameters(specs)
    draws = [draw(specs, drawn, 1, replicate) for replicate in range(DRAWS)]
    ends = {name: (all_cards()[name].low, all_cards()[name].high) for name in decisive}
    draws.sort(key=lambda values: sum((values[name] - low) / (high - low) for name, (low, high) in ends.items()))
    assert any(_difference(scenario, values) < 0 for values in draws[:TRIED])
    assert _difference(scenario, draws[-1]) > 0
