"""The quick half of `make falsify`: accounts, idle zones and a few signs in small runs, and what the study counts.

Signs of foreign capital and trust stand in test_investors.py, bits of idle zones in test_no_hidden_bonus.py.
"""

from __future__ import annotations

import importlib
import pickle
import sys
from pathlib import Path

import numpy as np
import pytest
from pytest import approx

from ftz_sim.model.industry import load_industry
from ftz_sim.model.published import load_figures
from ftz_sim.scenario.policy_path import policy_of

sys.path.insert(0, str(Path(__file__).parents[1] / "studies"))  # studies import each other

from falsification import accounts, idle, made_up, outlays, turnover
from falsification.common import Line, Size, gap, in_year, play_all, spec_of, told

SMALL = Size(2_000, 2)
END = "horizon={fork: 2014Q1, end: 2015Q4}"
ALWAYS = "from: 2014Q1, to: 2015Q4"
SHOCKS = {
    "calm": "",
    "demand": f"{{kind: demand, {ALWAYS}, size: 0.3}}",
    "tariff": f"{{kind: tariff, partner: US, {ALWAYS}, size: 1.0}}",
    "embargo": f"{{kind: technology, {ALWAYS}, size: 1.0}}",
    "carbon": f"{{kind: carbon_price, {ALWAYS}, size: 500}}",
    "dearer carbon": f"{{kind: carbon_price, {ALWAYS}, size: 2000}}",
}


def test_accounts_close_in_every_quarter(monkeypatch):
    monkeypatch.setattr(accounts, "spec_of", lambda name, size: spec_of(name, size, END))
    (line,) = accounts.lines(SMALL)
    assert line.held, line.found


@pytest.fixture(scope="module")
def shocked():
    def read(world):
        income = world.regions.real_income
        coastal = load_figures().provinces.coastal
        return {
            "income": income.sum(0),
            "coast": income[coastal].sum(0),
            "inland": income[~coastal].sum(0),
            "co2": world.regions.emissions.sum(0),
        }

    specs = {name: spec_of("history", SMALL, END, f"shocks=[{shock}]") for name, shock in SHOCKS.items()}
    return play_all(specs, SMALL, read=read)


def change(runs, case, what, year=2015):
    return gap(*(in_year(runs[name], what, year) for name in (case, "calm")))


@pytest.mark.parametrize("case", ["demand", "tariff", "embargo", "carbon", "dearer carbon"])
def test_shocks_cost_income(shocked, case):
    assert (change(shocked, case, "income") < 0).all()
    assert (change(shocked, case, "income", 2013) == 0).all()


def test_a_fall_of_demand_costs_the_coast_most(shocked):
    assert (change(shocked, "demand", "coast") < change(shocked, "demand", "inland")).all()


def test_a_tonne_that_has_a_price_is_emitted_less_and_less_so_the_second_time(shocked):
    cut = {case: -change(shocked, case, "co2") for case in ("carbon", "dearer carbon")}
    assert (cut["carbon"] > 0).all()
    assert (cut["carbon"] < cut["dearer carbon"]).all()
    assert (cut["dearer carbon"] < 4 * cut["carbon"]).all()


def test_a_lever_at_none_is_pulled_until_the_fork():
    spec = spec_of("integrated", SMALL)
    off = policy_of(outlays.at_none(spec, "ai_plus")).level("ai_plus")
    on = policy_of(spec).level("ai_plus")
    fork = spec.horizon.fork.index
    assert (off[fork:] == 0).all() and on[fork:].any()
    assert np.array_equal(off[:fork], on[:fork])


def test_two_provinces_exchange_all_their_figures():
    true, rows = load_figures(), np.arange(31)
    one, other = map(true.provinces.iso.index, ("GD", "GZ"))
    rows[[one, other]] = other, one
    with made_up.figures_with(made_up.provinces_exchanged("GD", "GZ")) as figures:
        assert figures.provinces.iso == true.provinces.iso
        for name in ("gdp", "talents", "co2", "latitude", "coastal", "growth_2012_15"):
            assert getattr(figures.provinces, name)[rows] == approx(getattr(true.provinces, name)), name
        assert figures.distance[np.ix_(rows, rows)] == approx(true.distance)
        assert load_industry(figures.folder).value_added[rows] == approx(load_industry().value_added)
        assert figures.zones.region.tolist() == [other if row == one else row for row in true.zones.region]


def test_zones_open_later_but_none_before_the_start():
    opening = load_figures().zones.opening_quarter
    for quarters in (8, -8):
        with made_up.figures_with(made_up.opened_later(quarters)) as figures:
            assert figures.zones.opening_quarter.tolist() == np.maximum(opening + quarters, 0).tolist()


def test_a_giant_keeps_the_nation_as_large():
    with made_up.figures_with(made_up.giant("GD", 0.02)) as figures:
        industry, true = load_industry(figures.folder), load_industry()
    assert industry.value_added.sum() == approx(true.value_added.sum())
    assert industry.value_added[load_figures().provinces.iso.index("GD")].sum() > 0.7 * true.value_added.sum()


def test_the_command_knows_its_groups_and_the_page_names_what_missed():
    falsify = importlib.import_module("falsify")
    assert len(set(falsify.NAMES)) == len(falsify.GROUPS)
    assert pickle.loads(pickle.dumps(falsify.GROUPS)) == falsify.GROUPS  # so that groups run in other processes
    assert all(group.basis for group in falsify.GROUPS)
    lines = [
        Line("a", "up", told(np.array([1.0, 2.0])), True),
        Line("b", "up", "down", False),
        Line("c", "-", "-", None),
    ]
    page = falsify.page([(falsify.GROUPS[0], lines)], Size(3_000, 2))
    assert "1 of 2 expectations held. Missed:\n\n- Accounts: b" in page
    assert "| a | up | +1.50 % (0.71) | yes |" in page and "| b | up | down | **no** |" in page
    assert "3,000 firms, 1 seed." in page  # of accounts one run is played, whatever is allowed
    idle = falsify.GROUPS[falsify.NAMES.index("idle")]
    assert "2,000 firms, 2 seeds." in falsify.page([(idle, lines)], Size(3_000, 9))


def test_zones_that_do_nothing_are_compared_in_every_seed(monkeypatch):
    seeds = []

    class Played(idle.FtzModel):
        def __init__(self, spec, rng):
            seeds.append(rng)
            super().__init__(spec, rng=rng)

    monkeypatch.setattr(idle, "FtzModel", Played)
    monkeypatch.setattr(idle, "spec_of", lambda name, size, *more: spec_of(name, size, END, *more))
    assert idle._without_status("history", SMALL).held
    assert seeds == [1, 1, 2, 2]
    firms = idle._same("with zones", SMALL, *(idle.spec_of(name, SMALL) for name in ("history", "no_ftz")))
    assert not firms.held and firms.found.startswith("gdp ")


def test_every_selection_is_played_once(monkeypatch):
    asked = []

    def played(settings, size):
        asked.append(list(settings))
        raise StopIteration

    monkeypatch.setattr(turnover, "played", played)
    with pytest.raises(StopIteration):
        turnover.lines(SMALL)
    usual = spec_of("history", SMALL).parameters.firm_turnover.selection
    assert asked == [["0.3", "1.0", "1.25", "1.5"]] and f"{usual}" in asked[0]
