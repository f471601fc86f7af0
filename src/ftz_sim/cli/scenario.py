"""``ftz scenario``: list, show, check, compare, describe and start scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from ftz_sim.cli.new import named, write
from ftz_sim.cli.output import JSON, LANGUAGE, Language, complain, print_json, print_table
from ftz_sim.errors import InputError, Sentence, listed, nearest
from ftz_sim.text.words import Lang, say

app = typer.Typer(no_args_is_help=True, help="List, show, check, compare and start scenarios.")

SET = typer.Option([], "--set", metavar="A.B=C", help="Override a key, such as population.firms=5000; repeatable.")

FILES = typer.Argument(metavar="FILE...", help="Files, or names of shipped scenarios.")
ALL = typer.Option(False, "--all", help="Name also the levers and shocks that no published figure covers.")
END = typer.Option(None, help="last quarter, such as 2030Q4")
OUT = typer.Option(None, help="File to write; NAME.yaml unless said.")

HEADS = {
    "en": ("name", "base", "packages", "title"),
    "zh": ("名称", "基准", "政策包", "标题"),
}
DIFFERENCES = {
    "en": ("key", "{a}", "{b}"),
    "zh": ("项目", "{a}", "{b}"),
}
SAME = {"en": "{a} and {b} agree in everything but their words.", "zh": "{a}与{b}除文字说明外完全相同。"}


@app.command("list")
def list_(lang: Language = LANGUAGE, as_json: bool = JSON) -> None:
    """List the shipped scenarios."""
    from ftz_sim.scenario.files import read_scenario
    from ftz_sim.scenario.scenario import Scenario, scenario_names

    found = []
    for name in scenario_names():
        spec, own = Scenario.load(name), read_scenario(name).plain()
        words = {key: getattr(getattr(spec, key), lang) for key in ("title", "why")}
        found.append({"name": name, "base": own.get("base"), "packages": own.get("packages", ()), **words})
    if as_json:
        print_json(found)
        return
    rows = [(s["name"], s["base"] or "–", ", ".join(s["packages"]) or "–", s["title"]) for s in found]
    print_table(HEADS[lang], rows)


@app.command()
def show(
    name: str = typer.Argument(metavar="SCENARIO", help="A shipped scenario, or a file."),
    overrides: list[str] = SET,
    as_json: bool = JSON,
) -> None:
    """Print one scenario with base and packages merged in, as YAML that can be run as it stands."""
    from ftz_sim.scenario.scenario import BASELINE, Scenario

    spec = Scenario.load(name, overrides)
    if as_json:
        print_json(spec.model_dump(mode="json", by_alias=True))
    else:
        typer.echo(spec.dump(notes=spec.name == BASELINE), nl=False)


@app.command()
def check(
    files: list[str] = FILES,
    everything: bool = ALL,
    set_: list[str] = SET,
    end: str | None = END,
    lang: Language = LANGUAGE,
    as_json: bool = JSON,
) -> None:
    """Check scenarios: say what is wrong, and warn of what leaves the range of evidence."""
    from ftz_sim.scenario.scenario import Scenario

    reports: list[dict[str, Any]] = []
    for file in files:
        try:
            spec = Scenario.of(file, set_, end=end)
            reports.append({"file": file, "errors": [], "warnings": spec.warnings(lang.code, everything)})
        except InputError as error:
            reports.append({"file": file, "errors": error.say(lang.code).splitlines(), "warnings": []})
    if as_json:
        print_json(reports)
    else:
        _print_reports(reports, lang.code)
    if any(report["errors"] for report in reports):
        raise typer.Exit(2)


def _print_reports(reports: list[dict[str, Any]], lang: Lang) -> None:
    for report in reports:
        complain("\n".join(report["errors"]), lang)
        for line in report["warnings"]:
            typer.echo(say("error.warning", lang, what=line), err=True)
        if not report["errors"]:
            typer.echo(say("error.good", lang, file=report["file"]))


@app.command()
def diff(a: str, b: str, lang: Language = LANGUAGE, as_json: bool = JSON) -> None:
    """Say in which keys two scenarios differ, after base and packages."""
    from ftz_sim.scenario.differences import differences
    from ftz_sim.scenario.scenario import Scenario

    found = [row for row in differences(Scenario.load(a), Scenario.load(b), lang.code) if not _is_words(row[0])]
    if as_json:
        print_json([{"key": key, a: left, b: right} for key, left, right in found])
    elif not found:
        typer.echo(SAME[lang].format(a=a, b=b))
    else:
        print_table([head.format(a=a, b=b) for head in DIFFERENCES[lang]], found)


def _is_words(key: str) -> bool:
    return key == "name" or key.startswith(("title.", "why.", "short"))


@app.command()
def schema() -> None:
    """Print the JSON schema of scenario files, by which editors complete and check."""
    from ftz_sim.scenario.scenario import Scenario

    typer.echo(Scenario.json_schema(), nl=False)


@app.command()
def new(
    name: str,
    base: str = typer.Option("history", help="Shipped scenario to start from."),
    out: Path | None = OUT,
    force: bool = typer.Option(False, "--force", help="Replace an existing file."),
    lang: Language = LANGUAGE,
) -> None:
    """Write a scenario file to start from."""
    from ftz_sim.scenario.files import package_names
    from ftz_sim.scenario.scenario import scenario_names
    from ftz_sim.text.templates import SCENARIO

    names, path = scenario_names(), out or Path(f"{named(name)}.yaml")
    if base not in names:
        close = nearest(base, names)
        found = Sentence("found", found=repr(base), allowed=listed(names), nearest=close)
        raise InputError("of_key", key="base", what=found)
    words = {"bases": listed(names), "packages": listed(package_names())}
    said = {key: each.say(lang.code) for key, each in words.items()}
    write(path, SCENARIO[lang.code].format(name=named(name), base=base, path=path.as_posix(), **said), force)
