"""``ftz validate``: the model beside published figures; status 0 whatever the verdicts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ftz_sim.cli.drawing import drawing
from ftz_sim.cli.output import JSON, LANGUAGE, Language, command_line, print_json, print_table
from ftz_sim.cli.place import Force, look
from ftz_sim.cli.runs import Figures, Firms, Quiet, Seed, Sets, Workers

if TYPE_CHECKING:
    from ftz_sim.validation import Validation

Data = Annotated[
    Path | None,
    typer.Option(
        help="CSV of further figures to score: targets, or provinces (columns province, variable, year, value)"
    ),
]
Out = Annotated[Path, typer.Option(help="folder to write")]
Reps = Annotated[int, typer.Option(help="replicates of history and of no_ftz")]
Econometrics = Annotated[
    bool, typer.Option("--econometrics/--no-econometrics", help="run the estimators of the literature (pyfixest)")
]
Placebos = Annotated[int, typer.Option(min=0, max=1000, help="random placements of the zones to play as well")]
Siphon = Annotated[
    int, typer.Option(min=0, max=1000, help="seeds of siphon and radiation by distance (2,000 firms, to 2035); 0: none")
]


def validate(
    data: Data = None,
    out: Out = Path("results/validation"),
    reps: Reps = 10,
    seed: Seed = 1,
    firms: Firms = None,
    set_: Sets = None,
    workers: Workers = 1,
    econometrics: Econometrics = True,
    placebos: Placebos = 0,
    siphon: Siphon = 0,
    force: Force = False,
    figures: Figures = True,
    quiet: Quiet = False,
    json_: bool = JSON,
    lang: Language = LANGUAGE,
) -> None:
    """Compare the model with published figures, out of sample and under the estimators of the literature."""
    from ftz_sim.validation import validate as play
    from ftz_sim.validation.study import KIND

    look(out, KIND, force, lang)
    found = play(
        data, reps, seed, workers,
        firms=firms, overrides=set_ or (), estimators=econometrics, placebos=placebos, siphon=siphon,
        out=out, force=force, draw=drawing(lang) if figures else None,
        progress=not (quiet or json_), command=command_line(),
    )  # fmt: skip
    if json_:
        print_json({"folder": str(out), "board": found.frame.to_dict("records"),
                    "counts": found.board.counts().to_dict("index")})  # fmt: skip
    elif not quiet:
        _show(found, lang.value)
    for each in found.failed:
        typer.echo(f"{each.run_id}: {each.error}", err=True)
    if not json_:
        typer.echo(str(out))
    if found.failed:
        raise typer.Exit(1)


def _show(found: Validation, lang: str) -> None:
    from ftz_sim.report import validation_tables as tables
    from ftz_sim.report.validation_words import word
    from ftz_sim.text.words import language

    spoken = language(lang) or "en"
    board = found.frame
    short = ("target", "published", "model", "interval", "kind", "status")
    missed = tables.targets(found.board.missed(), spoken)
    places = [missed.heads.index(word(name, spoken)) for name in short]
    sheets = {
        "counts": tables.counts(board, spoken),
        "missed": tables.Sheet([missed.heads[i] for i in places], [[row[i] for i in places] for row in missed.rows]),
    }
    for name in ("provinces", "marks", "nation", "estimators", "placements", "identical_firms"):
        if name in found.tables:
            sheets["forecasts" if name == "provinces" else name] = tables.shown(name, found.tables[name], spoken)
    for title, table in sheets.items():
        typer.echo(f"\n{word(title, spoken)}")
        print_table(table.heads, table.rows)
    for sentence in tables.naive_wins(found.tables["provinces"], spoken) if "provinces" in found.tables else ():
        typer.echo(sentence)
