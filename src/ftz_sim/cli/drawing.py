"""What commands do with a finished folder: write its page with all figures. No failure may cost the results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typer

from ftz_sim.cli import show
from ftz_sim.cli.output import Language
from ftz_sim.errors import InputError


def drawing(lang: Language) -> Callable[[Path], Path | None]:
    """Return what writes the page of a folder and draws its figures; it returns the page, or says what failed."""

    def draw(folder: Path) -> Path | None:
        try:
            from ftz_sim.report.page import write_report

            return write_report(folder, lang.code)
        except Exception as error:  # whatever a drawing stumbles over: results of hours are kept
            text = error.say(lang.code) if isinstance(error, InputError) else f"{type(error).__name__}: {error}"
            typer.echo(show.WORDS[lang]["undrawn"].format(error=text), err=True)
            return None

    return draw
