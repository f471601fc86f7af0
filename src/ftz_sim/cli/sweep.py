"""``ftz sweep``: many runs, none lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ftz_sim.cli import show
from ftz_sim.cli.drawing import drawing
from ftz_sim.cli.new import named, write
from ftz_sim.cli.output import JSON, LANGUAGE, Language, command_line, print_json
from ftz_sim.cli.runs import Asked, At, EqualCost, Figures, Focus, Out, Quiet
from ftz_sim.errors import InputError, Sentence

if TYPE_CHECKING:
    from ftz_sim.analysis.sweep_focus import SweepFocus
    from ftz_sim.runs.executors import Kind
    from ftz_sim.runs.sweep import Report, SweepResult
    from ftz_sim.runs.sweep_file import Plan

NEW = "new"
EQUAL = "_equal_cost"  # after the name of a folder
INTERRUPTED = 130  # as the shell has it
File = Annotated[
    str,
    typer.Argument(
        metavar="SWEEP", help="a YAML file, or the name of a shipped sweep; new: write a file to start from"
    ),
]
New = Annotated[str | None, typer.Argument(metavar="NAME", help="name of the new sweep, after new", show_default=False)]
Engine = Annotated[str, typer.Option(help="local (processes on this machine) or dask")]
Scheduler = Annotated[str | None, typer.Option(help="address of a Dask scheduler, such as tcp://10.0.0.1:8786")]
Workers = Annotated[int, typer.Option(help="processes; the results are the same for any number")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="say what would be done and how long it takes; write nothing")]
Retry = Annotated[bool, typer.Option("--retry-failed", help="make runs that failed again")]

WORDS = {
    "en": {
        "plan": "{name}: {points:,} points x {scenarios} scenarios x {reps} replicates = {runs:,} runs; "
        "{factors} uncertainties",
        "estimate": "about {time} with --workers {workers} ({seconds:.2f} s a run), {size} on disk",
        "runs": "runs",
        "failures": "failed: {n}",
        "rate": "{rate:.1f} runs/s",
        "left": "left",
        "set_aside": "torn, set aside and made again: {file}",
        "failed": "{run_id} failed: {error}",
        "more": "... and {n} more; see `status` in {folder}/runs.parquet",
        "wrote": "{made:,} runs made, {there:,} were there; written to {folder}",
        "stopped": "stopped: {reason}. What was finished is kept in {folder}; the same command resumes.",
        "interrupt": "interrupted",
    },
    "zh": {
        "plan": "{name}：{points:,}个样本点×{scenarios}个情景×{reps}次重复＝{runs:,}次运行；{factors}个不确定参数",
        "estimate": "使用{workers}个进程约需{time}（每次运行{seconds:.2f}秒），占用磁盘{size}",
        "runs": "运行",
        "failures": "失败：{n}",
        "rate": "{rate:.1f}次/秒",
        "left": "剩余",
        "set_aside": "文件残缺，已移开并重算：{file}",
        "failed": "{run_id} 失败：{error}",
        "more": "……另有{n}个；见{folder}/runs.parquet的status列",
        "wrote": "新完成{made:,}次运行，原有{there:,}次；已写入 {folder}",
        "stopped": "已停止：{reason}。已完成的部分保存在 {folder}；再次执行同一命令即可续跑。",
        "interrupt": "用户中断",
    },
}


def sweep(
    file: File,
    name: New = None,
    engine: Engine = "local",
    scheduler: Scheduler = None,
    workers: Workers = 1,
    out: Out = None,
    focus: Focus = None,
    indicator: Asked = None,
    at: At = None,
    equal_cost: EqualCost = False,
    dry_run: DryRun = False,
    retry_failed: Retry = False,
    figures: Figures = True,
    quiet: Quiet = False,
    as_json: bool = JSON,
    lang: Language = LANGUAGE,
) -> None:
    """Cross scenarios with uncertainties and replicates; an existing folder is resumed or extended."""
    from ftz_sim.analysis.sweep_focus import asking, sweep_focus
    from ftz_sim.errors import LostWorkerError, StoreError
    from ftz_sim.runs.executors import Place
    from ftz_sim.runs.sweep import sweep as make
    from ftz_sim.runs.sweep_file import read_sweep

    if file == NEW:
        _new(name, out, lang)
        return
    if name is not None:
        raise InputError("sweep_new", found=name, sweep=file)
    words, silent = WORDS[lang], quiet or as_json
    plan = read_sweep(file)
    folder = out or Path("results") / (plan.record.name + EQUAL * equal_cost)
    plan, targets = asking(plan, folder, focus or (), indicator or (), at or ())
    if equal_cost and not dry_run:
        plan = _equal(plan, workers, silent, lang)
    kind: Kind = engine  # type: ignore[assignment]  # checked by Place.check
    place = Place(kind, workers, scheduler)
    if not silent or (dry_run and not as_json):
        typer.echo(_plan(plan, words), err=not dry_run)
        for names in plan.alike:
            same = Sentence("alike", names=names, end=plan.specs[0].horizon.end)
            warner(lang)(same)
    if dry_run:
        _dry_run(plan, place, words, as_json)
        return
    try:
        with bar(silent, words) as report:
            result = make(
                plan, folder, place, retry_failed=retry_failed, report=report, command=command_line(), warn=warner(lang)
            )
    except KeyboardInterrupt:
        typer.echo(words["stopped"].format(reason=words["interrupt"], folder=folder), err=True)
        raise typer.Exit(INTERRUPTED) from None
    except (StoreError, LostWorkerError) as error:
        typer.echo(words["stopped"].format(reason=error.say(lang.code), folder=folder), err=True)
        raise typer.Exit(1) from None
    page = drawing(lang)(result.folder) if figures else None
    asked = sweep_focus(folder) if targets and result.failed < result.runs else None
    if asked and not silent:
        show.asked(asked, lang.code)
    _finish(result, words, quiet, as_json, asked)
    if page is not None and not silent:
        typer.echo(show.WORDS[lang]["report"].format(page=page))


def _equal(plan: Plan, workers: int, silent: bool, lang: Language) -> Plan:
    """Return a sweep whose scenarios cost the same, and say how hard each of them pulls."""
    from ftz_sim.analysis.equal_cost import at_equal_cost, sentence

    equal, found = at_equal_cost(plan, workers)
    if not silent:
        for each in found:
            typer.echo(sentence(each, lang.code))
    return equal


def _new(name: str | None, out: Path | None, lang: Language) -> None:
    from ftz_sim.text.templates import SWEEP

    if name is None:
        raise InputError("sweep_unnamed")
    path = out or Path(f"{named(name)}.yaml")
    text = SWEEP[lang.code].format(name=named(name), path=path.as_posix(), scenarios="single_ftz, cross_zone, ftz_fta")
    write(path, text, force=False)


def _plan(plan: Plan, words: dict[str, str]) -> str:
    return words["plan"].format(
        name=plan.record.name, points=plan.design.rows, scenarios=len(plan.specs), reps=plan.record.replicates,
        runs=plan.runs, factors=len(plan.factors),
    )  # fmt: skip


def _dry_run(plan: Plan, place: Any, words: dict[str, str], as_json: bool) -> None:
    from datetime import timedelta

    from ftz_sim.runs.estimate import estimate

    found = estimate(plan, place)
    if as_json:
        print_json({"runs": plan.runs, "factors": len(plan.factors), "alike": plan.alike, **found._asdict()})
        return
    time, size = timedelta(seconds=round(found.seconds)), f"{found.bytes / 1e6:,.1f} MB"
    workers, a_run = place.workers, found.seconds_a_run
    typer.echo(words["estimate"].format(time=time, workers=workers, seconds=a_run, size=size))


def _finish(result: SweepResult, words: dict[str, str], quiet: bool, as_json: bool, asked: SweepFocus | None) -> None:
    for name in result.set_aside:
        typer.echo(words["set_aside"].format(file=name), err=True)
    for run_id, error in result.errors:
        typer.echo(words["failed"].format(run_id=run_id, error=error), err=True)
    if result.failed > len(result.errors):
        typer.echo(words["more"].format(n=result.failed - len(result.errors), folder=result.folder), err=True)
    there = result.runs - result.made
    if as_json:
        ranges = asked.ranges.astype(object).where(asked.ranges.notna(), None).to_dict("records") if asked else None
        print_json({**vars(result), "folder": str(result.folder), "focus": ranges})
    elif quiet:
        typer.echo(str(result.folder))
    else:
        typer.echo(words["wrote"].format(made=result.made, there=there, folder=result.folder))
    if result.failed:
        raise typer.Exit(1)


def warner(lang: Language) -> Callable[[Sentence], None]:
    """Return what says a warning in the reader's language."""
    return lambda what: typer.echo(Sentence("warning", what=what).say(lang.code), err=True)


@contextmanager
def bar(silent: bool, words: dict[str, str]) -> Iterator[Report | None]:
    """Yield what shows progress: runs, throughput, failures so far and the time left."""
    if silent:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(words["runs"]), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TextColumn("{task.fields[failures]}"), TimeRemainingColumn(), TextColumn(words["left"]),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, rate="", failures="")

        def report(finished: int, failed: int, runs: int) -> None:
            speed = progress.tasks[0].speed
            progress.update(
                task, completed=finished, total=runs, failures=words["failures"].format(n=failed) if failed else "",
                rate=words["rate"].format(rate=speed) if speed else "",
            )  # fmt: skip

        yield report
