"""Experiments: one public function each."""

from ftz_sim.experiments.compare import compare
from ftz_sim.experiments.comparison import Comparison
from ftz_sim.experiments.run import replicates, run

__all__ = ["Comparison", "compare", "replicates", "run"]
