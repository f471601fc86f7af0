"""Linkage proper: what linking zones with agreements adds beyond what the agreements do where there are no zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from ftz_sim.analysis.comparison import Comparison

LINKAGE = ("ftz_fta", "single_ftz", "fta_only", "no_ftz")  # linkage proper = (1st - 2nd) - (3rd - 4th)


def table(result: Comparison) -> pd.DataFrame | None:
    """Return (ftz_fta - single_ftz) - (fta_only - no_ftz) for every measure; None unless these four were compared."""
    import pandas as pd

    panel = result.panel
    if not set(LINKAGE) <= set(panel.scenarios):
        return None
    kept = panel.done(*LINKAGE)
    both, zones, agreements, none = (panel.values(name, kept) for name in LINKAGE)
    with_zones = result.differences(both, zones)
    found = result.summarised(with_zones - result.differences(agreements, none))
    return pd.DataFrame(
        {
            "indicator": [measure.variable.name for measure in panel.measures],
            "at": [measure.at for measure in panel.measures],
            "linkage_with_zones": with_zones.mean(axis=0),
            "agreements_alone": result.differences(agreements, none).mean(axis=0),
            "linkage_proper": found.mean,
            "ci_low": found.low,
            "ci_high": found.high,
            "n": found.n,
            "verdict": [result.verdict_of(found, i) for i in range(len(panel.measures))],
        }
    )
