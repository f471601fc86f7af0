"""The kit: what it prints can be typed, what it names exists, and both languages are built alike."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import numpy as np
import pytest
from typer.main import get_command
from typer.testing import CliRunner

from ftz_sim.analysis.focus import place_code
from ftz_sim.classroom.game import classroom_folder, level_now, levels_in_history, read_game
from ftz_sim.classroom.kit import PAGES, kit
from ftz_sim.classroom.plan import agreed
from ftz_sim.classroom.sheets import Decision, Read, Sheet
from ftz_sim.cli import app
from ftz_sim.exercises import exercise_names
from ftz_sim.indicators.variables import NATIONAL, VARIABLES
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.parameters import ModelParameters
from ftz_sim.scenario.lever_steps import ZONES
from ftz_sim.scenario.policy_path import compile_policy
from ftz_sim.scenario.scenario import Scenario, scenario_names
from ftz_sim.scenario.yaml_reader import Located
from ftz_sim.text.words import WORDS, say

ROOT = Path(__file__).parents[1]
GAME = read_game()
KITS = {lang: kit(lang) for lang in ("en", "zh")}
MARKDOWN = [name for name in KITS["en"] if name.endswith(".md")]
EACH = [(lang, name) for lang in KITS for name in MARKDOWN]
QUICK = ("show", "list", "params", "levers")
GROUPS = [role.key for role in GAME.roles]
NAMES = {
    *CATALOGUE, *GROUPS, *exercise_names(), *scenario_names(), *ModelParameters.model_fields,
    *(name for variables in VARIABLES.values() for name in variables),
    *(key.removeprefix("column.") for key in WORDS if key.startswith("column.")),
}  # fmt: skip
PLACES = {"round2", "round3", "decisions", "hand_ins"}


def blocks(text):
    return re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S)


def commands(text):
    lines = [line for kind, block in blocks(text) if not kind for line in block.splitlines()]
    return [*lines, *re.findall(r"`(ftz [^`]+)`", text)]


def ftz(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.parametrize(("lang", "name"), EACH)
def test_every_command_is_one_of_the_command_line(lang, name):
    whole = get_command(app)
    for line in commands(KITS[lang][name]):
        program, *words = shlex.split(line)
        assert program == "ftz"
        command = whole
        while hasattr(command, "commands"):
            command = command.commands[words.pop(0)]
        command.make_context(command.name, words)  # refuses unknown options, missing arguments, wrong types
        assert "'" not in line and "&&" not in line and "\\" not in line, "for every shell"


def test_quick_commands_run():
    lines = {line for lang, name in EACH for line in commands(KITS[lang][name])}
    quick = [line for line in lines if set(line.split()[1:3]) & set(QUICK)]
    assert len(quick) > 3
    for line in quick:
        assert ftz(*shlex.split(line)[1:]).exit_code == 0, line


@pytest.mark.parametrize(("lang", "name"), EACH)
def test_every_shock_card_is_a_shock(lang, name):
    sets = re.findall(r'--set "([^"]+)"', KITS[lang][name])
    assert all(len(Scenario.load("history", [each]).shocks) == 1 for each in sets)
    assert len(sets) == (4 if name.endswith("guide.md") else 0)


@pytest.mark.parametrize(("lang", "name"), EACH)
def test_every_name_exists(lang, name):
    text = re.sub(r"^```.*?^```$", "", KITS[lang][name], flags=re.M | re.S)
    named = re.findall(r"`([a-z][a-z0-9_]*)`", text)
    assert set(named) <= NAMES | PLACES
    asked = [word for line in commands(KITS[lang][name]) for word in re.findall(r"--indicator (\S+)", line)]
    known = {each for variables in VARIABLES.values() for each in variables}
    assert all(set(each.split(",")) <= known for each in asked)
    places = [word for line in commands(KITS[lang][name]) for word in re.findall(r"--focus (\S+)", line)]
    assert all(place_code(code) for each in places for code in each.split(","))


@pytest.mark.parametrize("name", MARKDOWN)
def test_both_languages_are_built_alike(name):
    english, chinese = (KITS[lang][name] for lang in ("en", "zh"))
    for pattern in (r"^#+ ", r"^- ", r"^\d+\. ", r"^\|", r"^> ", r'class="lines"'):
        assert len(re.findall(pattern, english, re.M)) == len(re.findall(pattern, chinese, re.M)), pattern
    levels = [re.findall(r"^#+(?= )", text, re.M) for text in (english, chinese)]
    assert levels[0] == levels[1]
    told = [[re.sub(r"--lang \w+|(?<=--student )\S.*", "", line) for line in commands(text)]
            for text in (english, chinese)]  # fmt: skip
    assert sorted(told[0]) == sorted(told[1])
    assert not re.search("[\u4e00-\u9fff]", english) and re.search("[\u4e00-\u9fff]", chinese)


def test_both_kits_have_the_same_files_and_a_sheet_for_each_group_and_round():
    assert list(KITS["en"]) == list(KITS["zh"])
    sheets = [name for name in KITS["en"] if name.startswith("decisions/")]
    assert len(sheets) == len(GAME.roles) * len(GAME.rounds)
    pages = [path.stem for lang in KITS for path in (classroom_folder() / lang).glob("*.md")]
    assert sorted(pages) == sorted(2 * list(PAGES))


UNITS = "%|％|percent|per cent|points?|pp|bn|billion|yuan|Mt|tons?|times|个?百分点|亿元|元|万?吨|倍|成"
NO_RESULTS = {"95 %", "95%", "50 %", "50%"}  # of intervals, and half as an example of a level


def results_in(text):
    """Return the numbers of a page with a unit of some indicator, and those that are no level of a tool."""
    prose = re.sub(r"^```.*?^```$|`[^`]*`", "", text, flags=re.M | re.S)
    with_unit = re.findall(rf"\d[\d.,]* ?(?:{UNITS})(?![a-z])", prose)
    odd = [each for each in re.findall(r"(?<![\d.])\d+\.\d+", prose) if each not in {f"{n / 10:g}" for n in range(10)}]
    return {*with_unit, *odd} - NO_RESULTS


@pytest.mark.parametrize(("lang", "name"), EACH)
def test_no_result_stands_in_a_page(lang, name):
    """Whatever the model finds is read off."""
    assert not results_in(KITS[lang][name])
    for result in (
        "GDP rises by 1.3 %",
        "GDP上升1.3%",
        "0.4 points more",
        "高0.4个百分点",
        "600亿元",
        "a difference of 0.27",
    ):
        assert results_in(f"{KITS[lang][name]}\n\n- {result}"), result


@pytest.mark.parametrize("lang", KITS)
def test_pages_follow_the_game(lang):
    guide, slides, lesson = (KITS[lang][f"teacher/{name}.md"] for name in ("guide", "slides", "lesson"))
    assert all(f"`{key}`" in guide for key in GROUPS)
    assert re.findall(r"(?<!\d)20\d\dQ\d", guide)[:3] == [each.start for each in GAME.rounds]
    assert ({"en": "six", "zh": "六"}[lang] in slides) == (GAME.most == 6) and GAME.ramp == 4
    numbers = [int(each) for each in re.findall(r"(?:slides?|幻灯片) ?(?:\d+–)?(\d+)", lesson)]
    assert max(numbers) == len(re.findall(r"^# ", slides, re.M))
    key = KITS[lang]["teacher/key.md"]
    assert all(f"`{name}`" in key for name in exercise_names())


@pytest.mark.parametrize(("lang", "name"), EACH)
def test_a_page_prints_each_part_on_its_own_and_needs_no_other_file(lang, name):
    page = KITS[lang][f"{name.removesuffix('.md')}.html"]
    assert page.count("<h1>") == len(re.findall(r"^# ", KITS[lang][name], re.M)) > 0
    assert "break-before: page" in page and f'lang="{lang}"' in page
    assert not re.search(r"src=|href=|url\(|@import", page)


def test_zones_follow_one_group_each():
    followed = [code for role in GAME.roles for code in (*role.followed_by, *(() if role.optional else role.zones))]
    assert sorted(followed) == sorted(ZONES)


@pytest.mark.parametrize("role", GAME.roles, ids=GROUPS)
def test_a_group_can_decide_something_and_read_its_success(role):
    levers = GAME.levers(role)
    assert len(set(levers)) == len(levers) > 2
    for indicator in role.indicators:
        assert indicator in (VARIABLES["region"] if role.place else NATIONAL)
    if role.zones:
        assert {CATALOGUE[name].scope for name in levers} == {"zone", "pair"}


def read(group, *decisions):
    rows = Located([Located({}, "s.yaml", 4) for _ in decisions], "s.yaml", 3)
    return Read(Sheet(group=group, round=1, decisions=decisions), Located({"decisions": rows}, "s.yaml", 1))


@pytest.mark.parametrize("role", GAME.roles, ids=GROUPS)
def test_every_key_that_is_needed_is_held_by_another_group(role):
    """Whom the briefing names is who is missing if the group decides alone with everyone at the table."""
    office = say("kit.zone_office", "en")
    for name in GAME.levers(role):
        own = read(role.key, Decision(lever=name, level=0.5))
        alone = agreed([own, *(read(key) for key in GROUPS if key != role.key)], GAME)
        missing = [each for lever in alone.open for each in lever.missing]
        told = GAME.others(role, name, "en")
        assert ", ".join(dict.fromkeys(office if each.zones else each.name.en for each in missing)) == told, name
        assert len(alone.moves) == (not told), name


def test_levels_in_history_are_those_at_its_end():
    path = compile_policy(Scenario.load("history").policy, np.zeros(len(ZONES), int), 60)
    for name, levels in levels_in_history().items():
        assert np.allclose(path.level(name)[-1], levels), name
    shanghai, commerce = GAME.by_key["shanghai"], GAME.by_key["commerce"]
    assert level_now(shanghai, "financial_opening") == "0.5" and level_now(commerce, "services_list_reform") == "0.5–1"


@pytest.mark.parametrize("lang", KITS)
def test_the_kit_is_written_and_nothing_of_ones_own_is_lost(lang, tmp_path):
    folder = tmp_path / "class"
    assert ftz("exercise", "kit", folder, "--lang", lang).exit_code == 0
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*")) == sorted(KITS[lang])
    sheet = folder / "decisions" / "round1" / "bank.yaml"
    sheet.write_text("mine", encoding="utf-8")
    again = ftz("exercise", "kit", folder, "--lang", lang)
    assert again.exit_code == 2 and "--force" in again.stderr and sheet.read_text(encoding="utf-8") == "mine"
    assert ftz("exercise", "kit", folder, "--force").exit_code == 0 and sheet.read_text(encoding="utf-8") != "mine"
    assert ftz("exercise", "kit", sheet).exit_code == 2


def test_the_wheel_carries_the_kit():
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert build["wheel"]["force-include"]["classroom"] == "ftz_sim/classroom/shipped"
    assert "/classroom" in build["sdist"]["include"]
