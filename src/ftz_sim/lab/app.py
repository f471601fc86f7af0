"""The lab: a page on which a policy is put together and its consequences are seen. Started by ``ftz lab``."""

from __future__ import annotations

from typing import Any

import streamlit as st

import ftz_sim
from ftz_sim.errors import InputError
from ftz_sim.lab import controls, variants, views
from ftz_sim.lab.charts import MINE, PINS
from ftz_sim.lab.variants import SHIPPED, Variant
from ftz_sim.lab.views import Scene, Shown
from ftz_sim.report.scenario_table import beyond_evidence
from ftz_sim.report.style import OTHER_COLOURS, STRATEGY_COLOURS, ink
from ftz_sim.words import LANGUAGES, Lang, say

VIEWS = ("results", "map", "policy", "follow", "explain", "exercise", "files")
CSS = """
  .block-container { padding-top: 2.2rem; max-width: 1350px; }
  [data-testid="stSidebar"] .block-container { padding-top: 1rem; }
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
    _share(settings, lang)
    try:
        spec = variants.load(settings.variant.yaml(), settings.end)
    except InputError as error:
        st.error(f"{say('lab.not_valid', lang)}\n\n```\n{error.say(lang)}\n```")
        return
    _status(settings, spec, lang)
    view = st.segmented_control(
        say("view.choose", lang), VIEWS, format_func=lambda name: say(f"view.{name}", lang), key="view", required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    views.VIEWS[view or "results"](Scene(settings, _shown(settings, lang), spec, lang))
    st.caption(f"ftz_sim {ftz_sim.__version__}")


def _replaced(place: str, words: str) -> str:
    return f'{place} {{ font-size: 0; }} {place}::after {{ content: "{words}"; font-size: .875rem; }}\n'


def _restore() -> None:
    """Fill the session on its first run, from the link if there is one."""
    state = st.session_state
    if "variant" in state:
        return
    state.variant, state.pins, state.epoch = Variant(), [], 0
    first: dict[str, Any] = {"reference": "history", "beside": ["cross_zone", "ftz_fta"], "end": 2035, "seeds": 3,
                             "view": "results", "lang": "en"}  # fmt: skip
    lang = st.query_params.get("lang")
    if packed := st.query_params.get("s"):
        try:
            first |= _checked(variants.from_link(packed))
        except InputError:
            st.toast(say("lab.bad_link", "zh" if lang == "zh" else "en"))
    for key, value in (first | ({"lang": lang} if lang in ("en", "zh") else {})).items():
        state[key] = value


def _checked(data: dict[str, Any]) -> dict[str, Any]:
    """Return what a link says about the controls, or raise InputError; the variant and pins go to the session."""
    names = set(controls.shipped())
    beside = [name for name in data.get("beside", []) if name in names and name != data.get("reference")]
    choice = {
        "reference": data.get("reference"),
        "end": data.get("end"),
        "seeds": data.get("seeds"),
        "view": data.get("view"),
    }
    allowed: dict[str, set[Any]] = {
        "reference": names,
        "end": set(controls.YEARS),
        "seeds": set(range(1, 9)),
        "view": set(VIEWS),
    }
    if any(isinstance(v, list | dict) or v not in allowed[key] for key, v in choice.items()):
        raise InputError("link")
    st.session_state.variant = variants.variant_from(data.get("variant"))
    pins = data.get("pins", [])
    if not isinstance(pins, list) or not all(isinstance(pin, list) and len(pin) == 2 for pin in pins):
        raise InputError("link")
    for _, text in pins[: controls.MOST_PINS]:
        variants.load(str(text))
    st.session_state.pins = [(str(name), str(text)) for name, text in pins[: controls.MOST_PINS]]
    return choice | {"beside": beside[:5]}


def _share(settings: controls.Settings, lang: Lang) -> None:
    """Keep the state in the address, so that it can be sent to somebody."""
    state = {
        "variant": variants.to_data(settings.variant), "reference": settings.reference, "beside": settings.beside,
        "end": settings.end, "seeds": settings.seeds, "view": st.session_state.get("view", "results"),
        "pins": [list(pin) for pin in st.session_state.pins],
    }  # fmt: skip
    packed = variants.to_link(state)
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
        if len(pins) < controls.MOST_PINS:
            pins.append((say("lab.pin_name", lang, n=_free(pins)), variant.yaml()))
        else:
            st.warning(say("lab.pins_full", lang))
    for place, (label, _) in enumerate(pins):
        column, button = st.columns([5, 1.3], vertical_alignment="center")
        column.caption(f"{say('lab.pins', lang)}: {label}")
        if button.button(say("lab.remove", lang), key=f"unpin-{place}", width="stretch"):
            pins.pop(place)
            st.rerun()
    if warnings := beyond_evidence(spec, lang):
        with st.expander(say("lab.beyond", lang), icon="⚠️"):
            st.markdown("\n\n".join(warnings))


def _free(pins: list[tuple[str, str]]) -> int:
    used = {label for label, _ in pins}
    return next(n for n in range(1, 9) if not any(label.endswith(str(n)) for label in used))


def _shown(settings: controls.Settings, lang: Lang) -> list[Shown]:
    """Return every scenario on the page: the reference, those beside it, pinned ones and one's own."""
    names = [settings.reference, *settings.beside]
    out = [_shipped(name, lang) for name in names]
    out += [Shown(label, text, colour) for (label, text), colour in zip(st.session_state.pins, PINS, strict=False)]
    if settings.variant.changed:
        out.append(Shown(say("lab.mine", lang), settings.variant.yaml(), MINE))
    elif (base := settings.variant.base) not in names:
        out.append(_shipped(base, lang))
    return out


def _shipped(name: str, lang: Lang) -> Shown:
    colour = STRATEGY_COLOURS.get(name, OTHER_COLOURS[0])
    return Shown(controls.scenario_name(name, lang), Variant(name).yaml(name + SHIPPED), ink(colour))


main()
