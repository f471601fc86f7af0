"""``ftz design``: which package, where, in what order, for what money."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ftz_sim.cli import show
from ftz_sim.cli.drawing import drawing
from ftz_sim.cli.output import JSON, LANGUAGE, Language, command_line, heads, print_json, print_table
from ftz_sim.cli.runs import Figures, Out, Quiet, Workers
from ftz_sim.cli.sweep import INTERRUPTED, WORDS, DryRun, bar
from ftz_sim.text.words import WORDS as KNOWN
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    from ftz_sim.design.design import Design
    from ftz_sim.design.problem import Problem
    from ftz_sim.indicators.shown import Shown

File = Annotated[str, typer.Argument(metavar="FILE", help="a YAML file: what may be chosen, the budget, the aims")]
SHOWN = {  # columns of tables that are printed
    "front": ("package", "outcome", "found", "again", "interval"),
    "neighbours": ("package", "neighbour", "outcome", "difference", "interval", "p_better"),
    "money": ("outcome", "package", "instead_of", "extra_cost", "gain_per_100bn", "interval"),
    "adaptive": ("package", "instead_of", "outcome", "difference", "interval", "p_better"),
    "sites": ("site", "zone", "from", "outcome", "difference", "interval", "gaining", "losing"),
    "affected": ("site", "zone", "from", "region", "effect", "difference", "interval"),
    "choices": ("part", "of_front", "found_in", "beside"),
    "parts": ("part", "instead_of", "outcome", "difference", "interval"),
    "searches": ("search", "packages", "within", "on_front", "hypervolume"),
}
NAMES = ("part", "outcome", "search", "found_in", "instead_of", "site", "zone", "region", "effect")
HEADED = {"again": "mean"}  # columns with a head of their own
SHARES = ("of_front", "hypervolume", "p_better")


def design(
    file: File,
    workers: Workers = 1,
    out: Out = None,
    dry_run: DryRun = False,
    figures: Figures = True,
    quiet: Quiet = False,
    json_: bool = JSON,
    lang: Language = LANGUAGE,
) -> None:
    """Look for packages of levers under a budget, and measure what was found again; an existing folder is resumed."""
    from ftz_sim.design.design import design as look
    from ftz_sim.design.problem import read_problem
    from ftz_sim.errors import LostWorkerError, StoreError

    problem = read_problem(file)
    folder = out or Path("results") / problem.record.name
    silent = quiet or json_
    if dry_run or not silent:
        _plan(problem, workers, dry_run, json_, lang.code)
    if dry_run:
        return
    try:
        with bar(silent, WORDS[lang]) as report:
            found = look(problem, folder, workers, report=report, command=command_line())
    except KeyboardInterrupt:
        typer.echo(WORDS[lang]["stopped"].format(reason=WORDS[lang]["interrupt"], folder=folder), err=True)
        raise typer.Exit(INTERRUPTED) from None
    except (StoreError, LostWorkerError) as error:
        typer.echo(WORDS[lang]["stopped"].format(reason=error.say(lang.code), folder=folder), err=True)
        raise typer.Exit(1) from None
    page = drawing(lang)(folder) if figures else None
    if json_:
        print_json(_summary(found))
    elif not quiet:
        _show(found, lang.code)
    _finish(found, page, quiet, json_, lang)


def _plan(problem: Problem, workers: int, dry_run: bool, json_: bool, lang: Lang) -> None:
    from datetime import timedelta

    from ftz_sim.design.design import estimate, runs_at_most

    runs = runs_at_most(problem)
    most = {"name": problem.record.name, "packages": problem.packages, "runs": runs}
    if not dry_run:
        typer.echo(say("design.plan", lang, **most), err=True)
        return
    a_run = estimate(problem)
    seconds = a_run * runs / workers
    if json_:
        print_json({**most, "seconds": seconds, "seconds_a_run": a_run})
        return
    typer.echo(say("design.plan", lang, **most))
    time = timedelta(seconds=round(seconds))
    typer.echo(say("design.estimate", lang, time=time, workers=workers, seconds=a_run))


def _summary(found: Design) -> dict[str, Any]:
    tables = {
        name.removesuffix(".csv"): table.astype(object).where(table.notna(), None).to_dict("records")
        for name, table in found.tables.items()
    }
    return {"command": command_line(), "folder": str(found.folder), "made": found.made, "failed": found.failed,
            "sentence": found.sentence, **tables}  # fmt: skip


def _show(found: Design, lang: Lang) -> None:
    units = {each.name: each.shown(lang) for each in found.problem.measures}
    told = found.labels(lang) | dict(provinces(lang))
    told |= {name: say("table.outcome", lang, name=told[name], unit=unit.unit) for name, unit in units.items()}
    for name, columns in SHOWN.items():
        table = found.tables.get(f"{name}.csv")
        if table is None or not len(table):
            continue
        if name in ("front", "parts", "sites"):  # of what must hold the page tells
            table = table[table["outcome"].isin(found.wanted)]
        if len(table):
            typer.echo(say(f"table.{name}", lang))
            print_table(
                heads(columns, lang), [_cells(row, columns, told, units, lang) for row in table.to_dict("records")]
            )
            typer.echo()
    for row in found.tables["packages.csv"].to_dict("records"):
        if row["pulled"]:
            pulled = found.pulled(row["package"], lang)
            typer.echo(say("design.package", lang, name=row["package"], holds=row["holds"], pulled=pulled))
    typer.echo()
    typer.echo(found.sentence[lang])


def _cells(
    row: dict[Any, Any], columns: tuple[str, ...], told: dict[str, str], units: dict[str, Shown], lang: Lang
) -> list[str]:
    return [_cell(row, name, told, units.get(row.get("outcome", "")), lang) for name in columns]


def _cell(row: dict[Any, Any], name: str, told: dict[str, str], unit: Shown | None, lang: Lang) -> str:
    from math import isfinite, nan

    from ftz_sim.indicators.shown import shown_money
    from ftz_sim.text.numbers import MISSING, estimate, number

    if name == "interval":
        low, high = row["ci_low"], row["ci_high"]
        return (unit.estimate(nan, low, high) if unit else estimate(nan, low, high)).interval or MISSING
    value = row[HEADED.get(name, name)]
    if name in SHARES:
        return f"{value:.0%}" if isfinite(value) else MISSING
    if name == "extra_cost":
        return shown_money(lang).number(value)
    if isinstance(value, float) and unit:
        return unit.estimate(value, row.get("ci_low", nan), row.get("ci_high", nan)).value
    if isinstance(value, float):
        return number(value)
    if name in NAMES or name == "beside":
        words = say("design.and", lang)
        return words.join(_named(part, told, lang) for part in ([value] if name in NAMES else value.split()))
    return str(value)


def provinces(lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield code and name of every province."""
    from ftz_sim.model.published import load_figures
    from ftz_sim.scenario.sentences import zone_name

    yield from ((code, zone_name(code, lang)) for code in load_figures().provinces.iso)


def _named(name: str, told: dict[str, str], lang: Lang) -> str:
    return told.get(name) or (say(f"cell.{name}", lang) if f"cell.{name}" in KNOWN else name)


def _finish(found: Design, page: Path | None, quiet: bool, json_: bool, lang: Language) -> None:
    words = show.WORDS[lang]
    for run_id, error in found.errors:
        typer.echo(words["failed"].format(run_id=run_id, error=error), err=True)
    if not json_:
        typer.echo(str(found.folder) if quiet else words["wrote"].format(folder=found.folder))
        if page is not None and not quiet:
            typer.echo(words["report"].format(page=page))
    if found.failed:
        raise typer.Exit(1)
