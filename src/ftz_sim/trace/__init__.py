"""From what the papers state to what the model does, and back."""

from ftz_sim.trace.links import Trace, find, parameter_claims, parameter_uses
from ftz_sim.trace.matrix import write_matrix

__all__ = ["Trace", "find", "parameter_claims", "parameter_uses", "write_matrix"]
