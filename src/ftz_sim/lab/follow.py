"""Follow one province, zone or firm through time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ftz_sim.lab import charts
from ftz_sim.lab.charts import Line
from ftz_sim.lab.keep import plain, remember
from ftz_sim.lab.simulate import place_series, simulate
from ftz_sim.lab.variants import FIRMS, load
from ftz_sim.model.clock import Quarter
from ftz_sim.story import tell, watch
from ftz_sim.story.tell import Story
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    from ftz_sim.lab.views import Scene, Shown


def follow(scene: Scene) -> None:
    """Show a place's series beside the reference, and tell the story of a place or firm."""
    lang = scene.lang
    kinds, subject = ["region", "zone", "firm"], scene.chosen()
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    kind = remember(left.segmented_control, "follow_kind", "region", lang, say("lab.follow_kind", lang), kinds,
                    required=True, format_func=lambda k: say(f"lab.follow_{k}", lang))  # fmt: skip
    own = simulate(subject.text, scene.settings.end, 0)
    if kind == "firm":
        slot = remember(right.number_input, "follow_slot", 0, lang, say("lab.follow_slot", lang), 0, FIRMS - 1)
        code = str(slot)
    else:
        codes, en, zh = own.codes.regions if kind == "region" else own.codes.zones
        names = dict(zip(codes, zh if lang == "zh" else en, strict=True))
        code = remember(right.selectbox, f"follow_{kind}", codes[0], lang, say(f"lab.follow_{kind}", lang), codes,
                        format_func=lambda c: f"{names[c]} ({c})")  # fmt: skip
        _series(scene, subject, kind, code)
    key = (subject.text, scene.settings.end, own.seed, kind, code, lang)
    if st.button(say("lab.follow_tell", lang)):
        st.session_state.told = key
    if st.session_state.get("told") == key:
        _show(_story(*key), lang)


def _series(scene: Scene, subject: Shown, kind: str, code: str) -> None:
    table = "regions" if kind == "region" else "zones"
    results = {each: simulate(each.text, scene.settings.end, 0) for each in (scene.shown[0], subject)}
    row = getattr(results[subject].codes, table).code.index(code)  # in all of them: all have the same zones
    found = [place_series(result, table, row, scene.lang) for result in results.values()]
    fork = scene.spec.horizon.fork.index
    drawn = []
    for series in zip(*found, strict=True):
        parts = [Line(s.label, s.colour, *(each.values,) * 3) for s, each in zip(results, series, strict=True)]
        drawn.append(charts.lines(parts, series[0].title, series[0].unit, 0, fork, False, scene.lang))
    st.html(charts.grid(drawn))


@st.cache_data(max_entries=100, show_spinner="…")
def _story(text: str, end: int, seed: int, kind: str, code: str, lang: Lang) -> Story:
    return tell(watch(load(text, end), seed, kind, code), lang)


def _show(story: Story, lang: Lang) -> None:
    st.markdown(f"## {plain(story.title)}")
    for line in story.about:
        st.markdown(plain(line))
    st.markdown(f"**{say('story.happened', lang)}**")
    if not story.events:
        st.caption(say("story.nothing", lang))
    st.markdown(
        "\n".join(f"{i}. {Quarter.at(event.quarter)} · {event.text}" for i, event in enumerate(story.events, 1))
    )
    st.markdown(f"**{say('story.ledger', lang)}**")
    for line in story.ledger:
        st.markdown(f"- {line}")
