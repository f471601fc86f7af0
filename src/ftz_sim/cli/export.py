"""``ftz export``: tables for people, in both languages, as CSV files or as one workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ftz_sim.cli import show
from ftz_sim.cli.output import LANGUAGE, Language, command_line
from ftz_sim.cli.place import Force, beside, look, refuse_over

FOLDER = typer.Argument(metavar="DIR", help="An experiment folder.")
Workbook = Annotated[bool, typer.Option("--xlsx", help="one Excel workbook instead of CSV files (needs openpyxl)")]
Target = Annotated[Path | None, typer.Option(help="folder or workbook to write (default: DIR_tables, or DIR.xlsx)")]


def export(
    folder: Path = FOLDER,
    xlsx: Workbook = False,
    out: Target = None,
    force: Force = False,
    lang: Language = LANGUAGE,
) -> None:
    """Write the tables of an experiment for people: heads in both languages, names and units, ready for Excel."""
    from ftz_sim.report.export import write_csv, write_workbook
    from ftz_sim.results.reading import intact

    with intact(folder):
        if xlsx:
            target = out or beside(folder, ".xlsx")
            refuse_over([target], force)
            write_workbook(folder, target)
        else:
            target = out or beside(folder, "_tables")
            look(target, "export", force, lang)
            write_csv(folder, target, force, command_line())
    typer.echo(show.WORDS[lang]["wrote"].format(folder=target))
