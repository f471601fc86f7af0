"""The gaps between strategies and their noise."""

from __future__ import annotations

from falsification.common import GAPS, LAST, STRATEGIES, Line, Paired, Size, line, spec_of, told
from ftz_sim.indicators.tables import NATIONAL_ONLY

BASIS = (
    "Noise has to be small beside what is told as a difference; the sizes themselves are reported and aimed at nowhere."
)
OTHERS = ("real_income", "exports", "theil")


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
    return found
