"""What moves by construction: what a lever's own rules write, and what is billed to it."""

from __future__ import annotations

import operator

import numpy as np
import pytest

from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.mechanisms import public_finance
from ftz_sim.runs.model import FtzModel
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.trace.code import columns, listed
from ftz_sim.trace.construction import billed, by_construction, written


@pytest.mark.parametrize(
    ("lever", "indicator"),
    [
        ("negative_list_reform", "list_zone"),  # the column itself
        ("green_gate", "co2_intensity"),  # emissions over GDP: one step from the column
        ("digital_subsidy", "digital_outlay"),  # adoption reads the subsidy and books what firms pay
        ("offshore_business", "zones.fdi"),  # a table of zones
        ("chain_policy", "policy_cost_share"),  # its outlay, billed by public finance
        ("chain_policy", "zones.policy_cost"),
        ("preference_support", "resource_cost"),  # of the nation
    ],
)
def test_what_a_lever_s_own_rule_writes_moves_by_construction(lever, indicator):
    assert indicator in by_construction("lever", lever)


@pytest.mark.parametrize(
    ("lever", "indicator"),
    [
        ("negative_list_reform", "fdi"),  # by way of the glass door and of investors
        ("trade_facilitation", "exports"),  # by way of markets
        ("talent_programme", "gdp"),
        ("corporate_tax_15", "zones.fdi"),  # public finance writes the tax, investors answer
        ("ratchet_commitment", "policy_cost"),  # it lays nothing out
        ("benefit_sharing", "policy_cost"),
        ("preference_support", "zones.policy_cost"),  # a lever of the nation
    ],
)
def test_what_follows_does_not(lever, indicator):
    assert indicator not in by_construction("lever", lever)


def test_gdp_is_written_by_no_lever():
    for lever in CATALOGUE:
        assert not {"gdp", "real_income", "exports"} & by_construction("lever", lever), lever


def test_what_public_finance_bills_to_a_lever_is_written_by_it():
    model = FtzModel(Scenario.load("history", ["population.firms=2000", "horizon.end=2017Q4"]), rng=1).run()

    def billing(lever, level):
        setattr(model.levers, lever, level + 0 * getattr(model.levers, lever))
        public_finance.step(model, model.params.public_finance)
        return {column: np.copy(operator.attrgetter(column)(model)) for column in of_public_finance}

    of_public_finance = listed(columns("public_finance").writes)
    for lever in CATALOGUE:
        before = getattr(model.levers, lever)
        none, full = billing(lever, 0.0), billing(lever, 1.0)
        setattr(model.levers, lever, before)
        moved = {column for column in of_public_finance if not np.array_equal(none[column], full[column])}
        assert moved <= written("lever", lever), lever
        if CATALOGUE[lever].outlay.rate:
            assert billed(lever) <= moved, lever
