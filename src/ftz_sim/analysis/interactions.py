"""Interaction effects (differences in differences): what two things do together beyond what they do one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ftz_sim.analysis import verdicts

if TYPE_CHECKING:
    import pandas as pd

    from ftz_sim.analysis.comparison import Comparison


class Interaction(NamedTuple):
    """Four scenarios whose difference in differences is (1st - 2nd) - (3rd - 4th), and what both differences are."""

    scenarios: tuple[str, str, str, str]
    beside: str  # column of the first difference
    alone: str  # of the second


LINKAGE = Interaction(("ftz_fta", "single_ftz", "fta_only", "no_ftz"), "linkage_with_zones", "agreements_alone")
SYNERGY = Interaction(
    ("integrated", "cross_zone", "ftz_fta", "single_ftz"), "linkage_with_coordination", "linkage_alone"
)


def table(result: Comparison, of: Interaction) -> pd.DataFrame | None:
    """Return the difference in differences of every measure; None unless its four scenarios were compared."""
    import pandas as pd

    panel = result.panel
    if not set(of.scenarios) <= set(panel.scenarios):
        return None
    kept = panel.done(*of.scenarios)
    both, first, second, neither = (panel.values(name, kept) for name in of.scenarios)
    beside, alone = result.differences(both, first), result.differences(second, neither)
    found = result.summarised(beside - alone)
    judged = [verdicts.judged(found, i, measure.variable) for i, measure in enumerate(panel.measures)]
    table = pd.DataFrame(
        {
            "indicator": [measure.variable.name for measure in panel.measures],
            "at": [measure.at for measure in panel.measures],
            of.beside: beside.mean(axis=0),
            of.alone: alone.mean(axis=0),
            "interaction": found.mean,
            "ci_low": found.low,
            "ci_high": found.high,
            "n": found.n,
        }
    )
    return table.join(pd.DataFrame(judged))
