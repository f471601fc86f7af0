"""``ftz exercise``: list exercises for teaching, show one, check answers against one's own runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ftz_sim.cli.output import JSON, LANGUAGE, Language, print_json, print_table
from ftz_sim.cli.place import Force
from ftz_sim.cli.runs import Figures, Workers
from ftz_sim.text.shell import quoted

if TYPE_CHECKING:
    from ftz_sim.exercises import Exercise, Question
    from ftz_sim.text.words import Lang

app = typer.Typer(no_args_is_help=True, help="List, show, run and check exercises for teaching.")

NAME = typer.Argument(metavar="NAME", help="Name of an exercise.")
ANSWERS = typer.Argument(None, metavar="[LETTER=ANSWER]...", help="Answers such as a=up b=-1.2; none: all are open.")
RUNS = typer.Option(None, "--in", help="Folder with the runs; results/exercise_NAME unless said.")
REVEAL = typer.Option(False, "--reveal", help="Print what is right, and what to think about (for teachers).")
REPS, FIRMS = 5, 2000


@app.command("list")
def list_(lang: Language = LANGUAGE, as_json: bool = JSON) -> None:
    """List the exercises."""
    from ftz_sim.exercises import exercise_names, read_exercise
    from ftz_sim.text.words import say

    words = lang.code
    found = [read_exercise(name) for name in exercise_names()]
    rows = [{"name": e.name, "title": getattr(e.title, words), "questions": len(e.questions)} for e in found]
    if as_json:
        print_json(rows)
        return
    heads = [say(f"exercise.{key}", words) for key in ("name", "questions", "title")]
    print_table(heads, [[row["name"], row["questions"], row["title"]] for row in rows])


@app.command()
def show(name: str = NAME, lang: Language = LANGUAGE, as_json: bool = JSON) -> None:
    """Print an exercise: what it is about, what to run, the questions, how to check."""
    from ftz_sim.exercises import read_exercise
    from ftz_sim.scenario.scenario import Scenario
    from ftz_sim.text.words import say

    words = lang.code
    exercise = read_exercise(name)
    if as_json:
        print_json(exercise.model_dump() | {"command": _command(exercise, words)})
        return
    specs = [Scenario.load(file) for file in exercise.files()]
    titles = {spec.name: getattr(spec.title, words) for spec in specs}
    page = exercise.results / "report.html"
    asked = [f"   {letter}  {getattr(each.ask, words)}\n      {_allowed(each, titles, words)}"
             for letter, each in exercise.lettered.items()]  # fmt: skip
    parts = [
        f"{getattr(exercise.title, words)}\n\n{getattr(exercise.aim, words)}",
        f"{say('exercise.run', words)}\n\n   {_command(exercise, words)}",
        "\n".join([say("exercise.answer", words, page=page, reference=titles[specs[0].name]), "", *asked]),
        f"{say('exercise.check', words)}\n\n   ftz exercise check {name} a=... b=... --lang {words}",
        f"{say('exercise.submit', words)}\n\n   ftz exercise submit {name} a=... b=... --student ... --lang {words}",
    ]
    typer.echo("\n\n".join(parts))


@app.command()
def run(
    name: str = NAME, workers: Workers = 1, force: Force = False, figures: Figures = True, lang: Language = LANGUAGE
) -> None:
    """Run what an exercise asks for."""
    from ftz_sim.cli.runs import compare
    from ftz_sim.exercises import read_exercise

    exercise = read_exercise(name)
    compare(
        exercise.files(), exercise.scenarios[0], REPS, draws=0, firms=FIRMS, workers=workers, out=exercise.results,
        force=force, figures=figures, lang=lang,
    )  # fmt: skip


@app.command()
def check(
    name: str = NAME,
    answers: list[str] = ANSWERS,
    runs: Path = RUNS,
    reveal: bool = REVEAL,
    lang: Language = LANGUAGE,
    as_json: bool = JSON,
) -> None:
    """Compare answers with what one's own runs show. Status 0: all are right, or revealed; 1: not all."""
    from ftz_sim.exercises import mark, read_exercise, said
    from ftz_sim.text.words import say

    words = lang.code
    exercise = read_exercise(name)
    marks = mark(exercise, runs or exercise.results, answers or ())
    right = sum(each.right for each in marks)
    if as_json:
        shown = [each._asdict() | {"answers": each.answers if each.right or reveal else None} for each in marks]
        print_json({"exercise": name, "right": right, "questions": len(marks), "marks": shown})
    else:
        for each in marks:
            typer.echo(said(each, exercise.lettered[each.letter], reveal, words))
        typer.echo("\n" + say("exercise.score", words, right=right, all=len(marks)))
        if reveal or right == len(marks):
            typer.echo(f"\n{say('exercise.discuss', words)} {getattr(exercise.discuss, words)}")
        typer.echo(f"\n{say('exercise.note', words)}")
    if right < len(marks) and not reveal:
        raise typer.Exit(1)


def _command(exercise: Exercise, lang: Lang) -> str:
    return quoted(["ftz", "exercise", "run", exercise.name, "--lang", lang])


def _allowed(question: Question, titles: dict[str, str], lang: Lang) -> str:
    from ftz_sim.text.errors import SEPARATOR
    from ftz_sim.text.words import say

    if question.kind in ("most", "least"):
        choices = [say("exercise.choice", lang, name=name, title=titles[name]) for name in question.among]
        return say("exercise.allowed_choice", lang, choices=SEPARATOR[lang].join(choices))
    return say(f"exercise.allowed_{question.kind}", lang)
