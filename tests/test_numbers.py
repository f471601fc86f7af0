"""Numbers as people read them."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest

from ftz_sim.text.numbers import estimate, exact, number, p_value, signed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.284, "+1.3"),
        (-5.38, "−5.4"),
        (12.34, "+12"),
        (-1234.5, "−1,234"),
        (0.0596, "+0.060"),
        (0.0001, "0"),
        (0, "0"),
    ],
)
def test_differences_have_a_sign_and_two_digits(value, text):
    assert signed(value) == text


def test_no_number_is_a_dash():
    assert signed(np.nan) == "–"


@pytest.mark.parametrize(
    ("value", "text"), [(0.0004, "< 0.001"), (0, "< 0.001"), (0.001, "0.001"), (0.2, "0.200"), (1, "1.000"), (nan, "–")]
)
def test_no_p_value_is_0(value, text):
    assert p_value(value) == text


def test_decimals_are_bounded():
    assert signed(0.0449, decimals=2) == "+0.04"
    assert signed(0.004, decimals=2) == "0"


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234.5, "1,234"), (12.345, "12.3"), (-0.5, "−0.500"), (0.00004, "0.0000"), (0, "0"), (nan, "–"), (inf, "–")],
)
def test_values_have_three_digits(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "low", "high", "text"),
    [
        (2.7619, 2.72, 2.80, "+2.76 ± 0.04 * [+2.72, +2.80]"),
        (0.31, 0.17, 0.45, "+0.3 ± 0.1 * [+0.2, +0.5]"),
        (0.31, 0.214, 0.406, "+0.3 ± 0.1 * [+0.2, +0.4]"),  # a half-width of 0.096 is 0.1
        (-0.028, -0.118, 0.062, "−0.03 ± 0.09 [−0.12, +0.06]"),
        (-0.0016, -0.02, 0.018, "0.00 ± 0.02 [−0.02, +0.02]"),
        (1234.0, 1200.0, 1268.0, "+1,230 ± 30 * [+1,200, +1,270]"),
        (3.0, -97.0, 103.0, "0 ± 100 [−100, +100]"),
        (-14.9, -26.0, -3.9, "−15 ± 11 * [−26, −4]"),
        (0.24, 0.09, 0.39, "+0.24 ± 0.15 * [+0.09, +0.39]"),
        (0.14, 0.01, 0.27, "+0.14 ± 0.13 * [+0.01, +0.27]"),  # nothing reads as 0 where 0 is left out
        (-0.14, -0.27, -0.00001, "−0.14 ± 0.13 * [−0.27, 0]"),  # but for what nobody would write
        (-100.0, -100.0, -100.0, "−100 ± 0 * [−100, −100]"),
        (0.0, 0.0, 0.0, "0 ± 0 [0, 0]"),
        (1e-14, -1e-13, 2e-13, "0 ± 0 [0, 0]"),  # rounding of a computer
        (2.5, 2.5 - 1e-12, 2.5 + 1e-12, "+2.5 ± 0 * [+2.5, +2.5]"),
        (nan, 0.31, 0.45, "– ± 0.07 * [+0.31, +0.45]"),
    ],
)
def test_differences_are_as_exact_as_their_intervals(value, low, high, text):
    found = estimate(value, low, high)
    assert f"{found.value} {found.spread} {found.interval}" == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (5e-5, "0.00005"), (-0.25, "−0.25"), (1e11, "100,000,000,000"), (100 * 0.07, "7"), (1e-13, "0")],
)
def test_numbers_that_were_given_have_no_exponent(value, text):
    assert exact(value) == text


@pytest.mark.parametrize("ends", [(), (nan, nan), (-inf, inf)])
def test_a_difference_without_an_interval_has_two_digits(ends):
    found = estimate(0.02834, *ends)
    assert (found.value, found.spread, found.interval) == ("+0.028", "", "")
