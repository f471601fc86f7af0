"""The report page: self-contained, complete in both languages, small, and honest about what it shows."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from typer.testing import CliRunner

from builders import small
from ftz_sim.analysis import compare
from ftz_sim.analysis.verdicts import cell
from ftz_sim.cli import app
from ftz_sim.indicators.shown import shown_difference
from ftz_sim.indicators.variables import NATIONAL
from ftz_sim.model.parameters import meaning
from ftz_sim.report import export, figures, scorecard
from ftz_sim.report.basis import basis
from ftz_sim.report.figures import FIGURES
from ftz_sim.report.inline import inline_svg
from ftz_sim.report.page import write_report
from ftz_sim.report.sheets import names, translated
from ftz_sim.report.tables import Experiment
from ftz_sim.results import verify
from ftz_sim.results.statements import joined, percent, scenario, statement
from ftz_sim.runs import engine
from ftz_sim.runs.engine import replicate_jobs
from ftz_sim.runs.pasts import Pasts
from ftz_sim.runs.sweep import sweep
from ftz_sim.runs.sweep import sweep as run_sweep
from ftz_sim.runs.sweep_file import read_sweep
from ftz_sim.text.words import LANGUAGES, say
from sweeps import sweep_file

sys.path.insert(0, str(Path(__file__).parent / "report"))
import synthetic

CHINESE = re.compile("[\u4e00-\u9fff]")


class Page(HTMLParser):
    """Collects what a browser would load, all ids, all link targets, and texts by language."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.images: list[str] = []
        self.edition = ""
        self.texts: dict[str, list[str]] = {lang: [] for lang in LANGUAGES}
        self.hidden = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.edition = values.get("data-edition", self.edition)
        self.hidden = tag in ("style", "script")
        if "id" in values:
            self.ids.append(values["id"])
        if tag in ("img", "script", "iframe", "source", "image") and (url := values.get("src") or values.get("href")):
            self.loads.append(url)
        if tag == "link":
            self.loads.append(values["href"])
        if tag == "a":
            self.links.append(values["href"])
        if tag == "svg":
            assert values["role"] == "img"
            self.images.append(values["aria-label"])

    def handle_data(self, data):
        if self.edition and not self.hidden and data.strip():
            self.texts[self.edition].append(data.strip())


SWEEP = {  # the least that a sweep's manifest holds
    "kind": "sweep", "version": "1", "model": "1", "command": "x", "state": "done", "inputs": {}, "outputs": {},
    "seed": 1, "reps": 1, "samples": 1, "scenarios": ["history"], "factors": [], "tables": ["national"],
    "runs": {"done": 1, "failed": 0, "missing": 0}, "plan": {}, "packages": {},
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return made_up(tmp_path_factory.mktemp("experiment"), ("no_ftz", "single_ftz", "cross_zone"))


def made_up(folder, scenarios, replicates=3, compared=True):
    """Write a made-up experiment that is complete enough for a page."""
    synthetic.write(folder, scenarios, replicates, compared=compared)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest |= {"kind": "compare", "outputs": {}, "command": "ftz compare <b>x</b>", "runs": {"done": 9, "failed": 1}}
    if compared:
        manifest["verdict"] = [
            statement("comparison.first", at=2035, assumed=statement("assumed.default"),
                      reference=scenario("single_ftz"), leader=scenario("cross_zone"),
                      difference=percent(1.14), interval=statement("comparison.single"), n=3, p=0.97),
            statement("comparison.all"),
            statement("comparison.fixed"),
        ]  # fmt: skip
        manifest["gain_per_yuan"] = {"no_ftz": 360.0, "cross_zone": None}
        manifest["weightings_nqp"] = {"no_ftz": 0.0, "single_ftz": 0.1, "cross_zone": 0.9}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


@pytest.fixture(scope="module")
def text(folder):
    return write_report(folder).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_nothing_is_loaded_from_anywhere(text, page):
    assert page.loads == ["data:,"]
    assert not re.search(r"@import|url\((?!#)", text)
    assert len(text.encode("utf-8")) < 3_000_000


def test_ids_are_unique_and_every_link_leads_somewhere(page):
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_both_languages_are_there_and_do_not_mix(page):
    english, chinese = page.texts["en"], page.texts["zh"]
    allowed = {"中文"}  # the switch names each language in itself
    assert not [words for words in english if CHINESE.search(words) and words not in allowed]
    assert sum(bool(CHINESE.search(words)) for words in chinese) > 100
    assert "Scorecard" not in chinese
    assert "指标对照表" in chinese


def test_the_headline_names_scenarios_as_people_do(page):
    said = (
        "2035, against “single zone”, under default assumptions: “cross-zone” has the highest GDP (+1.1 %, one run, no "
        "interval, n = 3, best with "
    )
    assert any(text.startswith(said) for text in page.texts["en"])
    said = (
        "2035年，与“单个自贸试验区”相比，在默认假定下：“跨区协同”的GDP最高（+1.1%，仅一次运行，无区间，n = 3，"
        "最优概率0.97）。"
    )
    assert said in page.texts["zh"]


def test_the_first_screen_says_what_carries_the_gap_and_how_it_moves_with_the_border(page):
    for lang, both in (("en", "“integrated” and “single zone”"), ("zh", "“综合”与“单个自贸试验区”")):
        shares, border = basis(lang, lambda code, lang=lang: f"“{say(f'scenario.{code}', lang)}”")
        assert both in shares and {shares, border} <= set(page.texts[lang])


def test_every_figure_of_a_comparison_is_described_with_its_numbers(page):
    assert len(page.images) == 2 * sum("compare" in each.kinds for each in FIGURES.values())
    assert all(len(words) > 40 for words in page.images)
    gdp = next(words for words in page.images if words.startswith("Differences"))
    assert re.search(r"GDP \(%\) in 2035: no zones −5\.\d, cross-zone \+1\.\d", gdp)
    assert any(re.search(r"：[^：、]*−5\.\d、[^：、]*\+1\.\d", words) for words in page.images)


def test_every_indicator_that_was_compared_stands_on_the_page_once(folder, page):
    compared = set(pd.read_csv(folder / "comparison.csv")["indicator"])
    names = [NATIONAL[name].label("zh") for name in (*scorecard.INDICATORS, *scorecard.others(Experiment.read(folder)))]
    assert sorted(names) == sorted(NATIONAL[name].label("zh") for name in compared)
    assert set(names) <= set(page.texts["zh"]) and f"其余指标（{len(names) - 12}项）" in page.texts["zh"]


def test_what_users_write_is_escaped(text):
    assert "ftz compare &lt;b&gt;x&lt;/b&gt;" in text
    assert "<b>x</b>" not in text


def test_a_failed_run_is_said(page):
    assert "1 runs failed and are left out." in page.texts["en"]


def test_the_scorecard_repeats_the_table(folder):
    experiment = Experiment.read(folder)
    rows = {row.name: row for row in scorecard.scorecard(experiment, "en")}
    table = experiment.comparison.set_index(["indicator", "scenario"])["difference"]
    place = experiment.others.index("no_ftz")
    assert rows["GDP"].cells[place].text == f"{table['gdp', 'no_ftz']:.1f}".replace("-", "−")
    theil = rows["Regional inequality"].cells[place].text.replace("−", "-")
    assert float(theil) == pytest.approx(1000 * table["theil", "no_ftz"], abs=5e-4)


def test_screens_and_pages_write_a_difference_alike(folder):
    experiment = Experiment.read(folder)
    for row in scorecard.scorecard(experiment, "zh"):
        variable = next(each for each in NATIONAL.values() if each.zh == row.name)
        for name, found in zip(experiment.others, row.cells, strict=True):
            written = cell(experiment.final[variable.name, name], shown_difference(variable, "zh"))
            assert f"{found.text} {found.spread}".rstrip() == written.removesuffix(" *")


def test_the_best_is_marked_once_and_only_if_there_is_a_direction(folder):
    experiment = Experiment.read(folder)
    for row in scorecard.scorecard(experiment, "en"):
        marks = [cell.mark for cell in row.cells] + [row.mark]
        assert sum(bool(mark) for mark in marks) == 1, row.name
        assert "★" not in marks  # the made-up probabilities are 0.5
    assert scorecard._best({}, "x", scorecard.NATIONAL["gdp"]) == {}
    tie = {name: {"mean": 1.0, "reference_mean": 1.0, "p_best": 0.5} for name in "ab"}
    assert scorecard._best(tie, "a", scorecard.NATIONAL["gdp"]) == {}
    led = {
        "a": {"mean": 1.0, "reference_mean": 1.0, "p_best": 0.01},
        "b": {"mean": 2.0, "reference_mean": 1.0, "p_best": 0.99},
    }
    assert scorecard._best(led, "a", scorecard.NATIONAL["gdp"]) == {"b": "★"}
    assert scorecard._best(led, "a", scorecard.NATIONAL["co2"]) == {"a": "☆"}
    assert scorecard._best(led, "a", scorecard.NATIONAL["capital"]) == {}


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("better", "better"),
        ("none", "no difference found; smallest detectable effect 12.0 ‰"),
        ("no_percent", "the reference is 0, no percentage"),
        ("single", "one run, no interval"),
    ],
)
def test_verdicts_are_told_with_what_could_have_been_detected(verdict, words):
    row = {"verdict": verdict, "detectable": 0.012}
    assert scorecard._verdict(row, scorecard.Shown(1000.0, "‰"), "en") == words


@pytest.fixture(scope="module")
def run_of_one(tmp_path_factory):
    return write_report(made_up(tmp_path_factory.mktemp("run"), ("history",), 1, compared=False), "zh")


def test_a_run_of_one_scenario_gets_a_page_too(run_of_one):
    page = Page(run_of_one.read_text(encoding="utf-8"))
    assert len(page.images) == 2 * sum("run" in each.kinds for each in FIGURES.values())
    assert any(words.startswith("“policy of 2024”: GDP of") for words in page.texts["en"])
    assert "受益与受损省份" not in page.texts["zh"]


def test_tables_of_other_analyses_appear_where_they_are(run_of_one, tmp_path):
    shutil.copytree(run_of_one.parent, tmp_path, dirs_exist_ok=True)
    for name in ("attribution", "robustness", "something_else"):
        pd.DataFrame({"group": ["<i>opening</i>"], "value": [0.123456]}).to_csv(tmp_path / f"{name}.csv", index=False)
    text = write_report(tmp_path).read_text(encoding="utf-8")
    words = Page(text).texts["en"]
    for name in ("attribution.csv", "robustness.csv", "something_else.csv", "What the gain is made of"):
        assert name in words
    assert "<i>opening" not in text


def test_a_folder_without_national_tables_gets_what_it_has(tmp_path):
    (tmp_path / "manifest.json").write_text(json.dumps(SWEEP))
    pd.DataFrame({"a": [1]}).to_csv(tmp_path / "robustness.csv", index=False)
    words = Page(write_report(tmp_path).read_text(encoding="utf-8")).texts["en"]
    assert "robustness.csv" in words and "(rows: 1)" in words
    assert any("no national tables" in sentence for sentence in words)


def test_no_experiment_is_refused_with_status_2(tmp_path):
    done = CliRunner().invoke(app, ["report", str(tmp_path)])
    assert done.exit_code == 2
    assert "no experiment folder" in done.output
    assert not list(tmp_path.iterdir())


@pytest.fixture
def compared(tmp_path, monkeypatch):
    """Return what compares two scenarios, single_ftz being the reference, and lets some runs of (name, seed) fail."""
    specs = [small(name, "horizon.end=2014Q1") for name in ("single_ftz", "no_ftz")]
    alone, in_company = Pasts.at_fork, engine.tables_of

    def made(fails):
        def at_fork(pasts, spec, seed):
            return 1 / 0 if fails(spec.name, seed) else alone(pasts, spec, seed)

        def tables_of(runs, names):
            return 1 / 0 if any(fails(spec.name, seed) for spec, seed in runs) else in_company(runs, names)

        monkeypatch.setattr(Pasts, "at_fork", at_fork)
        monkeypatch.setattr(engine, "tables_of", tables_of)
        compare(specs, reps=2, seed=4, out=tmp_path / "c")
        return tmp_path / "c"

    return made


def test_a_reference_that_failed_in_all_of_its_runs_is_said_in_one_sentence(compared):
    folder = compared(lambda name, _: name == "single_ftz")
    for lang, words in (
        ("en", "Error: all runs of the reference single_ftz failed, so that nothing can be compared with it"),
        ("zh", "错误：参照情景single_ftz的所有运行均失败，无从比较"),
    ):
        done = CliRunner().invoke(app, ["report", str(folder), "--lang", lang])
        assert done.exit_code == 2
        assert done.output.startswith(words) and done.output.count("\n") == 1
    assert not (folder / "report.html").exists()
    assert "by_year" in dict(export.tables(folder)), "what the others came to can be exported all the same"


def test_a_reference_with_which_nothing_can_be_paired_gets_a_page_that_says_so(compared, monkeypatch):
    monkeypatch.setattr(figures, "FIGURES", {name: FIGURES[name] for name in ("levels", "paths", "differences")})
    first = replicate_jobs([small("single_ftz")], 2, 4)[0].seed
    for fails in (
        lambda name, _: name == "no_ftz",
        lambda name, seed: (name == "no_ftz") == (seed == first),  # of no seed are there both
    ):
        words = Page(write_report(compared(fails)).read_text(encoding="utf-8")).texts["en"]
        assert any("nothing can be compared" in each for each in words)


def test_inline_drawings_keep_their_texts_and_share_no_ids(tmp_path):
    drawing = """<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
      width="9pt" viewBox="0 0 9 9"><title>T</title><metadata>m</metadata><g id="unused"><path id="m1" d="M 1.23456 2
      L 3.999999 4"/><text>0.123456</text><use xlink:href="#m1" clip-path="url(#c1)"/><clipPath id="c1"/></g></svg>"""
    (tmp_path / "a.en.svg").write_text(drawing)
    out = inline_svg(tmp_path / "a.en.svg", 'says "this"')
    assert 'id="a-en-m1"' in out and 'href="#a-en-m1"' in out and "url(#a-en-c1)" in out and 'id="a-en-c1"' in out
    assert "0.123456" in out and "M 1.23 2 L 3.99 4" in out
    assert "unused" not in out and "metadata" not in out and "width" not in out
    assert 'aria-label="says &quot;this&quot;"' in out


HOSTILE = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="x()"
  style="top:0" viewBox="0 0 9 9"><script>x()</script><style>body{display:none}</style><g onclick="x()">
  <a xlink:href="javascript:x()">
  <text>linked</text></a><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="http://e"/></body>
  </foreignObject><image xlink:href="http://e/x.png"/><image href="http://e/y.png"/><use xlink:href="http://e/z#a"/>
  <rect fill="url(http://e)" style="fill:u\\72l(http://e)"/><animate attributeName="href" to="javascript:x()"/>
  <image xlink:href="data:image/png;base64,AAAA"/><text>stays</text></g></svg>"""


def test_a_strangers_drawing_brings_shapes_and_text_and_nothing_else(tmp_path):
    (tmp_path / "a.en.svg").write_text(HOSTILE)
    root = ElementTree.fromstring(inline_svg(tmp_path / "a.en.svg", "alt"))
    assert [each.tag.split("}")[1] for each in root.iter()] == [
        "svg", "g", "image", "image", "use", "rect", "image", "text"
    ]  # fmt: skip
    attributes = {key for each in root.iter() for key in each.attrib}
    assert attributes == {"viewBox", "role", "aria-label", "{http://www.w3.org/1999/xlink}href"}
    assert [each.get("{http://www.w3.org/1999/xlink}href") for each in root.iter()][2:] == [
        None, None, None, None, "data:image/png;base64,AAAA", None
    ]  # fmt: skip


def test_the_page_runs_its_own_script_only(text):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)[1]
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    own = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; script-src 'sha256-{own}';" in policy


def test_run_and_compare_write_the_report_and_survive_a_failed_drawing(tmp_path, monkeypatch):
    short = ["--firms", "2000", "--end", "2014Q2", "--quiet"]
    monkeypatch.setattr(figures, "FIGURES", {"levels": FIGURES["levels"]})
    done = CliRunner().invoke(app, ["run", "history", *short, "--lang", "zh", "--out", str(tmp_path / "h")])
    assert done.exit_code == 0, done.output
    assert 'data-lang="zh"' in (tmp_path / "h" / "report.html").read_text(encoding="utf-8")[:400]
    assert verify(tmp_path / "h") == []
    assert CliRunner().invoke(app, ["report", str(tmp_path / "h")]).exit_code == 0
    assert verify(tmp_path / "h") == []

    monkeypatch.setattr("ftz_sim.report.page.draw", lambda folder: 1 / 0)
    done = CliRunner().invoke(app, ["run", "history", *short, "--out", str(tmp_path / "k")])
    assert done.exit_code == 0
    assert "were not drawn (ZeroDivisionError" in done.output
    assert verify(tmp_path / "k") == []
    assert (tmp_path / "k" / "national.parquet").is_file()


def test_the_first_sentences_say_what_parameters_mean_and_end_with_a_caveat(tmp_path):
    pace = statement("robustness.parameter", parameter={"parameter": "law_and_authority.pace"}, rho=0.2)
    about = {"scenario": scenario("e.g."), "reference": scenario("history"), "parameters": joined([pace])}
    said = [statement("robustness.matters", **about)]
    (tmp_path / "manifest.json").write_text(json.dumps({**SWEEP, "sentence": said}))
    (tmp_path / "runs.parquet").write_bytes(b"")
    page = write_report(tmp_path).read_text()
    for lang, ends in (("en", "A simulation, not a forecast."), ("zh", "这是模拟，不是预测。")):
        assert f"“{meaning('law_and_authority.pace', lang)}”" in page and f"{ends}</p>" in page
    assert "law_and_authority.pace" not in page and "“e.g.”" in page


def test_tables_speak_the_readers_language():
    frame = pd.DataFrame({"scenario": ["cross_zone", "mine"], "indicator": ["gdp", "all objectives"],
                          "levers": ["ai_plus green_credit", ""], "on_front": [True, False], "gdp": [1.0, 2.0],
                          "odd": ["gdp", "x"]})  # fmt: skip
    out = translated(frame, names("zh"), "zh")
    assert list(out.columns) == ["情景", "指标", "政策工具", "在帕累托前沿", "国内生产总值", "odd"]
    assert list(out["情景"]) == ["跨区协同", "mine"]
    assert list(out["指标"]) == ["国内生产总值", "全部目标"]
    assert list(out["在帕累托前沿"]) == ["是", "否"]
    assert list(out["odd"]) == ["gdp", "x"]
    assert list(out["政策工具"]) == ["人工智能+行动、绿色信贷", ""]
    verdicts = ["none", "better", "loser", None]
    more = translated(pd.DataFrame({"verdict": verdicts, "parameter": "trade_costs.rules_of_origin_cost"}),
                      names("zh"), "zh")  # fmt: skip
    assert list(more["判断"])[:3] == ["未发现差异", "更优", "受损"]
    assert set(more["参数"]) == {"证明原产地的成本"}
    money = pd.DataFrame({"extra_cost": [3.4]})
    assert translated(money, {}, "zh").to_dict("list") == {"新增成本，亿元": [34.0]}
    assert translated(money, {}, "en").to_dict("list") == {"extra cost, bn yuan": [3.4]}
    assert not CHINESE.search(translated(frame, names("en"), "en").to_csv())


def test_a_sweep_answers_who_wins(tmp_path):
    made = tmp_path / "sweep"
    sweep(read_sweep(sweep_file(tmp_path, replicates=1)), made)
    tables = {path: path.read_bytes() for path in made.rglob("*.parquet") if path.is_file()}
    words = Page(write_report(made).read_text(encoding="utf-8")).texts["en"]
    assert any("single zone" in text and "FTA linkage" in text for text in words)
    assert "robustness.csv" in words
    assert not verify(made)
    assert all(path.read_bytes() == before for path, before in tables.items())
    write_report(made)  # again, over the first
    assert not verify(made)


def test_a_validation_says_first_what_was_held_out(tmp_path):
    kinds = ["held_out"] * 3 + ["fitted", "input", "held_out"]
    verdicts = ["pass", "miss", "miss", "pass", "pass", "not_modelled"]
    ends = {"published": 1.0, "low": 0.0, "high": 2.0, "model": 1.0, "ci_low": 0.9, "ci_high": 1.1}
    named = {"en": "Some figure", "zh": "某个数字", "group": "growth", "unit": "%", "note": "rounded", "source": "NBS"}
    board = pd.DataFrame({"kind": kinds, "status": "hard", "verdict": verdicts, "confidence": "high", **ends, **named})
    board.to_csv(tmp_path / "board.csv", index=False)
    made = {"kind": "validation", "version": "1", "inputs": {}, "outputs": {}, "command": "ftz validate"}
    made |= {"reps": 3, "firms": 2000, "end": "2024Q4"}
    (tmp_path / "manifest.json").write_text(json.dumps(made))
    words = Page(write_report(tmp_path).read_text(encoding="utf-8")).texts
    assert "Of 3 published figures that no choice was made to fit, the model meets 1." in words["en"]
    assert any("Of all 4 figures that were scored, it meets 2" in text for text in words["en"])
    assert "在3项未用于任何选择的公布数据中，模型吻合1项。" in words["zh"]
    assert "board.csv" in words["zh"]


def test_a_sweep_that_was_interrupted_is_said_to_be_unfinished(tmp_path):
    def stop(*_, **__):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_sweep(read_sweep(sweep_file(tmp_path)), tmp_path / "out", report=stop)
    html = write_report(tmp_path / "out").read_text(encoding="utf-8")
    assert "This sweep is unfinished" in html and "此扫描尚未完成" in html
