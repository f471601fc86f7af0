"""Follow one province, zone or firm through time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from ftz_sim.lab import charts
from ftz_sim.lab.simulate import place_frame, simulate
from ftz_sim.lab.variants import FIRMS, load
from ftz_sim.story import tell, watch
from ftz_sim.story.tell import Story
from ftz_sim.words import Lang, say

if TYPE_CHECKING:
    from ftz_sim.lab.views import Scene


def follow(scene: Scene) -> None:
    """Show a place's series beside the reference, and tell the story of a place or firm."""
    lang = scene.lang
    kinds = ["region", "zone", "firm"]
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    kind = left.segmented_control(say("lab.follow_kind", lang), kinds, default="region", required=True,
                                  format_func=lambda k: say(f"lab.follow_{k}", lang), key="follow_kind")  # fmt: skip
    subject = scene.subject
    own = simulate(subject.text, scene.settings.end, 0)
    if kind == "firm":
        code = str(right.number_input(say("lab.follow_slot", lang), 0, FIRMS - 1, 0, key="follow_slot"))
    else:
        codes, en, zh = own.codes["regions" if kind == "region" else "zones"]
        names = dict(zip(codes, zh if lang == "zh" else en, strict=True))
        code = right.selectbox(say(f"lab.follow_{kind}", lang), codes, format_func=lambda c: f"{names[c]} ({c})",
                               key=f"follow_{kind}")  # fmt: skip
        _series(scene, kind, codes.index(code))
    key = (subject.text, scene.settings.end, own.seed, kind, code, lang)
    if st.button(say("lab.follow_tell", lang)):
        st.session_state.told = key
    if st.session_state.get("told") == key:
        _show(_story(*key), lang)


def _series(scene: Scene, kind: str, row: int) -> None:
    table = "regions" if kind == "region" else "zones"
    shown = dict.fromkeys((scene.shown[0], scene.subject))
    frame = pd.concat(
        [place_frame(simulate(each.text, scene.settings.end, 0), table, row, each.label, scene.lang) for each in shown],
        ignore_index=True,
    )
    drawn = charts.facets(frame, {each.label: each.colour for each in shown})
    for start in range(0, len(drawn), 3):
        for column, chart in zip(st.columns(3), drawn[start : start + 3], strict=False):
            column.vega_lite_chart(chart, width="stretch", theme=None)


@st.cache_data(max_entries=100, show_spinner="…")
def _story(text: str, end: int, seed: int, kind: str, code: str, lang: Lang) -> Story:
    return tell(watch(load(text, end), seed, kind, code), lang)


def _show(story: Story, lang: Lang) -> None:
    st.markdown(f"#### {story.title}")
    for line in story.about:
        st.markdown(line)
    st.markdown(f"**{say('story.happened', lang)}**")
    if not story.events:
        st.caption(say("story.nothing", lang))
    from ftz_sim.clock import Quarter

    st.markdown(
        "\n".join(f"{i}. {Quarter.at(event.quarter)} · {event.text}" for i, event in enumerate(story.events, 1))
    )
    st.markdown(f"**{say('story.ledger', lang)}**")
    for line in story.ledger:
        st.markdown(f"- {line}")
