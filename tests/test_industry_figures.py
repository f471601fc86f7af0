import csv
import shutil

import numpy as np
import pytest
from pytest import approx

from ftz_sim.model.columns import TIER_OF_FIELD
from ftz_sim.model.industry import LOCAL, PRODUCER, load_industry
from ftz_sim.model.published import DATA, load_figures
from ftz_sim.model.published_files import FiguresError

FIGURES = load_figures()
INDUSTRY = load_industry()
FIELD = FIGURES.fields.key.index
PLACE = FIGURES.provinces.iso.index


def test_value_added_meets_gdp_of_provinces_and_shares_of_fields():
    assert INDUSTRY.value_added.sum(1) == approx(FIGURES.provinces.gdp, rel=1e-9)
    assert INDUSTRY.value_added.sum(0) / 59_300 == approx(INDUSTRY.field_share, rel=1e-9)
    assert INDUSTRY.field_share[TIER_OF_FIELD == 1].sum() == approx(0.072)
    assert INDUSTRY.field_share[TIER_OF_FIELD == 2].sum() == approx(0.072 * 0.035)


def test_totals_of_the_table_are_the_printed_ones():
    # 13,666.6 bn yuan of exports, 12,202.7 of imports, 53,680.0 of value added (NBS table of 2012)
    assert INDUSTRY.exports.sum() == approx(13_666.6 / 53_680.0, rel=1e-4)
    assert INDUSTRY.imports.sum() == approx(12_202.7 / 53_680.0, rel=1e-4)
    assert INDUSTRY.value_added_share @ (INDUSTRY.field_share / INDUSTRY.value_added_share) == approx(1)
    output = INDUSTRY.field_share / INDUSTRY.value_added_share
    assert 1 / output.sum() == approx(53_680.0 / 160_162.7, rel=1e-4)  # value added in output


def test_shares_sum_to_one():
    assert INDUSTRY.input_shares.sum(0) == approx(np.ones(16))
    for table in (INDUSTRY.class_of_output, INDUSTRY.class_of_imports, INDUSTRY.partner_imports):
        assert table.sum(1) == approx(np.ones(16))
    for table in (INDUSTRY.exports_by_province, INDUSTRY.imports_by_province):
        assert table.sum(0) == approx(np.ones(16))


def test_chips_are_bought_by_chip_makers_and_coal_by_smelters():
    a = INDUSTRY.input_shares
    assert a[FIELD("information_technology"), FIELD("information_technology")] > 0.3
    assert a[FIELD("heavy_chemicals"), FIELD("metals")] > 0.15
    assert a[FIELD("information_technology"), FIELD("light_industry")] < 0.01


def test_exports_stand_where_goods_are_made():
    assert INDUSTRY.exports_by_province[PLACE("GD"), FIELD("information_technology")] > 0.3
    assert (INDUSTRY.exports_by_province[PLACE("BJ"), :4] < 0.03).all()


def test_producer_services_are_found_in_every_field_that_holds_them():
    output, imports = INDUSTRY.class_of_output, INDUSTRY.class_of_imports
    assert output[FIELD("services"), [PRODUCER, LOCAL]] == approx([0.32, 0.68], abs=0.01)
    assert imports[FIELD("services"), PRODUCER] == approx(0.69, abs=0.01)
    assert output[FIELD("producer_services"), PRODUCER] == approx(0.92, abs=0.01)
    assert output[FIELD("information_technology"), PRODUCER] == approx(0.135, abs=0.01)  # software
    assert output[FIELD("metals"), PRODUCER] == 0


def test_a_province_with_more_research_has_more_of_a_sector_in_its_new_part():
    share = INDUSTRY.value_added / INDUSTRY.value_added.sum(1, keepdims=True)
    biomedicine = share[:, FIELD("biomedicine")]
    assert biomedicine[PLACE("JS")] > 2 * biomedicine[PLACE("XJ")]


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    return folder


@pytest.mark.parametrize(
    ("file", "line", "column", "value", "complaint"),
    [
        ("input_output_2012.csv", 0, "001", "9965.6", "inputs and value added of sector 001|use of sector 001"),
        ("input_output_2012.csv", 3, "output", "", "has output ''"),
        ("provinces_sectors_2012.csv", 0, "output", "90000", "output of sector 1 sums to 2.00"),
        ("provinces_sectors_2012.csv", 5, "iso", "TJ", "TJ 6 where BJ 6 is due"),
        ("sector_fields.csv", 85, "new_parts", "quantum=0.5", "has field quantum"),
        ("sector_fields.csv", 85, "new_parts", "information_technology=4", "from 0 to 1"),
        ("sector_fields.csv", 85, "reason", "", "needs a reason"),
        ("partner_imports.csv", 0, "JP", "0.5", "shares of light_industry do not sum to 1"),
    ],
)
def test_what_is_wrong_in_a_file_is_said(copy, file, line, column, value, complaint):
    path = copy / file
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    rows[line][column] = value
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(FiguresError, match=complaint):
        load_industry(copy)
