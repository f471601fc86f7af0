"""The house keeps its own rules: imports point one way, every rule is documented and tested."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from ftz_sim.cli.stubs import MARK
from ftz_sim.model.parameters import ModelParameters, all_cards
from ftz_sim.model.params import cards
from ftz_sim.model.schedule import SCHEDULE

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "ftz_sim"
FILES = sorted(SOURCE.rglob("*.py"))
MECHANISMS = sorted(path for path in (SOURCE / "model" / "mechanisms").glob("*.py") if path.stem != "__init__")
# lower floors never import higher ones
FLOORS = (
    {"errors", "extras", "text"},
    {"model"},
    {"scenario", "indicators"},
    {"seeds", "results"},
    {"runs"},
    {"analysis"},
    {"design"},
    {"validation"},
    {"report", "trace"},
    {"exercises", "story", "classroom"},
    {"lab"},
    {"__main__", "cli"},
)
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
TABLES_ONLY = ("report", "lab", "indicators", "results", "text")
SIMULATION = {
    "mesa", "model.columns", "model.mechanisms", "model.initial_state", "model.initial_places", "model.initial_nation",
    "runs.model", "runs.agents",
}  # fmt: skip
MOST_LINES, MOST_ARGUMENTS = 300, 7
LONG = {  # files with more lines, and why
    **dict.fromkeys(
        (
            f"model/mechanisms/{name}.py"
            for name in ("exogenous_paths", "foreign_investment", "investment", "migration", "research")
        ),
        "a mechanism is one file: its specification, its parameters and its equations",
    ),
    **dict.fromkeys(
        "indicators/dictionary_national.py model/columns.py model/levers.py text/errors.py text/help.py text/page.py "
        "text/parameters.py".split(),
        "a catalogue is one file: things are looked up in it",
    ),
}
MANY = {  # functions with more arguments, and why
    **dict.fromkeys(
        "analysis.attribute.attribute analysis.compare.compare runs.run.replicates runs.sweep.sweep "
        "validation.study.validate".split(),
        "the Python of a command: a keyword for each of its options",
    ),
    **dict.fromkeys(
        "model.bargain.gains.of_knowledge model.bargain.leads.leads model.markets.costs.costs "
        "model.markets.world.calibrate model.mechanisms.capital_account.update model.mechanisms.carbon.budget "
        "model.mechanisms.digital_capability.update model.mechanisms.foreign_investment.utility "
        "model.mechanisms.industrial_upgrading.choose_field model.mechanisms.investment.zone_rows "
        "model.mechanisms.investment.update".split(),
        "an equation: an argument for each of its symbols",
    ),
    "model.params.param": "a parameter: an argument for each thing that is said of it",
}


def imports(path: Path, *, type_checking: bool = False) -> set[str]:
    """Modules that ``path`` imports: ftz_sim's own by package and module (``runs.model``), others by their root."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skip: set[ast.AST] = set()
    if not type_checking:
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
                skip.update(child for statement in node.body for child in ast.walk(statement))
    found: set[str] = set()
    for node in ast.walk(tree):
        if node in skip:
            continue
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = node.module.count(".") > 1
            found.update({node.module} if whole else {f"{node.module}.{n.name}" for n in node.names})
    return {".".join(name.split(".")[1:3]) if name.startswith("ftz_sim.") else name.split(".")[0] for name in found}


def part(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_one_way(path):
    here = part(path)
    if here == "__init__":
        return
    assert here in FLOOR, f"{here} has no floor yet: add it to FLOORS"
    above = {name for name in imports(path) if FLOOR.get(name.split(".")[0], 0) > FLOOR[here]}
    assert not above, f"{path.name} on floor {FLOOR[here]} imports {above} from above"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_what_reads_tables_sees_no_agents(path):
    if part(path) in TABLES_ONLY:
        assert not imports(path, type_checking=True) & SIMULATION


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_stray_randomness_and_no_swallowed_errors(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"np\.random\.(rand|normal|uniform|choice|seed|default_rng)|\bmodel\.random\b", text)
    assert not re.search(r"except\s*:|import \*", text)


def test_every_mechanism_is_in_the_schedule_and_has_parameters_there():
    assert set(SCHEDULE) == {path.stem for path in MECHANISMS}
    missing = set(SCHEDULE) - set(ModelParameters.model_fields) - {"policy"}
    assert not missing


@pytest.mark.parametrize("path", MECHANISMS, ids=lambda path: path.stem)
def test_a_mechanism_states_its_claims_and_columns_and_has_its_tests(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    specification = ast.get_docstring(tree) or ""
    for line in ("Claims:", "Reads:", "Writes:"):
        assert line in specification, f"{path.stem} lacks {line}"
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert "step" in {node.name for node in functions}
    tests = (ROOT / "tests" / "mechanisms" / f"test_{path.stem}.py").read_text(encoding="utf-8")
    tested = set(re.findall(r"[a-z_]+", tests))
    public = {node.name for node in functions if not node.name.startswith("_")} - {"step"}
    assert public <= tested, f"no test of {path.stem} names {public - tested}"
    assert tests.count("\ndef test_") >= 3


@pytest.mark.parametrize("path", MECHANISMS, ids=lambda path: path.stem)
def test_step_only_wires(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    step = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "step")
    assert not any(isinstance(node, ast.If | ast.For | ast.While) for node in ast.walk(step)), path.stem


def test_every_parameter_has_a_complete_card_and_is_read_by_some_rule():
    code = [path.read_text(encoding="utf-8") for path in FILES]
    for mechanism, field in ModelParameters.model_fields.items():
        for card in cards(field.annotation):
            assert card.meaning and card.unit and card.source, f"{mechanism}.{card.name}"
            if card.grade in ("D", "L"):
                assert card.source != "assumed", f"{mechanism}.{card.name} is graded {card.grade} without a source"
            uses = sum(len(re.findall(rf"\.{card.name}\b", text)) for text in code)
            assert uses, f"{mechanism}.{card.name} is never read"


def test_defaults_lie_in_their_range_of_evidence():
    for mechanism, field in ModelParameters.model_fields.items():
        for card in cards(field.annotation):
            assert not card.outside_evidence(card.default), f"{mechanism}.{card.name}"


def test_the_command_line_starts_without_heavy_imports():
    heavy = {"numpy", "pandas", "mesa", "matplotlib", "scipy"}
    probe = f"import sys, ftz_sim.cli; print(sorted({heavy} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_every_cited_source_has_an_entry():
    entries = set(YAML(typ="safe").load((ROOT / "seeds" / "sources.yaml").read_text(encoding="utf-8")))
    for mechanism, field in ModelParameters.model_fields.items():
        for card in cards(field.annotation):
            cited = {key.strip() for key in card.source.split(",")} - {"assumed", "calibrated", "data"}
            assert cited <= entries, f"{mechanism}.{card.name} cites {cited - entries}"


def test_nothing_that_dev_new_wrote_is_left_to_fill_in():
    places = (
        "src/ftz_sim/**/*.py",
        "scenarios/**/*.yaml",
        "seeds/*.yaml",
        "tests/mechanisms/*.py",
        "tests/indicators/*.py",
    )
    left = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for place in places
        for path in sorted(ROOT.glob(place))
        if path.name != "stubs.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(rf"\b{MARK}\b|待填", line)
    ]
    assert not left, "\n".join(left)


def test_a_grade_of_the_literature_rests_on_a_number():
    notes = {
        name: entry["note"]
        for name, entry in YAML(typ="safe").load((ROOT / "seeds" / "sources.yaml").read_text(encoding="utf-8")).items()
    }
    for name, card in all_cards().items():
        if card.grade == "L":
            assert any(re.search(r"\d", notes[source]) for source in card.source.split(", ")), name


def test_files_are_short_but_for_a_reason():
    long = {str(path.relative_to(SOURCE)) for path in FILES if len(path.read_text("utf-8").splitlines()) > MOST_LINES}
    assert long == set(LONG)


def test_functions_take_few_arguments_but_for_a_reason():
    many = {
        f"{'.'.join(path.relative_to(SOURCE).with_suffix('').parts)}.{node.name}"
        for path in FILES
        if "cli" not in path.relative_to(SOURCE).parts  # an option of a command is an argument
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and arguments(node) > MOST_ARGUMENTS
    }
    assert many == set(MANY)


def arguments(function: ast.FunctionDef) -> int:
    """Count the arguments of a function, ``self`` and ``cls`` apart."""
    names = [each.arg for each in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
    return len([name for name in names if name not in ("self", "cls")])
