"""Questions whose answer need not lie at an edge: how much coordination, which zones, what first.

    python studies/interior.py results/interior

Writes a sweep file for each question, with its scenarios beside it, for `ftz sweep --equal-cost`: on one budget, more
of one thing is less of another. Draws, shocks and firms are those of sweeps/what_decides.yaml.

    how_much_coordination  `cross_zone` with 0, .25, .5, .75 and 1 of what it adds to `single_ftz`
    which_zones            what `single_ftz` adds, in all zones, or in those of the coast, inland or at a border alone
    which_order            `integrated` with all from its start; or coordination, or opening (linkage and agreements),
                           `LATER` quarters after the rest
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from ftz_sim.model.clock import Quarter
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.published import load_figures
from ftz_sim.runs.sweep_file import read_sweep
from ftz_sim.runs.sweep_manifest import plan_as_json
from ftz_sim.runs.uncertainties import apply, moved_levers
from ftz_sim.scenario.scenario import OPENING, ZONES, LeverStep, Scenario, Text

BASE = "what_decides"
SAMPLES = 100
LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)
GROUPS = {"coast": (0, 3), "inland": (1,), "border": (2,)}  # categories of zones; an island is coast
LATER = 16  # quarters


TITLES = {
    "all_zones": ("All zones", "全部试验区"),
    "coast_only": ("Zones of the coast only", "仅沿海试验区"),
    "inland_only": ("Zones inland only", "仅内陆试验区"),
    "border_only": ("Zones at a border only", "仅沿边试验区"),
    "together": ("All at once", "同时推进"),
    "opening_first": ("Opening first, coordination later", "先开放、后协同"),
    "coordination_first": ("Coordination first, opening later", "先协同、后开放"),
}


def how_much_coordination() -> Iterator[Scenario]:
    """Yield `cross_zone` with part of its coordination."""
    whole = Scenario.load("cross_zone")
    levers = moved_levers(whole) - moved_levers(Scenario.load("single_ftz"))
    for level in LEVELS:
        part = apply(whole, {f"levers.{lever}": level for lever in levers})
        title = Text(en=f"Coordination at {level:.0%}", zh=f"协同力度{level:.0%}")
        yield part.model_copy(update={"name": f"coordination_{round(100 * level)}", "title": title})


def which_zones() -> Iterator[Scenario]:
    """Yield `single_ftz` with what it adds in some zones only."""
    whole = Scenario.load("single_ftz")
    yield _named(whole, "all_zones")
    for name, categories in GROUPS.items():
        inside = [iso for iso, own in zip(ZONES, load_figures().zones.category, strict=True) if own in categories]
        steps = tuple(step for each in whole.policy for step in _inside(whole, each, inside))
        yield _named(whole, f"{name}_only", steps)


def _inside(spec: Scenario, step: LeverStep, zones: list[str]) -> Iterator[LeverStep]:
    if not _added(spec, step) or CATALOGUE[step.lever].scope == "nation":
        yield step
    elif own := tuple(ZONES[row] for row in step.rows() if ZONES[row] in zones):
        yield step.model_copy(update={"zones": own})


def which_order() -> Iterator[Scenario]:
    """Yield `integrated` at once, and with coordination or opening later."""
    whole = Scenario.load("integrated")
    single = moved_levers(Scenario.load("single_ftz"))
    coordination = moved_levers(Scenario.load("cross_zone")) - single
    opening = moved_levers(Scenario.load("ftz_fta")) - single
    yield _named(whole, "together")
    for name, later in (("opening_first", coordination), ("coordination_first", opening)):
        steps = tuple(_later(each) if each.lever in later and _added(whole, each) else each for each in whole.policy)
        yield _named(whole, name, steps)


def _named(spec: Scenario, name: str, policy: tuple[LeverStep, ...] | None = None) -> Scenario:
    en, zh = TITLES[name]
    update = {"name": name, "title": Text(en=en, zh=zh), "policy": spec.policy if policy is None else policy}
    return spec.model_copy(update=update)


def _later(step: LeverStep) -> LeverStep:
    return step.model_copy(update={"start": Quarter.at(step.start.index + LATER)})  # type: ignore[union-attr]


def _added(spec: Scenario, step: LeverStep) -> bool:
    return step.start != OPENING and step.start >= spec.horizon.fork


QUESTIONS = {each.__name__: each for each in (how_much_coordination, which_zones, which_order)}


def write(folder: Path, samples: int = SAMPLES) -> list[Path]:
    """Write the sweep file of every question and its scenarios; return the former."""
    plan = plan_as_json(read_sweep(BASE))
    kept = {key: plan[key] for key in ("replicates", "seed", "shocks", "overrides")}
    written = []
    for question, variants in QUESTIONS.items():
        specs = list(variants())
        beside = folder / question
        beside.mkdir(parents=True, exist_ok=True)
        for spec in specs:
            (beside / f"{spec.name}.yaml").write_text(spec.dump(), encoding="utf-8")
        sweep = {"name": question, "scenarios": [f"{question}/{spec.name}.yaml" for spec in specs], **kept}
        sweep |= {"design": {"method": "lhs", "samples": samples}, "uncertainties": "calibrated"}
        written.append(folder / f"{question}.yaml")
        written[-1].write_text(json.dumps(sweep, indent=1) + "\n", encoding="utf-8")  # YAML, too
    return written


if __name__ == "__main__":
    print(*write(Path(sys.argv[1])), sep="\n")
