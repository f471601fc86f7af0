"""The dictionary of outputs: name, unit, meaning, direction and aggregation of every column of the tables.

Tables are quarterly. Stocks (aggregate ``last``) are those at the quarter's end; flows (``sum``) are shown at
annual rates, four times the quarter, so that the sum of a year is the mean of its four rates; indices and
ratios (``mean``) are averaged over the quarters of a year.

``scale`` says how two runs are compared: ``log`` in percent (amounts), ``points`` in percentage points
(shares), ``level`` in the unit itself (indices and counts).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["national", "region", "zone", "partner", "comparison"]
Aggregate = Literal["sum", "mean", "last"]
Scale = Literal["log", "points", "level"]

UNITS_ZH = {
    "bn yuan": "十亿元",
    "bn yuan/yr": "十亿元/年",
    "10^3 yuan/yr": "千元/年",
    "million": "百万人",
    "10^3 FTE": "千人年",
    "10^3 FTE/yr": "千人年/年",
    "10^3/yr": "千人/年",
    "share": "比重",
    "share/yr": "每年比率",
    "index": "指数",
    "2013Q1 = 100": "2013年一季度=100",
    "2013Q1 = 100, nation": "2013年一季度全国=100",
    "per 10^3 workers": "每千名从业者",
    "ratio": "倍",
    "Theil": "泰尔指数",
    "rad": "弧度",
    "items": "项",
    "count": "个",
    "quarters": "季度",
    "log": "对数",
    "Mt/yr": "百万吨/年",
    "t/10^4 yuan": "吨/万元",
    "yuan/t": "元/吨",
    "0-100": "0–100",
    "points/yr": "百分点/年",
    "ad valorem": "从价税率",
    "field": "领域编号",
    "0 or 1": "0或1",
    "%": "%",
    "% of a year": "年产出的%",
}


@dataclass(frozen=True)
class Variable:
    """One output of the model."""

    name: str
    level: Level
    unit: str
    direction: int  # +1 more is better, -1 less is better, 0 neither
    aggregate: Aggregate
    scale: Scale
    en: str
    zh: str
    meaning_en: str
    meaning_zh: str

    @property
    def unit_zh(self) -> str:
        """Return the unit in Chinese."""
        return UNITS_ZH[self.unit]

    def label(self, lang: str = "en") -> str:
        """Return the label in ``en`` or ``zh``."""
        return self.zh if lang == "zh" else self.en

    def within(self, lang: str = "en") -> str:
        """Return the label as it stands inside a sentence: small, unless it begins with an acronym."""
        label = self.label(lang)
        return label[0].lower() + label[1:] if label[1].islower() else label

    def unit_in(self, lang: str = "en") -> str:
        """Return the unit in ``en`` or ``zh``."""
        return self.unit_zh if lang == "zh" else self.unit

    def meaning(self, lang: str = "en") -> str:
        """Return the meaning in ``en`` or ``zh``."""
        return self.meaning_zh if lang == "zh" else self.meaning_en


# One line of facts (name, unit, direction, aggregate, scale, en, zh), one of meaning (en, zh).
# Lines are long because a table reads better so (and a Chinese character counts twice).
# fmt: off
# ruff: noqa: E501
_Row = tuple[str, str, int, Aggregate, Scale, str, str, str, str]

_NATIONAL: tuple[_Row, ...] = (
    # output and growth
    ("gdp", "bn yuan/yr", +1, "sum", "log", "GDP", "国内生产总值",
     "Value added of all firms at constant prices of 2013.", "全部企业增加值，2013年不变价。"),
    ("real_income", "bn yuan/yr", +1, "sum", "log", "Real income", "实际收入",
     "Value added and duties over the price of final spending; moves with the terms of trade, GDP does not.",
     "增加值与关税除以最终支出价格；随贸易条件变动，而国内生产总值不随之变动。"),
    ("national_income", "bn yuan/yr", +1, "sum", "log", "National income", "国民总收入",
     "Income (value added and duties) less the profits that foreigners take home.", "增加值与关税减去外资汇回的利润。"),
    ("consumption", "bn yuan/yr", +1, "sum", "log", "Consumption", "最终消费",
     "Private and public: final spending less capital formation, R&D and what policies use up.",
     "居民与政府消费：最终支出减去资本形成、研发与政策消耗的资源。"),
    ("gdp_growth", "share/yr", +1, "mean", "points", "GDP growth", "经济增长率",
     "Growth over the same quarter of the year before; in 2013 since 2013Q1, at an annual rate.",
     "同比增速；2013年各季为较当年一季度的年化增速。"),
    ("gdp_per_worker", "10^3 yuan/yr", +1, "mean", "log", "GDP per worker", "劳均产出",
     "GDP over workers at the quarter's end.", "国内生产总值除以季末从业人员。"),
    ("tfp", "2013Q1 = 100", +1, "mean", "log", "Total factor productivity", "全要素生产率",
     "GDP over its inputs (capital, workers, talents, knowledge), weighted as firms use them.",
     "产出与按生产函数弹性加权的资本、劳动、人才、知识投入之比。"),
    ("capital", "bn yuan", 0, "last", "log", "Capital stock", "资本存量", "Capital of all firms.", "全部企业资本。"),
    ("workers", "million", 0, "last", "log", "Workers", "从业人员", "Workers of the nation.", "全国从业人员。"),
    ("talents", "10^3 FTE", +1, "last", "log", "R&D staff", "研发人才", "R&D staff, full-time equivalents.",
     "研发人员全时当量。"),
    ("knowledge", "bn yuan", +1, "last", "log", "Knowledge stock", "知识存量",
     "R&D of the past, depreciated, of all firms.", "全部企业历年研发的折旧累计。"),
    ("investment", "bn yuan/yr", 0, "sum", "log", "Domestic investment", "国内投资",
     "Saving that goes to firms' capital.", "转化为企业资本的储蓄。"),
    ("capital_output_ratio", "ratio", 0, "mean", "level", "Capital-output ratio", "资本产出比",
     "Capital over yearly GDP.", "资本存量与年度国内生产总值之比。"),
    ("net_return", "share/yr", 0, "mean", "points", "Return on capital", "资本净回报率",
     "What a yuan of capital earns a year, depreciation deducted.", "每元资本一年的收益，已扣除折旧。"),
    # innovation
    ("research_intensity", "share", +1, "mean", "points", "R&D intensity", "研发强度", "R&D over GDP.",
     "研发经费与国内生产总值之比。"),
    ("patents", "2013Q1 = 100", +1, "mean", "log", "Patents", "专利产出",
     "Index of patenting from R&D, talents and knowledge within reach.", "由研发、人才与可及知识决定的专利产出指数。"),
    ("patents_per_worker", "2013Q1 = 100", +1, "mean", "log", "Patents per worker", "人均专利",
     "Patent index over workers.", "专利指数与从业人员之比。"),
    ("talents_per_1k_workers", "per 10^3 workers", +1, "last", "log", "R&D staff per 1,000 workers", "每千名从业者研发人员",
     "R&D staff over workers.", "研发人员与从业人员之比。"),
    # structure
    ("emerging_share", "share", +1, "mean", "points", "Strategic-emerging industries", "战略性新兴产业比重",
     "Share of strategic-emerging industries in GDP.", "战略性新兴产业增加值占比。"),
    ("future_share", "share", +1, "mean", "points", "Future industries", "未来产业比重",
     "Share of future industries in GDP.", "未来产业增加值占比。"),
    ("jobs_traditional", "million", 0, "last", "log", "Jobs in traditional industries", "传统产业就业", "Workers of tier 0.",
     "第0层级（传统产业）从业人员。"),
    ("jobs_emerging", "million", 0, "last", "log", "Jobs in emerging industries", "新兴产业就业", "Workers of tier 1.",
     "第1层级（战略性新兴产业）从业人员。"),
    ("jobs_future", "million", 0, "last", "log", "Jobs in future industries", "未来产业就业", "Workers of tier 2.",
     "第2层级（未来产业）从业人员。"),
    ("structural_imbalance", "Theil", -1, "mean", "level", "Structural imbalance", "产业结构不合理度",
     "Theil distance between the tiers' shares of value added and of workers.", "各层级增加值与就业份额偏离的泰尔指数。"),
    ("advancement", "ratio", +1, "mean", "level", "Industrial advancement", "产业高级化",
     "Value added of tiers 1 and 2 over that of tier 0.", "新兴与未来产业增加值对传统产业之比。"),
    ("structure_change", "rad", 0, "mean", "level", "Structural change since 2013", "2013年以来结构变动",
     "Angle between the tier shares now and those of 2013Q1.", "当前与2013年一季度产业份额向量的夹角。"),
    ("clusters", "count", +1, "last", "level", "Clusters", "产业集群",
     "Provinces' fields with a location quotient above 1.5 and over 5 % of the field's workers.",
     "区位商大于1.5且占该领域就业5%以上的省份—领域组合数。"),
    ("entry_rate", "share/yr", 0, "sum", "points", "Entry of firms", "企业更替率",
     "Firms born in the quarter over all firms, a year.", "当季新生企业占比（年率）。"),
    ("upgrade_rate", "share/yr", +1, "sum", "points", "Firms that climb a tier", "企业升级率",
     "Firms that climbed a tier in the quarter over all firms, a year.", "当季升入更高层级的企业占比（年率）。"),
    # digital
    ("digital_intensity", "index", +1, "last", "points", "Digital intensity", "数字化程度",
     "Worker-weighted degree of digitisation, 0 to 1.", "按从业人员加权的企业数字化程度（0–1）。"),
    ("digital_capability", "index", +1, "mean", "points", "Digital capability", "数字能力",
     "GDP-weighted harmonic mean of data, compute and algorithms, 0 to 1.", "数据、算力、算法的调和平均（按产出加权）。"),
    # foreign investment and trade
    ("fdi", "bn yuan/yr", +1, "sum", "log", "Foreign direct investment", "实际使用外资", "Inflow of FDI.", "外商直接投资流入。"),
    ("foreign_funds", "bn yuan", 0, "last", "level", "Foreign funds", "境外资金",
     "Stock of funds that the opening of finance has drawn in since 2013; below 0 they went abroad.",
     "2013年以来金融开放吸引的资金存量；小于0表示资金流出。"),
    ("fdi_high_tech_share", "share", +1, "mean", "points", "High-tech share of FDI", "高技术产业外资占比",
     "Share of FDI in tiers 1 and 2.", "流入新兴与未来产业的外资占比。"),
    ("exports", "bn yuan/yr", +1, "sum", "log", "Exports", "出口", "Exports to all partners.", "对全部伙伴的出口。"),
    ("export_ratio", "share", 0, "mean", "points", "Exports over GDP", "出口依存度", "Exports over GDP.", "出口与国内生产总值之比。"),
    ("export_sophistication", "share", +1, "mean", "points", "Sophistication of exports", "出口高级化",
     "Share of tiers 1 and 2 in exports.", "新兴与未来产业出口占比。"),
    ("exchange_rate", "ratio", 0, "mean", "level", "Real exchange rate", "实际汇率",
     "Price of foreign goods over that of final spending at home, 2013 = 1.", "国外商品价格与国内最终支出价格之比，2013年为1。"),
    ("input_cost", "log", -1, "mean", "level", "Cost of inputs", "投入成本",
     "Log price of what firms use as inputs, 2013 = 0.", "企业所用投入品价格的对数，2013年为0。"),
    ("sold_elsewhere", "share", 0, "mean", "points", "Sales to other provinces", "省际销售占比",
     "Share of output that other provinces buy.", "产出中销往其他省份的比重。"),
    ("preference_use", "share", +1, "mean", "points", "Use of preferences", "优惠关税利用率",
     "Export-weighted share of trade that uses the tariff preference.", "按出口加权的协定优惠利用率。"),
    ("duty_saved", "bn yuan/yr", +1, "sum", "log", "Duty saved", "关税减免额", "Duty saved by using preferences.",
     "利用协定优惠节省的关税。"),
    ("alignment", "index", +1, "last", "points", "Alignment of rules with partners", "规则对接程度",
     "Export-weighted mutual alignment, 0 to 1.", "按出口加权的规则相互对接程度（0–1）。"),
    ("accession_readiness", "index", 0, "last", "points", "Readiness for accession", "加入高标准协定准备度",
     "Readiness for high-standard agreements, 0 to 1.", "加入高标准经贸协定的准备程度（0–1）。"),
    ("accession_weight", "index", 0, "last", "points", "Weight of accession", "加入权重",
     "How far accession has come about, 0 to 1 (expected, not drawn).", "加入的期望实现程度（0–1，非抽签）。"),
    # green
    ("co2", "Mt/yr", -1, "sum", "log", "CO2 emissions", "二氧化碳排放", "Emissions, gross.", "排放总量（未扣碳汇）。"),
    ("co2_net", "Mt/yr", -1, "sum", "log", "CO2 net of sinks", "净排放", "Emissions minus sinks.", "排放减碳汇。"),
    ("co2_intensity", "t/10^4 yuan", -1, "mean", "log", "CO2 intensity", "碳排放强度", "Emissions over GDP.",
     "单位产出二氧化碳排放。"),
    ("carbon_price", "yuan/t", 0, "mean", "level", "Carbon price", "全国碳价", "National carbon price.", "全国碳市场价格。"),
    # rules
    ("list_zone", "items", -1, "last", "level", "Negative list, zones", "自贸试验区外资负面清单", "Items of the zones' investment list.",
     "自贸试验区版外资准入负面清单条目数。"),
    ("list_national", "items", -1, "last", "level", "Negative list, nation", "全国外资负面清单",
     "Items of the national investment list.", "全国版外资准入负面清单条目数。"),
    ("services_list_zone", "items", -1, "last", "level", "Services list, zones", "自贸试验区跨境服务贸易负面清单",
     "Items of the zones' list for cross-border services.", "自贸试验区版跨境服务贸易负面清单条目数。"),
    ("services_list_national", "items", -1, "last", "level", "Services list, nation", "全国跨境服务贸易负面清单",
     "Items of the national list for cross-border services.", "全国版跨境服务贸易负面清单条目数。"),
    ("effective_openness", "index", +1, "last", "points", "Effective openness of zones", "自贸试验区有效开放度",
     "Value-added-weighted over open zones; the nation's before the first opening.", "制度型开放的实际程度，按增加值加权；首个试验区设立前为全国值。"),
    ("effective_openness_national", "index", +1, "last", "points", "Effective openness of the nation", "全国有效开放度",
     "Openness of the national lists behind the glass door.", "扣除隐性壁垒后的全国清单开放度。"),
    ("glass_door", "share", -1, "last", "points", "Glass door in zones", "自贸试验区“玻璃门”",
     "Share of formal openness that hidden conditions eat, over open zones by value added.",
     "隐性条件抵消的名义开放份额（开放中的试验区，按增加值加权）。"),
    ("glass_door_national", "share", -1, "last", "points", "Glass door of the nation", "全国“玻璃门”",
     "Share of formal openness that hidden conditions eat, elsewhere.", "区外隐性条件抵消的名义开放份额。"),
    ("reversal_hazard", "share/yr", -1, "last", "points", "Fear of reversal", "对开放逆转的担忧",
     "Chance a year that openness is taken back, as investors see it.", "投资者预期的一年内开放被收回的概率。"),
    ("law", "index", +1, "last", "points", "Zone legislation", "自贸立法进展", "Progress of a national zone law, 0 to 1.",
     "国家层面自贸试验区立法进展（0–1）。"),
    ("business_environment", "index", +1, "last", "points", "Business environment", "营商环境", "GDP-weighted, 0 to 1.",
     "按产出加权（0–1）。"),
    ("innovations_created", "items", +1, "last", "level", "Reforms created", "制度创新成果", "Institutional innovations so far.",
     "累计制度创新成果。"),
    ("innovations_approved", "items", +1, "last", "level", "Reforms replicated", "复制推广成果",
     "Results approved for the whole nation so far.", "累计在全国复制推广的成果。"),
    ("high_value_share", "share", +1, "last", "points", "High-value reforms", "高价值创新占比",
     "Share of high-value results among the reforms created.", "制度创新成果中高价值成果占比。"),
    # coordination and disparity
    ("coordination", "index", 0, "last", "points", "Coordination of zones", "跨区协同程度",
     "Mean coordination degree of the provinces with an open zone, 0 to 1.", "设有自贸试验区省份的平均协同程度（0–1）。"),
    ("coalitions", "count", 0, "last", "level", "Coalitions of zones", "试验区协同对数",
     "Pairs of working zones that have reached half or more of the coordination that is feasible between them.",
     "两个试验区均在运作、且可行协同已实现一半以上的配对数。"),
    ("refusals", "share", 0, "last", "points", "Refusals to coordinate", "拒绝协同占比",
     "Share of pairs of provinces in which a side stands in the way of an agreement, weighted by what is feasible.",
     "至少一方不愿达成协议的省份配对占比，按可行协同程度加权。"),
    ("duplication", "index", -1, "mean", "points", "Duplication between zones", "产业同构",
     "Mean cosine between the new-field output of open zones.", "各试验区新领域产出结构的平均余弦相似度。"),
    ("plan_overlap", "index", -1, "last", "points", "Overlap of plans", "规划雷同度",
     "Mean cosine between the planned fields of open zones.", "各试验区规划领域的平均余弦相似度。"),
    ("theil", "Theil", -1, "mean", "level", "Regional inequality", "区域差距（泰尔指数）",
     "Theil index of GDP per worker between provinces.", "省际劳均产出泰尔指数。"),
    ("theil_between_zones", "Theil", -1, "mean", "level", "Inequality between zone provinces and others", "设区与未设区省份间差距",
     "Part of the Theil index between provinces with an open zone and others.", "泰尔指数中设区与未设区两组之间的部分。"),
    ("theil_within_zones", "Theil", -1, "mean", "level", "Inequality within those groups", "上述组内差距",
     "Rest of the Theil index, within the two groups.", "泰尔指数中两组内部的部分。"),
    ("theil_between_areas", "Theil", -1, "mean", "level", "Inequality between east, centre and west", "东中西部之间差距",
     "Part of the Theil index between the three macro-regions.", "泰尔指数中东、中、西部之间的部分。"),
    ("theil_within_areas", "Theil", -1, "mean", "level", "Inequality within east, centre and west", "东中西部内部差距",
     "Rest of the Theil index, within the macro-regions.", "泰尔指数中三大区内部的部分。"),
    ("gini", "index", -1, "mean", "points", "Gini coefficient of provinces", "省际基尼系数",
     "Gini of GDP per worker, weighted by workers.", "按从业人员加权的劳均产出基尼系数。"),
    ("poorest_to_mean", "share", +1, "mean", "points", "Poorest province against the mean", "最低省份与均值之比",
     "Lowest GDP per worker of a province over that of the nation.", "最低省份劳均产出与全国之比。"),
    ("dyadic_gap_zones", "log", -1, "mean", "level", "Gap between provinces with zones", "设区省份之间的差距",
     "Mean absolute log difference in GDP per worker over pairs of provinces that have a zone, now or later.",
     "设区（含后设）省份两两之间劳均产出对数差绝对值的均值。"),
    ("dyadic_gap_mixed", "log", -1, "mean", "level", "Gap between provinces with and without a zone",
     "设区与未设区省份之间的差距", "The same over pairs of one province with a zone and one without.",
     "同上，设区与未设区省份配对。"),
    ("dyadic_gap_others", "log", -1, "mean", "level", "Gap between provinces without a zone", "未设区省份之间的差距",
     "The same over pairs of provinces without a zone.", "同上，未设区省份两两配对。"),
    ("labour_share", "share", 0, "mean", "points", "Labour share", "劳动份额",
     "Wage bill over GDP: constant, because firms pay by a production function with constant elasticities.",
     "工资总额与产出之比；因生产函数弹性不变而为常数。"),
    ("wage", "10^3 yuan/yr", +1, "mean", "log", "Wage", "工资", "Wage of workers, nation.", "全国从业人员工资。"),
    ("talent_wage", "10^3 yuan/yr", +1, "mean", "log", "Income of talents", "人才收入指标",
     "Value added weighted toward new industries over R&D staff: what attracts talents.",
     "侧重新产业的增加值与研发人员之比，即对人才的吸引力。"),
    # zones together
    ("open_zones", "count", 0, "last", "level", "Open zones", "已设试验区数", "Zones in operation.", "运行中的试验区数量。"),
    ("zone_value_added_share", "share", 0, "mean", "points", "Zones in GDP", "试验区产出占比", "Open zones' share of GDP.",
     "试验区增加值占全国比重。"),
    ("zone_fdi_share", "share", 0, "mean", "points", "Zones in FDI", "试验区外资占比", "Open zones' share of FDI.",
     "试验区外资占全国比重。"),
    ("zone_fdi_high_tech_share", "share", +1, "mean", "points", "High-tech share of zones' FDI", "试验区高技术外资占比",
     "Share of tiers 1 and 2 in the FDI of open zones.", "试验区外资中新兴与未来产业占比。"),
    ("zone_export_share", "share", 0, "mean", "points", "Zones in exports", "试验区出口占比", "Open zones' share of exports.",
     "试验区出口占全国比重。"),
    # cost and risk
    ("policy_cost", "bn yuan/yr", -1, "sum", "level", "Policy cost", "政策成本",
     "What treasuries pay for policy, or do not collect: fiscal cost.", "财政为政策付出的支出与少收的税款，即财政成本。"),
    ("policy_cost_share", "share", -1, "mean", "points", "Policy cost over GDP", "政策成本占比", "Policy cost over GDP.",
     "政策成本与国内生产总值之比。"),
    ("resource_cost", "bn yuan/yr", -1, "sum", "level", "Resource cost", "资源成本",
     "What policy uses up, public and private, and what raising public money costs; transfers are no part of it.",
     "政策实际耗用的公私资源，加上筹集财政资金的损失；不含转移支付。"),
    ("resource_cost_share", "share", -1, "mean", "points", "Resource cost over GDP", "资源成本占比",
     "Resource cost over GDP.", "资源成本与国内生产总值之比。"),
    ("digital_outlay", "bn yuan/yr", 0, "sum", "level", "Outlay on digitising", "数字化投入",
     "What firms spend on digitising.", "企业用于数字化的支出。"),
    ("transfers_share", "share", 0, "mean", "points", "Benefit sharing over GDP", "利益共享转移占比",
     "Transfers between zones and their partners over GDP.", "地区间利益共享转移与国内生产总值之比。"),
    ("dependence", "share", -1, "last", "points", "Dependence on foreign core technology", "关键技术对外依赖",
     "Share of imports in what is used of strategic-emerging and future fields.", "新兴与未来产业产品使用中的进口占比（按增加值加权）。"),
    ("crisis_quarters", "quarters", -1, "last", "level", "Quarters of crisis", "危机季度数",
     "Quarters of sudden stop so far.", "累计资本流动骤停季度数。"),
    ("crisis_hazard", "share/yr", -1, "mean", "points", "Risk of a sudden stop", "资本流动骤停风险",
     "Chance of a sudden stop of capital, a year.", "一年内发生资本流动骤停的概率。"),
    # composite
    ("nqp_fixed", "0-100", +1, "mean", "level", "NQP index", "新质生产力指数",
     "Outcomes only, five pillars of equal weight, bounds fixed for all runs.", "仅含结果指标，五大支柱等权，界限对所有运行固定。"),
    ("nqp_innovation", "0-100", +1, "mean", "level", "NQP pillar: innovation", "新质生产力：创新",
     "Patents and knowledge per worker.", "人均专利与知识存量。"),
    ("nqp_upgrading", "0-100", +1, "mean", "level", "NQP pillar: upgrading", "新质生产力：升级",
     "Emerging and future industries; GDP per worker.", "新兴与未来产业比重、劳均产出。"),
    ("nqp_green", "0-100", +1, "mean", "level", "NQP pillar: green", "新质生产力：绿色",
     "CO2 intensity reversed; value added per CO2 in the zone areas.", "碳强度（逆向）、试验区单位排放产出。"),
    ("nqp_openness", "0-100", +1, "mean", "level", "NQP pillar: openness", "新质生产力：开放",
     "High-tech FDI over GDP; sophistication of exports.", "高技术外资占产出比重、出口高级化。"),
    ("nqp_sharing", "0-100", +1, "mean", "level", "NQP pillar: sharing", "新质生产力：共享",
     "Theil index reversed; poorest province against the mean.", "泰尔指数（逆向）、最低省份与均值之比。"),
    # growth account (adds up to growth_total)
    ("growth_total", "points/yr", 0, "sum", "level", "Growth (log)", "增长（对数）", "Change of log GDP over the quarter, a year.",
     "季度对数产出变化（年率）。"),
    ("growth_capital", "points/yr", 0, "sum", "level", "from capital", "资本贡献", "Elasticity x change of log capital in use.",
     "弹性×在用资本对数变化。"),
    ("growth_labour", "points/yr", 0, "sum", "level", "from labour", "劳动贡献", "Elasticity x change of log workers in use.",
     "弹性×在用劳动对数变化。"),
    ("growth_talent", "points/yr", 0, "sum", "level", "from talents", "人才贡献", "Elasticity x change of log R&D staff in use.",
     "弹性×在用人才对数变化。"),
    ("growth_knowledge", "points/yr", 0, "sum", "level", "from knowledge", "知识贡献",
     "Elasticity x change of log knowledge in use.", "弹性×在用知识对数变化。"),
    ("growth_digital", "points/yr", 0, "sum", "level", "from digitisation", "数字化贡献",
     "Change of the value-added-weighted digital term.", "按增加值加权的数字项变化。"),
    ("growth_exogenous", "points/yr", 0, "sum", "level", "from exogenous trend and shocks", "外生趋势与冲击",
     "Change of trend productivity and macro shocks: assumed, not explained.", "趋势生产率与宏观冲击变化：为假定而非解释。"),
    ("growth_markets", "points/yr", 0, "sum", "level", "from markets", "市场配置",
     "What trade, borders and prices make of capacity: GDP over capacity at prices of 2013.",
     "贸易、边界与价格对产能利用的作用：按2013年价格计的产出与产能之比的变化。"),
    ("growth_other", "points/yr", 0, "sum", "level", "reallocation and other", "再配置及其他",
     "The rest: reallocation, spillovers, business environment, trade and interactions.",
     "其余：再配置、溢出、营商环境、贸易与交互作用。"),
    # diagnostics
    ("effective_firms", "count", 0, "last", "level", "Effective number of firms", "有效企业数",
     "(sum of value added)^2 / sum of squares: how many equal firms the run is worth.", "增加值和的平方除以平方和。"),
    ("top_firm_share", "share", 0, "last", "points", "Share of the largest firm", "最大企业占比",
     "Value added of the largest firm over GDP.", "最大企业增加值占比。"),
)

_REGION: tuple[_Row, ...] = (
    ("gdp", "bn yuan/yr", +1, "sum", "log", "GDP", "地区生产总值", "Volume at prices of 2013.",
     "按2013年价格计。"),
    ("real_income", "bn yuan/yr", +1, "sum", "log", "Real income", "实际收入",
     "Value added and duties over the price of the province's final spending.", "增加值与关税除以本省最终支出价格。"),
    ("gdp_per_worker", "10^3 yuan/yr", +1, "mean", "log", "GDP per worker", "劳均产出", "GDP over workers.", "产出除以从业人员。"),
    ("workers", "million", 0, "last", "log", "Workers", "从业人员", "Workers.", "从业人员。"),
    ("talents", "10^3 FTE", +1, "last", "log", "R&D staff", "研发人才", "R&D staff, full-time equivalents.", "研发人员全时当量。"),
    ("net_talent_flow", "10^3 FTE/yr", +1, "sum", "level", "Net inflow of R&D staff", "研发人才净流入",
     "Net inflow from other provinces.", "省际净流入。"),
    ("net_worker_flow", "10^3/yr", 0, "sum", "level", "Net inflow of workers", "从业人员净流入",
     "Net inflow from other provinces.", "省际净流入。"),
    ("relocated", "bn yuan/yr", 0, "sum", "level", "Plants that moved in", "产业转移净流入",
     "Capital of plants that came from other provinces less that of those that left.", "由外省转入的资本减去转出的资本。"),
    ("research_intensity", "share", +1, "mean", "points", "R&D intensity", "研发强度", "R&D over GDP.", "研发经费与产出之比。"),
    ("patents", "2013Q1 = 100, nation", +1, "mean", "log", "Patents", "专利产出", "Index; provinces add up to the nation.",
     "指数，各省之和为全国。"),
    ("emerging_share", "share", +1, "mean", "points", "Strategic-emerging industries", "战略性新兴产业比重",
     "Share of GDP.", "增加值占比。"),
    ("future_share", "share", +1, "mean", "points", "Future industries", "未来产业比重", "Share of GDP.", "增加值占比。"),
    ("digital_intensity", "index", +1, "last", "points", "Digital intensity", "数字化程度", "Worker-weighted, 0 to 1.",
     "按从业人员加权（0–1）。"),
    ("digital_capability", "index", +1, "mean", "points", "Digital capability", "数字能力",
     "Harmonic mean of data, compute and algorithms.", "数据、算力、算法的调和平均。"),
    ("fdi", "bn yuan/yr", +1, "sum", "log", "Foreign direct investment", "实际使用外资", "Inflow of FDI.", "外资流入。"),
    ("fdi_high_tech", "bn yuan/yr", +1, "sum", "log", "High-tech FDI", "高技术产业外资", "FDI in tiers 1 and 2.", "新兴与未来产业外资流入。"),
    ("exports", "bn yuan/yr", +1, "sum", "log", "Exports", "出口", "Exports.", "出口。"),
    ("input_cost", "log", -1, "mean", "level", "Cost of inputs", "投入成本", "Log price of inputs, 2013 = 0.",
     "投入品价格的对数，2013年为0。"),
    ("largest_chain_gap", "log", -1, "mean", "level", "Largest gap in chains", "最大产业链缺口",
     "Largest over fields: share in the province's inputs x log price of use.", "各领域“占本省投入比重×使用价格对数”的最大值。"),
    ("market_potential", "log", +1, "mean", "level", "Market potential", "市场潜力",
     "Log of what buyers would take at the prices of 2013, relative to 2013.", "按2013年价格购买者愿意购买量的对数，2013年为0。"),
    ("sold_elsewhere", "share", 0, "mean", "points", "Sales to other provinces", "省际销售占比",
     "Share of output that other provinces buy: exposure downstream.", "产出中其他省份购买的比重（下游暴露）。"),
    ("bought_elsewhere", "share", 0, "mean", "points", "Purchases from other provinces", "省际采购占比",
     "Share of use that other provinces sell: exposure upstream.", "使用中其他省份供给的比重（上游暴露）。"),
    ("co2", "Mt/yr", -1, "sum", "log", "CO2 emissions", "二氧化碳排放", "Emissions, gross.", "排放总量。"),
    ("co2_intensity", "t/10^4 yuan", -1, "mean", "log", "CO2 intensity", "碳排放强度", "Emissions over GDP.", "单位产出排放。"),
    ("business_environment", "index", +1, "last", "points", "Business environment", "营商环境", "0 to 1.", "0–1。"),
    ("reforms_adopted", "items", +1, "last", "level", "Reforms adopted", "采纳的改革成果", "Reforms in force.", "已落地的改革成果。"),
    ("krugman_specialisation", "index", 0, "last", "level", "Krugman specialisation", "克鲁格曼专业化指数",
     "Sum of distances of the field shares of workers from those of all other provinces together.",
     "就业领域份额与其他省份合计之差的绝对值之和。"),
    ("hhi", "index", 0, "last", "level", "Concentration of fields", "领域集中度", "Sum of squared field shares of workers.",
     "就业领域份额平方和。"),
    ("clusters", "count", +1, "last", "level", "Clusters", "产业集群",
     "Fields with a location quotient above 1.5 and over 5 % of the field's workers.", "区位商大于1.5且占该领域就业5%以上的领域数。"),
    ("coordination_degree", "index", 0, "last", "points", "Coordination", "协同程度", "Share of the feasible coordination reached.",
     "可行协同的实现程度。"),
    ("transfers_net", "bn yuan/yr", 0, "sum", "level", "Net transfers received", "净转移收入", "Benefit sharing received minus paid.",
     "利益共享收入减支出。"),
    ("wage", "10^3 yuan/yr", +1, "mean", "log", "Wage", "工资", "Wage of workers.", "从业人员工资。"),
    ("zone_share", "share", 0, "mean", "points", "Zone area in GDP", "试验区片区产出占比",
     "Share of the zone area in the province's GDP, open or not.", "片区增加值占本省比重（无论是否已设）。"),
    ("nqp_fixed", "0-100", +1, "mean", "level", "NQP index", "新质生产力指数",
     "Against the province's own 2013; four pillars (no sharing pillar).", "与本省2013年相比；四大支柱（不含共享）。"),
    ("nqp_innovation", "0-100", +1, "mean", "level", "NQP pillar: innovation", "新质生产力：创新",
     "Patents and knowledge per worker.", "人均专利与知识存量。"),
    ("nqp_upgrading", "0-100", +1, "mean", "level", "NQP pillar: upgrading", "新质生产力：升级",
     "Emerging and future industries; GDP per worker.", "新兴与未来产业比重、劳均产出。"),
    ("nqp_green", "0-100", +1, "mean", "level", "NQP pillar: green", "新质生产力：绿色", "CO2 intensity reversed.",
     "碳强度（逆向）。"),
    ("nqp_openness", "0-100", +1, "mean", "level", "NQP pillar: openness", "新质生产力：开放",
     "High-tech FDI over GDP; sophistication of exports.", "高技术外资占产出比重、出口高级化。"),
)

_ZONE: tuple[_Row, ...] = (
    ("is_open", "0 or 1", 0, "last", "level", "Open", "已设立", "1 once the zone is in operation.", "运行后为1。"),
    ("value_added", "bn yuan/yr", +1, "sum", "log", "Value added", "增加值", "Value added of the zone area, open or not.",
     "片区增加值（无论是否已设）。"),
    ("share_of_province", "share", 0, "mean", "points", "Share of the province", "占本省比重", "Value added over that of the province.",
     "片区增加值占本省比重。"),
    ("firms", "count", 0, "last", "level", "Firms", "企业数", "Firm slots in the zone area.", "片区内企业数（模型个体）。"),
    ("fdi", "bn yuan/yr", +1, "sum", "log", "Foreign direct investment", "实际使用外资", "Inflow of FDI; 0 until open.",
     "外资流入；设立前为0。"),
    ("fdi_high_tech", "bn yuan/yr", +1, "sum", "log", "High-tech FDI", "高技术产业外资", "FDI in tiers 1 and 2; 0 until open.",
     "新兴与未来产业外资流入；设立前为0。"),
    ("fdi_high_tech_share", "share", +1, "mean", "points", "High-tech share of FDI", "高技术产业外资占比",
     "Share of tiers 1 and 2; 0 until open.", "新兴与未来产业外资占比；设立前为0。"),
    ("exports", "bn yuan/yr", +1, "sum", "log", "Exports", "出口", "Exports of the zone area.", "片区出口。"),
    ("emerging_share", "share", +1, "mean", "points", "Strategic-emerging industries", "战略性新兴产业比重",
     "Share of value added.", "增加值占比。"),
    ("future_share", "share", +1, "mean", "points", "Future industries", "未来产业比重", "Share of value added.", "增加值占比。"),
    ("co2", "Mt/yr", -1, "sum", "log", "CO2 emissions", "二氧化碳排放", "Emissions of the zone area.", "片区排放。"),
    ("co2_intensity", "t/10^4 yuan", -1, "mean", "log", "CO2 intensity", "碳排放强度", "Emissions over value added.", "单位增加值排放。"),
    ("carbon_price", "yuan/t", 0, "mean", "level", "Zone's carbon price", "区内附加碳价", "Price on top of the national one.",
     "全国碳价之上的附加价格。"),
    ("budget_gap", "ratio", -1, "last", "level", "Overrun of the carbon budget", "碳预算超出率",
     "Emissions over the budget, minus 1; 0 without a budget.", "排放与预算之比减1；无预算为0。"),
    ("innovations_created", "items", +1, "last", "level", "Reforms created", "制度创新成果", "Institutional innovations so far.",
     "累计制度创新成果。"),
    ("effective_openness", "index", +1, "last", "points", "Effective openness", "有效开放度",
     "Openness behind the glass door; the nation's until open.", "制度型开放的实际程度：扣除隐性壁垒后的开放度。"),
    ("glass_door", "share", -1, "last", "points", "Glass door", "“玻璃门”", "Share of formal openness that hidden conditions eat.",
     "隐性条件抵消的名义开放份额。"),
    ("target_concentration", "index", 0, "last", "level", "Concentration of the plan", "规划集中度",
     "Sum of squared planned shares of new fields.", "新领域规划份额平方和。"),
    ("top_field", "field", 0, "last", "level", "First field of the plan", "规划首位领域",
     "Number of the field with the largest planned share; -1 without a plan.", "规划份额最大的领域编号；无规划为-1。"),
    ("duplication", "index", -1, "mean", "points", "Duplication", "产业同构", "Mean cosine of new-field output with other open zones.",
     "与其他试验区新领域产出的平均余弦相似度。"),
    ("coordination_degree", "index", 0, "last", "points", "Coordination", "协同程度", "Share of the feasible coordination reached.",
     "可行协同的实现程度。"),
    ("investment", "bn yuan/yr", +1, "sum", "log", "Investment", "投资", "Domestic investment in the zone area.", "片区内资投资。"),
    ("policy_cost", "bn yuan/yr", -1, "sum", "level", "Policy cost", "政策成本", "Cost booked to the zone.", "计入该试验区的政策成本。"),
    ("warned", "0 or 1", 0, "last", "level", "Warned", "受到警示",
     "1 in the year after the zone stood at the bottom of the appraisal twice running; always 0 unless policy is adaptive.",
     "连续两年考核居末位的次年为1；未启用年度考核时恒为0。"),
)

_PARTNER: tuple[_Row, ...] = (
    ("exports", "bn yuan/yr", +1, "sum", "log", "Exports to the partner", "对其出口", "Exports.", "出口。"),
    ("export_share", "share", 0, "mean", "points", "Share of exports", "出口占比", "Share in all exports.", "占全部出口比重。"),
    ("effective_tariff", "ad valorem", -1, "mean", "points", "Tariff after preferences", "优惠后关税",
     "Tariff in effect, surcharges and the cost of paperwork included.", "实际关税，含加征与原产地成本。"),
    ("tariff_paid", "bn yuan/yr", -1, "sum", "log", "Tariff borne", "承担的关税", "Effective tariff times exports.", "实际关税乘以出口。"),
    ("preference_use", "share", +1, "mean", "points", "Use of preferences", "优惠关税利用率",
     "Share of trade that uses the preference.", "利用协定优惠的贸易占比。"),
    ("duty_saved", "bn yuan/yr", +1, "sum", "log", "Duty saved", "关税减免额", "Duty saved by using preferences.", "利用优惠节省的关税。"),
    ("ntb", "ad valorem", -1, "mean", "points", "Non-tariff cost", "非关税成本", "Tariff equivalent of non-tariff cost.", "非关税成本的关税当量。"),
    ("alignment", "index", +1, "last", "points", "Alignment of rules", "规则对接程度", "Mutual alignment, 0 to 1.", "规则相互对接程度（0–1）。"),
)
# What only two runs with the same luck show, one against the other.
_COMPARED: tuple[_Row, ...] = (
    ("nqp_entropy", "0-100", +1, "mean", "level", "NQP index, entropy weights", "新质生产力指数（熵权）",
     "The pillars that a province has, weighted by how unevenly they are spread over provinces and years of all runs.",
     "省级支柱指标按其在各省各年间的离散程度（熵权）加权。"),
    ("gain_per_yuan", "ratio", +1, "sum", "level", "GDP gained per yuan of policy cost", "每元政策成本的产出增量",
     "Discounted gain of GDP over discounted extra policy cost since the fork.", "分叉以来贴现产出增量与贴现新增政策成本之比。"),
    ("siphon", "%", -1, "mean", "level", "Losses of provinces without a zone", "未设区省份的损失（虹吸）",
     "Mean of the losses against a China without zones, in GDP, talents and FDI.",
     "相对于没有试验区的情形，产出、人才与外资损失的均值。"),
    ("radiation", "%", +1, "mean", "level", "Gains of provinces without a zone", "未设区省份的收益（辐射）",
     "Mean of the gains against a China without zones, in GDP, talents and FDI.",
     "相对于没有试验区的情形，产出、人才与外资增益的均值。"),
    ("leakage", "ratio", -1, "mean", "level", "Carbon leakage", "碳泄漏",
     "Part of a zone's cut in CO2 that comes back outside: 1 all of it, below 0 the outside cuts, too.",
     "试验区减排量在区外回升的部分：1为全部回升，小于0表示区外亦减排。"),
    ("trough", "%", +1, "mean", "level", "Trough after a shock", "冲击后的谷值",
     "Lowest gap of GDP to the same run without the shock, over five years.", "五年内产出与无冲击运行之差的最低点。"),
    ("cumulative_loss", "% of a year", +1, "sum", "level", "Cumulative gap after a shock", "冲击的累计损失",
     "Sum of the gaps of GDP over five years, in percent of a year's GDP; negative is a loss.",
     "五年内产出差额之和，以一年产出的百分比计；负值为损失。"),
    ("recovery_quarters", "quarters", -1, "mean", "level", "Time to recover from a shock", "冲击后的恢复时间",
     "Quarters from the shock until the gap is above -0.1 % after its trough.", "自冲击起至差额在谷值后回升到-0.1%以上所需季度数。"),
)
# fmt: on


def _entries(level: Level, rows: tuple[_Row, ...]) -> dict[str, Variable]:
    return {row[0]: Variable(row[0], level, *row[1:]) for row in rows}


NATIONAL = _entries("national", _NATIONAL)
REGION = _entries("region", _REGION)
ZONE = _entries("zone", _ZONE)
PARTNER = _entries("partner", _PARTNER)
COMPARED = _entries("comparison", _COMPARED)
VARIABLES: dict[Level, dict[str, Variable]] = {
    "national": NATIONAL,
    "region": REGION,
    "zone": ZONE,
    "partner": PARTNER,
}
HEADLINES = (
    "gdp", "research_intensity", "patents", "emerging_share", "fdi", "exports", "co2", "theil", "nqp_fixed",
)  # fmt: skip
GROWTH_ACCOUNT = tuple(name for name in NATIONAL if name.startswith("growth_") and name != "growth_total")
