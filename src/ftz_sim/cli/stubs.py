"""What `ftz dev new` writes: new files, and lines for files that are there, with {todo} for what is to be filled in.

A stub is neutral: until it is filled in the model loads, and its numbers are those of before.
"""

from __future__ import annotations

from typing import NamedTuple

MARK = "TO" + "DO"  # written so that nobody searching for what is left to do finds this


IMPORTS = "modules that are imported, by name"


class Lines(NamedTuple):
    """Lines to put into a file that is there, before the first place that matches ``before``."""

    path: str
    before: str
    text: str


FILES: dict[str, dict[str, str]] = {
    "mechanism": {
        "src/ftz_sim/model/mechanisms/{name}.py": '''"""{title}: {todo} what it does, in one line.

One quarter (dt = 0.25 years):

    x' = x                  {todo} the equations

    x   {todo} every symbol                               [unit]

Economic logic: {todo} in two sentences.
Decisive parameter: {todo}. It would be falsified by {todo}.

Off: {todo} columns stay neutral.

Claims:  {todo} ids of cards in seeds/ that name this mechanism
Reads:   nation.law
Writes:  nation.law
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ftz_sim.model.params import Params, param

if TYPE_CHECKING:
    from ftz_sim.model.world import World

CLAIMED = "M-LAW: +gdp"  # {todo} claims that the lever study tests, and what they say moves


class {record}(Params):
    """Keys a scenario may set under ``{name}:``."""

    pace: float = param(0.0, "{todo} what it is", unit="1/yr", low=-0.001, high=0.001, zh="待填")  # {todo} all of it


def update(x: float, p: {record}, dt: float) -> float:
    """Return {todo} [unit] after ``dt`` years."""
    return x * (1 + p.pace * dt)


def step(model: World, p: {record}) -> None:
    """Wire `update` to the nation."""
    model.nation.law = update(model.nation.law, p, model.dt)
''',
        "tests/mechanisms/test_{name}.py": """from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.mechanisms.{name} import {record}, update


def test_a_case_by_hand():  # {todo} say which, in the name
    # {todo} the numbers of the case, worked out beside the model
    assert update(0.5, {record}(pace=0.04), 0.25) == approx(0.505)


@given(x=st.floats(0, 1))
def test_a_property(x):  # {todo} two properties
    assert update(x, {record}(pace=0.0), 0.25) == x


def test_the_step_takes_what_it_says(played):
    old, new, p = played("{name}")
    assert new.nation.law == approx(update(old.nation.law, p, 0.25))  # {todo}
""",
    },
    "lever": {},
    "indicator": {},
}

LINES: dict[str, tuple[Lines, ...]] = {
    "mechanism": (
        Lines("src/ftz_sim/model/schedule.py", IMPORTS, "    {name},\n"),
        Lines(
            "src/ftz_sim/model/schedule.py",
            r'^    "firm_turnover": firm_turnover,',
            '    "{name}": {name},  # {todo} what it does; its place in the quarter\n',
        ),
        Lines(
            "src/ftz_sim/text/mechanisms.py",
            r'^    "tier\.0":',
            '    "mechanism.{name}": ("{words}", "待填"),  # {todo} its name in Chinese\n',
        ),
        Lines(
            "src/ftz_sim/text/mechanisms.py",
            r"^\}\n\n# what mechanisms read",
            '    "{name}": "待填。",  # {todo} what it does, in Chinese\n',
        ),
    ),
    "lever": (
        Lines(
            "src/ftz_sim/model/levers.py",
            r"^# fmt: on",
            """    {name}: Column = zone(  # {todo} or pair(...) or nation(...); see above what each entry is
        "institutions", "{words}", "待填",  # {todo}
        claims="{todo}", moves="+gdp",  # {todo}
        effects="{todo}",
        outlay=("zone", 0.0, "spend", 1.0, "{todo}", "assumed"),
    )
""",
        ),
        Lines(
            "scenarios/packages/own_upgrading.yaml",
            r"\Z",
            "  - {{lever: {name}, from: 2025Q1, level: 1, ramp: 8}} # {todo} the package that it belongs to\n",
        ),
    ),
    "indicator": (
        Lines(
            "src/ftz_sim/indicators/dictionary_national.py",
            r"^\)\n# fmt: on",
            """    ("{name}", "share", 0, "mean", "points", "{title}", "待填",  # {todo} all of it
     "{todo}.", "待填。",
     "Diagnostics", "{todo}", "definition"),
""",
        ),
        Lines(
            "src/ftz_sim/indicators/national.py",
            r"^    \}\n\n\ndef growth_over_a_year",
            '        "{name}": 0.0 * nation.gdp[1:],  # {todo} its formula\n',
        ),
    ),
}

# what no stub can write, by kind
BY_HAND = {
    "mechanism": ("seeds/*.yaml (carried_by: mechanisms)",),
    "lever": ("seeds/*.yaml (carried_by: levers)", "src/ftz_sim/model/mechanisms/*.py", "tests/mechanisms/test_*.py"),
    "indicator": ("tests/indicators/test_*.py",),
}
