"""The suite expects English; a test of another language asks for it. Slow machines fail no property."""

import os
import sys

import pytest
from hypothesis import settings

LONGEST = ("test_lab", "test_site", "test_sweep", "test_engines")

os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or each of many processes would compile the package anew
sys.dont_write_bytecode = False
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


def pytest_collection_modifyitems(items):
    """Begin with the modules that take longest, so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: item.module.__name__.rpartition(".")[2] not in LONGEST)


@pytest.fixture(scope="module")
def few_figures():
    """Leave one figure to every page: for tests that are not about figures, whose drawing is most of a page's time."""
    from ftz_sim.report.figures import OF_COMPARISON, OF_RUN

    with pytest.MonkeyPatch.context() as patch:
        for drawings in (OF_COMPARISON, OF_RUN):
            for name in [*drawings][1:]:
                patch.delitem(drawings, name)
        yield
