"""``ftz report``: one page that answers first, works without a network and prints."""

from __future__ import annotations

from pathlib import Path

import typer

from ftz_sim.cli.output import LANGUAGE, Language

FOLDER = typer.Argument(metavar="DIR", help="An experiment folder.")


def report(folder: Path = FOLDER, lang: Language = LANGUAGE) -> None:
    """Write DIR/report.html from the tables of an experiment, drawing the figures that are missing."""
    from ftz_sim.report.page import write_report
    from ftz_sim.results.reading import intact

    with intact(folder):
        typer.echo(str(write_report(folder, lang.code)))
