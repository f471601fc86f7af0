"""``ftz run`` and ``ftz compare``: check everything, run, write a folder, say what was found and where it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ftz_sim.cli import show
from ftz_sim.cli.drawing import drawing
from ftz_sim.cli.output import LANGUAGE, Language, command_line, print_json
from ftz_sim.cli.place import Force, look
from ftz_sim.text.shell import quoted
from ftz_sim.text.words import say

if TYPE_CHECKING:
    from ftz_sim.scenario.scenario import Scenario as Spec


DRAWS = 100  # of parameters; `analysis.drawn` has the rest, and is slow to import
Scenario = Annotated[str, typer.Argument(help="name of a shipped scenario, or a YAML file")]
Scenarios = Annotated[list[str], typer.Argument(help="two or more scenarios: names or YAML files")]
Seed = Annotated[int, typer.Option(help="seed of the experiment")]
Reps = Annotated[int, typer.Option(help="replicates (seeds) of every scenario")]
Firms = Annotated[int | None, typer.Option(help="slots for firms (2,000 to 1,000,000)")]
End = Annotated[str | None, typer.Option(help="last quarter, such as 2030Q4")]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", help="a.b=c: set a key of the scenario, such as carbon.trend=.03; repeatable"),
]
Workers = Annotated[int, typer.Option(help="processes; the results are the same for any number")]
Out = Annotated[Path | None, typer.Option(help="folder to write (default: results/NAME)")]
Reference = Annotated[str | None, typer.Option(help="scenario to compare with (default: single_ftz or the first)")]
Bootstrap = Annotated[bool, typer.Option("--bootstrap", help="bootstrap intervals instead of t-intervals")]
Target = Annotated[float | None, typer.Option("--precision", help="add replicates until half-widths are below it")]
Named = Annotated[
    list[str] | None,
    typer.Option("--indicator", help="indicators asked about (with --precision: to be precise); a,b or repeated"),
]
Focus = Annotated[list[str] | None, typer.Option("--focus", help="province asked about, and its zone: HB or Hubei")]
Asked = Annotated[list[str] | None, typer.Option("--indicator", help="indicators asked about; a,b or repeated")]
At = Annotated[list[str] | None, typer.Option("--at", help="years asked about, such as 2030 (default: the last)")]
Most = Annotated[int, typer.Option("--most", help="most replicates with --precision; --reps are the first")]
Draws = Annotated[int, typer.Option(help="draws of parameters from their ranges, beside the seeds; 0: seeds only")]
FromRanges = Annotated[
    str, typer.Option("--ranges", help="ranges of draws: calibrated (narrowed where published figures do) or cards")
]
EqualCost = Annotated[bool, typer.Option("--equal-cost", help="scale strategies until they cost as much")]
Figures = Annotated[bool, typer.Option("--figures/--no-figures", help="draw figures and write report.html")]
Quiet = Annotated[bool, typer.Option("--quiet", help="no progress bar, no tables: only where it was written")]
Json = Annotated[bool, typer.Option("--json", help="print one JSON object instead of tables")]


def run(
    scenario: Scenario,
    seed: Seed = 1,
    reps: Reps = 1,
    firms: Firms = None,
    end: End = None,
    set_: Sets = None,
    workers: Workers = 1,
    out: Out = None,
    force: Force = False,
    figures: Figures = True,
    quiet: Quiet = False,
    json_: Json = False,
    lang: Language = LANGUAGE,
) -> None:
    """Run one scenario and write its tables and figures."""
    from ftz_sim.analysis import replicates
    from ftz_sim.runs.setup import scenario as checked

    spec = checked(scenario, set_ or (), firms, end)
    folder = out or Path("results") / spec.name
    look(folder, "run", force, lang)
    _warn([spec], [scenario], set_, end, lang, quiet or json_)
    runs = replicates(
        spec, reps, seed, workers,
        out=folder, force=force,
        draw=drawing(lang) if figures else None, progress=not (quiet or json_), command=command_line(),
    )  # fmt: skip
    failed = [each for each in runs if not hasattr(each, "tables")]
    if json_:
        print_json(show.run_summary(folder))
    elif not quiet and len(failed) < reps:
        show.levels(folder, spec.name, lang.code)
    _finish(folder, failed, quiet, json_, lang)


def compare(
    scenarios: Scenarios,
    reference: Reference = None,
    reps: Reps = 20,
    seed: Seed = 1,
    firms: Firms = None,
    end: End = None,
    set_: Sets = None,
    workers: Workers = 1,
    bootstrap: Bootstrap = False,
    precision: Target = None,
    indicator: Named = None,
    most: Most = 200,
    draws: Draws = DRAWS,
    ranges: FromRanges = "calibrated",
    focus: Focus = None,
    at: At = None,
    equal_cost: EqualCost = False,
    out: Out = None,
    force: Force = False,
    figures: Figures = True,
    quiet: Quiet = False,
    json_: Json = False,
    lang: Language = LANGUAGE,
) -> None:
    """Run scenarios with common random numbers and compare each with a reference."""
    from ftz_sim import analysis
    from ftz_sim.analysis.equal_cost import sentence as cost_sentence
    from ftz_sim.analysis.focus import as_texts
    from ftz_sim.analysis.precision import INDICATORS, Precision
    from ftz_sim.runs.setup import scenario as checked

    specs = [checked(name, set_ or (), firms, end) for name in scenarios]
    folder = out or Path("results") / ("_vs_".join(spec.name for spec in specs)[:80])
    look(folder, "compare", force, lang)
    _warn(specs, scenarios, set_, end, lang, quiet or json_)
    precise = indicator if indicator and not (focus or at) else INDICATORS
    asked = None if precision is None else Precision(precision, tuple(as_texts(precise)), most)
    about = () if precise is indicator and asked else indicator or ()
    result = analysis.compare(
        specs, reference, reps, seed, None, workers, interval="bootstrap" if bootstrap else "t", equal_cost=equal_cost,
        precision=asked, draws=draws, ranges=ranges, focus=focus or (), indicators=about, at=at or (),
        out=folder, force=force,
        draw=drawing(lang) if figures else None, progress=not (quiet or json_), command=command_line(),
    )  # fmt: skip
    if json_:
        print_json(show.comparison_summary(result, folder))
    elif not quiet:
        show.comparison(result, lang.code)
        for note in result.notes(lang.code):
            typer.echo(note)
        for each in result.equal_cost:
            typer.echo(cost_sentence(each, lang.code))
        if result.focus and result.focus.targets[-1].level != "national":
            show.next_commands(result, folder, lang.code)
    failed = [*result.failed, *(result.drawn.failed if result.drawn else ())]
    _finish(folder, failed, quiet, json_, lang)


def _warn(specs: Sequence[Spec], names: Sequence[str], set_: Sets, end: End, lang: Language, silent: bool) -> None:
    """Say in a line what kind of thing leaves the evidence or never acts, and by which command each is told."""
    from ftz_sim.scenario.sentences import counted

    given = [*names, *(word for each in set_ or () for word in ("--set", each)), *(["--end", end] if end else [])]
    command = quoted(["ftz", "scenario", "check", *given, "--all"])
    found = [] if silent else list(counted(specs, lang.code))
    for number, what in enumerate(found, 1):
        said = say("warn.rest", lang.code, what=what, command=command) if number == len(found) else what
        typer.echo(show.WORDS[lang]["warning"].format(sentence=said), err=True)


def _finish(folder: Path, failed: list[Any], quiet: bool, json_: bool, lang: str) -> None:
    words = show.WORDS[lang]
    for each in failed:
        typer.echo(words["failed"].format(run_id=each.run_id, error=each.error), err=True)
    if not json_:
        typer.echo(str(folder) if quiet else words["wrote"].format(folder=folder))
        if not quiet and (page := folder / "report.html").exists():
            typer.echo(words["report"].format(page=page))
    if failed:
        raise typer.Exit(1)
