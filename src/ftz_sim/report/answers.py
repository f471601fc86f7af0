"""What figures of analyses (attribution, sensitivity, robustness, design) are drawn from."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ftz_sim.indicators.shown import Shown
from ftz_sim.report.tables import FigureError, scenario_name
from ftz_sim.results.reading import Experiment as Folder
from ftz_sim.results.reading import read_table
from ftz_sim.scenario import evidence
from ftz_sim.text.words import LANGUAGES, Lang, say


@dataclass(frozen=True)
class Answers(Folder):
    """Manifest and tables of a folder."""

    def table(self, name: str) -> pd.DataFrame:
        """Return the table ``name.csv``; raise FigureError if there is none."""
        found = read_table(self.folder, name)
        if found is None:
            raise FigureError("no_experiment", folder=self.folder, missing=f"{name}.csv")
        return found

    def scenario(self, key: str, lang: Lang) -> str:
        """Return the name of the scenario that the manifest calls ``key``."""
        return scenario_name(str(self.manifest[key]), lang)

    def label(self, name: str, lang: Lang) -> str:
        """Return what the manifest of a design calls a choice, a sign or a measure."""
        return str(self.manifest["labels"][name][LANGUAGES.index(lang)])

    def shown(self, name: str, lang: Lang) -> Shown:
        """Return how the measure ``name`` of a design is read."""
        return Shown(**self.manifest["shown"][name][LANGUAGES.index(lang)])

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
