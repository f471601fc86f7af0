"""Playing runs mechanism by mechanism, for who looks at the world, or changes it, between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

END = "end"  # of a quarter, where others name a mechanism


def walk(world: Any) -> Iterator[str]:
    """Play the rest of a model or an ensemble; yield each mechanism after it has acted, and END with the quarter."""
    while world.clock.index <= world.last_quarter:
        for name, mechanism in world.active_schedule.items():
            mechanism.step(world, getattr(world.params, name))
            yield name
        yield END
        world.clock.tick()
