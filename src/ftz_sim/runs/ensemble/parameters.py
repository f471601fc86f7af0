"""Parameters of several runs."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from ftz_sim.model.columns import Index

if TYPE_CHECKING:
    from ftz_sim.model.parameters import ModelParameters
    from ftz_sim.model.params import Params


class Together:
    """The parameters of one mechanism: a number where the runs agree, one for each run [E] where they differ.

    Several numbers under one name are [K, E] in either case. What a record derives from its numbers is here, too.
    Each of the ``records`` is there once, ``of_run`` [E] says which is whose.
    """

    def __init__(self, records: Sequence[Params], of_run: Index) -> None:
        kind = type(records[0])
        derived = (name for name, what in vars(kind).items() if isinstance(what, property))
        for name in (*kind.model_fields, *derived):
            values = [getattr(record, name) for record in records]
            agree = not isinstance(values[0], tuple) and all(value == values[0] for value in values)
            setattr(self, name, values[0] if agree else np.array(values).T.take(of_run, axis=-1))

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


class Own:
    """The same as the firms of a group meet them: a number, or one for each firm [n]."""

    def __init__(self, record: Together, run: Index) -> None:
        self._record, self._run = record, run

    def __getattr__(self, name: str) -> Any:
        return of_run(getattr(self._record, name), self._run)


def of_run(number: Any, run: Index) -> Any:
    """Return what every ``run`` [n] has of a number, or of an array [..., E]."""
    return number[..., run] if isinstance(number, np.ndarray) and number.ndim else number


def together(parameters: Sequence[ModelParameters]) -> Any:
    """Return the parameters of all mechanisms by their names."""
    found = {id(each): each for each in parameters}
    of_run = np.array([list(found).index(id(each)) for each in parameters])
    names = type(parameters[0]).model_fields
    return SimpleNamespace(
        **{name: Together([getattr(each, name) for each in found.values()], of_run) for name in names}
    )
