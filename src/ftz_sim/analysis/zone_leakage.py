"""Carbon leakage of compared scenarios: what of the zones' cut in CO2 comes back outside.

For a zone, outside is the rest of its own province; for all zones together, the rest of the nation. Leakage is minus
the change outside over the change inside, in the final year, against the same replicate of the reference: 1 means that
all of the cut comes back, below 0 that emissions fall outside, too. A replicate in which a zone did not cut, or by less
than a hundredth of a percent, has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ftz_sim.analysis.statistics import LEVEL, Interval, paired_difference
from ftz_sim.indicators.responses import leakage
from ftz_sim.indicators.yearly import last_year, year
from ftz_sim.results import Run

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[Any]
ALL = "all"
COLUMNS = ("scenario", "reference", "zone", "inside", "outside", "leakage", "ci_low", "ci_high", "n", "without_cut")


class ZoneLeakage:
    """CO2 of all runs in the final year, inside the zone areas and around them.

    Args:
        scenarios: names of those that are compared.
        reference: the one to compare with.
        reps: replicates at most.
        interval: how intervals are made.
        seed: of the bootstrap.
        level: of one interval.
    """

    def __init__(
        self, scenarios: Sequence[str], reference: str, reps: int, interval: Interval = "t", seed: int = 0,
        level: float = LEVEL,
    ) -> None:  # fmt: skip
        self.reference, self.reps = reference, reps
        self.interval, self.seed, self.level = interval, seed, level
        self.co2: dict[str, Array] = dict.fromkeys(scenarios, np.empty(0))  # [reps, 2, zones + all]: area, around it
        self.zones: tuple[str, ...] = ()

    def add(self, run: Run) -> None:
        """Keep what a run emitted in its final year."""
        tables, codes = run.tables, run.tables.codes
        final = last_year(tables.quarters)
        inside = year(tables.zones["co2"], final, "sum")
        home = [codes.regions.code.index(code) for code in codes.zones.code]
        around = year(tables.regions["co2"], final, "sum")[home]
        nation = year(tables.national["co2"], final, "sum")
        if not self.co2[run.spec.name].size:
            self.co2[run.spec.name] = np.full((self.reps, 2, len(home) + 1), np.nan)
        self.co2[run.spec.name][run.replicate] = [[*inside, inside.sum()], [*around, nation]]
        self.zones = (*codes.zones.code, ALL)

    @property
    def table(self) -> pd.DataFrame:
        """One row for each scenario and zone, and one for all zones; changes in Mt a year."""
        import pandas as pd

        others = [name for name in self.co2 if name != self.reference]
        return pd.DataFrame([row for name in others for row in self._rows(name)], columns=COLUMNS)

    def _rows(self, name: str) -> Iterator[list[Any]]:
        value, reference = self.co2[name], self.co2[self.reference]
        if not (value.size and reference.size):
            return
        kept = np.isfinite(value[:, 0, 0]) & np.isfinite(reference[:, 0, 0])
        value, reference = value[kept], reference[kept]
        shares = leakage(value[:, 1], value[:, 0], reference[:, 1], reference[:, 0])
        change = value - reference
        for i, zone in enumerate(self.zones):
            cut = shares[:, i][np.isfinite(shares[:, i])]
            told = paired_difference(cut[:, None], self.interval, self.seed, self.level)
            inside = change[:, 0, i].mean() if len(change) else np.nan
            outside = (change[:, 1, i] - change[:, 0, i]).mean() if len(change) else np.nan
            yield [
                name, self.reference, zone, inside, outside, told.mean[0], told.low[0], told.high[0], told.n,
                int(kept.sum()) - told.n,
            ]  # fmt: skip
