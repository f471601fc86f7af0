"""Tables of a design's answer, by hand."""

from __future__ import annotations

import re
from types import SimpleNamespace

import numpy as np
import pytest

from designs import design_file, problem, quick
from ftz_sim.design.answer import Answer
from ftz_sim.design.choices import Choice, Way
from ftz_sim.design.design import design
from ftz_sim.design.problem import read_problem
from ftz_sim.design.tables import choices, neighbours
from ftz_sim.errors import InputError
from ftz_sim.model.clock import Quarter

EARLY, LATE = Quarter(2025, 1), Quarter(2027, 1)


pytestmark = pytest.mark.usefixtures("pymoo")


def choice(name):
    return Choice(name, (name, name), (Way(1.0, EARLY, ()), Way(1.0, LATE, ())))


def answer(*front, names="abc"):
    return SimpleNamespace(front=list(front), problem=SimpleNamespace(choices=[choice(name) for name in names]))


def told(*front, **how):
    return {row["part"]: row for row in choices(answer(*front, **how))}


def test_choices_stand_in_every_package_in_none_or_in_some():
    found = told((1, 1, 0), (1, 0, 0), (2, 2, 0))
    assert [found[name]["found_in"] for name in "abc"] == ["in every", "in some", "in none"]
    assert [found[name]["of_front"] for name in "abc"] == pytest.approx([1, 2 / 3, 0])


def test_a_choice_stands_only_beside_another_if_at_least_three_packages_say_so():
    together = [(1, 1, 0), (1, 2, 0), (2, 1, 0), (0, 1, 0), (0, 0, 1)]
    assert told(*together)["a"]["found_in"] == "only beside" and told(*together)["a"]["beside"] == "b"
    assert told(*together)["b"]["found_in"] == "in some"  # it stands without the other once
    assert told(*together[1:])["a"]["found_in"] == "in some"  # two say nothing
    assert told(*together, (1, 0, 0))["a"]["found_in"] == "in some"


def test_what_stands_everywhere_is_not_what_another_needs():
    found = told((1, 1, 0), (1, 1, 0), (1, 1, 0), (1, 0, 0))
    assert found["b"]["found_in"] == "in some" and found["b"]["beside"] == ""


def test_one_choice_comes_before_another_if_it_does_wherever_both_are_pulled():
    assert told((1, 2, 0), (1, 2, 1), (1, 2, 2))["a"]["before"] == "b"
    assert told((1, 2, 0), (1, 2, 1), (1, 1, 2))["a"]["before"] == ""
    assert told((1, 2, 0), (1, 2, 1))["a"]["before"] == ""


def test_neighbours_are_paired_and_turned_as_the_aim_wants_it():
    aims, signs = [SimpleNamespace(name="gdp"), SimpleNamespace(name="co2")], (1, -1)
    wanted = np.array([[[3.0, -1.0], [4.0, -2.0], [5.0, -3.0]], [[2.0, 0.0], [3.0, -1.5], [4.5, -2.0]]])
    stub = SimpleNamespace(
        members=[(1,), (0,)], names=lambda: {(1,): "p1", (0,): "p2"}, wanted=wanted,
        problem=SimpleNamespace(aims=aims, signs=signs),
    )  # fmt: skip
    gdp, co2 = neighbours(stub)
    assert gdp["difference"] == pytest.approx(np.mean([1, 1, 0.5])) and gdp["p_better"] > 0.95
    assert co2["difference"] == pytest.approx(np.mean([1, 0.5, 1])) and co2["p_better"] < 0.05  # emits more
    assert co2["ci_low"] < co2["difference"] < co2["ci_high"]


@pytest.fixture(scope="module")
def gdp_alone(tmp_path_factory):
    """The best package for GDP alone within a budget; costs are 0.8, 0.8, 0.4, 1.2 and 0.6 a year."""
    folder = tmp_path_factory.mktemp("gdp")
    return design(problem(folder, aims="{indicator: gdp}", most=1.6), folder / "out", play=quick)


def test_money_buys_the_most_for_a_yuan_first(gdp_alone):
    rows = gdp_alone.tables["money.csv"]
    order = [gdp_alone.packages[name] for name in rows["package"]]
    assert order == [(1, 1, 0, 0, 0), (1, 1, 1, 0, 0)]  # together the first two bring 9 for 1.6, the third 1 for 0.4
    assert rows["instead_of"].tolist() == ["begin", rows["package"][0]]
    assert rows["gain_per_100bn"][0] > rows["gain_per_100bn"][1] > 0
    first = rows.iloc[0]
    assert first["gain_per_100bn"] == pytest.approx(100 * first["gain"] / first["extra_cost"])


def test_parts_are_what_is_lost_without_them(gdp_alone):
    best = gdp_alone.tables["packages.csv"].query("middle").iloc[0]
    assert gdp_alone.packages[best["package"]] == (1, 1, 1, 0, 0)
    rows = gdp_alone.tables["parts.csv"].query("outcome == 'gdp 2013'").set_index("part")["difference"]
    assert rows["preference_support"] > rows["agreement_upgrade"] > rows["accession_preparation"] > 0
    assert set(gdp_alone.tables["parts.csv"]["instead_of"]) == {"without"}


def test_the_sentence_names_what_every_good_package_holds(gdp_alone):
    assert "In every good package" in gdp_alone.sentence["en"] and "所有较优方案均包含" in gdp_alone.sentence["zh"]
    assert "no aim can be told to need" not in gdp_alone.sentence["en"]


def test_members_are_the_ends_of_the_front_and_packages_far_apart():
    objectives = np.array([[0.0, 10.0], [1.0, 9.0], [5.0, 5.0], [9.0, 1.0], [10.0, 0.0]])
    front = [(row,) for row in range(5)]
    made = SimpleNamespace(
        front=front, row={each: n for n, each in enumerate(front)}, scores=SimpleNamespace(objectives=objectives),
        problem=SimpleNamespace(record=SimpleNamespace(check=SimpleNamespace(packages=3))),
    )  # fmt: skip
    assert Answer.members.func(made) == [(0,), (2,), (4,)]


BEST = "{preference_support: 1 2013Q2, agreement_upgrade: 1 2013Q2}"
DEAR = "{market_access_exchange: 1 2013Q2, replication: 1 2013Q2}"


@pytest.mark.parametrize(("own", "beats"), [([BEST, "{accession_preparation: 1 2013Q2}"], True), ([DEAR, DEAR], False)])
def test_packages_of_ones_own_are_held_against_as_many_random_ones(tmp_path, own, beats):
    path = design_file(tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + f"own: [{', '.join(own)}]\n", encoding="utf-8")
    made = design(read_problem(path), tmp_path / "out", play=quick)
    row = made.tables["searches.csv"].set_index("search").loc["own"]
    assert row["packages"] == len(set(own))
    share = int(re.search(r"yours beat (\d+)%", made.sentence["en"].replace(" %", "%"))[1])
    assert share > 80 if beats else share < 40
    assert f"自拟的{len(set(own))}个方案" in made.sentence["zh"]


def test_an_own_package_that_may_not_be_chosen_is_refused(tmp_path):
    path = design_file(tmp_path)
    text = path.read_text(encoding="utf-8")
    for own, said in (
        ("{replicaton: 1 2013Q2}", "mean 'replication'"),
        ("{replication: 1 2013Q3}", "1 2013Q2"),
    ):
        path.write_text(f"{text}own: [{own}]\n", encoding="utf-8")
        with pytest.raises(InputError, match=said) as error:
            read_problem(path)
        assert "design.yaml:16: own[0]." in str(error.value)
