"""Help speaks the reader's language, is there at once, and leaves nothing out."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from ftz_sim.cli import app
from ftz_sim.runs.sweep_file import read_sweep
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.help import CHINESE, chinese

HEAVY = ("mesa", "numpy", "pandas", "matplotlib", "ruamel")


def ftz(*words, **env):
    return CliRunner().invoke(app, [*map(str, words)], env={"COLUMNS": "100", **env})


def texts(command, path=""):
    """Yield every text of help, with where it stands."""
    found = [command.help, *(getattr(each, "help", None) for each in command.params)]
    found += [each.show_default for each in command.params if isinstance(getattr(each, "show_default", None), str)]
    yield from ((path, part) for text in found if text for part in text.split("\n\n"))
    for name, each in getattr(command, "commands", {}).items():
        yield from texts(each, f"{path} {name}")


def test_every_text_has_its_chinese_and_none_is_left_over():
    said = dict.fromkeys(text for _, text in texts(get_command(app)))
    assert not [text for text in said if text not in CHINESE]
    assert set(CHINESE) - set(said) == {"Show this message and exit."}
    assert not [text for text in CHINESE.values() if not any("\u4e00" <= letter <= "\u9fff" for letter in text)]


@pytest.mark.parametrize("words", [("--help",), ("compare", "--help"), ("scenario",), ("scenario", "new", "--help")])
def test_help_is_chinese_when_it_is_asked_for_and_english_again_after(words):
    for before in (True, False):
        given = ("--lang", "zh", *words) if before or "--help" not in words else (*words, "--lang", "zh")
        out = ftz(*given).output
        assert "选项" in out and "显示本帮助" in out and "Options" not in out and "Show this" not in out
        assert "用法：" in out and "Usage" not in out
    assert "Options" in ftz(*words, LANG="C").output and "选项" not in ftz(*words).output


def test_no_chinese_text_is_cut():
    for path in ("", "compare", "sweep", "validate"):
        out = ftz("--lang", "zh", *path.split(), "--help", COLUMNS="80").output
        assert not re.search("[\u4e00-\u9fff，；。]…", out), path


def test_the_language_is_said_before_or_behind_the_command():
    for words in (("--lang", "zh", "scenario", "list"), ("scenario", "list", "--lang", "zh")):
        assert "政策现状" in ftz(*words).output
    assert "错误" in ftz("--lang", "zh", "run", "histroy").output


@pytest.mark.parametrize(("words", "heavy"), [((), (*HEAVY, "pydantic")), (("compare",), HEAVY)])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_help_loads_nothing_heavy(lang, words, heavy):  # typer itself reads the types of a command with pydantic
    code = (
        "import sys; from ftz_sim.cli import app\n"
        f"try: app(['--lang', '{lang}', *{words}, '--help'])\n"
        "except SystemExit: pass\n"
        f"print('LOADED', *(name for name in {heavy} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True,
                          env={**os.environ, "PYTHONIOENCODING": "utf-8"})  # fmt: skip
    assert done.stdout.splitlines()[-1] == "LOADED"


def test_paragraphs_are_said_one_by_one():
    assert chinese("An experiment folder.\n\nno such text") == "实验的文件夹。\n\nno such text"


def uncommented(text):
    """Use every example of a template: lines that begin with # and a blank, but for the two that explain the file."""
    lines = text.splitlines()
    return "\n".join([*lines[:2], *(line.removeprefix("# ") for line in lines[2:])]) + "\n"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_template_of_a_scenario_is_good_as_it_is_and_with_its_examples(lang, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert ftz("scenario", "new", "mine", "--lang", lang).output == "mine.yaml\n"
    path = tmp_path / "mine.yaml"
    text = path.read_text(encoding="utf-8")
    assert ("检查本文件" in text) == (lang == "zh")
    assert Scenario.load(path).policy == Scenario.load("history").policy
    path.write_text(uncommented(text), encoding="utf-8")
    spec = Scenario.load(path)
    assert len(spec.shocks) == 1 and not spec.mechanisms.green_finance and spec.parameters.law_and_authority.pace == 0.1
    assert len(spec.policy) > len(Scenario.load("history").policy) and spec.short.en == "mine"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_new_sweep_is_good_as_it_is_and_with_its_examples(lang, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert ftz("sweep", "new", "mine", "--lang", lang).output == "mine.yaml\n"
    path = tmp_path / "mine.yaml"
    text = path.read_text(encoding="utf-8")
    assert ("样本点" in text) == (lang == "zh")
    assert read_sweep(path).runs == 20 * 2 * 3
    path.write_text(uncommented(text), encoding="utf-8")
    assert read_sweep(path).record.tables == ("national", "regions")
    assert ftz("sweep", "new", "mine").exit_code == 2, "never written over"
    assert ftz("sweep", "new").exit_code == ftz("sweep", "new", "a/b").exit_code == 2
    assert "one word too many" in ftz("sweep", "mine.yaml", "and_more").output
    assert [*tmp_path.iterdir()] == [path]


def test_a_title_may_leave_out_its_chinese(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("name: mine\nbase: history\ntitle: {en: Mine}\nwhy: {en: because}\n", encoding="utf-8")
    spec = Scenario.load(path)
    assert (spec.title.zh, spec.why.zh, spec.short) == ("Mine", "because", None)
    assert "short" not in spec.dump() and Scenario.load(path).dump() == spec.dump()
