"""The interaction effect of zones and agreements: what linking them adds beyond what agreements do without zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ftz_sim.analysis import verdicts

if TYPE_CHECKING:
    import pandas as pd

    from ftz_sim.analysis.comparison import Comparison

LINKAGE = ("ftz_fta", "single_ftz", "fta_only", "no_ftz")  # (1st - 2nd) - (3rd - 4th)


def table(result: Comparison) -> pd.DataFrame | None:
    """Return the difference in differences of every measure; None unless these four were compared."""
    import pandas as pd

    panel = result.panel
    if not set(LINKAGE) <= set(panel.scenarios):
        return None
    kept = panel.done(*LINKAGE)
    both, zones, agreements, none = (panel.values(name, kept) for name in LINKAGE)
    with_zones = result.differences(both, zones)
    found = result.summarised(with_zones - result.differences(agreements, none))
    judged = [verdicts.judged(found, i, measure.variable) for i, measure in enumerate(panel.measures)]
    table = pd.DataFrame(
        {
            "indicator": [measure.variable.name for measure in panel.measures],
            "at": [measure.at for measure in panel.measures],
            "linkage_with_zones": with_zones.mean(axis=0),
            "agreements_alone": result.differences(agreements, none).mean(axis=0),
            "interaction": found.mean,
            "ci_low": found.low,
            "ci_high": found.high,
            "n": found.n,
        }
    )
    return table.join(pd.DataFrame(judged))
