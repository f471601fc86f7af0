"""Help in the reader's language: the texts beside commands and options are English, and said in Chinese when asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def in_chinese(context: Any) -> Iterator[None]:
    """Say the help of a group and of all its commands in Chinese for as long as it lasts."""
    from typer import rich_utils

    from ftz_sim.text.help import TITLES

    translate(context.command, context)
    english = {name: getattr(rich_utils, name) for name in (*TITLES, "highlighter")}
    vars(rich_utils).update(TITLES, highlighter=lambda text: _folded(english["highlighter"](_used(text))))
    try:
        yield
    finally:
        vars(rich_utils).update(english)


def _used(text: Any) -> Any:
    return f"用法：{text.removeprefix('Usage: ')}" if isinstance(text, str) and text.startswith("Usage: ") else text


def _folded(text: Any) -> Any:
    text.overflow = "fold"  # a Chinese sentence is one word to Rich, and would be cut
    return text


def translate(command: Any, context: Any) -> None:
    """Put Chinese in place of the texts of a command, its options and its commands."""
    from ftz_sim.text.help import chinese

    command.help = command.help and chinese(command.help)
    for parameter in (*command.params, command.get_help_option(context)):
        if text := getattr(parameter, "help", None):
            parameter.help = chinese(text)
        if isinstance(default := getattr(parameter, "show_default", None), str):
            parameter.show_default = chinese(default)
    for each in getattr(command, "commands", {}).values():
        translate(each, context)
