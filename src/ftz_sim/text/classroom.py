"""Words of the classroom: decision sheets, the plan of a class, hand-ins, grades; its pages stand in ``classroom/``."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # decision sheets
    "sheet.head": ("{name}, round {round}: {title}", "{name}，第{round}轮：{title}"),
    "sheet.how": (
        "Take away the first # of a line, write a level from 0 to 1 and a reason. {most} lines at most.",
        "去掉行首的#，填写取值（0至1）与理由；至多{most}行。",
    ),
    "sheet.line": ("{meaning}; in history {now}", "{meaning}；现状{now}"),
    "sheet.with": ("; with {others}", "；须与{others}一致"),
    # the plan of a class
    "plan.rule": (
        "A tool that several groups hold moves only if all of them name it, and then to the smallest level.",
        "由多个小组共同决定的政策工具，须各组都写明才会变动，并取其中最小值。",
    ),
    "plan.title": ("Plan of the class, round {round}", "课堂方案（至第{round}轮）"),
    "plan.why": (
        "What the groups of a class decided up to round {round}, on top of policy as it stood.",
        "在政策现状之上，课堂各小组至第{round}轮的决定。",
    ),
    "plan.round": ("round {round}: {title}", "第{round}轮：{title}"),
    "plan.said": ("{name}: {level} ({place})", "{name}：{level}（{place}）"),
    "plan.because": (", {why}", "，{why}"),
    "plan.and": (", ", "、"),
    "plan.open": (
        "Named, but not agreed, and so as in policy as it stood:",
        "已提出但未达成一致，因此维持现状：",
    ),
    "plan.missing": ("missing: {names}", "未同意：{names}"),
    "plan.no_zone": ("a zone office, of which none has a sheet", "试验区管委会（均无决策单）"),
    "plan.absent": ("no sheet of: {names}", "没有以下小组的决策单：{names}"),
    "plan.lever": ("lever", "政策工具"),
    "plan.level": ("level", "取值"),
    "plan.from": ("from", "起始季度"),
    "plan.where": ("where", "范围"),
    "plan.who": ("decided by", "决定者"),
    "plan.all_zones": ("all zones", "全部试验区"),
    "plan.nation": ("nation", "全国"),
    "plan.below": (" (below policy as it stood)", "（低于现状）"),
    "plan.next": ("Next:", "接下来："),
    # briefing sheets of the kit
    "kit.key": ("on sheets", "决策单上写作"),
    "kit.group": ("group", "小组"),
    "kit.wants": ("What you want:", "目标："),
    "kit.aims": ("what it wants", "目标"),
    "kit.optional": (" (for larger classes)", "（人数较多时加入）"),
    "kit.read": ("By what it is read:", "衡量指标："),
    "kit.private": ("For your group only:", "仅供本组："),
    "kit.tools": ("What you may decide: at most {most} in a round", "可以决定的政策工具：每轮至多{most}项"),
    "kit.tool": ("policy tool", "政策工具"),
    "kit.meaning": ("meaning", "含义"),
    "kit.now": ("in history", "现状"),
    "kit.agree": ("who must agree", "须一致同意的小组"),
    "kit.zone_office": ("office of the zone", "当地试验区管委会"),
    "kit.sheet": (
        "Write your decisions into `{file}`: lever, a level from 0 to 1, and why.",
        "把决定写入`{file}`：政策工具、取值（0至1）与理由。",
    ),
    "kit.see": ("How you read your success after round 1", "第1轮之后如何查看成效"),
    # hand-ins
    "hand_in.wrote": (
        "{path}: {answered} of {all} questions answered. Hand in this file as it is; an edit shows.",
        "{path}：{all}题中已作答{answered}题。请原样提交此文件；改动会被发现。",
    ),
    # grades
    "grade.student": ("student", "学生"),
    "grade.exercise": ("exercise", "练习"),
    "grade.right": ("right", "答对"),
    "grade.questions": ("questions", "题数"),
    "grade.answers": ("answers", "作答"),
    "grade.file_is": ("file is", "文件"),
    "grade.runs_are": ("runs are", "运行结果"),
    "grade.note": ("note", "备注"),
    "grade.version": ("version", "版本"),
    "grade.made": ("made", "提交时间"),
    "grade.file": ("file", "文件名"),
    "grade.intact": ("as written", "原样"),
    "grade.edited": ("edited", "被改动"),
    "grade.unreadable": ("no hand-in", "不是提交文件"),
    "grade.same": ("same as yours", "与教师相同"),
    "grade.other_version": ("of another version of the model", "模型版本不同"),
    "grade.other_machine": ("of another processor, not comparable bit by bit", "处理器不同，无法逐位比对"),
    "grade.differ": ("not those of the exercise", "与练习不符"),
    "grade.again": ("handed in again; the last counts", "重复提交，以最后一次为准"),
    "grade.shared": ("same folder of runs as {names}", "与{names}使用同一运行文件夹"),
    "grade.unmarked": ("not marked", "未评分"),
    "grade.mark_right": ("right", "对"),
    "grade.mark_wrong": ("wrong", "错"),
    "grade.mark_open": ("open", "未答"),
    "grade.solution": ("Right answers of {exercise}: {answers}", "{exercise}的正确答案：{answers}"),
    "grade.digest": (
        "The digest shows edits by hand; it is no lock. Whoever knows the program can write a new one.",
        "校验值可发现手工改动，但不是锁：熟悉程序的人可以重新生成。",
    ),
    # errors
    "error.no_folder": ("{folder} is no folder{nearest}", "{folder}不是文件夹{nearest}"),
    "error.sheet_mapping": (
        "{place}: found {found}; a decision sheet holds group, round and decisions{hint}",
        "{place}: 读到{found}；决策单应包含group、round与decisions{hint}",
    ),
    "error.sheet_not_theirs": (
        "{found} is not for {group} to decide; allowed: {allowed}{nearest}",
        "{found}不由{group}决定；可用：{allowed}{nearest}",
    ),
    "error.sheet_lever_twice": ("{found} is decided twice", "{found}写了两次"),
    "error.sheet_too_many": ("found {found} decisions; allowed: {most} at most", "读到{found}项决定；至多{most}项"),
    "error.sheet_twice": (
        "{place}: {group} has another sheet for round {round}: {first}",
        "{place}: {group}在第{round}轮另有一份决策单：{first}",
    ),
    "error.sheet_none": (
        "{folder} holds no decision up to round {round}; sheets are YAML or CSV files",
        "{folder}中没有第{round}轮及以前的决定；决策单为YAML或CSV文件",
    ),
    "error.sheet_head": (
        "the column {head} is missing, or there twice; columns: {allowed}",
        "缺少“{head}”列，或该列重复；各列为：{allowed}",
    ),
    "error.sheet_cells": (
        "found {found} beyond the {n} columns; a text with commas is put in quotes",
        "{n}列之外读到{found}；含逗号的文字须加引号",
    ),
    "error.sheet_csv": ("cannot be read as CSV ({reason})", "无法按CSV读取（{reason}）"),
    "error.plan_inside": (
        "{path} is inside the folder of the sheets and would be read as one; choose another place with --out",
        "{path}位于决策单文件夹之内，会被当作决策单读取；请用--out另选位置",
    ),
    "error.student": (
        "found {found}; a name is a text of 1 to {most} characters in one line",
        "读到{found}；姓名应为一行文字，1至{most}个字符",
    ),
    "error.runs_changed": (
        "{folder}: {files} differ from what the run wrote; run it again: ftz exercise run {name}",
        "{folder}：{files}与运行时写出的不同；请重新运行：ftz exercise run {name}",
    ),
    "error.hand_ins_none": (
        "{folder} holds no hand-in; `ftz exercise submit` writes them as .json files",
        "{folder}中没有提交文件；提交文件由 `ftz exercise submit` 写出，扩展名为.json",
    ),
    "error.grade_runs": ("your own runs: {what}", "教师的运行结果：{what}"),
    "error.no_json": ("this is no JSON", "不是有效的JSON"),
    "error.hand_in_text": (
        "found {found}; allowed: up to {most} characters that can be printed",
        "读到{found}；应为不超过{most}个可打印的字符",
    ),
    "error.not_hand_in": ("no hand-in of an exercise ({reason})", "不是练习的提交文件（{reason}）"),
}
