"""Tables for people: heads and names in both languages, units beside numbers; as CSV files or as one workbook.

Files of results are for programs: codes, one name a column. These open in a spreadsheet: CSV with the mark by which
Excel knows UTF-8, and no text that a spreadsheet would take for a formula.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from ftz_sim.errors import InputError
from ftz_sim.extras import need
from ftz_sim.indicators.variables import NATIONAL, VARIABLES, Variable
from ftz_sim.report.sheets import NAMED, SCENARIOS, names
from ftz_sim.report.tables import Experiment, names_in, scenario_name
from ftz_sim.results.files import write_bytes, writing
from ftz_sim.results.folder import FolderWriter
from ftz_sim.results.frames import defused
from ftz_sim.results.reading import read_manifest
from ftz_sim.results.statements import Name, kept, paragraph
from ftz_sim.text.words import LANGUAGES, WORDS, Lang, say

LONGEST_NAME = 31  # of a sheet
LEFT_OUT = ("draws",)  # hundreds of columns; a program's


def tables(folder: Path) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield name and content of every table for people: what was done, means by year, and all tables of findings.

    Raises:
        InputError: if the folder holds no results.
    """
    manifest = read_manifest(folder)
    files = [path for path in sorted(folder.glob("*.csv")) if path.stem not in LEFT_OUT]
    runs = (folder / "national.parquet").is_file() and manifest["kind"] in ("run", "compare")
    if not files and not runs:
        raise InputError("nothing_to_export", folder=folder)
    scenarios = {lang: names_in(folder, lang, quotes="{}") for lang in LANGUAGES}
    yield "about", _about(folder, manifest)
    labels = {name: tuple(words) for name, words in manifest.get("labels", {}).items()}
    if runs:
        yield "by_year", _by_year(Experiment.read(folder))
    for path in files:
        yield path.stem, bilingual(pd.read_csv(path), labels, scenarios)


def bilingual(
    frame: pd.DataFrame, labels: dict[str, tuple[str, ...]] | None = None, scenarios: dict[Lang, Name] | None = None
) -> pd.DataFrame:
    """Return a table with heads in both languages, and with what its codes mean, and units, in columns of their own."""
    known = {lang: names(lang) for lang in LANGUAGES}
    out: dict[str, Any] = {}
    for column in frame:
        values = frame[column]
        out[_head(str(column))] = values
        if column in (*SCENARIOS, *NAMED):
            if column in SCENARIOS:
                told = [_named(cell, scenarios or {}) for cell in values]
            else:
                told = [_both(cell, known, labels or {}) for cell in values]
            if any(told):
                out[f"{_head(str(column))}: name 名称"] = told
        if column == "indicator":
            variables = _variables(frame)
            out["unit of difference 差异的单位"] = [each and _unit_of_difference(each) for each in variables]
            out["unit of level 水平值的单位"] = [each and f"{each.unit} {each.unit_zh}" for each in variables]
    return pd.DataFrame(out)


def write_csv(folder: Path, out: Path, force: bool, command: str) -> list[Path]:
    """Write every table for people as a CSV file into ``out``; return the files."""
    about = {"command": command, "runs_in": folder.as_posix(), "scenarios": read_manifest(folder).get("scenarios", [])}
    with FolderWriter(out, "export", about, force) as writer:
        for name, table in tables(folder):
            writer.frame(f"{name}.csv", table)
        writer.finish()
    return sorted(out.glob("*.csv"))


def write_workbook(folder: Path, path: Path) -> Path:
    """Write every table for people as a sheet of one Excel workbook, whole or not at all; return its path.

    Raises:
        InputError: if openpyxl is not installed, or the folder holds no results.
    """
    need("openpyxl")
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    for name, table in tables(folder):
        sheet = book.create_sheet(name[:LONGEST_NAME])
        sheet.freeze_panes = "A2"
        for place, head in enumerate(table.columns):
            sheet.column_dimensions[_letter(place)].width = min(max(10, len(str(head)) + 2), 40)
        sheet.append([_bold(sheet, str(head), Font) for head in table.columns])
        for row in defused(table).itertuples(index=False):
            sheet.append([_cell(value) for value in row])
    content = io.BytesIO()
    book.save(content)
    with writing(path.parent):
        write_bytes(path, content.getvalue())
    return path


def _about(folder: Path, manifest: dict[str, Any]) -> pd.DataFrame:
    found = kept(manifest)
    rows = [("what 内容", "ftz_sim: a simulation, not a forecast"), ("", "ftz_sim：模拟结果，并非预测")]
    for lang, head in zip(LANGUAGES, ("finding", "结论"), strict=True):
        rows += [(head, paragraph(found, lang, names_in(folder, lang)))] if found else []
    for key in ("command", "reference", "reps", "seed", "version", "started"):
        if manifest.get(key) is not None:
            told = _head(key) if key == "reference" else " ".join(say(f"repro.{key}", lang) for lang in LANGUAGES)
            rows.append((told, str(manifest[key])))
    return pd.DataFrame(rows, columns=["about 说明", "text 文字"])


def _by_year(experiment: Experiment) -> pd.DataFrame:
    """Return the means over replicates of all national indicators, a row for each scenario and year."""
    by_name = {name: experiment.yearly(name) for name in NATIONAL}
    scenarios = experiment.scenarios
    years = [int(year) for year in by_name["gdp"][scenarios[0]].columns]
    keys = {
        _head("scenario"): [name for name in scenarios for _ in years],
        f"{_head('scenario')}: name 名称": [
            f"{experiment.name(name, 'en')} {experiment.name(name, 'zh')}" for name in scenarios for _ in years
        ],
        _head("at"): years * len(scenarios),
    }
    values = {
        f"{variable.en} {variable.zh} [{variable.unit} {variable.unit_zh}]": [
            float(value) for scenario in scenarios for value in by_name[name][scenario].mean()
        ]
        for name, variable in NATIONAL.items()
    }
    return pd.DataFrame({**keys, **values})


def _head(column: str) -> str:
    if column in NATIONAL:
        return f"{NATIONAL[column].en} {NATIONAL[column].zh}"
    key = f"file.{column}" if f"file.{column}" in WORDS else f"column.{column}"  # where files keep another unit
    return " ".join(dict.fromkeys(say(key, lang) for lang in LANGUAGES)) if key in WORDS else column


def _both(cell: object, known: dict[Any, dict[str, str]], labels: dict[str, tuple[str, ...]]) -> str:
    words = labels.get(str(cell)) or tuple(known[lang].get(str(cell), "") for lang in LANGUAGES)
    return " ".join(dict.fromkeys(word for word in words if word))


def _named(cell: object, scenarios: dict[Lang, Name]) -> str:
    """Return what a scenario is called in both languages; nothing if it has no other name."""
    code = str(cell)
    words = [scenarios[lang](code) if scenarios else scenario_name(code, lang) for lang in LANGUAGES]
    return "" if words == [code, code] else " ".join(dict.fromkeys(words))


def _variables(frame: pd.DataFrame) -> list[Variable | None]:
    levels = frame["level"] if "level" in frame else ["national"] * len(frame)
    return [VARIABLES.get(level, {}).get(name) for level, name in zip(levels, frame["indicator"], strict=True)]


def _unit_of_difference(variable: Variable) -> str:
    words = {"log": "difference.percent", "points": "difference.points"}.get(variable.scale)
    return " ".join(dict.fromkeys(say(words, lang) if words else variable.unit_in(lang) for lang in LANGUAGES))


def _cell(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value.item() if hasattr(value, "item") else value


def _bold(sheet: Any, text: str, font: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=text)
    cell.font = font(bold=True)
    return cell


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place + 1))
