"""Policy over time: levers, dated or moved by rules; when rules fired; shocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from ftz_sim.lab import charts, explain
from ftz_sim.lab.controls import partner_name
from ftz_sim.lab.keep import plain, remember
from ftz_sim.lab.simulate import simulate
from ftz_sim.lab.variants import load, numbered
from ftz_sim.model.clock import Quarter
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.report.labels import short
from ftz_sim.runs.watch import Fired
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.scenario.sentences import rule_name, rule_text
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    from ftz_sim.lab.views import Scene, Shown


def policy(scene: Scene) -> None:
    """Show the levers over time, those that rules move as in the first seed; the rules; and the shocks."""
    lang, reference, end = scene.lang, scene.shown[0], scene.settings.end
    own = scene.chosen()
    spec, only = load(own.text, end), remember(st.toggle, "only", True, lang, say("lab.timeline_only", lang))
    ours, theirs = (explain.levels(load(each.text, end), _fired(each, end)) for each in (own, reference))
    kept = [n for n in CATALOGUE if (not np.allclose(ours[n], theirs[n]) if only else ours[n].any())]
    by_rule = {move.lever for rule in spec.rules if rule.name in _fired(own, end) for move in rule.then}
    names = {name: getattr(CATALOGUE[name], lang) for name in kept}
    names |= {name: say("lab.by_rule", lang, name=names[name]) for name in kept if name in by_rule}
    left = charts.room_for([*names.values(), *_labels(spec, lang)])
    key = "lab.timeline" if only else "lab.timeline_all"
    st.markdown(f"**{say(key, lang, name=reference.label)}**")
    if kept:
        bars = [bar for name in kept for bar in charts.stretches(names[name], ours[name])]
        st.html(charts.timeline(bars, lang, left))
        st.caption(say("lab.timeline_rules" if by_rule & names.keys() else "lab.timeline_level", lang))
    else:
        st.info(say("lab.timeline_none", lang))
    if spec.rules:
        _rules(scene, own, spec, left)
    if spec.shocks:
        st.markdown(f"**{say('lab.shock_bars', lang)}**")
        for shock in spec.shocks:
            size = f" {shock.size:g}" if hasattr(shock, "size") else ""
            whose = f" {partner_name(shock.partner, lang)}" if hasattr(shock, "partner") else ""
            name = f"{say('shock.' + shock.kind, lang)}{whose}{size}"
            st.markdown(f"- {name}: {shock.start} – {shock.end}")


def _fired(each: Shown, end: int) -> Fired:
    """Return which rules of a scenario have fired in the first seed, and when."""
    return simulate(each.text, end, 0).fired if load(each.text, end).rules else {}


def _labels(spec: Scenario, lang: Lang) -> list[str]:
    """Return what the rules are called beside their rows."""
    return numbered([short(rule_name(rule, lang), lang) for rule in spec.rules], ())


def _rules(scene: Scene, own: Shown, spec: Scenario, left: float) -> None:
    """Show in what share of the seeds each rule has fired by when, and say what it waits for and moves."""
    lang, seeds = scene.lang, scene.settings.seeds
    progress, runs = st.empty(), []
    for seed in range(seeds):
        progress.caption(say("lab.running", lang, n=seed + 1, reps=seeds))
        runs.append(simulate(own.text, scene.settings.end, seed))
    progress.empty()
    quarters, bars, lines = np.arange(runs[0].quarters), [], []
    last = Quarter.at(len(quarters) - 1)
    for rule, label in zip(spec.rules, _labels(spec, lang), strict=True):
        first = [run.fired.get(rule.name, len(quarters)) for run in runs]
        fired = np.sum([quarters >= each for each in first], axis=0)
        bars += charts.stretches(label, fired / seeds)
        key = "lab.fired" if rule.name in runs[0].fired else "lab.fired_not"
        when = say(key, lang, quarter=Quarter.at(first[0]), last=last, fired=fired[-1], n=seeds)
        name, text = plain(rule_name(rule, lang)), plain(rule_text(rule, lang))
        lines.append("- " + say("lab.rule_says", lang, name=name, text=text, when=when))
    st.markdown(f"**{say('lab.rules', lang, n=seeds)}**")
    st.html(charts.timeline(bars, lang, left, "lab.alt_rules", ".0%"))
    st.markdown("\n".join(lines))
