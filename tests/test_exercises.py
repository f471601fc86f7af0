"""Exercises: sound in both languages, marked by the student's own runs alone, forgiving in how answers are written."""

from __future__ import annotations

import json
import math

import pandas as pd
import pytest
from typer.testing import CliRunner

from ftz_sim.analysis import compare
from ftz_sim.cli import app
from ftz_sim.errors import InputError
from ftz_sim.exercises import Exercise, Question, exercise_names, exercises_folder, mark, read_exercise, said
from ftz_sim.exercises.marks import COLUMNS, _number
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.model.published import load_figures
from ftz_sim.scenario.scenario import Scenario, scenario_names
from ftz_sim.seeds.cards import Words

OUTCOMES = ("gdp", "talents", "fdi")  # of siphon.csv


def ftz(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.parametrize("name", exercise_names())
def test_every_question_can_be_asked_of_the_runs(name):
    exercise = read_exercise(name)
    for question in exercise.questions:
        row = question.row
        assert set(row) <= {"scenario", "indicator", "region", "outcome"}
        assert row.get("scenario") in {None, *exercise.scenarios[1:]}
        assert row.get("indicator", "gdp") in NATIONAL and row.get("outcome", "gdp") in OUTCOMES
        assert row.get("region", "GS") in load_figures().provinces.iso
        assert (question.kind in ("most", "least")) == bool(question.among)
        assert set(question.among) <= set(exercise.scenarios)
        assert question.table in ("comparison", "provinces") or question.kind in ("change", "number")
        level = NATIONAL[row.get("indicator", "gdp")].scale == "level"
        assert not (question.kind == "number" and level), "reports show levels in other units than tables"


@pytest.mark.parametrize("name", exercise_names())
def test_every_scenario_of_a_folder_is_compared_and_named_in_both_languages(name):
    exercise = read_exercise(name)
    own = {path.stem for path in (exercises_folder() / name).glob("*.yaml")} - {"exercise"}
    assert own == {scenario for scenario in exercise.scenarios if scenario not in scenario_names()}
    for file in exercise.files():
        spec = Scenario.load(file)
        assert spec.name in exercise.scenarios
        assert spec.title.en != spec.title.zh and any("\u4e00" <= letter <= "\u9fff" for letter in spec.title.zh)


def question(kind, among=(), **row):
    return Question(ask=Words(en="?", zh="问"), kind=kind, row=row, among=among)


def made_up(*questions):
    words = Words(en="A", zh="甲")
    scenarios = ("no_ftz", "single_ftz", "cross_zone")
    return Exercise(title=words, aim=words, scenarios=scenarios, questions=questions, discuss=words, name="made_up")


@pytest.fixture
def folder(tmp_path):
    """GDP is up 2 +- .5 in single_ftz and 2.4 +- .5 in cross_zone; exports fall; patents are undecided."""
    rows = [
        ("no_ftz", "gdp", "2035", 0.0, 0.0, 0.0),
        ("single_ftz", "gdp", "2034", -9.0, -9.5, -8.5),
        ("single_ftz", "gdp", "2035-2035", -9.0, -9.5, -8.5),
        ("single_ftz", "gdp", "2035", 2.0, 1.5, 2.5),
        ("cross_zone", "gdp", "2035", 2.4, 1.9, 2.9),
        ("single_ftz", "exports", "2035", -1.0, -1.1, -0.9),
        ("cross_zone", "exports", "2035", -3.0, -3.1, -2.9),
        ("no_ftz", "exports", "2035", 0.0, 0.0, 0.0),
        ("single_ftz", "patents", "2035", 0.3, -0.2, 0.8),
    ]
    columns = ["scenario", "indicator", "at", "difference", "ci_low", "ci_high"]
    pd.DataFrame(rows, columns=columns).to_csv(tmp_path / "comparison.csv", index=False)
    (tmp_path / "scenarios").mkdir()
    for name in ("no_ftz", "single_ftz", "cross_zone"):
        (tmp_path / "scenarios" / f"{name}.yaml").write_text(f"name: {name}\nbase: history\n")
    return tmp_path


def right(folder, question, answer):
    (found,) = mark(made_up(question), folder, [f"a={answer}"])
    return found.right


GDP = question("change", scenario="single_ftz", indicator="gdp")
EXPORTS = question("change", scenario="single_ftz", indicator="exports")
PATENTS = question("change", scenario="single_ftz", indicator="patents")


@pytest.mark.parametrize(
    ("asked", "yes", "no"),
    [
        (GDP, ["up", "Rises", "升", "增加", "ＵＰ"], ["down", "none", "降", "无差异"]),
        (EXPORTS, ["down", "下降", "lower"], ["up", "无"]),
        (PATENTS, ["none", "no difference", "未发现差异"], ["up", "down"]),
        (GDP.model_copy(update={"matters": 2.1}), ["none"], ["up"]),
    ],
)
def test_a_change_is_what_the_interval_of_the_final_year_shows(folder, asked, yes, no):
    assert all(right(folder, asked, answer) for answer in yes)
    assert not any(right(folder, asked, answer) for answer in no)


def test_a_number_may_be_rounded_and_written_with_its_unit(folder):
    asked = question("number", scenario="single_ftz", indicator="exports")
    assert all(right(folder, asked, answer) for answer in ("-1", "−1.0 %", "-1.09", "－1％", "-0.91"))
    assert not any(right(folder, asked, answer) for answer in ("1", "-1.2", "-0.85", "0"))


@pytest.mark.parametrize(
    ("written", "value"), [("1,500", 1500), ("-12,345.5 %", -12345.5), ("1.5百分点", 1.5), (".5", 0.5)]
)
def test_commas_part_thousands(written, value):
    assert _number(written, "a") == value


def test_what_the_runs_cannot_tell_apart_is_right_either_way(folder):
    names = ("no_ftz", "single_ftz", "cross_zone")
    most = question("most", names, indicator="gdp")
    assert right(folder, most, "cross_zone") and not right(folder, most, "no_ftz")
    assert right(folder, most, "单个自贸试验区")
    least = question("least", names, indicator="exports")
    assert right(folder, least, "cross-zone") and not right(folder, least, "single_ftz")


def test_what_is_not_answered_is_not_right_and_nothing_is_given_away(folder):
    exercise = made_up(GDP, EXPORTS)
    first, second = mark(exercise, folder, ["b=up"])
    assert (first.right, second.right) == (False, False)
    assert "not answered" in said(first, GDP, False, "en") and "不符" in said(second, EXPORTS, False, "zh")
    assert "down" not in said(second, EXPORTS, False, "en") and "down, −1.0" in said(second, EXPORTS, True, "en")


BAD = {
    "up": "字母=答案",
    "a=": "字母=答案",
    "b=up": "没有问题'b'；可用：a",
    "a=sideways": "读到'sideways'；可用：up、down、none",
    "a=dwn": "是不是想写'down'",
}


@pytest.mark.parametrize("answer", BAD)
def test_an_answer_that_cannot_be_read_is_said_in_the_language_of_the_reader(folder, answer):
    with pytest.raises(InputError) as caught:
        mark(made_up(GDP), folder, [answer])
    assert BAD[answer] in caught.value.say("zh") and caught.value.say("en").isascii()


@pytest.mark.parametrize("answer", ["many", "nan", "inf", "1..2", "1e999", "1,5", "1，5", "0,125", "1 5", "1_5", "."])
def test_a_number_is_a_number(folder, answer):
    with pytest.raises(InputError, match="a number, such as"):
        mark(made_up(question("number", scenario="single_ftz", indicator="gdp")), folder, [f"a={answer}"])


def test_a_question_is_answered_once(folder):
    with pytest.raises(InputError, match="twice"):
        mark(made_up(GDP), folder, ["a=up", "A=down"])


def test_runs_must_be_there_and_have_intervals(folder):
    (folder / "scenarios" / "cross_zone.yaml").unlink()
    with pytest.raises(InputError, match="no runs of cross_zone; first do"):
        mark(made_up(GDP), folder, [])
    (folder / "scenarios" / "cross_zone.yaml").write_text("name: cross_zone\nbase: history\n")
    table = pd.read_csv(folder / "comparison.csv")
    table.assign(ci_low=math.nan, ci_high=math.nan).to_csv(folder / "comparison.csv", index=False)
    with pytest.raises(InputError, match="--reps 2"):
        mark(made_up(GDP), folder, [])
    with pytest.raises(InputError, match="no row"):
        mark(made_up(question("change", scenario="single_ftz", indicator="co2")), folder, [])
    (folder / "comparison.csv").unlink()
    with pytest.raises(InputError, match="missing"):
        mark(made_up(GDP), folder, [])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"a,b\n1,2\n",
        b"scenario,indicator,at,difference,ci_low,ci_high\nsingle_ftz,gdp,2035,x,y,z\n",
    ],
)
def test_a_damaged_table_ends_in_one_sentence(content, folder):
    (folder / "comparison.csv").write_bytes(content)
    with pytest.raises(InputError, match=r"comparison\.csv"):
        mark(made_up(GDP), folder, [])


@pytest.fixture(scope="module")
def linkage(tmp_path_factory):
    out = tmp_path_factory.mktemp("exercise") / "linkage"
    exercise = read_exercise("linkage")
    compare(exercise.files(), exercise.scenarios[0], 2, firms=2000, end="2026Q4", out=out)
    return out


def test_a_student_does_an_exercise_from_the_command_line(linkage):
    revealed = json.loads(ftz("exercise", "check", "linkage", "--in", linkage, "--reveal", "--json").output)
    truth = [f"{each['letter']}={each['answers'][0]}" for each in revealed["marks"]]
    table = pd.read_csv(linkage / "linkage.csv").query("indicator == 'exports'").iloc[-1]
    assert truth[1] == f"b={table['agreements_alone']:.3g}"
    good = ftz("exercise", "check", "linkage", *truth, "--in", linkage, "--lang", "zh")
    assert good.exit_code == 0 and "4题中答对4题" in good.output and "思考" in good.output
    bad = ftz("exercise", "check", "linkage", "b=999", *truth[2:], "--in", linkage, "--lang", "en")
    assert bad.exit_code == 1 and "2 of 4 right" in bad.output and "999 is not what your runs show" in bad.output
    assert "To think about" not in bad.output and truth[1][2:] not in bad.output


def test_bad_input_ends_with_one_message_and_status_2(tmp_path):
    for words, said_zh in (
        (["show", "linkages"], "是不是想写'linkage'"),
        (["check", "linkage", "a=up", "--in", tmp_path], "请先按 `ftz exercise show linkage` 的说明运行"),
    ):
        result = ftz("exercise", *words, "--lang", "zh")
        assert result.exit_code == 2 and said_zh in result.output and "Traceback" not in result.output


@pytest.mark.parametrize(("lang", "says"), [("en", "Run it"), ("zh", "运行")])
def test_an_exercise_is_shown_with_a_command_that_can_be_run(lang, says):
    for name in exercise_names():
        shown = ftz("exercise", "show", name, "--lang", lang).output
        assert says in shown and f"ftz exercise check {name}" in shown
        assert f"   ftz exercise run {name} --lang {lang}" in shown.splitlines()
        assert all(Scenario.load(file) for file in read_exercise(name).files())
    assert all(name in ftz("exercise", "list", "--lang", lang).output for name in exercise_names())


def test_columns_of_every_table_are_those_that_compare_writes(linkage):
    for table, column in COLUMNS.items():
        assert column in pd.read_csv(linkage / f"{table}.csv").columns
