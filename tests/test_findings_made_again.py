"""What follows from the runs of a folder is made again: attributions, equal costs, counts, points of a sweep."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from builders import early
from ftz_sim.analysis import compare
from ftz_sim.analysis.attribute import attribute
from ftz_sim.analysis.replay import verify
from ftz_sim.results import parts
from ftz_sim.results.manifest import output_checksums, save, sha256
from ftz_sim.results.reading import read_manifest
from ftz_sim.results.statements import statement
from ftz_sim.runs.sweep import sweep
from sweeps import quick, sweep_file

DESIGNS = {
    "grid": "design: {method: grid, levels: 2}\nuncertainties: {glass_door.initial: card, levers.ai_plus: [0, 1]}",
    "values": "design: {method: grid}\nuncertainties: {glass_door.initial: [0.1, 0.2, 0.3]}",
    "list": "design: {method: list, points: [{glass_door.initial: 0.1}, {glass_door.initial: 0.35}]}",
    "none": "uncertainties: {}",
    "lhs": "design: {method: lhs, samples: 3}\nuncertainties: cards",
    "sobol": "design: {method: sobol, samples: 3}\nuncertainties: cards",
    "saltelli": "design: {method: saltelli, samples: 2}\nuncertainties: {glass_door.initial: [0.1, 0.2]}",
    "morris": "design: {method: morris, samples: 2}\nuncertainties: {industrial_upgrading.hazard: card}",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    place = tmp_path_factory.mktemp("made")
    dear = early("integrated").model_copy(update={"name": "dear"})
    cheap = early("single_ftz").model_copy(update={"name": "cheap"})
    compare([cheap, dear], reps=2, seed=4, out=place / "equal", equal_cost=True)
    attribute(dear, cheap, 2, seed=4, out=place / "exact")
    attribute(dear, cheap, 1, seed=4, by="lever", pairs=1, out=place / "sampled")
    sweep(sweep_file(place, uncertainties="cards", samples=3), place / "sweep", simulate=quick)
    return place


@pytest.fixture
def copy(made, tmp_path):
    """Return what copies one of the folders, to be edited."""
    return lambda name: shutil.copytree(made / name, tmp_path / name)


def listed(folder):
    """List all files anew, as an editor would who knows the format."""
    for file in sorted((folder / "runs.parquet").glob("*.parquet")) if (folder / "runs.parquet").is_dir() else ():
        piece = parts.read_header(folder, int(file.stem))
        sums = {name: sha256(parts.path_of(folder, name, piece.number)) for name in piece.checksums}
        header = parts.header(parts.BatchFile(piece.number, piece.merges, piece.replaces, sums))
        whole = pq.read_table(file, partitioning=None)
        pq.write_table(whole.replace_schema_metadata(header), file, write_page_checksum=True)
    save(folder, read_manifest(folder) | {"outputs": output_checksums(folder)})


def problems(folder):
    listed(folder)
    return verify(folder, sample=0).problems


def other(cell):
    """Return another value of the same kind."""
    if isinstance(cell, str):
        return f"{cell}x"
    return not cell if isinstance(cell, bool | np.bool_) else cell + max(1e-6, 1e-6 * abs(cell))


@pytest.mark.parametrize("name", ["equal", "exact", "sampled", "sweep"])
def test_what_was_not_edited_is_made_again(made, name):
    assert verify(made / name, sample=0).problems == []


def test_every_column_of_an_attribution_and_of_equal_costs_is_held_against_the_runs(copy):
    for folder, file in (("exact", "attribution.csv"), ("sampled", "attribution.csv"), ("equal", "equal_cost.csv")):
        place = copy(folder)
        whole = pd.read_csv(place / file)
        for column in whole.columns[whole.notna().any()].drop("scenario", errors="ignore"):
            frame = whole.copy()
            row = frame[column].last_valid_index()
            cell = frame.loc[row, column]
            frame[column] = frame[column].astype(object)
            frame.loc[row, column] = other(cell)
            frame.to_csv(place / file, index=False)
            assert problems(place) == [f"{file}: not what the tables give"], column
        whole.iloc[:-1].to_csv(place / file, index=False)
        assert verify(place, sample=0).problems  # a row is gone
        whole.to_csv(place / file, index=False)
        assert problems(place) == []


@pytest.mark.parametrize("key", ["sentence", "labels", "method"])
@pytest.mark.parametrize("name", ["exact", "sampled"])
def test_what_the_manifest_says_of_an_attribution_is_that_of_the_tables(copy, name, key):
    folder = copy(name)
    other = {"sentence": [statement("attribution.caveat")], "labels": {"x": ["x", "x"]}, "method": "x"}
    save(folder, read_manifest(folder) | {key: other[key]})
    assert problems(folder) == [f"manifest.json, {key}: not what the tables give"]


@pytest.mark.parametrize("name", ["exact", "sampled"])
def test_runs_that_an_attribution_needs_are_missed(copy, name):
    folder = copy(name)
    gone = pd.read_parquet(folder / "runs.parquet")["run_id"].iloc[0]
    for table in ("runs", "national"):
        frame = pd.read_parquet(folder / f"{table}.parquet")
        frame[frame["run_id"] != gone].to_parquet(folder / f"{table}.parquet", index=False)
    manifest = read_manifest(folder)
    save(folder, manifest | {"runs": {**manifest["runs"], "done": manifest["runs"]["done"] - 1}})
    assert problems(folder) == [f"runs.parquet: runs of the manifest are missing: {gone} (1)"]


def test_the_factor_of_equal_costs_is_that_of_the_strategy_that_ran(copy):
    folder = copy("equal")
    table = pd.read_csv(folder / "equal_cost.csv")
    assert 0 < table.loc[1, "factor"] < 1
    shutil.copy(folder / "scenarios" / "dear.yaml", folder / "unscaled" / "dear.yaml")
    assert problems(folder) == ["equal_cost.csv: not what the tables give"]
    (folder / "unscaled" / "dear.yaml").unlink()
    assert len(problems(folder)) == 1


@pytest.mark.parametrize("name", ["equal", "exact"])
def test_counts_of_effective_firms_are_those_of_the_runs(copy, name):
    folder = copy(name)
    kept = read_manifest(folder)["effective_firms"]
    save(folder, read_manifest(folder) | {"effective_firms": {"dear": 1234.5}})
    said = problems(folder)
    assert said == (["manifest.json, effective_firms: not what the tables give"] if kept else [])


@pytest.mark.parametrize("column", ["model_seed", "key", "glass_door.initial", "pulled"])
def test_seeds_keys_and_values_of_a_sweep_are_those_of_its_plan(copy, column):
    folder = copy("sweep")
    file = sorted((folder / "runs.parquet").glob("*.parquet"))[0]
    whole = pq.read_table(file, partitioning=None)
    values = whole[column].to_pylist()
    values[0] = "0" * 32 if column == "key" else values[0] + (1 if column == "model_seed" else 2**-40)
    changed = pa.array(values, whole.schema.field(column).type)
    pq.write_table(whole.set_column(whole.column_names.index(column), column, changed), file)
    said = problems(folder)
    assert len(said) == 1 and said[0].startswith(f"runs.parquet: {column} is {values[0]}")


PLANS = {
    "seed": lambda plan: {"seed": plan["seed"] + 1},
    "reps": lambda plan: {"replicates": plan["replicates"] + 1},
    "samples": lambda plan: {"design": {**plan["design"], "samples": plan["design"]["samples"] + 1}},
    "factors": lambda plan: {"uncertainties": dict(list(plan["uncertainties"].items())[1:])},
    "tables": lambda plan: {"tables": ["national", "zones"]},
}


@pytest.mark.parametrize("key", PLANS)
def test_a_plan_that_tells_another_story_is_named(copy, key):
    folder = copy("sweep")
    manifest = read_manifest(folder)
    save(folder, manifest | {"plan": {**manifest["plan"], **PLANS[key](manifest["plan"])}})
    assert problems(folder) == [f"manifest.json, {key}: not what the sweep's plan gives"]


def test_ranges_methods_and_scenarios_other_than_those_that_ran_give_other_keys(copy):
    folder = copy("sweep")
    manifest = read_manifest(folder)
    ranges = {**manifest["plan"]["uncertainties"], "glass_door.initial": [0.1, 0.2]}
    for other in ({"uncertainties": ranges}, {"design": {**manifest["plan"]["design"], "method": "lhs"}}):
        save(folder, manifest | {"plan": {**manifest["plan"], **other}})
        assert any(each.startswith("runs.parquet: key is ") for each in problems(folder))
    save(folder, manifest)
    scenario = folder / "scenarios" / "ftz_fta.yaml"
    scenario.write_text(scenario.read_text().replace("firms: 2000", "firms: 2001"))
    assert any(each.startswith("runs.parquet: key is ") for each in problems(folder))


@pytest.mark.parametrize("design", DESIGNS)
def test_points_of_every_design_are_made_again(tmp_path, design):
    file = tmp_path / "plan.yaml"
    file.write_text(
        f"name: plan\nscenarios: [history, integrated]\n{DESIGNS[design]}\n"
        "overrides: {population: {firms: 2000}, horizon: {end: 2013Q4, fork: 2013Q2}}\n"
    )
    sweep(file, tmp_path / "out", simulate=quick)
    assert verify(tmp_path / "out", sample=0).problems == []


@pytest.mark.parametrize("plan", [{}, {"design": 1}, {"design": {}, "uncertainties": {}}, {"design": {"method": "x"}}])
def test_a_plan_that_is_none_is_said(copy, plan):
    folder = copy("sweep")
    save(folder, read_manifest(folder) | {"plan": plan})
    assert len(problems(folder)) == 1


@pytest.mark.parametrize("name", ["equal", "exact"])
def test_a_table_without_the_column_that_findings_are_made_of_is_said(copy, name):
    folder = copy(name)
    frame = pd.read_parquet(folder / "national.parquet").drop(columns="gdp")
    frame.to_parquet(folder / "national.parquet", index=False)
    said = problems(folder)
    assert said and all(isinstance(each, str) for each in said)
    assert json.dumps(said).count("Traceback") == 0
