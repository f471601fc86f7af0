"""The left-hand side: what a user sets."""

from __future__ import annotations

from functools import cache, partial
from typing import Any, NamedTuple

import streamlit as st

from ftz_sim.errors import InputError
from ftz_sim.lab import explain, variants
from ftz_sim.lab.keep import keep, plain, remember
from ftz_sim.lab.link import FIRST_YEAR, LAST_YEAR, MOST_BESIDE, MOST_SEEDS
from ftz_sim.lab.variants import GROUPS, STARTS, Variant, levers_of, shipped
from ftz_sim.model import parameters
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.parameters import all_cards
from ftz_sim.model.params import Card
from ftz_sim.model.published import load_figures
from ftz_sim.model.shocks import PARTNERS
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.words import WORDS, Lang, say

SHOCK_SIZES = {  # kind -> (lowest, highest, first, step); None for a shock without a size
    "tariff": (0.0, 1.0, 0.25, 0.05),
    "fdi": (0.0, 2.0, 0.4, 0.1),
    "technology": (0.0, 1.0, 0.5, 0.1),
    "algorithm": (0.0, 1.0, 0.5, 0.1),
    "data_breach": (0.0, 1.0, 0.5, 0.1),
    "demand": (0.0, 1.0, 0.1, 0.05),
    "pandemic": (0.0, 0.5, 0.05, 0.01),
    "carbon_price": (0.0, 500.0, 100.0, 10.0),
    "crisis": None,
}
YEARS = list(range(FIRST_YEAR, LAST_YEAR + 1))
QUARTERS = [f"{year}Q{quarter}" for year in range(2025, 2036) for quarter in (1, 2, 3, 4)]


class Settings(NamedTuple):
    """What is to be run and shown."""

    variant: Variant
    reference: str
    beside: list[str]
    end: int
    seeds: int


@cache
def scenario_name(name: str, lang: Lang) -> str:
    """Return a short name of a shipped scenario."""
    key = f"scenario.{name}"
    return say(key, lang) if key in WORDS else getattr(Scenario.load(name).title, lang)


def partner_name(code: str, lang: Lang) -> str:
    """Return what a partner economy is called."""
    if code == "all":
        return say("lab.all_partners", lang)
    partners = load_figures().partners
    names = partners.name_zh if lang == "zh" else partners.name_en
    return str(names[list(partners.code).index(code)])


def sidebar(lang: Lang) -> Settings:
    """Draw the controls and return what they say; the variant is kept in the session."""
    state, names = st.session_state, shipped()
    variant: Variant = state.variant
    title = partial(scenario_name, lang=lang)
    with st.sidebar:
        st.header(say("lab.build", lang), anchor=False)
        variant.base = keep(st.selectbox, "base", variant.base, lang, say("lab.base", lang), names, format_func=title)
        state.reference = keep(st.selectbox, "reference", state.reference, lang, say("lab.reference", lang), names,
                               format_func=title)  # fmt: skip
        others = [name for name in names if name != state.reference]
        state.beside = keep(st.multiselect, "beside", [name for name in state.beside if name in others], lang,
                            say("lab.beside", lang), others, format_func=title, placeholder="–",
                            max_selections=MOST_BESIDE)  # fmt: skip
        left, right = st.columns(2)
        state.end = keep(left.selectbox, "end", state.end, lang, say("lab.end", lang), YEARS)
        state.seeds = keep(right.slider, "seeds", state.seeds, lang, say("lab.seeds", lang), 1, MOST_SEEDS,
                           help=say("lab.seeds_help", lang))  # fmt: skip
        _levers(variant, lang)
        _parameters(variant, lang)
        _shocks(variant, lang)
        if st.button(say("lab.reset", lang), width="stretch"):
            state.variant = Variant()
            renew()
    return Settings(variant, state.reference, list(state.beside), int(state.end), int(state.seeds))


def renew() -> None:
    """Draw the page again with fresh controls, after their values were changed behind them."""
    st.session_state.epoch += 1
    st.rerun()


@st.cache_data(max_entries=64, show_spinner=False)
def base_levels(base: str) -> dict[str, float]:
    """Return where every lever of a shipped scenario stands at the end, the mean over zones."""
    return {name: round(float(path[-1]), 2) for name, path in explain.levels(Scenario.load(base)).items()}


def _levers(variant: Variant, lang: Lang) -> None:
    with st.expander(say("lab.levers", lang), expanded=True):
        group = remember(st.selectbox, "group", next(iter(GROUPS)), lang, say("lab.group", lang), list(GROUPS),
                         format_func=lambda g: say(f"group.{g}", lang))  # fmt: skip
        first, second = st.columns(2)
        start = variant.start if variant.start in STARTS else variants.START
        variant.start = keep(first.selectbox, "start", start, lang, say("lab.from", lang), STARTS)
        ramp = min(max(variant.ramp, 0), variants.LONGEST_RAMP)
        variant.ramp = keep(second.slider, "ramp", ramp, lang, say("lab.ramp", lang), 0, variants.LONGEST_RAMP)
        own = base_levels(variant.base)
        for name in levers_of(group):
            level = st.slider(
                getattr(CATALOGUE[name], lang), 0.0, 1.0, min(max(variant.levers.get(name, own[name]), 0.0), 1.0), 0.05,
                key=f"lever-{name}-{variant.base}-{st.session_state.epoch}", help=say("lab.lever_help", lang),
            )  # fmt: skip
            if abs(level - own[name]) < 0.026 and name not in variant.levers:
                continue  # not moved: the slider's step may round what the scenario says
            if level == own[name]:
                variant.levers.pop(name, None)
            else:
                variant.levers[name] = round(level, 2)


def _parameters(variant: Variant, lang: Lang) -> None:
    with st.expander(say("lab.parameters", lang), expanded=bool(variant.parameters)):
        cards = _single_numbers()
        chosen = remember(st.selectbox, f"parameter-{st.session_state.epoch}", None, lang, say("lab.parameter", lang),
                          list(cards), placeholder="–",
                          format_func=lambda path: f"{parameters.meaning(path, lang)} · {path}")  # fmt: skip
        shown = dict.fromkeys([*variant.parameters, *([chosen] if chosen else [])])
        for path in shown:
            if path not in cards:
                continue
            card, first, low, high = cards[path]
            help_text = say("lab.parameter_help", lang, known=f"{low:g} – {high:g}", unit=parameters.unit(card, lang),
                            grade=card.grade, source=parameters.source(card, lang))  # fmt: skip
            value = st.number_input(
                f"{path} · {parameters.meaning(path, lang)}", value=float(variant.parameters.get(path, first)),
                step=max((high - low) / 20, 1e-4), format="%.4g", help=help_text,
                key=f"value-{path}-{st.session_state.epoch}",
            )  # fmt: skip
            if value == first:
                variant.parameters.pop(path, None)
            else:
                variant.parameters[path] = float(value)


def _single_numbers() -> dict[str, tuple[Card, float, float, float]]:
    """Return the parameters that are one number with a range: card, default, low, high."""
    return {
        path: (card, card.default, float(card.low), float(card.high))
        for path, card in all_cards().items()
        if card.sampled and all(isinstance(number, float | int) for number in (card.low, card.high))
        if isinstance(card.default, float) and isinstance(card.low, float | int) and isinstance(card.high, float | int)
    }


def _shocks(variant: Variant, lang: Lang) -> None:
    with st.expander(say("lab.shocks", lang), expanded=bool(variant.shocks)):
        kind = remember(st.selectbox, "shock_kind", "tariff", lang, say("lab.shock_kind", lang), list(SHOCK_SIZES),
                        format_func=lambda k: say(f"shock.{k}", lang))  # fmt: skip
        shock: dict[str, Any] = {"kind": kind}
        if kind == "tariff":
            shock["partner"] = remember(st.selectbox, "shock_partner", "US", lang, say("lab.shock_partner", lang),
                                        ["US", "all", *PARTNERS[:-2], "ROW"],
                                        format_func=lambda code: partner_name(code, lang))  # fmt: skip
        if (limits := SHOCK_SIZES[kind]) is not None:
            low, high, first, step = limits
            shock["size"] = remember(st.slider, f"size-{kind}", first, lang, say("lab.shock_size", lang), low, high,
                                     step=step)  # fmt: skip
        left, right = st.columns(2)
        shock["from"] = remember(left.selectbox, "shock_from", "2026Q1", lang, say("lab.shock_from", lang), QUARTERS)
        shock["to"] = remember(right.selectbox, "shock_to", "2027Q4", lang, say("lab.shock_to", lang), QUARTERS)
        if st.button(say("lab.shock_add", lang), width="stretch"):
            try:
                variants.load(Variant(variant.base, shocks=[*variant.shocks, shock]).yaml())
            except InputError as error:
                st.error(plain(error.say(lang)))
            else:
                variant.shocks.append(shock)
        for place, each in enumerate(list(variant.shocks)):
            words, button = st.columns([4, 2])
            size = f" {each['size']:g}" if "size" in each else ""
            whose = f" {partner_name(each['partner'], lang)}" if "partner" in each else ""
            name = f"{say('shock.' + each['kind'], lang)}{whose}{size}"
            words.caption(f"{name}, {each['from']}–{each['to']}")
            if button.button(say("lab.remove", lang), key=f"remove-{place}"):
                variant.shocks.pop(place)
                st.rerun()
