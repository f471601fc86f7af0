"""The nation after 2018 beside forecasts that need no model.

A series is what several targets of the board read in the same way at different dates. Forecasts know what was
published to 2018; later targets are scored, but for those whose path is input. Errors are roots of mean squares in
the unit of the target:

    model      as it stands on the board
    unchanged  the last published value
    last_step  the change between the last two published values goes on, a year as the other

Some parameters were set by hand with a view of these years (targets of the kind ``seen``), so a model that wins
here has not forecast anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.model.clock import Quarter
from ftz_sim.validation.board import Value
from ftz_sim.validation.provinces import rmse
from ftz_sim.validation.targets import Target

if TYPE_CHECKING:
    import pandas as pd

KNOWN_TO = 2018
YEAR = re.compile(r"\s*20\d\d年?")


def series(targets: Sequence[Target]) -> list[list[Target]]:
    """Return targets with a published value that read the same number, in order of their dates."""

    def key(target: Target) -> tuple[str, ...]:
        span = str(_years(target.at) - _years(target.base)) if target.base else ""
        return target.table, target.indicator, target.reading, span

    usable = [t for t in targets if t.table in ("national", "zones") and _number(t.published) is not None]
    usable.sort(key=lambda t: (key(t), _years(t.at)))
    return [list(group) for _, group in groupby(usable, key)]


def scores(targets: Sequence[Target], values: Mapping[str, Value]) -> pd.DataFrame:
    """Return one row for each series that has figures to 2018 and later ones that the model reaches.

    Args:
        targets: of the board.
        values: what the model has for them, by id.
    """
    import pandas as pd

    rows = []
    for each in series(targets):
        known = [t for t in each if t.last_year <= KNOWN_TO]
        later = [t for t in each if t.last_year > KNOWN_TO and t.kind != "input" and t.id in values]
        if known and later:
            rows.append(_scored(known, later, values))
    return pd.DataFrame(rows)


def _scored(known: list[Target], later: list[Target], values: Mapping[str, Value]) -> dict[str, Any]:
    last, published = known[-1], np.array([_number(t.published) for t in later], dtype=float)
    value = float(last.published)
    ahead = np.array([_years(t.at) - _years(last.at) for t in later])
    step = np.nan
    if len(known) > 1:
        step = (value - float(known[-2].published)) / (_years(last.at) - _years(known[-2].at))
    made = {
        "model": np.array([values[t.id].mean for t in later]),
        "unchanged": np.full(len(later), value),
        "last_step": value + step * ahead,
    }
    return {
        **{lang: YEAR.sub("", later[0].label(lang)).strip() for lang in ("en", "zh")},
        "last_known": last.at,
        "scored": len(later),
        "unit": later[0].unit,
        **{name: rmse(forecast - published) for name, forecast in made.items()},
    }


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _years(at: str) -> float:
    return Quarter.parse(at).index / 4 if "Q" in at else float(at) - 2013
