"""Sites: where a new zone may stand or a further area open, several dates, and how many at once."""

from __future__ import annotations

import re
from itertools import product
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from designs import design_file
from ftz_sim.analysis.compare import compare
from ftz_sim.cli.design import SHOWN
from ftz_sim.design.choices import FURTHER_AREA, NEW_ZONE
from ftz_sim.design.design import design, runs_at_most
from ftz_sim.design.measures import bill
from ftz_sim.design.problem import read_problem
from ftz_sim.design.replay import verify_design
from ftz_sim.design.words import together
from ftz_sim.errors import InputError
from ftz_sim.lab.files import specifications
from ftz_sim.report import sites as sites_figure
from ftz_sim.report.answers import Answers
from ftz_sim.report.figures import draw
from ftz_sim.report.page import write_report
from ftz_sim.results import load
from ftz_sim.runs.engine import simulate
from ftz_sim.runs.setup import check_comparable
from ftz_sim.scenario.policy_path import policy_of
from ftz_sim.scenario.scenario import Scenario

START = "name: begin\nbase: history\nhorizon: {fork: 2014Q1, end: 2014Q4}\n"
DATED = "  - {lever: ip_protection, from: 2014Q1}"
SITES = """\
sites:
  - {province: [GZ, QH], opens: [2014Q2, 2014Q3], like: YN}
  - {area: SH, opens: 2014Q2}
"""
SMALL = {"aims": "{indicator: real_income}", "search": "{evaluations: 30, population: 6}", "most": 200}


pytestmark = pytest.mark.usefixtures("pymoo", "no_waiting_for_the_disk")


def with_sites(folder, text=SITES, **changes):
    """Write a design file with sites, and read it."""
    path = design_file(folder, **{"choices": DATED, **SMALL, **changes})
    (folder / "start.yaml").write_text(START, encoding="utf-8")
    path.write_text(f"{path.read_text(encoding='utf-8')}{text}\n", encoding="utf-8")
    return read_problem(path)


def test_new_zones_lie_in_the_start_and_are_closed_there(tmp_path):
    found = with_sites(tmp_path)
    assert found.start.zone_codes[-2:] == ("GZ", "QH")
    assert not policy_of(found.start).level("zone_status")[:, -2:].any()
    assert [choice.name for choice in found.choices[1:]] == ["site.GZ", "site.QH", "site.SH"]
    gz, qh = found.choices[1:3]
    assert [str(way) for way in gz.ways] == ["1 2014Q2", "1 2014Q3"] and gz.kind == NEW_ZONE
    opened = policy_of(found.scenario((0, 2, 0, 0), "gz")).level("zone_status")[4:, -2:]
    assert opened.tolist() == [[0, 0], [0, 0], [1, 0], [1, 0]]
    assert qh.told(1, "en") == "a new zone in Qinghai from 2014Q2"
    assert qh.told(1, "zh") == "自2014Q2起在青海新设试验区"
    assert (qh.label("en"), qh.label("zh")) == ("new zone (Qinghai)", "新设试验区（青海）")
    assert len(found.provinces) == 31


def test_a_further_area_is_added_by_the_package_alone(tmp_path):
    found = with_sites(tmp_path, "sites: [{area: [SH], opens: [2014Q2, 2014Q4], size: 0.5}]")
    assert found.start.further_areas == () and found.start.new_zones == ()
    sh = found.choices[-1]
    assert [str(way) for way in sh.ways] == ["0.5 2014Q2", "0.5 2014Q4"] and sh.kind == FURTHER_AREA
    (area,) = found.scenario((0, 2), "sh").further_areas
    assert str(area) == "SH 2014Q4 size 0.5"
    assert sh.told(1, "en") == "a further area in Shanghai from 2014Q2 (50% of the first)"
    assert sh.told(1, "zh") == "自2014Q2起在上海启用扩展区域（最初片区的50%）"
    assert len({way.key for way in sh.ways}) == 2


@pytest.mark.parametrize(
    ("text", "packages"), [("", 2 * 6), ("sites_at_once: 2", 2 * (6 + 8)), ("sites_at_once: 3", 2 * (6 + 8 + 4))]
)
def test_a_package_has_so_many_sites_at_most(tmp_path, text, packages):
    found = with_sites(tmp_path, f"{SITES}{text}")
    assert found.packages == packages
    # the start, packages in two worlds, and in four: members, the rest of the answer, parts, each of five sites alone
    assert runs_at_most(found) == 1 + packages * 2 + (4 + 5 + 2 + 6 + 5) * 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sites: [{province: SH, opens: 2014Q3, like: YN}]", "sites[0].province[0]: found 'SH'"),
        ("sites: [{province: Qinghai, opens: 2014Q3, like: YN}]", "did you mean 'QH'?"),
        ("sites: [{province: GZ, opens: 2013Q1, like: YN}]", "sites[0].opens: 2013Q1 is outside 2014Q1 to 2014Q4"),
        ("sites: [{province: GZ, opens: [2014Q1, 2015Q1], like: YN}]", "2015Q1 is outside 2014Q1 to 2014Q4"),
        ("sites: [{province: GZ, opens: [2014Q1, 2014Q1], like: YN}]", "sites[0].opens: name each value once"),
        ("sites: [{province: GZ, opens: [], like: YN}]", "sites[0].opens: found a list that is empty"),
        ("sites: [{province: [GZ, GZ], opens: 2014Q3, like: YN}]", "one zone at most; given twice: GZ"),
        ("sites: [{province: GZ, opens: 2014Q3}]", "sites[0]: the key 'like' is missing"),
        ("sites: [{province: GZ, area: SH, opens: 2014Q3}]", "sites[0]: name province (where a new zone may stand) or"),
        ("sites: [{opens: 2014Q3}]", "sites[0]: name province"),
        ("sites: [{area: SH, opens: 2014Q3, like: YN}]", "sites[0].like: it goes with province only"),
        ("sites: [{province: GZ, opens: 2014Q3, like: YN, size: 2}]", "sites[0].size: it goes with area only"),
        ("sites: [{area: SH, opens: 2014Q3, size: 3}]", "sites[0].size: found 3"),
        ("sites: [{area: Shanghai, opens: 2014Q3}]", "did you mean 'SH'?"),
        ("sites: [{area: GZ, opens: 2014Q3}]", "sites[0].area: there is no zone in GZ"),
        ("sites: [{area: GD, opens: 2014Q3}]", "sites[0].area: the further area of GD opens in 2014Q3; allowed: after"),
        ("sites: [{area: SH, opens: 2014Q2}, {area: SH, opens: 2014Q3}]", "sites[1]: SH is a site already"),
        ("sites: [{area: [SH, SH], opens: 2014Q2}]", "sites[0].area: name each value once"),
        ("sites: [{area: SH, opens: 2014Q2}]\nsites_at_once: 2", "sites_at_once: found 2; there are 1 places"),
        ("sites_at_once: 0", "sites_at_once: found 0"),
        ("sites_at_once: 1", "sites_at_once: found 1; there are 0 places"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_site_is_said_with_its_line(tmp_path, text, said):
    with pytest.raises(InputError) as error:
        with_sites(tmp_path, text)
    assert said in str(error.value) and f"{tmp_path / 'design.yaml'}:" in str(error.value)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in error.value.say("zh"))


@pytest.fixture(scope="module")
def placed(tmp_path_factory):
    """A design of sites, two at once, played by the model itself."""
    folder = tmp_path_factory.mktemp("placed")
    text = f"{SITES}sites_at_once: 2\n"
    return design(with_sites(folder, text, choices="  []", search="{evaluations: 4, population: 4}"), folder / "out")


def test_every_site_is_measured_alone_at_every_date(placed):
    table, affected = placed.tables["sites.csv"], placed.tables["affected.csv"]
    wanted = [("new_zone", "GZ"), ("new_zone", "GZ"), ("new_zone", "QH"), ("new_zone", "QH"), ("further_area", "SH")]
    costs = table[table["outcome"] == "cost"]
    assert list(zip(costs["site"], costs["zone"], strict=True)) == wanted
    assert costs["from"].tolist() == ["2014Q2", "2014Q3"] * 2 + ["2014Q2"]
    assert (costs["ci_low"] > 0).all()
    assert (costs["difference"].to_numpy()[[0, 2]] > costs["difference"].to_numpy()[[1, 3]]).all()  # sooner costs more
    own = affected[affected["region"] == affected["zone"]]
    assert list(zip(own["site"], own["zone"], strict=True)) == wanted
    for key, rows in affected.groupby(["zone", "from"]):
        losing = int((rows["effect"] == "loses").sum())
        assert losing == table.set_index(["zone", "from"]).loc[key, "losing"].iloc[0]
    for name in ("sites", "affected"):
        assert set(SHOWN[name]) - {"interval"} <= set(placed.tables[f"{name}.csv"].columns)


def test_the_answer_names_the_best_site_in_both_languages(placed):
    assert "Of 5 sites, each alone, that which brings most is a " in placed.sentence["en"]
    assert "在5个备选方式中" in placed.sentence["zh"]


def test_what_sites_bring_together_is_held_against_the_sum_of_each_alone(placed):
    problem, rng = placed.problem, np.random.Generator(np.random.Philox(2))
    both, alone = (2, 0, 1), [(1, 0, 0), (2, 0, 0), (0, 1, 0), (0, 0, 1)]
    measured = {site: rng.normal(size=(5, 2)) for site in alone}
    extra = np.array([0.31, 0.29, 0.30, 0.32, 0.28])
    measured[both] = measured[2, 0, 0] + measured[0, 0, 1] + np.stack([np.zeros(5), extra], axis=1)
    answer = SimpleNamespace(
        problem=problem, sites=alone, measured=measured, measures=(bill(), problem.aims[0]), names=lambda: {both: "p1"}
    )
    assert together(answer, both, "en") == (
        "The sites of p1 together, less the sum of each alone: real income, 2014 +0.30 % [+0.28, +0.32]."
    )
    assert together(answer, both, "zh").startswith("p1所含各备选地同时实施，与各自单独实施之和相差：实际收入")
    assert together(answer, (2, 0, 0), "en") == ""


def test_packages_of_two_sites_are_looked_at(placed):
    every = [each for each in product(range(3), range(3), range(2)) if sum(way > 0 for way in each) <= 2]
    tried = pd.read_parquet(placed.folder / "tried.parquet")
    assert sorted(tried["code"]) == sorted("-".join(map(str, each)) for each in every)


def test_figures_of_sites_are_drawn_and_described_in_both_languages(placed):
    written = {path.name for path in draw(placed.folder)}
    assert {"sites.en.svg", "sites.zh.svg"} <= written and "signs.en.svg" not in written
    answers = Answers(placed.folder, load(placed.folder).manifest)
    named = {"en": ("Guizhou, 2014Q3", "Shanghai, further area, 2014Q2"), "zh": ("上海扩展区域，2014Q2",)}
    for lang, names in named.items():
        drawn = (placed.folder / "figures" / f"sites.{lang}.svg").read_text(encoding="utf-8")
        for name in names:
            assert name in sites_figure.describe(answers, lang) and name in drawn
    page = write_report(placed.folder).read_text(encoding="utf-8")
    assert sites_figure.describe(answers, "zh") in page
    assert not re.search(r">\s*(new_zone|further_area)\s*<", page)  # kinds are said in words


def test_packages_are_scenarios_that_can_be_compared_and_opened_in_the_lab(placed, tmp_path):
    files = sorted((placed.folder / "scenarios").glob("*.yaml"))
    specs = [Scenario.load(file) for file in files]
    assert len({spec.new_zones for spec in specs}) == 1
    areas = [spec for spec in specs if spec.further_areas]
    assert areas and all(area.zone == "SH" for spec in areas for area in spec.further_areas)
    check_comparable(specs, None)
    start, own = (placed.folder / "scenarios" / f"{name}.yaml" for name in ("begin", areas[0].name))
    found = compare([start, own], reps=2, out=tmp_path / "pair")
    assert found.folder == tmp_path / "pair" and not found.failed
    (opened,) = specifications((("x", own.read_text(encoding="utf-8"), ""),), 2014)
    assert opened.further_areas == areas[0].further_areas


def test_runs_of_further_areas_come_out_again_bit_for_bit(placed):
    found = verify_design(placed.folder, 6)
    assert found.agrees and len(found.replays) == 6


def test_a_site_alone_is_the_start_until_it_opens(placed):
    problem = placed.problem
    runs = [simulate(problem.scenario(each, "x"), 3) for each in (problem.nothing, (0, 0, 1), (2, 0, 0))]
    for run, quarter in zip(runs[1:], (5, 6), strict=True):
        for name, values in run.national.items():
            assert np.array_equal(values[:quarter], runs[0].national[name][:quarter], equal_nan=True), name
        assert run.national["gdp"][quarter] != runs[0].national["gdp"][quarter]
