"""Words of the strip test: layers of the model, how each is frozen, and the sentence that says what carries a gap."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "strip.family.firms": ("differences between firms", "企业差异"),
    "strip.family.markets": ("markets", "市场"),
    "strip.family.agents": ("choices of firms and people", "企业与个人的选择"),
    "strip.family.policy": ("institutions and policy channels", "制度与政策渠道"),
    "strip.family.constants": ("constants that multiply coordination", "乘以协同度的常数"),
    "strip.family.rest": ("left over", "剩余"),
    "strip.layer.firms": ("firms that differ", "企业异质性"),
    "strip.layer.markets": ("prices and trade", "价格与贸易"),
    "strip.layer.mobility": ("people, plants and FDI that move", "人员、工厂与外资流动"),
    "strip.layer.saving": ("saving that goes to firms", "储蓄转化为投资"),
    "strip.layer.choices": ("adoption, R&D, abatement, climbing, entry", "数字化、研发、减排、升级与进入"),
    "strip.layer.spillovers": ("knowledge in reach", "可及知识"),
    "strip.layer.green": ("green finance and carbon", "绿色金融与碳"),
    "strip.layer.lists": ("negative lists and trust", "负面清单与信任"),
    "strip.layer.trade": ("agreements and trade costs", "协定与贸易成本"),
    "strip.layer.reforms": ("reforms and their replication", "制度创新与复制推广"),
    "strip.layer.data": ("data, compute, algorithms", "数据、算力与算法"),
    "strip.layer.budgets": ("public budgets", "财政"),
    "strip.layer.border_goods": ("border of goods × C (assumed_border)", "商品边界×协同度（assumed_border）"),
    "strip.layer.border_knowledge": ("border of knowledge × C (border_loss)", "知识边界×协同度（border_loss）"),
    "strip.layer.titles": ("recognised titles × C (recognition_effect)", "职称互认×协同度（recognition_effect）"),
    "strip.layer.platform": ("data platforms × C (platform_gain)", "数据平台×协同度（platform_gain）"),
    "strip.layer.capital_markets": ("capital markets × C (integration_gain)", "资本市场×协同度（integration_gain）"),
    "strip.layer.step": ("reforms in step × C (step_bonus)", "同步改革×协同度（step_bonus）"),
    "strip.layer.other": ("all else that meets coordination", "协同度的其他作用"),
    "strip.layer.rest": ("rest", "剩余"),
    "strip.layer.gap": ("gap", "差距"),
    "strip.how.firms": (
        "both runs with identical firms in a province and field: no spread at the start or of entrants, no own shocks",
        "两个情景均取同省同领域企业相同：初始与新进入企业无离散，无个体冲击",
    ),
    "strip.how.markets": (
        "prices, trade and earnings as in the reference run; what provinces can make counts at those prices",
        "价格、贸易与收益取参照运行的值；各省产能按该价格计值",
    ),
    "strip.how.mobility": (
        "migration, FDI, capital account: results of the reference run; relocation: its growth of capital",
        "人口流动、外资、资本账户取参照运行的结果；迁厂取其资本增长率",
    ),
    "strip.how.saving": (
        "capital of each firm grows by investment as in the reference run",
        "各企业资本由投资引起的增长率同参照运行",
    ),
    "strip.how.choices": (
        "results of the reference run; the same firms close, open and climb in the same quarter",
        "取参照运行的结果；同一季度同一企业退出、进入与升级",
    ),
    "strip.how.spillovers": (
        "spillovers and weights of foreign varieties as in the reference run",
        "知识溢出与国外产品权重取参照运行的值",
    ),
    "strip.how.green": (
        "credit tilt, carbon prices, emissions as in the reference run",
        "信贷倾斜、碳价与排放取参照运行的值",
    ),
    "strip.how.lists": ("lists, trust, hidden barriers as in the reference run", "清单、信任与隐性壁垒取参照运行的值"),
    "strip.how.trade": (
        "alignment, tariffs, trade costs as in the reference run",
        "规则对接、关税与贸易成本取参照运行的值",
    ),
    "strip.how.reforms": (
        "innovations, adoption, business environment, law as in the reference run",
        "制度创新、推广、营商环境与立法取参照运行的值",
    ),
    "strip.how.data": ("data, compute, algorithms as in the reference run", "数据、算力与算法取参照运行的值"),
    "strip.how.budgets": ("costs and transfers as in the reference run", "支出与转移支付取参照运行的值"),
    "strip.how.border_goods": (
        "markets meet the borders between provinces of the reference run",
        "市场面对参照运行的省际边界",
    ),
    "strip.how.border_knowledge": (
        "knowledge meets the borders between provinces of the reference run",
        "知识溢出面对参照运行的省际边界",
    ),
    "strip.how.titles": (
        "migration meets the titles recognised in the reference run",
        "人才流动面对参照运行的职称互认",
    ),
    "strip.how.platform": ("data platforms meet C of the reference run", "数据平台面对参照运行的协同度"),
    "strip.how.capital_markets": ("investment meets C of the reference run", "投资面对参照运行的协同度"),
    "strip.how.step": ("replication of reforms meets C of the reference run", "改革推广面对参照运行的协同度"),
    "strip.how.other": (
        "all other mechanisms meet C, transfers and chosen fields of the reference run",
        "其余机制面对参照运行的协同度、转移支付与所选产业",
    ),
    "strip.order": (
        "Layers are frozen in the order of the table: frozen, a layer leaves what it left in the run of {against} with "
        "the same random numbers. It says what the model's assumptions do, not what was observed.",
        "各层按表中顺序冻结：冻结后取同一随机种子下{against}运行的结果。这反映模型假定的作用，而非观测结果。",
    ),
    "strip.title": ("{indicator} in {year}, % of {against}", "{year}年{indicator}，占{against}的%"),
    "column.layer": ("layer", "层"),
    "column.family": ("kind", "类别"),
    "column.alone": ("frozen alone", "仅冻结该层"),
    "column.in_order": ("in this order", "按此顺序"),
    "column.in_reverse": ("in reverse", "按相反顺序"),
    "column.of_gap": ("part of the gap", "占差距的比例"),
    "column.how": ("how it is frozen", "如何冻结"),
    "column.strip_share": ("share (mean)", "份额（均值）"),
}
