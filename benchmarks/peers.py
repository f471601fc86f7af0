"""The firm rule of `mesa_objects` in other frameworks, for `many_runs`; each is imported where it is installed.

All play the same draws. Starsim keeps states in single precision. AMBER steps one run in its vectorized mode: its
ensembles (`GPUEnsembleRunner`, `BatchedWellMixedSIR`) play kernels of their own and cannot play this rule.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

import numpy as np
from mesa_objects import CAPITAL_SHARE, FLOOR, PERSISTENCE, RESEARCH, SAVING, SPREAD, WEAR

Noise = Callable[[int, int], np.ndarray]  # seed, firms -> draws [T, N]
Alone = Callable[[int, int], float]  # seed, firms -> output of all firms after the last quarter


def by_ema(firms: int, seeds: Sequence[int], alone: Alone) -> list[float]:
    """Return the output of every run through EMA Workbench's ``perform_experiments``."""
    from ema_workbench import Constant, IntegerParameter, Model, ScalarOutcome, Scenario, perform_experiments

    logging.getLogger("EMA").setLevel(logging.ERROR)
    model = Model("columns", function=lambda seed, firms: {"output": alone(int(seed), int(firms))})
    model.uncertainties = [IntegerParameter("seed", min(seeds), max(seeds))]
    model.constants, model.outcomes = [Constant("firms", firms)], [ScalarOutcome("output")]
    _, outcomes = perform_experiments(model, scenarios=[Scenario(str(seed), seed=seed) for seed in seeds])
    return list(outcomes["output"])


def by_starsim(firms: int, seeds: Sequence[int], noise_of: Noise) -> list[float]:
    """Return the output of every run as a Starsim module whose people are firms."""
    import starsim as ss

    class Rule(ss.Module):  # type: ignore[misc, name-defined]
        def __init__(self, noise: np.ndarray) -> None:
            super().__init__()
            self.noise = noise
            states = {"productivity": 0.0, "capital": 1.0, "knowledge": 1.0, "output": 0.0}
            self.define_states(*(ss.FloatArr(name, default=start) for name, start in states.items()))

        def step(self) -> None:
            noise = self.noise[self.ti]
            productivity = PERSISTENCE * self.productivity.values + SPREAD * noise
            old = productivity >= FLOOR
            self.productivity[:] = np.where(old, productivity, 0.0)
            capital, knowledge = (np.where(old, state.values, 1.0) for state in (self.capital, self.knowledge))
            self.output[:] = np.exp(self.productivity.values) * capital**CAPITAL_SHARE * knowledge**RESEARCH
            self.capital[:] = capital * (1 - WEAR) + SAVING * self.output.values * WEAR
            self.knowledge[:] = knowledge + RESEARCH * self.output.values

    found = []
    for seed in seeds:
        noise = noise_of(seed, firms)
        sim = ss.Sim(n_agents=firms, start=0, dur=len(noise) - 1, dt=1, modules=[Rule(noise)], verbose=0)
        sim.run()
        found.append(float(sim.custom[0].output.values.sum(dtype=np.float64)))
    return found


def by_amber(firms: int, seeds: Sequence[int], noise_of: Noise) -> list[float]:
    """Return the output of every run as an AMBER model in vectorized mode."""
    import ambr

    class Rule(ambr.Model):  # type: ignore[misc]
        def setup(self) -> None:
            self.quarter = 0
            self.noise = noise_of(int(self.p["noise_of"]), firms)
            self.add_agents(firms, productivity=0.0, capital=1.0, knowledge=1.0, output=0.0)

        def step_vectorized(self) -> None:
            agents = self.agents
            names = ("productivity", "capital", "knowledge")
            productivity, capital, knowledge = (np.asarray(getattr(agents, name)) for name in names)
            productivity = PERSISTENCE * productivity + SPREAD * self.noise[self.quarter]
            old = productivity >= FLOOR
            productivity = np.where(old, productivity, 0.0)
            capital, knowledge = np.where(old, capital, 1.0), np.where(old, knowledge, 1.0)
            output = np.exp(productivity) * capital**CAPITAL_SHARE * knowledge**RESEARCH
            agents.productivity, agents.output = productivity, output
            agents.capital = capital * (1 - WEAR) + SAVING * output * WEAR
            agents.knowledge = knowledge + RESEARCH * output
            self.quarter += 1

    found = []
    for seed in seeds:
        steps = len(noise_of(seed, 1))
        model = Rule({"noise_of": seed, "steps": steps, "seed": seed, "show_progress": False}).cpu(mode="vectorized")
        model.run()
        found.append(float(np.asarray(model.agents.output).sum()))
    return found
