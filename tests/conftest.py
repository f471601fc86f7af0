"""The suite expects English; a test of another language asks for it. Slow machines fail no property."""

import os

import pytest
from hypothesis import settings

os.environ["LC_ALL"] = "C.UTF-8"
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


@pytest.fixture(scope="module")
def few_figures():
    """Leave one figure to every page: for tests that are not about figures, whose drawing is most of a page's time."""
    from ftz_sim.report.figures import OF_COMPARISON, OF_RUN

    with pytest.MonkeyPatch.context() as patch:
        for drawings in (OF_COMPARISON, OF_RUN):
            for name in [*drawings][1:]:
                patch.delitem(drawings, name)
        yield
