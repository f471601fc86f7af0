"""Analyses of runs, one public function each."""

from ftz_sim.analysis.compare import compare
from ftz_sim.analysis.comparison import Comparison
from ftz_sim.runs.run import replicates, run

__all__ = ["Comparison", "compare", "replicates", "run"]
