"""Time one clearing of the goods markets, alone and per run of an ensemble (CPU of this thread).

Run as: python benchmarks/markets.py [runs ...]. A quarter: capacity grows 1.5 % with noise of 1 % by cell, world demand
moves by 1 %, borders by a hundredth; each quarter starts from the last one's prices.
"""

from __future__ import annotations

import sys
from time import thread_time

import numpy as np

from ftz_sim.model.industry import load_industry
from ftz_sim.model.markets import Markets, calibrate, clear, costs, stack
from ftz_sim.model.published import load_figures

QUARTERS = 12


def world_of_2013(p):
    figures, industry = load_figures(), load_industry()
    places, firms = figures.provinces, np.where(industry.value_added > 0, 2, 0)
    share = places.exports.sum() / places.gdp.sum()
    return calibrate(
        industry, places.gdp / 4, share, figures.partners.export_share_2013, figures.distance, firms, p
    ), 1.0 * (firms > 0)


def play(world, active, p, runs):
    """Play quarters of ``runs`` runs (0: alone); return seconds of costs and clearing and the steps of each."""
    noise = np.random.default_rng(1)
    size = (runs,) if runs else ()
    if runs:
        world = stack([world] * runs)
    capacity = world.capacity * (active[..., None] if runs else active)
    start, seconds, steps = np.zeros_like(capacity), np.zeros((QUARTERS, 2)), []
    removed = np.zeros((31, 31, *size))
    for quarter in range(QUARTERS):
        capacity = capacity * np.exp(0.015 + 0.01 * noise.normal(size=capacity.shape))
        removed += 0.01 * noise.random((31, 31, *size))
        demand = np.exp(0.01 * noise.normal(size=size) * quarter)
        t0 = thread_time()
        now_costs = costs(world, p, capacity, removed=removed, world_demand=demand)
        t1 = thread_time()
        now = clear(world, now_costs, capacity, start, p)
        seconds[quarter] = t1 - t0, thread_time() - t1
        start = now.start
        steps.append(np.mean(now.steps))
    return np.median(seconds[1:], axis=0), np.mean(steps[1:])


if __name__ == "__main__":
    p = Markets()
    begun = thread_time()
    world, active = world_of_2013(p)
    print(f"figures and calibration {1e3 * (thread_time() - begun):.0f} ms")
    for runs in [0, *(int(size) for size in sys.argv[1:] or (1, 8, 64))]:
        (of_costs, of_clearing), steps = play(world, active, p, runs)
        each = 1e3 / max(runs, 1)
        print(
            f"{'alone' if not runs else f'{runs} runs':8s} costs {each * of_costs:.2f} ms, "
            f"clearing {each * of_clearing:.2f} ms a run, {steps:.1f} steps"
        )
