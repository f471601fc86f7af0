"""Files to start from: `ftz scenario new` and `ftz sweep new`."""

from __future__ import annotations

import re
from pathlib import Path

import typer

from ftz_sim.errors import InputError, reason


def named(name: str) -> str:
    """Return ``name`` if a scenario or a sweep may be called so.

    Raises:
        InputError: with what is allowed.
    """
    from ftz_sim.scenario.scenario import NAME

    if not re.fullmatch(NAME, name):
        raise InputError("scenario_name", found=name)
    return name


def write(path: Path, text: str, force: bool) -> None:
    """Write a new file, and print where it is.

    Raises:
        InputError: if it is there and ``force`` is not given, or it cannot be written.
    """
    from ftz_sim.scenario.yaml_reader import is_there

    if is_there(path) and not force:
        raise InputError("exists", path=path)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError("unwritable", path=path, reason=reason(error)) from None
    typer.echo(path.as_posix())
