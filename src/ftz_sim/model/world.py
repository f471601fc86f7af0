"""What a mechanism sees of the model: one run, or several that are stepped together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from ftz_sim.model.clock import Clock
    from ftz_sim.model.columns import Base, Firms, Nation, Pairs, Partners, Regions, Zones
    from ftz_sim.model.levers import Levers
    from ftz_sim.model.mechanisms.exogenous_paths import Shocks
    from ftz_sim.model.published_records import Figures


class World(Protocol):
    """State and time as the rules meet them; `FtzModel` and `Ensemble` are worlds."""

    dt: float
    clock: Clock
    figures: Figures
    policy: Any  # levels of levers; its method `at` has those of a quarter
    regions: Regions
    pairs: Pairs
    zones: Zones
    partners: Partners
    nation: Nation
    levers: Levers
    base: Base
    fork: int
    params: Any  # parameters of all mechanisms, by name: for the few that a rule shares with another

    @property
    def firms(self) -> Firms:
        """All firms."""

    def stream(self, name: str) -> Any:
        """Return the named random stream of this quarter."""

    def shared(self, column: Any) -> Any:
        """Return a column that all runs share as a column of each."""

    def shocks(self) -> Shocks:
        """Return what the shocks of this quarter come to."""
