"""Where a command writes: looked at before anything runs, and said whose place the results will take."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ftz_sim.cli import show

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ftz_sim.cli.output import Language

Force = Annotated[
    bool, typer.Option("--force", help="keep a folder that holds other files as NAME.kept-1 instead of refusing it")
]
Over = Annotated[bool, typer.Option("--force", help="write over files that are there")]

SHOWN = 5  # of files that would be written over


def look(folder: Path, kind: str, force: bool, lang: Language) -> None:
    """Make sure that results of a kind may be written to ``folder``, and say if earlier ones will be replaced.

    Raises:
        InputError: if they may not; nothing was run or written.
    """
    from ftz_sim.results import check_folder

    if earlier := check_folder(folder, kind, force):
        typer.echo(show.WORDS[lang]["replaces"].format(folder=folder, started=earlier.get("started")), err=True)


def beside(folder: Path, ending: str) -> Path:
    """Return the folder's name with an ending, beside it, also where it is called ``.`` or ``..``."""
    named = folder if folder.name not in ("", "..") else Path(os.path.abspath(folder))
    return named.parent / f"{named.name}{ending}"


def refuse_over(files: Iterable[Path], force: bool) -> None:
    """Make sure that files can be written, and that none is written over unless it was asked for.

    Raises:
        InputError: naming those that are there, or one that cannot be written; nothing was run or written.
    """
    from ftz_sim.errors import InputError, listed
    from ftz_sim.results.place import check_file
    from ftz_sim.scenario.yaml_reader import is_there

    files = list(files)
    for path in files:
        check_file(path)
    if not force and (there := [str(path) for path in files if is_there(path)]):
        raise InputError("write_over", found=listed(there, SHOWN))
