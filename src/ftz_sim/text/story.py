"""Words of biographies."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "story.firm": ("Firm slot {code}, {place}", "企业{code}，{place}"),
    "story.region": ("{place}", "{place}"),
    "story.zone": ("{place}", "{place}"),
    "story.run": (
        "“{name}”, {start} to {end}; {firms:,} firms, seed of the run {seed}; a simulation, not a forecast",
        "“{name}”，{start}至{end}；{firms:,}家企业，运行种子{seed}；模拟结果，并非预测",
    ),
    "story.slot": (
        "A slot keeps its province; when a firm closes, an entrant takes its place in the next quarter.",
        "每个位置固定于一个省份；企业退出后，下一季度由新企业接替。",
    ),
    "story.few": (
        "Of {firms:,} firms a zone holds few, so one that closes shows as a jump; with {many:,} firms it would not.",
        "全国{firms:,}家企业中落在一个试验区的很少，单个企业退出即表现为骤变；设为{many:,}家企业则不会如此。",
    ),
    "story.inside": ("inside the area of its zone", "位于试验区片区内"),
    "story.outside": ("outside any zone area", "不在试验区片区内"),
    "story.firm_state": (
        "{quarter}: a {owner} firm in {field} ({tier}), {inside}; {workers} workers, capital {capital}, "
        "value added {value}.",
        "{quarter}：{owner}企业，{field}（{tier}），{inside}；从业人员{workers}人，资本{capital}，增加值{value}。",
    ),
    "story.place_state": (
        "{quarter}: GDP {value}, workers {workers}, R&D staff {talents}, capital {capital}.",
        "{quarter}：产出{value}，从业人员{workers}，研发人员{talents}，资本{capital}。",
    ),
    "story.happened": ("What happened", "大事记"),
    "story.nothing": (
        "Nothing that this chronicle notes: no opening, no climb, no closure.",
        "没有本大事记所记录的事件：未设立、未升级、未退出。",
    ),
    "story.because": ("{text} ({mechanism})", "{text}（{mechanism}）"),
    "story.ledger": ("What moved its stocks, by mechanism", "各机制对存量的影响"),
    "story.ledger_line": (
        "{name}: from {start} to {end}; {parts}.",
        "{name}：由{start}变为{end}；{parts}。",
    ),
    "story.others": ("all others {value}", "其余{value}"),
    "story.levels": ("over time", "随时间的变化"),
    "story.figure_subtitle": (
        "Numbers mark what happened, as listed in the text",
        "数字对应文中大事记",
    ),
    "story.figure_ledger": ("Change of capital by mechanism, {start}–{end}", "{start}–{end}年各机制对资本的影响"),
    "story.wrote": ("figure: {files}", "图：{files}"),
    # events
    "event.tier.up": ("climbs into {after}", "升入{after}"),
    "event.tier.down": ("falls back into {after}", "退回{after}"),
    "event.turnover": (
        "closes after {years} years; a {owner} firm in {field} ({tier}) takes the slot",
        "经营{years}年后退出；一家{owner}企业（{field}，{tier}）接替",
    ),
    "event.turnover_old": (
        "closes; a {owner} firm in {field} ({tier}) takes the slot",
        "退出；一家{owner}企业（{field}，{tier}）接替",
    ),
    "event.field": ("turns to {after}", "转向{after}"),
    "event.owner": ("becomes a {after} firm", "变为{after}企业"),
    "event.zone.open": ("the zone opens", "试验区设立"),
    "event.zone.shut": ("the zone loses its status", "试验区地位取消"),
    "event.digital.up": ("digitisation passes {after} %", "数字化程度超过{after}%"),
    "event.digital.down": ("digitisation falls below {before} %", "数字化程度降至{before}%以下"),
    "event.slump": ("value added falls by {after} % in one quarter", "增加值单季下降{after}%"),
    "event.jolt": ("its capital changes by {after} % in one quarter", "资本单季变动{after}%"),
    "event.plan": ("its plan now puts {after} first", "规划首位领域变为{after}"),
    "event.plan_none": ("its plan ends", "规划终止"),
    "event.adopted": ("{after} reforms adopted", "已采纳{after}项改革成果"),
    "event.created": ("{after} reforms created", "已形成{after}项制度创新成果"),
    "event.levers": ("levers begin to move: {after}", "政策工具开始变动：{after}"),
    "event.levers_many": ("{n} levers begin to move: {after} …", "{n}项政策工具开始变动：{after}等"),
    "event.rank.up": ("passes to rank {after} in GDP", "经济总量升至第{after}位"),
    "event.rank.down": ("falls to rank {after} in GDP", "经济总量降至第{after}位"),
    # amounts
    "amount.capital": ("Capital", "资本"),
    "amount.workers": ("Workers", "从业人员"),
    "amount.talents": ("R&D staff", "研发人员"),
    "amount.knowledge": ("Knowledge", "知识存量"),
    "amount.value_added": ("Value added", "增加值"),
    "amount.digital": ("Digitisation", "数字化程度"),
    "amount.fdi_received": ("Foreign investment", "外商投资"),
    "amount.emissions": ("CO2 emissions", "二氧化碳排放"),
    "unit.bn_yuan": ("bn yuan", "亿元"),
    "unit.bn_yuan_year": ("bn yuan a year", "亿元／年"),
    "unit.persons": ("persons", "人"),
    "unit.fte": ("FTE", "人年"),
    "unit.mt_year": ("Mt a year", "百万吨／年"),
}
