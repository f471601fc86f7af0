"""Tests of figures draw what a reader gets."""

import pytest


@pytest.fixture(autouse=True, scope="module")
def _svg_alone():
    """Write figures as PNG, too."""
