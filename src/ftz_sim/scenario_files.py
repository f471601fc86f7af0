"""From files to one document: a base, packages in order, own keys, then overrides.

Mappings merge, the lists of lever steps are laid one after the other, everything else replaces. The name,
title and reason of a base or package do not travel. Nothing is validated here beyond what merging needs.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ftz_sim.errors import InputError, listed, nearest, short
from ftz_sim.parameters import ModelParameters
from ftz_sim.yaml_reader import Located, merge, read_file, read_text

BASELINE = "baseline"  # the code's defaults; its file is a generated copy, for reading
OWN = ("name", "title", "why")
MERGED = ("base", "packages")  # name what is merged, and are gone afterwards
CHAINED = ("policy",)


def scenarios_folder() -> Path:
    """Return the folder of the shipped scenarios: inside the package, or beside ``src`` in a checkout."""
    packaged = Path(__file__).parent / "scenarios"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "scenarios"


def scenario_names() -> list[str]:
    """Return the names of the shipped scenarios."""
    return sorted({BASELINE, *(path.stem for path in scenarios_folder().glob("*.yaml"))})


def package_names() -> list[str]:
    """Return the names of the shipped packages of levers."""
    return sorted(path.stem for path in (scenarios_folder() / "packages").glob("*.yaml"))


def read_scenario(name_or_path: str | Path) -> Located:
    """Read a shipped scenario by name, or a file, as it stands."""
    text = str(name_or_path)
    if text == BASELINE:
        return Located({"name": Located(BASELINE, "code", 0)}, "code", 0)
    if text in scenario_names():
        path = scenarios_folder() / f"{text}.yaml"
    else:
        path = Path(name_or_path)
        if not path.exists() and path.suffix not in (".yaml", ".yml") and len(path.parts) == 1:
            raise InputError(_unknown(f"there is no scenario {text!r}", text, scenario_names()))
    document = read_file(path)
    if not isinstance(document.value, dict):
        found = short(document.value)
        raise InputError(f"{document.place}: found {found}; a scenario is a mapping, such as name: my_scenario")
    if document.get("name") is None:
        raise InputError(f"{document.place}: the key 'name' is missing{nearest('name', document.value)}")
    return document


def compose(name_or_path: str | Path, overrides: Iterable[str] = ()) -> Located:
    """Return the whole document of a scenario, with base and packages merged in."""
    document = _resolve(read_scenario(name_or_path), ())
    for override in overrides:
        document = merge(document, _override(override))
    return document


def _resolve(document: Located, users: tuple[str, ...]) -> Located:
    name, base = document.value["name"].value, document.get("base")
    whole = Located({}, document.source, document.line)
    if base is not None:
        chain = (*users, name)
        if base.value in chain:
            raise InputError(f"{base.place}: base: circular, {' -> '.join([*chain, base.value])}")
        if base.value not in scenario_names():
            problem = f"{base.place}: base: found {short(base.value)}, which is no shipped scenario"
            raise InputError(_unknown(problem, base.value, scenario_names()))
        whole = _resolve(read_scenario(base.value), chain).without(*OWN)
    for package in _packages(document):
        whole = merge(whole, package, CHAINED)
    return merge(whole, document.without(*MERGED), CHAINED)


def _packages(document: Located) -> list[Located]:
    names = document.get("packages")
    if names is None:
        return []
    if not isinstance(names.value, list):
        found = short(names.plain())
        raise InputError(f"{names.place}: packages: found {found}; allowed: a list of names, such as [linkage]")
    return [_package(name) for name in names.value]


def _package(name: Located) -> Located:
    if name.value not in package_names():
        problem = f"{name.place}: packages: found {short(name.value)}, which is no package"
        raise InputError(_unknown(problem, name.value, package_names()))
    package = read_file(scenarios_folder() / "packages" / f"{name.value}.yaml")
    for key, child in package.value.items():
        if key not in (*OWN, "policy"):
            raise InputError(f"{child.place}: a package holds name, title, why and policy, not {key!r}")
    return package.without(*OWN)


def _override(text: str) -> Located:
    source = f"--set {text}"
    path, equals, value = text.partition("=")
    keys = path.strip().split(".")
    if not equals or not value.strip() or not all(keys):
        raise InputError(f"{source}: write a path of keys and a value, such as population.firms=5000")
    if keys[0] in ModelParameters.model_fields and keys[0] not in CHAINED:  # as `ftz params` names them
        keys.insert(0, "parameters")
    document = Located(read_text(value, source).value, source, 0)
    for key in reversed(keys):
        document = Located({key: document}, source, 0)
    return document


def _unknown(problem: str, name: object, names: list[str]) -> str:
    return f"{problem}; allowed: {listed(names)}{nearest(name, names)}"
