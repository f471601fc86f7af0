"""Reading experiment folders back, and checking them against their manifest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ftz_sim.errors import InputError
from ftz_sim.results.manifest import MANIFEST, output_checksums
from ftz_sim.results.parts import read_all

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Experiment:
    """A folder that was read back; tables are read when asked for."""

    folder: Path
    manifest: dict[str, Any]

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run."""
        return self._parquet("runs")

    @cached_property
    def national(self) -> pd.DataFrame:
        """National indicators by run and quarter."""
        return self._parquet("national")

    @cached_property
    def regions(self) -> pd.DataFrame:
        """Indicators of provinces by run and quarter."""
        return self._parquet("regions")

    @cached_property
    def zones(self) -> pd.DataFrame:
        """Indicators of zones by run and quarter."""
        return self._parquet("zones")

    @cached_property
    def partners(self) -> pd.DataFrame:
        """Indicators of partner economies by run and quarter."""
        return self._parquet("partners")

    @cached_property
    def comparison(self) -> pd.DataFrame | None:
        """Differences to the reference; None if nothing was compared."""
        import pandas as pd

        path = self.folder / "comparison.csv"
        return pd.read_csv(path, dtype={"at": str}) if path.is_file() else None

    def _parquet(self, name: str) -> pd.DataFrame:
        import pandas as pd

        path = self.folder / f"{name}.parquet"
        if path.is_dir():  # of a sweep, in parts
            parts: pd.DataFrame = read_all(self.folder, name).to_pandas()
            return parts
        return pd.read_parquet(path)


def load(folder: str | Path) -> Experiment:
    """Read an experiment folder back.

    Raises:
        InputError: if it is none.
    """
    return Experiment(Path(folder), read_manifest(Path(folder)))


def verify(folder: str | Path) -> list[str]:
    """Return a sentence for every file that differs from its checksum in the manifest; none if all is well."""
    folder = Path(folder)
    stored: dict[str, str] = read_manifest(folder)["outputs"]
    found = output_checksums(folder)
    return [
        *(f"{name} is missing" for name in stored if name not in found),
        *(f"{name} was changed" for name in stored if name in found and stored[name] != found[name]),
        *(f"{name} was added" for name in found if name not in stored),
    ]


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of an experiment folder.

    Raises:
        InputError: if there is none, or none of ours.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(f"{folder} is no experiment folder: it has no {MANIFEST}") from None
    except (ValueError, OSError) as error:
        raise InputError(f"{folder / MANIFEST} cannot be read: {error}") from None
    if not isinstance(manifest, dict) or not {"kind", "version", "outputs"} <= manifest.keys():
        raise InputError(f"{folder / MANIFEST} is not the manifest of an experiment")
    return manifest
