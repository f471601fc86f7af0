"""The biography of one firm, province or zone, or of a pair of governments: what happened, when, and why.

`watch` plays a run again and looks at its subject after every mechanism; `tell` puts what it saw into words,
`draw` into a figure. `pair`, `pair_words` and `pair_figure` do the same for the bargains of two provinces.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ftz_sim.scenario.scenario import Scenario
from ftz_sim.story.draw import draw
from ftz_sim.story.pair import Talks, watch_pair
from ftz_sim.story.pair_figure import draw_pair
from ftz_sim.story.pair_words import tell_pair
from ftz_sim.story.tell import Story, tell
from ftz_sim.story.watch import Life, watch
from ftz_sim.text.words import Lang

__all__ = ["Life", "Talks", "Told", "draw", "draw_pair", "tell", "tell_pair", "told", "watch", "watch_pair"]


class Told(NamedTuple):
    """A story, whatever it is about."""

    name: str  # of its figure, such as region-GD
    code: str
    story: Story
    draw: Callable[[Path], list[Path]]  # writes the figure into a folder


def told(spec: Scenario, seed: int, kind: str, code: str, lang: Lang) -> Told:
    """Play ``spec`` with the seed of a run and tell what it did to a firm, region, zone or pair.

    Raises:
        InputError: if there is no such subject.
    """
    if kind == "pair":
        talks = watch_pair(spec, seed, code)
        story = tell_pair(talks, lang)
        return Told(f"pair-{talks.code}", talks.code, story, partial(draw_pair, talks, story, lang))
    life = watch(spec, seed, kind, code)
    story = tell(life, lang)
    return Told(f"{life.kind}-{life.code}", life.code, story, partial(draw, life, story, lang))
