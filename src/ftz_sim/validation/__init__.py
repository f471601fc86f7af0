"""Evidence: the model beside published figures, out of sample, and under the estimators of the literature."""

from ftz_sim.validation.board import Board
from ftz_sim.validation.study import Validation, validate

__all__ = ["Board", "Validation", "validate"]
