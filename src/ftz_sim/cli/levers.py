"""``ftz levers``: what a strategy can pull, and who pulls it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from ftz_sim.cli.output import JSON, LANGUAGE, Language, print_json, print_table

if TYPE_CHECKING:
    from ftz_sim.model.outlays import Outlay

HEADS = {
    "en": "lever; meaning; scope; level in history; packages; scenarios; costs at full level; verdicts on its claims",
    "zh": "政策工具；含义；作用范围；历史情景有水平；政策包；使用的情景数；全力实施的支出；论断的测算结果",
}
TOLD = {
    "en": "Claims that the lever study tested, by verdict: {counts}. What a lever's own rule writes holds by "
    "construction and is no finding; the others are on what follows.",
    "zh": "政策工具研究检验的论断，按结果计：{counts}。由工具自身规则写入的按构造成立，不算发现；其余均为后续影响。",
}
BASES = {  # what a rate of the table of outlays is of
    "zone": ("{rate:g} bn yuan/yr for each zone", "每区每年{hundred_m:g}亿元"),
    "zone_va": ("{share:g} % of the zone's value added", "片区增加值的{share:g}%"),
    "zone_new": ("{share:g} % of the zone's new industry", "片区新产业增加值的{share:g}%"),
    "zone_old": ("{share:g} % of the zone's traditional industry", "片区传统产业增加值的{share:g}%"),
    "zone_exports": ("{share:g} % of the zone's exports", "片区出口的{share:g}%"),
    "zone_emissions": ("{ton:g} yuan per ton of the zone's CO2", "片区每吨二氧化碳{ton:g}元"),
    "province_gdp": ("{share:g} % of the province's GDP", "本省地区生产总值的{share:g}%"),
    "coordinated_gdp": ("{share:g} % of coordinated GDP", "协同部分地区生产总值的{share:g}%"),
    "national_gdp": ("{share:g} % of GDP", "国内生产总值的{share:g}%"),
    "formula": ("computed: {meaning}", "按公式计算：{formula}"),
}
FORMULAS = {  # what an outlay without a rate is, in Chinese; its record says it in English
    "zone_zero_tariff": "片区进口少收的关税",
    "corporate_tax_15": "少收的企业所得税",
    "research_support": "研发补助与加计扣除",
    "joint_fund": "基金中用于研究的一半",
    "benefit_sharing": "省际转移，全国不增成本",
    "tariff_concessions": "按减让少收的关税",
    "accession_preparation": "加入协定后少收的关税",
}
SCOPES = {
    "en": {"zone": "zone", "pair": "pair of zones", "nation": "nation"},
    "zh": {"zone": "单个试验区", "pair": "试验区之间", "nation": "全国"},
}
YES = {"en": ("no", "yes"), "zh": ("否", "是")}


def levers(lang: Language = LANGUAGE, as_json: bool = JSON) -> None:
    """List the policy levers: meaning, scope, level in history, who uses them, what they cost and what was found."""
    from ftz_sim.analysis.lever_verdicts import counts, lever_verdicts
    from ftz_sim.model.levers import CATALOGUE
    from ftz_sim.model.outlays import load_outlays
    from ftz_sim.trace.verdicts import counted

    outlays = {row.lever: row for row in load_outlays()}
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
            "outlay": {key: value for key, value in outlays[lever.name]._asdict().items() if key != "lever"},
            "verdicts": counts(found for found in tested if found.name == lever.name),
        }
        for lever in CATALOGUE.values()
    ]
    if as_json:
        print_json(found)
        return
    rows = [
        (each["lever"], each["meaning"], SCOPES[lang][each["scope"]], YES[lang][each["history"]],
         ", ".join(each["packages"]) or "–", len(each["scenarios"]), _costs(outlays[each["lever"]], lang),
         counted(each["verdicts"], lang.code))
        for each in found
    ]  # fmt: skip
    print_table(HEADS[lang].replace("；", "; ").split("; "), rows)
    if tested:
        typer.echo(TOLD[lang].format(counts=counted(counts(tested), lang.code)))


def _costs(row: Outlay, lang: Language) -> str:
    text = BASES[row.base][lang.code == "zh"]
    return text.format(
        rate=row.rate,
        hundred_m=10 * row.rate,
        share=100 * row.rate,
        ton=1000 * row.rate,
        meaning=row.meaning,
        formula=FORMULAS.get(row.lever),
    )


def _scenarios() -> dict[str, set[str]]:
    from ftz_sim.scenario.files import scenario_names
    from ftz_sim.scenario.scenario import Scenario

    return {name: {step.lever for step in Scenario.load(name).policy} for name in scenario_names()}


def _packages() -> dict[str, set[str]]:
    from ftz_sim.scenario.files import package_names, scenarios_folder
    from ftz_sim.scenario.yaml_reader import read_file

    files = {name: scenarios_folder() / "packages" / f"{name}.yaml" for name in package_names()}
    return {name: {step["lever"] for step in read_file(path).plain()["policy"]} for name, path in files.items()}
