"""What figures of analyses (attribution, sensitivity, robustness, design) are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ftz_sim.report.tables import scenario_name
from ftz_sim.scenario import evidence
from ftz_sim.text.words import Lang, say


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
