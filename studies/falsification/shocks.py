"""What shocks do to `history` in their first year."""

from __future__ import annotations

import numpy as np

from falsification.common import LAST, Line, Paired, Size, gap, line, spec_of, told, within
from ftz_sim.model.published import load_figures

BASIS = "Ranges are those of the static experiments at 2013 (docs/markets.md), where exact hat algebra is the referee."
FROM, FIRST_YEAR = "2026Q1", 2026


def lines(size: Size) -> list[Line]:
    """Return income and volume under a fall of demand, a tariff and an embargo."""
    added = {
        "calm": "",
        "demand": f"{{kind: demand, from: {FROM}, to: {LAST}Q4, size: 0.3}}",
        "tariff": f"{{kind: tariff, partner: US, from: {FROM}, to: {LAST}Q4, size: 1.0}}",
        "embargo": f"{{kind: technology, from: {FROM}, to: {LAST}Q4, size: 1.0}}",
    }
    specs = {name: spec_of("history", size, f"shocks=[{text}]") for name, text in added.items()}
    runs = Paired(specs, size.seeds, ("national", "regions"))
    income = {name: runs.gap(name, "calm", "real_income", FIRST_YEAR) for name in added}
    volume = {name: runs.gap(name, "calm", "gdp", FIRST_YEAR) for name in added}
    says = {name: f"income {told(income[name])}, volume {told(volume[name])}" for name in added}
    at_sea = load_figures().provinces.coastal
    coast, inland = (
        gap(*(runs.among(name, np.flatnonzero(where), "real_income", FIRST_YEAR) for name in ("demand", "calm")))
        for where in (at_sea, ~at_sea)
    )
    return [
        line(
            f"world demand -30 % from {FIRST_YEAR}, first year",
            "income -.5 to -1.5 %, coast most",
            f"{says['demand']}; coast {coast.mean():+.2f}, inland {inland.mean():+.2f} %",
            within(income["demand"], -1.5, -0.5) and coast.mean() < inland.mean(),
        ),
        line(
            f"US tariff +100 points on goods from {FIRST_YEAR}, first year",
            "income -.2 to -1.0 %",
            says["tariff"],
            within(income["tariff"], -1.0, -0.2),
        ),
        line(
            f"embargo on strategic-emerging and future fields by all partners from {FIRST_YEAR}, first year",
            "income down, by -.3 to -3 %",
            says["embargo"],
            within(income["embargo"], -3.0, -0.3),
        ),
    ]
