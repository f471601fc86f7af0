"""What analyses say of their numbers: sentences that `results.statements` fills in; results keep key and values."""

from __future__ import annotations

# key -> (English, Chinese); a number is formatted here, a name is told as `results.statements` tells it
WORDS: dict[str, tuple[str, str]] = {
    "join.and": (", ", "、"),
    "join.list": ("; ", "；"),
    "join.both": (" and ", "且"),
    # comparisons
    "comparison.first": (
        "{at}, against {reference}, {assumed}: {leader} has the highest GDP ({difference}, {interval}, n = {n}, best "
        "with probability {p:.2f}).",
        "{at}年，与{reference}相比，{assumed}：{leader}的GDP最高（{difference}，{interval}，n = {n}，"
        "最优概率{p:.2f}）。",
    ),
    "comparison.unsure": (
        "{at}, against {reference}, {assumed}: no scenario leads clearly on GDP; the highest mean is that of {leader} "
        "({difference}, {interval}, n = {n}, best with probability {p:.2f}).",
        "{at}年，与{reference}相比，{assumed}：GDP没有明确领先者；均值最高的是{leader}（{difference}，{interval}，"
        "n = {n}，最优概率{p:.2f}）。",
    ),
    "comparison.reference": (
        "{at}, {assumed}: no scenario has a higher mean GDP than the reference {reference} (best with probability "
        "{p:.2f}, n = {n}).",
        "{at}年，{assumed}：没有情景的GDP均值高于参照情景{reference}（最优概率{p:.2f}，n = {n}）。",
    ),
    "assumed.default": ("under default assumptions", "在默认假定下"),
    "assumed.own": ("under the assumptions that these scenarios set", "在这些情景自设的假定下"),
    "comparison.t": ("95 % t-interval {low} to {high}", "95% t区间{low}至{high}"),
    "comparison.bootstrap": ("95 % bootstrap interval {low} to {high}", "95%自助法区间{low}至{high}"),
    "comparison.single": ("one run, no interval", "仅一次运行，无区间"),
    "comparison.all": (
        "It is also the clear best on all other headline indicators.",
        "其余主要指标上它也明确最优。",
    ),
    "comparison.mixed": ("No scenario is best on everything: {leads}.", "没有情景在所有指标上都最优：{leads}。"),
    "comparison.leads": ("{scenario} leads on {indicators}", "{scenario}在{indicators}上领先"),
    "comparison.open": ("no clear leader on {indicators}", "{indicators}上没有明确领先者"),
    "comparison.provinces": (
        "{leader} raises GDP in {up} of the provinces and lowers it in {down} ({same} undecided).",
        "{leader}使{up}个省份GDP上升、{down}个下降（{same}个未定）。",
    ),
    "comparison.interaction": (
        "Interaction effect of zones and agreements (difference in differences): {difference} of GDP ({interval}).",
        "联动的交互效应（双重差分）：GDP {difference}（{interval}）。",
    ),
    "comparison.synergy": (
        "Coordination and linkage together bring {difference} of GDP beyond the sum of both ({interval}).",
        "协同与联动并举，超出两者之和的GDP：{difference}（{interval}）。",
    ),
    "comparison.fixed": (
        "Intervals are over seeds only; parameters are fixed (no draws), and many effects are assumptions: a "
        "simulation, not a forecast.",
        "区间仅反映随机种子；参数固定（未抽样），且许多效应为假定：这是模拟，不是预测。",
    ),
    "comparison.over_draws": (
        "Over {n} draws of {p} parameters that nobody knows exactly ({firms:,} firms), {best} has the highest GDP most "
        "often (share {share:.2f}); the difference of {leader} lies between {low} and {high} in nine draws of ten and "
        "is below 0 in {below:.0%} of them.",
        "在{p}个取值不确定的参数的{n}次抽样中（{firms:,}家企业），最常取得最高GDP的是{best}（占比{share:.2f}）；"
        "{leader}的差异在九成抽样中介于{low}与{high}之间，在{below:.0%}的抽样中为负。",
    ),
    "comparison.drawn": (
        "Intervals are over seeds, which are noise; ranges are over draws of parameters from {ranges}; the rules "
        "themselves are assumptions: a simulation, not a forecast.",
        "区间反映随机种子的噪声，范围反映在{ranges}内的参数抽样；规则本身仍是假定：这是模拟，不是预测。",
    ),
    "ranges.calibrated": (
        "their ranges, narrowed where published figures do",
        "取值范围（公布数据能收窄之处已收窄）",
    ),
    "ranges.cards": ("the whole ranges of their cards", "参数卡片所列的全部取值范围"),
    "comparison.failed": ("{failed} runs failed and are left out.", "{failed}次运行失败，未计入。"),
    "comparison.nothing": (
        "No replicate was finished by all scenarios: nothing can be compared.",
        "没有一个重复被所有情景完成：无法比较。",
    ),
    # what a comparison rests on
    "note.met": (
        "Precise enough after {n} replicates: every half-width of {indicators} is at most {target:g} (intervals allow "
        "for looking several times).",
        "{n}次重复后已足够精确：{indicators}的区间半宽均不超过{target:g}（区间已计入多次查看）。",
    ),
    "note.unmet": (
        "Not precise enough after {n} replicates, the most allowed: above {target:g} are {widths}.",
        "{n}次重复（上限）后仍不够精确：半宽超过{target:g}的有{widths}。",
    ),
    "note.width": ("{scenario} {indicator} {half:.2g}", "{scenario}{indicator} {half:.2g}"),
    "note.identical": (
        "Scenarios that equal {reference} in every indicator but for rounding: {names}.",
        "除舍入误差外，所有指标均与{reference}相同的情景：{names}。",
    ),
    "note.matching": (
        "Common random numbers make the variance of the GDP difference {low:,.15g} to {high:,.15g} times smaller than "
        "independent seeds would.",
        "采用公共随机数，GDP差异的方差降至独立种子的1/{low:,.15g}至1/{high:,.15g}。",
    ),
    "note.matching_one": (
        "Common random numbers make the variance of the GDP difference {low:,.15g} times smaller than independent "
        "seeds would.",
        "采用公共随机数，GDP差异的方差降至独立种子的1/{low:,.15g}。",
    ),
    "note.shock": (
        "{name} against {without}, {quarters} quarters from {start}: GDP stands at most {trough:.2g} % lower, loses "
        "{loss:.2g} % of a year's GDP in sum, and is back (within 0.1 %) {back}.",
        "{name}相对{without}，自{start}起{quarters}个季度内：GDP最多低{trough:.2g}%，"
        "累计损失相当于一年GDP的{loss:.2g}%，{back}。",
    ),
    "note.back_all": ("after {after:.0f} quarters on average", "平均{after:.0f}个季度后恢复（差距小于0.1%）"),
    "note.back_some": ("in {n} of {reps} replicates", "{reps}次重复中有{n}次恢复（差距小于0.1%）"),
    "note.back_none": ("in no replicate", "期内均未恢复（差距仍大于0.1%）"),
    # strategies at equal cost
    "equal_cost.equal": (
        "{name}: what it adds is pulled at {factor:.0%}, and it costs {cost} (discounted)",
        "{name}：新增政策按{factor:.0%}的力度实施，贴现成本{cost}",
    ),
    "equal_cost.less": (
        "{name}: costs {cost} (discounted) even at full, less than the {target} of the rest",
        "{name}：即使全力实施，贴现成本也只有{cost}，低于其余情景的{target}",
    ),
    "equal_cost.more": (
        "{name}: costs {cost} (discounted), more than the {target} of the rest",
        "{name}：贴现成本{cost}，高于其余情景的{target}",
    ),
    # strips
    "strip.sentence": (
        "{strategy} against {against}, {indicator} in {year}: {gap} (n = {n}). Carried by, mean of freezing layers "
        "in the stated and the reverse order (brackets: the two orders): {parts}; left over {rest:.0%}.",
        "{strategy}与{against}相比，{year}年{indicator}：{gap}（n = {n}）。按所列顺序与相反顺序逐层冻结取均值"
        "（括号内为两种顺序），其中：{parts}；剩余{rest:.0%}。",
    ),
    "strip.part": ("{name} {share:.0%} ({low:.0%} to {high:.0%})", "{name}{share:.0%}（{low:.0%}至{high:.0%}）"),
    "strip.no_gap": (
        "{strategy} against {against}, {indicator} in {year}: {gap} (n = {n}); no gap is found, so nothing carries it.",
        "{strategy}与{against}相比，{year}年{indicator}：{gap}（n = {n}）；未发现差距，无从分解。",
    ),
    # attributions
    "attribution.gap": (
        "{strategy} against {against}, {what}: {gap} (n = {n}).",
        "{strategy}与{against}相比，{what}：{gap}（n = {n}）。",
    ),
    "attribution.of_place": ("{place}, {at} · {indicator}", "{place}，{at}年 · {indicator}"),
    "attribution.shares": (
        "Of this, averaged over all orders of joining: {parts}.",
        "按所有加入顺序平均，其中：{parts}。",
    ),
    "attribution.part": ("{part} {value}", "{part} {value}"),
    "attribution.synergy": (
        "Alone the parts sum to {alone}; the synergy left over is {synergy}.",
        "各部分单独之和为{alone}；剩余的协同效应为{synergy}。",
    ),
    "attribution.lost": (
        "Switched off in both, these mechanisms take most of the gap with them: {parts}.",
        "在两个情景中同时关闭后，使差距缩小最多的机制：{parts}。",
    ),
    "attribution.sampled": (
        "Values are estimates from random orders; intervals cover seeds and orders.",
        "数值由随机顺序估计；区间涵盖种子与顺序。",
    ),
    "attribution.nothing": (
        "No replicate was finished: nothing can be attributed.",
        "没有一个重复完成：无法归因。",
    ),
    "attribution.caveat": (
        "It says what the model's assumptions do, not what was observed.",
        "这反映模型假定的作用，而非观测结果。",
    ),
    # sensitivities
    "sensitivity.sobol": (
        "{scenario} against {reference}, {indicator} in {year}: share of the variance with all interactions, "
        "{parameters}.",
        "{year}年{scenario}相对{reference}的{indicator}差异：含全部交互的方差份额，{parameters}。",
    ),
    "sensitivity.morris": (
        "{scenario} against {reference}, {indicator} in {year}: mean change over the whole range, {parameters}.",
        "{year}年{scenario}相对{reference}的{indicator}差异：跨越整个取值范围的平均变化，{parameters}。",
    ),
    "sensitivity.of_place": ("{place} · {indicator}", "{place}{indicator}"),
    "sensitivity.index": ("{parameter} {value:.2g}", "{parameter} {value:.2g}"),
    "sensitivity.index_loose": ("{parameter} {value:.2g}*", "{parameter} {value:.2g}*"),
    "sensitivity.loose": (
        "{loose} of {all} indices have not converged (marked *); take more samples before ranking them.",
        "{all}个指数中有{loose}个尚未收敛（已标注*）；排序前应增加样本。",
    ),
    "sensitivity.settled": ("All {all} indices have converged.", "全部{all}个指数均已收敛。"),
    "sensitivity.noise": (
        "Random numbers are {noise:.1%} of the variance of differences at most.",
        "随机数最多占差异方差的{noise:.1%}。",
    ),
    "sensitivity.floor": (
        "{n} of {all} are no larger than what random numbers alone give.",
        "{all}个中有{n}个不大于仅由随机数产生的数值。",
    ),
    "sensitivity.alone": (
        "With one replicate, random numbers cannot be told from effects that depend on them; two give a floor.",
        "每个样本点仅有一次重复，无法区分随机数与依赖随机数的效应；两次重复即可给出噪声下限。",
    ),
    "sensitivity.none": ("One strategy only: see the table for its levels.", "仅有一个战略：其水平值见表。"),
    # robustness
    "robustness.best": (
        "Over {n} draws of {p} parameters, best on GDP: {shares}.",
        "在{p}个参数的{n}次抽样中，GDP最优的概率：{shares}。",
    ),
    "robustness.share": ("{scenario} {share:.2f}", "{scenario} {share:.2f}"),
    "robustness.regret": (
        "Least to regret: {scenario}, at most {most:.2g} % and on average {mean:.2g} % below the best.",
        "最大后悔值最小的是{scenario}：与最优者相差最多{most:.2g}%，平均{mean:.2g}%。",
    ),
    "robustness.turned": (
        "Draws in which GDP is below that of {reference}: {shares}.",
        "GDP低于{reference}的抽样比例：{shares}。",
    ),
    "robustness.front": (
        "On the front of growth, balance, carbon and cost (means): {front}.",
        "在增长、均衡、碳排放与成本（均值）的帕累托前沿上：{front}。",
    ),
    "robustness.satisfied": (
        "No worse than {reference} on growth, balance and carbon at once: {shares} of the draws.",
        "增长、均衡与碳排放均不劣于{reference}的抽样比例：{shares}。",
    ),
    "robustness.matters": (
        "What the lead of {scenario} over {reference} depends on most: {parameters}.",
        "{scenario}相对{reference}的领先主要取决于：{parameters}。",
    ),
    "robustness.parameter": ("{parameter} ({rho})", "{parameter}（{rho}）"),
    "robustness.nothing": (
        "No single parameter is found to decide the lead of {scenario} over {reference}.",
        "未发现某个单一参数决定{scenario}相对{reference}的领先。",
    ),
    "robustness.rule": (
        "{winner} is best if {rule} (density {density:.2f}, coverage {coverage:.2f}, {n} draws)",
        "当{rule}时{winner}最优（密度{density:.2f}，覆盖率{coverage:.2f}，{n}次抽样）",
    ),
    "robustness.boundary": (
        "{rules}; out of sample such rules are right in {accuracy:.0%} of draws, always saying {first} in {base:.0%}.",
        "{rules}；样本外此类规则的正确率为{accuracy:.0%}，而始终判为{first}的正确率为{base:.0%}。",
    ),
    "robustness.always": (
        "{winner} is best on GDP in every draw: within these ranges nothing turns it.",
        "{winner}在所有抽样中GDP均最优：在这些范围内没有因素能使其逆转。",
    ),
    "robustness.too_few_draws": (
        "No boundary is drawn: too few draws, or too few in which anything but {winner} wins.",
        "未划出边界：抽样过少，或{winner}以外的情景获胜次数过少。",
    ),
    "robustness.no_boundary": (
        "No boundary found: small trees predict the winner no better than always saying {winner} ({accuracy:.0%} "
        "against {base:.0%}).",
        "未发现边界：小型决策树预测胜者并不优于始终判为{winner}（{accuracy:.0%}对{base:.0%}）。",
    ),
    "robustness.no_sklearn": (
        "No boundary was looked for: scikit-learn is not installed (pip install 'scikit-learn>=1.4').",
        "未寻找边界：未安装scikit-learn（pip install 'scikit-learn>=1.4'）。",
    ),
}
