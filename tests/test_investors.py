"""What foreign capital and trust in lists do in whole runs: signs, by seed, in runs that differ in nothing else.

What is done to a world, and what is noted of it, is that of `make falsify`, on earlier dates.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "studies"))  # studies import each other

from falsification import investors
from falsification.common import NO_CHANCE, Size, play, spec_of, untouched

SIZE = Size(2_000, 2)
FROM, BROKEN, END = 4, range(8, 12), 20  # quarters since 2013Q1
CASES = {
    "as it was": untouched,
    "no FDI": investors.without_fdi,
    "standstill": investors.promised(0.5),
    "ratchet": investors.promised(1.0),
    "relisting": investors.promised(1.0, broken=True),
    "open lists": investors.opened,
}
AGAINST = {"ratchet": "standstill", "relisting": "ratchet"}


@pytest.fixture(scope="module")
def gaps():
    """Return `gaps(case, what, quarter)`: differences from what was, by seed."""
    spec = spec_of("history", SIZE, NO_CHANCE, "horizon={fork: 2017Q1, end: 2017Q4}")
    with pytest.MonkeyPatch.context() as dates:
        dates.setattr(investors, "FROM", 2014)
        dates.setattr(investors, "TURN", 2015)
        runs = {name: play(spec, SIZE, after, investors.read) for name, after in CASES.items()}

    def gaps(name, what, quarter=END - 1):
        return runs[name][what][quarter] - runs[AGAINST.get(name, "as it was")][what][quarter]

    return gaps


@pytest.mark.parametrize("what", ["capital", "gdp", "real_income"])
def test_without_fdi_there_is_less_of_everything(gaps, what):
    assert (gaps("no FDI", what) < 0).all()
    assert (gaps("no FDI", what, FROM - 1) == 0).all()


def test_a_firmer_promise_draws_fdi(gaps):
    assert (gaps("ratchet", "fdi", FROM) > 0).all() and (gaps("ratchet", "fdi") > 0).all()


def test_a_year_of_relisting_lowers_fdi_for_years(gaps):
    assert (gaps("relisting", "fdi", BROKEN[0] - 1) == 0).all()
    assert (gaps("relisting", "fdi", BROKEN[-1]) < 0).all()
    assert (gaps("relisting", "fdi") < 0).all()


def test_empty_lists_draw_fdi(gaps):
    assert (gaps("open lists", "fdi") > 0).all()
