"""What both READMEs promise can be typed in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from ftz_sim.cli import app
from ftz_sim.scenario.scenario import scenario_names

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", (ROOT / name).read_text(encoding="utf-8"), re.M | re.S)


@pytest.mark.parametrize("name", READMES)
def test_the_python_of_a_readme_runs(name, capsys):
    (code,) = blocks(name, "python")
    quick = code.replace("reps=20", "reps=1, firms=2000, end='2025Q2'").replace("seed=1)", "seed=1, firms=2000)")
    exec(compile(quick, name, "exec"), {})
    assert "single_ftz" in capsys.readouterr().out


@pytest.mark.parametrize("name", READMES)
def test_every_command_of_a_readme_exists(name):
    commands = get_command(app).commands
    lines = [line.split("#")[0] for block in blocks(name, "") for line in block.splitlines()]
    words = [line.split() for part in lines for line in part.split("|") if "ftz " in line]
    calls = [each[each.index("ftz") + 1 :] for each in words if "ftz" in each]
    assert len(calls) > 12
    for call in calls:
        assert call[0] in commands, call
        options = {option for parameter in commands[call[0]].params for option in parameter.opts}
        assert {word for word in call if word.startswith("--")} <= options, call


@pytest.mark.parametrize("name", READMES)
def test_a_readme_names_every_scenario(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [each for each in scenario_names() if f"`{each}`" not in text] == ["baseline"]


def test_both_readmes_show_the_same_commands():
    english, chinese = ([re.sub(r"\s+#.*", "", each) for each in blocks(name, "")] for name in READMES)
    assert english == chinese


@pytest.mark.parametrize(
    "name",
    [*READMES, "docs/ask-about-a-place.md", "exercises/README.md",
     *(page.relative_to(ROOT).as_posix() for page in sorted(ROOT.glob("docs/how-to/*.md")))],
)  # fmt: skip
def test_commands_work_in_every_shell(name):
    """cmd.exe knows no single quotes, PowerShell of Windows no &&; backslashes are for the paragraph on Windows."""
    lines = [line.split("#")[0] for block in blocks(name, "") for line in block.splitlines()]
    assert not [line for line in lines if "&&" in line or "'" in line or line.rstrip().endswith("\\")]
    assert not [line for line in lines if "\\" in line and not line.startswith(".venv\\Scripts\\")]
    if name in READMES:
        assert "py -m venv .venv" in lines


def test_every_benchmark_is_called_or_said_to_be_called_by_hand():
    called = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nbench:")[2].partition("\n\n")[0]
    by_hand = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Measuring")[2].partition("\n## ")[0]
    files = {path.name for path in (ROOT / "benchmarks").glob("*.py")}
    assert set(re.findall(r"(\w+\.py)", called)) <= files
    assert {name for name in files if name not in called} <= set(re.findall(r"(\w+\.py)`", by_hand)) <= files
