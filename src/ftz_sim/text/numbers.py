"""Numbers as people read them: a value, a difference, and a difference with its interval.

A number that has an interval is as exact as the interval is: its last digit stands at the place of the first
significant digit of the half-width (after the GUM, JCGM 100:2008, 7.2.6), so +2.76 ± 0.04, but +0.3 ± 0.1. One digit
more where the interval leaves out 0 and would not read so: +0.14 ± 0.13.
"""

from __future__ import annotations

from math import floor, isfinite, log10, nan
from typing import NamedTuple

MISSING = "–"
ROUNDING, FINEST = 1e-9, 1e-6  # half-widths below, of a number or at all, are none


class Estimate(NamedTuple):
    """A difference with its interval, in words; without an interval all but the first are empty."""

    value: str
    half: str = ""  # half-width
    low: str = ""
    high: str = ""
    sure: bool = False  # the interval leaves out 0

    @property
    def spread(self) -> str:
        """Half-width with the mark of an interval that leaves out 0; empty without an interval."""
        return f"± {self.half}{' *' if self.sure else ''}" if self.half else ""

    @property
    def interval(self) -> str:
        """The interval in brackets; empty without one."""
        return f"[{self.low}, {self.high}]" if self.half else ""


def number(value: float, digits: int = 3, decimals: int = 4) -> str:
    """Write a number with so many significant digits and at most so many decimals; nan as a dash."""
    if not isfinite(value):
        return MISSING
    return _fixed(value, _places(value, digits, decimals)) if value else "0"


def exact(value: float) -> str:
    """Write a number that was given, ten digits of it and at most twelve decimals, without needless zeros."""
    text = _fixed(value, _places(value, 10, 12)) if value else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


def signed(value: float, digits: int = 2, decimals: int = 3) -> str:
    """Write a difference with its sign, so many significant digits and at most so many decimals; nan as a dash."""
    if not isfinite(value):
        return MISSING
    if abs(value) < 0.5 * 10.0**-decimals:
        return "0"
    return _signed(value, _places(value, digits, decimals))


def p_value(value: float) -> str:
    """Write what a test gives: three decimals, and no 0 for what is small; nan as a dash."""
    if not isfinite(value):
        return MISSING
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def estimate(value: float = nan, low: float = nan, high: float = nan) -> Estimate:
    """Write a difference, or a range alone, as exactly as the interval from ``low`` to ``high`` allows."""
    half, sure = (high - low) / 2, low > 0 or high < 0
    if not isfinite(half):
        return Estimate(signed(value))
    if half <= max(FINEST, ROUNDING * max(abs(low), abs(high))):
        return Estimate(signed(value), "0", signed(low), signed(high), sure)
    places = -int(f"{half:.0e}".split("e")[1])
    hidden = not all(round(end, places) for end in (low, high)) or abs(round(value, places)) <= round(half, places)
    places += sure and hidden
    middle = _signed(value, places) if isfinite(value) else MISSING
    return Estimate(middle, _fixed(half, places), _end(low, places, sure), _end(high, places, sure), sure)


def _end(value: float, places: int, sure: bool) -> str:
    """Write an end of an interval; where it leaves out 0, no end reads as 0."""
    return signed(value, 1, places + 2) if sure and not round(value, places) else _signed(value, places)


def _places(value: float, digits: int, decimals: int) -> int:
    return min(max(digits - 1 - floor(log10(abs(value))), 0), decimals)


def _signed(value: float, places: int) -> str:
    text = _fixed(value, places)
    return f"+{text}" if round(value, places) > 0 else text


def _fixed(value: float, places: int) -> str:
    """Round to ``places`` decimals, or before the point if that is negative; never -0."""
    return f"{round(value, places) + 0.0:,.{max(places, 0)}f}".replace("-", "−")
