import shutil
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
import synthetic
from matplotlib.text import Text

from ftz_sim.indicators.variables import GROWTH_ACCOUNT, HEADLINES, NATIONAL
from ftz_sim.report import figures, style
from ftz_sim.report.differences import INDICATORS, differences
from ftz_sim.report.figures import COMPARE, FIGURES, RUN, draw
from ftz_sim.report.lists import effective, published
from ftz_sim.report.scorecard import scorecard
from ftz_sim.report.tables import Experiment
from ftz_sim.runs.executors import dismiss_workers, kept_pool, kept_workers
from ftz_sim.text.numbers import estimate

SHIPPED = synthetic.SCENARIOS
SVG = "{http://www.w3.org/2000/svg}"

OF_RUN, OF_COMPARISON = ([name for name, each in FIGURES.items() if kind in each.kinds] for kind in (RUN, COMPARE))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All strategies that ship, and one with a long name."""
    folder = synthetic.write(tmp_path_factory.mktemp("experiment"), (*SHIPPED[:3], "mine", *SHIPPED[3:]))
    spec = folder / "scenarios" / "mine.yaml"
    short = "short: {en: A strategy whose short name is long, zh: 简称其实并不简短的战略}\n"
    spec.write_text(spec.read_text(encoding="utf-8") + short, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def drawn(folder):
    return draw(folder)


def texts(path):
    return [node.text or "" for node in ET.parse(path).getroot().iter(f"{SVG}text")]


def test_every_figure_is_drawn_in_both_languages(drawn):
    kinds = ("svg", "png") if style.chinese_font() else ("svg",)
    expected = {f"{name}.en.{kind}" for name in OF_COMPARISON for kind in ("svg", "png")}
    expected |= {f"{name}.zh.{kind}" for name in OF_COMPARISON for kind in kinds}
    assert {path.name for path in drawn} == expected
    assert all(path.stat().st_size > 5_000 for path in drawn)


def test_text_stays_text_and_every_figure_is_stamped(drawn):
    for path in drawn:
        if path.suffix == ".svg":
            words = texts(path)
            assert any("ftz_sim 0.1.0" in text and "3" in text and "7" in text for text in words), path.name


def test_figures_of_differences_show_ranges_over_draws_and_say_so(folder, tmp_path):
    with_draws = shutil.copytree(folder, tmp_path / "draws", ignore=shutil.ignore_patterns("figures"))
    synthetic.add_draws(with_draws)
    for lang, words in (("en", "nine in ten of 40 draws of parameters (2,000 firms)"), ("zh", "40次参数抽样中九成")):
        drawings = {name: figures.figure(with_draws, name, lang) for name in OF_COMPARISON}
        saying = {name for name, each in drawings.items() if any(words in t.get_text() for t in each.findobj(Text))}
        assert saying == {"differences", "paths", "trade_offs"}
    shown, plain = (Experiment.read(each) for each in (with_draws, folder))
    low, high = shown.range_of("gdp", "integrated")
    assert high == pytest.approx(4 * low) and plain.range_of("gdp", "integrated") is None
    row, without = (scorecard(each, "en", ["gdp"])[0].cells[-2] for each in (shown, plain))
    assert (
        row.drawn == "{0.low} … {0.high}".format(estimate(low=low, high=high))
        and row.drawn.split(" … ")[0] in row.words
    )
    assert without.drawn == ""


def test_figures_have_a_title_for_readers_and_no_date(drawn):
    for path in drawn:
        if path.suffix == ".svg":
            title = ET.parse(path).getroot().find(f"{SVG}title")
            assert title is not None
            assert title.text in texts(path)
            assert "dc:date" not in path.read_text(encoding="utf-8")


def test_english_figures_have_no_chinese_and_chinese_ones_no_english_labels(drawn):
    chinese = {NATIONAL[name].zh for name in HEADLINES}
    english = {NATIONAL[name].en for name in HEADLINES if name != "gdp"}
    for path in drawn:
        if path.suffix == ".svg":
            words = set(texts(path))
            if ".en." in path.name:
                assert not any("\u4e00" <= letter <= "\u9fff" for text in words for letter in text), path.name
            else:
                assert not words & english
                assert "paths" not in path.name or chinese <= words


def test_labels_of_one_panel_do_not_overlap(folder):
    from ftz_sim.report.paths import LABEL_HEIGHT, PATHS, paths

    with style.house_style("en"):
        figure = paths(Experiment.read(folder), "en")
    for axes in figure.axes:
        low, high = axes.get_ylim()
        heights = sorted((text.get_position()[1] - low) / (high - low) * PATHS.high for text in axes.texts)
        assert len(heights) >= 7
        assert min(b - a for a, b in pairwise(heights)) > 0.99 * LABEL_HEIGHT


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_names_of_panels_beside_each_other_keep_apart(folder, lang, monkeypatch):
    monkeypatch.setattr(style, "LATIN_FONTS", ("DejaVu Sans",))  # the widest
    with style.house_style(lang):
        figure = differences(Experiment.read(folder), lang)
        figure.draw_without_rendering()
    heads = [text.get_window_extent() for axes in figure.axes for text in axes.texts if text.get_weight() == "bold"]
    assert len(heads) == len(INDICATORS)
    for left, right in pairwise(heads):
        if right.x0 > left.x0:  # in one row
            assert right.x0 - left.x1 > 0.5 * figure.dpi
    lowest = [text.get_window_extent() for axes in figure.axes for text in axes.get_xticklabels()]
    assert not any(head.overlaps(label) for head in heads for label in lowest)  # of the row above


def test_the_same_folder_gives_the_same_bytes(folder, drawn, tmp_path, monkeypatch):
    some = {name: FIGURES[name] for name in ("levels", "provinces")}
    monkeypatch.setattr(figures, "FIGURES", some)
    first = {path.name: path.read_bytes() for path in drawn}
    shutil.copytree(folder, tmp_path / "again", ignore=shutil.ignore_patterns("figures"))
    for path in draw(tmp_path / "again", "en"):
        assert path.read_bytes() == first[path.name], path.name


def test_processes_that_are_kept_draw_a_language_each_and_the_same_bytes(tmp_path, monkeypatch):
    folder = synthetic.write(tmp_path, ["history"], 1, 60, compared=False)
    dismiss_workers()
    here = [(path, path.read_bytes()) for path in draw(folder)]
    monkeypatch.setattr(figures, "save", None)  # nothing more is drawn here
    with kept_pool(2):
        pass
    try:
        assert [(path, path.read_bytes()) for path in draw(folder)] == here
        assert kept_workers() == 2
    finally:
        dismiss_workers()


def test_a_run_of_one_scenario_and_one_seed(tmp_path):
    folder = synthetic.write(tmp_path, ["history"], 1, compared=False)
    assert {path.name for path in draw(folder, "en")} == {f"{n}.en.{k}" for n in OF_RUN for k in ("svg", "png")}


def test_a_comparison_of_two_with_one_seed_and_a_short_horizon(tmp_path, monkeypatch):
    monkeypatch.setattr(style, "kinds", lambda lang: ("svg",))
    folder = synthetic.write(tmp_path, ["no_ftz", "mine"], 1, 60)
    assert len(draw(folder, "en")) == len(OF_COMPARISON)


@pytest.mark.parametrize("length", [1, 5, 48])
def test_a_horizon_that_ends_before_scenarios_part(tmp_path, monkeypatch, length):
    some = {name: FIGURES[name] for name in ("paths", "negative_lists", "growth_account")}
    monkeypatch.setattr(figures, "FIGURES", some)
    assert draw(synthetic.write(tmp_path, ["history", "mine"], 2, length), "en")


def test_without_a_chinese_font_only_the_svg_is_written_and_said_once(tmp_path, monkeypatch):
    folder = synthetic.write(tmp_path, ["history"], 1, compared=False)
    for module in (style, figures):
        monkeypatch.setattr(module, "chinese_font", lambda: None)
    monkeypatch.setattr(figures, "FIGURES", {"growth_account": FIGURES["growth_account"]})
    monkeypatch.setattr(style, "CHINESE_FONTS", ("No such font",))
    with pytest.warns(UserWarning, match="fonts-noto-cjk") as warned:
        written = draw(folder)
    assert len(warned) == 1
    assert {path.suffix for path in written if ".zh." in path.name} == {".svg"}
    assert {path.suffix for path in written if ".en." in path.name} == {".svg", ".png"}
    assert any("增长" in text for text in texts(folder / "figures" / "growth_account.zh.svg"))


def test_an_unknown_language_is_refused(folder):
    with pytest.raises(ValueError, match="'fr'"):
        draw(folder, "fr")


def test_a_dollar_sign_in_a_title_stays_a_dollar_sign(tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "FIGURES", {"levels": FIGURES["levels"]})
    folder = synthetic.write(tmp_path, ["x"], 1, 60, compared=False)
    (folder / "scenarios" / "x.yaml").write_text("title: {en: $a_1$ & <b>, zh: 元}\n", encoding="utf-8")
    draw(folder, "en")
    assert any("$a_1$ & <b>" in text for text in texts(folder / "figures" / "levels.en.svg"))


def test_what_is_drawn_exists():
    assert {*HEADLINES, *INDICATORS, *GROWTH_ACCOUNT, "growth_total"} <= set(NATIONAL)


def test_dates_of_editions():
    assert effective("2022-01-01") == 2022
    assert effective("2014-07") == pytest.approx(2014 + 181 / 365)
    editions = published()
    zone = editions[editions["list"] == "FTZ foreign investment"].sort_values("at")
    assert zone["items"].tolist() == [190, 139, 122, 95, 45, 37, 30, 27]


def test_every_panel_of_an_attribution_names_its_own_parts(tmp_path):
    import json

    import pandas as pd

    parts = [f"part{i}" for i in range(20)]
    rows = []
    for place, indicator in enumerate(("gdp", "nqp_fixed", "theil", "co2")):
        for i, part in enumerate(parts):  # the largest parts of one indicator are the smallest of the next
            size = (i if place % 2 else len(parts) - i) / 10
            rows.append({"indicator": indicator, "part": part, "shapley": size, "one_in": size})
        rows += [{"indicator": indicator, "part": part, "shapley": 1.0, "one_in": 1.0} for part in ("synergy", "gap")]
    table = pd.DataFrame(rows).assign(levers="", n=3, one_out=0.1)
    for value in ("shapley", "one_in", "one_out"):
        table[f"{value}_low"], table[f"{value}_high"] = table[value] - 0.1, table[value] + 0.1
    table.to_csv(tmp_path / "attribution.csv", index=False)
    manifest = {"kind": "attribute", "strategy": "integrated", "reference": "single_ftz", "version": "0.1.0"}
    manifest |= {"labels": {}, "inputs": {}, "outputs": {}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    draw(tmp_path)
    words = texts(tmp_path / "figures" / "waterfall.en.svg")
    assert words.count("part0") == words.count("part19") == 2, "each stands beside the panels in which it is large"
