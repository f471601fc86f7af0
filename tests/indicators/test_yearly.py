from __future__ import annotations

import numpy as np
import pytest

from ftz_sim.indicators.yearly import cumulated, discounted, last_year, year


def test_a_year_by_hand():
    values = np.array([4.0, 8, 12, 16, 1, 1])
    assert year(values, 2013, "last") == 16
    assert year(values, 2013, "mean") == 10
    assert year(values, 2013, "sum") == 10  # annual rates: quarters 1 + 2 + 3 + 4
    assert year(values, 2014, "sum") == 1  # a year cut by the horizon


def test_years_beyond_the_run_are_an_error():
    for number in (2012, 2015):
        with pytest.raises(ValueError, match=str(number)):
            year(np.ones(6), number, "mean")


def test_the_last_year():
    assert [last_year(n) for n in (1, 4, 5, 92)] == [2013, 2013, 2014, 2035]


def test_sums_by_hand():
    rates = np.array([9.0, 4, 8])
    assert cumulated(rates, 1) == 3
    assert discounted(rates, 1, 0.03) == pytest.approx(1 + 2 * 1.03**-0.25)
    assert discounted(rates, 1, 0.0) == 3
