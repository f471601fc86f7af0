"""Siphon and radiation: what provinces without an acting zone lose and gain against a China without zones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.analysis.panel import PROVINCIAL, Panel, scaled_difference

if TYPE_CHECKING:
    import pandas as pd

NONE = "no_ftz"


def table(panel: Panel) -> pd.DataFrame | None:
    """Return both by scenario and outcome, in percent; None without `no_ftz`.

    Siphon is the mean of the negative parts over those provinces and all pairs, radiation of the positive.
    """
    import pandas as pd

    if NONE not in panel.scenarios:
        return None
    rows = [row for name in panel.scenarios if name != NONE for row in _rows(panel, name)]
    return pd.DataFrame(rows, columns=["scenario", "outcome", "provinces", "siphon", "radiation", "n"])


def _rows(panel: Panel, name: str) -> Iterator[list[Any]]:
    outside = ~panel.acts[panel.scenarios.index(name)]
    kept = panel.done(name, NONE)
    if not kept.any() or outside.all():
        return
    value, none = (panel.provinces[panel.scenarios.index(each), kept] for each in (name, NONE))
    for place, outcome in enumerate(PROVINCIAL):
        change = scaled_difference(value[:, place, outside], none[:, place, outside], "log")
        siphon, radiation = np.minimum(change, 0).mean(), np.maximum(change, 0).mean()
        yield [name, outcome, int(outside.sum()), siphon, radiation, int(kept.sum())]
