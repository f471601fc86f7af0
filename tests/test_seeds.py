"""The cards of the documents are sound, and no link between them and the model dangles in either direction."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest

from ftz_sim.errors import InputError
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.parameters import all_cards
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.scenario.files import package_names, read_scenario, scenario_names, scenarios_folder
from ftz_sim.scenario.yaml_reader import read_file
from ftz_sim.seeds import claims, documents, figures, seeds_folder, sources
from ftz_sim.seeds.cards import DOCUMENTS, read_document
from ftz_sim.trace.code import PACKAGE, docstring_claims, readers
from ftz_sim.trace.links import indicators

SHOCKS = set(re.findall(r'kind: Literal\["(\w+)"\]', (PACKAGE / "model" / "shocks.py").read_text(encoding="utf-8")))


def targets():
    with (PACKAGE / "data" / "targets.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"] for row in csv.DictReader(file)}


KNOWN = {
    "mechanisms": set(SCHEDULE),
    "levers": set(CATALOGUE),
    "indicators": set(indicators()),
    "parameters": set(all_cards()),
    "shocks": SHOCKS,
    "targets": targets(),
    "data": {path.name for path in (PACKAGE / "data").glob("*.csv")},
    "scenarios": {*scenario_names(), *package_names()},
}
EVERY = sorted(claims())


def test_all_documents_are_read_and_hold_the_whole_inventory():
    assert {path.stem for path in seeds_folder().glob("*.yaml")} == {*DOCUMENTS, "sources", "figures"}
    assert len(claims()) == 232
    kinds = Counter(name.partition("-")[0] for name in claims())
    assert kinds == {"M": 202, "F": 12, "T": 8, "X": 10}


@pytest.mark.parametrize("name", EVERY)
def test_a_claim_is_said_in_both_languages_and_carried_by_what_exists(name):
    claim = claims()[name]
    assert not re.search(r"[\u4e00-\u9fff]", claim.en), "the English statement holds Chinese"
    assert claim.en.endswith(".") and claim.zh.endswith("。") and 20 < len(claim.en) < 260
    links = claim.carried_by.links()
    assert links or claim.carried_by.not_modelled, "nothing carries it, and no reason is given"
    dangling = {f"{kind}: {link}" for kind, names in links.items() for link in names if link not in KNOWN[kind]}
    assert not dangling
    assert claim.places or claim.home == "extensions"


@pytest.mark.parametrize("name", SCHEDULE)
def test_the_claims_of_a_docstring_exist_and_name_the_mechanism(name):
    listed = docstring_claims(name)
    assert listed, f"{name} lists no claim"
    assert set(listed) <= set(claims()), f"{name} lists unknown {set(listed) - set(claims())}"
    unaware = [claim for claim in listed if name not in claims()[claim].carried_by.mechanisms]
    assert not unaware, f"the cards of {unaware} do not name {name}"


@pytest.mark.parametrize("name", EVERY)
def test_the_levers_of_a_claim_act_in_its_mechanisms(name):
    carried = claims()[name].carried_by
    if carried.mechanisms:
        idle = [lever for lever in carried.levers if not set(readers(lever)) & set(carried.mechanisms)]
        assert not idle, f"{idle} are read by none of {carried.mechanisms}"


@pytest.mark.parametrize("lever", CATALOGUE)
def test_every_lever_is_called_for_and_read(lever):
    assert any(lever in claim.carried_by.levers for claim in claims().values())
    assert readers(lever)


def test_examples_of_history_are_written_into_its_package():
    package = read_file(scenarios_folder() / "packages" / "zone_history.yaml").plain()
    written = {step["lever"] for step in package["policy"]}
    examples = [claim for claim in claims().values() if "zone_history" in claim.carried_by.scenarios]
    assert len(examples) >= 6
    for claim in examples:
        assert set(claim.carried_by.levers) <= written | {"rule_piloting"}, claim.id


def test_no_statement_stands_twice():
    for lang in ("en", "zh"):
        said = Counter(claim.statement(lang) for claim in claims().values())
        assert max(said.values()) == 1


def test_a_claim_with_several_places_has_its_home_first():
    recognition = claims()["M-REGCHAIN"]
    assert recognition.home == "zhou2024"
    assert [place.document for place in recognition.places] == ["zhou2024", "zhou2024_record"]
    assert str(claims()["M-NL"].places[1]) == "shandong_essay 3.5(三)"


def test_figures_name_claims_indicators_and_scenarios_that_exist():
    drawn = figures()
    assert set(drawn.claims()) <= set(claims())
    assert set(drawn.indicators()) <= set(NATIONAL)
    used = [*drawn.figure_1.contrasts, *drawn.figure_2.contrasts]
    used += [pair for linkage in drawn.figure_3.linkages for pair in linkage.contrasts]
    assert {name for pair in used for name in pair} <= set(scenario_names())
    for linkage in drawn.figure_3.linkages:
        assert set(linkage.cells) == {column.id for column in drawn.figure_3.priorities}
        assert read_scenario(linkage.strategy)


def test_references_are_read_whole():
    assert len(sources()) > 40
    assert str(sources()["feld2011"]).startswith("Feld L. P., Heckemeyer J. H. (2011). FDI and taxation")


def broken(tmp_path, old, new):
    text = (seeds_folder() / "zones_abstract.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "zones_abstract.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: M-FT", "id: M-ft", r"zones_abstract.yaml:\d+: claims.\d.id: String should match pattern"),
        ("kinds: [instrument]", "kinds: [wish]", r"claims.\d.kinds.0: Input should be 'mechanism'"),
        ("term: 容错机制", "term: fault tolerance", r"claims.\d.term: String should match"),
        ("    zh: ", "    zh: reforms #", r"claims.0.zh: String should match"),
        ("levers:", "lever:", "Extra inputs are not permitted"),
        ("key: zones_abstract", "key: li2024", "it must be the file's name"),
        ("at: [", "at: [part 3, ", r"claims.\d.at.0: String should match"),
    ],
)
def test_a_broken_card_is_refused_with_its_place(tmp_path, old, new, message):
    with pytest.raises(InputError, match=message):
        read_document(broken(tmp_path, old, new))


def test_every_document_has_a_bibliography_in_both_languages():
    for key, document in documents().items():
        assert document.key == key
        assert re.search(r"[\u4e00-\u9fff]", document.title.zh)
        assert document.year or "recalled" in document.model_fields_set
