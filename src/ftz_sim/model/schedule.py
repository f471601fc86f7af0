"""The model on one page: what happens in a quarter, in order.

Every mechanism reads the state as the earlier ones left it. Production stands before research, carbon and
investment, so that all three are booked with the value added of the same quarter and row; closure and entry
come last. Production uses the stocks, spillovers and shares that the previous quarter left.
"""

from __future__ import annotations

from types import ModuleType

from ftz_sim.model.mechanisms import (
    abatement,
    capital_account,
    carbon,
    coordination,
    digital_adoption,
    digital_capability,
    exogenous_paths,
    firm_turnover,
    foreign_investment,
    glass_door,
    green_finance,
    industrial_upgrading,
    industry_targeting,
    institutional_innovation,
    investment,
    knowledge_spillovers,
    law_and_authority,
    markets,
    migration,
    negative_list,
    policy,
    policy_trust,
    production,
    public_finance,
    relocation,
    replication,
    research,
    technology_dependence,
    trade_agreements,
    trade_costs,
)

SCHEDULE: dict[str, ModuleType] = {
    "policy": policy,  # zones open, levers move along their dated paths
    "exogenous_paths": exogenous_paths,  # workforce, saving, world demand, prices, shocks
    "law_and_authority": law_and_authority,  # a national zone law builds up
    "institutional_innovation": institutional_innovation,  # zones try ideas, the nation counts each once
    "replication": replication,  # the nation approves and copies them
    "negative_list": negative_list,  # stress tests, ratchet, standstill
    "policy_trust": policy_trust,  # investors remember what was taken back
    "glass_door": glass_door,  # hidden barriers behind formal openings
    "trade_agreements": trade_agreements,  # rules are piloted, partners align, accession comes nearer
    "trade_costs": trade_costs,  # preferences, tariffs and rules, both ways
    "digital_capability": digital_capability,  # data, compute, algorithms
    "production": production,  # what the firms of a province and field can make
    "markets": markets,  # prices clear every cell, value added and trade follow
    "digital_adoption": digital_adoption,  # firms digitise the tasks that pay
    "research": research,  # R&D, knowledge, patents
    "knowledge_spillovers": knowledge_spillovers,  # knowledge of near provinces and fields
    "technology_dependence": technology_dependence,  # home varieties take the place of foreign ones
    "coordination": coordination,  # provincial governments bargain over their borders
    "industry_targeting": industry_targeting,  # zones pick fields
    "foreign_investment": foreign_investment,  # how much FDI, where, in which tier and field
    "migration": migration,  # talents and workers move
    "public_finance": public_finance,  # who pays, who shares
    "capital_account": capital_account,  # funds that follow returns, profits that go home, sudden stops
    "green_finance": green_finance,  # credit priced by emissions
    "investment": investment,  # saving goes to firms
    "relocation": relocation,  # plants move to where a field earns more
    "carbon": carbon,  # emissions, prices, budgets
    "abatement": abatement,  # firms cut where that is cheaper than paying
    "industrial_upgrading": industrial_upgrading,  # incumbents climb a tier
    "firm_turnover": firm_turnover,  # weak firms close, entrants choose
}

# what cannot be switched off
ALWAYS_ON = ("policy", "exogenous_paths", "glass_door", "production", "markets", "carbon")

GROUPS: dict[str, tuple[str, ...]] = {
    "factor inflow / 要素流入": ("foreign_investment", "migration", "capital_account"),
    "cross-zone coordination / 跨区协同": ("coordination", "industry_targeting"),
    "negative-list ratchet / 负面清单棘轮": ("negative_list", "policy_trust"),
    "green finance / 绿色金融": ("green_finance",),
    "FTZ–FTA linkage / 自贸试验区与自贸协定联动": ("trade_agreements", "trade_costs"),
}
