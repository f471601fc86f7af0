"""What foreign capital and trust in lists do in whole runs: signs, by seed, in runs that differ in nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from builders import small
from ftz_sim.runs.ensemble import Ensemble
from ftz_sim.runs.together import start_of

CASES = ("as it was", "no FDI", "ratchet", "relisting", "open lists")
SEEDS = (1, 2)
FROM, BROKEN, END = 4, range(12, 16), 24  # quarters since 2013Q1


def case(name):
    return np.arange(len(CASES)).repeat(len(SEEDS)) == CASES.index(name)


def intervene(world, mechanism):
    nation, now = world.nation, world.clock.index
    if mechanism == "policy":
        level = np.where(case("ratchet") & (now >= FROM), 1.0, 0.5)
        world.levers.ratchet_commitment = np.where(case("relisting") & (now in BROKEN), 0.0, level)
    if mechanism == "exogenous_paths" and now >= FROM:
        nation.fdi_shock = np.where(case("no FDI"), 0.0, nation.fdi_shock)
    if mechanism == "negative_list" and now >= FROM:
        for name in ("openness_zone", "openness_national", "services_openness_zone", "services_openness_national"):
            setattr(nation, name, np.where(case("open lists"), 1.0, getattr(nation, name)))
    if mechanism == "glass_door" and now >= FROM:
        world.regions.openness_by_area = np.where(case("open lists"), 1.0, world.regions.openness_by_area)


@pytest.fixture(scope="module")
def gaps():
    """Return `gaps(case, what, quarter)`: differences from what was, by seed, as shares."""
    spec = small("history", "horizon.end=2018Q4", "horizon.fork=2018Q1", "parameters.capital_account.crisis_hazard=0")
    world = Ensemble([start_of(spec, seed) for _ in CASES for seed in SEEDS])
    rows = []
    while world.clock.index < END:
        for name, mechanism in world.active_schedule.items():
            mechanism.step(world, getattr(world.params, name))
            intervene(world, name)
        income = world.regions.real_income.sum(axis=0)
        rows.append(
            {"fdi": world.nation.fdi, "gdp": world.nation.gdp, "income": income, "capital": world.firms.capital.sum(0)}
        )
        world.clock.tick()

    def gaps(name, what, quarter=END - 1):
        column = rows[quarter][what]
        return column[case(name)] - column[case("as it was")]

    return gaps


@pytest.mark.parametrize("what", ["capital", "gdp", "income"])
def test_without_fdi_there_is_less_of_everything(gaps, what):
    assert (gaps("no FDI", what) < 0).all()
    assert (gaps("no FDI", what, FROM - 1) == 0).all()


def test_a_firmer_promise_draws_fdi(gaps):
    assert (gaps("ratchet", "fdi", FROM) > 0).all() and (gaps("ratchet", "fdi") > 0).all()


def test_a_year_of_relisting_lowers_fdi_for_years(gaps):
    assert (gaps("relisting", "fdi", BROKEN[0] - 1) == 0).all()
    assert (gaps("relisting", "fdi", BROKEN[-1]) < 0).all()
    assert (gaps("relisting", "fdi") < 0).all()


def test_empty_lists_draw_fdi(gaps):
    assert (gaps("open lists", "fdi") > 0).all()
