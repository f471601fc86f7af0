"""Ranges of draws: those of the cards, and what published figures have left of some of them."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from builders import early, small
from ftz_sim.analysis import compare
from ftz_sim.analysis.replay import verify
from ftz_sim.errors import InputError
from ftz_sim.model.published_files import FiguresError
from ftz_sim.results.reading import read_manifest
from ftz_sim.runs.draws import draw, drawn_parameters
from ftz_sim.runs.ranges import CALIBRATED, calibrated, from_ranges
from ftz_sim.runs.sweep import sweep
from ftz_sim.runs.sweep_file import read_sweep
from ftz_sim.runs.uncertainties import apply, of_card
from sweeps import quick, sweep_file

NAME, LIST = "foreign_investment.zone_capacity", "negative_list.test_rate"


def ends(factors, name):
    return next((each.low, each.high) for each in factors if each.name == name)


def test_what_figures_narrow_is_narrower_than_its_card_and_holds_the_default():
    found = calibrated()
    assert NAME in found and len(found) > 3
    low, high = found[NAME].low, found[NAME].high
    assert of_card(NAME).low < low < small().parameters.foreign_investment.zone_capacity < high < of_card(NAME).high


def test_every_line_names_the_targets_that_narrow_it_and_its_command():
    with CALIBRATED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows and all(row["targets"] and row["command"].startswith("python studies/calibrate.py") for row in rows)


def test_the_page_has_the_shipped_ranges():
    page = (Path(__file__).parents[1] / "docs" / "calibration.md").read_text(encoding="utf-8")
    told = page.partition("<!-- numbers: ranges -->")[2].partition("<!-- end -->")[0].strip().splitlines()[2:]
    with CALIBRATED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(told) == len(rows)
    for line, row in zip(told, rows, strict=True):
        name, *numbers, targets = (cell.strip() for cell in line.strip("|").split("|"))
        assert (name, targets) == (row["parameter"], row["targets"])
        own = [float(row[k]) for k in ("low", "high", "prior_low", "prior_high")]
        assert [float(each) for each in numbers] == pytest.approx(own, rel=5e-3, abs=5e-4)  # three digits


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f"{NAME},0.05,0.2,0.08,0.25", "leaves its card's range or its default"),
        (f"{NAME},0.18,0.2,0.08,0.25", "leaves its card's range or its default"),
        (f"{NAME},0.1,0.2,0.08,0.3", "was calibrated with another range"),
        ("foreign_investment.zone_capacit,0.1,0.2,0.08,0.25", "there is no parameter"),
        (f"{LIST},1,1.3,0.24,1.36", "is no single number"),
        (f"{LIST}[3],1,1.3,0.24,1.36", "is no single number"),
        (f"{NAME},x,0.2,0.08,0.25", "not a number"),
    ],
)
def test_a_range_that_does_not_fit_its_card_is_refused_at_load(tmp_path, line, words):
    file = tmp_path / "ranges.csv"
    file.write_text(f"parameter,low,high,prior_low,prior_high,targets,command\n{line},,\n", encoding="utf-8")
    with pytest.raises(FiguresError, match=words):
        calibrated(file)


def test_draws_take_calibrated_ranges_unless_those_of_the_cards_are_asked_for():
    specs = [small()]
    assert ends(drawn_parameters(specs), NAME) == calibrated()[NAME][1:]
    assert ends(drawn_parameters(specs, "cards"), NAME) == of_card(NAME)[1:]
    drawn = drawn_parameters(specs)
    values = [draw(specs, drawn, 1, number)[NAME] for number in range(40)]
    assert calibrated()[NAME].low <= min(values) and max(values) <= calibrated()[NAME].high
    assert NAME not in {each.name for each in drawn_parameters([small("history", f"parameters.{NAME}=0.2")])}
    with pytest.raises(InputError, match=r"found 'card'; allowed: calibrated, cards; did you mean 'cards'"):
        drawn_parameters(specs, "card")


def test_entries_have_ranges_of_their_own_and_the_rest_of_a_list_moves_as_on_its_card():
    names = [each.name for each in from_ranges("calibrated")]
    assert names.index(f"{LIST}[0]") == names.index(LIST) + 1  # the third is not narrowed: the list moves, too
    spec = apply(small(), {LIST: 1.0, f"{LIST}[0]": 1.25})
    assert spec.parameters.negative_list.test_rate == (1.25, 1.36, 1.7)
    assert {each.name for each in from_ranges("cards")} == {name for name in names if "[" not in name}


def test_a_sweep_draws_from_either_and_its_folder_is_made_again(tmp_path):
    for word in ("calibrated", "cards"):
        file = sweep_file(tmp_path, f"{word}.yaml", uncertainties=word, method="lhs", samples=30)
        plan = read_sweep(file)
        values = plan.design.all()[:, plan.factors.index(NAME)]
        low, high = (calibrated()[NAME] if word == "calibrated" else of_card(NAME))[1:]
        assert low <= values.min() < low + 0.05 * (high - low) and high - 0.05 * (high - low) < values.max() <= high
    sweep(sweep_file(tmp_path, uncertainties="calibrated", method="lhs", samples=2), tmp_path / "out", simulate=quick)
    assert verify(tmp_path / "out", sample=0).problems == []
    assert read_manifest(tmp_path / "out")["ranges"] == "calibrated"


@pytest.mark.parametrize(
    ("ranges", "english", "chinese"),
    [("calibrated", "narrowed where published figures do", "已收窄"), ("cards", "the whole ranges", "全部取值范围")],
)
def test_a_comparison_says_which_ranges_it_drew_from(tmp_path, ranges, english, chinese):
    specs = [early("single_ftz"), early("ftz_fta")]
    result = compare(specs, reps=1, draws=2, ranges=ranges, out=tmp_path / "out")
    assert read_manifest(tmp_path / "out")["ranges"] == ranges
    assert english in result.sentence("en") and chinese in result.sentence("zh")
    values = np.array([each[NAME] for each in result.drawn.draws])
    low, high = (calibrated()[NAME] if ranges == "calibrated" else of_card(NAME))[1:]
    assert ((low <= values) & (values <= high)).all()
    assert verify(tmp_path / "out", sample=0).problems == []


def test_assumptions_are_called_default_only_where_they_are():
    ours = [early(name, "parameters.glass_door.initial=0.2") for name in ("single_ftz", "ftz_fta")]
    own = compare(ours, reps=1)
    assert "under the assumptions that these scenarios set" in own.sentence("en") and "自设" in own.sentence("zh")
    shipped = compare([early("single_ftz"), early("ftz_fta")], reps=1)
    assert "under default assumptions" in shipped.sentence("en") and "在默认假定下" in shipped.sentence("zh")


def test_ranges_that_are_none_are_refused_before_anything_runs(tmp_path):
    with pytest.raises(InputError) as error:
        compare([early("single_ftz"), early("ftz_fta")], reps=1, ranges="card", out=tmp_path / "out")
    assert error.value.say("en").startswith("ranges of draws: found 'card'; allowed: calibrated, cards")
    assert error.value.say("zh").startswith("抽样的取值范围：读到'card'") and not (tmp_path / "out").exists()
