"""What instruments do to coordination between near zone provinces, in one run each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from falsification.common import LAST, Line, Size, line, spec_of
from ftz_sim.model.bargain import gains
from ftz_sim.runs.model import FtzModel

BASIS = "Signs follow from the bargain: alike zones are rivals, and instruments pay for joining (docs/model-notes.md)."
NEAR, LIKE, UNLIKE = 0.15, 0.4, 0.1  # feasibility of near pairs; cosine of new industry
NO_RIVALRY = "parameters.coordination.zone_rivalry=0"


class Coordinated(NamedTuple):
    """Coordination over what is feasible among near pairs of zone provinces."""

    mean: float
    like: float  # pairs whose new industry is alike
    unlike: float


def lines(size: Size) -> list[Line]:
    """Return coordination without zones, with idle hands and with all instruments."""
    none, rival = coordination("no_ftz", size), coordination("single_ftz", size)
    calm_none, calm = coordination("no_ftz", size, NO_RIVALRY), coordination("single_ftz", size, NO_RIVALRY)
    together = coordination("cross_zone", size)
    return [
        line(
            f"zones without instruments, near zone pairs, {LAST}",
            "coordination no higher than without zones",
            f"C over feasible {rival.mean:.2f}, without zones {none.mean:.2f}",
            rival.mean <= none.mean + 0.01,
        ),
        line(
            "the same with zone_rivalry 0 in both",
            "the effect is that assumption: about nil",
            f"{calm.mean:.2f} against {calm_none.mean:.2f}",
            abs(calm.mean - calm_none.mean) < 0.05,
        ),
        line(
            "all instruments of cross_zone",
            "coordination up, like and unlike pairs",
            f"{together.mean:.2f}; like pairs {together.like:.2f} (single {rival.like:.2f}), "
            f"unlike {together.unlike:.2f} ({rival.unlike:.2f})",
            together.mean > rival.mean and together.like > rival.like and together.unlike > rival.unlike,
        ),
    ]


def coordination(name: str, size: Size, *overrides: str) -> Coordinated:
    """Return coordination at the end of a run."""
    model = FtzModel(spec_of(name, size, *overrides), rng=1).run()
    pairs, home = model.pairs, model.zones.region
    feasible = pairs.feasibility[np.ix_(home, home)]
    share = pairs.coordination[np.ix_(home, home)] / np.maximum(feasible, 1e-9)
    alike = gains.likeness(model.regions.value_added)[np.ix_(home, home)]
    near = np.triu(feasible > NEAR, 1)
    means = (share[near & chosen].mean() for chosen in (alike >= 0, alike > LIKE, alike < UNLIKE))
    return Coordinated(*map(float, means))
