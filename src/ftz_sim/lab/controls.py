"""The left-hand side: what a user sets."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import streamlit as st

from ftz_sim import parameters
from ftz_sim.errors import InputError
from ftz_sim.figures import load_figures
from ftz_sim.lab import explain, variants
from ftz_sim.lab.variants import GROUPS, Variant, levers_of
from ftz_sim.levers import CATALOGUE
from ftz_sim.parameters import all_cards
from ftz_sim.params import Card
from ftz_sim.scenario import BASELINE, Scenario, scenario_names
from ftz_sim.shocks import PARTNERS
from ftz_sim.words import WORDS, Lang, say

MOST_PINS = 4
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
YEARS = list(range(2026, 2036))
STRATEGIES = ("single_ftz", "cross_zone", "ftz_fta", "integrated", "history", "no_ftz", "fta_only",
              "cross_zone_with_hinterland")  # fmt: skip


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


def shipped() -> list[str]:
    """Return the shipped scenarios, strategies first."""
    others = [name for name in scenario_names() if name not in STRATEGIES and name != BASELINE]
    return [name for name in STRATEGIES if name in scenario_names()] + others


def sidebar(lang: Lang) -> Settings:
    """Draw the controls and return what they say; the variant is kept in the session."""
    variant: Variant = st.session_state.variant
    names = shipped()
    with st.sidebar:
        st.subheader(say("lab.build", lang))
        base = st.selectbox(
            say("lab.base", lang), names, names.index(variant.base) if variant.base in names else 0,
            format_func=lambda name: scenario_name(name, lang), key=f"base-{st.session_state.epoch}",
        )  # fmt: skip
        if base != variant.base:
            variant.base = base
        reference = st.selectbox(
            say("lab.reference", lang), names, format_func=lambda name: scenario_name(name, lang), key="reference"
        )
        beside = st.multiselect(
            say("lab.beside", lang), [name for name in names if name != reference],
            format_func=lambda name: scenario_name(name, lang), key="beside", placeholder="–", max_selections=5,
        )  # fmt: skip
        left, right = st.columns(2)
        end = left.selectbox(say("lab.end", lang), YEARS, key="end")
        seeds = right.slider(say("lab.seeds", lang), 1, 8, key="seeds", help=say("lab.seeds_help", lang))
        _levers(variant, lang)
        _parameters(variant, lang)
        _shocks(variant, lang)
        if st.button(say("lab.reset", lang), width="stretch"):
            st.session_state.variant = Variant()
            renew()
    return Settings(variant, reference, list(beside), int(end), int(seeds))


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
        group = st.selectbox(
            say("lab.group", lang), list(GROUPS), format_func=lambda g: say(f"group.{g}", lang), key="group"
        )
        first, second = st.columns(2)
        quarters = [f"{year}Q1" for year in range(2014, 2035)]
        start = variant.start if variant.start in quarters else variants.START
        variant.start = first.selectbox(say("lab.from", lang), quarters, quarters.index(start))
        variant.ramp = second.slider(say("lab.ramp", lang), 0, 40, min(max(variant.ramp, 0), 40))
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
        chosen = st.selectbox(
            say("lab.parameter", lang), list(cards), None, placeholder="–", key=f"parameter-{st.session_state.epoch}"
        )
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
        kind = st.selectbox(
            say("lab.shock_kind", lang), list(SHOCK_SIZES), format_func=lambda k: say(f"shock.{k}", lang)
        )
        shock: dict[str, Any] = {"kind": kind}
        if kind == "tariff":
            shock["partner"] = st.selectbox(
                say("lab.shock_partner", lang), ["US", "all", *PARTNERS[:-2], "ROW"],
                format_func=lambda code: partner_name(code, lang),
            )  # fmt: skip
        if (limits := SHOCK_SIZES[kind]) is not None:
            low, high, first, step = limits
            shock["size"] = st.slider(say("lab.shock_size", lang), low, high, first, step, key=f"size-{kind}")
        quarters = [f"{year}Q{quarter}" for year in range(2025, 2036) for quarter in (1, 2, 3, 4)]
        left, right = st.columns(2)
        shock["from"] = left.selectbox(say("lab.shock_from", lang), quarters, 4)
        shock["to"] = right.selectbox(say("lab.shock_to", lang), quarters, 11)
        if st.button(say("lab.shock_add", lang), width="stretch"):
            try:
                variants.load(Variant(variant.base, shocks=[*variant.shocks, shock]).yaml())
            except InputError as error:
                st.error(error.say(lang))
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
