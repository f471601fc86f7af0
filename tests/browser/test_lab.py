"""The lab in a real browser, in both languages, without a network."""

from __future__ import annotations

import csv
import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from pytest import approx
from ruamel.yaml import YAML

from ftz_sim.text.words import WORDS

WAIT = 120_000  # ms; a slow machine runs many models at the first picture
TITLES = {"en": "ftz_sim lab", "zh": "ftz_sim 实验台"}
VIEWS = {
    "en": {
        "map": "Provinces",
        "ask": "One province",
        "policy": "Policy",
        "follow": "Follow",
        "explain": "Explain",
        "exercise": "Exercises",
        "files": "Files and link",
    },
    "zh": {
        "map": "省份",
        "ask": "单个省份",
        "policy": "政策",
        "follow": "追踪",
        "explain": "解释",
        "exercise": "练习",
        "files": "文件与链接",
    },
}
SHOWN_ZH = {name: WORDS[f"scenario.{name}"][1] for name in ("integrated", "no_ftz", "cross_zone")}
MIXED = {"base": "integrated", "levers": {"ai_plus": 0.5}}  # of two tests, whose runs the lab makes once
UPLOAD = "stFileUploaderDropzone"  # the framework's field for files has a role too many
PICTURES = "[data-testid=stMain] figure img"
HEADLINES = {"en": "your scenario changes GDP", "zh": "你的情景使GDP变动"}


@pytest.fixture(scope="module")
def lab(chromium):
    pytest.importorskip("streamlit", reason="Streamlit is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from ftz_sim.cli import main; main()", "lab", "--no-browser", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    url = f"http://localhost:{port}/"
    try:
        for _ in range(240):
            if server.poll() is not None:
                pytest.fail(f"the lab ended: {server.stdout.read().decode()[-2000:]}")
            try:
                urllib.request.urlopen(url + "_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.25)
        yield url
    finally:
        server.terminate()
        server.wait(60)


def link(**state):
    """Return the query of a small and quick state: one seed, an early end, nothing beside."""
    from ftz_sim.lab.link import to_link

    first = {"variant": {"base": "single_ftz"}, "reference": "history", "beside": [], "end": 2026, "seeds": 1,
             "view": "results", "pins": []}  # fmt: skip
    return to_link(first | state)


def open_lab(browse, url, lang="en", **state):
    page = browse.page
    page.set_default_timeout(WAIT)
    page.goto(f"{url}?lang={lang}&s={link(**state)}")
    page.get_by_role("heading", name=TITLES[lang]).wait_for()
    settle(page)
    return page


def settle(page):
    page.wait_for_timeout(300)
    page.get_by_text("ftz_sim 0", exact=False).last.wait_for()
    page.wait_for_function("document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'")
    page.wait_for_timeout(200)


def again(attempt):
    """Return what an attempt returns, made until it succeeds: a page that is drawn anew loses a click or closes a list.

    Args:
        attempt: is given the time after which it should fail, in ms.
    """
    lost = pytest.importorskip("playwright.sync_api").TimeoutError
    for _ in range(7):
        try:
            return attempt(15_000)
        except lost:
            continue
    return attempt(15_000)


def choose(box, entry, words=""):
    """Open a list, or type into it, and take an entry that it offers."""

    def attempt(timeout):
        box.fill("")
        if words:
            box.fill(words)
        else:
            box.click()
        entry.click(timeout=timeout)

    again(attempt)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_view_opens_without_network_error_or_barrier(browse, lab, lang):
    page = open_lab(browse, lab, lang, beside=["cross_zone"], variant=MIXED)
    page.get_by_text(HEADLINES[lang]).wait_for()
    page.locator(PICTURES).nth(8).wait_for()
    assert browse.barriers() == []
    assert page.locator("main").count() <= 1
    browse.picture(f"lab.results.{lang}")
    for view, words in VIEWS[lang].items():
        page.get_by_role("radio", name=words, exact=True).click()
        settle(page)
        assert page.locator("[data-testid=stException]").count() == 0
        assert browse.barriers(UPLOAD) == [], words
        for alt in page.locator(PICTURES).evaluate_all("all => all.map(each => each.naturalWidth && each.alt)"):
            assert len(alt) > 20  # it was decoded and says what it shows
        browse.picture(f"lab.{view}.{lang}")
    assert browse.wrong == []


def test_a_slider_moves_the_curves_and_the_link_restores_them(browse, lab):
    page = open_lab(browse, lab)
    headline = page.get_by_text("your scenario changes GDP")
    before = headline.inner_text()
    slider = page.locator("[data-testid=stSlider]").filter(has_text=re.compile("^institutional innovation"))
    slider.get_by_role("slider").focus()
    page.keyboard.press("Home")
    page.get_by_text("levers 1, parameters 0, shocks 0").wait_for()
    settle(page)
    after = page.locator("[data-testid=stMain] h2").first.inner_text()
    assert after != before
    assert page.get_by_text("nine in ten of 16 draws").count() == 2  # of the headline and of the bands
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    page.get_by_text("levers 1, parameters 0, shocks 0").wait_for()
    settle(page)
    assert page.locator("[data-testid=stMain] h2").first.inner_text() == after
    assert browse.wrong == []


def chosen(page, label):
    """Return what a selector in the column at the left shows."""
    box = page.locator("[data-testid=stSelectbox], [data-testid=stMultiSelect]").filter(
        has_text=re.compile(f"^{label}")
    )
    values = [each.input_value() for each in box.first.locator("input").all()]
    return " ".join([box.first.inner_text(), *values])


def test_every_choice_survives_a_change_of_language(browse, lab):
    page = open_lab(browse, lab, reference="no_ftz", beside=["cross_zone"], view="explain", variant=MIXED)
    page.get_by_role("combobox", name="lever", exact=True).click()
    page.keyboard.type("AI")
    page.keyboard.press("Enter")
    settle(page)
    address = page.url
    lever = page.locator("[data-testid=stMain] code").first.inner_text()
    assert lever != "law_and_authority"
    page.get_by_role("radio", name="中文", exact=True).click()
    settle(page)
    names = {"起点情景": SHOWN_ZH["integrated"], "比较对象": SHOWN_ZH["no_ftz"], "同时显示": SHOWN_ZH["cross_zone"]}
    assert page.locator("[data-testid=stMain] code").first.inner_text() == lever
    for words in VIEWS["zh"].values():
        page.get_by_role("radio", name=words, exact=True).click()
        settle(page)
        for label, name in names.items():
            assert name in chosen(page, label), (words, label)
    assert page.locator("[data-testid=stException]").count() == 0
    page.get_by_role("radio", name="English", exact=True).click()
    settle(page)
    page.get_by_role("radio", name="Explain", exact=True).click()
    page.wait_for_url(address)
    settle(page)
    assert page.locator("[data-testid=stMain] code").first.inner_text() == lever
    assert browse.wrong == []


def test_parameters_and_partners_have_chinese_names(browse, lab):
    shock = {"kind": "tariff", "partner": "US", "size": 0.25, "from": "2026Q1", "to": "2026Q4"}
    page = open_lab(browse, lab, "zh", view="policy", variant={"base": "history", "shocks": [shock]})
    assert page.get_by_text("对华加征关税 美国 0.25: 2026Q1 – 2026Q4").is_visible()
    page.get_by_text("参数", exact=True).click()
    settle(page)
    option = page.get_by_role("option", name="foreign_investment.openness_effect")
    choose(page.get_by_role("combobox", name="添加参数"), option, "开放度的吸引力")
    page.get_by_role("spinbutton", name="开放度的吸引力").wait_for()
    assert browse.wrong == []


def test_the_page_starts_in_the_browsers_language_and_in_the_one_of_the_address(chromium, lab):
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{lab}?s={link(view='policy')}")
    page.get_by_role("heading", name=TITLES["zh"]).wait_for(timeout=WAIT)
    page.goto(f"{lab}?lang=en&s={link(view='policy')}")
    page.get_by_role("heading", name=TITLES["en"], exact=True).wait_for(timeout=WAIT)
    context.close()


def test_pins_of_one_name_keep_their_own_numbers_and_load_nothing(browse, lab, tmp_path):
    from ftz_sim.lab.simulate import simulate
    from ftz_sim.lab.variants import Variant

    picture = "![x](http://elsewhere.invalid/x.png)"
    step = "{{lever: institutional_innovation, from: 2025Q1, level: {}}}"
    file = f"name: x\nbase: history\ntitle: '{{}}'\npolicy: [{step}]\n"
    texts = [file.format(*each) for each in (("cross-zone", 0.0), ("cross-zone", 1.0), (picture, 1.0))]
    pins = [[0, text] for text in texts]
    page = open_lab(browse, lab, view="files", pins=pins, beside=["cross_zone"])
    assert page.get_by_text(picture).first.is_visible()
    found = {}
    for line in list(csv.reader(saved(page, "Table (CSV)").splitlines()))[1:]:
        found[line[0]] = float(line[3])  # the last quarter stays
    gdp = {text: float(simulate(text, 2026, 0).national["gdp"][-1]) for text in texts}
    assert gdp[texts[0]] != gdp[texts[1]]
    assert found.pop(picture) == approx(gdp[texts[2]], rel=1e-6)
    assert found.pop("cross-zone (2)") == approx(gdp[texts[0]], rel=1e-6)
    assert found.pop("cross-zone (3)") == approx(gdp[texts[1]], rel=1e-6)
    shipped = simulate(Variant("cross_zone").yaml(), 2026, 0).national["gdp"][-1]
    assert found["cross-zone"] == approx(float(shipped), rel=1e-6)
    assert browse.wrong == []


def test_an_exercise_is_put_on_the_page_answered_and_checked(browse, lab):
    page = open_lab(browse, lab, view="exercise", seeds=2)
    page.get_by_role("button", name="Put its scenarios on the page").click()
    page.get_by_text("Pinned: Coordination without benefit sharing").wait_for()
    page.locator(PICTURES).nth(8).wait_for()
    settle(page)
    page.get_by_role("radio", name="Exercises", exact=True).click()
    settle(page)
    for answer, says in (
        ("many", "a number, such as"),
        ("999", "999 is not what your runs show; look again at cross-zone, GDP"),
    ):
        page.get_by_label("By how many percent?").fill(answer)
        page.keyboard.press("Tab")
        settle(page)
        page.get_by_role("button", name="Check my answers").click()
        page.locator("[data-testid=stAlert]").filter(has_text=says).wait_for()
    settle(page)  # what is said of the other questions follows
    assert page.locator("[data-testid=stAlert]").filter(has_text="not answered").count() == 4
    assert page.locator("[data-testid=stException]").count() == 0
    assert browse.wrong == []


def test_words_of_the_framework_are_the_readers(browse, lab):
    page = open_lab(browse, lab, "zh", view="files")
    shown = page.locator("[data-testid=stFileUploaderDropzone] button p")
    assert "选择文件" in shown.evaluate("each => getComputedStyle(each, '::after').content")
    assert shown.evaluate("each => getComputedStyle(each).fontSize") == "0px"


def saved(page, button):
    """Press a download button, and return the file."""

    def attempt(timeout):
        with page.expect_download(timeout=timeout) as download:
            page.get_by_role("button", name=button).click()
        return download.value.path().read_text(encoding="utf-8")

    return again(attempt)


def test_downloads_open(browse, lab, tmp_path):
    page = open_lab(browse, lab, view="files", variant={"base": "single_ftz", "levers": {"ai_plus": 0.5}})
    text = saved(page, "Scenario (YAML)")
    (step,) = YAML(typ="safe").load(text)["policy"]
    assert step == {"lever": "ai_plus", "from": "2025Q1", "level": 0.5, "ramp": 8}
    lines = saved(page, "Table (CSV)").splitlines()
    assert lines[0].startswith("scenario,seed,quarter,gdp")
    assert len(lines) == 1 + 2 * 56
    assert browse.wrong == []


BAD_FILES = {
    "bad.yaml": (b"name: x\nbase: history\npolicy:\n  - {lever: ai_pluss, from: 2026Q1, level: 1}\n", "bad.yaml:4"),
    "huge.yaml": (b"name: x\npopulation: {firms: 5}\nwhy: " + b"y" * 200_000, "a scenario is smaller"),
    "odd.yaml": (b"\xff\xfe\x00", "no text in UTF-8"),
    "bomb.yaml": (b"a: &a [x, x]\nb: [*a, *a]\nname: x\n", "anchors"),
    "tag.yaml": (b"name: !!python/object/apply:os.system [id]\n", "tag.yaml:1"),
}


def test_a_bad_upload_shows_its_message(browse, lab):
    page = open_lab(browse, lab, view="files")
    for name, (content, message) in BAD_FILES.items():
        file = {"name": name, "mimeType": "text/yaml", "buffer": content}
        page.locator("input[type=file]").set_input_files(file)
        error = page.locator("[data-testid=stAlert]").filter(has_text=message)
        error.wait_for()
        assert "/tmp" not in error.inner_text()
        assert page.locator("[data-testid=stException]").count() == 0
        page.get_by_role("button", name=f"Remove {name}").click()
        error.wait_for(state="detached")


def test_a_good_upload_is_pinned_and_run(browse, lab):
    page = open_lab(browse, lab, view="files")
    crisis = b"shocks:\n  - {kind: crisis, from: 2025Q1, to: 2025Q4}\n"
    content = b"name: mine\nbase: single_ftz\npopulation: {firms: 900000}\n" + crisis
    page.locator("input[type=file]").set_input_files({"name": "mine.yaml", "mimeType": "text/yaml", "buffer": content})
    page.get_by_role("button", name="Pin the uploaded scenario").click()
    page.get_by_text("Pinned: mine").wait_for()
    page.get_by_role("radio", name="Results", exact=True).click()
    page.locator(PICTURES).nth(8).wait_for()
    assert browse.wrong == []


def test_pins_have_their_titles_in_the_readers_language(browse, lab):
    file = "name: road\ntitle: {en: A road, zh: 一条路}\nbase: history\n"
    page = open_lab(browse, lab, pins=[[0, file]], variant={"base": "history", "levers": {"ai_plus": 1.0}})
    page.get_by_role("button", name="Pin this scenario").click()
    page.get_by_text("Pinned: variant 1").wait_for()
    assert page.get_by_text("Pinned: A road").is_visible()
    settle(page)
    page.get_by_role("radio", name="中文", exact=True).click()
    page.get_by_text("已固定：方案1").wait_for()
    assert page.get_by_text("已固定：一条路").is_visible()


WAITS = """\
name: waits
base: history
horizon: {fork: 2025Q1}
rules:
  - name: answer
    when: {any: [{indicator: gdp, below: 0}, {indicator: effective_tariff, partner: US, above: 0.3, quarters: 2}]}
    then: [{lever: replication, level: 0.5}, {lever: agreement_upgrade, level: 1, ramp: 2}]
  - {name: research_support, when: {indicator: gdp, below: 0}, then: [{lever: research_support, level: 1}]}
shocks: [{kind: tariff, partner: US, from: 2025Q1, to: 2026Q4, size: 0.4}]
"""
RULES = {
    "en": (
        "scenario", "upgrade of agreements ◆ 1.00", "by 2026Q4: answer 100%; support of research 0%",
        "answer: once GDP stayed for a quarter below 0 trillion yuan a year, 2013 prices, or tariff after preferences, "
        "United States, stayed for 2 quarters above 30 %: national replication to 0.5, upgrade of agreements to 1 in 2 "
        "quarterly steps. It fires in 2025Q3 in the first seed, and by 2026Q4 in 2 of 2 seeds.",
        "support of research: once", "Tell its story",
        "2025Q3 · rule “answer” fires, as tariff after preferences, United States, stayed for 2 quarters above 30 %",
    ),
    "zh": (
        "情景", "协定升级 ◆ 1.00", "至2026Q4：answer 100%; 研发支持 0%",
        "answer：国内生产总值有1个季度低于0万亿元／年（2013年价），或优惠后关税（美国）连续2个季度高于30%后：复制推广调至0.5、"
        "协定升级分2个季度调至1。第一个种子中于2025Q3触发；至2026Q4，2个种子中有2个触发。",
        "研发支持：国内生产总值", "讲述其经历", "2025Q3 · 规则“answer”触发：优惠后关税（美国）连续2个季度高于30%；",
    ),
}  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_rules_of_a_scenario_show_when_they_fired_what_they_move_and_why(browse, lab, lang):
    label, lever, fired, first, second, tell, story = RULES[lang]
    pins = [[0, WAITS]]
    page = open_lab(browse, lab, lang, view="policy", pins=pins, seeds=2, variant={"base": "history"})
    assert page.locator(PICTURES).count() == 0  # the scenario of the sliders is the reference
    choose(page.get_by_role("combobox", name=label, exact=True), page.get_by_role("option", name="waits"))
    page.locator(PICTURES).nth(1).wait_for()
    settle(page)
    levers, rules = page.locator(PICTURES).evaluate_all("all => all.map(each => each.alt)")
    assert lever in levers and "◆ 1.00" in levers and levers.count("◆") == 2
    assert fired in rules
    said = page.locator("[data-testid=stMain] li").all_inner_texts()
    assert said[0] == first and said[1].startswith(second)
    assert browse.barriers() == []
    browse.picture(f"lab.rules.{lang}")
    page.get_by_role("radio", name=VIEWS[lang]["follow"], exact=True).click()
    settle(page)
    assert "waits" in chosen(page, label)
    page.get_by_role("button", name=tell).click()
    page.get_by_text(story).wait_for()
    browse.picture(f"lab.rules.story.{lang}")
    assert page.locator("[data-testid=stException]").count() == 0
    assert browse.wrong == []


def test_scenarios_with_a_new_zone_stand_beside_others_in_which_it_is_closed(browse, lab):
    text = "name: {}\nbase: history\nnew_zones: [{{province: GZ, opens: {}, like: YN}}]\n"
    pins = [[0, text.format("first", "2026Q1")], [0, text.format("second", "2027Q1")]]
    page = open_lab(browse, lab, lang="zh", view="map", pins=pins, end=2026)
    page.get_by_text("本页各情景均划有贵州的新设试验区片区").wait_for(timeout=WAIT)
    page.get_by_text("“second”未列入").wait_for()
    settle(page)
    page.get_by_role("radio", name=VIEWS["zh"]["follow"], exact=True).click()
    settle(page)
    page.get_by_role("radio", name="试验区", exact=True).click()
    settle(page)
    new = page.get_by_role("option", name="贵州自贸试验区（新设） (GZ)")
    choose(page.get_by_role("combobox").last, new)  # from the list of zones, of all scenarios
    assert page.locator("[data-testid=stException]").count() == 0


def test_leaving_the_evidence_is_said_and_a_broken_link_ignored(browse, lab):
    variant = {"base": "history", "parameters": {"law_and_authority.pace": 0.9}}
    page = open_lab(browse, lab, view="policy", variant=variant)
    page.get_by_text("This scenario leaves the range of evidence").wait_for()
    page.goto(f"{lab}?s=nonsense")
    page.get_by_text("The link could not be read").wait_for()
