"""What the lab shows: results, provinces, what is asked of one, policy, one place or firm, one lever, files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from typing import NamedTuple

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

import ftz_sim
from ftz_sim.analysis.panel import scaled_difference
from ftz_sim.analysis.statistics import NINE_IN_TEN, paired_difference
from ftz_sim.indicators.shown import shown, shown_difference
from ftz_sim.indicators.variables import HEADLINES, NATIONAL
from ftz_sim.indicators.yearly import YEAR
from ftz_sim.lab import charts, explain
from ftz_sim.lab.ahead import Ahead
from ftz_sim.lab.charts import Line
from ftz_sim.lab.controls import Settings, scenario_name
from ftz_sim.lab.keep import remember
from ftz_sim.lab.simulate import (
    Result,
    differences,
    final_differences,
    over_draws,
    paths,
    province_gains,
    quarter_names,
    simulate,
)
from ftz_sim.lab.work import DRAWS, PART, Numbers
from ftz_sim.model.levers import CATALOGUE
from ftz_sim.scenario.scenario import Scenario
from ftz_sim.text.numbers import estimate, signed
from ftz_sim.text.words import Lang, say

LOOK = 0.2  # seconds between two looks whether a reader who waits has moved on
DIFFERENCES_FROM = 36  # 2022Q1: strategies part three years later


class Shown(NamedTuple):
    """One scenario on the page."""

    label: str
    text: str  # its file
    colour: str
    shipped: str = ""  # its name, if it is a shipped scenario and nothing else


class Scene(NamedTuple):
    """Everything that a view needs."""

    settings: Settings
    shown: list[Shown]  # the reference first
    spec: Scenario  # of the user's variant
    lang: Lang

    def run(self, seeds: int) -> dict[str, list[Result]]:
        """Return the runs of every scenario with so many seeds, by its file: names may be equal, files are not."""
        return {
            each.text: [simulate(each.text, self.settings.end, replicate) for replicate in range(seeds)]
            for each in self.shown
        }

    def over_draws(self, draws: int) -> dict[str, Numbers]:
        """Return the national indicators of every scenario over so many draws [draws, T], by its file."""
        return {each.text: over_draws(each.text, self.settings.end, draws) for each in self.shown if draws}

    def chosen(self) -> Shown:
        """Let the user choose a scenario of the page, first of all its `subject`."""
        labels = {each.text: each for each in self.shown}
        if len(labels) < 2:
            return self.subject
        text = remember(st.selectbox, "whose", self.subject.text, self.lang, say("lab.whose", self.lang), list(labels),
                        format_func=lambda text: labels[text].label)  # fmt: skip
        return labels[text]

    @property
    def subject(self) -> Shown:
        """Return the user's own scenario, or the shipped one that it still is."""
        variant = self.settings.variant
        if variant.changed:
            return self.shown[-1]
        return next(each for each in self.shown if each.shipped == variant.base)


def results(scene: Scene) -> None:
    """Show the headline, and indicators over time: the first seed at once, then a band over draws, then all of both."""
    lang = scene.lang
    left, right = st.columns([3, 5], vertical_alignment="bottom")
    mode = remember(left.segmented_control, "mode", "difference", lang, say("lab.show", lang), ["difference", "level"],
                    required=True,
                    format_func=lambda m: say(f"lab.{m}", lang, name=scene.shown[0].label))  # fmt: skip
    chosen = remember(right.multiselect, "indicators", list(HEADLINES), lang, say("lab.indicators", lang),
                      list(NATIONAL), placeholder="–",
                      format_func=lambda name: NATIONAL[name].label(lang))  # fmt: skip
    place, progress, last = st.empty(), st.empty(), scene.settings.seeds

    def picture(seeds: int, draws: int) -> None:
        runs, drawn = scene.run(seeds), scene.over_draws(draws)
        with place.container():
            _headline(scene, runs, drawn)
            st.html(charts.grid([_chart(scene, runs, drawn, name, mode == "difference") for name in chosen]))
            stamp = say("lab.stamp", lang, n=seeds, version=ftz_sim.__version__)
            st.caption(stamp + (say("lab.stamp_draws", lang, n=draws) if drawn else ""))

    def until(waiting: list[Future[None]], seeds: int, draws: int) -> None:
        """Wait beside the picture that there is; for a reader who has moved on the page ends here."""
        done = False
        while not done:
            progress.caption(say("lab.running_all", lang, seeds=seeds, reps=last, n=draws, draws=DRAWS))
            done = not wait(waiting, LOOK).not_done

    ahead = Ahead([each.text for each in scene.shown], scene.settings.end)
    first_draws = ahead.draws(0, PART)
    until(ahead.seeds(1), 0, 0)
    picture(1, 0)
    other_draws = ahead.draws(PART, DRAWS)
    until(first_draws, 1, 0)
    picture(1, PART)
    if last > 1:
        until(ahead.seeds(last), 1, PART)
        picture(last, PART)
    until(other_draws, last, PART)
    picture(last, DRAWS)
    progress.empty()
    with st.expander(say("lab.table", lang)):
        st.dataframe(table(scene, scene.run(last)), width="stretch", hide_index=True)


def _headline(scene: Scene, runs: dict[str, list[Result]], drawn: dict[str, Numbers]) -> None:
    lang, first = scene.lang, scene.shown[0]
    if scene.subject == first:
        return  # nothing of one's own is on the page
    reference = first.label
    found = final_differences(runs[scene.subject.text], runs[first.text], "gdp")
    if not found.any():
        st.info(say("lab.identical", lang, reference=reference))
        return
    change, interval, sure = _size(found, lang)
    key = "lab.headline" if sure else "lab.headline_none"
    st.markdown("## " + say(key, lang, year=scene.settings.end, reference=reference, gdp=change, interval=interval))
    if drawn:
        ends = (drawn[each.text]["gdp"][:, -YEAR:].astype(float).mean(axis=1) for each in (scene.subject, first))
        ours, theirs = ends
        low, high = np.quantile(scaled_difference(ours, theirs, NATIONAL["gdp"].scale), NINE_IN_TEN).tolist()
        wide = estimate(low=low, high=high)
        st.markdown(say("lab.headline_draws", lang, n=len(ours), low=wide.low, high=wide.high))


def _size(values: NDArray[np.float64], lang: Lang) -> tuple[str, str, bool]:
    """Return a difference and its interval in words, and whether a difference was found."""
    if len(values) < 2:
        return signed(float(values[0])), say("lab.one_seed", lang), bool(values[0])
    found = paired_difference(values[:, None], "t", 1)
    said = estimate(float(found.mean[0]), float(found.low[0]), float(found.high[0]))
    return said.value, say("lab.interval", lang, low=said.low, high=said.high, n=len(values)), said.sure


def _chart(scene: Scene, runs: dict[str, list[Result]], over: dict[str, Numbers], name: str, difference: bool) -> str:
    lang, variable, reference = scene.lang, NATIONAL[name], scene.shown[0]
    unit = shown_difference(variable, lang) if difference else shown(variable, lang)
    first = DIFFERENCES_FROM if difference else 0
    drawn = []
    for each in scene.shown:
        if difference and each == reference and len(scene.shown) > 1:
            continue
        mine = runs[each.text]
        values = unit.factor * (differences(mine, runs[reference.text], name) if difference else paths(mine, name))
        values = values[:, first:]
        line = Line(each.label, each.colour, values.mean(axis=0), values.min(axis=0), values.max(axis=0))
        if over:
            ours, theirs = (over[side.text][name].astype(float) for side in (each, reference))
            ours = scaled_difference(ours, theirs, variable.scale) if difference else ours
            low, high = unit.factor * np.quantile(ours[:, first:], NINE_IN_TEN, axis=0)
            line = line._replace(wide=(low, high))
        drawn.append(line)
    better = {1: "better.higher", -1: "better.lower"}.get(variable.direction, "better.neither")
    subtitle = f"{unit.unit} · {say(better, lang)}"
    fork = scene.spec.horizon.fork.index
    return charts.lines(drawn, variable.label(lang), subtitle, first, fork, difference, lang)


def table(scene: Scene, runs: dict[str, list[Result]]) -> pd.DataFrame:
    """Return the final year's differences of all scenarios and indicators, with their range over seeds."""
    lang, reference = scene.lang, runs[scene.shown[0].text]
    rows = []
    for name, variable in NATIONAL.items():
        unit = shown_difference(variable, lang)
        row = {say("score.indicator", lang): variable.label(lang), say("diff.unit", lang): unit.unit}
        for each in scene.shown[1:]:
            values = unit.factor * final_differences(runs[each.text], reference, name)
            said = estimate(float(values.mean()), float(values.min()), float(values.max()))
            row[each.label] = said.value + (f" ({said.low} … {said.high})" if len(values) > 1 and said.half else "")
        rows.append(row)
    return pd.DataFrame(rows)


def provinces(scene: Scene) -> None:
    """Show the map of tiles of one scenario."""
    lang, reference = scene.lang, scene.shown[0].label
    last = len(scene.shown) - 1
    if not last:
        st.info(say("lab.identical", lang, reference=reference))
        return
    place = remember(st.selectbox, "mapped", last, lang, say("lab.map_scenario", lang), list(range(1, last + 1)),
                     format_func=lambda n: scene.shown[n].label)  # fmt: skip
    ours, theirs = (
        [simulate(scene.shown[n].text, scene.settings.end, seed) for seed in range(scene.settings.seeds)]
        for n in (place, 0)
    )
    codes, en, zh = ours[0].codes.regions
    gains, names = province_gains(ours, theirs), zh if lang == "zh" else en
    left, right = st.columns([3, 2])
    with left:
        title = say("lab.map_title", lang, year=scene.settings.end, name=reference)
        st.markdown(f"**{title}**")
        zones = set(ours[0].codes.zones.code)
        st.html(charts.tiles(gains, codes, names, zones, title, lang))
        st.caption(say("lab.map_note", lang))
    frame = pd.DataFrame({say("lab.province", lang): names, "%": gains.mean(axis=0).round(3)})
    right.dataframe(frame.sort_values("%", ascending=False), hide_index=True, height=560)


def lever(scene: Scene) -> None:
    """Explain a lever: rules, claims, parameters, levels in the strategies."""
    lang = scene.lang
    name = remember(st.selectbox, "explained", list(CATALOGUE)[2], lang, say("lab.explain_lever", lang),
                    list(CATALOGUE), format_func=lambda n: getattr(CATALOGUE[n], lang))  # fmt: skip
    st.markdown(say("lab.lever_scope", lang, name=name, scope=say("scope." + CATALOGUE[name].scope, lang)))
    st.markdown(f"**{say('lab.explain_claims', lang)}**")
    for claim in explain.claims_of(name):
        places = ("; " if lang == "en" else "；").join(map(str, claim.places))
        said = claim.statement(lang).rstrip("。.")
        st.markdown("- " + say("lab.claim", lang, said=said, term=claim.term, id=claim.id, places=places))
    rules = explain.rules_of(name, lang)
    st.markdown(f"**{say('lab.explain_rules', lang)}**")
    for rule in rules:
        words = say("mechanism." + rule.name, lang)
        st.markdown("- " + say("lab.rule", lang, rule=words, name=rule.name, purpose=rule.purpose))
    if not rules:
        st.caption(say("lab.explain_none", lang))
    st.markdown(f"**{say('lab.explain_paths', lang)}**")
    st.html(_lever_paths(name, lang))
    if rules:
        st.markdown(f"**{say('lab.explain_parameters', lang)}**")
        st.dataframe(explain.parameters_of(rules, lang), hide_index=True, width="stretch")


@st.cache_data(max_entries=200, show_spinner=False)
def _lever_paths(name: str, lang: Lang) -> str:
    strategies = ("no_ftz", "history", "single_ftz", "cross_zone", "ftz_fta", "integrated")
    paths = {scenario_name(each, lang): explain.levels(Scenario.load(each))[name] for each in strategies}
    return charts.timeline([bar for label, path in paths.items() for bar in charts.stretches(label, path)], lang)


def _all() -> dict[str, Callable[[Scene], None]]:
    from ftz_sim.lab.ask import ask
    from ftz_sim.lab.exercise import exercise
    from ftz_sim.lab.files import files
    from ftz_sim.lab.follow import follow
    from ftz_sim.lab.policy import policy

    return {"results": results, "map": provinces, "ask": ask, "policy": policy, "follow": follow, "explain": lever,
            "exercise": exercise, "files": files}  # fmt: skip


def national_csv(scene: Scene) -> Iterator[str]:
    """Yield the lines of a table of all national indicators by scenario, seed and quarter."""
    yield ",".join(["scenario", "seed", "quarter", *NATIONAL]) + "\n"
    runs = scene.run(scene.settings.seeds)
    for label, text in ((each.label, each.text) for each in scene.shown):
        for number, run in enumerate(runs[text], 1):
            columns = [run.national[name] for name in NATIONAL]
            for t, quarter in enumerate(quarter_names(run.quarters)):
                yield ",".join([f'"{label}"', str(number), quarter, *(f"{column[t]:.7g}" for column in columns)]) + "\n"


VIEWS = _all()
