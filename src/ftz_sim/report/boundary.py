"""When does each strategy win: how often by indicator, and in which box of parameters."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.report.answer_words import ANSWERS, tell
from ftz_sim.report.answers import Answers
from ftz_sim.report.style import GRID, colours, heading, ink, panel, sheet
from ftz_sim.report.tables import scenario_name
from ftz_sim.text.words import Lang

ROW = 0.3
MOST_RULES = 8
WIDTH = 11.0
CHARACTERS = 62  # of a rule, in a line


def boundary(answers: Answers, lang: Lang) -> Figure:
    """Draw probabilities of being best at the left and the rules of the boundary at the right."""
    table = answers.table("robustness").dropna(subset=["p_best"])
    rules = answers.table("boundary").query("question == 'best'").nlargest(MOST_RULES, "coverage")
    scenarios = list(dict.fromkeys(table["scenario"]))
    indicators = list(dict.fromkeys(table["indicator"]))
    high = ROW * len(indicators)
    height = 1.55 + high + 1.2
    n = int(table["n"].max())
    figure = sheet(
        WIDTH, height, tell("boundary.title", lang), tell("boundary.subtitle", lang, n=n),
        answers.stamp(lang, tell("stamp.draws", lang, n=n)),
    )  # fmt: skip
    palette = colours(scenarios)
    left = panel(figure, 1.75, 1.55, 2.9, high)
    _shares(left, table.pivot(index="indicator", columns="scenario", values="p_best").loc[indicators, scenarios],
            palette, lang)  # fmt: skip
    heading(left, tell("boundary.share", lang), "")
    right = panel(figure, 8.6, 1.55, 2.1, min(high, 1.35 * ROW * len(rules) + 0.2))
    _rules(right, rules, palette, lang)
    heading(right, tell("boundary.rules", lang), "")
    for place, scenario in enumerate(scenarios):
        figure.text((0.25 + 2.2 * place) / WIDTH, 0.62 / height, f"■ {scenario_name(scenario, lang)}", size=9,
                    color=ink(palette[scenario]))  # fmt: skip
    return figure


def _shares(axes: Axes, shares: pd.DataFrame, palette: dict[str, str], lang: Lang) -> None:
    for row, indicator in enumerate(shares.index):
        start = 0.0
        for scenario, share in shares.loc[indicator].items():
            axes.barh(row, share, left=start, height=0.7, color=palette[str(scenario)])
            start += share
        axes.text(-0.02, row, NATIONAL[str(indicator)].label(lang), transform=axes.get_yaxis_transform(), size=8.5,
                  ha="right", va="center")  # fmt: skip
    axes.grid(visible=False)
    axes.set(xlim=(0, 1), ylim=(len(shares) - 0.5, -0.5), yticks=[], xticks=[0, 0.5, 1])


def _rules(axes: Axes, rules: pd.DataFrame, palette: dict[str, str], lang: Lang) -> None:
    for row, rule in enumerate(rules.to_dict(orient="records")):
        colour = palette[rule["winner"]]
        axes.plot(rule["coverage"], row, "o", ms=9, mfc="none", mec=colour, mew=1.4)
        axes.plot(rule["density"], row, "o", ms=5.5, color=colour)
        key = f"boundary.{rule['rule']}"
        said = tell(key, lang) if key in ANSWERS else rule["rule"]
        words = "\n".join(textwrap.wrap(said.replace(" and ", " & "), CHARACTERS))
        axes.text(-0.04, row, words, transform=axes.get_yaxis_transform(), size=7.2, ha="right", va="center",
                  color=ink(colour))  # fmt: skip
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.grid(axis="y", visible=False)
    axes.set(xlim=(-0.05, 1.05), ylim=(len(rules) - 0.5, -0.5), yticks=[], xticks=[0, 0.5, 1])
