"""Write the generated pages of docs/ from the code and the cards (`make docs`); tests fail when they drift."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

from ftz_sim.parameters import ModelParameters
from ftz_sim.params import Card, cards
from ftz_sim.schedule import SCHEDULE
from ftz_sim.trace import write_matrix

HERE = Path(__file__).parent
NOTICE = "<!-- Written by docs/generate.py (`make docs`); edit the code, not this page. -->\n"


def mechanisms() -> str:
    """Return the page of all rules, in the order of the quarter."""
    pages = [NOTICE, "# Mechanisms\n", "In the order in which they act in a quarter.\n"]
    for number, (name, module) in enumerate(SCHEDULE.items(), 1):
        pages += [f"## {number}. {name}\n", "```text", inspect.getdoc(module) or "", "```\n"]
    return "\n".join(pages)


def parameters() -> str:
    """Return the page of all parameter cards."""
    pages = [
        NOTICE,
        "# Parameters\n",
        "Grade: D published datum, L literature, C fitted to a target, A assumption. A range in brackets belongs",
        "to a small constant of an equation, which uncertain experiments do not draw unless told to.\n",
    ]
    for name, field in ModelParameters.model_fields.items():
        rows = [_row(card) for card in cards(field.annotation)]  # type: ignore[arg-type]
        if rows:
            pages += [f"## {name}\n", "| parameter | value | range | unit | grade | source | meaning |"]
            pages += ["|---|---|---|---|---|---|---|", *rows, ""]
    return "\n".join(pages)


def _row(card: Card) -> str:
    span = "–" if card.low is None else f"{_show(card.low)} to {_show(card.high)}"
    span = span if card.sampled else f"({span})"
    cells = (card.name, _show(card.default), span, card.unit, card.grade, card.source, card.meaning)
    return "| " + " | ".join(cells) + " |"


def _show(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(_show(number) for number in value)
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def main() -> None:
    """Write all pages."""
    for name, page in (("mechanisms", mechanisms()), ("parameters", parameters())):
        (HERE / f"{name}.md").write_text(page.rstrip() + "\n", encoding="utf-8")
    write_matrix(HERE)


if __name__ == "__main__":
    main()
