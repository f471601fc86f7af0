"""What robustness found, in plain English and Chinese, from the numbers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ftz_sim.analysis.discovery import ALWAYS, NO_BOUNDARY, NO_SKLEARN, TOO_FEW

if TYPE_CHECKING:
    from ftz_sim.analysis.robustness import Robustness

ALL = "all objectives"
SURE = 0.05  # adjusted p-value up to which a parameter is said to matter
MOST_RULES = 3

TEXT = {
    "en": {
        "best": "Over {n} draws of {p} parameters, best on GDP: {shares}.",
        "regret": "Least to regret: {scenario}, at most {most} and on average {mean} below the best.",
        "turned": "Draws in which GDP is below that of {reference}: {shares}.",
        "front": "On the front of growth, balance, carbon and cost (means): {front}.",
        "satisfied": "No worse than {reference} on growth, balance and carbon at once: {shares} of the draws.",
        "matters": "What the lead of {scenario} over {reference} depends on most: {parameters}.",
        "nothing": "No single parameter is found to decide the lead of {scenario} over {reference}.",
        "rule": "{winner} is best if {rule} (density {density:.2f}, coverage {coverage:.2f}, {n} draws)",
        "boundary": "{rules}; out of sample such rules are right in {accuracy:.0%} of draws, always saying {first} "
        "in {base:.0%}.",
        ALWAYS: "{winner} is best on GDP in every draw: within these ranges nothing turns it.",
        TOO_FEW: "No boundary is drawn: too few draws, or too few in which anything but {winner} wins.",
        NO_BOUNDARY: "No boundary found: small trees predict the winner no better than always saying {winner} "
        "({accuracy:.0%} against {base:.0%}).",
        NO_SKLEARN: "No boundary was looked for: scikit-learn is not installed (pip install 'scikit-learn>=1.4').",
        "condition": " and ",
        "and": ", ",
        "list": "; ",
    },
    "zh": {
        "best": "在{p}个参数的{n}次抽样中，GDP最优的概率：{shares}。",
        "regret": "最大后悔值最小的是{scenario}：与最优者相差最多{most}，平均{mean}。",
        "turned": "GDP低于{reference}的抽样比例：{shares}。",
        "front": "在增长、均衡、碳排放与成本（均值）的帕累托前沿上：{front}。",
        "satisfied": "增长、均衡与碳排放均不劣于{reference}的抽样比例：{shares}。",
        "matters": "{scenario}相对{reference}的领先主要取决于：{parameters}。",
        "nothing": "未发现某个单一参数决定{scenario}相对{reference}的领先。",
        "rule": "当{rule}时{winner}最优（密度{density:.2f}，覆盖率{coverage:.2f}，{n}次抽样）",
        "boundary": "{rules}；样本外此类规则的正确率为{accuracy:.0%}，而始终判为{first}的正确率为{base:.0%}。",
        ALWAYS: "{winner}在所有抽样中GDP均最优：在这些范围内没有因素能使其逆转。",
        TOO_FEW: "未划出边界：抽样过少，或{winner}以外的情景获胜次数过少。",
        NO_BOUNDARY: "未发现边界：小型决策树预测胜者并不优于始终判为{winner}（{accuracy:.0%}对{base:.0%}）。",
        NO_SKLEARN: "未寻找边界：未安装scikit-learn（pip install 'scikit-learn>=1.4'）。",
        "condition": "且",
        "and": "、",
        "list": "；",
    },
}


def sentence(found: Robustness, lang: str) -> str:
    """Say in one paragraph what `sentences` says."""
    return (" " if lang == "en" else "").join(sentences(found, lang))


def sentences(found: Robustness, lang: str) -> list[str]:
    """Say who wins how often, what is regretted least, what matters, and where the boundary lies."""
    words, table = TEXT[lang], found.table
    gdp, joint = (table[table["indicator"] == name].set_index("scenario") for name in ("gdp", ALL))
    best = {str(name): float(share) for name, share in gdp["p_best"].items()}
    satisfied = {str(name): float(share) for name, share in joint["satisfied"].items()}
    order = sorted(best, key=lambda name: -best[name])
    shares = [f"{name} {best[name]:.2f}" for name in order]
    least = min(gdp.to_dict(orient="index").items(), key=lambda item: item[1]["max_regret"])
    others = [name for name in found.scenarios if name != found.reference]
    turned = {name: float((found.difference(name, "gdp") < 0).mean()) for name in others}
    return [
        words["best"].format(n=found.n, p=found.draws.shape[1], shares=words["and"].join(shares)),
        words["regret"].format(
            scenario=least[0], most=_percent(least[1]["max_regret"]), mean=_percent(least[1]["mean_regret"])
        ),
        words["turned"].format(
            reference=found.reference, shares=words["and"].join(f"{name} {turned[name]:.2f}" for name in others)
        ),
        words["front"].format(front=words["and"].join(found.pareto.query("on_front")["scenario"])),
        words["satisfied"].format(
            reference=found.reference,
            shares=words["and"].join(f"{name} {satisfied[name]:.2f}" for name in others),
        ),
        _matters(found, next(name for name in order if name != found.reference), words),
        boundary(found.boundary[found.boundary["question"] == "best"], lang),
    ]


def boundary(rows: Any, lang: str) -> str:
    """Say the rules of one question of the boundary table."""
    words = TEXT[lang]
    records = rows.to_dict(orient="records")
    first = records[0]
    numbers = {"accuracy": first["accuracy"], "base": first["base_rate"]}
    if first["rule"] in words:
        return words[first["rule"]].format(winner=first["winner"], **numbers)
    clearest = sorted(records, key=lambda row: -row["coverage"] * row["density"])[:MOST_RULES]
    rules = words["list"].join(
        words["rule"].format(**row | {"rule": row["rule"].replace(" and ", words["condition"])}) for row in clearest
    )
    usual = max(records, key=lambda row: row["n"] * row["density"])["winner"]
    return words["boundary"].format(rules=rules, first=usual, **numbers)


def _percent(number: float) -> str:
    return f"{number:.2g} %"


def _matters(found: Robustness, scenario: str, words: dict[str, str]) -> str:
    rows = found.tornado[found.tornado["scenario"] == scenario]
    sure = rows[rows["p_adjusted"] <= SURE].head(3)
    key = "matters" if len(sure) else "nothing"
    texts = [f"{row['parameter']} ({row['rank_correlation']:+.2f})" for row in sure.to_dict(orient="records")]
    return words[key].format(scenario=scenario, reference=found.reference, parameters=words["and"].join(texts))
