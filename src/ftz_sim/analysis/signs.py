"""The assumed sign of every lever, the parameters it works through, and what can turn it.

What a lever is said to move stands in `lever_claims`; here stands by which parameters the model does it. Ranges
are those of the cards: an effect that nobody has measured (grade A) is drawn from minus half of its default
upwards, so that about one draw in six has it do harm. Where an equation has no value below 0 (speeds,
depths, shares of a stock) or where evidence gives the sign, the range stops there, `NO_HARM` says why, and the
lever can turn through its other effects or through what it costs and risks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ftz_sim.analysis.effects import CONSTANT, EVIDENCE, NO_HARM, RISKS, WORKS
from ftz_sim.analysis.lever_claims import LEVERS
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.params import Card
from ftz_sim.runs.uncertainties import known
from ftz_sim.scenario.groups import GROUP_OF
from ftz_sim.scenario.groups import label as group_label

if TYPE_CHECKING:
    import pandas as pd


WORDS = {
    "en": {
        "range": "{parameter} {low} to {high}",
        "reverse": "its effect may be the reverse (below 0: {parameters})",
        "no": "nothing that is drawn",
        "join": "; ",
        "and": ", ",
        "summary": "Assumed signs of {n} levers: for {reverse} the ranges hold the opposite of the assumed effect, "
        "{risk} can turn by what they cost or risk only, {none} by nothing that is drawn ({names}).",
    },
    "zh": {
        "range": "{parameter} {low}至{high}",
        "reverse": "效应可能反向（低于0：{parameters}）",
        "no": "抽样中没有",
        "join": "；",
        "and": "、",
        "summary": "{n}项政策工具的假定的作用方向：其中{reverse}个的取值范围包含与假定相反的效应，"
        "{risk}个只能因成本或风险而反转，{none}个在抽样范围内不会反转（{names}）。",
    },
}


HEAD = """<!-- Written by `python -m ftz_sim.analysis.signs docs/lever-signs.md`; edit the code, not this page. -->

# What each lever is assumed to do, and what can turn it

{summary}

*Assumed*: what the papers say the lever moves, and which way (`docs/levers.md` measures it). *Works through*: the
parameters that carry it, over the ranges that sweeps and `ftz compare --draws` draw from. The rule for effects
that nobody has measured (grade A): the range begins at minus half of the default, so that harm comes in about one draw
in six. That is a choice, not a finding. `ftz robustness` writes this table beside its results, as `lever_signs.csv`.
"""


def harmful(name: str) -> bool:
    """Tell whether the range of a parameter that is drawn holds the opposite of its assumed sign."""
    card = known()[name]
    return card.sampled and any(low < 0 < default for low, default, _ in _ends(card))


def reversible(lever: str) -> list[str]:
    """Return the effects of a lever whose ranges include harm."""
    return [name for name in WORKS[lever].effects if harmful(name)]


def why_not(name: str, lang: str = "en") -> str:
    """Say why the range of an effect includes no harm; nothing if it does."""
    card = known()[name]
    if harmful(name):
        return ""
    words = CONSTANT if not card.sampled else NO_HARM.get(name, EVIDENCE)
    return words[lang == "zh"]


def assumed(lever: str) -> str:
    """Return what a lever is said to move: ``+`` or ``-`` and an indicator, one after the other."""
    return " ".join(f"{'+' if move.direction > 0 else '-'}{move.indicator}" for move in LEVERS[lever].moves)


def turns(lever: str, lang: str = "en") -> str:
    """Say what can turn the sign of a lever within the ranges that are drawn, in ``en`` or ``zh``."""
    words, own = WORDS[lang], reversible(lever)
    said = [words["reverse"].format(parameters=words["and"].join(own))] if own else []
    risks = [RISKS[key] for key in WORKS[lever].risks]
    said += [f"{risk.zh if lang == 'zh' else risk.en} ({risk.parameter})" for risk in risks]
    return words["join"].join(said) or words["no"]


def summary(lang: str = "en") -> str:
    """Say for how many levers the ranges that are drawn can turn the assumed sign, and how."""
    words = WORDS[lang]
    rest = [name for name in WORKS if not reversible(name)]
    none = [CATALOGUE[name].zh if lang == "zh" else name for name in rest if not WORKS[name].risks]
    return words["summary"].format(
        n=len(WORKS), reverse=len(WORKS) - len(rest), risk=len(rest) - len(none), none=len(none),
        names=words["and"].join(none),
    )  # fmt: skip


def spans(lever: str, lang: str = "en") -> str:
    """Return the parameters that carry a lever, with their ranges."""
    words = WORDS[lang]
    return words["join"].join(
        words["range"].format(parameter=name, low=_text(known()[name].low), high=_text(known()[name].high))
        for name in WORKS[lever].effects
    )


def table(levers: Iterable[str] = CATALOGUE) -> pd.DataFrame:
    """Return one row for each lever: group, what is assumed, how it works, whether harm is drawn, what can turn it."""
    import pandas as pd

    rows = [
        {
            "lever": name,
            "lever_zh": CATALOGUE[name].zh,
            "group": group_label(GROUP_OF[name], "en"),
            "assumed": assumed(name),
            "works_through": spans(name),
            "harm_drawn": bool(reversible(name)),
            "turns": turns(name, "en"),
            "turns_zh": turns(name, "zh"),
        }
        for name in levers
    ]
    return pd.DataFrame(rows)


def page() -> str:
    """Return ``docs/lever-signs.md``."""
    lines = [HEAD.format(summary=summary())]
    for group, rows in table().groupby("group", sort=False):
        lines += [
            f"## {str(group).capitalize()}",
            "",
            "| lever | assumed | works through | what can turn it |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| `{row['lever']}` {row['lever_zh']} | {row['assumed'].replace(' ', ', ')} | {row['works_through']} "
            f"| {row['turns']}<br>{row['turns_zh']} |"
            for row in rows.to_dict(orient="records")
        ]
        lines.append("")
    lines += [
        "## Effects whose range holds no harm",
        "",
        "| parameter | range | grade | why | 原因 |",
        "|---|---|---|---|---|",
    ]
    for name in sorted({name for works in WORKS.values() for name in works.effects if not harmful(name)}):
        card = known()[name]
        span = f"{_text(card.low)} to {_text(card.high)}"
        lines.append(f"| `{name}` | {span} | {card.grade} | {why_not(name)} | {why_not(name, 'zh')} |")
    return "\n".join(lines) + "\n"


def _ends(card: Card) -> list[tuple[float, float, float]]:
    """Return low end, default and high end of every number of a parameter."""
    if card.low is None or card.high is None:
        return []
    default = card.default if isinstance(card.default, tuple) else (float(card.default),)
    low, high = (end if isinstance(end, tuple) else (end,) * len(default) for end in (card.low, card.high))
    return list(zip(low, default, high, strict=True))


def _text(value: object) -> str:
    return ", ".join(f"{each:g}" for each in value) if isinstance(value, tuple) else f"{value:g}"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
