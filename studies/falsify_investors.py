"""What foreign capital and the trust of its owners must show: lines of docs/falsification.md (`make falsify`).

Expectations were written down before the runs. Runs are stepped together and paired by seed, crises of chance are
left out of all but the first two lines, and differences are means over a year.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from ftz_sim.runs.ensemble import Ensemble
from ftz_sim.runs.together import start_of
from ftz_sim.scenario.scenario import Scenario

NO_CHANCE = "parameters.capital_account.crisis_hazard=0"
NONE_FROM, NONE_UNTIL = 2025, 2035
RELISTED, CRISIS = 2028, 2028
RATCHET = "policy+=[{{lever: ratchet_commitment, from: 2025Q1, level: {level}}}]"
Change = Callable[[Any], None]


class Line(NamedTuple):
    """One line of the page; ``held`` is None where nothing was expected beforehand."""

    what: str
    expected: str
    found: str
    held: bool | None
