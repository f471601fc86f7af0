"""The generated pages of docs/ are those that the code gives now."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

import pytest

from ftz_sim.indicators.variables import COMPARED, VARIABLES
from ftz_sim.model.parameters import all_cards
from ftz_sim.model.schedule import SCHEDULE

DOCS = Path(__file__).resolve().parents[1] / "docs"
CONCEPTS = (
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction",
    "Stochasticity", "Collectives", "Observation",
)  # fmt: skip
ELEMENTS = (
    "Purpose and patterns", "Entities, state variables and scales", "Process overview and scheduling",
    "Design concepts", "Initialisation", "Input data", "Submodels",
)  # fmt: skip
ELEMENTS_ZH = ("目的与模式", "主体、状态变量与尺度", "过程概览与调度", "设计概念", "初始化", "输入数据", "子模型")


@pytest.fixture(scope="module")
def pages():
    sys.path.insert(0, str(DOCS))
    try:
        return dict(importlib.import_module("generate").pages())
    finally:
        sys.path.remove(str(DOCS))


@pytest.mark.parametrize("name", ["mechanisms.md", "parameters.md", "indicators.md", "odd.md", "odd.zh.md"])
def test_pages_have_not_drifted(name, pages):
    assert (DOCS / name).read_text(encoding="utf-8") == pages[name], "run: make docs"


def test_the_page_of_indicators_has_them_all(pages):
    page = pages["indicators.md"]
    for variable in (*COMPARED.values(), *(v for level in VARIABLES.values() for v in level.values())):
        assert f"| `{variable.name}` | **{variable.en}**" in page
        assert f"**{variable.zh}**" in page


def test_the_odd_page_has_all_elements_concepts_and_tables(pages):
    page, chinese = pages["odd.md"], pages["odd.zh.md"]
    for number, (element, name) in enumerate(zip(ELEMENTS, ELEMENTS_ZH, strict=True), 1):
        assert f"\n## {number}. {element}\n" in page and f"\n## {number}. {name}\n" in chinese
    concepts = page.partition("## 4. Design concepts")[2].partition("\n## 5.")[0]
    assert re.findall(r"^\*\*([A-Z][a-z ]+)\.\*\*", concepts, re.MULTILINE) == list(CONCEPTS)
    concepts = chinese.partition("## 4. ")[2].partition("\n## 5.")[0]
    assert len(re.findall(r"^\*\*\w+\*\*。", concepts, re.MULTILINE)) == len(CONCEPTS)
    for number, name in enumerate(SCHEDULE, 1):
        assert f"\n## {number}. {name}\n" in pages["mechanisms.md"]
        for lang in (page, chinese):
            assert f"| {number} | `{name}` | " in lang and f"](mechanisms.md#{number}-{name}) | " in lang
    assert all(f"| {name.partition('.')[2]} | " in pages["parameters.md"] for name in all_cards())
    for text in (page, chinese):
        assert "{{" not in text and "inf " not in text
        streams = re.findall(r"^\| `(?:production/shock|firm_turnover/exit|initial_state/order)` ", text, re.MULTILINE)
        assert len(streams) == 3


def test_every_column_of_the_state_is_explained(pages):
    state = pages["odd.md"].partition("### State variables")[2].partition("### Scales")[0]
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]*) \|$", state, re.MULTILINE)
    assert len(rows) > 200
    assert not [name for name, meaning in rows if not meaning.strip()], "columns.py: say what it is, and its unit"


@pytest.mark.parametrize("name", ["parameters.md", "indicators.md", "odd.md", "odd.zh.md"])
def test_tables_are_whole(name, pages):
    width = None
    for line in pages[name].splitlines():
        if not line.startswith("|"):
            width = None
            continue
        width = width or line.count("|")
        assert line.count("|") == width, line
