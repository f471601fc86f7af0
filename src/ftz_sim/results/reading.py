"""Reading experiment folders back, and checking them against their manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ftz_sim.errors import Both, InputError, reason
from ftz_sim.results.manifest import MANIFEST, output_checksums
from ftz_sim.results.parts import read_all
from ftz_sim.words import Lang, say

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


def verify(folder: str | Path, lang: Lang = "en") -> list[str]:
    """Return a sentence for every file that differs from its checksum in the manifest; none if all is well."""
    folder = Path(folder)
    stored: dict[str, str] = read_manifest(folder)["outputs"]
    found = output_checksums(folder)
    return [
        *(say("error.file_missing", lang, name=name) for name in stored if name not in found),
        *(
            say("error.file_changed", lang, name=name)
            for name in stored
            if name in found and stored[name] != found[name]
        ),
        *(say("error.file_added", lang, name=name) for name in found if name not in stored),
    ]


@contextmanager
def intact(folder: Path) -> Iterator[None]:
    """Turn what goes wrong while ``folder`` is read into InputError, if its files are not those of its manifest."""
    try:
        yield
    except InputError:
        raise
    except (OSError, ValueError, LookupError, TypeError, ArithmeticError) as error:
        if read_manifest(folder)["outputs"] and (problems := verify(folder)):
            what = [Both(*both) for both in zip(problems, verify(folder, "zh"), strict=True)]
            raise InputError("damaged", folder=folder, what=what) from error
        raise


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of an experiment folder.

    Raises:
        InputError: if there is none, or none of ours.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise InputError("no_experiment", folder=folder, missing=MANIFEST) from None
    except OSError as error:
        raise InputError("unreadable", path=folder / MANIFEST, reason=reason(error)) from None
    except (ValueError, RecursionError) as error:
        raise InputError("bad_manifest", path=folder / MANIFEST, reason=str(error)) from None
    known = {"kind": str, "version": str, "inputs": dict, "outputs": dict}
    if not isinstance(manifest, dict) or not all(isinstance(manifest.get(key), kind) for key, kind in known.items()):
        raise InputError("foreign_manifest", path=folder / MANIFEST)
    return manifest
