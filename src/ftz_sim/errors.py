"""What is wrong with an input, in whole sentences of either language, and the nearest name that would have been right.

An error carries the key of its words in `text/errors.py` and what is to be filled in; whoever shows it chooses
the language: ``error.say("zh")``. ``str(error)`` is English.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from ftz_sim.text.errors import REASONS_ZH, SEPARATOR
from ftz_sim.text.words import Lang, say

# control characters but tab and line feed, halves of characters, and what is none: not for terminals, XML or UTF-8
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Sentence:
    """Words of the dictionary of errors, with values filled in when they are said.

    A value may itself be a sentence; lists are said as rows of names, or of lines if they hold sentences.
    """

    def __init__(self, key: str, /, **values: object) -> None:
        self.key, self.values = key, values

    def say(self, lang: Lang = "en") -> str:
        """Return the sentence in ``lang``."""
        values = {name: _said(value, lang) for name, value in self.values.items()}
        return visible(say(f"error.{self.key}", lang, **values))

    def __str__(self) -> str:
        return self.say()


class Both(NamedTuple):
    """Words in both languages that stand in another dictionary than that of errors."""

    en: str
    zh: str

    def say(self, lang: Lang = "en") -> str:
        """Return the words in ``lang``."""
        return self.zh if lang == "zh" else self.en


Words = Sentence | Both | str


class InputError(Sentence, ValueError):
    """Bad input: the message says where, what was found and what is allowed; nothing was written.

    The command line prints the message, without a traceback, and leaves with status 2.
    """


class StoreError(Sentence, RuntimeError):
    """Results cannot be written: the disk is full, or the folder went away. What was committed is kept."""


class LostWorkerError(Sentence, RuntimeError):
    """Worker processes ended without a result: out of memory, killed, or a machine was lost."""


def _said(value: object, lang: Lang) -> object:
    if isinstance(value, Sentence | Both):
        return value.say(lang)
    if isinstance(value, list | tuple):
        between = "\n" if any(isinstance(part, Sentence) for part in value) else SEPARATOR[lang]
        return between.join(str(_said(part, lang)) for part in value)
    return value


def visible(text: str) -> str:
    """Return ``text`` with the escapes of a Python text in place of what no terminal should be sent."""
    return UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)


def translated(english: str, rules: Iterable[tuple[str, str]]) -> Both:
    """Return what another library says, in Chinese as far as ``rules``, patterns and what replaces them, know it."""
    chinese = english
    for pattern, words in rules:
        chinese = re.sub(pattern, words, chinese)
    return Both(english, chinese)


def nearest(name: object, names: Iterable[str]) -> Words:
    """Return ``; did you mean 'x'?`` for the closest of ``names``, or nothing when none is close."""
    by_lower = {known.lower(): known for known in names}
    close = get_close_matches(str(name).lower(), by_lower, n=1, cutoff=0.6)
    return Sentence("nearest", name=by_lower[close[0]]) if close else ""


def listed(names: Iterable[str | Both], most: int = 40) -> Sentence:
    """Return ``a, b, c``, cut after ``most`` names."""
    names = list(names)
    return Sentence("names" if len(names) <= most else "names_cut", names=names[:most], n=len(names))


def short(value: object, longest: int = 60) -> Words:
    """Return ``value`` as a user would have written it, cut after ``longest`` characters."""
    if value is None:
        return Sentence("nothing")
    if isinstance(value, dict):
        return Sentence("a_mapping")
    if isinstance(value, list | tuple):
        return Sentence("a_list") if value else Sentence("an_empty_list")
    if isinstance(value, bool):
        return "true" if value else "false"
    text = repr(value) if isinstance(value, str) else f"{value}"
    return text if len(text) <= longest else text[: longest - 3] + "..."


def reason(error: OSError) -> Words:
    """Return why the system refused a file."""
    english = os.strerror(error.errno) if error.errno else str(error)
    return Both(english, REASONS_ZH.get(errno.errorcode.get(error.errno or 0, ""), english))
