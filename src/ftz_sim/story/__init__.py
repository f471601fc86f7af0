"""The biography of one firm, province or zone: what happened, when, because of which mechanism.

`watch` plays a run again and looks at its subject after every mechanism; `tell` puts what it saw into words,
`draw` into a figure.
"""

from ftz_sim.story.draw import draw
from ftz_sim.story.tell import tell
from ftz_sim.story.watch import Life, watch

__all__ = ["Life", "draw", "tell", "watch"]
