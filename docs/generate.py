"""Write the generated pages of docs/ from the code and the cards (`make docs`); tests fail when they drift."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from textwrap import fill
from typing import Any

import lever_signs
from odd_tables import page as odd_page

from ftz_sim.indicators.formulas import FORMULAS, Formula
from ftz_sim.indicators.variables import COMPARED, VARIABLES, Variable
from ftz_sim.model.parameters import ModelParameters
from ftz_sim.model.params import Card, cards
from ftz_sim.model.schedule import SCHEDULE
from ftz_sim.report.basis import basis
from ftz_sim.text.glossary import TERMS
from ftz_sim.text.words import Lang
from ftz_sim.trace import write_matrix
from ftz_sim.trace.links import claims_with
from ftz_sim.trace.text import number

HERE = Path(__file__).parent
READMES: dict[Lang, Path] = {"en": HERE.parent / "README.md", "zh": HERE.parent / "README.zh.md"}
START, END, WIDTH = "<!-- written by docs/generate.py -->", "<!-- end -->", 110
NOTICE = "<!-- Written by docs/generate.py (`make docs`); edit the code, not this page. -->\n"
DIRECTIONS = {1: "↑", 0: "–", -1: "↓"}
OVER_A_YEAR = {"sum": "sum", "mean": "mean", "last": "end"}


def mechanisms() -> str:
    """Return the page of all rules, in the order of the quarter."""
    pages = [NOTICE, "# Mechanisms\n", "In the order in which they act in a quarter.\n"]
    for place, (name, module) in enumerate(SCHEDULE.items(), 1):
        pages += [f"## {place}. {name}\n", "```text", inspect.getdoc(module) or "", "```\n"]
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
        table = parameter_table(list(cards(field.annotation)))  # type: ignore[arg-type]
        if table:
            pages += [f"## {name}\n", table]
    return "\n".join(pages)


def parameter_table(of: list[Card]) -> str:
    """Return the cards of parameters as a table; nothing without any."""
    if not of:
        return ""
    heads = "| parameter | value | range | unit | grade | source | meaning |\n|---|---|---|---|---|---|---|"
    return "\n".join([heads, *map(_card, of), ""])


def _card(card: Card) -> str:
    span = "–" if card.low is None else f"{number(card.low)} to {number(card.high)}"
    span = span if card.sampled or card.low is None else f"({span})"
    return row(card.name, number(card.default), span, card.unit, card.grade, card.source, card.meaning)


def row(*cells: Any) -> str:
    """Return a line of a Markdown table."""
    return "| " + " | ".join(map(str, cells)) + " |"


def indicators() -> str:
    """Return the page of all indicators: formula, unit, direction, source, labels in both languages, claims."""
    told = inspect.getdoc(inspect.getmodule(Formula)) or ""
    notation = told.partition("\n\n")[2].replace("``", "`")
    heads = "| indicator | what it is | formula | unit | direction | year | source | claims |\n" + "|---" * 8 + "|"
    pages = [
        NOTICE,
        "# Indicators / 指标\n",
        notation + "\n",
        "Direction: ↑ more is better, ↓ less is better, – neither. Year: what stands for a year of four quarters,",
        "their sum (tables show flows at annual rates, so it is the mean of four rates), their mean, or the value",
        "at the end. `ftz trace NAME` follows an indicator to the claims of the papers that name it.\n",
    ]
    for level, groups in FORMULAS.items():
        for (english, chinese), formulas in groups.items():
            pages += [f"## {english} / {chinese}\n", heads]
            pages += [_indicator(_variable(level, name), told) for name, told in formulas.items()]
            pages.append("")
    return "\n".join(pages)


def _variable(level: str, name: str) -> Variable:
    return COMPARED[name] if level == "comparison" else VARIABLES[level][name]  # type: ignore[index]


def _indicator(variable: Variable, told: Formula) -> str:
    named = f"zones.{variable.name}" if variable.level == "zone" else variable.name
    found = claims_with("indicators", named) if variable.level in ("national", "zone", "comparison") else ()
    what = f"**{variable.en}**: {variable.meaning_en}<br>**{variable.zh}**：{variable.meaning_zh}"
    unit = variable.unit if variable.unit == variable.unit_zh else f"{variable.unit}<br>{variable.unit_zh}"
    return row(
        f"`{variable.name}`", what, f"`{told.formula}`", unit, DIRECTIONS[variable.direction],
        OVER_A_YEAR[variable.aggregate], told.source, ", ".join(found),
    )  # fmt: skip


def odd(lang: Lang = "en") -> str:
    """Return the ODD protocol: the prose of odd.template.md, or its Chinese, with tables from the code."""
    return NOTICE.replace("edit the code", "edit the code or odd.template.md") + "\n" + odd_page(row, lang)


def glossary() -> str:
    """Return the glossary in both languages."""
    heads = "| English | 中文 | meaning | 含义 | 不用 |\n" + "|---" * 5 + "|"
    rows = [row(term.en, term.zh, term.meaning_en, term.meaning_zh, "、".join(term.never)) for term in TERMS]
    told = ["One word for one thing, in both languages; the papers' own words stay on their cards (`docs/claims.md`).",
            "一物一词；论断卡片（`docs/claims.md`）保留论文原文用语。最后一列为不再使用的说法。\n"]  # fmt: skip
    return "\n".join([NOTICE, "# Glossary / 术语表\n", *told, heads, *rows])


def signs() -> str:
    """Return the page on what levers are assumed to do."""
    return f"{NOTICE}\n{lever_signs.page()}"


PAGES = {"mechanisms.md": mechanisms, "parameters.md": parameters, "indicators.md": indicators, "odd.md": odd,
         "odd.zh.md": partial(odd, "zh"), "glossary.md": glossary, "lever-signs.md": signs}  # fmt: skip


def first_page(lang: Lang) -> str:
    """Return the README with what the gaps between strategies rest on between its marks."""
    text = READMES[lang].read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    said = basis(lang, "`{}`".format)
    told = "\n".join(said) if lang == "zh" else fill(" ".join(said), WIDTH)
    return f"{before}{START}\n{told}\n{END}{rest.partition(END)[2]}"


def pages() -> Iterator[tuple[str, str]]:
    """Yield name and text of every generated page but the matrix of claims."""
    for name, page in PAGES.items():
        yield name, page().rstrip() + "\n"


def main() -> None:
    """Write all pages."""
    for name, text in pages():
        (HERE / name).write_text(text, encoding="utf-8")
    for lang, file in READMES.items():
        file.write_text(first_page(lang), encoding="utf-8")
    write_matrix(HERE)


if __name__ == "__main__":
    main()
