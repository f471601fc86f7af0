"""Tables for people open in Excel, say what codes mean and hold no formulas; the demo and exercises run by a word."""

from __future__ import annotations

import csv
import math
from functools import partial

import pandas as pd
import pytest
import synthetic
from typer.testing import CliRunner

from ftz_sim.cli import app, demo
from ftz_sim.errors import InputError
from ftz_sim.exercises import exercise_names, read_exercise
from ftz_sim.report.export import bilingual, tables, write_csv, write_workbook
from ftz_sim.results import FolderWriter, load
from ftz_sim.results.reading import read_manifest
from ftz_sim.scenario.scenario import scenario_names

BOM = b"\xef\xbb\xbf"


def ftz(*words):
    return CliRunner().invoke(app, [*map(str, words)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = synthetic.write(tmp_path_factory.mktemp("export") / "runs", synthetic.SCENARIOS[:3], 2, 12)
    (place / "evil.csv").write_text('scenario,rule\nhistory,"=1+1"\nhistory,@x\n', encoding="utf-8")
    return place


def test_csv_for_people_has_the_mark_both_languages_and_units(folder, tmp_path):
    files = {path.stem: path for path in write_csv(folder, tmp_path / "out", False, "ftz export")}
    assert {"about", "by_year", "comparison", "provinces"} <= set(files)
    for name in ("comparison", "by_year", "about"):
        assert files[name].read_bytes().startswith(BOM)
    table = pd.read_csv(files["comparison"])  # pandas reads over the mark
    assert table.columns[0] == "scenario 情景"
    row = table[table["indicator 指标"] == "gdp"].iloc[0]
    assert row["indicator 指标: name 名称"] == "GDP 国内生产总值" and row["unit of difference 差异的单位"] == "%"
    with files["comparison"].open(encoding="utf-8-sig", newline="") as text:
        assert next(csv.reader(text))[0] == "scenario 情景"
    years = pd.read_csv(files["by_year"])
    assert len(years) == 3 * 3 and any("[bn yuan/yr 十亿元/年]" in head for head in years)


def test_what_was_run_is_told_in_both_languages(folder):
    told = dict(dict(tables(folder))["about"].to_numpy().tolist())
    assert {"command 命令", "version 版本"} <= set(told)


def test_a_folder_called_by_a_dot_has_its_tables_beside_it(folder, monkeypatch):
    monkeypatch.chdir(folder)
    done = ftz("export", ".")
    assert done.exit_code == 0, done.output
    assert (folder.parent / f"{folder.name}_tables" / "comparison.csv").is_file()


def test_no_cell_begins_as_a_formula_does(folder, tmp_path):
    for path in write_csv(folder, tmp_path / "out", False, "ftz export"):
        for row in csv.reader(path.read_text(encoding="utf-8-sig").splitlines()):
            for cell in row:
                if cell[:1] in tuple("=+-@"):
                    float(cell)


def test_a_workbook_has_a_sheet_for_every_table(folder, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    path = write_workbook(folder, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [name for name, _ in tables(folder)]
    heads = [cell.value for cell in next(book["comparison"].rows)]
    assert heads[0] == "scenario 情景"
    assert not [cell for sheet in book for row in sheet.rows for cell in row if cell.data_type == "f"]
    evil = [cell.value for row in book["evil"].rows for cell in row]
    assert "'=1+1" in evil
    gdp = pd.read_csv(folder / "comparison.csv")["mean"].iloc[0]
    assert math.isclose(book["comparison"].cell(2, heads.index("mean 均值") + 1).value, gdp)


def test_places_levels_and_verdicts_have_names():
    frame = pd.DataFrame({"level": ["zone"], "place": ["HB"], "indicator": ["fdi_high_tech"], "verdict": ["better"]})
    row = bilingual(frame).iloc[0]
    assert row["place 地区: name 名称"] == "Hubei 湖北" and row["level 层级: name 名称"] == "zone 试验区"
    assert row["indicator 指标: name 名称"] == "High-tech FDI 高技术产业外资"
    assert (
        row["unit of level 水平值的单位"].startswith("bn yuan/yr") and row["verdict 判断: name 名称"] == "better 更优"
    )


def test_export_never_writes_over_a_file_unasked_and_refuses_a_folder_without_tables(folder, tmp_path):
    (tmp_path / "mine.xlsx").write_text("precious")
    assert ftz("export", folder, "--xlsx", "--out", tmp_path / "mine.xlsx").exit_code == 2
    assert (tmp_path / "mine.xlsx").read_text() == "precious"
    first = ftz("export", folder, "--out", tmp_path / "out", "--lang", "zh")
    assert first.exit_code == 0 and "已写入" in first.output
    assert ftz("export", folder, "--out", tmp_path / "out").exit_code == 0, "its own files it replaces"
    assert read_manifest(tmp_path / "out")["runs_in"] == folder.as_posix()
    with FolderWriter(tmp_path / "bare", "lever", {"command": "x"}) as writer:
        writer.finish()
    with pytest.raises(InputError, match="holds no tables of findings"):
        list(tables(tmp_path / "bare"))


def test_results_with_chinese_have_the_mark_and_others_stay_plain(tmp_path):
    with FolderWriter(tmp_path / "out", "lever", {"command": "x"}) as writer:
        writer.frame("zh.csv", pd.DataFrame({"name": ["开放"], "value": [1.5]}))
        writer.frame("en.csv", pd.DataFrame({"name": ["opening"], "value": [1.5]}))
        writer.finish()
    assert (tmp_path / "out" / "zh.csv").read_bytes().startswith(BOM)
    assert (tmp_path / "out" / "en.csv").read_bytes().isascii()
    assert pd.read_csv(tmp_path / "out" / "zh.csv").columns.tolist() == ["name", "value"]


def test_the_demo_compares_every_shipped_strategy_in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(demo.runs, "compare", partial(demo.runs.compare, draws=2))  # of each of eight scenarios
    done = ftz("demo", "--reps", 1, "--firms", 2000, "--end", "2013Q2", "--workers", 1, "--no-figures")
    assert done.exit_code == 0, done.output
    examples = {"baseline", "shandong_korea", "xinjiang_eurasia"}
    assert load(tmp_path / "results" / "demo").manifest["scenarios"] == list(demo.SCENARIOS)
    assert set(demo.SCENARIOS) == set(scenario_names()) - examples


def test_an_exercise_runs_by_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = {}
    monkeypatch.setattr("ftz_sim.cli.runs.compare", lambda *given, **named: asked.update(named, given=given))
    name = exercise_names()[0]
    assert ftz("exercise", "run", name, "--lang", "zh").exit_code == 0
    exercise = read_exercise(name)
    assert asked["given"][:2] == (exercise.files(), exercise.scenarios[0])
    assert asked["out"] == exercise.results and asked["lang"] == "zh"
    assert ftz("exercise", "run", "no_such").exit_code == 2


def test_a_table_for_people_names_the_unit_that_its_numbers_have():
    out = bilingual(pd.DataFrame({"extra_cost": [3.4]}))
    assert out.to_dict("list") == {"extra cost, bn yuan 新增成本，十亿元": [3.4]}
