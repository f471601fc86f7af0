"""The lab without a browser: variants are scenario files, links hold nothing else, charts are what they say."""

from __future__ import annotations

import base64
import json
import os
import re
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from typer.testing import CliRunner

from ftz_sim.cli import app
from ftz_sim.errors import InputError
from ftz_sim.indicators.tables import all_tables
from ftz_sim.lab import charts, explain, pool, work
from ftz_sim.lab.link import from_link, state_from, to_data, to_link, variant_from
from ftz_sim.lab.server import is_own
from ftz_sim.lab.turns import Turns
from ftz_sim.lab.variants import GROUPS, Variant, levers_of, load, numbered, title_of, with_areas
from ftz_sim.model.clock import Quarter
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.report.tiles import TILES
from ftz_sim.runs.engine import attempt
from ftz_sim.runs.executors import BEHIND
from ftz_sim.runs.model import FtzModel
from ftz_sim.runs.setup import check_new_zones
from ftz_sim.runs.uncertainties import apply
from ftz_sim.scenario.new_zones import NewZone
from ftz_sim.scenario.policy_path import policy_of
from ftz_sim.scenario.scenario import Scenario

SVG = "{http://www.w3.org/2000/svg}"
MINE = Variant(
    "cross_zone", {"ai_plus": 0.4, "agreement_upgrade": 1.0}, "2027Q1", 4, {"negative_list.relist_pace": 0.05},
    [{"kind": "tariff", "partner": "US", "size": 0.25, "from": "2026Q1", "to": "2027Q4"}],
)  # fmt: skip


def test_a_variant_is_a_valid_scenario_that_says_only_what_was_moved():
    spec = load(MINE.yaml(), 2030)
    base = Scenario.load("cross_zone")
    assert str(spec.horizon.end) == "2030Q4" and spec.population.firms == 2000
    assert [str(step) for step in spec.policy[len(base.policy) :]] == [
        "0.4 from 2027Q1 in 4 steps",
        "1 from 2027Q1 in 4 steps",
    ]
    assert spec.parameters.negative_list.relist_pace == 0.05
    assert spec.shocks[0].size == 0.25
    assert load(Variant("history").yaml()).policy == Scenario.load("history").policy


def test_every_lever_is_in_one_group():
    assert [name for group in GROUPS for name in levers_of(group)] == [n for n in CATALOGUE if n != "zone_status"]


def test_a_link_brings_back_what_was_sent():
    state = json.loads(json.dumps({"variant": to_data(MINE), "end": 2030}))
    back = from_link(to_link(state))
    assert back == state
    assert variant_from(back["variant"]) == MINE
    assert to_data(Variant()) == {"base": "single_ftz"}


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", "é", base64.urlsafe_b64encode(zlib.compress(b"[1]")).decode(),
     base64.urlsafe_b64encode(zlib.compress(b"{" + b" " * 10_000_000)).decode(),
     to_link({"variant": {"ramp": float("inf")}}), to_link({"pins": ["\x00"] * 3}) + "A" * 16_000],
)  # fmt: skip
def test_a_broken_link_is_refused(text):
    with pytest.raises(InputError):
        from_link(text)


@pytest.mark.parametrize(
    "data",
    [None, [], {"bse": "history"}, {"base": "/etc/passwd"}, {"levers": {"ai_plus": 7}}, {"levers": {"x": 1}},
     {"levers": []}, {"ramp": "many"}, {"shocks": [1]}, {"shocks": [{"kind": "x"}]},
     {"start": "2012Q1", "levers": {"ai_plus": 1}}],
)  # fmt: skip
def test_a_link_to_something_impossible_is_refused(data):
    with pytest.raises(InputError):
        variant_from(data)


@pytest.mark.parametrize(
    "data",
    [{"beside": None}, {"beside": "cross_zone"}, {"reference": "baseline"}, {"reference": ["history"]}, {"seeds": 99},
     {"end": 2999}, {"view": "x"}, {"variant": {"base": "baseline"}}, {"pins": [["a", "b", "c"]]}, {"pins": [[1, "x"]]},
     {"pins": [[9, "name: x\nbase: history"]]}, {"pins": [[0, "name: x\nbase: history\nend: 3"]]},
     {"pins": [["a", "name: x\nbase: history\nend: 3"]]}, {"pins": [[0, "name: x\nbase: history"]] * 5},
     {"variant": {"ramp": "8.5"}}],
)  # fmt: skip
def test_a_link_whose_controls_say_something_impossible_is_refused(data):
    with pytest.raises(InputError):
        state_from(data)


def test_a_link_keeps_what_can_stand_beside_its_reference():
    state = state_from({"reference": "no_ftz", "beside": ["no_ftz", "gone", "ftz_fta", "ftz_fta"], "more": 1})
    assert (state.reference, state.beside, state.end, state.seeds) == ("no_ftz", ["ftz_fta"], 2035, 3)


def test_a_file_is_called_by_its_title_in_the_readers_language():
    titles = "title: {en: A road, zh: 一条路}\n"
    text = f"name: road\nbase: history\n{titles}"
    assert [title_of(text, lang) for lang in ("en", "zh")] == ["A road", "一条路"]
    assert title_of("name: road\nbase: history\n", "zh") == "road"
    for long in (text.replace("A road", "A road " * 10), text.replace("A road", '"A\\nroad"')):
        assert title_of(long, "en") == "road"
        assert title_of(f"{long}short: A lane\n", "en") == "A lane"
    assert title_of(Variant().yaml(), "zh") == "我的情景"


def test_a_link_of_the_first_version_loses_the_label_of_a_pin_and_keeps_its_file():
    text = "name: x\nbase: history"
    assert state_from({"pins": [["label", text]]}).pins == state_from({"pins": [[0, text]]}).pins == [(0, text)]


def test_equal_names_are_numbered_and_the_shipped_ones_are_taken():
    assert numbered(["a", "b", "a", "a (2)"], ["b"]) == ["a", "b (2)", "a (2)", "a (2) (2)"]


def test_scenarios_on_the_page_stay_apart_by_content_whatever_they_are_called(monkeypatch):
    pytest.importorskip("streamlit")
    from ftz_sim.lab import views
    from ftz_sim.lab.controls import Settings

    files = [Variant(base).yaml() for base in ("history", "cross_zone", "integrated")]
    monkeypatch.setattr(views, "simulate", lambda text, end, replicate: (text, end, replicate))
    shown = [views.Shown("cross-zone", text, "red") for text in files]
    scene = views.Scene(Settings(Variant("history", {"ai_plus": 1.0}), "history", [], 2030, 1), shown, None, "en")
    assert scene.run(2) == {text: [(text, 2030, 0), (text, 2030, 1)] for text in files}
    assert scene.subject == shown[2]


def test_a_report_calls_scenarios_what_the_page_calls_them_and_lends_no_title():
    pytest.importorskip("streamlit")
    from ftz_sim.lab.files import specifications

    file = "name: integrated\nbase: history\n"
    shown = [("integrated", Variant("integrated").yaml(), "integrated"), ("integrated (2)", file, ""),
             ("mine", file, ""), ("yours", Variant("history", {"ai_plus": 0.5}).yaml(), "")]  # fmt: skip
    specs = specifications(tuple(shown), 2030)
    assert [spec.name for spec in specs] == ["integrated", "integrated_2", "integrated_3", "my_scenario"]
    assert [spec.title.en for spec in specs[1:]] == ["integrated (2)", "mine", "yours"]
    assert specs[0].title == Scenario.load("integrated").title
    assert specs[1].policy == Scenario.load("history").policy


def test_words_of_users_are_no_markdown():
    pytest.importorskip("streamlit")
    from ftz_sim.lab.keep import plain

    assert plain("![a](http://b/c.png)\n:red[x] $y$") == (r"\!\[a\]\(http\://b/c\.png\)" "  \n" r"\:red\[x\] \$y\$")


@pytest.mark.parametrize(
    ("host", "own"),
    [("localhost:8501", True), ("LOCALHOST", True), ("127.0.0.1:8501", True), ("[::1]:8501", True), ("10.0.0.7", True),
     ("class.example", True), ("evil.example:8501", False), ("localhost.evil.example", False), ("", False),
     ("a]:1", False)],
)  # fmt: skip
def test_the_lab_answers_to_its_own_names_only(host, own):
    assert is_own(host, {"localhost", "class.example"}) is own


def test_the_lab_can_be_started_in_a_language_and_under_a_name_of_its_own(monkeypatch):
    pytest.importorskip("streamlit")
    called = []
    monkeypatch.setattr("ftz_sim.lab.server.run", lambda *args: called.append(args))
    done = CliRunner().invoke(app, ["lab", "--lang", "zh", "--host", "class.example", "--no-browser", "--port", "99"])
    assert done.exit_code == 0, done.output
    assert called == [(99, "localhost", ["class.example"], False, "zh")]


def test_messages_name_the_users_file_and_no_folder_of_ours():
    with pytest.raises(InputError, match=r"^mine\.yaml:3") as error:
        load("name: x\nbase: history\nhorizn: {end: 2030Q4}\n", name="mine.yaml")
    assert "tmp" not in str(error.value)
    with pytest.raises(InputError, match="smaller"):
        load("name: " + "x" * 200_000)


def read(html):
    """Return the first picture of a page's markup as XML, and its words for who does not see it."""
    found = re.search(r'base64,([^"]+)" alt="([^"]+)"', html)
    return ElementTree.fromstring(base64.b64decode(found[1])), found[2]


def line(name, end, colour="#123456"):
    values = np.linspace(0, end, 8)
    return charts.Line(name, colour, values, values - 0.1, values + 0.1)


def drawn(lines, zero=True):
    return charts.lines(lines, "GDP", "%", 46, 48, zero, "en")


def test_names_at_the_ends_of_lines_do_not_overlap():
    picture, _ = read(drawn([line(f"s{n}", 1 + n / 1000) for n in range(5)]))
    heights = sorted(float(text.get("y")) - 4 for text in picture.iter(f"{SVG}text") if re.match(r"s\d", text.text))
    assert len(heights) == 5 and np.diff(heights).min() > 0.99 * charts.LABEL
    assert heights[0] >= charts.TOP - 0.01 and heights[-1] <= charts.BOTTOM + 0.01


def test_a_chart_tells_its_end_values_in_words_and_under_the_mouse():
    html = drawn([line("mine", 2.0), line("theirs", -1.0)])
    picture, alt = read(html)
    assert "GDP" in alt and "2026Q2" in alt and "mine +2" in alt and "theirs −1" in alt
    assert "2025Q4\nmine: +1.4" in html
    years = [text.text for text in picture.iter(f"{SVG}text") if re.fullmatch(r"20\d\d", text.text)]
    assert years == ["2025", "2026"]
    high, low = (float(each.get("points").split(",")[-1]) for each in picture.iter(f"{SVG}polyline"))
    assert high < low  # the page's y points down


def test_a_chart_leaves_out_what_is_no_percentage():
    picture, alt = read(drawn([line("nothing", np.nan), line("mine", 2.0)]))
    assert "nothing –" in alt and "nan" not in alt
    assert [each.get("points") == "" for each in picture.iter(f"{SVG}polyline")] == [True, False]


def test_names_of_users_stay_text():
    html = drawn([line('<script>"x"', 1.0)])
    assert "<script" not in html and "&lt;script&gt;" in html


def test_tiles_are_grey_where_seeds_disagree():
    codes = tuple(TILES)
    gains = np.ones((2, 31))
    gains[1, 3] = -0.5
    picture, alt = read(charts.tiles(gains, codes, codes, {codes[0]}, "Map", "zh"))
    boxes = list(picture.iter(f"{SVG}rect"))
    assert boxes[3].get("fill") == charts.UNDECIDED
    assert boxes[4].get("fill") == charts.tile_colour(1.0)
    assert [box.get("stroke") for box in boxes[:2]] == [charts.INK, None]
    assert "30地受益" in alt and "1地未定" in alt


def test_a_timeline_has_one_bar_for_every_stretch():
    bars = charts.stretches("ai_plus", np.array([0, 0, 0.5, 0.5, 1.0]))
    assert [(bar.first, bar.end, bar.level) for bar in bars] == [(0, 2, 0.0), (2, 4, 0.5), (4, 5, 1.0)]
    picture, alt = read(charts.timeline(bars, "en"))
    widths = [float(box.get("width")) for box in picture.iter(f"{SVG}rect")]
    assert widths[0] == pytest.approx(2 * widths[2], rel=0.01) and "ai_plus 1.00" in alt


class Asking:
    """Threads that ask for turns; work waits until it may go, and notes the companies that it was given."""

    def __init__(self, turns):
        self.turns, self.go, self.begun, self.threads, self.answers = turns, threading.Event(), [], [], {}

    def work(self, requests):
        self.begun.append(list(requests))
        assert self.go.wait(5)
        return [name.upper() for name in requests]

    def ask(self, rank, name, **how):
        """Ask in a thread of its own, and wait until it is asked."""
        before = len(self.turns._waiting) + len(self.begun)

        def ask():
            self.answers[name] = self.turns.ask(rank, name, self.work, **how)

        self.threads.append(threading.Thread(target=ask))
        self.threads[-1].start()
        while len(self.turns._waiting) + len(self.begun) == before:
            time.sleep(0.001)

    def end(self):
        """Let work go on, and see that everybody has an own answer."""
        self.go.set()
        for thread in self.threads:
            thread.join(5)
        assert self.answers == {name: name.upper() for name in self.answers} and len(self.answers) == len(self.threads)


def test_the_first_seed_of_everybody_goes_before_anybodys_second():
    asking = Asking(Turns())
    for rank, name in ((0, "holder"), (2, "third"), (1, "second"), (0, "first"), (0, "late")):
        asking.ask(rank, name)
    asking.end()
    assert asking.begun == [["holder"], ["first"], ["late"], ["second"], ["third"]]


def test_as_many_are_answered_at_once_as_there_are_turns():
    asking = Asking(Turns(2))
    for name in "abcde":
        asking.ask(0, name)
    assert asking.begun == [["a"], ["b"]] and len(asking.turns._waiting) == 3
    asking.end()


def test_several_who_wait_for_the_same_are_answered_in_company():
    asking = Asking(Turns(2))
    for name in ("one", "two"):
        asking.ask(0, name, company=8)
    for name in "abcdefgh":
        asking.ask(0, name, company=8)
    for name in "xy":
        asking.ask(1, name, company=8)
    asking.end()
    assert sorted(map(len, asking.begun)) == [1, 1, 1, 1, 4, 4]  # a fair part each; two are answered sooner alone
    assert sorted("".join(names) for names in asking.begun if len(names) == 4) == ["abcd", "efgh"]


def test_what_goes_wrong_goes_wrong_for_all_who_asked_and_the_turn_is_free_again():
    turns, go, errors = Turns(), threading.Event(), []

    def fail(requests):
        assert go.wait(5)
        raise ValueError(len(requests))

    def ask(name):
        with pytest.raises(ValueError, match=r"\d") as error:
            turns.ask(0, name, fail, company=8)
        errors.append(int(str(error.value)))

    threads = [threading.Thread(target=ask, args=(name,)) for name in "abcd"]
    for number, thread in enumerate(threads):
        thread.start()
        while len(turns._waiting) < number or turns._free:
            time.sleep(0.001)
    go.set()
    for thread in threads:
        thread.join(5)
    assert sorted(errors) == [1, 3, 3, 3] and turns.ask(0, "a", list) == "a"


def test_runs_whose_reader_has_moved_on_are_left_out_and_not_kept(monkeypatch):
    pytest.importorskip("streamlit")
    from ftz_sim.lab import simulate

    made = []
    monkeypatch.setattr(pool.Pool, "do", lambda _, work, asked: made.append(asked) or [{"gdp": each} for each in asked])
    moved_on, one, other = (("nobody's file", 2030, 1), ("a file", 2030, 1), ("another", 2030, 1))
    requests = [(one, lambda: True), (moved_on, lambda: False), (other, lambda: True)]
    found = simulate._answered(pool.BACKGROUND, work.make_draws, requests)
    assert made == [[one, other]] and [found[place]["gdp"] for place in (0, 2)] == [one, other]
    for run in (simulate.over_part, simulate.simulate):
        with pytest.raises(simulate.NotWantedError):
            run(*moved_on, lambda: False)
    assert len(made) == 1 and simulate.over_part(*moved_on) == {"gdp": moved_on}


def test_draws_are_begun_together_and_joined_in_their_order(monkeypatch):
    pytest.importorskip("streamlit")
    from ftz_sim.lab import ahead, simulate

    every, asked = threading.Barrier(4), []

    def made(text, end, part, wanted=None):
        if wanted:
            asked.append((text, part, wanted))
            every.wait(5)  # all are begun before one of them ends
        return {"gdp": np.full((work.PART, 3), part)}

    monkeypatch.setattr(simulate, "over_part", made)
    monkeypatch.setattr(ahead, "over_part", made)
    page = ahead.Ahead(["a file", "another"], 2030)
    begun = page.draws(0, work.PART), page.draws(work.PART, work.DRAWS)
    assert [[each.result(5) for each in half] for half in begun] == [[None] * 2] * 2
    assert sorted((text, part) for text, part, _ in asked) == [(t, p) for t in ("a file", "another") for p in (0, 1)]
    assert all(wanted() for _, _, wanted in asked)
    assert simulate.over_draws("a file", 2030, work.PART)["gdp"][:, 0].tolist() == [0] * 8
    assert simulate.over_draws("a file", 2030, work.DRAWS)["gdp"][:, 0].tolist() == [0] * 8 + [1] * 8


def test_what_a_page_has_begun_is_not_wanted_any_more_when_its_reader_has_another(monkeypatch):
    st = pytest.importorskip("streamlit")
    from ftz_sim.lab import ahead

    wanted, reader = [], {}
    monkeypatch.setattr(st, "session_state", reader)
    monkeypatch.setattr(ahead, "simulate", lambda text, end, seed, is_wanted: wanted.append(is_wanted))
    for page in range(2):
        (seed,) = ahead.Ahead(["a file"], 2030 + page).seeds(1)
        assert seed.result(5) is None and wanted[page]()
    assert not wanted[0]()
    monkeypatch.setattr(st, "session_state", {})  # of another reader
    ahead.Ahead(["a file"], 2030)
    assert wanted[1]()


def test_work_ahead_that_fails_or_whose_page_is_closed_ends_and_who_asks_is_told():
    pytest.importorskip("streamlit")
    from ftz_sim.lab import ahead, simulate

    def closed():
        raise ahead.StopException

    assert ahead.begin(closed).result(5) is None
    assert ahead.begin(lambda: simulate.simulate("base: nowhere", 2030, 0)).result(60) is None
    with pytest.raises(InputError):
        simulate.simulate("base: nowhere", 2030, 0)


def test_runs_in_company_are_those_that_they_are_alone_and_errors_are_their_own():
    texts = [Variant("history", levers={"ai_plus": level}).yaml() for level in (0.2, 0.4)]
    requests = [(texts[0], 2025, 0), ("base: nowhere", 2025, 0), (texts[1], 2025, 0), (texts[0], 2024, 0)]
    found = work.make(requests)
    assert isinstance(found[1], InputError)
    work.PASTS.forget()
    for request, made in zip(requests, found, strict=True):
        (alone,) = work.make([request])
        if not isinstance(made, InputError):
            assert made.seed == alone.seed and made.fired == alone.fired
            for table in ("national", "regions", "zones"):
                mine, other = getattr(made, table), getattr(alone, table)
                assert mine.keys() == other.keys() and all(np.array_equal(mine[key], other[key]) for key in mine)
    assert len(work.SEEDS_AT_FORK) == 1


def sleeps(begun: Path) -> None:
    begun.touch()
    time.sleep(60)


def test_a_lost_process_is_replaced_and_all_end_with_the_server(tmp_path):
    one = pool.Pool()
    assert one.do(abs, -1) == 1
    first = one.do(os.getpid)
    with pytest.raises(BrokenProcessPool):
        one._executor().submit(os._exit, 1).result()
    assert one.do(abs, -2) == 2 and one.do(os.getpid) not in (first, os.getpid())
    lost, new = object(), one._executor()
    one._end(lost)  # what another thread has ended already
    assert one._executors == [new] and one.do(abs, -3) == 3
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(one.do, sleeps, tmp_path / "begun")
        while not (tmp_path / "begun").exists():
            time.sleep(0.01)
        one.stop()
        with pytest.raises(RuntimeError, match="shutdown"):
            waiting.result(10)
    with pytest.raises(RuntimeError, match="the lab has ended"):  # and nothing begins anew
        one.do(abs, -4)
    assert one._executors == []


@pytest.mark.skipif(not hasattr(os, "nice"), reason="no priorities")
def test_what_is_done_in_the_background_leaves_the_processors_to_others():
    mine, before, behind = os.nice(0), pool.Pool(), pool.Pool(background=True)
    assert before.do(os.nice, 0) == mine
    assert behind.do(os.nice, 0) == min(mine + BEHIND, 19)  # the last that there is
    before.stop()
    behind.stop()


def test_draws_are_the_same_in_any_company_and_pair_scenarios():
    texts = [Variant("single_ftz", {"ai_plus": level}).yaml() for level in (0.4, 0.9)]
    first, invalid, second = work.make_draws([(texts[0], 2026, 0), ("base: nowhere", 2026, 0), (texts[1], 2026, 0)])
    assert isinstance(invalid, InputError)
    (third,) = work.make_draws([(texts[1], 2026, 1)])
    (again,) = work.make_draws([(texts[0], 2026, 0)])  # alone, and from pasts that are kept
    assert len(first["gdp"]) == len(third["gdp"]) == work.PART and len(work.AT_FORK) <= work.MOST_AT_FORK
    for name, values in again.items():
        np.testing.assert_array_equal(values, first[name])
    gdp, other = (each["gdp"][:, -1] for each in (first, second))
    assert gdp.std() / gdp.mean() > 10 * (other / gdp).std() > 0  # parameters move both alike
    for number, made in ((3, second["gdp"][3]), (work.PART + 3, third["gdp"][3])):
        drawn = apply(load(texts[1], 2026), work.draws_of(load(texts[1], 2026))[number])
        alone = attempt(drawn, work.seed_of(number)).result
        np.testing.assert_array_equal(made, alone.national["gdp"].astype(np.float32))


def test_a_variant_that_goes_on_from_a_kept_past_gives_the_numbers_of_a_whole_run():
    pytest.importorskip("streamlit")
    from ftz_sim.lab import simulate

    first = simulate.simulate(Variant("single_ftz", {"ai_plus": 0.4}).yaml(), 2026, 1)
    second = simulate.simulate(Variant("integrated", {"ai_plus": 0.9}).yaml(), 2026, 1)
    assert first.seed == second.seed
    whole = all_tables(
        FtzModel(load(Variant("integrated", {"ai_plus": 0.9}).yaml(), 2026), rng=second.seed).run().recorder.records
    )
    for name, values in second.national.items():
        np.testing.assert_array_equal(values, whole.national[name].astype(np.float32))
    assert second.finals["gdp"] == pytest.approx(whole.national["gdp"][-4:].mean(), rel=1e-6)


def test_a_lever_is_explained_by_claims_rules_and_parameters():
    assert [rule.name for rule in explain.rules_of("carbon_budget")] and explain.claims_of("carbon_budget")
    names = {rule.name for rule in explain.rules_of("institutional_innovation")}
    assert "institutional_innovation" in names
    frame = explain.parameters_of(explain.rules_of("institutional_innovation"))
    assert {path.partition(".")[0] for path in frame["parameter"]} <= names


def test_levels_are_means_over_open_zones():
    levels = explain.levels(Scenario.load("single_ftz"))
    assert levels["ai_plus"][-1] == 1
    assert levels["ai_plus"][0] == 0
    assert levels["zone_status"][3] == 1  # Shanghai alone
    assert not explain.levels(Scenario.load("no_ftz"))["ai_plus"].any()


WAITS = """\
name: waits
base: history
horizon: {fork: 2013Q3}
rules:
  - {name: a, when: {indicator: gdp, above: 0, quarters: 3}, then: [{lever: agreement_upgrade, level: 0.8, ramp: 2}]}
  - {name: b, when: {indicator: gdp, below: 0}, then: [{lever: ai_plus, level: 1}]}
"""


def test_levels_are_moved_by_rules_that_have_fired_and_by_no_others():
    (made,) = work.make([(WAITS, 2014, 0)])
    assert made.fired == {"a": Quarter(2013, 4).index}
    spec = load(WAITS, 2014)
    dated, moved = explain.levels(spec), explain.levels(spec, made.fired)
    assert moved["agreement_upgrade"][3:5].tolist() == [0.4, 0.8] and not dated["agreement_upgrade"][:5].any()
    assert all(np.array_equal(moved[name], dated[name]) for name in dated if name != "agreement_upgrade")


def test_a_timeline_of_shares_says_so_and_leaves_the_room_it_is_told_to():
    bars = charts.stretches("a", np.array([0.0] * 8 + [0.5] * 8))
    picture, alt = read(charts.timeline(bars, "en", 300.0, "lab.alt_rules", ".0%"))
    assert alt == "Share of seeds in which each rule has fired, by quarter; by 2016Q4: a 50%"
    assert float(next(bar for bar in picture.iter() if bar.tag.endswith("rect")).get("x")) == 300
    assert charts.room_for(["a", "much longer"]) > charts.room_for(["a"])


def test_years_below_a_narrow_plot_do_not_meet():
    for wide in (90, 140, 147, 280):
        drawing = charts.Drawing(300, 200, "")
        charts._years(drawing, charts.Plot(10, 10 + wide, 36, 79, 0, 1), 20)
        places = [float(text.get("x")) for text in drawing.root]
        assert np.diff(places).min(initial=99) >= charts.YEAR


def test_areas_of_new_zones_lie_in_every_scenario_and_are_closed_where_it_has_none():
    own = "name: own\nbase: history\nnew_zones: [{province: QH, opens: 2026Q1, like: SC}]\n"
    zones = (*load(own).new_zones, NewZone(province="GZ", opens=Quarter(2027, 1), like="YN"))
    plain = Variant("history", levers={"ai_plus": 0.5}).yaml()
    texts = [with_areas(text, zones) for text in (plain, own)]
    specs = [load(text) for text in texts]
    check_new_zones(specs)
    for spec, opened in zip(specs, ([], ["QH"]), strict=True):
        status = policy_of(spec).level("zone_status")[-1]
        assert [code for code in ("QH", "GZ") if status[spec.zone_codes.index(code)]] == opened
        assert status[:22].all()
    others = [[step for step in each.policy if step.lever != "zone_status"] for each in (load(plain), specs[0])]
    assert others[0] == others[1]
