"""A class: the kit that is printed, the role play in which groups build one scenario, hand-ins and their grades."""

from ftz_sim.classroom.game import Game, Role, read_game

__all__ = ["Game", "Role", "read_game"]
