"""The lab: a page on which a policy is put together and its consequences are seen. Started by ``ftz lab``."""

from __future__ import annotations

import sys
from typing import Any

import streamlit as st

import ftz_sim
from ftz_sim.errors import InputError
from ftz_sim.lab import controls, variants, views
from ftz_sim.lab.charts import MINE, PINS
from ftz_sim.lab.keep import keep, plain
from ftz_sim.lab.link import MOST_PINS, VIEWS, State, from_link, state_from, to_data, to_link
from ftz_sim.lab.variants import Variant, numbered, shipped
from ftz_sim.lab.views import Scene, Shown
from ftz_sim.report.scenario_table import beyond_evidence
from ftz_sim.report.style import OTHER_COLOURS, STRATEGY_COLOURS, ink
from ftz_sim.scenario.new_zones import NewZone
from ftz_sim.scenario.sentences import zone_name
from ftz_sim.text.words import LANGUAGES, Lang, say

CSS = """
  .block-container { padding-top: 2.2rem; max-width: 1350px; }
  [data-testid="stSidebar"] .block-container { padding-top: 1rem; }
  [data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { color: #5a6169; opacity: 1; }
  .block-container h2, [data-testid="stSidebar"] h2 { font-size: 1.3rem; line-height: 1.4; padding: .4rem 0; }
  /* while models run, words say so: to fade what waits keeps a browser without graphics card busy all the time */
  .stMain *, .stSidebar * { transition: none !important; animation: none !important; }
  .stElementContainer[data-stale="true"] { opacity: 1 !important; }
"""
# words of the framework that only a style can replace: where they stand, and the key of ours
REPLACED = {
    '[data-testid="stFileUploaderDropzone"] button p': "lab.upload_button",
    '[data-testid="stFileUploaderDropzoneInstructions"] span': "lab.upload_limit",
    '[data-testid="InputInstructions"] span': "lab.press_enter",
    '[data-empty="true"] span': "lab.no_results",
}


def main() -> None:
    """Draw the page."""
    st.set_page_config(page_title="ftz_sim lab", layout="wide")
    _restore()
    head, switch = st.columns([5, 1.3], vertical_alignment="bottom")
    lang = switch.segmented_control(
        say("lab.language", "en"), LANGUAGES, format_func=lambda each: "中文" if each == "zh" else "English",
        key="lang", required=True, label_visibility="collapsed",
    )  # fmt: skip
    lang = lang or "en"
    st.html(f"<style>{CSS}{''.join(_replaced(place, say(key, lang)) for place, key in REPLACED.items())}</style>")
    head.title(say("lab.title", lang), anchor=False)
    st.caption(say("lab.lead", lang))
    settings = controls.sidebar(lang)
    try:
        spec = variants.load(settings.variant.yaml(), settings.end)
    except InputError as error:
        st.error(f"{say('lab.not_valid', lang)}\n\n{plain(error.say(lang))}")
        return
    _status(settings, spec, lang)
    st.session_state.view = keep(
        st.segmented_control, "view", st.session_state.view, lang, say("view.choose", lang), VIEWS, required=True,
        format_func=lambda name: say(f"view.{name}", lang), label_visibility="collapsed",
    )  # fmt: skip
    _share(settings, lang)
    shown = _comparable(_shown(settings, lang), settings.end, lang)
    views.VIEWS[st.session_state.view](Scene(settings, shown, spec, lang))
    st.caption(f"ftz_sim {ftz_sim.__version__}")


def _replaced(place: str, words: str) -> str:
    return f'{place} {{ font-size: 0; }} {place}::after {{ content: "{words}"; font-size: .875rem; }}\n'


def _restore() -> None:
    """Fill the session on its first run: from the link if there is one, in the reader's language."""
    state = st.session_state
    if "variant" in state:
        return
    state.epoch, state.lang, chosen = 0, _first_language(), State()
    if packed := st.query_params.get("s"):
        try:
            chosen = state_from(from_link(packed))
        except InputError:
            st.toast(say("lab.bad_link", state.lang))
    for key in State.model_fields:
        state[key] = getattr(chosen, key)


def _first_language() -> Lang:
    """Return the language that the address asks for, else the one of ``ftz lab --lang``, else the browser's."""
    for asked in (st.query_params.get("lang"), *sys.argv[1:], (st.context.locale or "")[:2]):
        if asked in LANGUAGES:
            return asked
    return "en"


def _share(settings: controls.Settings, lang: Lang) -> None:
    """Keep the state in the address, so that it can be sent to somebody."""
    state = {
        "variant": to_data(settings.variant), "reference": settings.reference, "beside": settings.beside,
        "end": settings.end, "seeds": settings.seeds, "view": st.session_state.view,
        "pins": [list(pin) for pin in st.session_state.pins],
    }  # fmt: skip
    packed = to_link(state)
    if st.query_params.get("s") != packed or st.query_params.get("lang") != lang:
        st.query_params.from_dict({"lang": lang, "s": packed})


def _status(settings: controls.Settings, spec: Any, lang: Lang) -> None:
    variant, pins = settings.variant, st.session_state.pins
    name = controls.scenario_name(variant.base, lang)
    words = say("lab.changed", lang, levers=len(variant.levers), parameters=len(variant.parameters),
                shocks=len(variant.shocks), name=name)  # fmt: skip
    left, right = st.columns([5, 1.3], vertical_alignment="center")
    left.markdown(words if variant.changed else say("lab.unchanged", lang, name=name))
    if right.button(say("lab.pin", lang), width="stretch", disabled=not variant.changed):
        if len(pins) < MOST_PINS:
            pins.append((_free(pins), variant.yaml()))
        else:
            st.warning(say("lab.pins_full", lang))
    for place, label in enumerate(_pinned(lang)):
        column, button = st.columns([5, 1.3], vertical_alignment="center")
        column.caption(plain(say("lab.pins", lang, name=label)))
        if button.button(say("lab.remove", lang), key=f"unpin-{place}", width="stretch"):
            pins.pop(place)
            st.rerun()
    if warnings := beyond_evidence(spec, lang):
        with st.expander(say("lab.beyond", lang), icon="⚠️"):
            st.markdown("\n\n".join(map(plain, warnings)))


def _free(pins: list[tuple[int, str]]) -> int:
    used = {number for number, _ in pins}
    return next(n for n in range(1, MOST_PINS + 1) if n not in used)


def _shown(settings: controls.Settings, lang: Lang) -> list[Shown]:
    """Return every scenario on the page: the reference, those beside it, pinned ones and one's own."""
    names = [settings.reference, *settings.beside]
    out = [_shipped(name, lang) for name in names]
    texts = [text for _, text in st.session_state.pins]
    out += [Shown(*each) for each in zip(_pinned(lang), texts, PINS, strict=False)]
    if settings.variant.changed:
        out.append(Shown(say("lab.mine", lang), settings.variant.yaml(), MINE))
    elif (base := settings.variant.base) not in names:
        out.append(_shipped(base, lang))
    return out


def _comparable(shown: list[Shown], end: int, lang: Lang) -> list[Shown]:
    """Return what can be compared, with the areas of all new zones in every scenario, closed where it has none."""
    zones: dict[str, NewZone] = {}
    found = []
    for each in shown:
        own = variants.load(each.text, end).new_zones
        if other := [zone.province for zone in own if zones.get(zone.province, zone) != zone]:
            places = say("design.and", lang).join(zone_name(code, lang) for code in other)
            st.error(say("lab.other_zone", lang, name=plain(each.label), places=places))
            continue
        zones |= {zone.province: zone for zone in own}
        found.append(each)
    if not zones:
        return found
    st.caption(say("lab.closed_areas", lang, places=say("design.and", lang).join(zone_name(z, lang) for z in zones)))
    return [each._replace(text=variants.with_areas(each.text, tuple(zones.values()))) for each in found]


def _pinned(lang: Lang) -> list[str]:
    """Return what the pins are called: their titles, numbered where another scenario has the same one."""
    taken = [say("lab.mine", lang), *(controls.scenario_name(name, lang) for name in shipped())]
    pins = st.session_state.pins
    titles = (say("lab.pin_name", lang, n=n) if n else variants.title_of(text, lang) for n, text in pins)
    return numbered(titles, taken)


def _shipped(name: str, lang: Lang) -> Shown:
    colour = STRATEGY_COLOURS.get(name, OTHER_COLOURS[0])
    return Shown(controls.scenario_name(name, lang), Variant(name).yaml(), ink(colour), name)


main()
