"""Words of the report page."""

from __future__ import annotations

# key -> (English, Chinese); words in braces are filled in by `ftz_sim.text.words.say`
WORDS: dict[str, tuple[str, str]] = {
    "page.title.compare": ("Strategies compared", "战略比较"),
    "page.title.run": ("One scenario", "单一情景"),
    "page.title.other": ("Results of an experiment", "实验结果"),
    "page.title.attribute": ("What brings the gap", "差距从何而来"),
    "page.title.robustness": ("Strategies under uncertainty", "不确定性下的战略比较"),
    "page.title.sweep": ("Strategies under uncertainty", "不确定性下的战略比较"),
    "page.title.sensitivity": ("Which uncertainties matter", "哪些不确定性重要"),
    "page.title.design": ("Packages under a budget", "预算约束下的政策方案"),
    "page.title.validation": ("The model beside published figures", "模型与公布数据"),
    "page.validation_held": (
        "Of {held} published figures that no choice was made to fit, the model meets {hit}.",
        "在{held}项未用于任何选择的公布数据中，模型吻合{hit}项。",
    ),
    "page.validation_all": (
        "Of all {scored} figures that were scored, it meets {passed}; those it was fitted to or that were seen "
        "before count among them.",
        "在全部{scored}项计分数据中，模型吻合{passed}项，其中包括用于拟合或事先见过的数据。",
    ),
    "page.validation_caveat": (
        "That the past is met does not show that assumed effects of policies not yet tried are right.",
        "与过去吻合，并不能说明尚未实施的政策之假定效应正确。",
    ),
    "page.rows": ("(rows: {n})", "（共{n}行）"),
    "page.kicker": (
        "ftz_sim · scenarios of China's pilot free trade zones and new quality productive forces",
        "ftz_sim · 中国自由贸易试验区与新质生产力情景模拟",
    ),
    "page.contents": ("On this page", "本页内容"),
    "page.skip": ("Skip to the results", "跳到正文"),
    "page.print": ("Print", "打印"),
    "page.switch": ("Language", "语言"),
    "page.run_headline": (
        "“{name}”: GDP of {gdp} trillion yuan in {year} (2013 prices), NQP index {nqp}.",
        "“{name}”：{year}年GDP为{gdp}万亿元（2013年价），新质生产力指数为{nqp}。",
    ),
    "page.run_spread": (
        "Over {n} seeds GDP lies between {low} and {high} trillion yuan (95 % range); parameters are fixed.",
        "{n}个随机种子下，GDP的95%范围为{low}至{high}万亿元；参数固定。",
    ),
    "page.run_caveat": (
        "One scenario says nothing about what a policy brings; for that, compare it with another. "
        "A simulation, not a forecast.",
        "单一情景不能说明政策的效果，须与另一情景比较。这是模拟，不是预测。",
    ),
    "page.caveat": (
        "Which effects there are is assumed; what is drawn is how strong they are. A simulation, not a forecast.",
        "有哪些效应是假设，抽样改变的只是其强弱。这是模拟，不是预测。",
    ),
    # first screen, beyond the headline
    "finding.worse": (
        "Where “{name}” is worse than “{reference}”: {parts}.",
        "“{name}”不如“{reference}”之处：{parts}。",
    ),
    "finding.not_worse": (
        "On no indicator of the scorecard was “{name}” found to be worse than “{reference}”.",
        "在指标对照表各项指标中，未发现“{name}”劣于“{reference}”。",
    ),
    "finding.unseen": (
        "Where no difference from “{reference}” was found, with the smallest effect that these runs would have shown: "
        "{parts}.",
        "未发现与“{reference}”有差异的指标，及这些运行所能看出的最小效应：{parts}。",
    ),
    "finding.depends": (
        "What the GDP result depends on most (rank correlation over the draws): {parts}.",
        "GDP结果最取决于（与各次抽样的秩相关）：{parts}。",
    ),
    "finding.rests": (
        "What it depends on: {n} levers of “{name}” stand above anything seen to 2024, so no data say how strongly "
        "they act; what could turn them is listed under “What the evidence says”.",
        "结果取决于什么：“{name}”有{n}项政策工具高于2024年以前的任何水平，其作用强度没有数据可依；何种因素会使其反转，见“证据说明了什么”。",
    ),
    "finding.part": ("{what} {size} {unit}", "{what}{size}{unit}"),
    "finding.level": ("{what} {size} ({unit})", "{what}{size}（{unit}）"),
    "finding.decides": ("{what} {size}", "{what}（{size}）"),
    "finding.and": (", ", "、"),
    "page.unfinished": (
        "This sweep is unfinished ({done} runs are done): nothing is concluded from it. The command below resumes it.",
        "此扫描尚未完成（已完成{done}次模拟），不据此作任何结论。执行下方的命令可续跑。",
    ),
    "page.nothing": (
        "This folder holds no national tables; below is what it does hold.",
        "此文件夹没有全国指标表；以下为其现有内容。",
    ),
    # sections
    "section.beside": ("Figures and tables", "图与表"),
    "section.scorecard": ("Scorecard", "指标对照表"),
    "section.levels": ("Where the scenarios lead", "走向"),
    "section.paths": ("What each changes over time", "随时间的变化"),
    "section.differences": ("Differences in the final year", "期末年份差异"),
    "section.provinces": ("Winners and losers", "受益与受损省份"),
    "section.trade_offs": ("Trade-offs", "权衡取舍"),
    "section.attribution": ("What the gain is made of", "收益的构成"),
    "section.robustness": ("When it would be otherwise", "何时结论会改变"),
    "section.negative_lists": ("Negative lists", "负面清单"),
    "section.growth_account": ("Where growth comes from", "增长从何而来"),
    "section.scenarios": ("What differs between the scenarios", "各情景有何不同"),
    "section.evidence": ("What the evidence says", "证据说明了什么"),
    "section.limits": ("Limits", "局限"),
    "section.reproduce": ("How to reproduce this", "如何复现"),
    "section.more": ("More figures and tables", "更多图表"),
    # scorecard
    "score.caption": (
        "Paired differences to “{reference}” in {year}, mean and half-width of the 95 % interval over {n} seeds",
        "{year}年与“{reference}”的配对差异：{n}个种子的均值与95%区间半宽",
    ),
    "score.caption_drawn": (
        "; below, where nine in ten of {n} draws of parameters lie ({firms:,} firms)",
        "；其下为{n}次参数抽样中九成所在的范围（{firms:,}家企业）",
    ),
    "score.caption_fixed": ("; parameters fixed, none drawn", "；参数固定、未抽样"),
    "score.drawn": ("nine draws of parameters in ten: {low} to {high}", "九成参数抽样介于{low}至{high}"),
    "score.caption_one": (
        "Differences to “{reference}” in {year}; one seed, so no interval and no verdict",
        "{year}年与“{reference}”的差异；仅一个种子，无区间、无结论",
    ),
    "score.run_caption": ("“{name}”: mean over seeds by year", "“{name}”：各年各种子均值"),
    "score.indicator": ("indicator", "指标"),
    "score.level": ("level in {year}", "{year}年水平"),
    "score.more": ("All other indicators ({n})", "其余指标（{n}项）"),
    "score.key": (
        "★ best with a probability of at least 0.95 · ☆ best mean, but not clearly · blue: better than the "
        "reference · orange, with a bar: worse · grey: no difference found (the interval contains zero)",
        "★ 最优概率不低于0.95 · ☆ 均值最优但不明确 · 蓝：优于参照 · 橙（左侧竖条）：劣于参照 · "
        "灰：未发现差异（区间包含零）",
    ),
    "score.best": ("best with probability {p}", "最优概率{p}"),
    "score.interval": ("95 % interval {low} to {high}", "95%区间{low}至{high}"),
    "score.missing": ("no value", "无数值"),
    "verdict.better": ("better", "更优"),
    "verdict.worse": ("worse", "更差"),
    "verdict.higher": ("higher", "更高"),
    "verdict.lower": ("lower", "更低"),
    "verdict.none": ("no difference found", "未发现差异"),
    "score.detectable": (
        "no difference found; smallest detectable effect {effect}",
        "未发现差异；可检出的最小效应为{effect}",
    ),
    "verdict.identical": ("identical", "完全相同"),
    "verdict.single": ("one run, no interval", "仅一次运行，无区间"),
    "verdict.reference": ("reference", "参照"),
    "verdict.no_percent": ("the reference is 0, no percentage", "参照为0，无法计算百分比"),
    "verdict.winner": ("gains", "受益"),
    "verdict.loser": ("loses", "受损"),
    "verdict.undecided": ("undecided", "未定"),
    "cost.caption": ("Cost, sureness and spread", "成本、把握与分布"),
    "cost.gain": (
        "change of GDP per yuan of extra policy cost (discounted at 3 %)",
        "每增加1元政策成本对应的GDP变化（3%贴现）",
    ),
    "cost.best_gdp": ("probability of the best GDP", "GDP最优概率"),
    "cost.weightings": (
        "share of 1,000 weightings in which it is first in the NQP index",
        "在1,000组权重中新质生产力指数居首的占比",
    ),
    "cost.provinces": ("provinces that gain / lose / undecided", "得益／受损／未定的省份"),
    "cost.costs_no_more": ("– (costs no more)", "–（成本不更高）"),
    "cost.costs_almost_nothing": ("– (costs under 0.001 % of GDP more)", "–（新增成本不足GDP的0.001%）"),
    "cost.cost_unsure": ("– (cost unsure)", "–（成本变化不确定）"),
    "cost.gain_unsure": ("– (gain unsure)", "–（产出变化不确定）"),
    "cost.note": (
        "A dash: the strategy costs no more than the reference, or under 0.001 % of GDP more, "
        "or the interval of its gain or of its cost holds zero.",
        "“–”表示该战略的成本不高于参照情景或高出不足GDP的0.001%，或其产出变化、成本变化的区间包含零。",
    ),
    # trade-offs
    "trade.title": ("Growth against balance, carbon and cost in {year}", "{year}年：增长与均衡、碳排放、成本的权衡"),
    "trade.subtitle": (
        "Paired differences to “{name}”; upward is more GDP, whiskers are intervals",
        "与“{name}”的配对差异；向上为GDP更高，误差线为区间",
    ),
    # scenarios
    "diff.none": (
        "The others agree with the reference in everything but their names.",
        "其他情景除名称外与参照完全相同。",
    ),
    "diff.caption": ("Only what differs from “{reference}”", "仅列出与“{reference}”不同之处"),
    "diff.all": ("all {n} differences", "全部{n}处不同"),
    "diff.key": ("what", "项目"),
    "diff.from": ("in “{name}”", "“{name}”中"),
    "diff.to": ("here", "此情景中"),
    "diff.unit": ("unit", "单位"),
    "diff.source": ("source", "来源"),
    "diff.levers": ("{n} levers", "{n}项政策工具"),
    "diff.lever_unit": ("0 to 1", "0–1"),
    "diff.lever_source": ("scenario", "情景设定"),
    "diff.mechanism": ("mechanism {name}", "机制 {name}"),
    "diff.new_zone": ("new zone, {name}", "新设试验区（{name}）"),
    "diff.further_area": ("further area, {name}", "扩展区域（{name}）"),
    "diff.rule": ("rule {name}", "规则{name}"),
    "diff.shock": ("shock", "冲击"),
    "diff.not_set": ("not set", "未设定"),
    "diff.nothing_more": ("nothing more", "无其他步骤"),
    "step.plain": ("{level} from {start}", "自{start}起为{level}"),
    "step.ramp": ("{level} from {start}, in {ramp} quarterly steps", "自{start}起分{ramp}个季度升至{level}"),
    "step.zones": ("{step} ({zones})", "{step}（{zones}）"),
    "step.opening": ("each zone's opening", "各区设立"),
    "new_zone": ("{province} FTZ (new)", "{province}自贸试验区（新设）"),
    "new_zone.says": ("a zone like that of {like} opens in {opens}", "{opens}设立试验区，类型同{like}"),
    "further_area.says": (
        "opens in {opens}, with {size:.0%} of the size of the zone's first area",
        "{opens}启用，规模为试验区最初片区的{size:.0%}",
    ),
    "rule.says": ("once {sign}: {moves}", "{sign}后：{moves}"),
    "rule.all": (", and ", "，且"),
    "rule.any": (", or ", "，或"),
    "rule.above": ("{what} stayed for {span} above {bound}", "{what}{span}高于{bound}"),
    "rule.below": ("{what} stayed for {span} below {bound}", "{what}{span}低于{bound}"),
    "rule.quarter": ("a quarter", "有1个季度"),
    "rule.quarters": ("{n} quarters", "连续{n}个季度"),
    "rule.of_place": ("{what}, {place},", "{place}{what}"),
    "rule.of_partner": ("{what}, {place},", "{what}（{place}）"),  # 对其出口（美国）
    "rule.move": ("{name} to {level}", "{name}调至{level}"),
    "rule.ramp": ("{name} to {level} in {ramp} quarterly steps", "{name}分{ramp}个季度调至{level}"),
    "shock.says": ("{what}, {start} to {end}", "{start}至{end}，{what}"),
    "shock.says.tariff": (
        "{partner} adds {size:.0%} to the tariff on Chinese goods",
        "{partner}对中国商品加征{size:.0%}的关税",
    ),
    "shock.says.fdi": (
        "the world's pool of foreign investment is {size:g} times as large",
        "全球外资总量为原来的{size:g}倍",
    ),
    "shock.says.technology": (
        "{size:.0%} of foreign supplies are withheld ({tiers})",
        "{size:.0%}的国外供应断供（{tiers}）",
    ),
    "shock.says.algorithm": ("{size:.0%} of foreign algorithms are withheld", "{size:.0%}的国外算法断供"),
    "shock.says.data_breach": (
        "a data breach takes {size:.0%} of data out of use",
        "数据泄露使{size:.0%}的数据无法使用",
    ),
    "shock.says.demand": ("world demand is {size:.0%} lower", "外需下降{size:.0%}"),
    "shock.says.crisis": ("a sudden stop of capital is forced", "发生资本流入骤停"),
    "shock.says.pandemic": ("a pandemic takes {size:.1%} off output", "疫情使产出下降{size:.1%}"),
    "shock.says.carbon_price": ("the carbon price is {size:g} yuan/t higher", "碳价上升{size:g}元/吨"),
    "shock.by": ("{what}, by {partners}", "{what}，来自{partners}"),
    "shock.all_partners": ("every partner", "所有贸易伙伴"),
    "shock.tier0": ("traditional industries", "传统产业"),
    "shock.tier1": ("strategic-emerging industries", "战略性新兴产业"),
    "shock.tier2": ("future industries", "未来产业"),
    "warn.scenarios": ("{n} scenarios", "{n}个情景"),
    "warn.lever": (
        "levers above their level to 2024, which no published figure covers: {n} in {where}",
        "高于2024年以前水平、没有公布数据可依的政策工具：{n}项（{where}）",
    ),
    "warn.shock": (
        "shocks beyond anything seen to 2024: {n} in {where}",
        "超过2024年以前经验的冲击：{n}项（{where}）",
    ),
    "warn.parameter": (
        "parameters outside their range of evidence: {n} in {where}",
        "超出证据范围的参数：{n}个（{where}）",
    ),
    "warn.step": ("lever steps that never act: {n} in {where}", "从不起作用的政策步骤：{n}个（{where}）"),
    "warn.late": ("shocks after the run's end: {n} in {where}", "晚于运行结束的冲击：{n}项（{where}）"),
    "warn.unopened": (
        "new zones that open after the run's end: {n} in {where}",
        "晚于运行结束才设立的试验区：{n}个（{where}）",
    ),
    "warn.unadded": (
        "further areas that open after the run's end: {n} in {where}",
        "晚于运行结束才启用的扩展区域：{n}个（{where}）",
    ),
    "warn.rest": ("{what}; each is told by: {command}", "{what}；逐项查看：{command}"),
    "diff.reference": ("reference", "参照"),
    # evidence
    "evidence.intro": (
        "None of the papers ranks the strategies: the comparison is ours. Of the model's {n} parameters that "
        "uncertain experiments draw, {D} are published data, {L} lie in a range that the literature gives, {C} are "
        "fitted here, and {A} are assumptions. The effects that separate the strategies are mostly among the last.",
        "原著没有给各战略排序，比较是我们做的。在不确定性实验抽样的{n}个参数中，{D}个为公布数据，{L}个落在文献给出的范围内，"
        "{C}个由本模型校准，{A}个为假设；区分各战略的效应大多属于最后一类。",
    ),
    "evidence.signs": ("What is assumed, and what can turn it", "假定的作用方向与可能的反转因素"),
    "evidence.group": ("levers", "政策工具"),
    "evidence.sign": ("assumed sign", "假定的作用方向"),
    "evidence.turns": ("what can turn it", "可能的反转因素"),
    "evidence.studies": ("What published studies found ({n} entries)", "已发表研究的发现（{n}条）"),
    "evidence.studies_note": (
        "Estimates of these kinds compare places with and without zones; replication of reforms in other places "
        "pulls them down, flows away from other places push them up. They are not the model's effects.",
        "此类估计比较设区与未设区的地方：改革的复制推广使其偏低，要素自他处流入使其偏高，故不等于模型中的效应。",
    ),
    "evidence.study": ("study", "研究"),
    "evidence.outcome": ("outcome", "结果变量"),
    "evidence.value": ("estimate", "估计值"),
    "evidence.note": ("spillovers and differences between places", "溢出与异质性"),
    "evidence.warnings": ("Outside the range of evidence", "超出证据范围之处"),
    "evidence.beyond": (
        "{name}: {path} = {value} leaves the range of evidence, {known} ({unit})",
        "{name}：{path} = {value}，超出证据范围{known}（{unit}）",
    ),
    "evidence.no_warnings": (
        "No parameter of these scenarios leaves its range of evidence.",
        "这些情景的参数均未超出证据范围。",
    ),
    # limits
    "limit.1": (
        "Growth of the world, of residual productivity and of the workforce, saving and the shift of demand to 2035 are"
        " taken as given, not forecast.",
        "至2035年的世界经济、剩余生产率、劳动力、储蓄与需求转移均为外生给定，并非预测。",
    ),
    "limit.2": (
        "Intervals are over random seeds only. Ranges over draws of parameters, where they are shown, say how strong "
        "assumed effects may be, not whether they are right.",
        "区间仅反映随机种子。参数抽样的范围（如有）反映假定效应的强弱，不能说明这些效应是否成立。",
    ),
    "limit.3": (
        "What zones bring to output runs mostly through reforms that are replicated, what coordination adds through "
        "borders between provinces that it may remove. Both sizes are assumed; within their ranges they may be near "
        "zero. Most costs of policies are assumed, too.",
        "试验区对产出的作用主要经由复制推广的改革，协同的作用经由其可能消除的省际边界；两者大小均为假设，在给定范围内可能接近零。"
        "政策成本也多为假设。",
    ),
    "limit.4": (
        "Figures of single provinces rest on rescaled shares of trade and foreign investment: read the map for its "
        "pattern and not for one tile. Small populations of firms make provinces noisier.",
        "各省的外贸与外资数据经过比例推算：地图宜看整体格局，不宜看单个省份；企业数较少时省级结果噪声更大。",
    ),
    "limit.5": (
        "Firms are slots that meet through the markets of provinces and fields, where inputs are traded, too: none "
        "deals with another by name, plants move as capital of a field; there are no banks, no housing and no ages.",
        "企业为抽象个体，在各省各领域的市场（含投入品交易）中相互作用：企业之间没有具体的买卖关系，产业转移表现为某一领域的资本"
        "迁移，也没有银行、住房与年龄结构。",
    ),
    "limit.6": (
        "One index stands for the alignment of rules with a partner, where agreements have dozens of chapters; "
        "tariffs and carbon sinks are coarse.",
        "与伙伴的规则对接仅以一个指数表示，而协定有数十章；关税与碳汇的刻画较粗。",
    ),
    "limit.7": (
        "Hainan, an island with its own regime, is treated as a zone with larger levers; events after mid-2025 and "
        "any further zone are not known to the model.",
        "海南全岛自由贸易港按政策工具更大的试验区处理；2025年年中以后的事件及新增试验区未纳入。",
    ),
    "limit.8": (
        "Coordination between zones has never been evaluated: how much of a border it removes is assumed, what follows "
        "is found by markets. Its green results come from scale and from cuts of emissions that shared processes make "
        "cheaper.",
        "跨区协同尚无评估：其能消除多少边界为假设，由此产生的结果由市场得出。其绿色效果仅来自规模，以及共生所降低的减排成本。",
    ),
    # reproduce
    "repro.intro": (
        "The same version, command and seed give the same numbers, for any number of processes. The files in "
        "scenarios/ are complete: each can be run as it stands.",
        "相同的版本、命令与种子给出相同的数字，与进程数无关。scenarios/中的文件是完整的，可单独运行。",
    ),
    "repro.command": ("command", "命令"),
    "repro.version": ("version", "版本"),
    "repro.commit": ("commit", "提交"),
    "repro.seed": ("seed", "种子"),
    "repro.reps": ("seeds for each scenario", "每个情景的种子数"),
    "repro.interval": ("intervals", "区间"),
    "repro.firms": ("firms", "企业数"),
    "repro.effective": ("effective number of firms at the end", "期末有效企业数"),
    "repro.python": ("Python", "Python"),
    "repro.packages": ("packages", "软件包"),
    "repro.platform": ("platform", "平台"),
    "repro.started": ("started", "开始时间"),
    "repro.seconds": ("seconds", "耗时（秒）"),
    "repro.inputs": ("SHA-256 of inputs", "输入文件的SHA-256"),
    "repro.outputs": ("SHA-256 of tables", "结果表的SHA-256"),
    "repro.failed": ("{n} runs failed and are left out.", "{n}次运行失败，未计入。"),
    # alternatives to figures
    "alt.values": ("{name} in {year}: {values}.", "{year}年{name}：{values}。"),
    "alt.from_to": ("{name} from {start} to {end} {unit}.", "{name}由{start}变为{end}{unit}。"),
    "alt.counts": ("{name}: {up} provinces gain, {down} lose.", "{name}：{up}个省份得益，{down}个受损。"),
}
