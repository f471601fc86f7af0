"""Words for runs that leave what data or literature cover."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # what the gaps between strategies rest on
    "basis.strip": (
        "Under default assumptions the gap in GDP between {strategy} and {reference} is carried, in a strip test (in "
        "brackets: by the order of freezing), {parts}.",
        "在默认假定下，剥离检验（括号内为不同冻结次序的结果）显示，{strategy}与{reference}的GDP差距来自：{parts}。",
    ),
    "basis.share": ("{share:.0%} by {what} ({low:.0%} to {high:.0%})", "{what}{share:.0%}（{low:.0%}至{high:.0%}）"),
    "basis.border": (
        "The border between provinces that coordination can remove is assumed, not measured; the gap in GDP of "
        "{strategy} over {reference} moves with it: {parts}.",
        "协同所能消除的省际壁垒是假定值，并无实测，{strategy}对{reference}的GDP差距随之而变：{parts}。",
    ),
    "basis.none": ("{gap} % without that border", "没有此壁垒时{gap}%"),
    "basis.assumed": ("{gap} % as assumed", "按假定值{gap}%"),
    "basis.times": ("{gap} % at {border:g} times its size", "取{border:g}倍时{gap}%"),
    "beyond.parameter": (
        "{name}: {path} = {value} leaves the range of evidence, {known} ({unit})",
        "{name}：{path} = {value}，超出证据范围{known}（{unit}）",
    ),
    "beyond.levers": (
        "{name}: no published figure covers these levers, which go beyond their highest level to 2024 ({n}): {which}",
        "{name}：以下{n}项政策工具超过其2024年以前的最高水平，没有公布数据可依：{which}",
    ),
    "beyond.lever": ("{label} {level:g} (to 2024: {known:g})", "{label}{level:g}（2024年以前{known:g}）"),
    "beyond.more": ("{n} more", "另有{n}项"),
    "beyond.shock": (
        "{name}: the shock “{kind}” of {size:g} in {start} is larger than anything seen to 2024 ({known})",
        "{name}：{start}起的“{kind}”冲击（{size:g}）超过2024年以前的经验（{known}）",
    ),
    "beyond.unseen": (
        "{name}: the shock “{kind}” in {start} has no precedent in the data",
        "{name}：{start}起的“{kind}”冲击在数据中没有先例",
    ),
    # one line at the foot of figures
    "beyond.line": ("outside the evidence: {what}", "超出证据范围：{what}"),
    "beyond.count.lever": ("levers above their level to 2024 ({n})", "{n}项政策工具高于2024年以前的水平"),
    "beyond.count.shock": ("shocks ({n})", "{n}项冲击"),
    "beyond.count.parameter": ("parameters ({n})", "{n}个参数"),
    # evidence on the path of an indicator; a test holds the first against `trace.grades`
    "evidence.weakest": (
        "Every indicator has an assumption somewhere on its path: the weakest evidence behind each is grade A.",
        "每项指标的计算链条上都含有假设：各指标最弱的证据均为“假设”（A级）。",
    ),
    "evidence.head": ("evidence", "证据"),
    "evidence.path": (
        "weakest {weakest}; rules that write it: {near}; all {rules} rules on its path: {whole} (D published, "
        "L literature, C fitted, A assumed)",
        "最弱为{weakest}级；直接写入的机制：{near}；链条上共{rules}个机制：{whole}（D公布数据，L文献，C校准，A假设）",
    ),
}
