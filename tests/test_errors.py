"""Errors are said in the reader's language, from one dictionary, with place, what was found and what is allowed."""

import ast
import json
import os
import pickle
import string
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from pydantic import BaseModel
from typer.testing import CliRunner

from ftz_sim.cli import app
from ftz_sim.errors import InputError, Sentence, listed, nearest, reason, short
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.runs.sweep_file import read_sweep
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.errors import NOTES_ZH
from ftz_sim.text.words import WORDS
from ftz_sim.validation import validate
from test_scenario_errors import BAD, bad_file

SOURCE = Path(__file__).resolve().parents[1] / "src" / "ftz_sim"
SENTENCES = {key.removeprefix("error.") for key in WORDS if key.startswith("error.")}


@cache
def trees():
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}


def said_by(tree):
    """Calls that make a sentence: of `Sentence` and of the errors that are sentences."""
    makers = {"Sentence", "InputError", "StoreError", "LostWorkerError", "FigureError"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers:
            yield node


def fields(text):
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


def chinese(text):
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_sentence_stands_outside_the_dictionary(path):
    for call in said_by(trees()[path]):
        key, *more = call.args
        assert not more, ast.unparse(call)
        assert not isinstance(key, ast.JoinedStr | ast.BinOp), ast.unparse(call)
        if not isinstance(key, ast.Constant):
            continue
        assert key.value in SENTENCES, ast.unparse(call)
        given = {keyword.arg for keyword in call.keywords}
        assert given == fields(WORDS[f"error.{key.value}"][0]) or None in given, ast.unparse(call)


def test_what_validators_refuse_is_a_sentence_of_the_dictionary():
    # complaints.py says in either language what a validator of pydantic raised
    marks = ("model_validator", "AfterValidator", "BeforeValidator", "PlainValidator", "model_post_init")
    for path in trees():
        text = path.read_text(encoding="utf-8")
        if path.parent.name != "seeds" and any(mark in text for mark in marks):
            assert "raise ValueError" not in text, path


def test_every_sentence_of_the_dictionary_is_said_somewhere():
    rest = [tree for path, tree in trees().items() if path.parent.name != "dictionary"]
    texts = {node.value for tree in rest for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert {key for key in SENTENCES if key not in texts and f"error.{key}" not in texts} == set()


def test_every_note_beside_a_key_is_translated():
    def notes(record):
        for field in record.model_fields.values():
            if field.description:
                yield field.description
            for inner in (field.annotation, *getattr(field.annotation, "__args__", ())):
                if isinstance(inner, type) and issubclass(inner, BaseModel) and "parameters" not in inner.__module__:
                    yield from notes(inner)

    from ftz_sim.design import record, signs
    from ftz_sim.model import shocks
    from ftz_sim.runs.sweep_record import SweepRecord
    from ftz_sim.scenario.further_areas import FurtherArea
    from ftz_sim.scenario.new_zones import NewZone
    from ftz_sim.scenario.rules import Rule
    from ftz_sim.scenario.scenario import LeverStep

    records = [
        each
        for module in (shocks, record, signs)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, shocks.FixedKeys)
    ]
    inner = LeverStep, Rule, NewZone, FurtherArea, SweepRecord
    found = {note for record in (*inner, *records) for note in notes(record)}
    own = [field for name, field in Scenario.model_fields.items() if name != "parameters"]
    found |= {field.description for field in own if field.description}
    found |= {note for field in own if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
              for note in notes(field.annotation)}  # fmt: skip
    assert found == set(NOTES_ZH)
    assert all(map(chinese, NOTES_ZH.values()))


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_in_chinese_with_the_same_place(case, tmp_path):
    place, error = bad_file(case, tmp_path)
    english, message = str(error), error.say("zh")
    assert message.startswith(place)
    assert chinese(message)
    assert not chinese(english)
    for word in ("allowed", "found", "did you mean", "should", "must", "is missing", " or "):
        assert word not in message, message
    near = english.partition("did you mean ")[2].rstrip("?")
    assert near in message


FILES = {
    "name: m\npolcy: []": "mine.yaml:2: polcy: 没有'polcy'这个键；可用：name、title、short、why、",
    "name: m\npopulation: {firms: many}": "firms: 读到'many'；应为：2,000到1,000,000之间的整数（企业席位数）",
    "name: m\nparameters: {law_and_authority: {pace: -1}}": "law_and_authority.pace: -1不在[0, inf]之内",
    "name: m\nbase: histroy": "；是不是想写'history'？",
    "name: m\nhorizon: {end: 2030Q5}": "horizon.end: '2030Q5'不是季度；应写年份和季度，例如 2025Q1",
    "name：m": "冒号应为半角“: ”，不是全角“：”",
    "name：m\nbase: history": "冒号应为半角“: ”，不是全角“：”",
    "name: m\npopulation: {firms: !!int x}": "mine.yaml:2: 无法按YAML读取",
    "name: m\nwhy: \x01": "mine.yaml:2: 无法按YAML读取（含有不允许的字符#x0001）",
}


@pytest.mark.parametrize(("text", "message"), FILES.items())
def test_how_a_bad_file_reads_in_chinese(text, message, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Scenario.load(path)
    assert message in caught.value.say("zh")
    assert not chinese(str(caught.value).replace("：", ""))


def test_a_sweep_too(tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text("name: s\nscenarios: [histroy]\n")
    with pytest.raises(InputError) as caught:
        read_sweep(path)
    assert caught.value.say("zh").startswith(f"{path}:2: scenarios: 没有名为'histroy'的情景；可用：baseline、")
    path.write_text(
        "name: s\nscenarios: [history]\ndesign: {method: lhs, levels: 3}\nuncertainties: {carbon.trnd: [0, 1]}\n"
    )
    with pytest.raises(InputError) as caught:
        read_sweep(path)
    assert caught.value.say("zh").splitlines() == [
        f"{path}:3: design.levels: 只用于method: grid，不用于lhs；请改写samples",
        f"{path}:4: uncertainties: carbon.trnd: 没有名为'carbon.trnd'的参数或政策工具；`ftz params`列出参数；"
        "是不是想写'carbon.trend'？",
    ]
    path.write_text("name: s\nscenarios: [history]\nuncertainties: {glass_door.initial: [0, 2]}\n")
    with pytest.raises(InputError) as caught:
        read_sweep(path)
    assert caught.value.say("zh").endswith("2不在[0, 1]之内（比重）") and str(caught.value).endswith("(share)")


def test_a_file_in_another_encoding_is_named(tmp_path):
    path = tmp_path / "情景.yaml"
    for encoding in ("gbk", "utf-16"):
        path.write_text("name: m\ntitle: 情景\n", encoding=encoding)
        with pytest.raises(InputError) as caught:
            Scenario.load(path)
        assert f"{path}:" in caught.value.say("zh")
        assert "另存为UTF-8" in caught.value.say("zh")
    for text in ("\ufeffname: m\n", "name: m\r\npopulation:\r\n  firms: 3000\r\n"):  # what editors on Windows add
        path.write_bytes(text.encode())
        assert Scenario.load(path).name == "m"


def test_a_table_to_score_in_another_encoding(tmp_path):
    path = tmp_path / "数据.csv"
    path.write_text("variable,year,iso,value,unit,publication,confidence,note\ngdp,2016,北京,5,,,,\n", encoding="gbk")
    with pytest.raises(InputError) as caught:
        validate(path)
    assert caught.value.say("zh") == f"{path}: 不是UTF-8文本；请将表格另存为UTF-8编码的CSV"
    path.write_text(path.read_text(encoding="gbk"), encoding="utf-8-sig")  # as Excel does
    with pytest.raises(InputError) as caught:
        validate(path)
    assert caught.value.say("zh").startswith(f"{path}，第2行: variable为'gdp'；可用：")
    path.write_text("variable,year,iso,value,unit,publication,confidence,note\nco2,²\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2: iso is ''"):
        validate(path)


def test_a_device_without_end_is_not_read_to_its_end():
    with pytest.raises(InputError, match=r"/dev/zero: 1,000,001 bytes; a scenario has at most 1,000,000"):
        Scenario.load("/dev/zero")


def test_words_inside_sentences():
    error = InputError("at", place="f:1", what=Sentence("found", found=short(None), allowed=listed("abc"), nearest=""))
    assert str(error) == "f:1: found nothing; allowed: a, b, c"
    assert error.say("zh") == "f:1: 读到空值；应为：a、b、c"
    assert str(listed(map(str, range(50)), 2)) == "0, 1 ... (50 in all)"
    assert listed(map(str, range(50)), 2).say("zh") == "0、1……（共50个）"
    assert nearest("zzz", CATALOGUE) == ""
    assert reason(FileNotFoundError(2, "No such file or directory")).say("zh") == "没有这个文件或文件夹"
    assert reason(OSError("odd")).say("zh") == "odd"
    again = pickle.loads(pickle.dumps(error))
    assert again.say("zh") == error.say("zh")
    assert isinstance(error, ValueError)  # so that validators may raise it


def ftz(*words, **env):
    return CliRunner().invoke(app, [str(word) for word in words], env={"NO_COLOR": "1", "TERM": "dumb", **env})


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run", "histroy", "--lang", "zh"], "错误：没有名为'histroy'的情景"),
        (["scenario", "check", "histroy", "--lang=zh"], "错误：没有名为'histroy'的情景"),
        (["run", "history", "--reps", 0, "--lang", "zh"], "错误：reps应为1到100000之间的整数，不是0"),
        (["run", "--lang", "zh"], "错误：缺少'"),
        (["--lang", "zh"], "错误：缺少命令；全部命令见--help"),
        (["run", "history", "--frims", 3, "--lang", "zh"], "错误：没有选项--frims"),
        (["run", "history", "--reps", "few", "--lang", "zh"], "错误：'--reps'取值有误：应为整数"),
        (["lev", "--lang", "zh"], "没有命令'lev'。是不是想写'levers'、'dev'？"),
        (["compare", "history", "--rep", 3, "--lang", "zh"], "没有选项--rep；是不是想写--force、--help、--reps？"),
        (["compare", "history", "single_ftz", "--focus", "HX", "--lang", "zh"], "可用：BJ 北京、TJ 天津、"),
        (["params", "carbn", "--lang", "zh"], "是不是想写'carbon'？"),
        (["trace", "M-RTA", "--lang", "zh"], "错误：没有名为'M-RTA'的论断"),
        (["story", "zone", "ZZ", "--lang", "zh"], "错误：没有'ZZ'这个试验区；可用：SH、GD、"),
        (["replay", ".", "x", "--lang", "zh"], "错误：. 不是实验文件夹：其中没有manifest.json"),
    ],
)
def test_a_command_says_its_errors_in_its_language(words, message):
    done = ftz(*words)
    assert done.exit_code == 2
    assert message in done.stderr
    assert "Traceback" not in done.output


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("command", [["sweep"], ["run"], ["compare", "history"]])
def test_every_line_of_errors_begins_as_one(tmp_path, command, lang):
    path = tmp_path / "file.yaml"
    path.write_text("name: s\nscenarios: [histroy]\nhorizon: {begin: 2030Q4}\nreplicates: zero\nbase: history\n")
    done = ftz(*command, path, "--lang", lang)
    lines = done.stderr.splitlines()
    assert done.exit_code == 2 and len(lines) > 1
    assert all(line.startswith({"en": "Error: ", "zh": "错误："}[lang]) for line in lines), lines


@pytest.mark.parametrize(("system", "message"), [("zh_CN.UTF-8", "错误：没有名为"), ("C.UTF-8", "Error: there is no")])
def test_without_the_option_the_system_decides(system, message):
    assert message in ftz("scenario", "show", "histroy", LC_ALL=system).stderr
    assert "错误：没有命令'rum'" in ftz("rum", LC_ALL="zh_CN.UTF-8").stderr
    assert "Error: there is no" in ftz("run", "histroy", "--lang", "en", LC_ALL="zh_CN.UTF-8").stderr


def test_a_terminal_without_chinese_characters_stops_nothing():
    command = [sys.executable, "-c", "from ftz_sim.cli import main; main()", "scenario", "list", "--lang", "zh"]
    done = subprocess.run(command, capture_output=True, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0, done.stderr


def test_warnings_are_said_in_the_language_of_the_command(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text("name: m\nhorizon: {end: 2026Q4}\npolicy:\n- {lever: ai_plus, from: 2030Q1, level: 1}\n")
    said = "警告：m：始于运行结束（2026Q4）之后、从不起作用的政策步骤：ai_plus 2030Q1"
    assert said in ftz("scenario", "check", path, "--lang", "zh").stderr
    assert (
        "Warning: m: steps that start after the run's end, 2026Q4, and never act: ai_plus 2030Q1"
        in ftz("scenario", "check", path).stderr
    )


def test_json_of_a_name_that_is_no_utf8_can_be_read():
    done = CliRunner().invoke(app, ["scenario", "check", "\udcff", "--json"])
    assert done.exit_code == 2 and json.loads(done.stdout)[0]["file"] == "\udcff"
