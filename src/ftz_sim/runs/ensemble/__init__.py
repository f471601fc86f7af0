"""Several runs stepped together: every array has one axis more, the last, for the run (`axes` has the idiom).

A run in an ensemble has the bits that it has alone: its draws come from its own streams, and sums add in the
order in which one run adds. Tables are [..., E] in memory, so that one operation serves all runs; columns of
firms are [N, E] in shape and one run after another in memory, so that the firms of a run are neighbours.
"""

from ftz_sim.runs.ensemble.runs import Ensemble

__all__ = ["Ensemble"]
