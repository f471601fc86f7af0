"""``ftz sensitivity``, ``ftz attribute``, ``ftz robustness``: from runs to answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ftz_sim.cli import show
from ftz_sim.cli.drawing import drawing
from ftz_sim.cli.output import LANGUAGE, Language, command_line, heads, print_table
from ftz_sim.cli.place import Force, beside, look
from ftz_sim.cli.runs import Asked, At, End, Figures, Firms, Focus, Quiet, Scenario, Seed, Sets, Workers
from ftz_sim.cli.sweep import INTERRUPTED, WORDS, Engine, Scheduler, bar, warner
from ftz_sim.text.numbers import number
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    import pandas as pd

    from ftz_sim.analysis.attribution import Attribution
    from ftz_sim.analysis.robustness import Robustness
    from ftz_sim.analysis.sensitivity import Sensitivity

SWEEP = typer.Argument(metavar="SWEEP.yaml", help="A sweep file, or the name of a shipped one.")
METHOD = typer.Option("morris", help="morris (screening) or sobol (shares of variance).")
SAMPLES = typer.Option(None, help="Trajectories (morris) or base points (sobol, a power of two).")
REFERENCE = typer.Option(None, help="Scenario that differences are taken to (default: single_ftz or the first).")
FOLDER = typer.Argument(metavar="DIR", help="The folder of a sweep.")
Against = Annotated[str, typer.Option(help="scenario that it is held against")]
Reps = Annotated[int, typer.Option(help="replicates (seeds)")]
By = Annotated[str, typer.Option(help="group or lever (parts that differ), or mechanism (switched off in both)")]
Pairs = Annotated[int, typer.Option(help="pairs of random orders a replicate, with more than eight parts")]
RunsOut = Annotated[Path | None, typer.Option(help="folder of the runs (default: results/NAME_METHOD)")]
IndicesOut = Annotated[Path | None, typer.Option(help="folder to write (default: results/NAME_METHOD_sensitivity)")]
GapOut = Annotated[Path | None, typer.Option(help="folder to write (default: results/A_against_B)")]
WinsOut = Annotated[Path | None, typer.Option(help="folder to write (default: DIR_robustness)")]
SHOWN = 8  # rows printed
SATISFY = typer.Option(None, help='Threshold, such as "gdp>=200000" or "d(gdp)>=0.5" (to the reference); repeatable.')


def sensitivity(
    sweep: str = SWEEP,
    method: str = METHOD,
    samples: int | None = SAMPLES,
    focus: Focus = None,
    indicator: Asked = None,
    at: At = None,
    reference: str | None = REFERENCE,
    engine: Engine = "local",
    scheduler: Scheduler = None,
    workers: Workers = 1,
    runs_out: RunsOut = None,
    out: IndicesOut = None,
    force: Force = False,
    figures: Figures = True,
    quiet: Quiet = False,
    lang: Language = LANGUAGE,
) -> None:
    """Run the design of a sweep and say which uncertainties matter, for every strategy and every difference."""
    from ftz_sim.analysis.focus import as_texts
    from ftz_sim.analysis.sensitivity import INDICATORS, Sensitivity, check_indicators, design_text
    from ftz_sim.analysis.sweep_focus import asking
    from ftz_sim.analysis.sweep_outcomes import sweep_outcomes
    from ftz_sim.errors import LostWorkerError, StoreError
    from ftz_sim.results import FolderWriter
    from ftz_sim.runs.executors import Place
    from ftz_sim.runs.setup import reference_of
    from ftz_sim.runs.sweep import sweep as run_sweep
    from ftz_sim.runs.sweep_file import read_sweep

    wanted = tuple(dict.fromkeys(as_texts(indicator or INDICATORS)))
    if not (focus or at):
        check_indicators(wanted)
    plan = read_sweep(sweep, design_text(method, samples))
    base = reference_of([spec.name for spec in plan.specs], reference)
    runs = runs_out or Path("results") / f"{plan.record.name}_{method}"
    folder = out or Path("results") / f"{plan.record.name}_{method}_sensitivity"
    plan, targets = asking(plan, runs, focus or (), indicator or (), at or ()) if focus or at else (plan, ())
    look(folder, "sensitivity", force, lang)
    try:
        with bar(quiet, WORDS[lang]) as report:
            place = Place(engine, workers, scheduler)  # type: ignore[arg-type]  # checked by Place.check
            done = run_sweep(plan, runs, place, report=report, command=command_line(), warn=warner(lang))
    except KeyboardInterrupt:
        typer.echo(WORDS[lang]["stopped"].format(reason=WORDS[lang]["interrupt"], folder=runs), err=True)
        raise typer.Exit(INTERRUPTED) from None
    except (StoreError, LostWorkerError) as error:
        typer.echo(WORDS[lang]["stopped"].format(reason=error.say(lang.code), folder=runs), err=True)
        raise typer.Exit(1) from None
    outcomes = sweep_outcomes(runs, wanted, targets)
    found = Sensitivity(method, outcomes, plan.design.all(), base, plan.record.seed)  # type: ignore[arg-type]
    about: dict[str, Any] = {
        "command": command_line(),
        "seed": plan.record.seed,
        "method": method,
        "reference": base,
        "runs_in": str(runs),
    }
    about |= {"scenarios": list(outcomes.scenarios), "focus": plan.asked}
    with FolderWriter(folder, "sensitivity", about, force) as writer:
        writer.frame("sensitivity.csv", found.table)
        writer.about["sentence"] = found.statements(wanted[0])
        writer.finish(drawing(lang) if figures else None)
    if not quiet:
        _show_sensitivity(found, wanted[0], lang.code)
        typer.echo(found.sentence(lang.code, wanted[0]))
    _finish(folder, done.failed, quiet)


def attribute(
    scenario: Scenario,
    against: Against,
    reps: Reps = 5,
    by: By = "group",
    pairs: Pairs = 2,
    seed: Seed = 1,
    firms: Firms = None,
    end: End = None,
    set_: Sets = None,
    focus: Focus = None,
    indicator: Asked = None,
    at: At = None,
    engine: Engine = "local",
    scheduler: Scheduler = None,
    workers: Workers = 1,
    out: GapOut = None,
    force: Force = False,
    figures: Figures = True,
    quiet: Quiet = False,
    lang: Language = LANGUAGE,
) -> None:
    """Say how much of the gap between two scenarios each group of levers, lever or mechanism brings."""
    from ftz_sim.analysis.attribute import attribute as run_attribution
    from ftz_sim.runs.setup import scenario as checked

    specs = [checked(name, set_ or (), firms, end) for name in (scenario, against)]
    folder = out or Path("results") / f"{specs[0].name}_against_{specs[1].name}"
    look(folder, "attribute", force, lang)
    found = run_attribution(
        specs[0], specs[1], reps, seed, None, workers, by=by, pairs=pairs, out=folder, force=force,  # type: ignore[arg-type]
        focus=focus or (), indicators=indicator or (), at=at or (), engine=engine, scheduler=scheduler,  # type: ignore[arg-type]  # checked by Place.check
        draw=drawing(lang) if figures else None, progress=not quiet, command=command_line(),
    )  # fmt: skip
    if not quiet:
        _show_attribution(found, lang.code)
        typer.echo(found.sentence(lang.code))
    for each in found.failed:
        typer.echo(f"{each.run_id}: {each.error}", err=True)
    _finish(folder, len(found.failed), quiet)


def robustness(
    folder: Path = FOLDER,
    reference: str | None = REFERENCE,
    satisfy: list[str] | None = SATISFY,
    out: WinsOut = None,
    force: Force = False,
    figures: Figures = True,
    quiet: Quiet = False,
    lang: Language = LANGUAGE,
) -> None:
    """Say from a sweep which strategy wins how often, who regrets what, and where the boundary lies."""
    from ftz_sim.analysis import satisficing
    from ftz_sim.analysis.robustness import INDICATORS, Robustness
    from ftz_sim.analysis.signs import by_group, summary
    from ftz_sim.analysis.signs import table as lever_signs
    from ftz_sim.analysis.sweep_outcomes import sweep_outcomes
    from ftz_sim.results import FolderWriter
    from ftz_sim.results.reading import intact
    from ftz_sim.runs.setup import reference_of

    target = out or beside(folder, "_robustness")
    look(target, "robustness", force, lang)
    thresholds = [satisficing.read(text) for text in satisfy or ()]
    wanted = dict.fromkeys([*INDICATORS, *(each.indicator for each in thresholds)])
    with intact(folder):
        outcomes = sweep_outcomes(folder, tuple(wanted))
    base = reference_of(outcomes.scenarios, reference)
    found = Robustness.of_sweep(outcomes, base)
    satisfied = satisficing.satisficing(outcomes, base, thresholds) if thresholds else None
    about = {
        "command": command_line(),
        "reference": base,
        "runs_in": str(folder),
        "scenarios": list(outcomes.scenarios),
    }
    with FolderWriter(target, "robustness", about, force) as writer:
        for name, table in found.tables().items():
            writer.frame(name, table)
        writer.frame("gaps.csv", found.differences)
        if satisfied is not None:
            writer.frame("satisficing.csv", satisfied)
        writer.frame("lever_signs.csv", lever_signs())
        writer.about["sentence"] = found.statements()
        writer.about["assumed_signs"] = {each: by_group(each) for each in ("en", "zh")}
        writer.finish(drawing(lang) if figures else None)
    if not quiet:
        if found.n < outcomes.values.shape[1]:
            typer.echo(show.WORDS[lang.value]["incomplete"].format(n=found.n, all=outcomes.values.shape[1]))
        _show_wins(found, satisfied, lang)
        typer.echo(show.signs(lang.value))
        typer.echo(summary(lang.value))
        typer.echo(show.WORDS[lang.value]["each_lever"].format(file=target / "lever_signs.csv"))
    _finish(target, 0, quiet)


def _show_sensitivity(found: Sensitivity, indicator: str, lang: Lang) -> None:
    from ftz_sim.analysis.attribution import what

    for variable, rows in found.asked(indicator):
        if found.outcomes.targets:
            typer.echo(what(variable, rows, lang))
        hidden = ("level", "place", "indicator", "at", "reference", "sigma", "floor", "noise", "blocks")
        columns = [name for name in rows.columns if name not in hidden]
        shown = rows.groupby("scenario", sort=False).head(SHOWN)[columns].copy()
        shown["converged"] = [say("cell.yes" if each else "cell.no", lang) for each in shown["converged"]]
        print_table(heads(columns, lang), [[_cell(value) for value in row] for row in shown.to_numpy()])


def _show_wins(found: Robustness, satisfied: pd.DataFrame | None, lang: Language) -> None:
    from ftz_sim.analysis.satisficing import TOGETHER
    from ftz_sim.results.statements import tell

    words, rows = show.WORDS[lang.value], found.table.query("indicator == 'gdp'").to_dict(orient="records")
    titles = [words[name] for name in ("scenario", "best", "mean_regret", "max_regret", "no_worse")]
    values = ("p_best", "mean_regret", "max_regret", "satisfied")
    print_table(titles, [[row["scenario"], *(_cell(row[name]) for name in values)] for row in rows])
    for each in found.statements():
        typer.echo(tell(each, lang.code))
    if satisfied is not None:
        shares = satisfied.pivot(index="threshold", columns="scenario", values="satisfied")[found.scenarios]
        order = list(dict.fromkeys(satisfied["threshold"]))
        print_table(
            [words["threshold"], *found.scenarios],
            [[words["together"] if text == TOGETHER else text, *map(_cell, shares.loc[text])] for text in order],
        )


def _show_attribution(found: Attribution, lang: Lang) -> None:
    from ftz_sim.analysis.attribution import what
    from ftz_sim.indicators.shown import shown_difference
    from ftz_sim.scenario.groups import label

    columns = ["part", "one_in", "one_out", "shapley", "share"]
    for variable, rows in found.asked():
        if found.targets and len(rows):
            typer.echo(what(variable, rows, lang))
        unit, cells = shown_difference(variable, lang), []
        for row in rows.to_dict("records"):
            own = unit.estimate(row["shapley"], row["shapley_low"], row["shapley_high"])
            cells.append([label(row["part"], lang), unit.signed(row["one_in"]), unit.signed(row["one_out"]),
                          f"{own.value} {own.interval}".rstrip(), number(row["share"])])  # fmt: skip
        part, *values, share = heads(columns, lang)
        print_table([part, *(f"{head}, {unit.unit}" for head in values), share], cells)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return number(value)
    return str(value)


def _finish(folder: Path, failed: int, quiet: bool) -> None:
    typer.echo(str(folder) if quiet else f"→ {folder}")
    if failed:
        raise typer.Exit(1)
