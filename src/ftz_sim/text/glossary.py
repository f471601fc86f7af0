"""The glossary: what things are called in both languages, and the Chinese words that are not used for them.

The cards in ``seeds/`` keep the papers' own words; everything else keeps to this.
"""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """One term."""

    en: str
    zh: str
    meaning_en: str
    meaning_zh: str
    never: tuple[str, ...] = ()  # other words for it, which are not used


TERMS = (
    Term("pilot free trade zone", "自由贸易试验区（自贸试验区）",
         "An area inside a Chinese province in which rules of opening are tried. Not a free trade area, which is what "
         "countries agree on.",
         "在境内划出的制度开放试点区域；与各国之间约定的自由贸易区（FTA）不同，故不简称“自贸区”。", ("自贸区",)),
    Term("single zone", "单个自贸试验区", "Each zone goes on alone.", "各试验区独自推进。",
         ("单一自贸试验区", "单个自贸区")),
    Term("no zones", "不设自贸试验区", "The country without any pilot zone.", "全国不设任何自贸试验区的对照情景。",
         ("没有自贸试验区",)),
    Term("cross-zone coordination", "跨区协同",
         "Zones divide labour, share data and benefits, and are judged together.",
         "各试验区分工、共享数据与利益并共同考核。", ("区际协同", "区间协同", "跨区合作")),
    Term("FTA linkage", "自贸协定联动", "Zones align their rules with those of trade agreements.",
         "试验区与自由贸易协定的规则相互对接。", ("自贸协定联通",)),
    Term("institutional opening", "制度型开放",
         "Opening of rules, regulation, management and standards, beyond that of goods and factors.",
         "规则、规制、管理、标准等方面的开放，有别于商品和要素流动型开放。", ("制度性开放",)),
    Term("new quality productive forces (NQP)", "新质生产力",
         "Productivity led by innovation; here an index of 0 to 100.",
         "由创新主导的先进生产力质态；模型中为0–100的指数。", ("新型生产力",)),
    Term("policy tool (lever)", "政策工具", "What a policy moves, from 0 to 1.", "政策所调整的量，取值0至1。",
         ("杠杆", "政策手柄")),
    Term("paper openness", "名义开放（大门开、小门不开）",
         "Openness by the published lists; hidden conditions, the glass door, eat a part of it.",
         "按公布清单计算的开放度，其中一部分被隐性条件（“玻璃门”）抵消。", ("纸面开放", "表面开放")),
    Term("effective openness", "有效开放度", "Paper openness behind the glass door.", "扣除隐性壁垒后的开放度。",
         ("实效开放度",)),
    Term("reform of licences", "“准入即准营”与许可改革", "Who may enter may also operate.",
         "准入之后即可经营，减少后续许可。", ("准营与许可改革",)),
    Term("tiers of sensitivity", "按敏感程度分类分级", "Data and services are opened by how sensitive they are.",
         "数据与服务按敏感程度分类分级开放。", ("敏感程度分类分层",)),
    Term("green gate at the second line", "二线绿色准入关口",
         "Where goods pass from the zone to the country, emissions beyond the norm of their field are charged.",
         "货物由试验区经“二线”进入境内其他地区时，对超出所属领域标准的排放收费。", ("绿色生态准入关口",)),
    Term("loss where a reform is copied", "异地复制效果折减", "What a reform loses when another place adopts it.",
         "改革成果在其他地区复制时效果的减少。", ("复制损耗", "复制折扣")),
    Term("fear of blame", "避责顾虑",
         "Officials try less where failures are punished.", "失败会被问责时，官员减少尝试。",
         ("怕担责", "害怕担责")),
    Term("sudden stop of capital", "资本流入骤停", "Foreign capital stops coming from one quarter to the next.",
         "外部资本流入在短期内突然停止。", ("资本骤停",)),
    Term("scorecard", "指标对照表", "The main indicators of all strategies beside those of the reference.",
         "各战略主要指标与参照情景的对照。", ("记分表", "计分卡", "记分卡")),
    Term("winners and losers", "受益与受损省份", "Provinces whose GDP rises or falls against the reference.",
         "与参照情景相比GDP上升或下降的省份。", ("得与失", "赢家与输家")),
    Term("matched seeds", "公共随机数",
         "Common random numbers: in one seed all scenarios meet the same draws, so that differences are the policy's.",
         "各情景在同一种子下使用相同的随机数，差异只来自政策。", ("共同随机数", "匹配随机数")),
    Term("regret", "后悔值", "How far a strategy stays behind the best one of a draw.",
         "在一次抽样中某战略与最优战略的差距。", ("遗憾",)),
    Term("assumed direction of effect", "假定的作用方向",
         "Whether more of a tool is assumed to raise or lower an outcome.",
         "假定增加某项政策工具会提高还是降低某一结果。", ("假定的符号", "假定符号")),
    Term("error bar", "误差线", "The line through a dot that shows its interval.", "图中穿过点、表示区间的线段。",
         ("须线", "触须")),
    Term("final year", "期末年份", "The last year of a run.", "运行的最后一年。", ("末年",)),
    Term("money", "亿元", "Shown to Chinese readers in 100 million yuan of 2013; files keep bn yuan.",
         "按2013年价，中文界面以亿元为单位；数据文件保留十亿元。"),
    Term("people", "万人", "Shown to Chinese readers in 10,000 persons.", "中文界面以万人为单位。"),
)  # fmt: skip
