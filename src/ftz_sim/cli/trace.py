"""``ftz trace``: from what the papers state to what the model does, and back."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ftz_sim.cli.output import JSON, LANGUAGE, Language, print_json, print_table
from ftz_sim.cli.place import Over, refuse_over
from ftz_sim.errors import InputError, reason

if TYPE_CHECKING:
    from ftz_sim.trace import Trace

HEADS = {"en": ("claim", "term", "places", "statement"), "zh": ("论断", "术语", "出处", "表述")}
MEASURED = typer.Option(None, "--from", help="Folder of a comparison, for numbers on the arrows.")
OUT = typer.Option(Path("results") / "trace", help="Folder to write the matrix or the figure to.")


def trace(
    name: str = typer.Argument(
        "",
        metavar="[NAME]",
        help="A claim (M-RAT), mechanism, lever, parameter or indicator; lists claims unless said.",
    ),
    matrix: bool = typer.Option(False, "--matrix", help="Write the whole matrix as claims.csv and claims.md."),
    figure: int = typer.Option(0, "--figure", min=0, max=3, metavar="1|2|3", help="Draw a figure of the main paper."),
    measured: Path | None = MEASURED,
    out: Path = OUT,
    force: Over = False,
    lang: Language = LANGUAGE,
    as_json: bool = JSON,
) -> None:
    """Follow a claim of the papers to its rule, parameters, levers and tests, or anything of these back to claims."""
    if bool(name) + matrix + bool(figure) > 1:
        raise InputError("trace_one")
    if measured is not None and not figure:
        raise InputError("trace_from")
    if matrix or figure:
        from ftz_sim.results.place import check_target

        check_target(out)
        refuse_over(out.glob(f"claims_figure_{figure}.*") if figure else (out / "claims.csv", out / "claims.md"), force)
        files = _write(figure, measured, out)
        if as_json:
            print_json([str(path) for path in files])
        else:
            typer.echo("\n".join(map(str, files)))
    elif name:
        _print(name, lang, as_json)
    else:
        _print_claims(lang, as_json)


def _write(figure: int, measured: Path | None, out: Path) -> list[Path]:
    try:
        if figure:
            from ftz_sim.results.reading import intact
            from ftz_sim.trace.figures import draw

            with intact(measured) if measured else nullcontext():
                return draw(figure, out, measured)
        from ftz_sim.trace import write_matrix

        return write_matrix(out)
    except OSError as error:
        raise InputError("unwritable", path=out, reason=reason(error)) from None


def _print(name: str, lang: Language, as_json: bool) -> None:
    from ftz_sim.trace import find
    from ftz_sim.trace.text import lines

    found = find(name)
    if as_json:
        print_json([_data(each) for each in found])
        return
    for number, each in enumerate(found):
        typer.echo("\n" * bool(number) + "\n".join(lines(each, lang.value)))


def _data(each: Trace) -> dict[str, object]:
    from ftz_sim.seeds import claims
    from ftz_sim.trace.verdicts import verdicts

    data = asdict(each)
    data["claims"] = [claims()[claim].model_dump(mode="json") for claim in each.claims]
    data["verdicts"] = [asdict(verdict) for verdict in verdicts(each.kind, each.name)]
    return data


def _print_claims(lang: str, as_json: bool) -> None:
    from ftz_sim.seeds import claims

    if as_json:
        print_json([claim.model_dump(mode="json") for claim in claims().values()])
        return
    rows = (
        (claim.id, claim.term, "; ".join(map(str, claim.places)), claim.statement(lang)) for claim in claims().values()
    )
    print_table(HEADS[lang], rows)
