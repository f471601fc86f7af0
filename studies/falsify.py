"""What the model must show, and what would refute it: written to docs/falsification.md (`make falsify`).

    python studies/falsify.py [--firms 40000] [--seeds 10] [--workers 2] [--only GROUP] [--page docs/falsification.md]

Expectations were written down before the runs; a line that misses its own says so and stays. Static experiments at
2013, with scipy and exact hat algebra as referees, stand in tests/markets; here whole runs are compared, paired by
seed. Groups need different numbers of firms and seeds; the options are the most that any of them takes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from falsification import (
    accounts,
    bargains,
    green,
    idle,
    investors,
    outlays,
    shocks,
    strategies,
    strip,
    turnover,
    worlds,
)
from falsification.common import Line, Size

from ftz_sim.report.basis import BORDERS

PAGE = Path("docs/falsification.md")
HEAD = "| experiment | expected | found | as expected |\n|---|---|---|---|"


class Group(NamedTuple):
    """A table of the page."""

    title: str
    lines: Callable[[Size], list[Line]]
    basis: str
    size: Size

    @property
    def name(self) -> str:
        """What `--only` calls it."""
        return self.lines.__module__.rpartition(".")[2]


GROUPS = (
    Group("Accounts", accounts.lines, accounts.BASIS, Size(5_000, 1)),
    Group("Zones that do nothing", idle.lines, idle.BASIS, Size(2_000, 2)),
    Group("Bargains", bargains.lines, bargains.BASIS, Size(20_000, 1)),
    Group("Shocks", shocks.lines, shocks.BASIS, Size(20_000, 5)),
    Group("Strategies", strategies.lines, strategies.BASIS, Size(40_000, 10)),
    Group("What carries the gaps", strip.lines, strip.BASIS, Size(10_000, 3)),
    Group("Foreign capital and promises", investors.lines, investors.BASIS, Size(5_000, 5)),
    Group("Abatement", green.lines, green.BASIS, Size(5_000, 5)),
    Group("Turnover and moving plants", turnover.lines, turnover.BASIS, Size(20_000, 3)),
    Group("Outlays and digital levers", outlays.lines, outlays.BASIS, Size(5_000, 5)),
    Group("Worlds", worlds.lines, worlds.BASIS, Size(10_000, 3)),
)
NAMES = tuple(group.name for group in GROUPS)


class Table(NamedTuple):
    """What a group found."""

    lines: list[Line]
    seconds: float


def table(group: Group, most: Size) -> Table:
    """Run a group, with no more firms and seeds than ``most``."""
    start = time.perf_counter()
    lines = group.lines(Size(*map(min, group.size, most)))
    return Table(lines, time.perf_counter() - start)


def page(groups: Iterable[tuple[Group, list[Line]]], most: Size) -> str:
    """Return the page."""
    groups = list(groups)
    missed = [(group.title, line) for group, lines in groups for line in lines if line.held is False]
    held = sum(line.held is True for _, lines in groups for line in lines)
    out = [
        "<!-- Written by studies/falsify.py (`make falsify`); edit the script, not this page. -->\n",
        "# What the model must show\n",
        "Whole runs, paired by seed; a spread in brackets is the standard deviation over seeds. Each table says where",
        "its expectations come from, and with how many firms it was made: more where noise is what is asked about.",
        "Expectations were written down before the runs. **What misses them says no, stays and was not tuned**;",
        "`reported` stands where nothing was expected. **The size of cross_zone is the assumed border**: see *What",
        "carries the gaps*. A small part runs with every test (`tests/test_falsification.py`).\n",
        f"{held} of {held + len(missed)} expectations held" + (". Missed:\n" if missed else ".\n"),
        *(f"- {title}: {line.what}" for title, line in missed),
        *([""] if missed else []),
    ]
    for group, lines in groups:
        size = Size(*map(min, group.size, most))
        out += [
            f"## {group.title}\n",
            f"{group.basis} {size.firms:,} firms, {size.seeds} seed{'s' * (size.seeds > 1)}.\n",
            HEAD,
            *(line.markdown() for line in lines),
            "",
        ]
    return "\n".join(out)


def tables(groups: Iterable[Group], most: Size, workers: int) -> Iterator[Table]:
    """Run groups, several at once; yield their tables in the order of ``groups``."""
    if workers == 1:
        yield from map(partial(table, most=most), groups)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(partial(table, most=most), groups)


def main() -> None:
    """Run all groups and write the page, or some and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", type=int, default=40_000, help="most firms of a run")
    parser.add_argument("--seeds", type=int, default=10, help="most seeds of an experiment, two at least")
    parser.add_argument("--workers", type=int, default=2, help="groups that run at once")
    parser.add_argument("--only", choices=NAMES, action="append", help="a group; may be said again; no page is written")
    parser.add_argument("--page", type=Path, help=f"by default {PAGE}; with --only none")
    options = parser.parse_args()
    if options.seeds < 2:
        parser.error("--seeds: a spread over seeds needs two at least")
    most = Size(options.firms, options.seeds)
    groups = [group for group in GROUPS if not options.only or group.name in options.only]
    found = []
    for group, made in zip(groups, tables(groups, most, options.workers), strict=True):
        print(
            f"## {group.title} ({made.seconds:.0f} s)\n",
            HEAD,
            *(line.markdown() for line in made.lines),
            "",
            sep="\n",
            flush=True,
        )
        found.append((group, made.lines))
    file = options.page or (None if options.only else PAGE)
    if file:
        file.write_text(page(found, most), encoding="utf-8")
    if file == PAGE:  # all groups at their size
        group, lines = next(each for each in found if each[0].name == "strip")
        strip.borders(lines, Size(*map(min, group.size, most))).to_csv(BORDERS, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
