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
        "A slot keeps its province; when a firm closes, an entrant takes its place at the end of the same quarter.",
        "每个席位固定于一个省份；企业退出后，由新企业于同一季度末接替。",
    ),
    "story.few": (
        "Of {firms:,} firms a zone holds few, so one that closes shows as a jump; with {many:,} firms it would not.",
        "全国{firms:,}家企业中落在一个试验区的很少，单个企业退出即表现为骤变；设为{many:,}家企业则不会如此。",
    ),
    "story.inside": ("inside the area of its zone", "位于试验区片区内"),
    "story.outside": ("outside any zone area", "不在试验区片区内"),
    "story.firm_state": (
        "{quarter}: a {owner} firm in {field} ({tier}), {inside}; workers {workers}, capital {capital}, "
        "value added {value}.",
        "{quarter}：{owner}企业，{field}（{tier}），{inside}；从业人员{workers}，资本{capital}，增加值{value}。",
    ),
    "story.place_state": (
        "{quarter}: value added {value}, workers {workers}, R&D staff {talents}, capital {capital}.",
        "{quarter}：增加值{value}，从业人员{workers}，研发人员{talents}，资本{capital}。",
    ),
    "story.happened": ("What happened", "大事记"),
    "story.nothing": (
        "Nothing that this chronicle notes.",
        "没有本大事记所记录的事件。",
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
    "event.joins": ("comes into the zone with a further area", "随扩展区域进入试验区"),
    "event.area": (
        "a further area opens; the zone has {after} % of its first area",
        "扩展区域启用，规模达最初片区的{after}%",
    ),
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
    "event.rule": (
        "rule “{name}” fires, as {sign}; levers begin to move: {moves}",
        "规则“{name}”触发：{sign}；政策工具开始变动：{moves}",
    ),
    "event.rule_before": (
        "levers of the rule “{name}”, which fired in {fired} as {sign}, begin to move: {moves}",
        "规则“{name}”已于{fired}触发（{sign}），其政策工具开始变动：{moves}",
    ),
    "event.rank.up": ("passes to rank {after} in GDP", "经济总量升至第{after}位"),
    "event.rank.down": ("falls to rank {after} in GDP", "经济总量降至第{after}位"),
    # a pair of governments
    "story.pair": ("{one} and {other}", "{one}与{other}"),
    "pair.apart": (
        "{distance:,.0f} km between the capitals, {area}; {feasible} of full coordination is feasible between them, "
        "and shares of coordination below are shares of that.",
        "两省省会相距{distance:,.0f}公里，{area}；两省之间可行的协同程度为{feasible}，下文协同程度均为占可行程度的比重。",
    ),
    "pair.one_area": ("in one strategy area", "同属一个区域战略板块"),
    "pair.two_areas": ("in different strategy areas", "分属不同区域战略板块"),
    "pair.how": (
        "Gains are those from full coordination, in shares of each side's own GDP. A pay-off is what officials count: "
        "the gain, and the partner's as that of a rival or, under joint appraisal, in part as one's own.",
        "得益指完全协同带来的净收益，以占本省产出的比重计。官员所计的收益等于本省得益加上对方得益的折算：竞争时计为负，"
        "实行协同考核后部分计为正。",
    ),
    "pair.stand": (
        "{quarter}: coordination {reached}. {one}; {other}.",
        "{quarter}：协同程度{reached}。{one}；{other}。",
    ),
    "pair.side": (
        "{name} would gain {gain} ({parts}), counts {partner} for the partner's gain, in all {pay_off}",
        "{name}得益{gain}（{parts}），对方得益折算{partner}，合计{pay_off}",
    ),
    "pair.part": ("{name} {value}", "{name}{value}"),
    "pair.part.sales": ("sales there", "对方市场销售"),
    "pair.part.home": ("trade lost at home", "本省市场流失"),
    "pair.part.inputs": ("cheaper inputs", "投入成本下降"),
    "pair.part.consumers": ("cheaper final goods", "最终产品价格下降"),
    "pair.part.knowledge": ("knowledge", "知识获取"),
    "pair.part.talents": ("talents", "人才流动"),
    "pair.part.partner": ("the partner's gain as counted", "对方得益折算"),
    "pair.agree": (
        "Both come out ahead, so they agree on {agreed}, at an outlay of {outlay} each.",
        "双方均有收益，故商定协同程度{agreed}，各方支出占产出的{outlay}。",
    ),
    "pair.shared": (
        "{name} alone would not agree, but the gain is shared: to both together it is worth {worth}, and they agree on "
        "{agreed}, at an outlay of {outlay} each.",
        "{name}单独不会同意，但实行利益共享：协议对双方合计价值为{worth}，故商定协同程度{agreed}，各方支出占产出的{outlay}。",
    ),
    "pair.loses": (
        "{name} stands in the way: it would lose itself ({gain}).",
        "{name}不愿协同：自身将受损（{gain}）。",
    ),
    "pair.rival": (
        "{name} stands in the way: it would gain {gain}, but {other} is a rival whose gain counts {partner}.",
        "{name}不愿协同：自身得益{gain}，但{other}是竞争对手，其得益折算为{partner}。",
    ),
    "pair.moved": ("for {name}, {part} {value}", "{name}一方的{part}{value}"),
    "pair.zone": ("the zone of {name} is at work", "{name}的试验区已在运作"),
    "pair.tools": ("instruments between them move: {tools}", "双方之间的政策工具变动：{tools}"),
    "pair.turns_away": (
        "{name} now stands in the way; moved most: {moved}",
        "{name}转为不愿协同；变动最大的是{moved}",
    ),
    "pair.comes_round": (
        "{name} no longer stands in the way; moved most: {moved}",
        "{name}不再反对协同；变动最大的是{moved}",
    ),
    "pair.agreed": (
        "they agree on {after} after {before}; moved most: {moved}",
        "商定的协同程度由{before}变为{after}；变动最大的是{moved}",
    ),
    "pair.pays": ("{name} begins to share its gain with {other}", "{name}开始向{other}分享收益"),
    "pair.pays_no_more": ("{name} no longer shares its gain with {other}", "{name}不再向{other}分享收益"),
    "pair.ledger": ("The bargain, year by year", "逐年谈判"),
    "pair.year": (
        "{quarter}: coordination {reached}, agreed {agreed}; pay-offs {one} {first}, {other} {second}",
        "{quarter}：协同程度{reached}，商定{agreed}；官员所计收益{one}{first}、{other}{second}",
    ),
    "pair.refuses": ("{name} stands in the way", "{name}不愿协同"),
    "pair.paid": ("{name} pays {value} a year", "{name}每年支付{value}"),
    "pair.most": ("moved most: {moved}", "变动最大的是{moved}"),
    "pair.line": ("{told}.", "{told}。"),
    "pair.figure_subtitle": (
        "Coordination follows what is agreed; the first side in blue, the second in orange",
        "协同程度趋向商定水平；蓝色为前者，橙色为后者",
    ),
    "pair.reached_line": ("reached", "已实现"),
    "pair.agreed_line": ("agreed", "商定"),
    "pair.panel.coordination": ("Coordination", "协同程度"),
    "pair.panel.gain": ("Gain from full coordination", "完全协同的得益"),
    "pair.panel.pay_off": ("Pay-off as officials count it", "官员所计的收益"),
    "pair.panel.trade": ("Sales to the other", "对另一方的销售"),
    "pair.panel.paid": ("Paid to the other", "向另一方的支付"),
    "pair.panel.removed": ("Border removed since 2013", "2013年以来消除的边界"),
    "pair.unit.gdp": ("% of own GDP", "占本省产出%"),
    "pair.unit.feasible": ("% of the feasible", "占可行程度%"),
    "pair.removed_line": ("goods and services", "货物与服务"),
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
