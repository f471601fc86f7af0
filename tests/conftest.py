"""The suite expects English; a test of another language asks for it. Slow machines fail no property."""

import gc
import os
import sys

import pytest
from hypothesis import settings

LONGEST = ("test_lab", "test_site", "test_sweep", "test_engines")

os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or each of many processes would compile the package anew
sys.dont_write_bytecode = False
settings.register_profile("suite", deadline=None, max_examples=40)
settings.load_profile("suite")


def pytest_collection_modifyitems(items):
    """Begin with the modules that take longest, so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: item.module.__name__.rpartition(".")[2] not in LONGEST)


def pytest_collection_finish(session):
    """Keep the collector of garbage from looking through thousands of tests time and again."""
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _one_tree_of_commands():
    """Build the commands once, not for every call, which takes longer than most calls; anew after words in Chinese."""
    from typer import testing

    from ftz_sim.cli import help as of_commands

    kept, build, translate = {}, testing._get_command, of_commands.translate

    def kept_or_built(app):
        if id(app) not in kept:
            kept[id(app)] = build(app)
        return kept[id(app)]

    def translate_and_forget(command, context):
        kept.clear()  # its help is Chinese from now on
        translate(command, context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(testing, "_get_command", kept_or_built)
        patch.setattr(of_commands, "translate", translate_and_forget)
        yield


@pytest.fixture(autouse=True, scope="module")
def _svg_alone():
    """Write figures as SVG alone: PNG takes longer than all else. Tests that ask for PNG put another in its place."""
    with pytest.MonkeyPatch.context() as patch:
        for module in ("style", "page"):
            patch.setattr(f"ftz_sim.report.{module}.kinds", lambda lang: ("svg",))
        yield


@pytest.fixture(scope="module")
def pymoo():
    """Pass over tests of searches where their library is not installed."""
    pytest.importorskip("pymoo")


@pytest.fixture(scope="module")
def no_waiting_for_the_disk():
    """Write without waiting until it is on the disk: for tests that kill nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda _: None)
        yield


@pytest.fixture(scope="module")
def few_figures():
    """Leave one figure to every page: for tests that are not about figures, whose drawing is most of a page's time."""
    from ftz_sim.report.figures import FIGURES, RUNS

    before = dict(FIGURES)
    for name, record in [*before.items()][1:]:
        if {*record.kinds} & {*RUNS}:
            del FIGURES[name]
    try:
        yield
    finally:
        FIGURES.clear()  # for they are drawn in their order
        FIGURES.update(before)
