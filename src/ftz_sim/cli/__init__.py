"""The command line: parse, call one function, print. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ftz_sim import __version__
from ftz_sim.cli import (
    analyse,
    cards,
    classroom,
    demo,
    design,
    dev,
    exercise,
    export,
    lab,
    levers,
    report,
    runs,
    scenario,
    story,
    strip,
    sweep,
    trace,
    validate,
)
from ftz_sim.cli import replay as again
from ftz_sim.cli.help import in_chinese
from ftz_sim.cli.output import Language, complain, language_of, usage_in_chinese
from ftz_sim.errors import InputError, LostWorkerError, StoreError
from ftz_sim.text.words import Lang

FAILED, BAD_INPUT = 1, 2
UsageError: type[Exception] = typer.BadParameter.__bases__[0]


class Commands(TyperGroup):
    """Commands whose bad input ends in one message in the reader's language and status 2, without a traceback."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Note the reader's language, which holds for errors wherever they come from."""
        ctx.obj = language_of(args)
        with self._speaking(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; turn what is wrong with its input into a message on standard error."""
        with self._speaking(ctx):
            return super().invoke(ctx)

    @contextmanager
    def _speaking(self, ctx: Any) -> Iterator[None]:
        with _said_in(ctx.obj), in_chinese(ctx) if ctx.obj == "zh" else nullcontext():
            yield


@contextmanager
def _said_in(lang: Lang) -> Iterator[None]:
    try:
        yield
    except (InputError, StoreError, LostWorkerError) as error:
        complain(error.say(lang), lang)
        raise typer.Exit(BAD_INPUT if isinstance(error, InputError) else FAILED) from None
    except UsageError as error:
        message = usage_in_chinese(error) if lang == "zh" else ""
        if not message:
            raise
        complain(message, lang)
        raise typer.Exit(BAD_INPUT) from None


app = typer.Typer(
    name="ftz",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Scenarios of China's pilot free trade zones and new quality productive forces, simulated.",
)
app.add_typer(scenario.app, name="scenario")
app.add_typer(exercise.app, name="exercise")
for command in (classroom.kit, classroom.decide, classroom.submit, classroom.grade):
    exercise.app.command()(command)
app.command()(demo.demo)
app.command()(runs.run)
app.command()(runs.compare)
app.command()(sweep.sweep)
app.command()(design.design)
app.command()(again.replay)
app.command()(again.verify)
app.command()(analyse.sensitivity)
app.command()(analyse.attribute)
app.command()(strip.strip)
app.command()(analyse.robustness)
app.command()(report.report)
app.command()(export.export)
app.command()(lab.lab)
app.command()(story.story)
app.command()(validate.validate)
app.command()(cards.params)
app.command()(cards.order)
app.command()(levers.levers)
app.command()(trace.trace)
app.add_typer(dev.app, name="dev")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ftz_sim {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    ctx: typer.Context,
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
    lang: Annotated[Language | None, typer.Option("--lang", help="Language of the words: en or zh.")] = None,
) -> None:
    if lang is not None:  # said before the command; it may be said behind it, too
        ctx.default_map = _for_all(ctx.command, lang)


def _for_all(group: Any, lang: Language) -> dict[str, Any]:
    return {
        name: _for_all(command, lang) if hasattr(command, "commands") else {"lang": lang}
        for name, command in group.commands.items()
    }


def main() -> None:
    """Run the command line: status 0 done, 1 some runs failed, 2 bad input and nothing written."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="plain")  # a terminal may lack some characters; no reason to stop
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a batch system's way of Ctrl-C
    try:
        app()
    finally:
        if executors := sys.modules.get("ftz_sim.runs.executors"):  # else there are no workers
            with suppress(KeyboardInterrupt):  # what it would stop has ended
                executors.dismiss_workers()
