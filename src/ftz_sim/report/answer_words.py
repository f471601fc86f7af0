"""Words of the figures of analyses: attribution, sensitivity, robustness."""

from __future__ import annotations

from ftz_sim.text.words import LANGUAGES, Lang

ANSWERS: dict[str, tuple[str, str]] = {
    "waterfall.title": (
        "What brings the gap: {strategy} against {reference}",
        "差距从何而来：{strategy}与{reference}相比",
    ),
    "waterfall.subtitle": (
        "Shapley values, averaged over all orders of joining; they add up to the gap.\n"
        "Whiskers: 95 % intervals. Diamond: the part alone",
        "沙普利值，按所有加入顺序平均，总和等于差距。\n误差线：95%区间。菱形：该部分单独的作用",
    ),
    "waterfall.lost": (
        "How much of the gap is lost when a mechanism is off in both (they do not add up). Whiskers: 95 % intervals",
        "在两个情景中同时关闭某一机制时差距的减少量（不可相加）。误差线：95%区间",
    ),
    "waterfall.gap": ("gap", "差距"),
    "tornado.title": ("What the differences to “{reference}” depend on", "与“{reference}”的差异取决于什么"),
    "tornado.subtitle": (
        "GDP, in %: mean difference where a parameter is in the lowest (ring) and highest (dot) third of its draws.\n"
        "Number: rank correlation; grey if it may be chance (5 %, corrected for all parameters)",
        "GDP差异（%）：参数处于抽样最低三分之一（圆圈）与最高三分之一（圆点）时的均值。\n"
        "数字为秩相关；若可能出于偶然（5%，经多重校正）则为灰色",
    ),
    "boundary.title": ("When does each strategy win?", "各战略何时胜出？"),
    "boundary.subtitle": (
        "Left: share of {n} draws in which a strategy is best. Right: boxes in which it is best on GDP; dot: share of "
        "the box\nthat it wins (density), ring: share of its wins in the box (coverage)",
        "左：{n}次抽样中各战略最优的比例。右：各战略GDP最优的参数区域；圆点：区域内胜出比例（密度），\n"
        "圆圈：其胜出落在该区域的比例（覆盖率）",
    ),
    "boundary.share": ("best, share of draws", "最优的抽样比例"),
    "boundary.rules": ("on GDP", "按GDP"),
    "boundary.always": ("in every draw", "所有抽样"),
    "boundary.too_few_draws": ("too few draws for a boundary", "抽样过少，未划边界"),
    "boundary.no_boundary": ("no boundary found", "未发现边界"),
    "sensitivity.title": ("Which uncertainties matter", "哪些不确定性重要"),
    "sensitivity.sobol": (
        "Sobol indices of the difference to “{reference}”: total (dot) and alone (ring), 95 % intervals.\n"
        "Hollow grey: not converged",
        "与“{reference}”差异的Sobol指数：总效应（圆点）与单独效应（圆圈），95%区间。\n灰色空心：未收敛",
    ),
    "sensitivity.morris": (
        "Morris screening of the difference to “{reference}”: mean absolute change over the whole range,\n"
        "95 % intervals. Hollow grey: not converged",
        "与“{reference}”差异的Morris筛选：跨越整个范围的平均绝对变化，95%区间。\n灰色空心：未收敛",
    ),
    "front.title": ("Packages under a budget, against “{start}”", "预算约束下的政策方案，与“{start}”相比"),
    "front.subtitle": (
        "Grey: packages that were tried and hold all bounds. Ring: what the search found of a good package; dot: the "
        "same,\nmeasured again in {n} fresh draws, with 95 % intervals. Dotted: the winner's curse",
        "灰点：试过且满足全部约束的方案。圆圈：较优方案在搜索中的数值；圆点：在{n}次新抽样中重新测算的数值与95%区间。\n"
        "两者之间的虚线即择优偏差",
    ),
    "signs.title": ("When each path is left: rules of package {package}", "各规则何时触发：方案{package}"),
    "signs.subtitle": (
        "Share of {n} fresh draws in which the sign of a rule has come and its levers have begun to move.\n"
        "Where a line stays below 100 %, the sign never comes in the rest of the draws",
        "在{n}次新抽样中，信号已出现、政策工具已开始调整的比例。\n低于100%的部分为始终未出现信号的抽样",
    ),
    "signs.part": ("{part}:", "{part}："),
    "signs.panel": ("rules that have fired", "已触发的规则"),
    "signs.unit": ("share of draws", "占抽样的比例"),
    "signs.half": (
        "{name} ({sign}) has fired in half of the draws by {half} and in {share:.0%} by {last}.",
        "{name}（{sign}）到{half}已在半数抽样中触发，到{last}为{share:.0%}。",
    ),
    "signs.never_half": (
        "{name} ({sign}) has fired in {share:.0%} of the draws by {last}.",
        "{name}（{sign}）到{last}在{share:.0%}的抽样中触发。",
    ),
    "sites.title": ("What a new zone or a further area brings, by its place", "各备选地新设试验区或启用扩展区域的效果"),
    "sites.subtitle": (
        "Each site alone, against the start without it, in {n} fresh draws: means and 95 % intervals.\n"
        "The best site in the first aim stands first; hollow: a further area of a zone that exists",
        "各备选地单独实施与不实施相比，{n}次新抽样的均值与95%区间。\n"
        "按首要目标由优到劣排列；空心为现有试验区的扩展区域",
    ),
    "sites.name.new_zone": ("{place}", "{place}"),
    "sites.name.further_area": ("{place}, further area", "{place}扩展区域"),
    "sites.dated": ("{name}, {start}", "{name}，{start}"),
    "sites.what": ("{name} ({unit}): ", "{name}（{unit}）："),
    "sites.row": (
        "{place} {value} {interval}, {lose:.0f} provinces lose",
        "{place}{value} {interval}，{lose:.0f}个省份受损",
    ),
    "stamp.draws": ("{n} draws of parameters and seeds", "参数与种子抽样{n}次"),
    "stamp.blocks": ("{n} blocks of the design", "设计的{n}个区组"),
}  # fmt: skip


def tell(key: str, lang: Lang, **values: object) -> str:
    """Return the words of ``key`` in ``lang`` with ``values`` filled in."""
    return ANSWERS[key][LANGUAGES.index(lang)].format(**values)
