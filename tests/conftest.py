"""Fixtures that the whole suite shares."""

from __future__ import annotations

import pytest

from builders import small
from ftz_sim.model import FtzModel


@pytest.fixture(scope="session")
def history_run() -> FtzModel:
    """History, 2,000 firms, played to 2035Q4."""
    return FtzModel(small(), rng=1).run()
