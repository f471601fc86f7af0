"""The command line: parse, call one function, print. Nothing heavy is imported before a command runs."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from ftz_sim import __version__
from ftz_sim.cli import analyse, cards, lab, report, runs, scenario, story, sweep, trace, validate
from ftz_sim.errors import InputError

BAD_INPUT = 2


class Commands(TyperGroup):
    """Commands whose bad input ends in one message and status 2, without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; turn InputError into a message on standard error."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            typer.echo(f"Error: {error}", err=True)
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
app.command()(runs.run)
app.command()(runs.compare)
app.command()(sweep.sweep)
app.command()(sweep.replay)
app.command()(sweep.verify)
app.command()(analyse.sensitivity)
app.command()(analyse.attribute)
app.command()(analyse.robustness)
app.command()(report.report)
app.command()(lab.lab)
app.command()(story.story)
app.command()(validate.validate)
app.command()(cards.params)
app.command()(cards.order)
app.command()(trace.trace)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ftz_sim {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    pass


def main() -> None:
    """Run the command line: status 0 done, 1 some runs failed, 2 bad input and nothing written."""
    app()
