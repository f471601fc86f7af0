"""Strategies at equal cost: one factor on what each adds."""

from __future__ import annotations

import json

import pytest

from builders import early, small
from ftz_sim.analysis import compare
from ftz_sim.analysis.equal_cost import TOLERANCE, added, equalise, frame, mean_costs, scaled, sentence
from ftz_sim.errors import InputError
from ftz_sim.model.published import load_figures
from ftz_sim.scenario import evidence
from ftz_sim.scenario.policy_path import compile_policy

SHORT = "horizon.end=2026Q4"
FORK = 48


def level(spec, lever, quarter=-1):
    return compile_policy(spec.policy, load_figures().zones.opening_quarter, 56).level(lever)[quarter]


@pytest.fixture(scope="module")
def strategies():
    return [small(name, SHORT) for name in ("single_ftz", "ftz_fta", "history")]


def test_what_is_added_is_scaled_from_the_level_before_the_fork():
    spec = small("ftz_fta", SHORT)
    half = scaled(spec, 0.5)
    # digital subsidies go from .4 to 1, data flows from .2 to 1, the use of preferences from .2 to 1
    assert level(half, "digital_subsidy") == pytest.approx(0.7)
    assert level(half, "data_flow_opening") == pytest.approx(0.6)
    assert level(half, "preference_support") == pytest.approx(0.6)
    assert level(half, "rule_alignment") == pytest.approx(0.5)
    # Wuhan had its fund at .5, the others had none; Hainan's list for services was reformed in full
    venture = level(half, "venture_fund")
    assert sorted(set(venture.round(12))) == [0.5, 0.75]
    assert level(half, "corporate_tax_15").max() == 1


def test_factor_one_is_the_strategy_and_zero_is_policy_as_it_stood():
    spec = small("integrated", SHORT)
    history = small("history", SHORT)
    for lever in ("chain_policy", "joint_fund", "agreement_upgrade", "offshore_business", "technology_partnership"):
        assert level(scaled(spec, 1.0), lever) == pytest.approx(level(spec, lever))
        assert level(scaled(spec, 0.0), lever) == pytest.approx(level(history, lever))
        assert level(scaled(spec, 0.3), lever, FORK - 1) == pytest.approx(level(history, lever, FORK - 1))


def test_only_what_begins_at_the_fork_is_added():
    assert added(small("history", SHORT)) == []
    assert {step.lever for step in added(small("fta_only", SHORT))} == {
        "preference_support", "agreement_upgrade", "accession_preparation", "market_access_exchange",
    }  # fmt: skip


def test_a_dearer_strategy_is_scaled_until_it_costs_as_much(strategies):
    found = {each.spec.name: each for each in equalise(strategies, reps=1)}
    target = found["single_ftz"].cost
    assert found["single_ftz"].factor == 1
    linked = found["ftz_fta"]
    assert 0 < linked.factor < 1
    assert linked.equal
    # the claim holds for the scenario that is handed on, not only for the search
    assert mean_costs([linked.spec], 1, 1)[0] == pytest.approx(target, rel=TOLERANCE)
    # history spends less than any strategy and adds nothing that could be scaled
    cheap = found["history"]
    assert (cheap.factor, cheap.equal) == (1, False)
    assert cheap.cost < target
    assert "even at full" in sentence(cheap)
    assert "贴现成本" in sentence(linked, "zh")
    assert list(frame(list(found.values()))["equal"]) == [True, True, False]


def test_compare_at_equal_cost_uses_the_scaled_strategies(tmp_path):
    strategies = [early(name) for name in ("single_ftz", "ftz_fta")]
    result = compare(strategies, reps=2, equal_cost=True, out=tmp_path / "out")
    cost = result.panel.present_value[:, :, 1].mean(axis=1)
    assert cost[1] == pytest.approx(cost[0], rel=TOLERANCE)
    assert (tmp_path / "out" / "equal_cost.csv").read_text().startswith("scenario,factor,cost,target,equal")
    noted = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["outside_evidence"]
    assert noted["ftz_fta"] == evidence.as_json(result.equal_cost[1].spec) != evidence.as_json(strategies[1])
    assert compare(strategies, reps=1).equal_cost == []


def test_a_reference_that_costs_nothing_is_refused():
    # bargains, duties forgone by accession and levers of the nation cost something without zones, too
    quiet = ("mechanisms={coordination: off, trade_agreements: off}", "parameters.public_finance.outlay_scale=0")
    specs = [small(name, SHORT, *quiet) for name in ("no_ftz", "history")]
    with pytest.raises(InputError, match="costs nothing"):
        equalise(specs, "no_ftz", reps=1)
