"""What levers cost, and what the digital ones bring beside published ranges.

Ranges of digital levers were written down before the runs and are printed, not tuned to. They are judgements after
published sizes: opening of data flows in all economies 1.77 % of GDP (OECD and WTO 2025), artificial intelligence at
most .7 % of productivity in ten years (Acemoglu) or a quarter to six tenths of a point a year (OECD 2024), of which
policy is a part.
"""

from __future__ import annotations

from falsification.common import LAST, STRATEGIES, Array, Line, Paired, Size, line, spec_of, told
from ftz_sim.indicators.tables import NATIONAL_ONLY
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.scenario.lever_steps import LeverStep
from ftz_sim.scenario.scenario import Scenario

BASIS = (
    "All industrial policy cost 1.73 % of GDP in 2019 (CSIS): zones must cost less. Digital levers beside judgements "
    "after OECD and WTO (2025), Acemoglu and OECD (2024), of which policy is a part."
)
PUBLISHED = {  # % of GDP, the full lever in zones against none from the fork on
    "data_flow_opening": (0.1, 0.8),
    "ai_plus": (0.05, 0.5),
    "compute_network": (0.05, 0.3),
    "data_sharing_platform": (0.05, 0.3),
}
DIGITAL = (*PUBLISHED, "digital_subsidy", "digital_interoperability")
LARGEST_SHARE = 0.4  # of the digital levers in the sum of all that gain
ALL_POLICY = 1.73  # % of GDP


def lines(size: Size) -> list[Line]:
    """Return all lines on costs and digital levers."""
    strategies = {name: spec_of(name, size) for name in STRATEGIES}
    full = strategies["integrated"]
    off = {name: at_none(full, name) for name in CATALOGUE if name != "zone_status"}
    runs = Paired(strategies | off, size.seeds, NATIONAL_ONLY)
    gains = {name: runs.gap("integrated", name, "gdp") for name in off}
    return [*(_cost(name, runs) for name in STRATEGIES), *digital(gains)]


def at_none(spec: Scenario, lever: str) -> Scenario:
    """Return a scenario with one lever at 0 from the fork on."""
    fork = spec.horizon.fork
    kept = tuple(step for step in spec.policy if step.lever != lever or step.start == "opening" or step.start < fork)
    zero = LeverStep.model_validate({"lever": lever, "from": str(fork), "level": 0})
    return spec.model_copy(update={"name": f"{spec.name}-{lever}", "policy": (*kept, zero)})


def digital(gains: dict[str, Array]) -> list[Line]:
    """Return what each digital lever of `integrated` brings, and the share of all of them in the sum of gains."""
    total = sum(max(gain.mean(), 0.0) for gain in gains.values())
    share = sum(max(gains[name].mean(), 0.0) for name in DIGITAL) / total
    what = f"share of {len(DIGITAL)} digital levers in the sum of gains"
    return [
        *(_gain(name, gains[name], total) for name in DIGITAL),
        line(what, f"at most {LARGEST_SHARE:.0%}", f"{share:.0%}", share <= LARGEST_SHARE),
    ]


def _cost(name: str, runs: Paired) -> Line:
    gdp = runs.national(name, "gdp")
    fiscal, resources = (100 * runs.national(name, part) / gdp for part in ("policy_cost", "resource_cost"))
    return line(
        f"cost of {name}, {LAST}",
        f"below {ALL_POLICY} % of GDP, as all industrial policy",
        f"fiscal {fiscal.mean():.3f} % ({fiscal.std(ddof=1):.3f}), resources {resources.mean():.3f} %",
        (fiscal < ALL_POLICY).all() and (resources > 0).all(),
    )


def _gain(name: str, gain: Array, total: float) -> Line:
    found = f"{told(gain, 3)}, {max(gain.mean(), 0) / total:.1%} of the sum"
    low, high = PUBLISHED.get(name, (None, None))
    expected = "none published" if low is None else f"+{low} to +{high} %"
    what = f"{name}, full against none, GDP {LAST}"
    return line(what, expected, found, None if low is None else low <= gain.mean() <= high)
