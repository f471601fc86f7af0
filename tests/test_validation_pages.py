"""The pages about evidence: every number is generated or checked here."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[1]
PROSE = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8").split("### What the papers stress")[0]
RESULTS = (ROOT / "docs" / "validation-results.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"<!-- numbers: (\w+) -->\n(.*?)<!-- end -->", re.DOTALL)
YEARS = re.compile(r"\b20(1[2-9]|2\d|3[0-5])(-\d\d(\d\d)?)?\b")
NAMES = re.compile(r"\bCO2\b|M-\w+")
FREE = re.compile(r"95 %")  # the level of all intervals
sys.path.insert(0, str(ROOT / "studies"))  # studies import each other


def study(name):
    found = importlib.util.spec_from_file_location(name, ROOT / "studies" / f"{name}.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_prose_holds_no_number_but_years_and_commands():
    words = re.sub(r"`[^`]*`", "", BLOCK.sub("", PROSE))
    left = FREE.sub("", NAMES.sub("", YEARS.sub("", words)))
    assert re.findall(r"\S*\d\S*", left) == []


def test_every_number_of_a_block_stands_in_the_results():
    blocks = dict(BLOCK.findall(PROSE))
    own = set(study("validation_results").BLOCKS)
    assert set(blocks) == own | set(study("lever_results").BLOCKS)
    known = set(re.findall(r"[−-]?\d[\d.]*", RESULTS))
    for name in own:
        text = blocks[name]
        rows = [line for line in text.splitlines() if line.startswith("| ") and "---" not in line]
        assert rows, f"{name} is empty: run studies/validation_results.py"
        for row in rows[1:]:
            assert set(re.findall(r"[−-]?\d[\d.]*", row)) <= known, f"{name}: {row}"


def test_the_verdicts_on_levers_are_those_that_ship():
    module = study("lever_results")
    shipped = pd.read_csv(module.FILE)
    assert dict(BLOCK.findall(PROSE))["verdicts"].strip() == module.verdicts({"verdicts": shipped})
    for name in ("ratchet", "equal_cost"):
        assert "| " in dict(BLOCK.findall(PROSE))[name], f"{name} is empty: run `make levers`"


def test_what_the_prose_says_of_trends_is_what_the_data_say():
    found = study("calibrate_provinces").persistence().set_index("figure")
    lasting = found["slope"] > found["error"]
    assert set(found.index[lasting]) == {"GDP", "R&D", "R&D over GDP"}  # trends that exceed their standard error go on
    block = dict(BLOCK.findall(PROSE))["persistence"]
    for name, row in found.iterrows():
        assert f"| {name} | {row['slope']:.3f} | {row['error']:.3f} |" in block


def test_fitted_values_stand_on_the_cards_rounded():
    blocks = dict(BLOCK.findall(PROSE))

    def rows(block: str) -> list[list[str]]:
        return [[cell.strip() for cell in line.strip("|").split("|")] for line in blocks[block].splitlines()]

    provincial = [(row[1], row[2]) for row in rows("persistence") if "." in row[0]]
    card = study("calibrate").fitted
    national = [(card(row[0]).default, row[-1]) for row in rows("posterior") if "." in row[0] and row[-1]]
    assert len(provincial) == len(study("calibrate_provinces").FITTED)
    assert len(national) == 9
    for default, fitted in provincial + national:
        assert float(default) == pytest.approx(float(fitted), rel=0.03)


def test_what_followed_output_in_the_provinces():
    found = study("calibrate_provinces").responses().set_index("figure")
    carbon, inventions, research = (found.loc[name] for name in ("CO2", "invention applications", "R&D"))
    assert abs(carbon["slope"]) < carbon["error"]  # "CO2 by province did not follow GDP"
    assert inventions["slope"] > 2 * inventions["error"]  # "followed GDP by more than R&D explains"
    assert abs(research["slope"] - 1) < research["error"]  # "one for one within its error"


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


def test_weak_directions_name_their_parameters_in_full():
    module, names = study("validation_results"), study("calibrate").FITTED
    table = pd.DataFrame({"strength": [0.001, 9.0], **{name: [0.5, -0.5] for name in names}})
    lines = module.weak(table).splitlines()
    assert lines[2] == "| parameter | 0.001 | 9 |"
    assert [line.split(" | ")[0] for line in lines[4:]] == [f"| {name}" for name in names]
    section = module.kept("## Calibration: weak directions")
    assert all(f"| {name} |" in section for name in names) and module.WEAK in section
