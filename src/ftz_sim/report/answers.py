"""Draw the figures of analyses (attribution, sensitivity, robustness), from the tables of an experiment folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from ftz_sim.report.style import house_style, save
from ftz_sim.report.tables import scenario_name
from ftz_sim.scenario import evidence
from ftz_sim.text.words import LANGUAGES, Lang, say


@dataclass(frozen=True)
class Answers:
    """Manifest and tables of a folder."""

    folder: Path
    manifest: dict[str, Any]

    def table(self, name: str) -> pd.DataFrame:
        """Read ``name.csv``."""
        return pd.read_csv(self.folder / f"{name}.csv")

    def scenario(self, key: str, lang: Lang) -> str:
        """Return the name of the scenario that the manifest calls ``key``."""
        return scenario_name(str(self.manifest[key]), lang)

    def stamp(self, lang: Lang, *more: str) -> str:
        """Return the line at a figure's foot."""
        seed = self.manifest.get("seed")
        parts = [
            *more,
            say("stamp.seed", lang, seed=seed) if seed is not None else "",
            say("stamp.version", lang, version=self.manifest.get("version", "")),
            say("stamp.simulation", lang),
        ]
        return evidence.stamp(self.manifest.get("outside_evidence", {}), parts, lang)


OF_TABLE = ("front", "signs", "sites")  # figures of tables that not every folder has
Drawing = Callable[[Answers, Lang], Figure]
KINDS = {"attribute": "attribution", "robustness": "robustness", "sensitivity": "sensitivity",
         "design": "design"}  # by manifest  # fmt: skip


def drawings(kind: str) -> dict[str, Drawing]:
    """Return the figures of a kind of answer: ``attribution``, ``design``, ``robustness`` or ``sensitivity``."""
    from ftz_sim.report.boundary import boundary
    from ftz_sim.report.design import front
    from ftz_sim.report.sensitivity import sensitivity
    from ftz_sim.report.signs import signs
    from ftz_sim.report.sites import sites
    from ftz_sim.report.tornado import tornado
    from ftz_sim.report.waterfall import waterfall

    found: dict[str, dict[str, Drawing]] = {
        "attribution": {"waterfall": waterfall},
        "robustness": {"boundary": boundary, "tornado": tornado},
        "sensitivity": {"sensitivity": sensitivity},
        "design": {"front": front, "signs": signs, "sites": sites},
    }
    return found[kind]


def draw(folder: Path | str, kind: str) -> list[Path]:
    """Draw the figures of one kind into ``folder/figures`` in both languages; return what was written."""
    folder = Path(folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    answers, written = Answers(folder, manifest), []
    for lang in LANGUAGES:
        with house_style(lang):
            for name, drawing in drawings(kind).items():
                if name in OF_TABLE and not (folder / f"{name}.csv").is_file():
                    continue
                figure = drawing(answers, lang)
                written += save(figure, folder / "figures", name, lang, str(manifest.get("version", "")))
    return written
