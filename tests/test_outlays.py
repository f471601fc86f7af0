"""The table of outlays is checked when it is read: what is wrong is said with its line and the nearest name."""

import shutil

import pytest

from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.outlays import load_outlays
from ftz_sim.model.published import DATA, FiguresError

ROWS = (DATA / "lever_outlays.csv").read_text(encoding="utf-8").splitlines()
LINE = {row.split(",")[0]: number for number, row in enumerate(ROWS, start=1)}


def test_every_lever_has_one_outlay_in_the_order_of_the_catalogue():
    assert [row.lever for row in load_outlays()] == list(CATALOGUE)
    assert all(row.meaning and row.source for row in load_outlays())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("zone_status,zone,", "zone_statu,zone,", "lever 'zone_statu' is not known; did you mean 'zone_status'?"),
        ("legal_mandate,zone,", "legal_mandate,zones,", "base 'zones' is not known, not one of zone, zone_va"),
        ("legal_mandate,zone,0.01,spend", "legal_mandate,zone,0.01,spent", "did you mean 'spend'?"),
        ("legal_mandate,zone,0.01", "legal_mandate,zone,dear", "rate 'dear', not a number"),
        ("legal_mandate,zone,0.01,spend,1.0", "legal_mandate,zone,0.01,spend,1.5", "'1.5', not a number from 0 to 1"),
        ("legal_mandate,zone,", "legal_mandate,national_gdp,", "is a lever of zone scope and has the base"),
        ("replication,national_gdp,", "replication,zone,", "is a lever of nation scope and has the base 'zone'"),
        ("joint_fund,formula,", "joint_fund,zone,", "joint_fund has a formula"),
        ("legal_mandate,zone,0.01", "legal_mandate,formula,", "legal_mandate has no formula"),
        ("joint_fund,formula,,", "joint_fund,formula,0.1,", "has a formula and no rate, but the rate '0.1'"),
        ("legal_mandate,zone,", "zone_status,zone,", "zone_status has an outlay already"),
        ("drafting and courts,assumed", "drafting and courts,", "lacks its meaning or its source"),
    ],
)
def test_what_is_wrong_in_the_table_is_said_with_its_line(old, new, said, tmp_path):
    text = (DATA / "lever_outlays.csv").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "lever_outlays.csv").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FiguresError) as error:
        load_outlays(tmp_path)
    lever = old.split(",")[0]
    place = LINE["legal_mandate" if lever.startswith("drafting") else lever]
    assert said in str(error.value)
    assert f"line {place}:" in str(error.value)


def test_a_lever_without_outlay_is_named(tmp_path):
    shutil.copy(DATA / "lever_outlays.csv", tmp_path)
    kept = [row for row in ROWS if not row.startswith("ai_plus,")]
    (tmp_path / "lever_outlays.csv").write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(FiguresError, match="no outlay for ai_plus"):
        load_outlays(tmp_path)
