"""``ftz dev new``: the stubs of a mechanism, a lever or an indicator, written into a checkout."""

from __future__ import annotations

import keyword
import re
from difflib import get_close_matches
from pathlib import Path

import typer

from ftz_sim.cli.output import LANGUAGE, Language
from ftz_sim.errors import InputError, Sentence, listed, nearest, reason

app = typer.Typer(no_args_is_help=True, help="For who extends the model: needs a checkout of the sources.")
CHECKOUT = Path(__file__).parents[3]

REST = {
    "en": "by hand: {places}; then `make docs`. A test fails for every {todo} that is left.",
    "zh": "另须手工修改：{places}；然后运行make docs。凡留有{todo}之处，测试均不通过。",
}

KIND = typer.Argument(metavar="KIND", help="mechanism, lever or indicator")
NAME = typer.Argument(metavar="NAME", help="name of what is new: small letters, digits and _")


@app.callback()
def _group() -> None:
    pass


@app.command()
def new(kind: str = KIND, name: str = NAME, lang: Language = LANGUAGE) -> None:
    """Write the stubs of a mechanism, a lever or an indicator; tests name what is left to fill in."""
    from ftz_sim.cli.stubs import BY_HAND, LINES, MARK

    if not (CHECKOUT / "pyproject.toml").is_file() or not (CHECKOUT / "tests").is_dir():
        raise InputError("no_checkout", folder=CHECKOUT)
    if kind not in LINES:
        raise InputError("stub_kind", found=kind, allowed=list(LINES), nearest=nearest(kind, LINES))
    _free(name)
    written = stubs(kind, name, CHECKOUT)
    for path, text in written.items():
        try:
            (CHECKOUT / path).write_text(text, encoding="utf-8")
        except OSError as error:
            raise InputError("unwritable", path=path, reason=reason(error)) from None
        for number, line in enumerate(text.splitlines(), 1):
            if MARK in line or name in line:
                typer.echo(f"{path}:{number}: {line.strip()}")
    typer.echo(REST[lang.code].format(places=", ".join(BY_HAND[kind]), todo=MARK))


def stubs(kind: str, name: str, home: Path) -> dict[str, str]:
    """Return what the files of a new thing are to hold, by their path in the checkout; nothing is written yet.

    Raises:
        InputError: if a new file is there already, or a place for new lines is not found.
    """
    from ftz_sim.cli.stubs import FILES, IMPORTS, LINES, MARK

    words = name.replace("_", " ")
    filled = {
        "name": name,
        "words": words,
        "title": words.capitalize(),
        "record": name.title().replace("_", ""),
        "todo": MARK,
    }
    found: dict[str, str] = {}
    for path, text in FILES[kind].items():
        path = path.format(**filled)
        if (home / path).exists():
            raise InputError("stub_exists", path=path)
        found[path] = text.format(**filled)
    for lines in LINES[kind]:
        text = found.get(lines.path) or (home / lines.path).read_text(encoding="utf-8")
        new = lines.text.format(**filled)
        place = re.search(lines.before, text, re.MULTILINE) if lines.before != IMPORTS else _sorted(text, new)
        if place is None:
            raise InputError("stub_place", path=lines.path, line=lines.before)
        found[lines.path] = text[: place.start()] + new + text[place.start() :]
    return found


def _sorted(text: str, new: str) -> re.Match[str] | None:
    """Return where the name of a module belongs among those that are imported, one a line."""
    names = re.finditer(r"^(    \w+,|\))\n", text, re.MULTILINE)
    return next((line for line in names if line[1] == ")" or line[1] > new), None)


def _free(name: str) -> None:
    from ftz_sim.indicators.variables import NATIONAL
    from ftz_sim.model.levers import CATALOGUE
    from ftz_sim.model.schedule import SCHEDULE

    if not re.fullmatch("[a-z][a-z0-9_]{2,39}", name) or keyword.iskeyword(name):
        raise InputError("stub_name", found=name)
    taken = {
        **dict.fromkeys(NATIONAL, "stub_indicator"),
        **dict.fromkeys(SCHEDULE, "stub_mechanism"),
        **dict.fromkeys(CATALOGUE, "stub_lever"),
    }
    if name in taken:
        others = listed(get_close_matches(name, taken.keys() - {name}, cutoff=0.0))
        raise InputError("stub_taken", found=name, what=Sentence(taken[name]), others=others)
