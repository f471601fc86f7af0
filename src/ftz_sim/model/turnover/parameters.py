"""Parameters of the turnover of firms."""

from __future__ import annotations

from ftz_sim.model.params import Params, constant, param


class FirmTurnover(Params):
    """Keys a scenario may set under ``firm_turnover:``."""

    # closing
    exit_rate: float = param(0.07, "mean exit hazard of firms", unit="1/yr", low=0.04, high=0.10, grade="A")
    selection: float = param(
        1.25,
        "fall of the exit hazard per log point of productivity above the cell's mean",
        unit="1",
        low=0.3,
        high=2.0,
        grade="L",
        source="foster2008, brandt2012",
    )
    exit_low: float = constant(0.2, "least factor on the exit hazard", unit="1", positive=True)
    exit_high: float = constant(4.0, "largest factor on the exit hazard", unit="1", positive=True)
    # choosing
    tier_odds: tuple[float, float] = param(
        (0.115, 0.006),
        "odds that an entrant joins tier 1 or 2 against 0",
        unit="1",
        low=(0.0575, 0.003),
        high=(0.1725, 0.009),
        grade="C",
        source="calibrated",
    )
    zone_entry_share: float = param(
        0.06,
        "entrants that choose the zone area, before policy",
        unit="share",
        low=0.03,
        high=0.12,
        grade="C",
        source="calibrated",
    )
    advantage: float = param(1.0, "pull of the zone's openness on entrants", unit="1", low=-0.5, high=2.0)
    entry_effect: float = param(0.15, "pull of fair competition and research support", unit="log", low=-0.075, high=0.4)
    tier_factor: float = constant(0.7, "elasticity of the odds to the factor index", unit="1")
    tier_openness: float = constant(0.6, "effect of openness on the odds", unit="log")
    zone_cap: float = constant(0.5, "largest share of entrants in the zone area", unit="share")
    price_response: float = param(
        1.0, "pull of the price of value added in the choice of a field", unit="1", low=0.0, high=2.0
    )
    chain_effect: float = param(0.35, "pull of chain policy to fields with dear inputs", unit="1", low=-0.175, high=0.8)
    lq_floor: float = constant(0.05, "least location quotient in the choice of a field", unit="1")
    field_exponent: float = constant(0.5, "weight of the location quotient in that choice", unit="1")
    state_share: float = constant(0.05, "entrants owned by the state", unit="share")
    foreign_share: float = constant(0.10, "entrants owned by foreigners", unit="share")
    # starting
    number_share: float = param(
        0.5, "part of the response of entry to its place that is number, the rest is size", unit="share", low=0, high=1
    )
    start_share: float = param(
        0.6,
        "capital, workers and talents of entrants per mean of the cell",
        unit="share",
        low=0.3,
        high=0.8,
        positive=True,
    )
    knowledge_share: float = param(0.5, "knowledge of entrants per mean knowledge", unit="share", low=0.2, high=0.6)
    learning: float = param(
        0.05, "productivity that entrants draw from knowledge in reach", unit="1", low=-0.025, high=0.15
    )
    entrant_spread: float = param(0.25, "spread of entrants' productivity", unit="log", low=0.1, high=0.4)
    entrant_clean: float = param(0.95, "intensity of entrants per typical intensity", unit="share", low=0.8, high=1.0)
    entry_environment: float = constant(1.2, "entry: business environment", unit="log")
    entry_talent: float = constant(0.3, "entry: talent gap", unit="1")
    entry_density: float = constant(0.3, "entry lost to density", unit="1")
    entry_fit: float = constant(0.05, "productivity from the location quotient", unit="log")
    fit_low: float = constant(0.2, "least location quotient in the fit", unit="1", positive=True)
    fit_high: float = constant(5.0, "largest location quotient in the fit", unit="1", positive=True)
