"""FtzModel is an ordinary Mesa model, shown with the real Mesa."""

from __future__ import annotations

import pickle

import mesa
import numpy as np
import pytest

import ftz_sim as ftz
from builders import small
from ftz_sim.agents import Firm, Partner, Region, Zone
from ftz_sim.model import FtzModel

SHORT = "horizon.end=2016Q4"


def test_agents_are_windows_onto_the_columns():
    model = FtzModel(small("history", SHORT), rng=1)
    model.step()
    assert isinstance(model, mesa.Model)
    assert {kind: len(model.agents_by_type[kind]) for kind in (Region, Zone, Partner)} == {
        Region: 31,
        Zone: 22,
        Partner: 8,
    }
    assert model.agents_by_type[Region].get("gdp") == list(model.regions.gdp)
    shanghai = next(zone for zone in model.agents_by_type[Zone] if zone.code == "SH")
    assert not shanghai.is_open
    for _ in range(3):
        model.step()
    assert shanghai.is_open
    assert shanghai.value_added == model.zones.value_added[0] > 0
    assert shanghai.lever("institutional_innovation") == 1


def test_an_agent_says_which_columns_it_has():
    model = FtzModel(small("history", SHORT), rng=1)
    with pytest.raises(AttributeError, match="Region has no column 'gpd'"):
        _ = next(iter(model.agents_by_type[Region])).gpd


def test_a_firm_is_an_agent_on_demand():
    model = FtzModel(small("history", SHORT), rng=1)
    firm = model.firm(7)
    assert model.agents_by_type[Firm].get("capital") == [model.firms.capital[7]]
    assert firm.birth_quarter == -40
    with pytest.raises(IndexError, match="slot 2000"):
        model.firm(2000)


def test_a_data_collector_with_agent_reporters():
    collector = mesa.DataCollector(
        model_reporters={"gdp": lambda model: model.nation.gdp},
        agenttype_reporters={Region: {"gdp": "gdp"}, Zone: {"fdi": "fdi"}},
    )
    model = FtzModel(small("history", SHORT), rng=1, datacollector=collector)
    for _ in range(4):
        model.step()
    by_region = collector.get_agenttype_vars_dataframe(Region)["gdp"].groupby("Step").sum()
    national = collector.get_model_vars_dataframe()["gdp"]
    assert len(by_region) == 4
    np.testing.assert_allclose(by_region.to_numpy(), national.to_numpy(), rtol=1e-12)


def test_collecting_more_changes_nothing():
    plain = FtzModel(small("history", SHORT), rng=1).run()
    collector = mesa.DataCollector(agenttype_reporters={Region: {"gdp": "gdp"}})
    watched = FtzModel(small("history", SHORT), rng=1, datacollector=collector)
    while watched.running:
        watched.step()
        watched.random.random()  # the generator that Mesa owns is not the model's luck
    assert np.array_equal(plain.firms.capital, watched.firms.capital)


def test_mesas_own_batch_run():
    rows = mesa.batch_run(
        FtzModel,
        parameters={"spec": [small("no_ftz", SHORT), small("history", SHORT)], "rng": [1, 2]},
        iterations=1,
        max_steps=200,
        number_processes=1,
        data_collection_period=-1,
        display_progress=False,
    )
    assert len(rows) == 4
    assert all(row["gdp"] > 0 for row in rows)
    assert len({row["gdp"] for row in rows}) == 4


def test_a_pickled_model_goes_on_with_the_same_bits():
    model = FtzModel(small("integrated", SHORT), rng=4)
    for _ in range(6):
        model.step()
    copy = pickle.loads(pickle.dumps(model))
    model.run()
    copy.run()
    for name, column in vars(model.firms).items():
        assert np.array_equal(column, getattr(copy.firms, name)), name
    assert [agent.gdp for agent in copy.agents_by_type[Region]] == list(copy.regions.gdp)


def test_a_run_ends_with_its_horizon():
    model = FtzModel(small("history", SHORT), rng=1).run()
    assert model.clock.index == 16
    assert not model.running
    with pytest.raises(RuntimeError, match="2016Q4"):
        model.step()


@pytest.mark.parametrize("seed", [-1, 1.5, True, "1"])
def test_a_seed_is_a_non_negative_integer(seed):
    with pytest.raises(ValueError, match="seed of the run"):
        FtzModel(small(), rng=seed)


def test_without_a_seed_the_model_draws_and_keeps_one():
    first, second = (FtzModel(small("history", SHORT), rng=None) for _ in range(2))
    assert first.seed != second.seed
    assert FtzModel(small("history", SHORT), rng=np.int64(3)).seed == 3


def test_public_names():
    assert ftz.FtzModel is FtzModel
    assert all(hasattr(ftz, name) for name in ftz.__all__)
