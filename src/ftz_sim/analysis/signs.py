"""The assumed sign of every lever, the parameters it works through, and what can turn it.

What a lever is said to move, and by which parameters the model does it, stands in `lever_facts`. Ranges
are those of the cards: an effect that nobody has measured (grade A) is drawn from minus half of its default
upwards, so that about one draw in six has it do harm. Where an equation has no value below 0 (speeds,
depths, shares of a stock) or where evidence gives the sign, the range stops there, `NO_HARM` says why, and the
lever can turn through its other effects or through what it costs and risks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from ftz_sim.analysis.lever_facts import LEVERS
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.parameters import all_cards
from ftz_sim.model.params import Card
from ftz_sim.scenario.groups import GROUP_OF, GROUPS
from ftz_sim.scenario.groups import label as group_label

if TYPE_CHECKING:
    import pandas as pd


WORDS = {
    "en": {
        "range": "{parameter} {low} to {high}",
        "reverse": "its effect may be the reverse (below 0: {parameters})",
        "group": "effects that may be the reverse",
        "no": "nothing that is drawn",
        "join": "; ",
        "and": ", ",
        "summary": "Assumed signs of {n} levers: for {reverse} the ranges hold the opposite of the assumed effect, "
        "{risk} can turn by what they cost or risk only, {none} by nothing that is drawn ({names}).",
    },
    "zh": {
        "range": "{parameter} {low}至{high}",
        "reverse": "效应可能反向（低于0：{parameters}）",
        "group": "效应可能反向",
        "no": "抽样中没有",
        "join": "；",
        "and": "、",
        "summary": "{n}项政策工具的假定的作用方向：其中{reverse}个的取值范围包含与假定相反的效应，"
        "{risk}个只能因成本或风险而反转，{none}个在抽样范围内不会反转（{names}）。",
    },
}


class Risk(NamedTuple):
    """What a lever costs, or what may go wrong with it."""

    en: str
    zh: str
    parameter: str  # that says how much


RISKS: dict[str, Risk] = {
    "treasury": Risk("loss on public money", "财政资金的效率损失", "public_finance.cost_of_funds"),
    "outlay": Risk("outlays", "政策支出", "public_finance.outlay_scale"),
    "outflow": Risk("talents leave other provinces", "他省人才流出", "migration.talent_mobility"),
    "congestion": Risk("crowded zone areas", "片区拥挤", "foreign_investment.congestion"),
    "paper": Risk("opening on paper", "名义开放（大门开、小门不开）", "glass_door.paper_gap"),
    "stop": Risk("sudden stop of capital", "资本流入骤停", "capital_account.crisis_hazard"),
    "imports": Risk("import competition", "进口竞争", "trade_costs.concession_depth"),
    "discount": Risk("reforms lose worth on the way", "异地复制效果折减", "replication.discount"),
    "breach": Risk("data breach", "数据泄露", "digital_capability.data_risk_loss"),
    "relabelling": Risk("relabelled research", "虚报研发", "research.relabelled_share"),
    "diversion": Risk("research drawn from others", "挤出他人研发", "research.subsidy_diversion"),
    "planner": Risk("error of planners", "规划误差", "industry_targeting.planner_error"),
    "resources": Risk("resource cost of abatement", "减排的资源成本", "abatement.mac_scale"),
    "greenwash": Risk("loans to firms that only look clean", "向表面绿色企业发放的贷款", "green_finance.default_loss"),
    "yardstick": Risk("less rivalry between zones", "标尺竞争减弱", "institutional_innovation.yardstick_loss"),
    "coordination": Risk("cost of bargains", "谈判与协调成本", "coordination.administration"),
    "rivalry": Risk("rivalry between zones", "试验区之间的竞争", "coordination.zone_rivalry"),
    "drift": Risk("drifting apart", "协同衰减", "coordination.decay"),
    "fund": Risk("cost of the joint fund", "基金成本", "public_finance.fund_share"),
    "paperwork": Risk("paperwork of origin", "原产地证明成本", "trade_costs.rules_of_origin_cost"),
}

# why the range of an effect stops at 0 or above
_SPEED = ("a speed: below 0 there is nothing left to undo", "速度：低于零时已无可逆转")
_SHARE = ("a share of something that exists", "现有量的份额，不能为负")
_BORDER = ("evidence: borders cost", "证据：边界有成本")
_PRICE = ("a price does not raise what it prices", "价格不会增加被定价之物")
NO_HARM: dict[str, tuple[str, str]] = {
    "law_and_authority.pace": _SPEED,
    "coordination.speed": _SPEED,
    "replication.adoption_speed": _SPEED,
    "trade_agreements.alignment_speed": _SPEED,
    "trade_agreements.readiness_speed": _SPEED,
    "trade_agreements.accession_hazard": _SPEED,
    "negative_list.relist_pace": _SPEED,
    "migration.overseas_inflow": ("an inflow", "流入量"),
    "negative_list.authority_gain": _SHARE,
    "negative_list.services_weight": _SHARE,
    "policy_trust.credibility": _SHARE,
    "foreign_investment.services_effect": ("0 is no answer to what is opened", "零即对开放没有反应"),
    "capital_account.funds_response": (
        "funds follow the gap of returns, which has either sign",
        "资金随回报差流动，差额可正可负",
    ),
    "institutional_innovation.high_value_gain": _SHARE,
    "public_finance.eligible_max": _SHARE,
    "coordination.hinterland_limit": _SHARE,
    "investment.state_wedge": (
        "a favour that its sources find; below 0 it would be one for all others",
        "文献发现的偏向；低于零即变为对其余企业的偏向",
    ),
    "coordination.platform_cut": _SHARE,
    "coordination.lead_cut": _SHARE,
    "coordination.division_cut": _SHARE,
    "coordination.plain": _SHARE,
    "coordination.appraisal": ("0 is no weight for the partner", "零即完全不计对方得失"),
    "coordination.horizon": ("a term of office", "任期年数"),
    "coordination.assumed_border": _BORDER,
    "markets.border": _BORDER,
    "trade_costs.concession_depth": ("the depth of a tariff cut", "关税削减幅度"),
    "knowledge_spillovers.border_loss": _BORDER,
    "digital_capability.national_reach": _SHARE,
    "digital_adoption.capability_saving": ("0 is no saving", "零即不降低成本"),
    "relocation.border": _BORDER,
    "production.digital_effect": (
        "part of past growth; a lever can slow digitisation",
        "属历史增长；政策工具可减慢数字化",
    ),
    "industry_targeting.overlap_penalty": ("0 is no division of labour", "零即无分工"),
    "carbon.budget_response": _PRICE,
    "carbon.gate_charge": _PRICE,
    "abatement.abatement_speed": _SPEED,
    "green_finance.green_spread": ("harm comes as loans that fail", "危害体现为不良贷款"),
    "green_finance.greenwash": _SHARE,
}
EVIDENCE = ("evidence gives the sign", "证据给出符号")  # grades L, C and D
CONSTANT = ("a constant, not drawn", "常数，不抽样")
CUTS_EMISSIONS = {"en": "− on CO2", "zh": "碳排放−"}


def harmful(name: str) -> bool:
    """Tell whether the range of a parameter that is drawn holds the opposite of its assumed sign."""
    card = all_cards()[name]
    return card.sampled and any(low < 0 < default for low, default, _ in _ends(card))


def reversible(lever: str) -> list[str]:
    """Return the effects of a lever whose ranges include harm."""
    return [name for name in LEVERS[lever].effects if harmful(name)]


def why_not(name: str, lang: str = "en") -> str:
    """Say why the range of an effect includes no harm; nothing if it does."""
    card = all_cards()[name]
    if harmful(name):
        return ""
    words = CONSTANT if not card.sampled else NO_HARM.get(name, EVIDENCE)
    return words[lang == "zh"]


def turns(lever: str, lang: str = "en") -> str:
    """Say what can turn the sign of a lever within the ranges that are drawn, in ``en`` or ``zh``."""
    words, own = WORDS[lang], reversible(lever)
    said = [words["reverse"].format(parameters=words["and"].join(own))] if own else []
    risks = [RISKS[key] for key in LEVERS[lever].risks]
    said += [f"{risk.zh if lang == 'zh' else risk.en} ({risk.parameter})" for risk in risks]
    return words["join"].join(said) or words["no"]


def by_group(lang: str = "en") -> tuple[tuple[str, str, str], ...]:
    """Return groups of levers with the sign that is assumed for them and what can turn it."""
    words = WORDS[lang]
    found = []
    for group, levers in GROUPS.items():
        risks = dict.fromkeys(key for name in levers for key in LEVERS[name].risks)
        turned = [words["group"]] if any(map(reversible, levers)) else []
        turned += [RISKS[key].zh if lang == "zh" else RISKS[key].en for key in risks]
        sign = CUTS_EMISSIONS[lang] if group == "green" else "+"
        found.append((group_label(group, lang), sign, words["and"].join(turned) or words["no"]))
    return tuple(found)


def summary(lang: str = "en") -> str:
    """Say for how many levers the ranges that are drawn can turn the assumed sign, and how."""
    words = WORDS[lang]
    rest = [name for name in LEVERS if not reversible(name)]
    none = [CATALOGUE[name].zh if lang == "zh" else name for name in rest if not LEVERS[name].risks]
    return words["summary"].format(
        n=len(LEVERS), reverse=len(LEVERS) - len(rest), risk=len(rest) - len(none), none=len(none),
        names=words["and"].join(none),
    )  # fmt: skip


def spans(lever: str, lang: str = "en") -> str:
    """Return the parameters that carry a lever, with their ranges."""
    words = WORDS[lang]
    return words["join"].join(
        words["range"].format(parameter=name, low=written(all_cards()[name].low), high=written(all_cards()[name].high))
        for name in LEVERS[lever].effects
    )


def table(levers: Iterable[str] = CATALOGUE) -> pd.DataFrame:
    """Return one row for each lever: group, what is assumed, how it works, whether harm is drawn, what can turn it."""
    import pandas as pd

    rows = [
        {
            "lever": name,
            "lever_zh": CATALOGUE[name].zh,
            "group": group_label(GROUP_OF[name], "en"),
            "assumed": LEVERS[name].assumed,
            "works_through": spans(name),
            "harm_drawn": bool(reversible(name)),
            "turns": turns(name, "en"),
            "turns_zh": turns(name, "zh"),
        }
        for name in levers
    ]
    return pd.DataFrame(rows)


def _ends(card: Card) -> list[tuple[float, float, float]]:
    """Return low end, default and high end of every number of a parameter."""
    if card.low is None or card.high is None:
        return []
    default = card.default if isinstance(card.default, tuple) else (float(card.default),)
    low, high = (end if isinstance(end, tuple) else (end,) * len(default) for end in (card.low, card.high))
    return list(zip(low, default, high, strict=True))


def written(value: object) -> str:
    """Write a number of a card, or several."""
    return ", ".join(f"{each:g}" for each in value) if isinstance(value, tuple) else f"{value:g}"
