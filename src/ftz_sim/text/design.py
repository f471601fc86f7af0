"""Words of a design: what may be chosen, what was found, and how far it can be trusted."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "design.and": ("; ", "；"),
    "design.nothing": ("nothing", "不动用任何政策"),
    "design.way": ("{name} at {level:g} from {start}", "{name}自{start}起取{level:g}"),
    "design.way_when": (
        "{name} at {level:g} once {sign}",
        "{sign}后，{name}取{level:g}",
    ),
    "design.way_new_zone": ("a new zone in {place} from {start}", "自{start}起在{place}新设试验区"),
    "design.way_further_area": ("a further area in {place} from {start}", "自{start}起在{place}启用扩展区域"),
    "design.way_sized": ("{way} ({size:.0%} of the first)", "{way}（最初片区的{size:.0%}）"),
    "cell.new_zone": ("new zone", "新设试验区"),
    "cell.further_area": ("further area", "扩展区域"),
    "column.site": ("site", "备选类型"),
    "design.in_share": ("{bound}, in {share:.0%} of draws", "{bound}（{share:.0%}的抽样中）"),
    "design.in_zones": ("{name} ({zones})", "{name}（{zones}）"),
    "design.cost": ("extra fiscal cost, discounted", "新增财政成本（贴现）"),
    "design.cost_of_a_year": ("extra fiscal cost of the dearest year", "新增财政成本最高年份的成本"),
    "design.of_nation": ("{name}, {years}", "{name}（{years}年）"),
    "design.of_place": ("{name}, {place}, {years}", "{place}{name}（{years}年）"),
    "design.of_worst": ("{name} of the province that fares worst, {years}", "受影响最不利省份的{name}（{years}年）"),
    "design.at_most": ("{what}: at most {value}", "{what}不高于{value}"),
    "design.at_least": ("{what}: at least {value}", "{what}不低于{value}"),
    "design.title": ("Package {name} of “{problem}”", "“{problem}”的方案{name}"),
    "design.outcome": ("{what} {value} [{low}, {high}]", "{what}{value} [{low}, {high}]"),
    "design.why": (
        "Found by ftz design and laid over “{start}”: {pulled}. Against the start, in {n} fresh draws that no search "
        "had seen (means, 95 % intervals): {outcomes}.",
        "由ftz design搜索得到，叠加于“{start}”之上：{pulled}。"
        "与起点相比，在搜索未曾使用的{n}次新抽样中（均值与95%区间）：{outcomes}。",
    ),
    "design.plan": (
        "{name}: {packages:,} packages are possible; at most {runs:,} runs",
        "{name}：可能的方案{packages:,}个；至多{runs:,}次运行",
    ),
    "design.estimate": (
        "at most about {time} with --workers {workers} ({seconds:.2f} s a run)",
        "使用{workers}个进程至多约需{time}（每次运行{seconds:.2f}秒）",
    ),
    "design.package": (
        "{name} (within all bounds in {holds:.0%} of fresh draws): {pulled}",
        "{name}（新抽样中{holds:.0%}满足全部约束）：{pulled}",
    ),
    "table.packages": ("packages that were measured again", "重新测算的方案"),
    "table.pulls": ("what each package pulls", "各方案采用的政策"),
    "table.front": (
        "packages that no other beats in every aim: found by the search, and measured again in fresh draws",
        "不被其他方案全面超过的方案：搜索所得与新抽样重新测算",
    ),
    "table.neighbours": ("is a package truly better than the next?", "方案是否确实优于相邻方案"),
    "table.choices": ("what stands in good packages", "较优方案的构成"),
    "table.outcome": ("{name} ({unit})", "{name}（{unit}）"),
    "table.money": ("what each extra 100 bn yuan buys", "每多花一千亿元的收益"),
    "table.parts": (
        "what each part of the middle package brings, and what its date brings",
        "居中方案各组成部分及其时点的贡献",
    ),
    "table.searches": ("how much of the front each search found", "各搜索方法找到的前沿"),
    "table.adaptive": (
        "the best package that waits for signs, less the best with dates alone",
        "含规则的最优方案与只有固定日期的最优方案之差",
    ),
    "table.signs": ("share of fresh draws in which each rule has fired, by quarter", "各规则到各季度已触发的抽样比例"),
    "table.sites": ("what each site brings alone, by place and date", "各备选地单独实施的效果（按地点与时点）"),
    "table.affected": (
        "provinces whose GDP a site moves, in %, beyond chance (corrected for all provinces), and its own",
        "国内生产总值确定受备选地影响的省份及所在省份（%，已按省份数校正）",
    ),
    "column.effect": ("effect", "影响"),
    "cell.gains": ("gains", "受益"),
    "cell.loses": ("loses", "受损"),
    "cell.unclear": ("cannot be told", "无法判断"),
    "column.sign": ("sign", "信号"),
    "column.share_fired": ("share fired", "已触发的比例"),
    "column.gaining": ("provinces that gain", "受益省份数"),
    "column.losing": ("provinces that lose", "受损省份数"),
    "column.package": ("package", "方案"),
    "column.code": ("code", "编码"),
    "column.pulled": ("levers pulled", "动用数"),
    "column.at_level": ("level", "水平"),
    "column.from": ("from", "起始"),
    "column.front_size": ("packages on the front", "前沿方案数"),
    "column.holds": ("share of draws within all bounds", "满足全部约束的抽样比例"),
    "column.middle": ("in the middle", "居中"),
    "column.role": ("role", "性质"),
    "column.found": ("found", "搜索所得"),
    "column.again": ("measured again", "重新测算"),
    "column.interval": ("95 % interval", "95%区间"),
    "column.neighbour": ("next", "相邻方案"),
    "column.p_better": ("chance that it is better", "确实更优的概率"),
    "column.found_in": ("stands", "出现情况"),
    "column.of_front": ("share of good packages", "占较优方案的比例"),
    "column.beside": ("beside", "同时出现"),
    "column.before": ("always before", "始终先于"),
    "column.instead_of": ("instead of", "替代"),
    "column.extra_cost": ("extra cost, bn yuan", "新增成本，亿元"),
    "file.extra_cost": ("extra cost, bn yuan", "新增成本，十亿元"),
    "column.gain_per_100bn": ("gain for 100 bn yuan", "每千亿元的收益"),
    "column.value": ("value", "数值"),
    "column.search": ("search", "搜索方法"),
    "column.packages": ("packages", "方案数"),
    "column.within": ("within all bounds", "满足全部约束"),
    "column.hypervolume": ("hypervolume", "超体积"),
    "cell.in every": ("in every one", "全部包含"),
    "cell.in none": ("in none", "均不包含"),
    "cell.only beside": ("only beside others", "仅与其他政策并存"),
    "cell.in some": ("in some", "部分包含"),
    "cell.without": ("leaving it out", "不采用"),
    # the sentence
    "design.none_within": (
        "None of {tried} packages that were tried ({all} are possible) holds all bounds.",
        "试过的{tried}个方案（共有{all}种可能）均不满足全部约束。",
    ),
    "design.found": (
        "Of {tried} packages that were tried ({all} are possible), {front} hold all bounds and are beaten by no other "
        "in every aim.",
        "共试{tried}个方案（可能的组合{all}种），其中{front}个满足全部约束，且没有其他方案在各项目标上均不逊于它。",
    ),
    "design.middle": (
        "Nearest to the best in every aim is {name}: {pulled}. In {n} fresh draws, against “{start}”: {outcomes}.",
        "最接近各项目标最优值的是{name}：{pulled}。在{n}次新抽样中，与“{start}”相比：{outcomes}。",
    ),
    "design.idle_parts": (
        "Of its parts, no aim can be told to need: {which}.",
        "其组成部分中，无法判断对任何目标有作用的是：{which}。",
    ),
    "design.start_best": (
        "Nearest to the best in every aim is to do nothing ({name}).",
        "最接近各项目标最优值的是不采取任何行动（{name}）。",
    ),
    "design.holds": (
        "It holds all bounds in {held} of {n} fresh draws.",
        "在{n}次新抽样中，有{held}次满足全部约束。",
    ),
    "design.gap": ("{what} {found} found, {again} measured again", "{what}搜索时为{found}，重新测算为{again}"),
    "design.curse": (
        "Packages that looked best, found by the search and measured again (the gap is the winner's curse): {gaps}.",
        "搜索中最优方案的数值与重新测算之差来自择优偏差（“赢家诅咒”）：{gaps}。",
    ),
    "design.in_every": ("In every good package: {which}.", "所有较优方案均包含：{which}。"),
    "design.in_none": ("In none: {which}.", "所有较优方案均不包含：{which}。"),
    "design.pair": ("{a} beside {b}", "{a}（与{b}同时出现）"),
    "design.only_beside": ("Only beside others: {which}.", "只与其他政策同时出现：{which}。"),
    "design.adaptive": (
        "Waiting for signs: the best package with rules, {waits} ({pulled}), less the best with dates alone, {dated}, "
        "in {n} fresh draws: {differences}. Of its rules fired by the end: {came}.",
        "等待信号的价值：含规则的最优方案{waits}（{pulled}）与只有固定日期的最优方案{dated}之差（{n}次新抽样）：{differences}。"
        "期末已触发的规则：{came}。",
    ),
    "design.adaptive_gain": (
        "{what} {value} [{low}, {high}], better with a chance of {better:.0%}",
        "{what}{value} [{low}, {high}]，更优的概率为{better:.0%}",
    ),
    "design.came": ("{name} in {share:.0%} of draws", "{name}在{share:.0%}的抽样中"),
    "design.best_site": (
        "Of {n} sites, each alone, that which brings most is {place}: {what} {value} [{low}, {high}] in {draws} fresh "
        "draws, at an extra cost of {cost}; that it brings more than {second} has a chance of {better:.0%}. "
        "Provinces whose GDP it lowers, in %, beyond chance: {losers}.",
        "在{n}个备选方式中（均单独实施），效果最大的是{place}：{what}{value} [{low}, {high}]（{draws}次新抽样），"
        "新增成本{cost}；优于“{second}”的概率为{better:.0%}。国内生产总值确定下降的省份（%）：{losers}。",
    ),
    "design.together": (
        "The sites of {name} together, less the sum of each alone: {what} {value} [{low}, {high}].",
        "{name}所含各备选地同时实施，与各自单独实施之和相差：{what}{value} [{low}, {high}]。",
    ),
    "design.loses": ("{name} {value}", "{name}{value}"),
    "design.no_loser": ("none", "无"),
    "design.reached": (
        "{name} {share:.0%} with {packages} packages",
        "{name}（{packages}个方案）{share:.0%}",
    ),
    "design.searched": (
        "Of the room under the whole front (hypervolume): {parts}.",
        "占全部前沿超体积的比例：{parts}。",
    ),
    "design.mark": (
        "Your own packages ({packages}) reach {own:.0%} of it; as many random ones reach {random:.0%} on average, and "
        "yours beat {beaten:.0%} of such sets.",
        "自拟的{packages}个方案达到{own:.0%}；同样数量的随机方案平均达到{random:.0%}，自拟方案优于其中{beaten:.0%}的随机组合。",
    ),
    "design.caveat": (
        "These are results of a model, under its assumptions; no forecast.",
        "以上为模型在其假定下的结果，并非预测。",
    ),
    "cell.enumeration": ("all packages", "全部枚举"),
    "cell.own": ("your own packages", "自拟方案"),
    "cell.genetic": ("genetic search", "遗传搜索"),
    "cell.greedy": ("greedy search", "贪心搜索"),
    "cell.random": ("random search", "随机搜索"),
}
