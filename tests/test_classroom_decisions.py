"""The role play: sheets of all groups become one scenario, by the rule of the smallest level, with every source."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from ftz_sim.classroom.game import levels_in_history, read_game
from ftz_sim.classroom.plan import agreed, scenario_text
from ftz_sim.classroom.sheets import Read, Sheet, blank, read_sheets
from ftz_sim.cli import app
from ftz_sim.errors import InputError
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.scenario.lever_steps import ZONES
from ftz_sim.scenario.policy_path import compile_policy
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.scenario.yaml_reader import read_text

GAME = read_game()
QUARTERS = 92  # to the end of 2035, when all is in force
RULE = [("shanghai", 1, "negative_list_reform", 1.0), ("commerce", 1, "negative_list_reform", 0.5)]


def ftz(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def sheet(group, round_, *decisions):
    """The text of a sheet; decisions are pairs of lever and level."""
    lines = [f'- {{lever: {lever}, level: {level}, why: "because, really"}}' for lever, level in decisions]
    return "\n".join([f"group: {group}", f"round: {round_}", "decisions:", *lines]) + "\n"


def written(folder, *decisions):
    """Write decisions, four of group, round, lever and level, as sheets."""
    by_sheet = {}
    for group, round_, *decision in decisions:
        by_sheet.setdefault((group, round_), []).append(decision)
    for (group, round_), rows in by_sheet.items():
        path = folder / f"round{round_}" / f"{group}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(sheet(group, round_, *rows), encoding="utf-8")
    return folder


def plan_of(*decisions, follow=False, last=3):
    reads = []
    for group, round_, *rest in decisions:
        text = sheet(group, round_, *([rest] if rest else []))
        document = read_text(text.replace("decisions:\n", "decisions: []\n") if not rest else text, f"{group}.yaml")
        reads.append(Read(Sheet.model_validate(document.plain(), strict=True), document))
    return agreed([each for each in reads if each.sheet.round <= last], GAME, follow)


def moves(plan):
    return [(each.round, each.lever, each.level, each.zones) for each in plan.moves]


def test_a_shared_tool_moves_to_the_smallest_level_once_all_name_it():
    assert moves(plan_of(*RULE)) == [(1, "negative_list_reform", 0.5, ("SH",))]
    alone = plan_of(RULE[0], ("commerce", 1))
    assert not alone.moves
    assert [(each.lever, [role.key for role in each.missing]) for each in alone.open] == [
        ("negative_list_reform", ["commerce"])
    ]
    assert not plan_of(RULE[1], ("shanghai", 1)).moves, "what no zone asks for does not happen"


def test_a_group_that_is_not_there_is_not_asked_and_its_absence_is_told():
    plan = plan_of(RULE[0])
    assert moves(plan) == [(1, "negative_list_reform", 1.0, ("SH",))]
    assert {role.key for role in plan.absent} == {role.key for role in GAME.roles if not role.optional} - {"shanghai"}


def test_agreement_may_come_in_a_later_round_and_decisions_stay():
    later = (RULE[0], ("commerce", 1), ("commerce", 2, "negative_list_reform", 0.5), ("shanghai", 1, "ai_plus", 0.7))
    assert moves(plan_of(*later)) == [(1, "ai_plus", 0.7, ("SH",)), (2, "negative_list_reform", 0.5, ("SH",))]
    assert moves(plan_of(*later, last=1)) == [(1, "ai_plus", 0.7, ("SH",))]
    again = (*later, ("commerce", 3, "negative_list_reform", 0.9), ("shanghai", 3, "ai_plus", 0.7))
    assert moves(plan_of(*again))[2:] == [(3, "negative_list_reform", 0.9, ("SH",))], "the same again is no move"


def test_who_decides_where():
    plan = plan_of(
        ("environment", 1, "carbon_budget", 0.4),
        ("commerce", 1, "ratchet_commitment", 1),
        ("hubei", 1, "ai_plus", 0.6),
        ("environment", 2, "carbon_sinks", 0.8),
        ("gansu", 2, "carbon_sinks", 0.3),
    )
    assert moves(plan) == [
        (1, "carbon_budget", 0.4, ()),
        (1, "ratchet_commitment", 1.0, ()),
        (1, "ai_plus", 0.6, ("HB",)),
        (2, "carbon_sinks", 0.3, ()),
    ]


def test_zones_that_nobody_plays_follow_if_they_are_to():
    decisions = (("shanghai", 1, "ai_plus", 0.5), ("hubei", 1, "ai_plus", 0.9), ("guangdong", 1, "ai_plus", 0.1))
    zones = {level: set(zones) for _, _, level, zones in moves(plan_of(*decisions, follow=True))}
    assert zones[0.1] == {"GD"} and "SD" in zones[0.5] and "XJ" in zones[0.9]
    assert set().union(*zones.values()) == set(ZONES) and sum(map(len, zones.values())) == len(ZONES)
    blank_one = plan_of(*decisions[:2], ("guangdong", 1), follow=True)
    assert "GD" in moves(blank_one)[0][3], "an empty sheet of a group for larger classes: it is not there"


def test_what_turns_policy_back_is_told(tmp_path):
    below = {each.lever: each.below for each in plan_of(*RULE, ("hubei", 1, "ai_plus", 0.6)).moves}
    assert below == {"negative_list_reform": True, "ai_plus": False}, "history has 1 and 0.2"
    sheets = written(tmp_path / "sheets", *RULE)
    done = ftz("exercise", "decide", sheets, "--out", tmp_path / "p.yaml", "--lang", "zh")
    assert "0.5（低于现状）" in done.stdout and "（低于现状）" in (tmp_path / "p.yaml").read_text(encoding="utf-8")


def by_the_rule(decisions, follow):
    """Say without the plan's code what stands in the end, by lever and zone (of the nation: the first)."""
    table = [role for role in GAME.roles if role.key in {group for group, *_ in decisions}]
    said, found = {}, {}
    for round_ in (1, 2, 3):
        said |= {(group, lever): level for group, when, lever, level in decisions if when == round_}
        for lever in {lever for _, lever in said}:
            nation = CATALOGUE[lever].scope == "nation"
            for zone in ZONES[:1] if nation else ZONES:
                must = [role for role in table if lever in role.levers]
                if lever in GAME.zone_levers:
                    own = [role for role in table if zone in role.zones]
                    own = own or [role for role in table if follow and zone in role.followed_by]
                    must = own + must if own else []
                if must and all((role.key, lever) in said for role in must):
                    found[lever, zone] = min(said[role.key, lever] for role in must)
    return found


@settings(max_examples=30)
@given(st.data())
def test_whatever_is_decided_makes_a_good_scenario_in_which_the_smallest_level_holds(data):
    decisions, seen = [], set()
    for _ in range(data.draw(st.integers(1, 12))):
        role = data.draw(st.sampled_from(GAME.roles))
        round_, lever = data.draw(st.integers(1, 3)), data.draw(st.sampled_from(GAME.levers(role)))
        if (role.key, round_, lever) not in seen:
            seen.add((role.key, round_, lever))
            decisions.append((role.key, round_, lever, data.draw(st.sampled_from([0, 0.25, 0.5, 1]))))
    follow = data.draw(st.booleans())
    plan = plan_of(*decisions, follow=follow)
    assert moves(plan) == moves(plan_of(*sorted(decisions, key=lambda each: each[1]), follow=follow))
    spec = Scenario.of_text(scenario_text(plan, "p", 3, GAME, "ftz", "zh"), "p.yaml")
    path, expected = compile_policy(spec.policy, np.zeros(len(ZONES), int), QUARTERS), by_the_rule(decisions, follow)
    for name, before in levels_in_history().items():
        levels = [expected.get((name, zone), level) for zone, level in zip(ZONES, before, strict=False)]
        assert np.allclose(path.level(name)[-1], levels), name
    named = {lever for _, _, lever, _ in decisions}
    assert {each.lever for each in plan.open} == named - {lever for lever, _ in expected}
    assert all(each.missing or each.no_zone for each in plan.open)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("role", GAME.roles, ids=lambda role: role.key)
def test_an_empty_sheet_is_a_sheet_and_so_is_one_with_its_lines_filled_in(role, lang, tmp_path):
    text = blank(GAME, role, 1, dict.fromkeys(GAME.levers(role), "0"), lang)
    path = tmp_path / "sheet.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="holds no decision up to round 3"):
        read_sheets(tmp_path, GAME, 3)
    lines = [line for line in text.splitlines() if line.startswith("#- ")]
    assert len(lines) == len(GAME.levers(role))
    filled = text
    for line in lines[: GAME.most]:
        filled = filled.replace(line, line[1:].replace("level: ,", "level: 0.5,").replace('""', '"yes, now"'))
    path.write_text(filled, encoding="utf-8")
    (read,) = read_sheets(tmp_path, GAME, 1)
    assert [each.lever for each in read.sheet.decisions] == list(GAME.levers(role)[: GAME.most])


CSV = {
    "en": "group,round,lever,level,why\nshanghai,1,ai_plus,0.5,\"a, b\"\nHUBEI,2,ai_plus,1,\n\n",
    "zh": "小组,轮次,政策工具,取值,理由\n上海自贸试验区管委会,1,ai_plus,0.5,理由\nHUBEI,2,ai_plus,1,\n",
}  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("lang", CSV)
def test_one_table_may_hold_the_decisions_of_all(lang, newline, tmp_path):
    (tmp_path / "all.csv").write_text(CSV[lang], encoding="utf-8-sig", newline=newline)
    (tmp_path / ".hidden.csv").write_text("no sheet", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no sheet", encoding="utf-8")
    found = read_sheets(tmp_path, GAME, 3)
    assert [(each.sheet.group, each.sheet.round) for each in found] == [("shanghai", 1), ("hubei", 2)]
    assert found[1].place(0) == f"{tmp_path / 'all.csv'}:3"
    assert len(read_sheets(tmp_path, GAME, 1)) == 1


def test_a_group_is_one_however_it_is_typed(tmp_path):
    rows = [
        "Group,Round,LEVER,level,,",
        "bank,1,joint_fund,0.5,,",
        " Bank ,１,green_credit,０.5,,",
        "ＢＡＮＫ,1,venture_fund,1",
    ]
    (tmp_path / "all.csv").write_text("\n".join(rows), encoding="utf-8")
    (read,) = read_sheets(tmp_path, GAME, 1)
    assert read.sheet.group == "bank"
    assert [each.level for each in read.sheet.decisions] == [0.5, 0.5, 1.0]
    (tmp_path / "again.yaml").write_text("group: BANK\nround: 1\n", encoding="utf-8")
    with pytest.raises(InputError, match="bank has another sheet for round 1"):
        read_sheets(tmp_path, GAME, 1)


def test_who_is_missing_is_never_nobody(tmp_path):
    sheets = written(tmp_path / "sheets", ("bank", 1, "joint_fund", 0.5))
    for lang, said in (
        ("en", "missing: a zone office, of which none has a sheet"),
        ("zh", "未同意：试验区管委会（均无决策单）"),
    ):
        done = ftz("exercise", "decide", sheets, "--out", tmp_path / f"{lang}.yaml", "--lang", lang)
        assert said in done.stdout and said in (tmp_path / f"{lang}.yaml").read_text(encoding="utf-8")


SEVEN = [(lever, 0.5) for lever in GAME.zone_levers[: GAME.most + 1]]
BAD = {
    "group: shanghia\nround: 1\n": ("s.yaml:1: group", "是不是想写'shanghai'"),
    "group: 上海自贸区管委会\nround: 1\n": ("s.yaml:1: group", "是不是想写'上海自贸试验区管委会'"),
    "group: shanghai\nround: 4\n": ("s.yaml:2: round", "应为：1、2、3"),
    "group: shanghai\nround: one\n": ("s.yaml:2: round", "整数"),
    "round: 1\n": ("s.yaml:1: group", "缺少键'group'"),
    "group: shanghai\nround: 1\ndecisons: []\n": ("s.yaml:3: decisons", "是不是想写'decisions'"),
    "- a\n": ("s.yaml:1", "决策单应包含"),
    "group：shanghai\n": ("s.yaml:1", "冒号应为半角"),
    sheet("shanghai", 1, ("ai_pls", 0.5)): ("s.yaml:4: decisions[0].lever", "是不是想写'ai_plus'"),
    sheet("shanghai", 1, ("ai_plus", 50)): ("s.yaml:4: decisions[0].level", "0到1之间的数"),
    sheet("shanghai", 1, ("ai_plus", "")): ("s.yaml:4: decisions[0].level", "空值"),
    sheet("bank", 1, ("ai_plus", 0.5)): ("s.yaml:4", "不由bank决定；可用：green_credit、"),
    sheet("shanghai", 1, ("ai_plus", 0), ("ai_plus", 1)): ("s.yaml:5", "写了两次"),
    sheet("shanghai", 1, *SEVEN): ("s.yaml:10", "至多6项"),
}
BAD_CSV = {
    "group,round,lever,levl\n": ("s.csv:1", "是不是想写'level'"),
    "小组,轮次,工具,取值\n": ("s.csv:1", "是不是想写'政策工具'"),
    "group,round,lever\n": ("s.csv:1", "缺少“level / 取值”列"),
    "group,round,lever\n ": ("s.csv:1", "各列为：group / 小组、"),
    "group,round,lever,level,why,why\n": ("s.csv:1", "“why / 理由”列，或该列重复"),
    "group,round,lever,level,why\nbank,1,joint_fund,1,a, b\n": ("s.csv:2", "5列之外读到' b'"),
    "group,round,lever,level,\nbank,1,joint_fund,1,why\n": ("s.csv:2", "4列之外读到'why'"),
    'group,round,lever,level,why\nbank,1,joint_fund,1,"a"b\n': ("s.csv:2", "引号之后应为,"),
    'group,round,lever,level,why\nbank,1,joint_fund,1,"a\n\n': ("s.csv:3", "引号是否未闭合"),
    "group,round,lever,level\n银行,1,joint_fund,1\n": ("s.csv:2: group", "、bank、"),
    "group,round,lever,level\nshanghai,1,ai_plus,many\n": ("s.csv:2: decisions[0].level", "'many'"),
    "group,round,lever,level\nshanghai,x,ai_plus,1\n": ("s.csv:2: round", "整数"),
    "group,round,lever,level\nshanghai,1,ai_plus,nan\n": ("s.csv:2: decisions[0].level", "nan"),
    "group,round,lever,level\nbank,1,joint_fund,1\n\nbnk,1,joint_fund,1\n": ("s.csv:4: group", "'bank'"),
    "group,round,lever,level,why\nbank,1,joint_fund,1,\x07\n": ("s.csv:2", "U+0007"),
}


@pytest.mark.parametrize(
    ("name", "text"), [*(("s.yaml", text) for text in BAD), *(("s.csv", text) for text in BAD_CSV)]
)
def test_what_is_wrong_in_a_sheet_is_told_with_its_place_and_nothing_is_written(name, text, tmp_path):
    folder = tmp_path / "sheets"
    folder.mkdir()
    (folder / name).write_text(text, encoding="utf-8")
    written(folder, ("hubei", 1, "ai_plus", 0.5))
    place, words = {**BAD, **BAD_CSV}[text]
    out = tmp_path / "plan.yaml"
    done = ftz("exercise", "decide", folder, "--out", out, "--lang", "zh")
    assert done.exit_code == 2 and not out.exists() and "Traceback" not in done.output
    assert f"{folder / place}" in done.stderr and words in done.stderr
    english = ftz("exercise", "decide", folder, "--out", out, "--lang", "en").stderr.replace(str(tmp_path), "")
    assert f"/{place}" in english.replace("\\", "/") and "读到" not in english


def test_everything_that_is_wrong_in_any_sheet_is_told_at_once(tmp_path):
    written(tmp_path, ("bank", 1, "ai_plus", 0.5), ("shanghai", 1, "ai_plus", 7), ("commerce", 2, "ai_plus", 1))
    with pytest.raises(InputError) as caught:
        read_sheets(tmp_path, GAME, 3)
    lines = str(caught.value).splitlines()
    for line, (group, round_) in zip(lines, (("bank", 1), ("shanghai", 1), ("commerce", 2)), strict=True):
        assert line.startswith(f"{tmp_path / f'round{round_}' / group}.yaml:4")


def test_two_sheets_of_one_group_and_round_are_refused_with_both_places(tmp_path):
    written(tmp_path, *RULE)
    (tmp_path / "copy.yaml").write_text(sheet("shanghai", 1, ("ai_plus", 0.5)), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_sheets(tmp_path, GAME, 3)
    message = caught.value.say("zh")
    assert f"{tmp_path / 'copy.yaml'}:1" in message and f"{tmp_path / 'round1' / 'shanghai.yaml'}:1" in message


def test_a_table_in_another_encoding_is_named(tmp_path):
    (tmp_path / "s.csv").write_text(CSV["zh"], encoding="gbk")
    with pytest.raises(InputError) as caught:
        read_sheets(tmp_path, GAME, 3)
    assert "另存为UTF-8编码的CSV" in caught.value.say("zh")


def test_where_a_plan_may_not_be_written(tmp_path):
    sheets = written(tmp_path / "sheets", *RULE)
    for out, words in ((sheets / "plan.yaml", "位于决策单文件夹之内"), (tmp_path / "a b.yaml", "a b")):
        done = ftz("exercise", "decide", sheets, "--out", out, "--lang", "zh")
        assert done.exit_code == 2 and words in done.stderr and not out.exists()
    mine = tmp_path / "mine.yaml"
    mine.write_text("keep", encoding="utf-8")
    assert ftz("exercise", "decide", sheets, "--out", mine).exit_code == 2 and mine.read_text() == "keep"
    assert ftz("exercise", "decide", sheets, "--out", mine, "--force").exit_code == 0
    assert ftz("exercise", "decide", sheets, "--out", tmp_path / "mine").exit_code == 2, "it is mine.yaml"
    assert ftz("exercise", "decide", tmp_path / "none", "--out", tmp_path / "p.yaml").exit_code == 2
    for number in (0, 4):
        done = ftz("exercise", "decide", sheets, "--round", number, "--out", tmp_path / "p.yaml", "--lang", "zh")
        assert done.exit_code == 2 and "1到3之间的整数" in done.stderr


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_plan_says_who_decided_what_and_where_and_runs_against_history(lang, tmp_path):
    sheets = written(
        tmp_path / "sheets", *RULE, ("bank", 1, "joint_fund", 0.5), ("environment", 1, "carbon_budget", 0.5)
    )
    out = tmp_path / "plan.yaml"
    done = ftz("exercise", "decide", sheets, "--round", 1, "--out", out, "--lang", lang)
    assert done.exit_code == 0 and "joint_fund" in done.stdout and f"ftz compare {out}" in done.stdout
    assert {"en": "no sheet of: Zone office of Hubei", "zh": "没有以下小组的决策单：湖北"}[lang] in done.stderr
    text = out.read_text(encoding="utf-8")
    source = sheets / "round1" / "commerce.yaml"
    assert {"en": f"# Ministry of Commerce: 0.5 ({source}:4), because, really",
            "zh": f"# 商务部：0.5（{source}:4），because, really"}[lang] in text  # fmt: skip
    assert {"en": "# joint_fund: missing: Zone office of Shanghai", "zh": "# joint_fund: 未同意：上海"}[lang] in text
    spec = Scenario.load(out)
    assert spec.title.en != spec.title.zh
    if lang == "en":
        ran = ftz("compare", out, "history", "--reference", "history", "--draws", 0, "--reps", 2, "--firms", 2000,
                  "--end", "2026Q4", "--no-figures", "--json", "--out", tmp_path / "results")  # fmt: skip
        assert ran.exit_code == 0 and json.loads(ran.stdout)["reference"] == "history"


def test_json_of_a_plan(tmp_path):
    sheets = written(tmp_path / "sheets", *RULE, ("bank", 1, "joint_fund", 0.5))
    done = ftz("exercise", "decide", sheets, "--out", tmp_path / "p.yaml", "--json")
    data = json.loads(done.stdout)
    assert data["agreed"] == [{"round": 1, "lever": "negative_list_reform", "level": 0.5, "zones": ["SH"],
                               "below": True, "groups": ["shanghai", "commerce"]}]  # fmt: skip
    assert data["not_agreed"] == [
        {"lever": "joint_fund", "groups": ["bank"], "no_zone": False, "missing": ["shanghai"]}
    ]
    assert "hubei" in data["absent"] and "shandong" not in data["absent"]
