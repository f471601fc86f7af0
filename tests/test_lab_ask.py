"""What is asked of one province in the lab: the answer of `ftz compare --focus`, from runs that the page has."""

from __future__ import annotations

import numpy as np
import pytest

from ftz_sim.analysis.focus import Question
from ftz_sim.errors import InputError
from ftz_sim.lab import work
from ftz_sim.lab.variants import Variant
from ftz_sim.text.numbers import estimate

pytest.importorskip("streamlit")
from ftz_sim.lab.ask import answer, shown

BASES = ("history", "no_ftz")


@pytest.fixture(scope="module")
def runs():
    return {name: work.make([(Variant(name).yaml(), 2018, seed) for seed in range(2)]) for name in BASES}


@pytest.fixture(scope="module")
def found(runs):
    return answer(Question.of("Hubei", "fdi,patents", 2018), 2018, runs)


def test_differences_are_those_of_the_province_and_of_its_zone(found, runs):
    for level, table, name in (
        ("region", "regions", "patents"),
        ("region", "regions", "fdi"),
        ("zone", "zones", "fdi"),
    ):
        values = []
        for base in BASES:
            place = getattr(runs[base][0].codes, table).code.index("HB")
            columns = (getattr(run, table)[name][20:24, place] for run in runs[base])
            values.append([float(np.mean(column)) for column in columns])
        row = found.table.query(f"scenario == 'no_ftz' and level == '{level}' and indicator == '{name}'").iloc[0]
        assert (row["reference_mean"], row["mean"]) == pytest.approx(tuple(map(np.mean, values)), rel=1e-6)
        assert row["difference"] == pytest.approx(100 * np.mean(np.divide(values[1], values[0]) - 1), abs=1e-4)
        assert row["difference"] != 0


@pytest.mark.parametrize(("lang", "heads"), [("en", ["indicator", "unit"]), ("zh", ["指标", "单位"])])
def test_the_table_is_for_people(found, lang, heads):
    rows = found.table.query("level == 'region'")
    table = shown(rows, "history", lang)
    assert [*table.columns] == [*heads, "no_ftz"] and len(table) == 2
    first = rows.query("scenario == 'no_ftz'").iloc[0]
    said = estimate(first["difference"], first["ci_low"], first["ci_high"])
    assert table["no_ftz"][0] == f"{said.value} {said.spread}" and "±" in said.spread


def test_what_a_place_does_not_know_is_said(runs):
    with pytest.raises(InputError, match="GZ has none"):
        answer(Question.of("GZ", "value_added", 2018), 2018, runs)
