"""What the console and a notebook show fits: tables at any width, objects in one line."""

import io
import re
import signal
import subprocess
import sys
from itertools import pairwise

import pytest

import ftz_sim as ftz
from ftz_sim import cli
from ftz_sim.cli import grids, show
from ftz_sim.runs import executors
from ftz_sim.runs.sweep_tables import SweepTables
from ftz_sim.text.shell import quoted

NAMES = ["no_ftz", "history", "cross_zone", "cross_zone_with_hinterland", "ftz_fta", "integrated"]
NUMBER = re.compile(r"(?<= )(?:[+-][0-9.e+-]+|± [0-9.e+-]+|[0-9]+ / [0-9]+)(?= .*│)")


@pytest.fixture(scope="module")
def result():
    return ftz.compare(["single_ftz", *NAMES], reps=2, firms=2000, end="2013Q4")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [60, 80, 100, 140, 200])
def test_no_number_is_cut_at_any_width(result, width, lang, monkeypatch, capsys):
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", "2000")
    show.comparison(result, lang)
    whole = NUMBER.findall(capsys.readouterr().out)
    monkeypatch.setenv("COLUMNS", str(width))
    show.comparison(result, lang)
    printed = capsys.readouterr().out
    found = NUMBER.findall(printed)
    assert len(whole) > len(NAMES)
    assert sorted(found) == sorted(whole)
    assert "…" not in printed
    lines = [line for line in printed.splitlines() if line[:1] in "┏┃┡│├└"]
    assert max(map(cell_len, lines)) <= width


def test_blocks_hold_every_name_once_and_in_order():
    for width, sizes in ((60, [1] * 6), (80, [2, 2, 2]), (200, [6])):
        found = grids.blocks(NAMES, width)
        assert [len(block) for block in found] == sizes
        assert [name for block in found for name in block] == NAMES
    assert all(len(a) >= len(b) for a, b in pairwise(grids.blocks(NAMES, 100)))


def test_objects_are_one_short_line(result):
    model = ftz.FtzModel(ftz.Scenario.load("history"), rng=1)
    assert repr(model.agents_by_type[ftz.Region][0]) == "<Region BJ>"
    assert repr(result).startswith("<Comparison of no_ftz, history") and repr(result).endswith(
        "with single_ftz: 2 replicates, 0 failed>"
    )


def test_a_scenario_and_a_loaded_sweep_are_one_short_line(tmp_path):
    spec = ftz.Scenario.load("history")
    assert repr(spec) == f"<Scenario history to 2035Q4: {len(spec.policy)} lever steps, {len(spec.shocks)} shocks>"
    manifest = {"scenarios": ["history", "ftz_fta"], "factors": ["growth"], "state": "done"}
    tables = SweepTables(tmp_path / "mine", manifest)
    assert repr(tables) == "<Sweep mine of history, ftz_fta: 1 factors, done>"


def test_a_model_takes_firms_and_an_end_over_those_of_its_scenario():
    model = ftz.FtzModel("history", firms=2000, end="2013Q2", rng=1)
    assert (model.spec.population.firms, str(model.spec.horizon.end)) == (2000, "2013Q2")
    with pytest.raises(ftz.InputError, match="history is loaded"):
        ftz.FtzModel(ftz.Scenario.load("history"), end="2013Q2")


@pytest.mark.parametrize(
    "call", [ftz.run, ftz.FtzModel, lambda name, **given: ftz.compare([name, "no_ftz"], reps=1, **given)]
)
@pytest.mark.parametrize("given", [{"end": "2030"}, {"end": "1999Q1"}, {"firms": 3}])
def test_what_is_wrong_with_an_argument_is_said_of_the_argument(call, given):
    (name, value), *_ = given.items()
    with pytest.raises(ftz.InputError, match=rf"^{name}={value}: ") as caught:
        call("history", **given)
    assert "--set" not in str(caught.value)


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("ascii", '+-+ | -1 +- 2 -> 3 >= 2 - "x" ... ??'),
        ("cp1252", "+-+ | -1 ± 2 -> 3 >= 2 – “x” … ??"),
        ("gbk", "┏━┓ ┃ -1 ± 2 → 3 ≥ 2 – “x” … 中文"),
        ("utf-8", "┏━┓ ┃ −1 ± 2 → 3 ≥ 2 – “x” … 中文"),
    ],
)
def test_a_stream_shows_what_it_lacks_in_plain_characters(encoding, shown, monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "argv", ["ftz", "--version"])
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with pytest.raises(SystemExit):
        cli.main()
    stream.write("┏━┓ ┃ −1 ± 2 → 3 ≥ 2 – “x” … 中文")
    stream.flush()
    assert stream.buffer.getvalue().decode(encoding).splitlines()[-1] == shown


def test_ctrl_c_after_all_is_done_shows_no_traceback(monkeypatch, capsys):
    def stopped():
        raise KeyboardInterrupt

    monkeypatch.setattr(executors, "dismiss_workers", stopped)
    monkeypatch.setattr(sys, "argv", ["ftz", "--version"])
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0 and capsys.readouterr().out == f"ftz_sim {ftz.__version__}\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk"])
def test_a_comparison_is_printed_whole_to_a_stream_that_lacks_characters(result, encoding, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "80")
    show.comparison(result, "en")
    printed = capsys.readouterr().out
    assert "±" in printed
    assert printed.encode(encoding, "plain").count(b"?") == printed.count("?")


def test_a_printed_command_is_one_for_every_shell():
    words = ["ftz", "compare", "my folder/a.yaml", "no_ftz", "--indicator", "gdp,patents", "--out", "results/甲"]
    assert quoted(words) == 'ftz compare "my folder/a.yaml" no_ftz --indicator "gdp,patents" --out results/甲'


def test_dir_lists_the_public_names():
    assert sorted(ftz.__all__) == [name for name in dir(ftz) if not name.startswith("_")]


def test_the_package_runs_as_a_module():
    done = subprocess.run([sys.executable, "-m", "ftz_sim", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"ftz_sim {ftz.__version__}"


def test_a_notebook_shows_small_tables_and_text_stays_text(result, tmp_path):
    run = ftz.run("history", firms=2000, end="2013Q2")
    spec = ftz.Scenario.load("history", ["shocks=[{kind: crisis, from: 2030Q1, to: 2030Q4}]"])
    harm = spec.model_copy(update={"title": spec.title.model_copy(update={"en": "<script>x</script>"})})
    manifest = {"scenarios": ["history"], "factors": ["growth"], "state": "done", "seed": 5}
    sweep = SweepTables(tmp_path, manifest)
    for thing, words in ((run, "Theil"), (spec, "sudden stop"), (result, "NQP index"), (sweep, "growth")):
        html = thing._repr_html_()
        assert html.startswith("<table>") and html.count("<tr>") >= 4 and len(html) < 6000 and words in html
    assert "<script>" not in harm._repr_html_() and "&lt;script&gt;" in harm._repr_html_()


def test_results_plot_the_figures_of_the_report(result, tmp_path):
    from matplotlib.figure import Figure

    run = ftz.run("history", firms=2000, end="2014Q4")
    assert isinstance(run.plot(), Figure)
    with pytest.raises(ftz.InputError, match=r"no figure 'levles'; did you mean 'levels'"):
        run.plot("levles")
    with pytest.raises(ftz.InputError, match="give out="):
        result.plot()
    names = ["single_ftz", "no_ftz"]
    found = ftz.compare(names, reps=2, firms=2000, end="2014Q4", out=tmp_path / "c")
    for name in ("differences", "provinces"):
        figure = found.plot(name, lang="zh")
        assert figure.texts[0].get_text().strip() and figure.axes
    assert "2014年" in found.plot("differences", lang="zh").texts[0].get_text()
    gap = ftz.attribute("no_ftz", "fta_only", reps=1, firms=2000, end="2013Q4", out=tmp_path / "a")
    assert repr(gap).startswith("<Attribution of no_ftz against fta_only") and "<table>" in gap._repr_html_()
    assert gap.plot().axes


def test_dir_lists_the_public_names_and_a_wrong_end_is_said_of_end():
    assert set(ftz.__all__) <= set(dir(ftz)) and not [name for name in dir(ftz) if name.startswith("_HOMES")]
    for call in (
        lambda: ftz.attribute("history", "no_ftz", end="2030"),
        lambda: ftz.Scenario.of("history", end="2030"),
    ):
        with pytest.raises(ftz.InputError, match=r"^end=2030: "):
            call()
