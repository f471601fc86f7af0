import json

import pytest
from pydantic import ValidationError

from ftz_sim.errors import InputError
from ftz_sim.model.clock import Quarter
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.parameters import ModelParameters, all_cards
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.model.shocks import FIELDS, PARTNERS
from ftz_sim.scenario.differences import differences
from ftz_sim.scenario.files import package_names
from ftz_sim.scenario.scenario import (
    ZONES,
    Mechanisms,
    Scenario,
    baseline,
    scenario_names,
    scenarios_folder,
)

STRATEGIES = ("single_ftz", "cross_zone", "ftz_fta", "integrated")


@pytest.fixture
def write(tmp_path):
    def write(text, name="mine.yaml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def levers(name):
    return {step.lever for step in Scenario.load(name).policy}


# what is shipped


@pytest.mark.parametrize("name", scenario_names())
def test_every_shipped_scenario_is_valid_bilingual_and_within_evidence(name):
    spec = Scenario.load(name)
    assert spec.name == name
    assert all((spec.title.en, spec.title.zh, spec.why.en, spec.why.zh))
    assert spec.warnings() == []


def test_the_strategies_controls_and_examples_are_there():
    assert set(scenario_names()) >= {
        *("baseline", "no_ftz", "history", *STRATEGIES, "fta_only", "cross_zone_with_hinterland"),
        *("shandong_korea", "xinjiang_eurasia"),
    }
    told = (scenarios_folder() / "README.md").read_text(encoding="utf-8")
    assert not [name for name in scenario_names() if f"| `{name}`" not in told], "scenarios/README.md"


def test_the_generated_files_follow_the_code():
    folder = scenarios_folder()
    regenerate = "run: ftz scenario show baseline > scenarios/baseline.yaml; the same with `schema` > schema.json"
    assert (folder / "baseline.yaml").read_text(encoding="utf-8") == baseline().dump(notes=True), regenerate
    assert json.loads((folder / "schema.json").read_text(encoding="utf-8")) == json.loads(Scenario.json_schema())


def test_the_file_of_the_baseline_says_what_the_code_says():
    assert Scenario.load(scenarios_folder() / "baseline.yaml") == baseline() == Scenario.load("baseline")


def test_mechanisms_parameters_and_schedule_have_the_same_names_in_the_same_order():
    assert list(Mechanisms.model_fields) == list(SCHEDULE)
    assert list(ModelParameters.model_fields) == ["initial_state", *SCHEDULE]
    for name, mechanism in SCHEDULE.items():
        record = ModelParameters.model_fields[name].annotation
        assert getattr(mechanism, record.__name__) is record  # where it stands or where it is taken from


def test_zones_and_partners_are_those_of_the_figures():
    figures = pytest.importorskip("ftz_sim.model.published").load_figures()
    assert tuple(figures.zones.iso) == ZONES
    assert tuple(figures.partners.code) == PARTNERS
    assert tuple(figures.fields.key) == FIELDS


def test_packages_cover_all_levers_once_and_add_what_their_name_says():
    own, added = levers("single_ftz"), levers("integrated")
    assert added | {"hinterland_inclusion"} == set(CATALOGUE)
    assert levers("cross_zone") - own == {n for n, c in CATALOGUE.items() if c.scope == "pair"} - {
        "hinterland_inclusion",
        "coordination_platform",  # a little of it is history
    }
    assert levers("cross_zone_with_hinterland") - levers("cross_zone") == {"hinterland_inclusion"}
    assert levers("fta_only") - levers("no_ftz") == {"agreement_upgrade"}


def test_without_zones_no_zone_lever_is_ever_pulled():
    for name in ("no_ftz", "fta_only"):
        assert all(CATALOGUE[lever].scope == "nation" for lever in levers(name))


def test_strategies_differ_in_nothing_but_policy():
    for name in STRATEGIES:
        keys = {path.partition(".")[0] for path, _, _ in differences(Scenario.load("history"), Scenario.load(name))}
        assert keys == {"name", "title", "why", "policy"}


# merging


def test_base_packages_own_keys_and_overrides_are_laid_in_this_order(write):
    file = write("""
name: mine
base: no_ftz
packages: [agreements]
policy: [{lever: replication, from: 2030Q1, level: 0.5}]
population: {firms: 3000}
parameters: {law_and_authority: {pace: 0.1}}
""")
    spec = Scenario.load(file, overrides=["population.firms=4000", "mechanisms.green_finance=off"])
    steps = [str(step) for step in spec.policy if step.lever in ("replication", "agreement_upgrade")]
    assert steps == ["1 from 2014Q1", "1 from 2025Q1 in 8 steps", "0.5 from 2030Q1"]
    assert spec.population.firms == 4000
    assert spec.parameters.law_and_authority.pace == 0.1
    assert not spec.is_on("green_finance")
    assert spec.is_on("carbon")


def test_mappings_merge_and_other_values_replace(write):
    file = write("name: m\nbase: history\nhorizon: {end: 2030Q4}\nshocks: [{kind: crisis, from: 2026Q1, to: 2026Q1}]\n")
    spec = Scenario.load(file, overrides=["shocks=[]"])
    assert spec.horizon.end == Quarter(2030, 4)
    assert spec.horizon.fork == Quarter(2025, 1)
    assert spec.shocks == ()


def test_words_of_a_base_do_not_travel(write):
    spec = Scenario.load(write("name: mine\nbase: history\n"))
    assert (spec.title.en, spec.title.zh, spec.why.en) == ("mine", "mine", "")


def test_on_and_off_are_words_and_booleans_serve_too(write):
    spec = Scenario.load(write("name: m\nmechanisms: {green_finance: off, migration: false, carbon: on}\n"))
    assert (spec.is_on("green_finance"), spec.is_on("migration"), spec.is_on("carbon")) == (False, False, True)


def test_any_shipped_scenario_serves_as_a_base(write):
    for name in scenario_names():
        assert Scenario.load(write(f"name: mine\nbase: {name}\n")).policy == Scenario.load(name).policy


def test_plain_text_serves_both_languages(write):
    spec = Scenario.load(write("name: m\ntitle: 我的情景\nwhy: {en: a, zh: b}\n"))
    assert (spec.title.en, spec.title.zh, spec.why.zh) == ("我的情景", "我的情景", "b")


# writing


@pytest.mark.parametrize("name", ["history", "integrated"])
def test_a_dump_loads_as_it_stands(name, write):
    overrides = [
        "population.firms=2500",
        "mechanisms.migration=off",
        "parameters.exogenous_paths.demand_shift=[0.01, 0.02]",
        "shocks=[{kind: technology, from: 2026Q1, to: 2027Q1, size: 0.5}, {kind: crisis, from: 2026Q1, to: 2026Q2}]",
    ]
    spec = Scenario.load(name, overrides)
    assert Scenario.load(write(spec.dump())) == spec
    assert "\nbase:" not in spec.dump()


def test_numbers_survive_a_dump_bit_for_bit(write):
    pace, shift = 1 / 3, (1e-7, 0.1 + 0.2)
    keys = f"law_and_authority.pace={pace!r}", f"exogenous_paths.demand_shift={list(shift)!r}"
    spec = Scenario.load("no_ftz", [f"parameters.{key}" for key in keys])
    again = Scenario.load(write(spec.dump())).parameters
    assert (again.law_and_authority.pace, again.exogenous_paths.demand_shift) == (pace, shift)


def test_differences_name_the_key_and_both_values():
    changed = Scenario.load("history", ["parameters.law_and_authority.pace=0.1", "mechanisms.migration=off"])
    assert differences(Scenario.load("history"), changed) == [
        ("mechanisms.migration", "on", "off"),
        ("parameters.law_and_authority.pace", "0.08", "0.1"),
    ]
    assert differences(changed, changed) == []


def test_a_scenario_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        Scenario.load("history").population.firms = 1


# evidence


def test_leaving_the_range_of_evidence_is_a_warning_not_an_error():
    (warning,) = Scenario.load("history", ["parameters.law_and_authority.pace=0.5"]).warnings()
    assert "law_and_authority.pace = 0.5 leaves the range of evidence, 0.02 – 0.16 (1/yr)" in warning


def test_what_starts_after_the_end_is_a_warning(write):
    file = write(
        "name: m\nhorizon: {end: 2024Q4}\n"
        "policy: [{lever: ai_plus, from: 2025Q1, level: 1}]\n"
        "shocks: [{kind: crisis, from: 2026Q1, to: 2026Q2}]\n"
    )
    assert len(Scenario.load(file).warnings()) == 2


def test_cards_are_named_by_mechanism_and_parameter():
    assert all_cards()["law_and_authority.pace"].default == 0.08


def test_the_schema_knows_names_and_asks_for_the_name_only():
    schema = json.loads(Scenario.json_schema())
    assert schema["required"] == ["name"]
    assert schema["properties"]["base"]["enum"] == scenario_names()
    assert schema["properties"]["packages"]["items"]["enum"] == package_names()
    assert schema["$defs"]["LeverStep"]["properties"]["lever"]["enum"] == list(CATALOGUE)
    assert schema["additionalProperties"] is False


def test_a_scenario_made_in_code_checks_as_well():
    with pytest.raises(ValidationError):
        Scenario(name="m", title="m", population={"firms": 10})
    with pytest.raises(InputError):
        Scenario.load("history", ["population.firms=10"])


def test_an_override_may_name_a_parameter_as_the_cards_do():
    spec = Scenario.load("history", overrides=["negative_list.authority_start=0.4"])
    assert spec == Scenario.load("history", overrides=["parameters.negative_list.authority_start=0.4"])
    with pytest.raises(InputError, match=r"parameters\.negative_list\.authority_strt.*authority_start"):
        Scenario.load("history", overrides=["negative_list.authority_strt=0.4"])
