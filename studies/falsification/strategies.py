"""The gaps between strategies and their noise."""

from __future__ import annotations

from falsification.common import GAPS, LAST, NO_CHANCE, STRATEGIES, Line, Paired, Size, line, spec_of, told
from ftz_sim.indicators.tables import NATIONAL_ONLY

BASIS = (
    "Noise has to be small beside what is told as a difference; the sizes themselves are reported and aimed at nowhere."
)
OTHERS = ("real_income", "exports", "theil")
SMALLEST = ("single_ftz", "history")
TIMES = 2  # as many seeds for the smallest gap
OTHER_SEED = 1000  # of a set that nobody had looked at when the default number of firms was chosen


def lines(size: Size) -> list[Line]:
    """Return the gaps on volume, income, exports and between places."""
    runs = Paired({name: spec_of(name, size) for name in STRATEGIES}, size.seeds, NATIONAL_ONLY)
    found = []
    for one, other in GAPS:
        gdp = runs.gap(one, other, "gdp")
        more = ", ".join(f"{name} {told(runs.gap(one, other, name))}" for name in OTHERS)
        found.append(
            line(
                f"{one} against {other}, {LAST}",
                f"s.d. over {size.seeds} paired seeds at most a tenth of the gap in GDP",
                f"gdp {told(gdp)}, {more}",
                gdp.std(ddof=1) <= 0.1 * abs(gdp.mean()),
            )
        )
    return [*found, smallest(size)]


def smallest(size: Size) -> Line:
    """Return the line on the smallest gap with more seeds, where no crisis hits the one strategy and not the other."""
    seeds = TIMES * size.seeds
    specs = {name: spec_of(name, size, NO_CHANCE) for name in SMALLEST}
    gdp = Paired(specs, seeds, NATIONAL_ONLY, seed=OTHER_SEED).gap(*SMALLEST, "gdp")
    return line(
        f"{' against '.join(SMALLEST)}, {LAST}, other seeds, no crises",
        f"s.d. over {seeds} paired seeds at most a tenth of the gap in GDP",
        f"gdp {told(gdp, 3)}",
        gdp.std(ddof=1) <= 0.1 * abs(gdp.mean()),
    )
