"""Outlays are checked when they are read: what is wrong is said with its lever and the nearest name."""

import pytest

from ftz_sim.model.levers import CATALOGUE
from ftz_sim.model.outlays import checked, load_outlays

OUTLAYS = {row.lever: row for row in load_outlays()}


def test_every_lever_has_one_outlay_in_the_order_of_the_catalogue():
    assert list(OUTLAYS) == list(CATALOGUE)
    assert all(row.meaning and row.source for row in load_outlays())


@pytest.mark.parametrize(
    ("lever", "change", "said"),
    [
        ("legal_mandate", {"base": "zones"}, "base 'zones' is not one of zone, zone_va"),
        ("legal_mandate", {"kind": "spent"}, "did you mean 'spend'?"),
        ("legal_mandate", {"rate": -0.01}, "no rate is below 0"),
        ("legal_mandate", {"public_share": 1.5}, "from 0 to 1"),
        ("legal_mandate", {"base": "national_gdp"}, "a lever of zone scope has the base"),
        ("replication", {"base": "zone"}, "a lever of nation scope has the base 'zone'"),
        ("joint_fund", {"base": "zone"}, "it has a formula"),
        ("legal_mandate", {"base": "formula"}, "it has no formula"),
        ("joint_fund", {"rate": 0.1}, "has a formula and no rate, but the rate 0.1"),
        ("legal_mandate", {"source": ""}, "lacks its meaning or its source"),
    ],
)
def test_what_is_wrong_in_a_record_is_said_with_its_lever(lever, change, said):
    with pytest.raises(ValueError, match=f"outlay of {lever}:.*{said}".replace("?", r"\?")):
        checked(OUTLAYS[lever]._replace(**change))
