"""What commands share: the language option and a plain table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

import typer


class Language(StrEnum):
    """Languages of words shown to users."""

    en = "en"
    zh = "zh"


LANGUAGE = typer.Option(Language.en, "--lang", help="Language of the words: en or zh.")
JSON = typer.Option(False, "--json", help="Print JSON, for scripts.")


def print_json(data: Any) -> None:
    """Print ``data`` as JSON."""
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False, default=str))


def print_table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table as wide as the terminal; a pipe gets whole lines with tabs between the columns."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if not console.is_terminal:
        for row in [heads, *rows]:
            typer.echo("\t".join(str(cell) for cell in row))
        return
    table = Table(*heads, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    console.print(table)
