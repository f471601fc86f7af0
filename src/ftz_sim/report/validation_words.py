"""Words of the validation: console, figures and page, in English and Chinese."""

from __future__ import annotations

from ftz_sim.text.words import LANGUAGES, Lang

# key -> (English, Chinese)
WORDS: dict[str, tuple[str, str]] = {
    "title": ("The model beside published figures", "模型与公布数据对照"),
    "runs": (
        "{n} seeds of “history” and of “no_ftz” paired by seed, {firms:,} firms, to {end}; intervals are over seeds, "
        "parameters are fixed.",
        "“history”与“no_ftz”各{n}个相同随机种子，{firms:,}家企业，至{end}；区间仅反映随机种子，参数固定。",
    ),
    "counts": ("Targets by kind and verdict", "目标：按性质与结论"),
    "kind": ("kind", "性质"),
    "kind.input": ("input (tests nothing)", "输入（不构成检验）"),
    "kind.fitted": ("fitted", "参与校准"),
    "kind.seen": ("seen while choosing parameters", "选参数时已见"),
    "kind.held_out": ("held out", "样本外"),
    "verdict.pass": ("pass", "吻合"),
    "verdict.miss": ("miss", "不符"),
    "verdict.undecided": ("undecided", "未定"),
    "verdict.disputed": ("disputed", "文献有争议"),
    "verdict.not_modelled": ("not modelled", "未建模"),
    "verdict.not_computed": ("not computed", "未计算"),
    "missed": ("Missed", "不符的目标"),
    "target": ("target", "目标"),
    "published": ("published", "公布值"),
    "model": ("model", "模型"),
    "interval": ("95 % interval", "95%区间"),
    "range": ("counts as a match", "吻合范围"),
    "unit": ("unit", "单位"),
    "verdict": ("verdict", "结论"),
    "status": ("status", "强度"),
    "status.hard": ("hard", "硬"),
    "status.soft": ("soft", "软"),
    "source": ("source", "来源"),
    "note": ("note", "说明"),
    "graded": ("{source} ({grade})", "{source}（{grade}）"),
    "forecasts": ("Out of sample: forecasts of provinces", "样本外：各省预测"),
    "forecasts.note": (
        "Errors relative to the forecast “shares stay as last published” (below 1 is better), on shares and on log "
        "shares; rank correlation of forecast and real changes; tests: the model against that forecast, on log shares",
        "误差相对于“份额保持不变”的预测（小于1为优），分别按份额与对数份额；预测与实际变化的秩相关；检验为模型与该预测相比（对数份额）",
    ),
    "marks": ("Provinces: do the rules and the model reach the marks?", "各省：规则与模型是否达标"),
    "marks.note": (
        "Errors over those of no change, and whether they reach the mark. The constants of the rules were fixed from "
        "yearly figures to 2015 before they were scored; a variable without such figures has no rule. A rule whose "
        "best constants are zero is no change itself, and reaches a mark of 1 without merit",
        "误差与“份额不变”误差之比，以及是否达标。规则的系数在评分之前依2015年及以前的年度数据确定；没有此类数据的变量不设规则。"
        "最优系数为零的规则即“份额不变”，达到1的标准并不说明其预测能力",
    ),
    "mark": ("mark", "达标线"),
    "shares_met": ("reached", "达标"),
    "log_shares_met": ("reached", "达标"),
    "met.yes": ("yes", "是"),
    "met.no": ("no", "否"),
    "met.no_rule": ("no rule", "无规则"),
    "nation": ("The nation after 2018", "2018年以后的全国"),
    "nation.note": (
        "Root mean square errors of what the model says for years after 2018 and of forecasts that need no model. "
        "Years whose path is input are left out. Parts of the model were chosen with a view of these years, so this "
        "is no forecast of its own",
        "模型与无模型预测对2018年以后各年的均方根误差；路径属于输入的年份不计。模型的部分参数选定时已见这些年份，故不算真正的预测",
    ),
    "figure": ("figure", "数据"),
    "last_known": ("last known", "最后已知"),
    "scored": ("dates scored", "评分时点数"),
    "unchanged": ("last value stays", "沿用上次公布值"),
    "last_step": ("last step goes on", "延续上一步变化"),
    "variable": ("variable", "变量"),
    "year": ("year", "年份"),
    "forecast": ("forecast", "预测"),
    "forecast.model": ("model", "模型"),
    "forecast.no_change": ("no change", "份额不变"),
    "forecast.rule": ("a rule fixed from figures to 2015", "依截至2015年的数据设定的规则"),
    "forecast.last_growth": ("last trend goes on", "延续原趋势"),
    "forecast.fifth": ("a fifth of it", "趋势的五分之一"),
    "rmse_ratio": ("shares", "份额"),
    "rmse_ratio_log": ("log shares", "对数份额"),
    "rank_correlation": ("rank correlation", "秩相关"),
    "model_better_in": ("model closer in", "模型更近的省份"),
    "sign_test_p": ("sign test p", "符号检验p"),
    "dm_p": ("Diebold–Mariano p", "DM检验p"),
    "naive_wins": (
        "The naive forecast of {who} is at least as good as the model's for: {what}.",
        "以下变量的朴素预测（{who}）不逊于模型：{what}。",
    ),
    "naive_lost": ("{what} {year} ({how})", "{year}年{what}（{how}）"),
    "naive_and": (", ", "、"),
    "naive_list": ("; ", "；"),
    "estimators": ("The estimators of the literature on simulated provinces", "文献估计方法用于模拟省份面板"),
    "estimators.note": (
        "Effect of a zone in percent (new industries, gap: points). Truth: known from the run without zones. Bias = "
        "selection (same estimate in the world without zones) + contamination (controls are touched too; weights)",
        "试验区效应（%；新产业与差距为百分点）。真值由无试验区的对照运行得出。偏误=选址（无试验区世界的同一估计）+污染（对照组也受影响及权重）",
    ),
    "cells": ("Zone areas against the rest", "试验区片区与其余地区"),
    "neighbours": ("Provinces near a zone, without one of their own (yet)", "尚无试验区的邻近省份"),
    "dyads": ("Coordination of pairs of provinces", "省际两两协调"),
    "dyads.note": (
        "Two-way estimate for −|ln y_r − ln y_s| (y: GDP per worker), log points × 100, by zones in the pair; band: "
        "opening years dealt out at random. The literature disagrees on the sign",
        "对−|ln y_r − ln y_s|（y为劳均产出）的双向固定效应估计（对数点×100），按省对中设区数；"
        "区间为设立年份随机分配的结果。文献对符号尚无定论",
    ),
    "pairs_with": ("pairs with a zone in", "省对中设区数"),
    "pairs.one": ("one", "一省"),
    "pairs.both": ("both", "两省"),
    "placebo_low": ("random: 2.5 %", "随机：2.5%"),
    "placebo_high": ("random: 97.5 %", "随机：97.5%"),
    "placebo_p": ("p", "p"),
    "siphon": ("Siphon and radiation by distance from the nearest zone", "虹吸与辐射：按距最近试验区的距离"),
    "siphon.note": (
        "Provinces without a zone in 2035 against the world without zones, %. Radiation: with people, plants and "
        "foreign capital frozen in place. Flows: the rest, a siphon where it is negative. Difference: cross-zone less "
        "single zone, which is what coordination changes",
        "2035年无试验区省份与无试验区世界之比（%）。辐射：人员、产业与外资不流动时的效应。流动：其余部分，为负即虹吸。"
        "差额为跨区协同减单个自贸试验区，即协同带来的变化",
    ),
    "siphon_signs": ("Which parameter values give which sign", "哪些参数取值决定符号"),
    "siphon_signs.note": (
        "Net effect on all provinces without a zone, %, with one parameter at a time at the ends of its range",
        "对全部无试验区省份的净效应（%）；每次只把一个参数取到其范围两端",
    ),
    "siphon.figure": ("Siphon and radiation by distance", "虹吸与辐射：按距离"),
    "siphon.subtitle": (
        "Provinces without a zone in 2035, by distance of their capital to the nearest one with a zone; effect of\n"
        "all zones, %. Bars: parts; dot: net, with its 95 % interval over seeds; left single zone, right cross-zone",
        "2035年无试验区省份，按省会到最近设区省份省会的距离；全部试验区的效应（%）。\n"
        "柱为各部分；点为净效应及其种子间95%区间；左柱为单个自贸试验区，右柱为跨区协同",
    ),
    "band": ("{low}–{high} km ({n})", "{low}—{high}公里（{n}省）"),
    "part": ("part", "部分"),
    "part.net": ("net", "净效应"),
    "part.radiation": ("radiation", "辐射"),
    "part.flows": ("flows (siphon)", "流动（虹吸）"),
    "net.of": ("net: {name}", "净效应：{name}"),
    "strategy": ("strategy", "战略"),
    "strategy.single_ftz": ("single zone", "单个自贸试验区"),
    "strategy.cross_zone": ("cross-zone", "跨区协同"),
    "strategy.difference": ("difference", "差额"),
    "effect": ("effect", "效应"),
    "ci_low": ("from", "下限"),
    "ci_high": ("to", "上限"),
    "provinces": ("provinces", "省数"),
    "parameter": ("parameter", "参数"),
    "low_value": ("low end", "低端取值"),
    "low_effect": ("effect there", "低端效应"),
    "high_value": ("high end", "高端取值"),
    "high_effect": ("effect there", "高端效应"),
    "sign_turns": ("sign turns", "符号改变"),
    "turns.True": ("yes", "是"),
    "turns.False": ("no", "否"),
    "signs.figure": ("Which parameter values give which sign", "哪些参数取值决定符号"),
    "signs.subtitle": (
        "Effect of all zones on provinces without one in 2035, %, over the range of one parameter at a time; the\n"
        "arrow points to its high end. A line that crosses zero: the evidence does not fix the sign",
        "全部试验区对2035年无试验区省份的效应（%），每次只在范围内变动一个参数；箭头指向其高端。\n线段跨过零点，表示现有证据定不了符号",
    ),
    "placebo": ("Placebo dates and random placement of the dates", "安慰剂日期与随机分配日期"),
    "placements": ("Zones placed at random, played again by the model", "试验区随机选址（模型重演）"),
    "identical_firms": ("Firms that differ and identical firms", "异质企业与同质企业"),
    "outcome": ("outcome", "结果变量"),
    "estimator": ("estimator", "估计方法"),
    "estimator.twfe": ("two-way fixed effects", "双向固定效应"),
    "estimator.imputation": ("two-stage (robust)", "两阶段（稳健）"),
    "estimate": ("estimate", "估计值"),
    "error": ("standard error", "标准误"),
    "truth": ("truth", "真值"),
    "bias": ("bias", "偏误"),
    "selection": ("selection", "选址"),
    "contamination": ("contamination", "污染"),
    "coverage": ("interval holds truth", "区间含真值"),
    "significant": ("significant", "显著"),
    "from_km": ("from km", "起（公里）"),
    "to_km": ("to km", "止（公里）"),
    "age": ("years since opening", "设立后年数"),
    "placebo_dates": ("two years early", "提前两年"),
    "placebo_dates_significant": ("significant", "显著"),
    "placements_low": ("random: 2.5 %", "随机：2.5%"),
    "placements_high": ("random: 97.5 %", "随机：97.5%"),
    "placement_p": ("p", "p"),
    "board.figure": ("Targets with a range: where the model lies", "有范围的目标：模型的位置"),
    "board.subtitle": (
        "Shaded: what counts as a match, its middle is 0 and its edges ±1. Dot: mean of the model; line: interval "
        "over seeds. Beyond ±3 at the edge",
        "阴影为吻合范围（中点0，边界±1）。点为模型均值；线为种子间区间。超出±3者置于边缘",
    ),
    "provinces.figure": ("Provinces: forecast and real change of their share", "各省份额：预测与实际变化"),
    "provinces.subtitle": (
        "Log change of the share of the nation since the last figure known when forecasting, %; across: published, "
        "up: model. On the line the forecast would be exact",
        "自预测起点以来占全国份额的对数变化（%）；横轴为公布值，纵轴为模型。落在斜线上即预测准确",
    ),
    "provinces.panel": ("{origin} to {year}; rank correlation {rho:.2f}", "{origin}—{year}年；秩相关{rho:.2f}"),
    "event.figure": ("Event studies on simulated provinces", "模拟省份面板的事件研究"),
    "event.subtitle": (
        "Two-stage difference in differences by years since opening, % or points; bars: 95 % (mean error); line: truth",
        "按设立后年数的两阶段双重差分（%或百分点）；竖线为95%区间（平均标准误）；线为真值",
    ),
    "stamp": ("{n} seeds · {firms:,} firms · ftz_sim {version} · simulation, not a forecast",
              "{n}个随机种子 · {firms:,}家企业 · ftz_sim {version} · 模拟结果，并非预测"),
    "group.growth": ("Growth", "增长"),
    "group.innovation": ("Innovation", "创新"),
    "group.structure": ("Structure", "结构"),
    "group.trade": ("Trade", "贸易"),
    "group.green": ("Green", "绿色"),
    "group.zones": ("Zones", "自贸试验区"),
    "group.rules": ("Rules and lists", "规则与清单"),
    "group.balance": ("Regional balance", "区域平衡"),
    "group.provinces": ("Provinces, out of sample", "各省（样本外）"),
    "group.effects": ("Effects of zones", "试验区效应"),
    "group.estimates": ("Estimates as in the literature", "按文献方法的估计"),
    "out.patents": ("Patents", "专利"),
    "out.research": ("R&D", "研发"),
    "out.fdi": ("FDI", "外资"),
    "out.exports": ("Exports", "出口"),
    "out.gdp": ("GDP", "产出"),
    "out.upgrading": ("New industries", "新产业比重"),
    "out.co2": ("CO2", "碳排放"),
    "out.co2_intensity": ("CO2 over GDP", "碳强度"),
    "out.talents": ("R&D staff", "研发人员"),
    "out.gap": ("Distance to the nation's GDP per worker", "与全国劳均产出的差距"),
    "out.value_added": ("Value added", "增加值"),
    "var.gdp_rev4": ("GDP", "地区生产总值"),
    "var.gdp_rev5": ("GDP", "地区生产总值"),
    "var.rd_expenditure": ("R&D", "研发经费"),
    "var.patent_invention_applications": ("Invention applications", "发明专利申请"),
    "var.hightech_revenue": ("High-tech revenue", "高技术产业收入"),
    "var.trade_total": ("Trade (model: exports)", "进出口（模型为出口）"),
    "var.co2": ("CO2", "二氧化碳排放"),
    "var.rd_personnel": ("R&D staff", "研发人员"),
}  # fmt: skip


def word(key: str, lang: Lang, **values: object) -> str:
    """Return the words of ``key`` in ``lang`` with ``values`` filled in; an unknown key stands for itself."""
    if key not in WORDS:
        return key.rpartition(".")[2]
    return WORDS[key][LANGUAGES.index(lang)].format(**values)
