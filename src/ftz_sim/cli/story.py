"""``ftz story``: the biography of one firm, province or zone, or of a pair of governments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ftz_sim.cli.output import JSON, LANGUAGE, Language, print_json
from ftz_sim.cli.place import Over, refuse_over
from ftz_sim.errors import InputError, listed, nearest, reason

if TYPE_CHECKING:
    from ftz_sim.scenario.scenario import Scenario

KIND = typer.Argument(metavar="firm|region|zone|pair", help="What the story is about.")
CODE = typer.Argument(
    metavar="ID", help="The slot of a firm (0, 1, ...), the code of a province or zone, or two with a hyphen (SH-JS)."
)
WHERE = typer.Argument("history", metavar="[DIR|SCENARIO]", help="An experiment folder, or a scenario.")
NAME = typer.Option(None, "--scenario", help="Which scenario of the folder; its reference or first one unless said.")
REPLICATE = typer.Option(0, min=0, help="Which replicate of the folder.")
SEED = typer.Option(1, help="Seed of the experiment, for a scenario.")
FIRMS = typer.Option(None, help="Slots for firms, for a scenario.")
END = typer.Option(None, help="Last quarter, for a scenario.")
OUT = typer.Option(Path("results/stories"), help="Folder for the figure.")


def story(
    kind: str = KIND,
    code: str = CODE,
    where: str = WHERE,
    name: str = NAME,
    replicate: int = REPLICATE,
    seed: int = SEED,
    firms: int = FIRMS,
    end: str = END,
    out: Path = OUT,
    force: Over = False,
    json_: bool = JSON,
    lang: Language = LANGUAGE,
) -> None:
    """Tell what happened to one firm, province or zone, or between two governments, when, and why.

    The run is played again with its own seed, so that the story is that of the stored tables.
    """
    from ftz_sim.model.streams import child_seed
    from ftz_sim.results.place import check_target
    from ftz_sim.results.reading import intact
    from ftz_sim.runs.setup import check_numbers, scenario
    from ftz_sim.scenario.yaml_reader import is_there
    from ftz_sim.story import told
    from ftz_sim.text.words import say

    check_target(out)
    folder = Path(where)
    if is_there(folder / "manifest.json"):
        with intact(folder):
            spec, own_seed = _stored(folder, name, replicate)
    else:
        check_numbers(1, seed, 1)
        spec, own_seed = scenario(where, (), firms, end), child_seed(seed, 0, 0)
    words = lang.code
    tale = told(spec, own_seed, kind, code, words)
    refuse_over(out.glob(f"{tale.name}.{words}.*"), force)
    try:
        files = tale.draw(out)
    except OSError as error:
        raise InputError("unwritable", path=out, reason=reason(error)) from None
    if json_:
        about = {"kind": kind, "code": tale.code, "scenario": spec.name, "model_seed": str(own_seed), "lang": words}
        print_json(about | tale.story.as_json() | {"figures": list(map(str, files))})
        return
    typer.echo(tale.story.written(words))
    typer.echo("\n" + say("story.wrote", words, files=", ".join(map(str, files))))


def _stored(folder: Path, name: str | None, replicate: int) -> tuple[Scenario, int]:
    """Return scenario and seed of a run of an experiment folder."""
    from ftz_sim.results import load
    from ftz_sim.results.parts import SEED
    from ftz_sim.scenario.scenario import Scenario

    experiment = load(folder)
    runs = experiment.runs
    names = list(dict.fromkeys(map(str, runs["scenario"])))
    name = name or experiment.manifest.get("reference") or names[0]
    if name not in names:
        close = nearest(name, names)
        raise InputError("folder_scenario", folder=folder, found=name, allowed=listed(names), nearest=close)
    rows = runs[(runs["scenario"] == name) & (runs["replicate"] == replicate)]
    if rows.empty:
        there = int(runs["replicate"].max()) + 1
        raise InputError("folder_replicate", folder=folder, found=replicate, name=name, n=there)
    return Scenario.load(folder / "scenarios" / f"{name}.yaml"), int(rows[SEED].iloc[0])
