"""The report in a real browser, in both languages, without a network."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from ftz_sim.report.page import write_report
from ftz_sim.results.statements import statement

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))
import synthetic


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = synthetic.write(tmp_path_factory.mktemp("experiment"), ("no_ftz", "single_ftz", "integrated"))
    manifest = json.loads((folder / "manifest.json").read_text())
    verdict = [statement("comparison.all"), statement("comparison.fixed")]
    (folder / "manifest.json").write_text(json.dumps(manifest | {"kind": "compare", "outputs": {}, "verdict": verdict}))
    return write_report(folder)


def visible(page, text):
    return page.get_by_text(text, exact=True).locator("visible=true").count()


def test_the_language_switch_shows_one_edition_at_a_time(browse, report):
    page = browse.page
    page.goto(report.as_uri())
    assert visible(page, "Scorecard") and not visible(page, "指标对照表")
    browse.picture("report.en")
    page.get_by_role("button", name="中文").locator("visible=true").click()
    assert visible(page, "指标对照表") and not visible(page, "Scorecard")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert page.title().startswith("战略比较")
    browse.picture("report.zh")
    page.goto(report.as_uri() + "?lang=zh")
    assert visible(page, "指标对照表")
    assert browse.wrong == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_on_the_page_stands_in_the_way_of_readers(browse, report, lang):
    browse.page.goto(f"{report.as_uri()}?lang={lang}")
    assert browse.barriers() == []
    assert browse.page.locator("main").count() == 1


def test_a_drawing_of_a_stranger_runs_nothing(browse, report):
    text = report.read_text(encoding="utf-8")
    harm = "<img src='http://elsewhere.invalid/x.png'><img src=x onerror='document.title=1'><script>x()</script>"
    page = browse.page
    target = report.with_name("harmed.html")
    target.write_text(text.replace("<footer>", f"{harm}<footer>"), encoding="utf-8")
    page.goto(target.as_uri())
    assert page.title() == "Strategies compared – ftz_sim"
    assert not any("asked the network" in each for each in browse.wrong)
    assert any("Content Security Policy" in each for each in browse.wrong)


def test_the_keyboard_reaches_the_switch_and_the_sections(browse, report):
    page = browse.page
    page.goto(report.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert visible(page, "指标对照表")
    assert browse.wrong == []


def test_drawings_fit_the_page_and_carry_readable_text(browse, report):
    page = browse.page
    page.goto(report.as_uri())
    drawings = page.locator('[data-edition="en"] figure svg')
    assert drawings.count() >= 7
    for box in (drawings.nth(place).bounding_box() for place in range(drawings.count())):
        assert box["width"] > 600 and box["height"] > 150
        assert box["x"] >= 0 and box["x"] + box["width"] <= 1400
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator('[data-edition="en"] figure text').count() > 200


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_prints_the_answer_on_two_to_four_pages(browse, report, lang):
    page = browse.page
    page.goto(f"{report.as_uri()}?lang={lang}")
    pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert 2 <= pages <= 4
    page.emulate_media(media="print")
    assert page.locator("details:visible, nav:visible, button:visible").count() == 0, "folds stay out"
    assert page.locator("figure:visible").count() >= 4
    assert page.locator("table.score:visible").count() >= 2
    assert browse.wrong == []
