"""Words of the exercises; their own texts stand beside them, in ``exercises/``."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # what may be answered, between strokes
    "exercise.up": ("up / rises / higher", "升 / 上升 / 增加 / 提高"),
    "exercise.down": ("down / falls / lower", "降 / 下降 / 减少 / 降低"),
    "exercise.none": ("no difference / none / undecided", "无差异 / 无 / 未发现差异 / 不变"),
    "exercise.allowed_change": ("→ up, down or none (no difference found)", "→ 升、降，或无（未发现差异）"),
    "exercise.allowed_number": ("→ a number", "→ 一个数"),
    "exercise.allowed_choice": ("→ {choices}", "→ {choices}"),
    "exercise.choice": ("{name} ({title})", "{name}（{title}）"),
    # showing
    "exercise.name": ("name", "名称"),
    "exercise.title": ("title", "题目"),
    "exercise.questions": ("questions", "问题数"),
    "exercise.run": ("1. Run it (less than a minute):", "1. 运行（不到一分钟）："),
    "exercise.answer": (
        "2. Read {page}, with its folded table of all other indicators, and answer. Unless said otherwise, the final "
        "year against “{reference}” is meant:",
        "2. 阅读{page}（包括折叠的“其余指标”表）并作答。除另有说明外，均指期末年份、与“{reference}”相比：",
    ),
    "exercise.check": ("3. Check:", "3. 核对："),
    "exercise.submit": ("4. If it is to be handed in:", "4. 如需提交："),
    # marking
    "exercise.right": ("{letter}  right: {answers}", "{letter}  正确：{answers}"),
    "exercise.wrong": (
        "{letter}  {given} is not what your runs show; look again at {where}",
        "{letter}  “{given}”与你的运行结果不符；请再看{where}",
    ),
    "exercise.open": ("{letter}  not answered; look at {where}", "{letter}  未作答；请看{where}"),
    "exercise.solution": ("{letter}  {answers}", "{letter}  {answers}"),
    "exercise.interval": (" (95 % interval {low} to {high})", "（95%区间{low}至{high}）"),
    "exercise.and": (", ", "，"),
    "exercise.or": (" or ", "或"),
    "exercise.where": ("{row} ({table}.csv)", "{row}（{table}.csv）"),
    "exercise.score": ("{right} of {all} right.", "{all}题中答对{right}题。"),
    "exercise.discuss": ("To think about:", "思考："),
    "exercise.note": (
        "Right means: what the model does with its assumptions. Whether the world does so is another question.",
        "“正确”只表示模型在其假设下如此；现实是否如此是另一个问题。",
    ),
    # errors
    "error.exercise_none": (
        "there is no exercise {found}; allowed: {allowed}{nearest}",
        "没有名为{found}的练习；可用：{allowed}{nearest}",
    ),
    "error.exercise_answer": (
        "found {found}; an answer is a letter, = and what you think, such as a=up or b=-1.2",
        "读到{found}；答案写作“字母=答案”，例如 a=升 或 b=-1.2",
    ),
    "error.exercise_letter": ("there is no question {found}; allowed: {allowed}", "没有问题{found}；可用：{allowed}"),
    "error.exercise_twice": ("question {found} is answered twice", "问题{found}回答了两次"),
    "error.exercise_choice": (
        "answer to {letter}: found {found}; allowed: {allowed}{nearest}",
        "问题{letter}的答案：读到{found}；可用：{allowed}{nearest}",
    ),
    "error.exercise_number": (
        "answer to {letter}: found {found}; allowed: a number, such as -1.2",
        "问题{letter}的答案：读到{found}；应为一个数，例如 -1.2",
    ),
    "error.exercise_not_run": (
        "{folder} has no runs of {missing}; first do what `ftz exercise show {name}` says, or say where they are "
        "with --in (of grade: --results)",
        "{folder}中没有{missing}的运行结果；请先按 `ftz exercise show {name}` 的说明运行，或用 --in"
        "（评分时用 --results）指定文件夹",
    ),
    "error.exercise_no_table": (
        "{path} is missing; was the folder written by ftz compare?",
        "缺少{path}；该文件夹是否由 ftz compare 生成？",
    ),
    "error.exercise_no_row": ("{path} has no row with {row}", "{path}中没有{row}这一行"),
    "error.exercise_one_seed": (
        "{folder} holds one seed for each scenario, so there is no interval; run it with --reps 2 or more",
        "{folder}中每个情景只有一个种子，没有区间；请用 --reps 2 或更多重新运行",
    ),
}
