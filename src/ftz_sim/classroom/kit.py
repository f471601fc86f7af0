"""The kit: pages of `classroom/` in one language, as Markdown and as HTML that prints, and empty decision sheets."""

from __future__ import annotations

from collections.abc import Iterator

from ftz_sim.classroom.game import Game, Role, classroom_folder, level_now, read_game
from ftz_sim.classroom.sheets import blank
from ftz_sim.indicators.variables import VARIABLES
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.text.words import Lang, say

# page: where it goes; teachers keep their folder to themselves
PAGES = {
    "start": "", "lesson": "teacher/", "slides": "teacher/", "guide": "teacher/", "key": "teacher/",
    "worksheets": "students/",
}  # fmt: skip
ROLES = "students/roles"
GROUPS = "<!-- groups -->"  # where the list of groups stands on a page
HTML = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body class="{page}">
{body}</body>
</html>
"""


def kit(lang: Lang) -> dict[str, str]:
    """Return the files of the kit by name: pages as ``.md`` and ``.html``, sheets as ``.yaml``."""
    game = read_game()
    files = {}
    for name, text in _pages(game, lang):
        files[f"{name}.md"] = text
        files[f"{name}.html"] = html(name.rpartition("/")[2], text, lang)
    for role in game.roles:
        now = {lever: level_now(role, lever) for lever in game.levers(role)}
        for number, _ in enumerate(game.rounds, 1):
            files[f"decisions/round{number}/{role.key}.yaml"] = blank(game, role, number, now, lang)
    return files


def html(page: str, text: str, lang: Lang) -> str:
    """Return a page of Markdown as one file of HTML that needs no other; every ``#`` begins a printed page."""
    from markdown_it import MarkdownIt

    style = (classroom_folder() / "print.css").read_text(encoding="utf-8")
    body = MarkdownIt("commonmark").enable("table").render(text)
    title = text.partition("\n")[0].lstrip("# ")
    return HTML.format(lang=lang, title=title, style=style, page=page, body=body)


def _pages(game: Game, lang: Lang) -> Iterator[tuple[str, str]]:
    for page, folder in PAGES.items():
        text = (classroom_folder() / lang / f"{page}.md").read_text(encoding="utf-8")
        yield f"{folder}{page}", text.replace(GROUPS, _groups(game, lang))
    yield ROLES, "\n".join(_role(game, role, lang) for role in game.roles)


def _groups(game: Game, lang: Lang) -> str:
    """Return the list of groups as a table."""
    rows = [[f"`{role.key}`", getattr(role.name, lang) + (say("kit.optional", lang) if role.optional else ""),
             getattr(role.wants, lang)] for role in game.roles]  # fmt: skip
    return _table([say(f"kit.{head}", lang) for head in ("key", "group", "aims")], rows)


def _role(game: Game, role: Role, lang: Lang) -> str:
    """Return the briefing sheet of one group."""
    command = ["ftz", "compare", "plan1.yaml", "history", "--reference", "history"]
    command += ["--focus", role.place] if role.place else []
    command += ["--indicator", ",".join(role.indicators), "--draws", "0", "--reps", "5", "--firms", "2000"]
    command += ["--out", f"results/{role.key}1", "--lang", lang]
    rows = []
    for name in game.levers(role):
        others = game.others(role, name, lang) or "–"
        rows.append([f"`{name}`", getattr(CATALOGUE[name], lang), level_now(role, name), others])
    read = say("plan.and", lang).join(f"{_indicator(name, lang)} (`{name}`)" for name in role.indicators)
    heads = [say(f"kit.{head}", lang) for head in ("tool", "meaning", "now", "agree")]
    parts = [
        f"# {getattr(role.name, lang)}",
        getattr(role.brief, lang),
        f"**{say('kit.wants', lang)}** {getattr(role.wants, lang)}",
        f"**{say('kit.read', lang)}** {read}",
        f"> **{say('kit.private', lang)}** {getattr(role.private, lang)}",
        f"## {say('kit.tools', lang, most=game.most)}",
        _table(heads, rows),
        say("kit.sheet", lang, file=f"decisions/round1/{role.key}.yaml"),
        f"## {say('kit.see', lang)}",
        f"```\n{' '.join(command)}\n```\n",
    ]
    return "\n\n".join(parts)


def _indicator(name: str, lang: Lang) -> str:
    return next(variables[name].label(lang) for variables in VARIABLES.values() if name in variables)


def _table(heads: list[str], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [heads, ["---"] * len(heads), *rows])
