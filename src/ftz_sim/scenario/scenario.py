"""A scenario: who runs, until when, under which policy, shocks and parameters. Frozen once it is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    create_model,
    model_validator,
)

from ftz_sim.errors import InputError, short
from ftz_sim.model.clock import Quarter
from ftz_sim.model.parameters import ModelParameters
from ftz_sim.model.published_records import Figures
from ftz_sim.model.schedule import ALWAYS_ON, SCHEDULE
from ftz_sim.model.shocks import FixedKeys, ModelQuarter, Shock
from ftz_sim.scenario import evidence, idle, sentences
from ftz_sim.scenario.complaints import complaints
from ftz_sim.scenario.files import (
    BASELINE,
    MERGED,
    compose,
    read_scenario,
    read_scenario_text,
    scenario_names,
    scenarios_folder,
)
from ftz_sim.scenario.further_areas import FurtherArea, fitting
from ftz_sim.scenario.lever_steps import OPENING, ZONES, Around, LeverStep, laid
from ftz_sim.scenario.new_zones import NewZone, each_once, figures_with
from ftz_sim.scenario.rules import Rule, named_once
from ftz_sim.scenario.text import schema, to_yaml
from ftz_sim.scenario.yaml_reader import Located
from ftz_sim.text.tables import html_table
from ftz_sim.text.words import Lang, say

__all__ = [
    "OPENING",
    "ZONES",
    "LeverStep",
    "Scenario",
    "Shock",
    "scenario_names",
    "scenarios_folder",
]

# letters of all alphabets that have two or three bytes in UTF-8, for 64 of them must make the name of a folder
_LETTERS = (
    r"0-9A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u1fff"
    r"\u3005-\u3007\u3041-\ua4cf\ua500-\ud7ff\uf900-\ufaff"
)
NAME = rf"^[{_LETTERS}][{_LETTERS}.-]{{0,63}}$"
PRINTABLE = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]*$"


def _switch(value: Any) -> bool:
    switch = {"on": True, "off": False}.get(value, value) if isinstance(value, str) else value
    if not isinstance(switch, bool):
        raise InputError("switch", found=short(value))
    return switch


def _always(value: bool) -> bool:
    if not value:
        raise InputError("always_on")
    return value


Switch = Annotated[
    bool,
    BeforeValidator(_switch),
    PlainSerializer(lambda on: "on" if on else "off"),
    WithJsonSchema({"enum": ["on", "off", True, False]}),
]
Always = Annotated[Switch, AfterValidator(_always), WithJsonSchema({"enum": ["on", True]})]


Words = Annotated[str, Field(pattern=PRINTABLE)]


class Text(FixedKeys):
    """Words in both languages; a plain text serves for both, and so does the English if it stands alone."""

    allowed: ClassVar[str] = "texts"  # key of what is said to who writes something else

    en: Words
    zh: Words = Field("", description="as in English if it is left out")

    @model_validator(mode="before")
    @classmethod
    def _both(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"en": value, "zh": value}
        return {"zh": value["en"], **value} if isinstance(value, dict) and "en" in value else value


if TYPE_CHECKING:

    class Mechanisms(FixedKeys):
        """Which mechanisms run: on or off."""

else:
    Mechanisms = create_model(
        "Mechanisms",
        __base__=FixedKeys,
        __module__=__name__,
        __doc__="Which mechanisms run: on or off.",
        **{name: (Always if name in ALWAYS_ON else Switch, True) for name in SCHEDULE},
    )


class Population(FixedKeys):
    """How many firms stand for the economy."""

    firms: int = Field(40_000, ge=2_000, le=1_000_000, description="slots for firms")


class Horizon(FixedKeys):
    """When strategies part and when the run ends; it begins in 2013Q1."""

    fork: ModelQuarter = Field(Quarter(2025, 1), description="first quarter in which strategies differ")
    end: ModelQuarter = Field(Quarter(2035, 4), description="last quarter of the run")


def _laid(steps: tuple[LeverStep, ...], info: ValidationInfo) -> tuple[LeverStep, ...]:
    files = info.context.files if info.context else [""] * len(steps)
    return laid(steps, files, _codes(info.data.get("new_zones", ())))


def _fitting(areas: tuple[FurtherArea, ...], info: ValidationInfo) -> tuple[FurtherArea, ...]:
    return fitting(areas, info.data.get("new_zones", ()))


def _codes(new: tuple[NewZone, ...]) -> tuple[str, ...]:
    return (*ZONES, *(zone.province for zone in new))


class Scenario(FixedKeys):
    """Everything that decides a run, but its seed. Made by `Scenario.load`."""

    name: str = Field(pattern=NAME, description="letters, digits, _ . -, for it names folders")
    title: Text
    short: Text | None = Field(None, description="title that fits beside a line, if the title does not")
    why: Text = Text(en="", zh="")
    horizon: Horizon = Field(default_factory=Horizon)
    population: Population = Field(default_factory=Population)
    mechanisms: Mechanisms = Field(default_factory=Mechanisms)
    new_zones: Annotated[tuple[NewZone, ...], AfterValidator(each_once)] = ()
    further_areas: Annotated[tuple[FurtherArea, ...], AfterValidator(_fitting)] = ()
    policy: Annotated[tuple[LeverStep, ...], AfterValidator(_laid)] = ()
    rules: Annotated[tuple[Rule, ...], AfterValidator(named_once)] = ()
    shocks: tuple[Shock, ...] = ()
    parameters: ModelParameters = Field(default_factory=ModelParameters)

    @model_validator(mode="before")
    @classmethod
    def _titled(cls, value: Any) -> Any:
        if not isinstance(value, dict) or "title" in value or "name" not in value:
            return value
        return {**value, "title": str(value["name"])}  # a name that is no text is complained of once

    @classmethod
    def load(cls, name_or_path: str | Path, overrides: Iterable[str] = ()) -> Scenario:
        """Read a shipped scenario by name, or a file; merge base, packages and own keys; validate once.

        Args:
            name_or_path: ``history``, ``cross_zone`` ... or the path of a YAML file.
            overrides: texts like ``population.firms=5000``, laid over everything else.

        Raises:
            InputError: with file, line, key, what was found and what is allowed.
        """
        return cls.of(name_or_path, list(overrides))

    @classmethod
    def of(
        cls,
        spec: Scenario | str | Path,
        overrides: Iterable[str] = (),
        firms: int | None = None,
        end: str | None = None,
    ) -> Scenario:
        """Return a scenario that is loaded already, or load it; ``firms`` and ``end`` lie over ``overrides``.

        Raises:
            InputError: if it is not valid, or anything is to be laid over a scenario that is loaded already.
        """
        if not isinstance(spec, Scenario):
            if str(spec) == BASELINE and not overrides and firms is None and end is None:
                return baseline()
            return cls._validated(compose(read_scenario(spec), overrides, firms, end))
        if overrides or firms is not None or end is not None:
            raise InputError("loaded", name=spec.name)
        return spec

    @classmethod
    def of_text(cls, text: str, source: str, overrides: Iterable[str] = ()) -> Scenario:
        """Read the text of a scenario file, which messages call ``source``; see `load`."""
        return cls._validated(compose(read_scenario_text(text, source), overrides))

    @classmethod
    def _validated(cls, document: Located) -> Scenario:
        steps = document.get("policy")
        files = [step.source for step in steps.value] if steps and isinstance(steps.value, list) else []
        try:
            return cls.model_validate(document.plain(), strict=True, context=Around(files, _written(document)))
        except ValidationError as error:
            raise complaints(error, document, cls, MERGED) from None

    def __repr__(self) -> str:
        steps, shocks = len(self.policy), len(self.shocks)
        return f"<Scenario {self.name} to {self.horizon.end}: {steps} lever steps, {shocks} shocks>"

    def _repr_html_(self) -> str:
        shocks = [("shock", sentences.shock_text(shock, "en")) for shock in self.shocks]
        rules = [("rule", sentences.rule_text(rule, "en")) for rule in self.rules]
        rows = [
            ("title", self.title.en), ("why", self.why.en), ("strategies part", self.horizon.fork),
            ("end", self.horizon.end), ("firms", self.population.firms), ("lever steps", len(self.policy)),
        ]  # fmt: skip
        return html_table(self.name, ("", ""), [*rows, *rules, *shocks])

    @property
    def zone_codes(self) -> tuple[str, ...]:
        """Codes of all zones, those of the table first."""
        return _codes(self.new_zones)

    @property
    def figures(self) -> Figures:
        """The published figures, with the new zones."""
        return figures_with(self.new_zones)

    def is_on(self, mechanism: str) -> bool:
        """Tell whether ``mechanism`` runs."""
        return bool(getattr(self.mechanisms, mechanism))

    def dump(self, notes: bool = False) -> str:
        """Return the scenario as YAML, complete: it can be loaded as it stands.

        Args:
            notes: whether every parameter gets a comment with unit, range and evidence.
        """
        return to_yaml(self, notes)

    @classmethod
    def json_schema(cls) -> str:
        """Return the JSON schema of scenario files, as text."""
        return json.dumps(schema(cls), indent=2, ensure_ascii=False) + "\n"

    def warnings(self, lang: Lang = "en", everything: bool = False) -> list[str]:
        """Return a sentence for everything that is allowed, but leaves the range of evidence or is idle.

        Levers and shocks beyond the evidence, and all steps that never act, are named with ``everything`` only.
        """
        outside = evidence.beyond(self) if everything else evidence.parameters_beyond(self.parameters)
        never = idle.sentences(self, lang, *([len(self.policy)] if everything else []))
        return [*evidence.sentences(self, lang, outside), *self._unparted(lang), *never]

    def _unparted(self, lang: Lang) -> Iterator[str]:
        end, fork = self.horizon.end, self.horizon.fork
        if "fork" in self.horizon.model_fields_set and end < fork:  # to end sooner is the way to run history alone
            yield say("error.before_fork", lang, name=self.name, end=end, fork=fork)


def _written(document: Located) -> tuple[str, ...]:
    """Return the codes of all zones of a file, before anything in it is checked."""
    new = document.get("new_zones")
    entries = new.value if new and isinstance(new.value, list) else []
    found = (entry.get("province") for entry in entries)
    return (*ZONES, *(str(code.value) for code in found if code is not None))


def baseline() -> Scenario:
    """Return the scenario of the code's defaults: no policy, no shock."""
    return Scenario(
        name=BASELINE,
        title=Text(en="Defaults of the model", zh="模型默认值"),
        why=Text(
            en="Every parameter at its default, no lever pulled and no shock; the others start from here.",
            zh="所有参数取默认值，不动用任何政策工具，也没有冲击；其他情景均以此为起点。",
        ),
    )
