"""What `ftz scenario new` and `ftz sweep new` write: good as it is, and with its examples uncommented."""

from __future__ import annotations

SCENARIO = {
    "en": """\
# Check this file with: ftz scenario check {path}
# Lines with #: explain. Other lines that begin with # and a blank are examples: take both away to use one.
name: {name}
title: {name} #: what people read; {{en: ..., zh: ...}} for both languages
#: a short form for labels in figures, if the title is long:
# short: {name}
base: {base} #: one of: {bases}
#: packages of levers, any of: {packages}
packages: []
why: Say in one sentence what this scenario asks.
#: dated levers, from 0 to 1; `ftz levers` lists all
# policy:
#   - {{lever: ai_plus, from: 2026Q1, level: 0.8, ramp: 8, zones: [SH, GD]}}
#: levers that wait for a sign instead of a date; `all: [...]` and `any: [...]` in place of one sign join several
# rules:
#   - name: answer_the_tariff
#     when: {{indicator: effective_tariff, partner: US, above: 0.25, quarters: 2}}
#     then: [{{lever: rule_alignment, level: 1, ramp: 8}}]
#: what the world does; kinds and sizes stand in scenarios/README.md
# shocks:
#   - {{kind: tariff, partner: US, from: 2026Q1, to: 2027Q4, size: 0.2}}
#: mechanisms that are switched off
# mechanisms: {{green_finance: off}}
#: other values of parameters; `ftz params` lists all
# parameters: {{law_and_authority: {{pace: 0.1}}}}
""",
    "zh": """\
# 检查本文件：ftz scenario check {path}
# “#:”为说明；其余以“# ”开头的是示例，去掉“# ”即可使用。
name: {name}
title: {name} #: 显示用的标题；也可写成{{en: ..., zh: ...}}
#: 标题较长时，图中标签使用的简称：
# short: {name}
base: {base} #: 基准情景，可选：{bases}
#: 政策包，可选：{packages}
packages: []
why: 用一句话说明本情景要回答的问题。
#: 按日期实施的政策工具，取值0至1；ftz levers列出全部
# policy:
#   - {{lever: ai_plus, from: 2026Q1, level: 0.8, ramp: 8, zones: [SH, GD]}}
#: 视信号而非按日期实施的政策工具；以all: [...]或any: [...]代替单个信号，即为多个信号
# rules:
#   - name: 应对关税
#     when: {{indicator: effective_tariff, partner: US, above: 0.25, quarters: 2}}
#     then: [{{lever: rule_alignment, level: 1, ramp: 8}}]
#: 外部冲击；种类与大小见scenarios/README.md
# shocks:
#   - {{kind: tariff, partner: US, from: 2026Q1, to: 2027Q4, size: 0.2}}
#: 关闭的机制
# mechanisms: {{green_finance: off}}
#: 参数的其他取值；ftz params列出全部
# parameters: {{law_and_authority: {{pace: 0.1}}}}
""",
}

SWEEP = {
    "en": """\
# What would be done, and how long it takes: ftz sweep {path} --dry-run
# Lines with #: explain. Other lines that begin with # and a blank are examples: take both away to use one.
name: {name}
why: Say in one sentence what this sweep asks.
#: shipped scenarios, or YAML files beside this one
scenarios: [{scenarios}]
replicates: 2
seed: 1
#: how points are chosen: lhs, sobol, saltelli, morris draw them; grid and list name them
design: {{method: lhs, samples: 20}}
#: what is drawn: a range, or `card` for that of the parameter's card; `ftz params` lists all
uncertainties:
  foreign_investment.openness_effect: card
  law_and_authority.pace: [0.04, 0.12]
#: for every scenario; fewer firms are faster
overrides: {{population: {{firms: 2000}}}}
#: tables that are kept; regions, zones and partners take more room
# tables: [national, regions]
""",
    "zh": """\
# 将做什么、约需多久：ftz sweep {path} --dry-run
# “#:”为说明；其余以“# ”开头的是示例，去掉“# ”即可使用。
name: {name}
why: 用一句话说明本扫描要回答的问题。
#: 自带情景，或与本文件同一文件夹的YAML文件
scenarios: [{scenarios}]
replicates: 2
seed: 1
#: 样本点的选取方法：lhs、sobol、saltelli、morris为抽取；grid与list为指定
design: {{method: lhs, samples: 20}}
#: 抽取的对象：给出范围，或用card取参数卡片上的范围；ftz params列出全部
uncertainties:
  foreign_investment.openness_effect: card
  law_and_authority.pace: [0.04, 0.12]
#: 适用于所有情景；企业越少越快
overrides: {{population: {{firms: 2000}}}}
#: 保存的数据表；regions、zones、partners占用较多空间
# tables: [national, regions]
""",
}
