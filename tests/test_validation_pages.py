"""The pages about evidence: every number is generated or checked here."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from ftz_sim.indicators.variables import REGION
from ftz_sim.report import validation_tables as tables
from ftz_sim.validation import provinces
from ftz_sim.validation.province_figures import MEASURES, published, to_score

ROOT = Path(__file__).parents[1]
PAGES = ("validation", "calibration", "papers")
ENDS = {".md": "## What the papers stress", ".zh.md": "## 原著强调什么"}  # from here on numbers are those of the papers
RESULTS = (ROOT / "docs" / "validation-results.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"<!-- numbers: (\w+) -->\n(.*?)<!-- end -->", re.DOTALL)
NUMBER = re.compile(r"[−-]?\d[\d.,]*")
YEARS = re.compile(r"(?<!\d)20(1[2-9]|2\d|3[0-5])(-\d\d(\d\d)?)?(?!\d)")
NAMES = re.compile(r"\bCO2\b|M-\w+")
FREE = re.compile(r"95 ?%")  # the level of all intervals
sys.path.insert(0, str(ROOT / "studies"))  # studies import each other


def prose(name, end):
    return (ROOT / "docs" / f"{name}{end}").read_text(encoding="utf-8").split(ENDS[end])[0]


BLOCKS, BLOCKS_ZH = (dict(BLOCK.findall("".join(prose(name, end) for name in PAGES))) for end in ENDS)


def study(name):
    found = importlib.util.spec_from_file_location(name, ROOT / "studies" / f"{name}.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def rows_of(block):
    return [line for line in block.splitlines() if line.startswith("| ") and "---" not in line]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("name", PAGES)
def test_prose_holds_no_number_but_years_and_commands(name, end):
    words = re.sub(r"`[^`]*`", "", BLOCK.sub("", prose(name, end)))
    left = FREE.sub("", NAMES.sub("", YEARS.sub("", words)))
    assert re.findall(r"\S*\d\S*", left) == []


def test_every_number_of_a_block_stands_in_the_results():
    own = set(study("validation_results").BLOCKS)
    assert set(BLOCKS) == set(BLOCKS_ZH) == own | set(study("lever_results").BLOCKS)
    known = set(re.findall(r"[−-]?\d[\d.]*", RESULTS))
    for name in own:
        rows = rows_of(BLOCKS[name])
        assert rows, f"{name} is empty: run studies/validation_results.py"
        for row in rows[1:]:
            assert set(re.findall(r"[−-]?\d[\d.]*", row)) <= known, f"{name}: {row}"


@pytest.mark.parametrize("name", BLOCKS)
def test_tables_hold_the_same_numbers_in_both_languages(name):
    def numbers(blocks):  # the first cell is a title, in which words and years may stand in another order
        return [NUMBER.findall(row.partition(" | ")[2]) for row in rows_of(blocks[name])[1:]]

    english, chinese = numbers(BLOCKS), numbers(BLOCKS_ZH)
    assert english
    for place, row in enumerate(rows_of(BLOCKS_ZH[name])[1:]):
        if "| 亿吨 |" in row:  # Gt in English
            assert "| Gt |" in rows_of(BLOCKS[name])[1 + place]
            english[place] = [*english[place][:2], *(f"{10 * float(x):.3g}" for x in english[place][2:])]
    if name == "equal_cost":  # Chinese readers see cost and target in trillion yuan
        assert [row[0] for row in english] == [row[0] for row in chinese]
        for known, shown in zip(english, chinese, strict=True):
            assert [float(x) / 1000 for x in known[1:]] == pytest.approx([float(x) for x in shown[1:]], rel=0.005)
    else:
        assert english == chinese


def test_the_verdicts_on_levers_are_those_that_ship():
    module = study("lever_results")
    shipped = {"verdicts": pd.read_csv(module.FILE)}
    assert BLOCKS["verdicts"].strip() == module.verdicts(shipped, "en")
    assert BLOCKS_ZH["verdicts"].strip() == module.verdicts(shipped, "zh")
    for name in ("ratchet", "equal_cost"):
        assert "| " in BLOCKS[name], f"{name} is empty: run `make levers`"


def test_what_the_prose_says_of_trends_is_what_the_data_say():
    found = study("calibrate_provinces").persistence().set_index("figure")
    lasting = found["slope"] > found["error"]
    assert set(found.index[lasting]) == {"GDP", "R&D", "R&D over GDP"}  # trends that exceed their standard error go on
    block = BLOCKS["persistence"]
    for name, row in found.iterrows():
        assert f"| {name} | {row['slope']:.3f} | {row['error']:.3f} |" in block


def test_fitted_values_are_those_of_the_cards():
    def rows(block: str) -> list[list[str]]:
        return [[cell.strip() for cell in line.strip("|").split("|")] for line in BLOCKS[block].splitlines()]

    provincial = [(row[1], row[2]) for row in rows("persistence") if "." in row[0]]
    assert len(provincial) == len(study("calibrate_provinces").FITTED)
    for default, fitted in provincial:
        assert float(default) == pytest.approx(float(fitted), rel=0.1)
    card = study("calibrate").fitted
    national = [row for row in rows("posterior") if "." in row[0] and row[-1]]
    assert len(national) > 5
    for name, default, _, _, mean, deviation, _ in national:
        assert float(default) == pytest.approx(card(name).default, abs=5e-4)
        assert float(mean) == pytest.approx(card(name).default, abs=3 * float(deviation))


def test_what_followed_output_in_the_provinces():
    found = study("calibrate_provinces").responses().set_index("figure")
    carbon, inventions, research = (found.loc[name] for name in ("CO2", "invention applications", "R&D"))
    assert abs(carbon["slope"]) < carbon["error"]  # "CO2 by province did not follow GDP"
    assert inventions["slope"] > 2 * inventions["error"]  # "followed GDP by more than R&D explains"
    assert abs(research["slope"] - 1) < research["error"]  # "one for one within its error"


def test_the_page_tells_how_the_rules_score():
    figures = published()
    scored = []
    for variable, year in to_score(figures):
        codes = [iso for iso in figures[variable, year] if iso in figures[MEASURES[variable].origin]]
        still = SimpleNamespace(
            codes=SimpleNamespace(regions=SimpleNamespace(code=codes)),
            regions={name: np.ones((24, len(codes))) for name in REGION},
        )
        scored += provinces.scores(provinces.forecast([still], figures, variable, year))
    table = provinces.marks(pd.DataFrame(scored))
    rows = tables.shown("marks", table[table["forecast"] == "rule"], "en").rows
    assert len(rows) == 7
    block = BLOCKS["marks"]
    for row in rows:
        assert f"| {' | '.join(row)} |" in block, "a rule has another score: were its constants touched?"


def test_blocks_are_filled_from_tables_and_kept_without(capsys):
    module = study("validation_results")
    text = "a\n<!-- numbers: siphon -->\nold\n<!-- end -->\nb"
    assert module.filled(text, {}) == text
    assert "stays" in capsys.readouterr().out
    row = {"strategy": "single_ftz", "outcome": "gdp", "from_km": 0, "to_km": 400, "provinces": 5, "part": "net",
           "effect": 4.99, "ci_low": 1.0, "ci_high": 9.0}  # fmt: skip
    far = row | {"from_km": 400, "effect": 7.77}
    filled = module.filled(text, {"siphon": pd.DataFrame([row, far])})
    assert "4.99" in filled
    assert "7.77" not in filled
    assert "old" not in filled
    chinese = module.filled(text, {"siphon": pd.DataFrame([row, far])}, lang="zh")
    assert rows_of(chinese)[1] == "| 单个自贸试验区 | 产出 | 0 | 400 | 5 | 4.99 (1 … 9) |"


def test_parts_of_the_siphon_stand_side_by_side():
    module = study("validation_results")
    row = {
        "strategy": "single_ftz",
        "outcome": "gdp",
        "from_km": 0,
        "to_km": 400,
        "provinces": 5,
        "ci_low": 1.0,
        "ci_high": 9.0,
    }
    parts = [row | {"part": "net", "effect": 3.0}, row | {"part": "flows", "effect": -2.0}]
    other = row | {"outcome": "fdi", "part": "flows", "effect": 8.0}
    heads, *rows = rows_of(module.siphon({"siphon": pd.DataFrame([*parts, other])}, "en"))
    assert heads.endswith("| net | flows (siphon) |")
    assert [line.split(" | ")[5:] for line in rows] == [["3 (1 … 9)", "−2 (1 … 9) |"], ["", "8 (1 … 9) |"]]


def test_money_of_chinese_tables_is_in_trillion_yuan():
    module = study("lever_results")
    table = pd.DataFrame(
        {"scenario": ["history"], "factor": [1.0], "cost": [814.2], "target": [2012.0], "equal": [False]}
    )
    assert module.equal_cost({"equal_cost": table}, "en").endswith("| history | 1 | 814 | 2,012 |")
    assert module.equal_cost({"equal_cost": table}, "zh").endswith("| history | 1 | 0.814 | 2.01 |")


def test_weak_directions_name_their_parameters_in_full():
    module, names = study("validation_results"), study("calibrate").FITTED
    table = pd.DataFrame({"strength": [0.001, 9.0], **{name: [0.5, -0.5] for name in names}})
    lines = module.weak(table).splitlines()
    assert lines[2] == "| parameter | 0.001 | 9 |"
    assert [line.split(" | ")[0] for line in lines[4:]] == [f"| {name}" for name in names]
    section = module.kept("## Calibration: weak directions")
    assert all(f"| {name} |" in section for name in names) and module.WEAK in section


def test_a_published_sign_is_shown_without_the_guard_of_csv_files():
    row = {"en": "FDI", "published": "'+", "model": 1.0, "ci_low": 0.5, "ci_high": 1.5, "low": 0.0, "high": np.inf}
    row |= dict.fromkeys(("unit", "note", "source", "confidence"), "")
    row |= {"kind": "held_out", "status": "soft", "verdict": "pass"}
    assert tables.targets(pd.DataFrame([row]), "en").rows[0][1] == "+"


def test_values_and_grades_that_are_words_are_said_in_chinese():
    row = {"zh": "净进入", "published": "less than 67", "model": 1.0, "ci_low": 0.5, "ci_high": 1.5}
    row |= {"low": 0.0, "high": 2.0}
    row |= {"unit": "%", "note": "", "source": "MOFCOM and press", "confidence": "medium"}
    row |= {"kind": "held_out", "status": "soft", "verdict": "pass"}
    (cells,) = tables.targets(pd.DataFrame([row]), "zh").rows
    assert cells[1] == "低于67" and cells[-2] == "商务部与报道（可信度中等）"


def test_money_is_in_yi_yuan_in_chinese():
    row = {"en": "FDI", "zh": "外资", "published": "222.52", "model": 201.25, "ci_low": 200.0, "ci_high": 202.5}
    row |= {"low": 189.12, "high": np.inf, "unit": "bn yuan", "note": "", "source": "MOFCOM", "confidence": "high"}
    row |= {"kind": "seen", "status": "soft", "verdict": "pass"}
    by_language = [tables.targets(pd.DataFrame([row]), lang).rows[0][1:6] for lang in ("en", "zh")]
    assert by_language == [
        ["222.52", "201", "200 … 202", "≥ 189", "bn yuan"],
        ["2,225.2", "2,012", "2,000 … 2,025", "≥ 1,891", "亿元"],
    ]
    for text, said in (("1,234.5", "12,345"), ("190 to 210 in 2022", "190 to 210 in 2022（十亿元）")):
        assert tables.targets(pd.DataFrame([row | {"published": text}]), "zh").rows[0][1] == said


def test_emissions_are_in_yi_tonnes_in_chinese():
    row = {"en": "CO2", "zh": "二氧化碳排放", "published": "11.75", "model": 11.62, "ci_low": 11.6, "ci_high": 11.7}
    row |= {"low": 11.4, "high": 12.1, "unit": "Gt", "note": "", "source": "several inventories", "confidence": "high"}
    row |= {"kind": "seen", "status": "soft", "verdict": "pass"}
    by_language = [tables.targets(pd.DataFrame([row]), lang).rows[0][1:6] for lang in ("en", "zh")]
    assert by_language == [
        ["11.75", "11.6", "11.6 … 11.7", "11.4 … 12.1", "Gt"],
        ["117.5", "116", "116 … 117", "114 … 121", "亿吨"],
    ]
    score = {"en": "CO2", "zh": "二氧化碳排放", "unit": "Gt", "last_known": "2013", "scored": 1, "model": 0.1258}
    table = pd.DataFrame([score | {"unchanged": 2.154, "last_step": np.nan}])
    assert tables.shown("nation", table, "en").rows == [["CO2", "Gt", "2013", "1", "0.126", "2.15", ""]]
    assert tables.shown("nation", table, "zh").rows == [["二氧化碳排放", "亿吨", "2013", "1", "1.26", "21.5", ""]]


def test_a_small_p_value_is_said_to_be_small():
    row = {"variable": "co2", "year": 2022, "forecast": "no_change", "rmse_ratio": 1.0, "rmse_ratio_log": 1.0}
    row |= {"rank_correlation": np.nan, "model_better_in": 9, "sign_test_p": 0.0002, "dm_p": np.nan}
    assert tables.shown("provinces", pd.DataFrame([row]), "zh").rows[0][-2:] == ["< 0.001", ""]


def test_a_number_that_rounds_to_nothing_has_no_sign():
    assert [tables.number(value) for value in (-0.0001, 0.0001, -0.0006)] == ["0.000", "0.000", "−0.001"]
