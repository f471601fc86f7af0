"""Reference of the command line and of the Python names, read from the code whenever the site is built."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

import ftz_sim
from ftz_sim.cli import app
from ftz_sim.text.help import chinese

WORDS = {
    "en": ("The command line", "`ftz COMMAND --help` prints what stands here.", "option", "meaning", "default"),
    "zh": ("命令行", "本页内容与 `ftz --lang zh COMMAND --help` 打印的相同。", "选项", "含义", "默认值"),
}


def cli(lang: str) -> str:
    """Return the page of all commands and options."""
    title, told, *heads = WORDS[lang]
    pages = [f"# {title}\n", f"{told}\n"]
    for name, command in _commands(get_command(app)):
        pages += [f"## {name}\n", f"{_said(command.help or '', lang)}\n", f"```text\n{_usage(name, command)}\n```\n"]
        rows = [_option(each, lang) for each in command.params if each.name not in ("help", "lang")]
        pages += [_row(*heads), "|---" * len(heads) + "|", *rows, ""] if rows else []
    return "\n".join(pages)


def _commands(group: Any, path: str = "ftz") -> Iterator[tuple[str, Any]]:
    for name, command in sorted(group.commands.items()):
        if getattr(command, "commands", None):
            yield from _commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def _usage(name: str, command: Any) -> str:
    return " ".join([name, *command.collect_usage_pieces(command.context_class(command))])


def _option(option: Any, lang: str) -> str:
    name = " ".join(f"`{each}`" for each in (*option.opts, *option.secondary_opts))
    shown = option.show_default if isinstance(option.show_default, str) else option.default
    default = "" if shown in (None, False, ()) or callable(shown) else f"`{shown}`"
    return _row(name, _said(getattr(option, "help", None) or "", lang), default)


def _said(text: str, lang: str) -> str:
    return chinese(text) if lang == "zh" else text


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def api() -> str:
    """Return the page of what ``import ftz_sim`` gives, and of what its functions return."""
    pages = ["# The Python names\n", "`import ftz_sim as ftz` gives these names and no others.\n"]
    for name in sorted(ftz_sim.__all__, key=str.lower):
        pages += _told(f"ftz.{name}", getattr(ftz_sim, name))
    pages += ["## What functions return\n"]
    for thing in _returned():
        pages += _told(thing.__name__, thing, "###")
    return "\n".join(pages)


def _returned() -> list[type]:
    from ftz_sim.analysis.attribution import Attribution
    from ftz_sim.analysis.comparison import Comparison
    from ftz_sim.results import Run
    from ftz_sim.runs.sweep_tables import SweepTables

    return [Run, Comparison, Attribution, SweepTables]


def _told(name: str, thing: Any, level: str = "##") -> list[str]:
    parts = [f"{level} {name}\n", _code(_signature(name, thing), "python"), _code(inspect.getdoc(thing) or "")]
    if inspect.isclass(thing):
        own = [(key, value) for key, value in vars(thing).items() if key[0] != "_" and inspect.getdoc(value)]
        lines = [f"{key}: {(inspect.getdoc(value) or '').splitlines()[0]}" for key, value in own if _is_told(value)]
        parts += [_code("\n".join(lines))] if lines else []
    return parts


def _signature(name: str, thing: Any) -> str:
    lines = []
    for each in inspect.signature(thing).parameters.values():
        if not isinstance(each.annotation, str):  # fields of a file, which the page of scenarios explains
            return f"{name}(...)"
        if each.kind is each.KEYWORD_ONLY and "    *," not in lines:
            lines.append("    *,")
        default = "" if each.default is each.empty else f" = {'...' if callable(each.default) else repr(each.default)}"
        lines.append(f"    {each.name}: {each.annotation}{default},")
    return "\n".join([f"{name}(", *lines, ")"])


def _is_told(value: Any) -> bool:
    return inspect.isfunction(value) or isinstance(value, (property, classmethod)) or hasattr(value, "attrname")


def _code(text: str, language: str = "text") -> str:
    return f"```{language}\n{text}\n```\n"
