"""Words of the page on when each strategy wins, which has both languages one below the other."""

from __future__ import annotations

from ftz_sim.text import words
from ftz_sim.text.words import LANGUAGES, Lang

# key -> (English, Chinese); words in braces are filled in by `say`
WORDS: dict[str, tuple[str, str]] = {
    "wins.caveat": (
        "These are statements about the model, the ranges that it draws from ({ranges}; `docs/calibration.md`, "
        "`docs/lever-signs.md`) and chances of shocks that are assumed; nothing here is a forecast. Numbers are of the "
        "final year, {year}; differences are paired: same parameters, seeds and shocks; 2,000 firms.",
        "以下均为关于模型、其抽样范围（{ranges}；见`docs/calibration.md`、`docs/lever-signs.md`）与假定的冲击概率的陈述，"
        "不是预测。"
        "数字为期末年份{year}年；差异均为配对差异（参数、种子与冲击相同）；2,000家企业。",
    ),
    "wins.own_ranges": ("those of the sweep", "扫描文件自定的范围"),
    "wins.shocks": ("Shocks that may come: {parts}.", "可能发生的冲击：{parts}。"),
    "wins.chance": ("with a chance of {chance:.0%} {what}", "{what}（概率{chance:.0%}）"),
    "wins.equal": (
        "At equal cost every strategy pulls what it adds only as hard as the cheapest one can pay for: the discounted "
        "fiscal cost is the same within 1 % at default parameters and without shocks.",
        "等成本指：各战略只把新增政策推行到最便宜者负担得起的力度；在默认参数、无冲击时，贴现财政成本相差不超过1%。",
    ),
    "wins.h.run": ("What was run", "运行清单"),
    "wins.h.equal": ("At equal cost", "等成本比较"),
    "wins.h.full": ("As the strategies are written", "按战略原文（成本不等）"),
    "wins.h.depends": ("What the GDP differences depend on", "GDP差异取决于什么"),
    "wins.h.front": ("Growth, balance, carbon, cost (means)", "增长、均衡、碳排放与成本（均值）"),
    "wins.h.boundary": ("Boundary", "边界"),
    "wins.h.screening": ("Screening (Morris)", "筛选（Morris）"),
    "wins.h.sobol": ("Shares of variance (Sobol)", "方差份额（Sobol）"),
    "wins.h.gap": ("What brings the gap of `integrated`", "`integrated`的差距从何而来"),
    "wins.h.how_much_coordination": ("How much coordination, on one budget?", "预算既定，协同多少为宜？"),
    "wins.h.which_zones": ("Which zones, on one budget?", "预算既定，先做哪类试验区？"),
    "wins.h.which_order": ("What first, on one budget?", "预算既定，孰先孰后？"),
    "wins.best": (
        "Share of draws in which each is best (Wilson's 95 % interval):",
        "各情景最优的抽样比例（Wilson 95%区间）：",
    ),
    "wins.gaps": (
        "Differences to `{reference}`: mean over draws with its 95 % interval; `nine in ten`: the range of nine draws "
        "of ten; `above 0`: share of draws. Percent, percentage points or the unit of the indicator.",
        "与`{reference}`的差异：各次抽样的均值及其95%区间；`nine in ten`为九成抽样所在范围；`above 0`为差异为正的抽样"
        "比例。单位为%、百分点或指标本身的单位。",
    ),
    "wins.interior": (
        "{indicator}: the best mean is that of {best}, best of all in {share:.0%} of {n} draws.",
        "{indicator}：均值最优的是{best}，在{n}次抽样中有{share:.0%}居首。",
    ),
    "wins.inside": (
        "On GDP the best level lies between none and all in {share:.0%} of the draws.",
        "就GDP而言，最优力度介于“不协同”与“全部协同”之间的抽样占{share:.0%}。",
    ),
    "wins.thirds": (
        "`low_third`, `high_third`: mean difference (%) where the parameter is in that third of its draws; of a shock, "
        "where it does not come and where it does.",
        "`low_third`、`high_third`：参数处于其抽样的最低、最高三分之一时的平均差异（%）；冲击则为未发生与发生时。",
    ),
    "wins.loose": (
        "{loose} of {all} indices have not converged (`converged` False): do not rank those; they are {names}.",
        "{all}个指数中有{loose}个尚未收敛（`converged`为False），不宜排序：{names}。",
    ),
    "wins.settled": ("All {all} indices have converged.", "全部{all}个指数均已收敛。"),
    "wins.measured": (
        "Indices are of the strategies as they are written. A screening tells what does not matter; what it leaves "
        "open is measured with more samples below, with fewer parameters; an index that does not converge there has no "
        "rank that this budget of runs can give.",
        "各指数按战略原文计算。筛选只回答哪些参数不重要；悬而未决者在下文以更少的参数、更多的样本测量；若仍不收敛，"
        "则在此计算预算内无从排序。",
    ),
}


def say(key: str, lang: Lang, **values: object) -> str:
    """Return the words of ``key`` in ``lang``, of this page or of the package, with ``values`` filled in."""
    if key not in WORDS:
        return words.say(key, lang, **values)
    return WORDS[key][LANGUAGES.index(lang)].format(**values)
