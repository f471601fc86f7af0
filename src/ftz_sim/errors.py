"""What is wrong with an input, in whole sentences, and the nearest name that would have been right."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class InputError(Exception):
    """Bad input: the message says where, what was found and what is allowed; nothing was written.

    The command line prints the message, without a traceback, and leaves with status 2.
    """


def nearest(name: object, names: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?`` for the closest of ``names``, or nothing when none is close."""
    by_lower = {known.lower(): known for known in names}
    close = get_close_matches(str(name).lower(), by_lower, n=1, cutoff=0.6)
    return f"; did you mean {by_lower[close[0]]!r}?" if close else ""


def listed(names: Iterable[str], most: int = 40) -> str:
    """Return ``a, b, c``, cut after ``most`` names."""
    names = list(names)
    rest = f" ... ({len(names)} in all)" if len(names) > most else ""
    return ", ".join(names[:most]) + rest


def short(value: object, longest: int = 60) -> str:
    """Return ``value`` as a user would have written it, cut after ``longest`` characters."""
    words = {None: "nothing", True: "true", False: "false"}
    if value is None or isinstance(value, bool):
        return words[value]
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    text = repr(value) if isinstance(value, str) else f"{value}"
    return text if len(text) <= longest else text[: longest - 3] + "..."
