"""Take scenarios, tables and reports away; bring a scenario in; share the page."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from ftz_sim.analysis import compare
from ftz_sim.errors import InputError
from ftz_sim.lab.keep import plain
from ftz_sim.lab.link import MOST_PINS
from ftz_sim.lab.variants import MOST_BYTES, load, numbered
from ftz_sim.lab.work import SEED
from ftz_sim.report.page import REPORT, write_report
from ftz_sim.scenario.scenario import Scenario, Text, scenario_names
from ftz_sim.text.words import Lang, say

if TYPE_CHECKING:
    from ftz_sim.lab.views import Scene


def files(scene: Scene) -> None:
    """Show downloads, the upload and the link."""
    from ftz_sim.lab.views import national_csv

    lang, subject = scene.lang, scene.subject
    columns = st.columns(3)
    columns[0].download_button(
        say("lab.download_yaml", lang), subject.text, "my_scenario.yaml", "text/yaml", width="stretch"
    )
    columns[1].download_button(
        say("lab.download_csv", lang), lambda: "".join(national_csv(scene)), "ftz_lab.csv", "text/csv", width="stretch"
    )
    _report(scene, columns[2])
    with st.expander(subject.label, expanded=True):
        st.code(subject.text, language=None)  # its colours are too faint to read
    _upload(scene)
    st.markdown(f"**{say('lab.link', lang)}**")
    st.code(
        "?" + "&".join(f"{key}={value}" for key, value in st.query_params.to_dict().items()),
        language=None,
        wrap_lines=True,
    )
    st.caption(say("lab.link_note", lang))


def _report(scene: Scene, column: st.delta_generator.DeltaGenerator) -> None:
    lang = scene.lang
    shown = tuple((each.label, each.text, each.shipped) for each in scene.shown)
    key = (shown, scene.settings.end, scene.settings.seeds, lang)
    if column.button(say("lab.make_html", lang), width="stretch", disabled=len(shown) < 2):
        st.session_state.report = key
    if st.session_state.get("report") == key:
        column.download_button(say("lab.download_html", lang), _page(*key), "report.html", "text/html", width="stretch",
                               type="primary")  # fmt: skip


@st.cache_data(max_entries=8, show_spinner="…")
def _page(shown: tuple[tuple[str, str, str], ...], end: int, seeds: int, lang: Lang) -> str:
    """Return the report of a comparison of the scenarios on the page, the reference first."""
    specs = specifications(shown, end)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "lab"
        compare(
            specs, specs[0].name, seeds, SEED, out=out, draw=lambda part: write_report(part, lang), command="ftz lab"
        )
        return (out / REPORT).read_text(encoding="utf-8")


def specifications(shown: tuple[tuple[str, str, str], ...], end: int) -> list[Scenario]:
    """Return what is on the page as scenarios of different names, each called what it is called there.

    Args:
        shown: for each its label, its file, and its name if it ships with the model.
        end: last year.
    """
    specs = [load(text, end) for _, text, _ in shown]
    own = iter(numbered([spec.name for spec, (*_, name) in zip(specs, shown, strict=True) if not name],
                        scenario_names(), "{name}_{n}"))  # fmt: skip
    return [
        spec.model_copy(update=_shipped(name) if name else {"name": next(own)[-64:], "title": Text(en=label, zh=label)})
        for spec, (label, _, name) in zip(specs, shown, strict=True)
    ]


def _shipped(name: str) -> dict[str, Any]:
    return {"name": name} | {key: getattr(Scenario.load(name), key) for key in ("title", "why")}


def _upload(scene: Scene) -> None:
    lang = scene.lang
    file = st.file_uploader(say("lab.upload", lang), ["yaml", "yml"], help=say("lab.upload_note", lang), key="upload")
    if file is None:
        return
    try:
        if file.size > MOST_BYTES:
            raise InputError("upload_size", name=file.name, most=MOST_BYTES)
        text = file.getvalue().decode("utf-8")
        spec = load(text, scene.settings.end, file.name)
    except UnicodeDecodeError:
        st.error(f"{say('lab.upload_bad', lang)} {say('lab.upload_text', lang)}")
    except InputError as error:
        st.error(f"{say('lab.upload_bad', lang)}\n\n{plain(error.say(lang))}")
    else:
        st.success(say("lab.upload_ok", lang, name=plain(getattr(spec.title, lang))))
        pins = st.session_state.pins
        if st.button(say("lab.upload_pin", lang)):
            if len(pins) < MOST_PINS:
                pins.append((0, text))
                st.rerun()
            st.warning(say("lab.pins_full", lang))
