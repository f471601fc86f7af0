"""Every bad input ends in one message: where, what was found, what is allowed, the nearest name."""

import pytest

from ftz_sim.analysis.compare import compare
from ftz_sim.errors import InputError
from ftz_sim.runs.setup import scenario
from ftz_sim.runs.sweep_file import read_sweep
from ftz_sim.scenario import files as scenario_files
from ftz_sim.scenario.scenario import Scenario

STEP = "name: m\npolicy:\n  - {lever: ai_plus, from: 2025Q1, level: 1}\n  - "
SHOCK = "name: m\nshocks:\n  - "

BAD = {
    "a misspelt key": ("name: m\npolcy: []", 2, "unknown key 'polcy'", "'policy'"),
    "a misspelt key inside": ("name: m\nhorizon:\n  edn: 2030Q1", 3, "horizon.edn: unknown key", "'end'"),
    "a key that goes elsewhere": ("name: m\nfirms: 5000", 2, "unknown key 'firms'", "; it goes under population"),
    "a key of several places": ("name: m\nfrom: 2026Q1", 2, "unknown key 'from'", "under policy, shocks"),
    "levers without dates": (
        "name: m\nlevers: {ai_plus: 1}",
        2,
        "'levers'",
        "; levers move in steps: policy: [{lever:",
    ),
    "a lever without a step": ("name: m\nai_plus: 1", 2, "'ai_plus'", "; levers move in steps: policy: [{lever:"),
    "a duplicate key": ("name: m\nwhy: a\nwhy: b", 3, "duplicate key 'why'", "line 2"),
    "a duplicate key inside": ("name: m\nhorizon: {end: 2030Q1,\n  end: 2031Q1}", 3, "duplicate key 'end'"),
    "a text for a number": ("name: m\npopulation: {firms: many}", 2, "firms: found 'many'", "whole number"),
    "a quoted number": ("name: m\npopulation: {firms: '5000'}", 2, "firms: found '5000'", "whole number"),
    "a truth for a number": (
        "name: m\nparameters:\n  law_and_authority:\n    pace: true",
        4,
        "parameters.law_and_authority.pace: found true",
        "a number",
    ),
    "a list for a mapping": ("name: m\npopulation: [1]", 2, "population: found a list", "a mapping"),
    "a mapping for a list": ("name: m\npolicy: {}", 2, "policy: found a mapping", "a list"),
    "nothing": ("name: m\npolicy:", 2, "policy: found nothing", "a list"),
    "a list for a scenario": ("- name: m", 1, "found a list", "mapping"),
    "a text for a scenario": ("just words", 1, "found 'just words'", "mapping"),
    "not a number": (
        "name: m\nparameters: {law_and_authority: {pace: .nan}}",
        2,
        "law_and_authority.pace: found nan",
        "finite",
    ),
    "infinity": ("name: m\nparameters: {law_and_authority: {pace: .inf}}", 2, "pace: found inf", "finite"),
    "a negative rate": ("name: m\nparameters: {law_and_authority: {pace: -1}}", 2, "pace: -1 is outside [0, inf]"),
    "an unknown parameter": ("name: m\nparameters: {law_and_authority: {pac: 1}}", 2, "'pac'", "'pace'"),
    "parameters of an unknown mechanism": ("name: m\nparameters: {law: {}}", 2, "unknown key 'law'"),
    "a date out of range": ("name: m\nhorizon: {end: 2036Q1}", 2, "horizon.end: 2036Q1 is outside 2013Q1 to 2035Q4"),
    "no quarter": ("name: m\nhorizon: {end: 2030}", 2, "horizon.end: 2030 is no quarter", "2025Q1"),
    "a fifth quarter": ("name: m\nhorizon: {end: 2030Q5}", 2, "'2030Q5' is no quarter"),
    "a date for a quarter": ("name: m\nhorizon: {end: 2030-01-01}", 2, "found a date"),
    "an end before the start": (
        SHOCK + "{kind: crisis, from: 2026Q2, to: 2026Q1}",
        3,
        "shocks[0].to: 2026Q1 is before the start, 2026Q2",
    ),
    "an unknown lever": (STEP + "{lever: replicaton, from: 2025Q1, level: 1}", 4, "'replicaton'", "'replication'"),
    "an unknown zone": (
        STEP + "{lever: ai_plus, from: 2025Q1, level: 1, zones: [SH, SX]}",
        4,
        "policy[1].zones: there is no zone in SX (a new one stands under new_zones)",
        "SH, GD, TJ",
    ),
    "a zone in small letters": (STEP + "{lever: ai_plus, from: 2025Q1, level: 1, zones: [sh]}", 4, "mean 'SH'"),
    "a zone named twice": (STEP + "{lever: ai_plus, from: 2025Q1, level: 1, zones: [SH, SH]}", 4, "zone once"),
    "no zone": (STEP + "{lever: ai_plus, from: 2025Q1, level: 1, zones: []}", 4, "zones:", "at least one"),
    "zones of a national lever": (
        STEP + "{lever: replication, from: 2025Q1, level: 1, zones: [SH]}",
        4,
        "policy[1].zones: replication is a national lever",
    ),
    "the opening of the nation": (STEP + "{lever: replication, from: opening, level: 1}", 4, "national lever"),
    "a level above one": (STEP + "{lever: ai_plus, from: 2025Q1, level: 1.5}", 4, "level: found 1.5", "from 0 to 1"),
    "half a status": (STEP + "{lever: zone_status, from: opening, level: 0.5}", 4, "zone_status is 0 or 1"),
    "a negative ramp": (STEP + "{lever: ai_plus, from: 2025Q1, level: 1, ramp: -1}", 4, "ramp: found -1", "0 to 92"),
    "half a ramp": (STEP + "{lever: ai_plus, from: 2025Q1, level: 1, ramp: 1.5}", 4, "ramp: found 1.5", "whole"),
    "a step without a level": (STEP + "{lever: ai_plus, from: 2025Q1}", 4, "policy[1].level: the key 'level' is"),
    "an unknown kind of shock": (SHOCK + "{kind: tarif, from: 2026Q1, to: 2026Q1}", 3, "'tarif'", "'tariff'"),
    "a shock without kind": (SHOCK + "{from: 2026Q1, to: 2026Q1}", 3, "the key 'kind' is missing"),
    "an unknown partner": (
        SHOCK + "{kind: tariff, partner: USA, size: 0.1, from: 2026Q1, to: 2026Q1}",
        3,
        "shocks[0].partner: found 'USA'",
        "mean 'US'",
    ),
    "a shock that is too large": (
        SHOCK + "{kind: demand, size: 20, from: 2026Q1, to: 2026Q1}",
        3,
        "shocks[0].size: found 20",
        "from 0 to 1",
    ),
    "a key of another shock": (
        SHOCK + "{kind: demand, partner: US, size: 0.1, from: 2026Q1, to: 2026Q1}",
        3,
        "unknown key 'partner'; allowed: from, to, kind, size",
    ),
    "a tier twice removed": (
        SHOCK + "{kind: technology, tiers: [3], size: 0.1, from: 2026Q1, to: 2026Q1}",
        3,
        "tiers[0]: found 3",
    ),
    "an unknown mechanism": ("name: m\nmechanisms: {green_financ: off}", 2, "'green_financ'", "'green_finance'"),
    "a mechanism that must run": ("name: m\nmechanisms: {production: off}", 2, "production: found off", "cannot"),
    "neither on nor off": ("name: m\nmechanisms: {migration: maybe}", 2, "migration: found 'maybe'", "on, off"),
    "no firms": ("name: m\npopulation: {firms: 0}", 2, "population.firms: found 0", "from 2,000 to 1,000,000"),
    "too many firms": ("name: m\npopulation: {firms: 2_000_000}", 2, "firms: found 2000000"),
    "a missing base": ("name: m\nbase: histroy", 2, "base: found 'histroy'", "mean 'history'"),
    "a file as base": ("name: m\nbase: ./other.yaml", 2, "no shipped scenario"),
    "itself as base": ("name: m\nbase: m", 2, "base: circular, m -> m"),
    "a missing package": ("name: m\npackages: [linkag]", 2, "packages: found 'linkag'", "mean 'linkage'"),
    "one package without a list": ("name: m\npackages: linkage", 2, "packages: found 'linkage'", "a list"),
    "no name": ("title: m", 1, "the key 'name' is missing"),
    "a name that is no folder": ("name: ../m", 1, "name: found '../m'"),
    "a number for a name": ("name: 5", 1, "name: found 5"),
    "half a title": ("name: m\ntitle: {zh: m}", 2, "title.en: the key 'en' is missing"),
    "an anchor": ("name: &a m\nwhy: *a", 1, "anchors and aliases"),
    "a tag": ("name: !!python/object:os.system m", 1, "the tag"),
    "a tag that does not fit": ("name: !!bool maybe", 1, "'maybe' is no !!bool"),
    "a tag of nothing": ("name: m\nwhy: !!int ''", 2, "'' is no !!int"),
    "a directive": ("%YAML 1.1\n---\nname: m\npopulation: {firms: 010000}", 1, "'%YAML 1.1'", "not allowed"),
    "a control character": ('name: m\ntitle: "a\\0"', 2, "title: found the character U+0000"),
    "half a character": ('name: m\ntitle: "\\ud800"', 2, "title: found the character U+D800"),
    "an escape sequence in a key": ('name: m\n"\\e[31m": 1', 2, "the character U+001B"),
    "an unknown escape": ('name: m\ntitle: "\\q"', 2, "cannot be read as YAML"),
    "a number without end": (f"name: m\npopulation: {{firms: 0x{'f' * 6000}}}", 2, "firms: found", "100 digits"),
    "an octal without end": (f"name: m\npopulation: {{firms: 0o{'7' * 6000}}}", 2, "firms: found", "100 digits"),
    "digits of another alphabet": ("name: m\nhorizon: {end: ٢٠٣٠Q1}", 2, "is no quarter"),
    "no tier": (SHOCK + "{kind: technology, tiers: [], size: 1, from: 2026Q1, to: 2026Q1}", 3, "tiers: found", "1 or"),
    "a tier twice": (SHOCK + "{kind: technology, tiers: [1, 1], size: 1, from: 2026Q1, to: 2026Q1}", 3, "tier once"),
    "no field": (
        SHOCK + "{kind: technology, fields: [metal], size: 1, from: 2026Q1, to: 2026Q1}",
        3,
        "metal is no field of industry",
        "did you mean 'metals'?",
    ),
    "no partner": (
        SHOCK + "{kind: technology, partners: [USA], size: 1, from: 2026Q1, to: 2026Q1}",
        3,
        "USA is no partner",
        "did you mean 'US'?",
    ),
    "tiers and fields": (
        SHOCK + "{kind: technology, tiers: [1], fields: [metals], size: 1, from: 2026Q1, to: 2026Q1}",
        3,
        "tiers or fields, not both",
    ),
    "a field twice": (
        SHOCK + "{kind: technology, fields: [metals, metals], size: 1, from: 2026Q1, to: 2026Q1}",
        3,
        "field once",
    ),
    "a name of four bytes a letter": (f"name: {'𠀀' * 64}", 1, "name: found"),
    "a key that is a number": ("name: m\n5: 6", 2, "the key 5 must be a text"),
    "more firms in cells than in all": (
        "name: m\nparameters:\n  initial_state: {minimum_slots: 5}",
        3,
        "needs more firms than minimum_firms 2000",
    ),
    "no YAML": ("name: m\npolicy: [", 2, "cannot be read as YAML"),
    "a tab": ("name: m\npopulation:\n\tfirms: 3000", 3, "cannot be read as YAML"),
    "two documents": ("name: m\n---\nname: n", 2, "cannot be read as YAML"),
}


def bad_file(case, folder):
    """Return the place that one of the bad files must name, and the error it meets."""
    path = folder / "mine.yaml"
    path.write_text(BAD[case][0], encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Scenario.load(path)
    return f"{path}:{BAD[case][1]}: ", caught.value


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_with_its_line(case, tmp_path):
    (_, _, *words), (place, error) = BAD[case], bad_file(case, tmp_path)
    message = str(error)
    assert message.startswith(place), message
    for word in words:
        assert word in message


def test_all_that_is_wrong_is_said_at_once(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("name: m\npolcy: []\npopulation: {firms: 0}\nhorizon: {end: 2036Q1}\n")
    with pytest.raises(InputError) as caught:
        Scenario.load(path)
    assert len(str(caught.value).splitlines()) == 3


def refused(path, *words):
    with pytest.raises(InputError) as caught:
        Scenario.load(path)
    assert all(word in str(caught.value) for word in (str(path), *words)), caught.value


def test_files_that_are_no_scenario(tmp_path):
    empty, binary, comment = (tmp_path / f"{name}.yaml" for name in ("empty", "binary", "comment"))
    empty.write_bytes(b"")
    comment.write_bytes(b"# only words\n")
    binary.write_bytes(bytes(range(256)) * 4)
    refused(empty, "empty")
    refused(comment, "empty")
    refused(binary, "is this a YAML file?")
    binary.write_bytes(b"name: m\x00\x01")
    refused(binary, "cannot be read as YAML")
    refused(tmp_path / "missing.yaml", "cannot be read")
    refused(tmp_path, "cannot be read")


def test_a_bomb_of_aliases_does_not_go_off(tmp_path):
    levels = [f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]" for i in range(1, 12)]
    path = tmp_path / "bomb.yaml"
    path.write_text("\n".join(["name: m", "l0: &l0 [a, b]", *levels]))
    refused(path, "anchors and aliases")


def test_a_file_that_is_too_deep_or_too_large(tmp_path):
    path = tmp_path / "deep.yaml"
    path.write_text("name: " + "[" * 1000)
    refused(path, "deep")
    path.write_text("name: " + "[" * 30 + "]" * 30)
    refused(path, "deep")
    path.write_text("why: " + "x" * 1_100_000)
    refused(path, "at most 1,000,000")


@pytest.mark.parametrize(
    ("override", "words"),
    {
        "population.firms": "write a path of keys and a value",
        "population..firms=1": "write a path of keys and a value",
        "population.firms=": "write a path of keys and a value",
        "population.frims=5000": "did you mean 'firms'",
        "population.firms=12": "from 2,000 to 1,000,000",
        "parameters.law_and_authority.pace=[": "cannot be read as YAML",
        "horizon=5": "a mapping",
    }.items(),
)
def test_a_bad_override_is_named(override, words):
    with pytest.raises(InputError) as caught:
        Scenario.load("history", [override])
    assert f"--set {override}" in str(caught.value)
    assert words in str(caught.value)


def test_an_unknown_scenario_and_its_nearest_name():
    with pytest.raises(InputError, match=r"no scenario 'crosszone'.*did you mean 'cross_zone'"):
        Scenario.load("crosszone")


def test_bases_that_go_in_a_circle(tmp_path, monkeypatch):
    (tmp_path / "packages").mkdir()
    (tmp_path / "a.yaml").write_text("name: a\nbase: b\n")
    (tmp_path / "b.yaml").write_text("name: b\nbase: a\n")
    monkeypatch.setattr(scenario_files, "scenarios_folder", lambda: tmp_path)
    with pytest.raises(InputError, match=r"b.yaml:2: base: circular, a -> b -> a"):
        Scenario.load("a")


def test_a_package_holds_nothing_but_policy(tmp_path, monkeypatch):
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "p.yaml").write_text("name: p\nshocks: []\n")
    (tmp_path / "a.yaml").write_text("name: a\npackages: [p]\n")
    monkeypatch.setattr(scenario_files, "scenarios_folder", lambda: tmp_path)
    with pytest.raises(InputError, match=r"p.yaml:2: a package holds .* not 'shocks'"):
        Scenario.load("a")


def test_a_bad_step_in_a_package_is_found_in_the_package(tmp_path, monkeypatch):
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "p.yaml").write_text("name: p\npolicy:\n- {lever: ai_plus, from: 2025Q1, level: 7}\n")
    (tmp_path / "a.yaml").write_text("name: a\npackages: [p]\n")
    monkeypatch.setattr(scenario_files, "scenarios_folder", lambda: tmp_path)
    with pytest.raises(InputError, match=r"p.yaml:3: policy\[0\].level: found 7"):
        Scenario.load("a")


def test_keys_that_only_scenarios_have_are_not_offered_to_sweeps(tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text("name: s\nscenarios: [history]\nbase: history\n")
    with pytest.raises(InputError, match=r"s.yaml:3: base: unknown key 'base'; allowed: name, [a-z, ]*, tables$"):
        read_sweep(path)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "name: 1e3",
            ":1: name: found 1e3; allowed: a text; in quotes it is one: '1e3' (letters, digits, _ . -, for it",
        ),
        ("name: m\nwhy: 010", ":2: why: found 010; allowed: a text, or one for each language: {en: ..., zh: ...}; in "),
        ("name: m\ntitle: {en: 5, zh: a}", ":2: title.en: found 5; allowed: a text; in quotes it is one: '5'"),
    ],
)
def test_a_number_for_a_text_is_complained_of_once_as_it_was_written(text, complaint, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        Scenario.load(path)
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"{path}{complaint}")


def test_an_entry_that_is_wrong_is_complained_of_once(tmp_path):
    path = tmp_path / "sweep.yaml"
    path.write_text("name: s\nscenarios: [history]\ntables: [zone]")
    with pytest.raises(InputError) as caught:
        read_sweep(path)
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"{path}:3: tables[0]: found 'zone'")
    assert "did you mean 'zones'" in line


def test_a_key_that_is_wrong_inside_a_list_is_complained_of_once(tmp_path):
    path = tmp_path / "m.yaml"
    rule = "{name: a, when: {indicator: gdp, above: 1}, then: [{lever: ai_plus, level: 3}]}"
    path.write_text(f"name: m\nrules:\n- {rule}\n")
    with pytest.raises(InputError) as caught:
        Scenario.load(path)
    (line,) = str(caught.value).splitlines()
    assert line == f"{path}:3: rules[0].then[0].level: found 3; allowed: a number from 0 to 1 (level reached)"


def test_a_name_has_letters_of_any_alphabet(tmp_path):
    path = tmp_path / "mine.yaml"
    for name in ("山东方案", "Über-Plan_2", "сценарий", "سيناريو", "みらい", "시나리오"):
        path.write_text(f"name: {name}", encoding="utf-8")
        assert Scenario.load(path).name == name


def test_what_is_too_deep_or_too_long_for_the_system():
    with pytest.raises(InputError, match="at most 20 levels"):
        Scenario.load("history", [".".join(["a"] * 5000) + "=1"])
    for name in ("x" * 300, "x" * 300 + ".yaml", "a\0.yaml"):
        with pytest.raises(InputError):
            Scenario.load(name)


def test_errors_send_no_escape_sequences_to_the_terminal():
    with pytest.raises(InputError) as caught:
        Scenario.load("history", ["\x1b[31m\udcff=1"])
    assert "\x1b" not in str(caught.value)
    assert "\udcff" not in str(caught.value)
    assert "\\x1b[31m\\udcff" in str(caught.value)


def test_one_text_is_no_list():
    with pytest.raises(
        InputError, match=r"scenarios is a list, such as \['single_ftz', 'cross_zone'\], not 'single_ftz'"
    ):
        compare("single_ftz")
    with pytest.raises(InputError, match="overrides is a list"):
        scenario("history", "population.firms=3000")
