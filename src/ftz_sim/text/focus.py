"""Words of what is found for a province, its zone and the nation: `analysis.focus`."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "section.focus": ("What you asked about", "所问的省份与指标"),
    "focus.where": ("{place}, {at}", "{place}，{at}年"),
    "focus.lead": (
        "{where}, against {reference}: {parts}.",
        "{where}，与{reference}相比：{parts}。",
    ),
    "focus.best": ("{who} is the clear best on {what}", "{who}在{what}上明确最优"),
    "focus.size": ("{what} ({size}{interval})", "{what}（{size}{interval}）"),
    "focus.interval": (", 95 % interval {low} to {high}", "，95%区间{low}至{high}"),
    "focus.open": ("no scenario is the clear best on {what}", "{what}上没有情景明确最优"),
    "focus.neutral": ("{what} has no better or worse", "{what}无优劣之分"),
    "focus.and": (", ", "、"),
    "focus.list": ("; ", "；"),
    "focus.argue": (
        "Of what was asked of {place}, {who} is the clear best on {n} of {all}, and no other on more.",
        "就{place}所问的{all}项而言，{who}在{n}项上明确最优，其他情景均不多于此。",
    ),
    "focus.argue_none": (
        "On nothing that was asked of {place} is a scenario the clear best: the runs give no reason to prefer one.",
        "就{place}所问的各项指标而言，没有情景明确最优：模拟结果不足以支持任一选择。",
    ),
    "focus.decides": (
        "{scenario}, {indicator} in {place}: over the ranges drawn, its difference moves most with {parameters}.",
        "{scenario}，{place}的{indicator}：在抽取范围内，其差异主要随{parameters}变化。",
    ),
    "focus.decider": ("{meaning} (rank correlation {rho}{turn})", "{meaning}（秩相关{rho}{turn}）"),
    "focus.turn": ("; turns at {value}", "；转折点{value}"),
    "focus.undecided": (
        "No drawn parameter decides a difference beyond what chance gives.",
        "没有抽取的参数对差异的影响超出偶然。",
    ),
    "focus.too_few": (
        "{n} draws are too few to say which parameters decide; {most} or more may tell.",
        "{n}次抽样过少，无法判断起决定作用的参数；至少需{most}次。",
    ),
    "focus.caption": (
        "{where}: paired differences to “{reference}”, mean and half-width of the 95 % interval over {n} seeds",
        "{where}：与“{reference}”的配对差异，{n}个种子的均值与95%区间半宽",
    ),
    "focus.caption_one": (
        "{where}: differences to “{reference}” in one run; without replicates there is no interval",
        "{where}：单次运行与“{reference}”的差异；没有重复，故无区间",
    ),
    "focus.through": ("What each brings there, and what can turn it", "各情景增加的政策工具与可能的反转因素"),
    "focus.adds": ("differs from the reference in", "与参照情景的不同"),
    "focus.risks": ("what can turn it", "可能的反转因素"),
    "focus.reverse": ("the effects of {n} of {all} tools may be the reverse", "{all}项政策工具中{n}项的效应可能反向"),
    "focus.same": ("nothing", "无"),
    "focus.next": ("What to type next", "接下来可运行的命令"),
    "focus.next_attribute": ("through what {who} brings it there:", "{who}通过哪些政策工具产生这些作用："),
    "focus.next_draws": (
        "what would turn it, with every assumption drawn from its range:",
        "各项假定在其范围内抽取时，哪些会使结论改变：",
    ),
    "focus.level": ("{reference}: level", "{reference}：水平值"),
    "focus.title": (
        "{where}: paired differences to {reference} ({n} replicates; * the 95 % interval leaves out 0)",
        "{where}：与{reference}的配对差异（{n}次重复；* 表示95%区间不含0）",
    ),
    "focus.title_ranges": (
        "{where}: differences to {reference}, median of {n} draws; in brackets nine in ten of them",
        "{where}：与{reference}的差异，{n}次抽样的中位数；方括号内为其中九成所在的范围",
    ),
    "table.focus_ranges": ("ranges of what was asked about", "所问指标的范围"),
    "table.focus": ("what was asked about", "所问指标"),
    "table.focus_tornado": ("what the differences asked about depend on", "所问差异的决定因素"),
    "column.level": ("level", "层级"),
    "column.place": ("place", "地区"),
    "column.relative": ("relative difference", "相对差异"),
    "column.reference_mean": ("mean of the reference", "参照情景均值"),
    "cell.national": ("nation", "全国"),
    "cell.region": ("province", "省份"),
    "cell.zone": ("zone", "试验区"),
    "cell.CN": ("China", "全国"),
}
