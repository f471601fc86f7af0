"""From files to one document: a base, packages in order, own keys, then overrides.

Mappings merge, the lists of lever steps are laid one after the other, everything else replaces. The name,
title and reason of a base or package do not travel. Nothing is validated here beyond what merging needs.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ftz_sim.errors import InputError, Sentence, listed, nearest, short
from ftz_sim.model.parameters import ModelParameters
from ftz_sim.scenario.yaml_reader import MAX_DEPTH, Located, colon_hint, is_there, merge, read_file, read_text

BASELINE = "baseline"  # the code's defaults; its file is a generated copy, for reading
OWN = ("name", "title", "why")
MERGED = ("base", "packages")  # name what is merged, and are gone afterwards
CHAINED = ("policy",)


def scenarios_folder() -> Path:
    """Return the folder of the shipped scenarios: inside the package, or beside ``src`` in a checkout."""
    packaged = Path(__file__).parents[1] / "scenarios"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "scenarios"


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
        if not is_there(path) and path.suffix not in (".yaml", ".yml") and len(path.parts) == 1:
            raise _unknown("no_scenario", text, scenario_names())
    return _checked(read_file(path))


def read_scenario_text(text: str, source: str) -> Located:
    """Read the text of a scenario file, which messages call ``source``."""
    return _checked(read_text(text, source))


def _checked(document: Located) -> Located:
    if not isinstance(document.value, dict):
        hint = colon_hint(document.value)
        raise InputError("scenario_mapping", place=document.place, found=short(document.value), hint=hint)
    if document.get("name") is None:
        nameless = Sentence("missing", missing="name", nearest=nearest("name", document.value))
        raise InputError("at", place=document.place, what=nameless)
    return document


def compose(
    document: Located, overrides: Iterable[str] = (), firms: int | None = None, end: str | None = None
) -> Located:
    """Return the whole document of a scenario, with base and packages merged in; ``firms`` and ``end`` lie on top."""
    document = _resolve(document, ())
    laid = [_override(text, f"--set {text}") for text in overrides]
    if firms is not None:
        laid.append(_override(f"population.firms={firms}", f"firms={firms}"))
    if end is not None:
        laid.append(_override(f"horizon.end={end}", f"end={end}"))
    for each in laid:
        document = merge(document, each, CHAINED)
    return document


def _resolve(document: Located, users: tuple[str, ...]) -> Located:
    name, base = document.value["name"].value, document.get("base")
    whole = Located({}, document.source, document.line)
    if base is not None:
        chain = (*users, name)
        if base.value in chain:
            raise InputError("circular", place=base.place, chain=" -> ".join([*chain, base.value]))
        if base.value not in scenario_names():
            raise _unknown("not_shipped", base.value, scenario_names(), base.place)
        whole = _resolve(read_scenario(base.value), chain).without(*OWN)
    for package in _packages(document):
        whole = merge(whole, package, CHAINED)
    return merge(whole, document.without(*MERGED), CHAINED)


def _packages(document: Located) -> list[Located]:
    names = document.get("packages")
    if names is None:
        return []
    if not isinstance(names.value, list):
        raise InputError("packages_list", place=names.place, found=short(names.plain()))
    return [_package(name) for name in names.value]


def _package(name: Located) -> Located:
    if name.value not in package_names():
        raise _unknown("no_package", name.value, package_names(), name.place)
    package = read_file(scenarios_folder() / "packages" / f"{name.value}.yaml")
    for key, child in package.value.items():
        if key not in (*OWN, "policy"):
            raise InputError("package_keys", place=child.place, found=key)
    return package.without(*OWN)


def _override(text: str, source: str) -> Located:
    path, equals, value = text.partition("=")
    keys = path.strip().split(".")
    if not equals or not value.strip() or not all(keys):
        raise InputError("override", place=source)
    if len(keys) > MAX_DEPTH:
        raise InputError("too_deep", place=short(source), most=MAX_DEPTH)
    if keys[0] in ModelParameters.model_fields and keys[0] not in CHAINED:  # as `ftz params` names them
        keys.insert(0, "parameters")
    document = Located(read_text(value, source).value, source, 0)
    for key in reversed(keys):
        document = Located({key: document}, source, 0)
    return document


def _unknown(problem: str, name: object, names: list[str], place: str = "") -> InputError:
    found, close = short(name), nearest(name, names)
    return InputError(problem, place=place, found=found, allowed=listed(names), nearest=close)
