"""Writes an experiment folder with plausible made-up numbers, so that figures are tested without a model."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from ftz_sim.analysis.verdicts import gain as gain_verdict
from ftz_sim.analysis.verdicts import verdict
from ftz_sim.indicators.variables import GROWTH_ACCOUNT, NATIONAL
from ftz_sim.report.tiles import TILES

SCENARIOS = (
    "no_ftz", "history", "single_ftz", "cross_zone", "cross_zone_with_hinterland", "ftz_fta", "integrated", "fta_only",
)  # fmt: skip
ZONES = "SH GD TJ FJ LN ZJ HA HB CQ SC SN HI SD JS GX HE YN HL BJ HN AH XJ".split()
FORK = 48  # 2025Q1

# value in 2013, value in 2035
LEVELS = {
    "gdp": (59_300, 181_000), "research_intensity": (0.0199, 0.038), "patents": (100, 340), "fdi": (730, 967),
    "exports": (13_900, 38_800), "co2": (9_600, 9_700), "emerging_share": (0.072, 0.24), "theil": (0.062, 0.0539),
    "nqp_fixed": (12, 58.7),
    "dependence": (0.6, 0.35), "duplication": (0.86, 0.846), "policy_cost_share": (1e-4, 4e-4),
    "list_zone": (190, 12),
    "list_national": (190, 14), "services_list_zone": (90, 40), "services_list_national": (90, 50),
}  # fmt: skip
# percent (or points, or share of the level) against single_ftz in 2035, in the order of SCENARIOS
EFFECTS = {
    "gdp": (-5.38, -1.37, 0, 1.14, 1.26, 0.13, 1.28, -5.37),
    "research_intensity": (-7.7, -1.5, 0, 0.2, 0.15, 0.13, 0.34, -7.6),
    "patents": (-7.6, -2.0, 0, 2.1, 2.3, 0.4, 2.5, -7.6),
    "fdi": (-20.0, -6.8, 0, 0.03, 0.02, 2.3, 2.4, -19.3),
    "exports": (-5.3, -1.9, 0, 0.7, 0.74, 1.5, 2.3, -5.1),
    "co2": (-3.1, -0.3, 0, 0.93, 1.1, 0.06, 0.99, -3.1),
    "emerging_share": (-7, -0.8, 0, 0.1, 0.1, 0.2, 0.3, -7),
    "theil": (-0.3, -0.4, 0, -1.5, -2.0, 0.6, -0.9, -0.2),
    "nqp_fixed": (-5.6, -2.5, 0, 0.4, 0.5, 0.2, 0.6, -5.6),
    "dependence": (3, 1, 0, -0.5, -0.5, -2, -2.2, 2.8),
    "duplication": (-99, 1.8, 0, -8.6, -8.6, 0.01, -8.5, -99),
    "policy_cost_share": (-90, -50, 0, 170, 175, 13, 180, -85),
}


def quarters(last: int) -> list[str]:
    return [f"{2013 + t // 4}Q{t % 4 + 1}" for t in range(last)]


def write(
    folder: Path,
    scenarios: Iterable[str] = SCENARIOS,
    replicates: int = 3,
    length: int = 92,
    compared: bool = True,
    titles: dict[str, object] | None = None,
) -> Path:
    """Write manifest, scenarios, national, zones, comparison and provinces; return the folder."""
    scenarios = tuple(scenarios)
    (folder / "scenarios").mkdir(parents=True, exist_ok=True)
    manifest = {"kind": "compare", "version": "0.1.0", "seed": 7, "command": "made up", "interval": "t"}
    manifest |= {"inputs": {}, "outputs": {}}
    if compared:
        manifest["reference"] = reference_of(scenarios)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    for name in scenarios:
        title = json.dumps((titles or {}).get(name, {"en": f"The {name}", "zh": f"情景{name}"}), ensure_ascii=False)
        text = f"name: {name}\ntitle: {title}\nhorizon: {{fork: 2025Q1, end: 2035Q4}}\n"
        (folder / "scenarios" / f"{name}.yaml").write_text(text + "population: {firms: 20000}\n", encoding="utf-8")
    national = pd.concat([_national(s, r, length) for s in scenarios for r in range(replicates)], ignore_index=True)
    national.to_parquet(folder / "national.parquet")
    pd.DataFrame({"scenario": scenarios[0], "zone": ZONES, "quarter": "2035Q4", "is_open": 1.0}).to_parquet(
        folder / "zones.parquet"
    )
    if compared:
        _comparison(national, scenarios, replicates).to_csv(folder / "comparison.csv", index=False)
        _provinces(scenarios, replicates).to_csv(folder / "provinces.csv", index=False)
    return folder


def add_draws(folder: Path, n: int = 40, firms: int = 2000) -> None:
    """Add ranges over draws of parameters: from half of every difference to twice it."""
    table = pd.read_csv(folder / "comparison.csv", dtype={"at": str})
    middle = table["difference"].to_numpy()
    low, high = np.sort([middle / 2, middle * 2], axis=0)
    keys = table[["scenario", "reference", "indicator", "at"]]
    keys.assign(median=middle, low=low, high=high, share_above=0.9, p_best=0.5, n=n).to_csv(
        folder / "uncertainty.csv", index=False
    )
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"draws": n, "draw_firms": firms}))


def reference_of(scenarios: tuple[str, ...]) -> str:
    return "single_ftz" if "single_ftz" in scenarios else scenarios[0]


def _keys(scenario: str, replicate: int, length: int) -> dict[str, object]:
    return {
        "run_id": f"{scenario}-{replicate}",
        "scenario": scenario,
        "replicate": replicate,
        "quarter": quarters(length),
    }


def _national(scenario: str, replicate: int, length: int) -> pd.DataFrame:
    time = np.arange(length)
    ramp = np.clip((time - FORK) / 43, 0, None) ** 1.2
    rng = np.random.default_rng(replicate)
    columns: dict[str, object] = _keys(scenario, replicate, length)
    effect = SCENARIOS.index(scenario) if scenario in SCENARIOS else 3
    for name in NATIONAL:
        start, end = LEVELS.get(name, (1.0, 1.2))
        path = start * (end / start) ** (time / 91) * np.exp(0.01 * np.cumsum(rng.normal(size=length)) / 4)
        own = np.random.default_rng([replicate, effect, len(name)]).normal()
        strength = EFFECTS.get(name, (0.0,) * len(SCENARIOS))[effect] * (1 + 0.05 * own) + 0.02 * own * (effect != 2)
        columns[name] = path * (1 + strength / 100 * ramp)
    parts = dict(zip(GROWTH_ACCOUNT, (2.6, -0.1, 0.4, 0.5, 0.9, 1.2, 0.2, -0.3), strict=False))
    wave = 1 + 0.3 * np.sin(time / 5) - time / 200
    columns |= {part: value * wave for part, value in parts.items()}
    columns["growth_total"] = sum(parts.values()) * wave
    return pd.DataFrame(columns)


def _provinces(scenarios: tuple[str, ...], replicates: int) -> pd.DataFrame:
    rows = []
    for scenario in scenarios:
        for place, code in enumerate(TILES):
            effect = EFFECTS["gdp"][SCENARIOS.index(scenario) if scenario in SCENARIOS else 3]
            own = np.random.default_rng([place, len(scenario)]).normal(0, 0.2)
            gain = effect * (0.3 + (code in ZONES)) - 0.2 + own
            half = 0.15 if replicates > 1 else np.nan
            rows.append(
                {"scenario": scenario, "reference": reference_of(scenarios), "region": code, "gain": gain,
                 "ci_low": gain - half, "ci_high": gain + half, "n": replicates,
                 "verdict": gain_verdict(gain - half, gain + half, False)}
            )  # fmt: skip
    return pd.DataFrame(rows)


def _comparison(national: pd.DataFrame, scenarios: tuple[str, ...], replicates: int) -> pd.DataFrame:
    # like the real table in shape; the interval is two standard errors
    reference = reference_of(scenarios)
    final = national[national["quarter"] == national["quarter"].max()].set_index(["scenario", "replicate"])
    rows = []
    for scenario in scenarios:
        if scenario == reference:
            continue
        for name, variable in NATIONAL.items():
            ours, theirs = final.loc[scenario][name], final.loc[reference][name]
            factor = {"points": 100.0, "level": 1.0, "log": 1.0}[variable.scale]
            difference = 100 * (ours / theirs - 1) if variable.scale == "log" else factor * (ours - theirs)
            half = 2 * difference.std(ddof=1) / np.sqrt(replicates) if replicates > 1 else np.nan
            mean = difference.mean()
            said = verdict(mean, mean - half, mean + half, False, variable.direction)
            rows.append(
                {"scenario": scenario, "reference": reference, "indicator": name, "at": national["quarter"].max()[:4],
                 "mean": ours.mean(), "reference_mean": theirs.mean(), "difference": mean, "ci_low": mean - half,
                 "ci_high": mean + half, "relative": mean / 100, "n": replicates, "p_best": 0.5, "verdict": said,
                 "detectable": 1.5 * half}
            )  # fmt: skip
    return pd.DataFrame(rows)
