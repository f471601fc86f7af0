"""Goods markets of provinces and fields with input chains: calibrated to 2013, cleared each quarter.

`calibrate` finds the `World` of 2013 in which all prices are 1; `costs` collects what a quarter brings from
outside; `clear` finds the prices that clear every cell and reads flows, income and volume off them. The
equations stand in `equations`; the mechanism `markets` calls them.
"""

from ftz_sim.model.markets.clearing import Clearing, clear
from ftz_sim.model.markets.costs import Costs, costs
from ftz_sim.model.markets.parameters import Markets
from ftz_sim.model.markets.world import World, calibrate, of_some, stack

__all__ = ["Clearing", "Costs", "Markets", "World", "calibrate", "clear", "costs", "of_some", "stack"]
