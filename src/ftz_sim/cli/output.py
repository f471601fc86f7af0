"""What commands share: the reader's language and a plain table."""

from __future__ import annotations

import codecs
import json
import os
import re
import shlex
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

import typer

from ftz_sim.errors import translated
from ftz_sim.text.errors import USAGE_ZH
from ftz_sim.text.words import WORDS, Lang, say


class Language(StrEnum):
    """Languages of words shown to users."""

    en = "en"
    zh = "zh"

    @property
    def code(self) -> Lang:
        """The language as `ftz_sim.text.words` calls it."""
        return "zh" if self is Language.zh else "en"


def system_language() -> Language:
    """Return Chinese where the system speaks it (LC_ALL, LC_MESSAGES or LANG is zh...), else English."""
    spoken = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return Language.zh if spoken.startswith("zh") else Language.en


def language_of(arguments: Sequence[str]) -> Lang:
    """Return the language of a command line: that of ``--lang`` wherever it stands, or else the system's."""
    said = re.findall(r"(?:^|\0)--lang(?:=|\0)(en|zh)(?=\0|$)", "\0".join(arguments))
    return Language(said[-1]).code if said else system_language().code


# what a terminal may lack, and what says the same there; boxes are drawn with + - |
PLAIN = {
    **dict.fromkeys("−–—─━┄┈╌╶╴╺╸", "-"), **dict.fromkeys("│┃┆┊", "|"), **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛┡╇┩╞╪╡╭╮╰╯", "+"), **dict.fromkeys("‘’", "'"), **dict.fromkeys("•·●■", "*"),
    "±": "+-", "→": "->", "←": "<-", "↑": "^", "↓": "v", "≥": ">=", "≤": "<=", "×": "x", "…": "...", "†": "+",
    "★": "*", "☆": ".", "⚠": "!", "\ufe0f": "",
}  # fmt: skip


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(PLAIN.get(character, "?") for character in lacking), error.end


codecs.register_error("plain", _plain)


def command_line() -> str:
    """Return the command that was given, as a manifest keeps it."""
    return shlex.join(["ftz", *sys.argv[1:]])


def usage_in_chinese(error: Any) -> str:
    """Return in Chinese what is wrong with a command line; nothing for the help that stands in for an error."""
    return translated(str(error.format_message()).strip(), USAGE_ZH).zh


LANGUAGE = typer.Option(
    system_language(), "--lang", show_default="the system's", help="Language of the words: en or zh."
)
JSON = typer.Option(False, "--json", help="Print JSON, for scripts.")


def complain(errors: str, lang: Lang) -> None:
    """Print errors on standard error, each line as one of its own."""
    for line in errors.splitlines():
        typer.echo(say("error.error", lang, what=line), err=True)


def print_json(data: Any) -> None:
    """Print ``data`` as JSON; bytes of a name that are no UTF-8 stay as the escapes that JSON has for them."""
    text = json.dumps(data, indent=2, ensure_ascii=False, default=str)
    typer.echo(text.encode(errors="backslashreplace").decode())


def heads(columns: Iterable[str], lang: Lang) -> list[str]:
    """Return what the columns of a table are called; one without words keeps its name."""
    return [say(f"column.{name}", lang) if f"column.{name}" in WORDS else name for name in columns]


def print_table(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table as wide as the terminal; a pipe gets whole lines with tabs between the columns."""
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    console = Console()
    if not console.is_terminal:
        for row in [titles, *rows]:
            typer.echo("\t".join(str(cell) for cell in row))
        return
    table = Table(
        *(Column(Text(head), overflow="fold") for head in titles), box=None, header_style="bold", pad_edge=False
    )
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    console.print(table)
