"""Optional libraries: what needs one says so in a sentence before anything runs."""

from __future__ import annotations

from importlib.util import find_spec

from ftz_sim.errors import InputError

REQUIREMENTS = {  # by the name that is imported; as in pyproject.toml
    "SALib": "SALib>=1.5",
    "sklearn": "scikit-learn>=1.4",
    "distributed": "dask[distributed]>=2024.1",
    "pyfixest": "pyfixest>=0.50",
    "openpyxl": "openpyxl>=3.1",
    "streamlit": "streamlit>=1.67,<2",
    "pymoo": "pymoo>=0.6.1.6",
}


def is_installed(library: str) -> bool:
    """Tell whether a library can be imported."""
    return find_spec(library) is not None


def need(library: str) -> None:
    """Make sure that an optional library is installed.

    Raises:
        InputError: with the command that installs it, which names the library and not this package, so that it is
            the same in a clone and beside an installed wheel.
    """
    if not is_installed(library):
        requirement = REQUIREMENTS[library]
        raise InputError("no_library", library=requirement.partition(">")[0], requirement=requirement)
