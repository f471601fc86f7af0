"""FtzModel is an ordinary Mesa model, shown with the real Mesa."""

from __future__ import annotations

import inspect
import pickle

import mesa
import numpy as np
import pytest

import ftz_sim as ftz
from builders import small
from ftz_sim.runs.agents import Firm, Partner, Region, Zone
from ftz_sim.runs.model import FtzModel

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


def test_what_is_written_on_an_agent_is_written_to_its_column():
    model, other = (FtzModel(small("history", SHORT), rng=1) for _ in range(2))
    regions = model.agents_by_type[Region]
    beijing = next(iter(regions))
    beijing.gdp = 1.0
    assert model.regions.gdp[0] == beijing.gdp == 1.0 and model.regions.gdp[1] == other.regions.gdp[1]
    regions.set("compute", 0.25)
    assert (model.regions.compute == 0.25).all() and (other.regions.compute != 0.25).any()
    model.regions.gdp = model.regions.gdp * 2  # as a mechanism does
    assert beijing.gdp == 2.0
    beijing.value_added_by_tier = [1.0, 2.0, 3.0]
    assert model.regions.value_added_by_tier[0].tolist() == [1.0, 2.0, 3.0]
    with pytest.raises(ValueError, match="read-only"):
        beijing.value_added_by_tier[0] = 9.0
    model.firm(7).capital = 5.0
    assert model.firms.capital[7] == 5.0
    latitude = other.regions.latitude[0]
    beijing.latitude = 0.0  # the published figures are shared by all models
    assert FtzModel(small("history", SHORT), rng=1).regions.latitude[0] == latitude


@pytest.mark.parametrize("name", ["gpd", "colour", "row", "code", "has_open_zone", "zone", "green_pilot"])
def test_what_is_no_amount_of_an_agent_cannot_be_written(name):
    model = FtzModel(small("history", SHORT), rng=1)
    beijing = next(iter(model.agents_by_type[Region]))
    with pytest.raises(AttributeError, match=r"cannot be set|has no column"):
        setattr(beijing, name, 1)
    assert beijing.row == 0 and beijing.code == "BJ"


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
        watched.random.random()  # the generator that Mesa owns is not the model's
    assert np.array_equal(plain.firms.capital, watched.firms.capital)


class Watched(FtzModel):
    """A model whose collector asks agents too."""

    def __init__(self, spec, rng=None):
        reporters = {"seed": "seed", "nation": lambda model: model.nation.gdp}
        collector = mesa.DataCollector(reporters, agent_reporters={"gdp": own_gdp})
        super().__init__(spec, rng=rng, datacollector=collector)


def own_gdp(agent):
    return agent.gdp if isinstance(agent, Region) else 0.0


def batch(model, specs, seeds, **options):
    """Call Mesa's own runner as the Mesa that is installed has it."""
    takes_rng = "rng" in inspect.signature(mesa.batch_run).parameters
    own, parameters = ({"rng": seeds}, {"spec": specs}) if takes_rng else ({}, {"spec": specs, "rng": seeds})
    return mesa.batch_run(model, parameters, number_processes=1, display_progress=False, **own, **options)


def test_mesas_own_batch_run_gives_every_seed_its_row():
    specs = [small("no_ftz", SHORT), small("history", SHORT)]
    rows = batch(FtzModel, specs, [1, 2], max_steps=200)
    expected = {(spec.name, seed): FtzModel(spec, rng=seed).run().nation.gdp for spec in specs for seed in (1, 2)}
    assert {(row["spec"].name, row["seed"]): row["gdp"] for row in rows} == expected
    assert len(set(expected.values())) == 4


@pytest.mark.filterwarnings("ignore:The `iterations` keyword:DeprecationWarning")
def test_iterations_of_batch_run_can_be_repeated():
    spec = small("history", "horizon.end=2013Q2")
    rows = mesa.batch_run(FtzModel, {"spec": [spec]}, iterations=3, number_processes=1, display_progress=False)
    assert len({row["seed"] for row in rows}) == 3
    assert [row["gdp"] for row in rows] == [FtzModel(spec, rng=row["seed"]).run().nation.gdp for row in rows]


def test_a_row_of_batch_run_holds_nation_and_provinces_of_one_quarter():
    spec = small("history", "horizon.end=2013Q3")
    rows = batch(Watched, [spec], [1], data_collection_period=1)
    quarters = dict.fromkeys(row["Step"] for row in rows)
    model, expected = FtzModel(spec, rng=1), []
    while model.running:
        model.step()
        expected.append(model.nation.gdp)
    found = {step: {row["nation"] for row in rows if row["Step"] == step} for step in quarters}
    assert [nation for (nation,) in found.values()] == expected
    for step, (nation,) in found.items():
        assert sum(row["gdp"] for row in rows if row["Step"] == step) == pytest.approx(nation, rel=1e-12)
    assert all(row["seed"] == 1 for row in rows)


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
    gdp, collected = model.nation.gdp, len(model.datacollector.model_vars["gdp"])
    model.step()
    if hasattr(model, "run_for"):  # since Mesa 3.5
        model.run_for(3)
    assert (model.clock.index, model.nation.gdp, model.running) == (16, gdp, False)
    assert len(model.datacollector.model_vars["gdp"]) == collected == 16


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
