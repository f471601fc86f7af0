"""``ftz levers``: what a strategy can pull, and who pulls it."""

from __future__ import annotations

from typing import Any

import typer

from ftz_sim.cli.output import JSON, LANGUAGE, Language, print_json, print_table

HEADS = {
    "en": ("lever", "meaning", "scope", "level in history", "packages", "scenarios", "verdicts on its claims"),
    "zh": ("政策工具", "含义", "作用范围", "历史情景有水平", "政策包", "使用的情景数", "论断的测算结果"),
}
TOLD = {
    "en": "Claims that the lever study tested, by verdict: {counts}. What a lever's own rule writes holds by "
    "construction and is no finding; the others are on what follows.",
    "zh": "政策工具研究检验的论断，按结果计：{counts}。由工具自身规则写入的按构造成立，不算发现；其余均为后续影响。",
}
SCOPES = {
    "en": {"zone": "zone", "pair": "pair of zones", "nation": "nation"},
    "zh": {"zone": "单个试验区", "pair": "试验区之间", "nation": "全国"},
}
YES = {"en": ("no", "yes"), "zh": ("否", "是")}


def levers(lang: Language = LANGUAGE, as_json: bool = JSON) -> None:
    """List the policy levers: meaning, scope, whether history has a level, who uses them, and what was found."""
    from ftz_sim.analysis.lever_verdicts import counts, lever_verdicts
    from ftz_sim.model.levers import CATALOGUE
    from ftz_sim.trace.verdicts import counted

    packages, scenarios = _packages(), _scenarios()
    tested = [each for each in lever_verdicts() if each.kind == "lever"]
    found: list[dict[str, Any]] = [
        {
            "lever": lever.name,
            "meaning": lever.zh if lang.code == "zh" else lever.en,
            "scope": lever.scope,
            "history": lever.name in scenarios["history"],
            "packages": [name for name, pulled in packages.items() if lever.name in pulled],
            "scenarios": [name for name, pulled in scenarios.items() if lever.name in pulled],
            "verdicts": counts(found for found in tested if found.name == lever.name),
        }
        for lever in CATALOGUE.values()
    ]
    if as_json:
        print_json(found)
        return
    rows = [
        (each["lever"], each["meaning"], SCOPES[lang][each["scope"]], YES[lang][each["history"]],
         ", ".join(each["packages"]) or "–", len(each["scenarios"]),
         counted(each["verdicts"], lang.code))
        for each in found
    ]  # fmt: skip
    print_table(HEADS[lang], rows)
    if tested:
        typer.echo(TOLD[lang].format(counts=counted(counts(tested), lang.code)))


def _scenarios() -> dict[str, set[str]]:
    from ftz_sim.scenario.files import scenario_names
    from ftz_sim.scenario.scenario import Scenario

    return {name: {step.lever for step in Scenario.load(name).policy} for name in scenario_names()}


def _packages() -> dict[str, set[str]]:
    from ftz_sim.scenario.files import package_names, scenarios_folder
    from ftz_sim.scenario.yaml_reader import read_file

    files = {name: scenarios_folder() / "packages" / f"{name}.yaml" for name in package_names()}
    return {name: {step["lever"] for step in read_file(path).plain()["policy"]} for name, path in files.items()}
