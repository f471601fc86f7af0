"""Exercises that check themselves: what a student answers is compared with what the student's own runs show."""

from ftz_sim.exercises.cards import Exercise, Question, exercise_names, exercises_folder, read_exercise
from ftz_sim.exercises.marks import CHANGES, Mark, mark, said

__all__ = ["CHANGES", "Exercise", "Mark", "Question", "exercise_names", "exercises_folder", "mark", "read_exercise",
           "said"]  # fmt: skip
