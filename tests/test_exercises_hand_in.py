"""Hand-ins show edits and which runs were used; grades say of each what is right, and give nothing away."""

from __future__ import annotations

import csv
import errno
import io
import json
import os

import pandas as pd
import pytest
from typer.testing import CliRunner

from ftz_sim.analysis import compare
from ftz_sim.classroom.game import read_game
from ftz_sim.classroom.grades import grade, table, write_csv
from ftz_sim.classroom.hand_in import HandIn, file_name, make, read_hand_ins
from ftz_sim.classroom.sheets import read_sheets
from ftz_sim.cli import app
from ftz_sim.errors import InputError
from ftz_sim.exercises import read_exercise
from ftz_sim.results.manifest import sha256

NAME = "linkage"
EXERCISE = read_exercise(NAME)
RIGHT = ["a=up", "b=2.0", "c=none", "d=down"]


def ftz(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def runs(folder, seconds="1.5", processor="one", model="0.1.0-abc", exports=2.0):
    """Write what the exercise reads of a comparison: exports up 2 %, the interaction effect none; that on GDP down."""
    (folder / "scenarios").mkdir(parents=True)
    for name in EXERCISE.scenarios:
        (folder / "scenarios" / f"{name}.yaml").write_text(f"name: {name}\nbase: history\n")
    rows = [("fta_only", "exports", "2035", exports, 1.5, 2.5)]
    columns = ["scenario", "indicator", "at", "difference", "ci_low", "ci_high"]
    pd.DataFrame(rows, columns=columns).to_csv(folder / "comparison.csv", index=False)
    linkage = [("exports", "2035", exports, 0.1, -0.1, 0.3), ("gdp", "2035", 1.0, -0.2, -0.3, -0.1)]
    columns = ["indicator", "at", "agreements_alone", "interaction", "ci_low", "ci_high"]
    pd.DataFrame(linkage, columns=columns).to_csv(folder / "linkage.csv", index=False)
    (folder / "runs.parquet").write_text(seconds)
    outputs = {path.name: sha256(path) for path in folder.glob("*.*") if path.is_file()}
    manifest = {"kind": "compare", "version": "0.1.0", "model": model, "processor": processor, "started": "2026-01-01",
                "inputs": {}, "outputs": outputs}  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


@pytest.fixture
def own(tmp_path):
    """The runs of who grades, where grading looks for them."""
    runs(tmp_path / "results" / f"exercise_{NAME}")
    return tmp_path / "results"


@pytest.fixture
def hand_ins(tmp_path):
    (tmp_path / "hand_ins").mkdir()
    return tmp_path / "hand_ins"


def handed_in(folder, student, answers, runs, made=None, name=None):
    hand_in = make(EXERCISE, runs, student, answers)
    if made:
        hand_in = hand_in.model_copy(update={"made": made}).sealed()
    path = folder / (name or file_name(hand_in))
    path.write_text(hand_in.text(), encoding="utf-8")
    return path


def by_student(grades):
    return {each.student: each for each in grades}


def test_a_hand_in_keeps_answers_and_runs_but_not_what_is_right(tmp_path):
    folder = runs(tmp_path / "runs")
    hand_in = make(EXERCISE, folder, "  Li   Hua ", ["A=升", "b=999"])
    assert (hand_in.student, hand_in.answers, hand_in.exercise) == ("Li Hua", {"a": "升", "b": "999"}, NAME)
    assert hand_in.intact and hand_in.runs.tables == {
        name: sha256(folder / name) for name in ("comparison.csv", "linkage.csv")
    }
    assert str(tmp_path) not in hand_in.text(), "nobody's folders are told"
    assert HandIn.model_validate(json.loads(hand_in.text())) == hand_in
    assert "2.0" not in hand_in.text().replace(hand_in.version, "").replace(hand_in.runs.model, "")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"a": "down"', '"a": "up"'),
        ('"student": "Li"', '"student": "Wang"'),
        ('"b": "1"', '"b": "2.0"'),
        ('"exercise": "linkage"', '"exercise": "club"'),
        ('"processor": "one"', '"processor": "two"'),
        ('"a": "down",', '"a": "down", "c": "none",'),
        ('"made": "20', '"made": "19'),
        ('"digest": "', '"digest": "0'),
    ],
)
def test_an_edit_shows_and_is_not_marked(before, after, tmp_path, own, hand_ins):
    path = handed_in(hand_ins, "Li", ["a=down", "b=1"], runs(tmp_path / "runs"))
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")
    (found,) = grade(hand_ins, own)
    assert (found.file, found.runs, found.marks) == ("edited", "unmarked", ())


def test_another_layout_of_the_same_content_is_no_edit(tmp_path, own, hand_ins):
    path = handed_in(hand_ins, "李华", RIGHT, runs(tmp_path / "runs"))
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8-sig")  # as editors may
    (found,) = grade(hand_ins, own)
    assert found.file == "intact" and found.right == 4


def test_the_table_is_right_for_right_wrong_edited_and_repeated_hand_ins(tmp_path, own, hand_ins):
    handed_in(hand_ins, "Right", RIGHT, runs(tmp_path / "r", "2"))
    handed_in(hand_ins, "Wrong", ["a=down", "b=7", "c=up"], runs(tmp_path / "w", "3"))
    edited = handed_in(hand_ins, "Edited", ["a=down"], runs(tmp_path / "e", "4"))
    edited.write_text(edited.read_text().replace('"a": "down"', '"a": "up"'))
    again = runs(tmp_path / "a", "5")
    handed_in(hand_ins, "Again", ["a=down"], again, made="2026-01-01T10:00:00+00:00", name="first.json")
    handed_in(hand_ins, "again", RIGHT, again, made="2026-01-01T11:00:00+00:00", name="second.json")
    (hand_ins / "notes.json").write_text("{")
    grades = grade(hand_ins, own)
    assert len(grades) == 6, "a row for every file"
    found = by_student(grades)
    assert (found["Right"].right, found["Right"].file, found["Right"].runs) == (4, "intact", "same")
    assert [each.right for each in found["Wrong"].marks] == [False] * 4
    assert found["Edited"].file == "edited" and not found["Edited"].marks
    assert found["Again"].again and not found["again"].again, "the last counts"
    assert found[""].file == "unreadable" and "notes.json:1" in str(found[""].wrong)
    assert not any(each.shared for each in grades)
    rows = {row["student 学生"]: row for row in table(grades).to_dict("records")}
    assert [rows["Right"][letter] for letter in "abcd"] == [1, 1, 1, 1]
    assert [rows["Wrong"][letter] for letter in "abc"] == [0, 0, 0] and pd.isna(rows["Wrong"]["d"]), "d is open"
    assert pd.isna(rows["Edited"]["right 答对"]) and "edited" in rows["Edited"]["file is 文件"]
    assert "最后一次" in rows["Again"]["note 备注"] and rows["again"]["note 备注"] == ""


def test_who_used_one_folder_of_runs_is_told(tmp_path, own, hand_ins):
    one = runs(tmp_path / "one", "2")
    for student in ("Li", "Wang"):
        handed_in(hand_ins, student, RIGHT, one)
    handed_in(hand_ins, "Zhao", RIGHT, runs(tmp_path / "two", "3"))
    found = by_student(grade(hand_ins, own))
    assert (found["Li"].shared, found["Wang"].shared, found["Zhao"].shared) == (("Wang",), ("Li",), ())


@pytest.mark.parametrize(
    ("made", "same", "right"),
    [
        ({}, "same", 4),
        ({"processor": "two"}, "same", 4),
        ({"processor": "two", "exports": 2.0000001}, "other_machine", 4),
        ({"exports": 9.0}, "differ", 4),
        ({"model": "0.1.0-xyz", "exports": 9.0}, "other_version", 4),
    ],
)
def test_runs_are_held_against_those_of_who_grades(made, same, right, tmp_path, own, hand_ins):
    handed_in(hand_ins, "Li", RIGHT, runs(tmp_path / "runs", "2", **made))
    (found,) = grade(hand_ins, own)
    assert (found.runs, found.right) == (same, right), "what is right is read from the runs of who grades"


def test_runs_that_were_changed_are_not_handed_in(tmp_path):
    folder = runs(tmp_path / "runs")
    (folder / "linkage.csv").write_text((folder / "linkage.csv").read_text().replace("-0.2", "0.2"))
    with pytest.raises(InputError) as caught:
        make(EXERCISE, folder, "Li", RIGHT)
    assert "linkage.csv" in str(caught.value) and "ftz exercise run linkage" in caught.value.say("zh")


@pytest.mark.parametrize("student", ["", "  ", "x" * 81, "a\x07b"])
def test_a_name_is_a_text_in_one_line(student, tmp_path):
    with pytest.raises(InputError) as caught:
        make(EXERCISE, runs(tmp_path / "runs"), student, RIGHT)
    assert "1至80个字符" in caught.value.say("zh")


def test_a_file_is_named_after_the_student_and_stays_in_its_folder(tmp_path):
    folder = runs(tmp_path / "runs")
    assert file_name(make(EXERCISE, folder, "李 华", [])) == "hand_in_linkage_李_华.json"
    assert file_name(make(EXERCISE, folder, "../../etc", [])) == "hand_in_linkage_etc.json".replace("etc", "_etc")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b"\xff\xfe", b"null", b"[" * 100_000, b'{"what": "ftz_sim hand-in"}', b"1" * 5000],
)
def test_whatever_is_no_hand_in_is_a_row_and_stops_no_other(content, tmp_path, own, hand_ins):
    handed_in(hand_ins, "Li", RIGHT, runs(tmp_path / "runs"))
    (hand_ins / "odd.json").write_bytes(content)
    odd, good = grade(hand_ins, own)
    assert odd.file == "unreadable" and good.right == 4
    assert "odd.json" in odd.wrong.say("zh") and "不是练习的提交文件" in odd.wrong.say("zh")


ESCAPE, HALF = "\x1b[2J", "\ud800"


@pytest.mark.parametrize(
    ("key", "value"),
    [("student", HALF), ("student", f"Li{ESCAPE}"), ("student", "x" * 81), ("student", " "), ("student", "Li\nHua"),
     ("answers", {"a": ESCAPE}), ("answers", {HALF: "up"}), ("answers", {"a": "u" * 301}), ("exercise", "e" * 301),
     ("exercise", HALF), ("version", ESCAPE), ("made", HALF), ("answers", {"a": 1}), ("student", None)],
)  # fmt: skip
def test_a_hand_in_with_what_nobody_can_print_is_a_row(key, value, tmp_path, own, hand_ins, monkeypatch):
    path = handed_in(hand_ins, "Li", RIGHT, runs(tmp_path / "runs"))
    odd = json.loads(path.read_text(encoding="utf-8")) | {key: value}
    (hand_ins / "odd.json").write_text(json.dumps(odd), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for lang in ("en", "zh"):
        done = ftz("exercise", "grade", hand_ins, "--results", own, "--force", "--lang", lang)
        assert done.exit_code == 1 and "4/4" in done.stdout and ESCAPE not in done.stdout
        row = next(line for line in done.stdout.splitlines() if line.startswith("odd.json"))
        assert f"odd.json: {key}" in row and ("读到" in row) == (lang == "zh") and len(row) < 600
    assert "odd.json" in (tmp_path / "hand_ins_grades.csv").read_text(encoding="utf-8-sig")


def test_a_hand_in_for_another_exercise_is_a_row_that_says_where_runs_are_looked_for(tmp_path, own, hand_ins):
    path = handed_in(hand_ins, "Li", RIGHT, runs(tmp_path / "runs"))
    other = HandIn.model_validate_json(path.read_text(encoding="utf-8")).model_copy(update={"exercise": "club"})
    (hand_ins / "club.json").write_text(other.sealed().text(), encoding="utf-8")
    done = ftz("exercise", "grade", hand_ins, "--results", own, "--out", tmp_path / "g.csv", "--lang", "zh")
    assert done.exit_code == 1 and "4/4" in done.stdout and "教师的运行结果" in done.stdout
    assert "--results" in done.stdout and len((tmp_path / "g.csv").read_text().splitlines()) == 3


def test_folders_and_tables_that_cannot_be_read_are_told(tmp_path, own, hand_ins, monkeypatch):
    handed_in(hand_ins, "Li", RIGHT, runs(tmp_path / "runs"))
    (hand_ins / ".trash").mkdir()
    (hand_ins / ".trash" / "old.json").write_text("{")
    assert [each.right for each in grade(hand_ins, own)] == [4], "what is hidden is nobody's"
    (hand_ins / "locked").mkdir()
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith("locked"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    for read in (lambda: grade(hand_ins, own), lambda: read_sheets(hand_ins, read_game(), 1)):
        with pytest.raises(InputError) as caught:
            read()
        assert str(hand_ins / "locked") in str(caught.value) and "没有权限" in caught.value.say("zh")
    monkeypatch.undo()

    def locked(path):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr("ftz_sim.classroom.hand_in.sha256", locked)
    with pytest.raises(InputError, match=r"comparison\.csv: cannot be read"):
        make(EXERCISE, tmp_path / "runs", "Li", RIGHT)


@pytest.mark.parametrize("student", ["龘" * 80, "\U00020000" * 80, "x" * 80])
def test_a_long_name_makes_a_file_that_every_system_takes(student, tmp_path, monkeypatch):
    one = runs(tmp_path / "runs")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    done = ftz("exercise", "submit", NAME, "a=up", "--student", student, "--in", one)
    assert done.exit_code == 0, done.output
    assert read_hand_ins(tmp_path / "here")[0].hand_in.student == student
    file = ftz("exercise", "submit", NAME, "a=up", "--student", "Li", "--in", one, "--out", one / "runs.parquet" / "x")
    assert file.exit_code == 2 and "runs.parquet" in file.stderr


def test_what_grading_needs(tmp_path, own, hand_ins):
    with pytest.raises(InputError, match="no hand-in"):
        grade(hand_ins, own)
    with pytest.raises(InputError, match="is no folder; did you mean 'hand_ins'"):
        grade(tmp_path / "hand_in", own)
    handed_in(hand_ins, "Li", RIGHT, runs(tmp_path / "runs"))
    with pytest.raises(InputError, match="first do what `ftz exercise show linkage`"):
        grade(hand_ins, tmp_path / "elsewhere")


def test_answers_that_this_version_cannot_read_are_told(tmp_path, own, hand_ins):
    hand_in = make(EXERCISE, runs(tmp_path / "runs"), "Li", RIGHT)
    for name, update in (("z", {"answers": {"z": "up"}}), ("later", {"exercise": "later"})):
        (hand_ins / f"{name}.json").write_text(hand_in.model_copy(update=update).sealed().text())
    found = {each.found.path.stem: each for each in grade(hand_ins, own)}
    assert (found["z"].file, found["z"].marks) == ("intact", ()) and "'z'" in found["z"].wrong.say("zh")
    assert (found["later"].file, found["later"].runs) == ("intact", "unmarked")


@pytest.mark.parametrize("student", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "007", "2" * 18])
def test_no_cell_is_a_formula_and_no_number_is_cut(student, tmp_path, own, hand_ins):
    handed_in(hand_ins, student, RIGHT, runs(tmp_path / "runs"))
    write_csv(table(grade(hand_ins, own)), tmp_path / "grades.csv")
    raw = (tmp_path / "grades.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[1][0] == f"'{student}" and rows[1][2:4] == ["4", "4"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "-"))]


def test_from_the_command_line(tmp_path, own, hand_ins, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one = runs(tmp_path / "runs", "2")
    done = ftz("exercise", "submit", NAME, *RIGHT[:2], "c=up", "--student", "李华", "--in", one, "--lang", "zh")
    path = tmp_path / "hand_in_linkage_李华.json"
    assert done.exit_code == 0 and "4题中已作答3题" in done.stdout and read_hand_ins(tmp_path)[0].hand_in.intact
    again = ftz("exercise", "submit", NAME, "a=down", "--student", "李华", "--in", one, "--lang", "zh")
    assert again.exit_code == 2 and "--force" in again.stderr and '"a": "up"' in path.read_text(encoding="utf-8")
    path.rename(hand_ins / path.name)
    graded = ftz("exercise", "grade", "hand_ins", "--lang", "zh")
    assert graded.exit_code == 0 and "与教师相同" in graded.stdout and "c 错 d 未答" in graded.stdout
    assert (tmp_path / "hand_ins_grades.csv").is_file() and "正确答案" not in graded.stdout
    refused = ftz("exercise", "grade", "hand_ins")
    assert refused.exit_code == 2 and "would be written over" in refused.stderr
    shown = ftz("exercise", "grade", "hand_ins", "--force", "--reveal", "--lang", "en")
    assert "Right answers of linkage: a=up b=2 c=none d=down" in shown.stdout
    (hand_ins / "odd.json").write_text("{")
    assert ftz("exercise", "grade", "hand_ins", "--force").exit_code == 1


def test_json_keeps_what_is_right_to_itself_unless_it_is_asked_for(tmp_path, own, hand_ins):
    handed_in(hand_ins, "Li", ["a=down", "b=7"], runs(tmp_path / "runs"))
    words = ("exercise", "grade", hand_ins, "--results", own, "--json", "--out")
    hidden, told = (json.loads(ftz(*words, tmp_path / f"{n}.csv", *more).stdout)
                    for n, more in enumerate(((), ("--reveal",))))  # fmt: skip
    assert hidden[0]["marks"] == [
        {"letter": "a", "given": "down", "right": False},
        {"letter": "b", "given": "7", "right": False},
        {"letter": "c", "given": "", "right": False},
        {"letter": "d", "given": "", "right": False},
    ]
    assert [each["answers"] for each in told[0]["marks"]] == [["up"], ["2"], ["none"], ["down"]]
    submitted = ftz("exercise", "submit", NAME, "a=down", "--student", "x", "--in", own / f"exercise_{NAME}",
                    "--out", tmp_path / "x.json", "--json")  # fmt: skip
    assert set(json.loads(submitted.stdout)) == {"file", "answered", "questions", "digest"}


def test_runs_of_a_comparison_are_handed_in_and_known_again(tmp_path, hand_ins):
    out = tmp_path / "results" / f"exercise_{NAME}"
    compare(EXERCISE.files(), EXERCISE.scenarios[0], 2, firms=2000, end="2025Q2", out=out)
    handed_in(hand_ins, "Li", ["a=none"], out)
    (found,) = grade(hand_ins, tmp_path / "results")
    assert (found.file, found.runs, len(found.marks)) == ("intact", "same", 4)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["submit", "linkag", "--student", "x"], "是不是想写'linkage'"),
        (["submit", NAME, "--student", "x"], "请先按 `ftz exercise show linkage` 的说明运行"),
        (["submit", NAME], "缺少"),
        (["grade", "none"], "不是文件夹"),
    ],
)
def test_bad_input_ends_with_one_message_and_nothing_is_written(words, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = ftz("exercise", *words, "--lang", "zh")
    assert done.exit_code == 2 and message in done.stderr and "Traceback" not in done.output
    assert not list(tmp_path.iterdir())
