"""Groups of levers, by which a gap between two strategies is taken apart."""

from __future__ import annotations

from typing import get_args

from ftz_sim.model.levers import CATALOGUE, Group

GROUPS: dict[str, tuple[str, ...]] = {
    group: tuple(lever.name for lever in CATALOGUE.values() if lever.group == group) for group in get_args(Group)
}
REST = ("further_areas", "rules", "mechanisms", "shocks", "parameters")  # what else may differ; each is one group
GROUP_OF = {lever: group for group, levers in GROUPS.items() for lever in levers}

LABELS: dict[str, tuple[str, str]] = {
    "zones": ("existence of zones", "设立试验区"),
    "opening": ("opening", "开放"),
    "institutions": ("institutions", "制度"),
    "factors_and_finance": ("factors and finance", "要素与金融"),
    "digital": ("digital", "数字"),
    "green": ("green", "绿色"),
    "coordination": ("coordination", "跨区协同"),
    "linkage": ("linkage of zones", "试验区与协定对接"),
    "agreements": ("national agreements", "国家层面协定"),
    "further_areas": ("further areas of zones", "试验区扩展区域"),
    "rules": ("rules that wait for signs", "视信号而定的规则"),
    "mechanisms": ("mechanisms switched", "机制开关"),
    "shocks": ("shocks", "外部冲击"),
    "parameters": ("parameters", "参数"),
    "synergy": ("synergy", "协同效应（剩余）"),
    "gap": ("gap", "差距"),
}


def label(name: str, lang: str) -> str:
    """Return what a group, lever or mechanism is called in ``en`` or ``zh``."""
    if name in LABELS:
        return LABELS[name][lang == "zh"]
    if name in CATALOGUE:
        return CATALOGUE[name].zh if lang == "zh" else CATALOGUE[name].en
    return name
