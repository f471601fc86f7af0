"""Units, notes, published values and sources of targets in Chinese.

A reader's own targets stand as they were written, and so do studies: they are cited by the names of authors as these
were printed where they were seen, and nothing here knows their characters.
"""

from __future__ import annotations

from ftz_sim.text.words import Lang

OF_TARGETS_ZH: dict[str, str] = {
    "items": "项",
    "ratio": "比值",
    "correlation": "相关系数",
    "% of GDP": "占GDP的%",
    "points": "百分点",
    "Gt": "十亿吨",
    "million": "百万",
    "bn yuan": "十亿元",
    "less than 67": "低于67",
    "36 to 39": "36至39",
    "48 to 52": "48至52",
    "40 to 47": "40至47",
    "0.023 (s.e. 0.012)": "0.023（标准误0.012）",
    "fades": "逐渐消失",
    "n.s.": "不显著",
    "high": "可信度高",
    "medium": "可信度中等",
    "low": "可信度低",
    "low (recalled)": "可信度低，凭记忆",
    "recalled": "凭记忆",
    "not found in a search": "未检索到",
    "see data/SOURCES.md": "见data/SOURCES.md",
    "policy text": "政策文本",
    "policy texts": "政策文本",
    "press and commentary": "报道与评论",
    "trade-law commentary 2025": "贸易法评论，2025年",
    "several inventories": "多份排放清单",
    "yearbooks": "统计年鉴",
    "NBS": "国家统计局",
    "NBS, revised GDP": "国家统计局，GDP修订后",
    "NBS communique 2021": "国家统计局，2021年统计公报",
    "NDRC forecast": "国家发展改革委预测",
    "MIIT": "工业和信息化部",
    "MEE": "生态环境部",
    "CNIPA": "国家知识产权局",
    "CAICT, its own estimate": "中国信息通信研究院自行测算",
    "GACC, 22 Sep 2023 (237.8 of 5,640 bn yuan)": "海关总署，2023年9月22日（56,400亿元中的2,378亿元）",
    "GACC, 22 Sep 2023 (65.3 of 6,430 bn yuan)": "海关总署，2023年9月22日（64,300亿元中的653亿元）",
    "GACC, 22 Sep 2023 (January to August)": "海关总署，2023年9月22日（1—8月）",
    "MOFCOM": "商务部",
    "MOFCOM Sep 2023": "商务部，2023年9月",
    "MOFCOM and press": "商务部与报道",
    "86.34 of 222.52 bn yuan": "2,225.2亿元中的863.4亿元",
    "shocks of 2020-23 were chosen to meet it": "2020—2023年的冲击按此选定",
    "initial state": "初始状态",
    "the path of R&D staff is data": "研发人员的路径即数据",
    "source says more than 13 %": "来源称超过13%",
    "average of 2013-18 published": "公布的是2013—2018年均值",
    "first 18 zones only": "仅前18个试验区",
    "first half of the year": "上半年",
    "tolerance 15 %; model in yuan of 2013": "容差15%；模型以2013年价计",
    "a one-year jump; never to be tuned to": "单年跃升，不得据此调参",
    "counted anew in 2018: earlier editions not comparable": "2018年改变计数方法，此前各版不可比",
    "published indices rest on GDP per head, the model on GDP per worker": "公布的指数按人均产出计，模型按劳均产出计",
    "gain of 8 % over no change is the mark": "以优于“份额不变”8%为标准",
    "no worse than no change": "不劣于“份额不变”",
    "critical value of 31 ranks at 5 %, one-sided": "31个秩在5%水平的单侧临界值",
    "upper bound, half of it either way; model: Japan, ASEAN": "上限，容差为其一半；模型计日本与东盟",
    "ten points either way; model: Japan, ASEAN": "容差10个百分点；模型计日本与东盟",
    "upper bound; model: no use of preferences on imports": "上限；模型未刻画进口优惠的利用",
    "all that is no distance; method of the study not seen": "距离以外的全部边界效应；未见原文方法",
    "manufacturing; the lower end is assumed": "制造业；下限为假定",
    "published for an index of open economy, not for FDI": "原文为开放型经济指数，并非外资",
    "zones of several batches lie near the same provinces": "同一省份邻近多批试验区",
    "cities are not provinces: only the sign is compared": "城市与省份口径不同，只比较符号",
    "upper bound: sites are selected": "上限：选址并非随机",
}


def of_targets(text: str, lang: Lang) -> str:
    """Return a unit, a note, a published value or a source of a target in ``lang``, where it is one of ours."""
    return OF_TARGETS_ZH.get(text, text) if lang == "zh" else text
