"""Model beside published: `history` 2013-2024 against the validation patterns, misses listed and not hidden.

    python benchmarks/magnitudes.py [--firms 20000] [--seeds 5] [--workers 2] [--set a.b=c ...]

Prints a Markdown table (docs/magnitudes.md holds the last one). A pattern's status says how it counts:
hard (must hold), soft (reported), input (the path is data, so it tests nothing), missed (known miss).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ftz_sim.experiments.run import replicates
from ftz_sim.results import Run

Frame = pd.DataFrame
GROWTH = {2014: 7.4, 2015: 7.0, 2016: 6.8, 2017: 6.9, 2018: 6.7, 2019: 6.0, 2020: 2.2, 2021: 8.4, 2022: 3.0, 2023: 5.2}
ZONE_FDI = {2018: 12.0, 2019: 15.0, 2020: 17.6, 2022: 18.1}
ZONE_TRADE = {2018: 12.0, 2019: 13.1, 2020: 14.7, 2022: 17.9}
ZONE_LIST = {2014: 139, 2015: 122, 2017: 95, 2018: 45, 2019: 37, 2020: 30, 2021: 27}
NATIONAL_LIST = {2017: 63, 2018: 48, 2019: 40, 2020: 33, 2021: 31, 2024: 29}
REPLICATED = {2018: 153, 2019: 202, 2020: 260, 2021: 278, 2023: 302}


@dataclass(frozen=True)
class Pattern:
    """One published number and how the model's is read from the national table."""

    name: str
    published: float
    tolerance: float
    status: str
    source: str
    value: Callable[[Frame], float]


def year(column: str, y: int) -> Callable[[Frame], float]:
    """Return the mean of a year's four quarters: flows are stored at annual rates."""
    return lambda table: float(table.loc[f"{y}Q1" : f"{y}Q4", column].mean())


def at(column: str, quarter: str, scale: float = 1.0) -> Callable[[Frame], float]:
    """Return the value of one quarter."""
    return lambda table: scale * float(table.loc[quarter, column])


def change(column: str, first: int, last: int) -> Callable[[Frame], float]:
    """Return the change between two years, percent."""
    return lambda table: 100 * (year(column, last)(table) / year(column, first)(table) - 1)


def percent(value: Callable[[Frame], float]) -> Callable[[Frame], float]:
    """Return a share in percent."""
    return lambda table: 100 * value(table)


def patterns() -> list[Pattern]:
    """Return all patterns, in the order of the table."""
    rows = [Pattern(f"GDP growth {y}, %", g, 0.7, "hard", "NBS", change("gdp", y - 1, y)) for y, g in GROWTH.items()]
    rows += [
        Pattern("R&D/GDP 2013, %", 1.99, 0.10, "hard", "NBS", percent(year("research_intensity", 2013))),
        Pattern("R&D/GDP 2023, %", 2.65, 0.15, "hard", "NBS", percent(year("research_intensity", 2023))),
        Pattern("CO2/GDP change 2015-20, %", -18.8, 2.0, "hard", "MEE", change("co2_intensity", 2015, 2020)),
        Pattern(
            "CO2/GDP change 2021, %", -3.8, 2.0, "hard", "NBS communique 2021", change("co2_intensity", 2020, 2021)
        ),
        Pattern("CO2 2013, Gt", 9.6, 0.3, "hard", "CEADs", lambda t: year("co2", 2013)(t) / 1e3),
        Pattern("CO2 2023, Gt", 11.75, 0.35, "soft", "recalled", lambda t: year("co2", 2023)(t) / 1e3),
        Pattern("emerging + future 2014, % of GDP", 7.6, 2.0, "soft", "not found", _new_share("2014Q4")),
        Pattern("emerging + future 2022, % of GDP (> 13)", 14.0, 2.0, "hard", "MIIT", _new_share("2022Q4")),
    ]
    rows += [_share("FDI", "zone_fdi_share", y, v, "hard") for y, v in ZONE_FDI.items()]
    rows.append(_share("FDI", "zone_fdi_share", 2024, 24.3, "missed"))
    rows.append(
        Pattern(
            "high-tech share of zone FDI 2022, %",
            38.8,
            5,
            "soft",
            "S2",
            percent(year("zone_fdi_high_tech_share", 2022)),
        )
    )
    rows += [_share("exports", "zone_export_share", y, v, "hard") for y, v in ZONE_TRADE.items()]
    rows += [
        Pattern(f"zone list {y}, items", n, 20, "soft", "MOFCOM", at("list_zone", f"{y}Q3"))
        for y, n in ZONE_LIST.items()
    ]
    rows += [
        Pattern(f"national list {y}, items", n, 20, "soft", "MOFCOM", at("list_national", f"{y}Q3"))
        for y, n in NATIONAL_LIST.items()
    ]
    rows += [
        Pattern("services list zones 2024, items", 68, 5, "soft", "MOFCOM", at("services_list_zone", "2024Q2")),
        Pattern("services list nation 2024, items", 71, 5, "soft", "MOFCOM", at("services_list_national", "2024Q2")),
    ]
    rows += [
        Pattern(f"replicated results {y}", n, 0.2 * n, "soft", "MOFCOM", at("innovations_approved", f"{y}Q3"))
        for y, n in REPLICATED.items()
    ]
    return [
        *rows,
        Pattern("exports/GDP 2023, %", 19.0, 2.0, "soft", "recalled", percent(year("export_ratio", 2023))),
        Pattern("invention patents 2023/2013", 2.16, 0.3, "soft", "CNIPA", _ratio("patents")),
        Pattern("R&D personnel 2023, million", 7.24, 0.2, "input", "NBS", lambda t: at("talents", "2023Q1")(t) / 1e3),
        Pattern("Theil 2023 / 2013", 0.9, 0.12, "soft", "recalled", _ratio("theil")),
    ]


def _share(what: str, column: str, y: int, value: float, status: str) -> Pattern:
    return Pattern(f"zone share of {what} {y}, %", value, 3.0, status, "MOFCOM", percent(year(column, y)))


def _new_share(quarter: str) -> Callable[[Frame], float]:
    return lambda table: 100 * float(table.loc[quarter, ["emerging_share", "future_share"]].sum())


def _ratio(column: str) -> Callable[[Frame], float]:
    return lambda table: year(column, 2023)(table) / year(column, 2013)(table)


def table(runs: list[Run]) -> str:
    """Return the Markdown table of all patterns over ``runs``."""
    frames = [run.national.set_index("quarter") for run in runs]
    lines = [
        "| pattern | published | model | sd over seeds | tolerance | status | inside | source |",
        "|---|" + "---|" * 7,
    ]
    for pattern in patterns():
        values = np.array([pattern.value(frame) for frame in frames])
        inside = "yes" if abs(values.mean() - pattern.published) <= pattern.tolerance else "**no**"
        spread = f"{values.std(ddof=1):.2f}" if len(values) > 1 else ""
        numbers = f"{pattern.published:g} | {values.mean():.2f} | {spread} | {pattern.tolerance:.3g}"
        lines.append(f"| {pattern.name} | {numbers} | {pattern.status} | {inside} | {pattern.source} |")
    return "\n".join(lines)


def main() -> None:
    """Play `history` and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--set", action="append", default=[], dest="overrides")
    options = parser.parse_args()
    runs = replicates(
        "history", options.seeds, 1, options.workers, firms=options.firms, end="2024Q4", overrides=options.overrides
    )
    failed = [run for run in runs if not isinstance(run, Run)]
    if failed:
        raise SystemExit(f"{failed[0].run_id} failed: {failed[0].error}")
    print(table([run for run in runs if isinstance(run, Run)]))


if __name__ == "__main__":
    main()
