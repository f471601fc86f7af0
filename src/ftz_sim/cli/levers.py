"""``ftz levers``: what a strategy can pull, and who pulls it."""

from __future__ import annotations

from typing import Any

from ftz_sim.cli.output import JSON, LANGUAGE, Language, print_json, print_table

HEADS = {
    "en": ("lever", "meaning", "scope", "level in history", "packages", "scenarios"),
    "zh": ("政策工具", "含义", "作用范围", "历史情景有水平", "政策包", "使用的情景数"),
}
SCOPES = {
    "en": {"zone": "zone", "pair": "pair of zones", "nation": "nation"},
    "zh": {"zone": "单个试验区", "pair": "试验区之间", "nation": "全国"},
}
YES = {"en": ("no", "yes"), "zh": ("否", "是")}


def levers(lang: Language = LANGUAGE, as_json: bool = JSON) -> None:
    """List the policy levers: meaning, scope, whether history has a level, and who uses them."""
    from ftz_sim.model.levers import CATALOGUE

    packages, scenarios = _packages(), _scenarios()
    found: list[dict[str, Any]] = [
        {
            "lever": lever.name,
            "meaning": lever.zh if lang.code == "zh" else lever.en,
            "scope": lever.scope,
            "history": lever.name in scenarios["history"],
            "packages": [name for name, pulled in packages.items() if lever.name in pulled],
            "scenarios": [name for name, pulled in scenarios.items() if lever.name in pulled],
        }
        for lever in CATALOGUE.values()
    ]
    if as_json:
        print_json(found)
        return
    rows = [
        (each["lever"], each["meaning"], SCOPES[lang][each["scope"]], YES[lang][each["history"]],
         ", ".join(each["packages"]) or "–", len(each["scenarios"]))
        for each in found
    ]  # fmt: skip
    print_table(HEADS[lang], rows)


def _scenarios() -> dict[str, set[str]]:
    from ftz_sim.scenario.files import scenario_names
    from ftz_sim.scenario.scenario import Scenario

    return {name: {step.lever for step in Scenario.load(name).policy} for name in scenario_names()}


def _packages() -> dict[str, set[str]]:
    from ftz_sim.scenario.files import package_names, scenarios_folder
    from ftz_sim.scenario.yaml_reader import read_file

    files = {name: scenarios_folder() / "packages" / f"{name}.yaml" for name in package_names()}
    return {name: {step["lever"] for step in read_file(path).plain()["policy"]} for name, path in files.items()}
