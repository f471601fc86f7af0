"""Widgets that keep their value when the language changes or another view is shown.

The framework knows a choice by its words: with one key in two languages it loses what was chosen. So a widget has
one key for each language, and its value, a code that no language touches, is kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from ftz_sim.text.words import Lang

T = TypeVar("T")
MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$&@^=])")


def keep(draw: Callable[..., T], name: str, value: T, lang: Lang, label: str, *args: Any, **options: Any) -> T:
    """Draw a widget that shows ``value`` and return what the user makes of it.

    Args:
        draw: a widget of the framework, such as ``st.selectbox``.
        name: of the widget, once on the page.
        value: what it shows; a value that differs from the widget's last one replaces what the widget shows.
        lang: language of its words.
        label: what stands beside it.
        args: for ``draw``.
        options: for ``draw``.
    """
    state, key, last = st.session_state, f"{name} ({lang})", f"last {name}"
    if key not in state or state.get(last) != (lang, value):
        state[key] = value
    value = draw(label, *args, key=key, **options)
    state[last] = lang, value
    return value


def remember(draw: Callable[..., T], name: str, first: T, lang: Lang, label: str, *args: Any, **options: Any) -> T:
    """Draw a widget whose value is kept under its own name, ``first`` at first; see `keep`."""
    state = st.session_state
    value = state.get(name, first)
    among = options.get("options", args[0] if args else None)
    if isinstance(among, list | tuple) and not isinstance(value, list) and value not in among:
        value = first  # what was chosen is no longer offered
    state[name] = value = keep(draw, name, value, lang, label, *args, **options)
    return value


def plain(text: str) -> str:
    """Return the words of a user as text that Markdown shows as it is: no picture, link or formula."""
    return MARKUP.sub(r"\\\1", text).replace("\n", "  \n")
