"""What a sensitivity analysis found, in plain English and Chinese, from the numbers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ftz_sim.analysis.focus import place_name

if TYPE_CHECKING:
    from ftz_sim.analysis.sensitivity import Sensitivity

MOST = 4
TEXT = {
    "en": {
        "sobol": "{scenario} against {reference}, {indicator} in {year}: share of the variance with all interactions, "
        "{parameters}.",
        "morris": "{scenario} against {reference}, {indicator} in {year}: mean change over the whole range, "
        "{parameters}.",
        "loose": "{loose} of {all} indices have not converged (marked); take more samples before ranking them.",
        "settled": "All {all} indices have converged.",
        "noise": "Luck is {noise:.1%} of the variance of differences at most.",
        "floor": "{n} of {all} are no larger than what luck alone gives.",
        "alone": "With one replicate luck cannot be told from effects that depend on it; two give a floor.",
        "none": "One strategy only: see the table for its levels.",
        "mark": "*",
        "and": ", ",
        "of": " · ",
    },
    "zh": {
        "sobol": "{year}年{scenario}相对{reference}的{indicator}差异：含全部交互的方差份额，{parameters}。",
        "morris": "{year}年{scenario}相对{reference}的{indicator}差异：跨越整个取值范围的平均变化，{parameters}。",
        "loose": "{all}个指数中有{loose}个尚未收敛（已标注*）；排序前应增加样本。",
        "settled": "全部{all}个指数均已收敛。",
        "noise": "随机性最多占差异方差的{noise:.1%}。",
        "floor": "{all}个中有{n}个不大于仅由随机性产生的数值。",
        "alone": "每个样本点仅有一次重复，无法区分随机性与依赖随机性的效应；两次重复即可给出噪声下限。",
        "none": "仅有一个战略：其水平值见表。",
        "mark": "*",
        "and": "、",
        "of": "",
    },
}


def sentence(found: Sensitivity, lang: str, indicator: str) -> str:
    """Say for every strategy and what was asked what its difference to the reference depends on most."""
    import pandas as pd

    words, asked = TEXT[lang], found.asked(indicator)
    value = "st" if found.method == "sobol" else "mu_star"
    rows = pd.concat([own for _, own in asked])
    said = []
    told = [(name, each, group) for each, own in asked for name, group in own.groupby("scenario", sort=False)]
    for scenario, variable, group in told:
        parts = [
            f"{row['parameter']} {row[value]:.2g}{'' if row['converged'] else words['mark']}"
            for row in group.nlargest(MOST, value).to_dict(orient="records")
        ]
        first: Any = group.iloc[0]
        place = place_name(first["level"], first["place"], lang) + words["of"] if "place" in rows else ""
        said.append(
            words[found.method].format(
                scenario=scenario, reference=found.reference, year=first["at"] if place else found.outcomes.year,
                indicator=place + variable.label(lang), parameters=words["and"].join(parts),
            )
        )  # fmt: skip
    loose = int((~rows["converged"]).sum())
    said.append(words["loose" if loose else "settled"].format(loose=loose, all=len(rows)) if said else words["none"])
    noise = rows["noise"].max()
    if len(rows) and rows["floor"].isna().all():
        said.append(words["alone"])
    elif below := int(((rows[value] <= rows["floor"]) & (rows["floor"] > 0)).sum()):
        said.append(words["floor"].format(n=below, all=len(rows)))
    if noise == noise and said:
        said.append(words["noise"].format(noise=noise))
    return (" " if lang == "en" else "").join(said)
