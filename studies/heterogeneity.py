"""Is it an agent-based model? What differences between firms buy, and what carries the gaps: docs/is-it-an-abm.md.

    python studies/heterogeneity.py [--firms 5000] [--seeds 3] [--workers 2] [--page docs/is-it-an-abm.md]

Gaps of strategies are played with firms that differ and with identical ones, and with the fewest firms that a run may
have; then the strip test (`ftz strip`) takes the gaps of three strategies apart. `make heterogeneity`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from textwrap import fill
from typing import NamedTuple

import numpy as np
import pandas as pd
from falsification.common import GAPS, LAST, STRATEGIES, Paired

from ftz_sim.analysis.statistics import paired_difference
from ftz_sim.analysis.strip import FAMILIES, INDICATORS, REST, Strip, strip
from ftz_sim.analysis.strip_layers import LAYERS, alike
from ftz_sim.indicators.tables import NATIONAL_ONLY
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.model.columns import Array
from ftz_sim.model.industry import load_industry
from ftz_sim.model.initial_firms import slots
from ftz_sim.report.basis import SHARES
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.words import say

STRIPPED = ("integrated", "cross_zone", "ftz_fta")
REFERENCE = "single_ftz"
ORDERS = ("in_order", "in_reverse")
PAGE = Path("docs/is-it-an-abm.md")
FEWEST, WIDTH = 2_000, 118
SHOWN = ("gdp", "real_income", "co2", "patents")
DIFFERENT, IDENTICAL, FEW, FEW_IDENTICAL = "different", "identical", "few", "few identical"
Gaps = dict[tuple[str, str, str], Array]  # by world, strategy and indicator: % of the reference by seed [n]


def gaps_of(worlds: dict[str, dict[str, Scenario]], options: argparse.Namespace) -> Gaps:
    """Play all strategies in all worlds and return the gaps between them, paired by seed."""
    found: Gaps = {}
    for world, specs in worlds.items():
        runs = Paired(specs, options.seeds, NATIONAL_ONLY, options.workers, True)
        found |= {(world, one, name): runs.gap(one, other, name) for one, other in GAPS for name in SHOWN}
    return found


def worlds_of(options: argparse.Namespace) -> dict[str, dict[str, Scenario]]:
    """Return the strategies with many firms and few, different and identical ones."""
    many, few = ({name: Scenario.of(name, (), firms, None) for name in STRATEGIES} for firms in (options.firms, FEWEST))
    even, few_even = ({name: alike(spec) for name, spec in specs.items()} for specs in (many, few))
    return {DIFFERENT: many, IDENTICAL: even, FEW: few, FEW_IDENTICAL: few_even}


class Told(NamedTuple):
    """A mean with its interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        mean, low, high = (round(number, 2) + 0.0 for number in self)
        return f"{mean:+.2f} [{low:+.2f}, {high:+.2f}]"

    @property
    def sure(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low > 0 or self.high < 0


def told(values: Array) -> Told:
    """Return the mean of values by seed [n] with its 95 % interval."""
    found = paired_difference(values[:, None])
    return Told(*(float(each[0]) for each in (found.mean, found.low, found.high)))


def heterogeneity(gaps: Gaps, options: argparse.Namespace) -> list[str]:
    """Return the tables of gaps with different and identical, many and few firms."""
    heads = [
        "strategy against", "indicator", f"{options.firms:,} firms that differ", "identical firms: the gap differs by",
        f"{FEWEST:,} that differ: by", f"{FEWEST:,} identical: by",
    ]  # fmt: skip
    out = [_row(heads), _row(["---"] * len(heads))]
    for one, other in GAPS:
        for name in SHOWN:
            full = gaps[DIFFERENT, one, name]
            changes = [str(told(gaps[world, one, name] - full)) for world in (IDENTICAL, FEW, FEW_IDENTICAL)]
            out.append(_row([f"{one} against {other}", NATIONAL[name].label("en"), str(told(full)), *changes]))
    return out


class Lost(NamedTuple):
    """What another world takes from the gaps."""

    found: int  # gaps that are found to differ
    known: int  # gaps that are told from 0, so that there is a share of them
    most: float  # largest share of these, however sure; nan without one


def lost(gaps: Gaps, world: str, indicator: str = "gdp") -> Lost:
    """Return for how many of the gaps another world is found to differ, and by what part at most."""
    full = {one: gaps[DIFFERENT, one, indicator] for one, _ in GAPS}
    changes = {one: told(gaps[world, one, indicator] - gap) for one, gap in full.items()}
    parts = [abs(changes[one].mean / gap.mean()) for one, gap in full.items() if told(gap).sure]
    return Lost(sum(change.sure for change in changes.values()), len(parts), max(parts, default=np.nan))


def families(stripped: Sequence[Strip]) -> list[str]:
    """Return the table of what kinds of layers carry."""
    names = [f"{each.strategy}: {NATIONAL[name].label('en')}" for each in stripped for name in INDICATORS]
    out = [_row(["carried by", *names]), _row(["---"] * (len(names) + 1))]
    out.append(_row(["gap, %", *(str(told(each.gaps[frozenset()][:, i])) for each in stripped for i in (0, 1))]))
    for family in FAMILIES:
        cells = []
        for each in stripped:
            for name in INDICATORS:
                mean, one, other = (
                    each.of_family(family, value, name) for value in ("share", "in_order", "in_reverse")
                )
                known = told(each.gaps[frozenset()][:, INDICATORS.index(name)]).sure
                cells.append(f"{percent(mean)} ({_span([one, other])})" if known else "–")
        out.append(_row([say(f"strip.family.{family}", "en"), *cells]))
    return out


def shares(whole: Strip) -> pd.DataFrame:
    """Return what kinds of layers carry of the gap in GDP: mean of both orders of freezing, and what either gives."""
    rows = []
    for family in FAMILIES:
        mean, *ends = (whole.of_family(family, value) for value in ("share", *ORDERS))
        rows.append((whole.strategy, whole.against, family, mean, min(ends), max(ends)))
    return pd.DataFrame(rows, columns=["strategy", "reference", "carried_by", "share", "low", "high"]).round(4)


def layers(stripped: Sequence[Strip]) -> list[str]:
    """Return the table of what each layer carries of GDP, and how it is frozen."""
    heads = ["layer", *(each.strategy for each in stripped), "how it is frozen"]
    out = [_row(heads), _row(["---"] * len(heads))]
    tables = [each.table.query("indicator == 'gdp'").set_index("layer") for each in stripped]
    how = {layer.code: layer.how("en") for layer in LAYERS}
    for code in (*how, REST):
        rows = (table.loc[code] for table in tables)
        cells = [
            " / ".join(f"{round(row[value], 2) + 0.0:+.2f}" for value in ("alone", "in_order", "in_reverse"))
            for row in rows
        ]
        out.append(_row([say(f"strip.layer.{code}", "en"), *cells, how.get(code, "")]))
    return out


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def answer(gaps: Gaps, stripped: Sequence[Strip], options: argparse.Namespace) -> str:
    """Return the answer in words, with the numbers of this run."""
    same, few = lost(gaps, IDENTICAL), lost(gaps, FEW)
    texts = [
        """In what it is made of, yes: firms differ, choose by rules of their own, meet shocks of their own, close and
        are replaced; governments of zones bargain pair by pair; people, plants and foreign investors choose places. In
        how prices are found, no: markets clear in every quarter, and nobody haggles.""",
        "What agents bring to the national gaps between strategies is this:",
        f"""- **Differences between firms.** With identical firms in a province and field the gap in GDP is found to
        differ (95 % interval without 0) for {same.found} of {len(GAPS)} pairs of strategies, {_most(same)}.""",
        f"""- **Their number.** With {FEWEST:,} firms instead of {options.firms:,} it is found to differ for
        {few.found} of {len(GAPS)} pairs, {_most(few)}.""",
        *_carried(stripped[0]),
    ]
    filled = [fill(" ".join(text.split()), WIDTH, subsequent_indent="  " * text.startswith("-")) for text in texts]
    return "\n\n".join(filled).replace("\n\n- **", "\n- **").replace("\n- **", "\n\n- **", 1)


def _carried(whole: Strip) -> list[str]:
    gap = told(whole.gaps[frozenset()][:, 0])
    if not gap.sure:
        return [f"The gap in GDP between {whole.strategy} and {whole.against} is not told from 0: nothing carries it."]
    share = {family: whole.of_family(family) for family in FAMILIES}
    ends = {family: _span([whole.of_family(family, each) for each in ORDERS]) for family in FAMILIES}
    first, second = (say(f"strip.family.{each}", "en") for each in sorted(FAMILIES, key=share.__getitem__)[:-3:-1])
    border = whole.table.query("indicator == 'gdp' and layer == 'border_goods'").iloc[0]
    carried = [f"{say(f'strip.family.{each}', 'en')} {percent(share[each])} ({ends[each]})" for each in FAMILIES]
    return [
        f"""- **What carries a gap.** Of that in GDP between {whole.strategy} and {whole.against} (in brackets: by the
        order of freezing): {", ".join(carried)}.""",
        f"""- **One constant.** Where markets meet the borders between provinces of the reference run, and nothing else
        is frozen, {border["alone"]:+.2f} of {gap.mean:+.2f} % are gone: that is `assumed_border`, which nobody has
        measured, times what governments agree on.""",
        f"""So most of that gap is carried by {first} and by {second}. Who adopts, climbs, closes and moves, and in
        which province and field, is what no representative firm could say; national gaps are not where that shows.""",
    ]


OBJECTIONS = """## What a purist will object to

- *Prices are not haggled over.* In a quarter one solver finds the prices at which all goods sell. Agents trade on
  markets, not with each other.
- *Institutions are expected values.* Reforms, lists and agreements move without draws, so that no seed flips a
  comparison.
- *Nobody learns new rules.* Rules are fixed; states, and what investors believe of promises, adapt.
- *Everyone acts at once.* All rows of a rule are updated together; there is no random order of agents.
- *Agents are rows.* State lives in columns, because a million objects in Python would take hours;
  `benchmarks/mesa_objects.py` plays the same rule both ways and asks for the same numbers.

Why not something simpler? The statements of the papers are about actors: a zone that copies a fashion, a firm that
cannot pass a hidden door, two governments of which one would lose. As rules of actors each of them is visible, can be
switched off and can be refuted (`ftz trace`).
"""


def percent(share: float) -> str:
    """Return a share in percent; there is no -0 %."""
    return f"{round(share, 2) + 0.0:.0%}"


def _span(ends: Sequence[float]) -> str:
    return f"{percent(min(ends))} to {percent(max(ends))}"


def _most(of: Lost) -> str:
    if not of.known:
        return "and no gap is told from 0, so that none has a share to lose"
    return f"and the largest change, found or not, is {percent(of.most)} of its gap ({of.known} gaps are told from 0)"


def page(gaps: Gaps, stripped: Sequence[Strip], options: argparse.Namespace) -> str:
    """Return the page."""
    cells = slots(load_industry().value_added, FEWEST, Scenario.of("history").parameters.initial_state)
    pairs = np.count_nonzero(cells == cells[cells > 0].min()) / np.count_nonzero(cells)
    return "\n".join([
        "<!-- Written by studies/heterogeneity.py (`make heterogeneity`); edit the script, not this page. -->\n",
        "# Is it an agent-based model?\n",
        answer(gaps, stripped, options),
        "",
        OBJECTIONS,
        "## What heterogeneity buys\n",
        fill(
            f"Gaps in {LAST} in %, {options.seeds} paired seeds, with 95 % intervals over seeds. Identical firms have "
            "one size, capital and labour per output, digitisation and emission intensity in a province and field, no "
            "shocks of their own, and entrants like the rest; owners, ages and chance in what happens to them (to "
            f"climb, to close) remain. With {FEWEST:,} firms, the fewest of a run, {pairs:.0%} of provinces and fields "
            "have two.", WIDTH),
        "",
        *heterogeneity(gaps, options),
        "\n## What carries the gaps\n",
        fill(
            f"Strip test, {options.firms:,} firms, {options.seeds} paired seeds, against {REFERENCE}: layers of the "
            "model are frozen one after the other, in the order of the second table and in the reverse one. Frozen "
            "does not mean switched off: the layer leaves what it left in the reference run of the same seed. A "
            "share is the mean of both orders (which is the Shapley value where layers interact in pairs only), in "
            "brackets what either order gives; shares and what is left over add up to the gap.", WIDTH),
        "",
        *families(stripped),
        "",
        fill(
            "GDP by layer in percentage points of the reference: frozen alone / in this order / in the reverse order. "
            "In this order constants stand last and carry nothing, as what they act through is frozen by then; in the "
            "reverse order they stand first and take along all that they set in motion.", WIDTH),
        "",
        *layers(stripped),
        "",
    ])  # fmt: skip


def main() -> None:
    """Run all and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", type=int, default=5_000)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--page", type=Path, default=PAGE)
    options = parser.parse_args()
    if options.seeds < 2:
        parser.error("intervals need two seeds")
    gaps = gaps_of(worlds_of(options), options)
    specs = {name: Scenario.of(name, (), options.firms, None) for name in (*STRIPPED, REFERENCE)}
    stripped = [strip(specs[name], specs[REFERENCE], options.seeds, 1, options.workers) for name in STRIPPED]
    text = page(gaps, stripped, options)
    options.page.write_text(text, encoding="utf-8")
    if options.page == PAGE:
        shares(stripped[0]).assign(firms=options.firms, seeds=options.seeds).to_csv(
            SHARES, index=False, lineterminator="\n"
        )
    print(text)


if __name__ == "__main__":
    main()
