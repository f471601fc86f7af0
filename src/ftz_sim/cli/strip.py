"""``ftz strip``: what share of a gap markets, choices of agents and named constants carry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ftz_sim.cli.output import JSON, LANGUAGE, Language, command_line, heads, print_json, print_table
from ftz_sim.cli.place import Over, refuse_over
from ftz_sim.cli.runs import End, Firms, Quiet, Scenario, Seed, Sets, Workers
from ftz_sim.text.numbers import estimate, number, signed
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    from ftz_sim.analysis.strip import Strip

Against = Annotated[str, typer.Option(help="scenario that it is held against")]
Seeds = Annotated[int, typer.Option(help="seeds, paired")]
Out = Annotated[Path | None, typer.Option(help="CSV file to write")]
SHOWN = ("layer", "alone", "in_order", "in_reverse", "strip_share", "of_gap")


def strip(
    scenario: Scenario,
    against: Against = "single_ftz",
    seeds: Seeds = 5,
    seed: Seed = 1,
    firms: Firms = None,
    end: End = None,
    set_: Sets = None,
    workers: Workers = 1,
    out: Out = None,
    force: Over = False,
    quiet: Quiet = False,
    json_: bool = JSON,
    lang: Language = LANGUAGE,
) -> None:
    """Freeze layers of the model one after the other and say what share of a gap each of them carries."""
    from ftz_sim.analysis.strip import strip as play
    from ftz_sim.results.files import write_text, writing
    from ftz_sim.runs.setup import scenario as checked

    specs = [checked(name, set_ or (), firms, end) for name in (scenario, against)]
    if out:
        refuse_over([out], force)
    found = play(specs[0], specs[1], seeds, seed, workers)
    if out:
        with writing(out.parent):
            write_text(out, found.table.to_csv(index=False))
    if json_:
        print_json(_summary(found))
    elif not quiet:
        _show(found, lang.code)
    if out and not json_:
        typer.echo(str(out) if quiet else f"→ {out}")


def _summary(found: Strip) -> dict[str, Any]:
    from ftz_sim.analysis.strip_layers import LAYERS

    table = found.table.astype(object).where(found.table.notna(), None)
    return {
        "command": command_line(), "strategy": found.strategy, "against": found.against, "year": found.year,
        "n": found.n, "layers": table.to_dict("records"), "frozen": {each.code: each.how("en") for each in LAYERS},
        "sentence": {each: found.sentence(each) for each in ("en", "zh")},
    }  # fmt: skip


def _show(found: Strip, lang: Lang) -> None:
    from ftz_sim.analysis.strip import INDICATORS
    from ftz_sim.analysis.strip_layers import LAYERS
    from ftz_sim.indicators.variables import NATIONAL

    for indicator in INDICATORS:
        about = {"indicator": NATIONAL[indicator].label(lang), "year": found.year, "against": found.against}
        typer.echo(say("strip.title", lang, **about))
        rows = found.table[found.table["indicator"] == indicator].to_dict("records")
        print_table(heads(SHOWN, lang), [_cells(row, lang) for row in rows])
        typer.echo()
    print_table(heads(("layer", "how"), lang), [(each.label(lang), each.how(lang)) for each in LAYERS])
    typer.echo()
    typer.echo(found.sentence(lang))
    typer.echo(say("strip.order", lang, against=found.against))


def _cells(row: dict[Any, Any], lang: Lang) -> list[str]:
    from math import isfinite

    share, low, high, part = (row[name] for name in ("share", "share_low", "share_high", "of_gap"))
    found = estimate(share, low, high)
    return [
        say(f"strip.layer.{row['layer']}", lang), *(signed(row[name]) for name in SHOWN[1:4]),
        f"{found.value} {found.interval}".rstrip(), f"{number(100 * part, decimals=0)}%" if isfinite(part) else "–",
    ]  # fmt: skip
