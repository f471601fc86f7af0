"""``ftz exercise kit|decide|submit|grade``: for a class and who teaches it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ftz_sim.cli.exercise import ANSWERS, NAME, RUNS
from ftz_sim.cli.output import JSON, LANGUAGE, Language, command_line, print_json, print_table
from ftz_sim.cli.place import Over, beside, refuse_over
from ftz_sim.text.shell import quoted

if TYPE_CHECKING:
    from ftz_sim.classroom.grades import Grade
    from ftz_sim.classroom.plan import Plan
    from ftz_sim.exercises import Mark
    from ftz_sim.text.words import Lang

KIT = typer.Argument(metavar="FOLDER", help="Folder to write the kit to.")
SHEETS = typer.Argument(metavar="FOLDER", help="Folder with the decision sheets, YAML or CSV.")
HAND_INS = typer.Argument(metavar="FOLDER", help="Folder with the hand-ins.")
ROUND = typer.Option(3, "--round", help="Decisions count up to this round.")
PLAN = typer.Option(Path("plan.yaml"), "--out", help="Scenario to write; its name is that of the file.")
FOLLOW = typer.Option(False, "--follow", help="Zones that nobody plays do as their part of the country does.")
STUDENT = typer.Option(..., "--student", help="Name or number of the student.")
HAND_IN = typer.Option(None, "--out", help="File to write; hand_in_NAME_STUDENT.json unless said.")
RESULTS = typer.Option(Path("results"), "--results", help="Folder with your own runs, exercise_NAME each.")
TABLE = typer.Option(None, "--out", help="Table to write, for Excel; FOLDER_grades.csv unless said.")
SOLUTIONS = typer.Option(False, "--reveal", help="Print what is right, too.")


def kit(folder: Path = KIT, force: Over = False, lang: Language = LANGUAGE) -> None:
    """Write what a class needs: lesson, slides, role play, worksheets, key, decision sheets."""
    from ftz_sim.classroom.kit import kit as files_of
    from ftz_sim.cli import show
    from ftz_sim.results.files import write_text, writing

    files = {folder / name: text for name, text in files_of(lang.code).items()}
    refuse_over(files, force)
    for path, text in files.items():
        with writing(path.parent):
            write_text(path, text)
    typer.echo(show.WORDS[lang]["wrote"].format(folder=(folder / "start.html").as_posix()))


def decide(
    folder: Path = SHEETS,
    round_: int = ROUND,
    out: Path = PLAN,
    follow: bool = FOLLOW,
    force: Over = False,
    lang: Language = LANGUAGE,
    as_json: bool = JSON,
) -> None:
    """Make one scenario of the decisions of all groups of the role play, and say what was not agreed."""
    from ftz_sim.classroom import read_game
    from ftz_sim.classroom.plan import agreed, scenario_text
    from ftz_sim.classroom.sheets import read_sheets
    from ftz_sim.cli.new import named
    from ftz_sim.errors import InputError
    from ftz_sim.results.files import write_text, writing

    game = read_game()
    if not 1 <= round_ <= len(game.rounds):
        raise InputError("whole_number", option="--round", low=1, high=len(game.rounds), found=round_)
    if out.suffix not in (".yaml", ".yml"):  # else no other command would take it for a file
        out = Path(f"{out}.yaml")
    named(out.stem)
    if out.resolve().is_relative_to(folder.resolve()):
        raise InputError("plan_inside", path=out)
    refuse_over([out], force)
    plan = agreed(read_sheets(folder, game, round_), game, follow)
    text = scenario_text(plan, out.stem, round_, game, command_line(), lang.code)
    with writing(out.parent):
        write_text(out, text)
    if as_json:
        print_json(_plan_data(plan) | {"file": out.as_posix()})
    else:
        _print_plan(plan, out, lang.code)


def submit(
    name: str = NAME,
    answers: list[str] = ANSWERS,
    student: str = STUDENT,
    runs: Path = RUNS,
    out: Path | None = HAND_IN,
    force: Over = False,
    lang: Language = LANGUAGE,
    as_json: bool = JSON,
) -> None:
    """Write a hand-in: answers, the runs they were read from, and a digest that tells edits."""
    from ftz_sim.classroom.hand_in import file_name, make
    from ftz_sim.exercises import read_exercise
    from ftz_sim.results.files import write_text, writing
    from ftz_sim.text.words import say

    exercise = read_exercise(name)
    hand_in = make(exercise, runs or exercise.results, student, answers or ())
    path = out or Path(file_name(hand_in))
    refuse_over([path], force)
    with writing(path.parent):
        write_text(path, hand_in.text())
    answered, questions = len(hand_in.answers), len(exercise.questions)
    if as_json:
        print_json({"file": path.as_posix(), "answered": answered, "questions": questions, "digest": hand_in.digest})
    else:
        typer.echo(say("hand_in.wrote", lang.code, path=path.as_posix(), answered=answered, all=questions))


def grade(
    folder: Path = HAND_INS,
    results: Path = RESULTS,
    out: Path | None = TABLE,
    reveal: bool = SOLUTIONS,
    force: Over = False,
    lang: Language = LANGUAGE,
    as_json: bool = JSON,
) -> None:
    """Grade the hand-ins of a class against your own runs. Status 0: all were graded; 1: not all."""
    from ftz_sim.classroom.grades import grade as graded
    from ftz_sim.classroom.grades import table, write_csv
    from ftz_sim.cli import show

    path = out or beside(folder, "_grades.csv")
    refuse_over([path], force)
    grades = graded(folder, results)
    write_csv(table(grades), path)
    if as_json:
        print_json([_grade_data(each, reveal, lang.code) for each in grades])
    else:
        _print_grades(grades, reveal, lang.code)
        typer.echo(show.WORDS[lang]["wrote"].format(folder=path.as_posix()))
    if not all(each.marks for each in grades):
        raise typer.Exit(1)


def _plan_data(plan: Plan) -> dict[str, object]:
    moves = [{"round": each.round, "lever": each.lever, "level": each.level, "zones": each.zones or None,
              "below": each.below, "groups": [said.role.key for said in each.said]} for each in plan.moves]  # fmt: skip
    open_ = [{"lever": each.lever, "groups": [said.role.key for said in each.said], "no_zone": each.no_zone,
              "missing": [role.key for role in each.missing]} for each in plan.open]  # fmt: skip
    return {"agreed": moves, "not_agreed": open_, "absent": [role.key for role in plan.absent]}


def _print_plan(plan: Plan, path: Path, lang: Lang) -> None:
    from ftz_sim.classroom import read_game
    from ftz_sim.classroom.plan import names
    from ftz_sim.cli import show
    from ftz_sim.model.levers import CATALOGUE
    from ftz_sim.text.words import say

    rounds = read_game().rounds
    rows = []
    for each in plan.moves:
        nation = CATALOGUE[each.lever].scope == "nation"
        where = ", ".join(each.zones) or say("plan.nation" if nation else "plan.all_zones", lang)
        who = names([said.role for said in each.said], lang)
        level = f"{each.level:g}" + (say("plan.below", lang) if each.below else "")
        start = rounds[each.round - 1].start
        rows.append((each.lever, getattr(CATALOGUE[each.lever], lang), level, start, where, who))
    heads = [say(key, lang) for key in ("plan.lever", "kit.meaning", "plan.level", "plan.from", "plan.where",
                                             "plan.who")]  # fmt: skip
    print_table(heads, rows)
    if plan.open:
        typer.echo("\n" + say("plan.open", lang))
        for one in plan.open:
            who = names([said.role for said in one.said], lang)
            typer.echo(f"  {one.lever} ({who}); " + say("plan.missing", lang, names=one.lacking(lang)))
    if plan.absent:
        typer.echo(say("error.warning", lang, what=say("plan.absent", lang, names=names(plan.absent, lang))), err=True)
    typer.echo("\n" + show.WORDS[lang]["wrote"].format(folder=path.as_posix()))
    command = ["ftz", "compare", path.as_posix(), "history", "--reference", "history", "--draws", "0", "--reps", "5",
               "--firms", "2000", "--lang", lang]  # fmt: skip
    typer.echo(f"{say('plan.next', lang)}\n   {quoted(command)}")


def _grade_data(grade: Grade, reveal: bool, lang: Lang) -> dict[str, object]:
    from ftz_sim.classroom.grades import notes

    marks = [{"letter": each.letter, "given": each.given, "right": each.right}
             | ({"answers": each.answers} if reveal else {}) for each in grade.marks]  # fmt: skip
    hand_in = grade.found.hand_in
    return {
        "student": grade.student, "exercise": grade.exercise, "right": grade.right if marks else None,
        "questions": len(marks) or None, "marks": marks, "file_is": grade.file, "runs_are": grade.runs,
        "again": grade.again, "shared": grade.shared, "note": notes(grade, lang),
        "made": hand_in.made if hand_in else None, "file": grade.found.path.as_posix(),
    }  # fmt: skip


def _print_grades(grades: list[Grade], reveal: bool, lang: Lang) -> None:
    from ftz_sim.classroom.grades import notes
    from ftz_sim.text.words import say

    def told(each: Grade) -> tuple[str, ...]:
        score = f"{each.right}/{len(each.marks)}" if each.marks else "–"
        one_by_one = " ".join(f"{one.letter} {say(_became(one), lang)}" for one in each.marks)
        return (each.student or each.found.path.name, each.exercise, score, one_by_one or "–",
                say(f"grade.{each.file}", lang), say(f"grade.{each.runs}", lang), notes(each, lang))  # fmt: skip

    heads = ("student", "exercise", "right", "answers", "file_is", "runs_are", "note")
    print_table([say(f"grade.{head}", lang) for head in heads], [told(each) for each in grades])
    if reveal:
        solved = {each.exercise: each.marks for each in grades if each.marks}
        for name, marks in solved.items():
            listed = " ".join(f"{one.letter}={'/'.join(one.answers)}" for one in marks)
            typer.echo(say("grade.solution", lang, exercise=name, answers=listed))
    typer.echo("\n" + say("grade.digest", lang))


def _became(mark: Mark) -> str:
    return "grade.mark_right" if mark.right else "grade.mark_wrong" if mark.given else "grade.mark_open"
