"""Scenarios may be called what they like: no name or title turns a sentence into another one."""

from __future__ import annotations

import csv
import json
import re

import pytest
import synthetic
from typer.testing import CliRunner

from ftz_sim.cli import app
from ftz_sim.report.page import page
from ftz_sim.report.tables import Experiment

PLANS = {  # name: title, base
    "mean": ("Plan A", "no_ftz"),
    "best": ("最好的方案", "single_ftz"),
    "GDP": ("{en: Plan B. Later, zh: 方案乙。以后}", "single_ftz"),
}
HEADLINE = {  # `best` and `GDP` are the same but for their names
    "en": "2014, against {mean}, under default assumptions: no scenario leads clearly on GDP; the highest mean is that "
    "of {GDP} ",
    "zh": "2014年，与{mean}相比，在默认假定下：GDP没有明确领先者；均值最高的是{GDP}（",
}
IDENTICAL = {"en": "Scenarios that equal mean in every indicator", "zh": "所有指标均与mean相同"}
TITLES = {"en": {"mean": "“Plan A”", "GDP": "“Plan B. Later”"}, "zh": {"mean": "“Plan A”", "GDP": "“方案乙。以后”"}}


def ftz(*words):
    return CliRunner().invoke(app, [*map(str, words)])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A comparison of the plans, and what the console said in both languages."""
    folder = tmp_path_factory.mktemp("plans")
    for name, (title, base) in PLANS.items():
        (folder / f"{name}.yaml").write_text(f"name: {name}\ntitle: {title}\nbase: {base}\nwhy: x\n", encoding="utf-8")
    words = ["compare", *(folder / f"{name}.yaml" for name in PLANS), "--reference", "mean", "--reps", 2]
    words += ["--firms", 2000, "--end", "2014Q4", "--draws", 0, "--no-figures", "--out", folder / "out"]
    said = {lang: ftz(*words, "--lang", lang) for lang in ("en", "zh")}
    assert all(done.exit_code == 0 for done in said.values()), said["en"].output
    return folder / "out", {lang: done.output for lang, done in said.items()}


def joined(text, lang):
    """Undo the breaks of lines."""
    return re.sub(r"\s+", " " if lang == "en" else "", text)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_console_calls_them_by_their_names(made, lang):
    expected = HEADLINE[lang].format(mean="mean", GDP="GDP")
    assert joined(expected, lang) in joined(made[1][lang], lang)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_calls_them_by_their_titles_in_quotes(made, lang):
    html = page(made[0], Experiment.read(made[0]), lang)
    (first,) = [
        text for text in re.findall(r'<p class="headline">(.*?)</p>', html) if text.startswith(HEADLINE[lang][:7])
    ]
    assert first.startswith(HEADLINE[lang].format(**TITLES[lang]))
    assert first.endswith((").", "）。")), "the sentence is whole"
    words = {"en": "Where “Plan B. Later” is worse than “Plan A”", "zh": "“方案乙。以后”不如“Plan A”之处"}
    assert words[lang] in html


def test_tables_for_people_call_them_by_their_titles(made, tmp_path):
    assert ftz("export", made[0], "--out", tmp_path / "out").exit_code == 0
    about = dict(csv.reader((tmp_path / "out" / "about.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert about["finding"].startswith(HEADLINE["en"].format(**TITLES["en"]))
    assert about["结论"].startswith(HEADLINE["zh"].format(**TITLES["zh"]))
    rows = csv.DictReader((tmp_path / "out" / "comparison.csv").read_text(encoding="utf-8-sig").splitlines())
    called = {row["scenario 情景"]: row["scenario 情景: name 名称"] for row in rows}
    assert called == {"mean": "Plan A", "best": "最好的方案", "GDP": "Plan B. Later 方案乙。以后"}


def test_a_folder_of_an_older_version_is_refused_in_one_sentence(tmp_path):
    folder = synthetic.write(tmp_path / "old", ("no_ftz", "single_ftz"), 2, 12)
    path = folder / "manifest.json"
    words = {"verdict": {"en": "no_ftz leads.", "zh": "no_ftz领先。"}}
    path.write_text(json.dumps(json.loads(path.read_text()) | words))
    before = sorted(folder.rglob("*"))
    for lang, said in (("en", "was written by an older version (0.1.0)"), ("zh", "由旧版本（0.1.0）写入")):
        for command in ("report", "export"):
            done = ftz(command, folder, "--lang", lang)
            assert done.exit_code == 2 and said in done.output and "Traceback" not in done.output
    assert sorted(folder.rglob("*")) == before and not (tmp_path / "old_tables").exists()
