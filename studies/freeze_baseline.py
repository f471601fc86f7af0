"""Renew the frozen baseline of the whole model: run it on purpose, and say why in the CHANGELOG (`Results:`).

    python studies/freeze_baseline.py

Writes ``tests/baseline.yaml``: some indicators of the nation, of provinces and of zones in every shipped scenario, at
2,000 firms, one number for each of two seeds. What moved is printed. ``tests/test_baseline.py`` compares with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ruamel.yaml import YAML

from ftz_sim.model.clock import Quarter
from ftz_sim.results import Run
from ftz_sim.runs.engine import map_runs, replicate_jobs
from ftz_sim.runs.setup import scenario

HERE = Path(__file__).parents[1]
FILE = HERE / "tests" / "baseline.yaml"
HEAD = "# Written by studies/freeze_baseline.py; run it on purpose, with a `Results:` line in the CHANGELOG.\n"
FIRMS, SEEDS, DIGITS = 2_000, 2, 9
QUARTERS = ("2024Q4", "2035Q4")
MOVED = 1e-5  # relative; a change of numbers moves every seed by more, another processor's rounding hardly one
NATION = (
    "gdp", "real_income", "tfp", "capital", "talents", "research_intensity", "patents", "digital_capability",
    "dependence",
    "emerging_share", "clusters", "fdi", "exports", "co2", "list_national", "effective_openness", "law",
    "business_environment", "innovations_created", "innovations_approved", "coordination", "duplication", "theil",
    "accession_readiness", "alignment", "policy_cost", "crisis_hazard", "nqp_fixed", "effective_firms",
)  # fmt: skip
PROVINCE = ("gdp", "talents", "patents", "fdi", "exports", "co2")
PROVINCES = ("SH", "GZ", "LN", "SX")  # a first zone, none before 2024, the old industrial base, coal
ZONE = ("value_added", "fdi", "innovations_created", "carbon_price")
ZONES = ("SH", "HI")
Frozen = dict[str, dict[str, list[float]]]


def scenarios() -> list[str]:
    """Return the names of all shipped scenarios."""
    return sorted(file.stem for file in (HERE / "scenarios").glob("*.yaml"))


def indicators(run: Run) -> dict[str, float]:
    """Return the frozen indicators of a run by name and quarter."""
    tables, found = run.tables, {}
    groups = (
        ("province", tables.regions, tables.codes.regions.code, PROVINCES, PROVINCE),
        ("zone", tables.zones, tables.codes.zones.code, ZONES, ZONE),
    )
    for quarter in QUARTERS:
        row = Quarter.parse(quarter).index
        found |= {f"{quarter} nation {name}": tables.national[name][row] for name in NATION}
        for kind, columns, codes, chosen, names in groups:
            for code in chosen:
                place = list(codes).index(code)
                found |= {f"{quarter} {kind} {code} {name}": columns[name][row, place] for name in names}
    return {name: float(f"{value:.{DIGITS}g}") for name, value in found.items()}


def play(names: Sequence[str] = (), overrides: Sequence[str] = ()) -> Frozen:
    """Return the indicators of all scenarios, or of ``names``: by scenario, then by indicator, one for each seed."""
    specs = [scenario(name, overrides, FIRMS, QUARTERS[-1]) for name in names or scenarios()]
    runs = list(map_runs(replicate_jobs(specs, SEEDS, 1)))
    found: Frozen = {}
    for run in runs:
        if not isinstance(run, Run):
            raise RuntimeError(str(run))
        for name, value in indicators(run).items():
            found.setdefault(run.spec.name, {}).setdefault(name, []).append(value)
    return found


def moved(old: Frozen, new: Frozen) -> list[str]:
    """Return what moved in every seed, appeared or went away, as lines of text."""
    lines = []
    for name in sorted(old.keys() | new.keys()):
        before, now = old.get(name, {}), new.get(name, {})
        for each in sorted(before.keys() | now.keys()):
            a, b = before.get(each), now.get(each)
            if a is None or b is None or all(_differ(x, y) for x, y in zip(a, b, strict=True)):
                lines.append(f"{name}, {each}: {a} -> {b}")
    return lines


def _differ(x: float, y: float) -> bool:
    if x != x or y != y:  # nan: no such thing in this scenario
        return (x != x) != (y != y)
    return abs(x - y) > MOVED * max(abs(x), abs(y))


def read() -> Frozen:
    """Return the frozen baseline; nothing where there is none yet."""
    found: Frozen = YAML(typ="safe").load(FILE) if FILE.is_file() else {}
    return found


def main() -> None:
    """Write the baseline and print what moved."""
    new = play()
    lines = moved(read(), new)
    print("\n".join(lines) or "nothing moved")
    writer = YAML(typ="safe")
    writer.default_flow_style, writer.width = None, 110
    with FILE.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        writer.dump(new, file)
    print(f"{len(lines)} numbers moved; {sum(map(len, new.values()))} written to {FILE}")


if __name__ == "__main__":
    main()
