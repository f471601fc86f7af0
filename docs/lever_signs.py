"""The page on what levers are assumed to do, and what can turn it."""

from __future__ import annotations

from ftz_sim.analysis.lever_facts import LEVERS
from ftz_sim.analysis.signs import harmful, summary, table, why_not, written
from ftz_sim.model.parameters import all_cards

HEAD = """# What each lever is assumed to do, and what can turn it

{summary}

*Assumed*: what the papers say the lever moves, and which way (`docs/levers.md` measures it). *Works through*: the
parameters that carry it, over the ranges that sweeps and `ftz compare --draws` draw from. The rule for effects
that nobody has measured (grade A): the range begins at minus half of the default, so that harm comes in about one draw
in six. That is a choice, not a finding. `ftz robustness` writes this table beside its results, as `lever_signs.csv`.
"""


def page() -> str:
    """Return the page, without its first line."""
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
    for name in sorted({name for said in LEVERS.values() for name in said.effects if not harmful(name)}):
        card = all_cards()[name]
        span = f"{written(card.low)} to {written(card.high)}"
        lines.append(f"| `{name}` | {span} | {card.grade} | {why_not(name)} | {why_not(name, 'zh')} |")
    return "\n".join(lines) + "\n"
