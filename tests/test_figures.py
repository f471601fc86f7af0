import csv
import shutil

import numpy as np
import pytest
from pytest import approx

from ftz_sim.model.columns import TIER_OF_FIELD
from ftz_sim.model.published import DATA, load_figures
from ftz_sim.model.published_files import FiguresError

FIGURES = load_figures()
PLACES = FIGURES.provinces


def row(iso):
    return PLACES.iso.index(iso)


def test_totals_are_the_published_ones():
    assert PLACES.gdp.sum() == approx(59_300)
    assert PLACES.workers.sum() == approx(763e6)
    assert PLACES.talents.sum() == approx(3_532_817, abs=5)
    assert PLACES.research.sum() == approx(0.0199 * 59_300)
    assert PLACES.exports.sum() == approx(0.235 * 59_300)
    assert PLACES.co2.sum() == approx(9_600)
    assert PLACES.fdi_share.sum() == approx(1)
    east, central, west = (PLACES.fdi_share[PLACES.macro_region == code].sum() for code in range(3))
    assert (east, central, west) == approx((0.838, 0.087, 0.075), abs=1e-3)
    assert PLACES.hightech_revenue.sum() == approx(11_600, rel=1e-2)


def test_single_figures_by_hand():
    assert PLACES.iso[0] == "BJ"
    assert PLACES.iso[-1] == "XJ"
    assert len(set(PLACES.iso)) == 31
    assert PLACES.talents[row("GD")] == 501_718
    assert PLACES.secondary_share[row("BJ")] == approx(0.2309)
    assert PLACES.name_zh[row("SN")] == "陕西"
    # Beijing's share of GDP: 20225.2 of 559978.5 in 2012, 26034.1 of 704746.0 in 2015
    growth = np.log(26034.1 / 704746.0 / (20225.2 / 559978.5)) / 3
    assert PLACES.growth_2012_15[0] == approx(growth, rel=1e-4)
    of_research = np.log(1384.0 / 14_170.0 / (1063.4 / 10_298.7)) / 3
    assert PLACES.research_growth_2012_15[0] == approx(of_research - growth, rel=1e-3)
    assert PLACES.patents[0] == approx(67_554 / 693_170)


def test_tibet_has_emissions_though_inventories_leave_it_out():
    tibet = row("XZ")
    others = np.delete(np.arange(31), tibet)
    national = PLACES.co2[others].sum() / PLACES.gdp[others].sum()
    assert PLACES.co2[tibet] / PLACES.gdp[tibet] == approx(0.4 * national)


def test_zones_come_in_order_of_opening():
    zones = FIGURES.zones
    assert zones.iso[:3] == ("SH", "GD", "TJ")
    assert zones.iso[-1] == "XJ"
    assert (np.diff(zones.opening_quarter) >= 0).all()
    assert zones.opening_quarter[0] == 3
    assert zones.opening_quarter[-1] == 43
    assert [PLACES.iso[r] for r in zones.region] == list(zones.iso)
    assert np.flatnonzero(zones.speciality[0]).tolist() == [5, 6, 9, 12, 13]
    assert [FIGURES.partners.code[p] for p in np.flatnonzero(zones.affinity[0])] == ["EU", "US"]
    assert np.bincount(zones.category).tolist() == [9, 8, 4, 1]


def test_fields_partners_and_paths():
    assert FIGURES.fields.tier.tolist() == TIER_OF_FIELD.tolist()
    assert FIGURES.partners.export_share_2013.sum() == approx(1)
    assert FIGURES.partners.cptpp_member[2] == 0.4
    assert FIGURES.talent_totals.offsets.tolist() == [0, 4, 12, 20, 24, 28, 32, 36, 40]
    assert FIGURES.talent_totals.values[-1] == 7_240_582
    assert FIGURES.carbon_prices.offsets.tolist() == [34, 35, 43, 47]
    depth = FIGURES.preference_depth
    korea = depth.partner == 1
    assert depth.depth[korea].tolist() == [0.5, 0.25]
    assert (depth.start[korea].tolist(), depth.end[korea].tolist()) == ([12, 36], [52, 76])


def test_distances_are_those_of_the_globe():
    distance = FIGURES.distance
    assert (distance == distance.T).all()
    assert (np.diag(distance) == 0).all()
    assert distance[row("BJ"), row("SH")] == approx(1_067, rel=0.01)  # along the great circle
    assert FIGURES.same_strategy_area[row("SH"), row("AH")]
    assert not FIGURES.same_strategy_area[row("SH"), row("BJ")]


def test_columns_are_read_only_because_runs_share_them():
    with pytest.raises(ValueError, match="read-only"):
        PLACES.gdp[0] = 0


def test_history_is_a_set_of_tables():
    lists = FIGURES.history.negative_lists
    first = lists[(lists["list"] == "FTZ foreign investment") & (lists["edition"] == 2013)]
    assert first["items"].tolist() == [190]
    assert {"unit", "confidence"} <= set(FIGURES.history.aggregates.columns)


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    return folder


def damage(folder, file, change):
    """Rewrite a file with ``change`` applied to its list of lines."""
    path = folder / file
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        rows, names = list(reader), reader.fieldnames
    rows = change(rows)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, names)
        writer.writeheader()
        writer.writerows(rows)


def entry(variable, year, place, **new):
    def change(rows):
        hits = [r for r in rows if (r["variable"], r["year"], r["iso"]) == (variable, str(year), place)]
        assert len(hits) == 1
        hits[0].update(new)
        return rows

    return change


def without(variable, year, iso):
    return lambda rows: [r for r in rows if (r["variable"], r["year"], r["iso"]) != (variable, str(year), iso)]


def test_an_untouched_copy_loads(copy):
    assert load_figures(copy).provinces.gdp.tolist() == PLACES.gdp.tolist()


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        ("provinces.csv", without("population", 2013, "GZ"), "GZ has no population for 2013"),
        ("provinces.csv", lambda rows: [r for r in rows if r["variable"] != "fdi_share"], "no fdi_share for 2012"),
        ("provinces.csv", entry("co2", 2013, "HE", value="-3"), "HE co2 2013.*'-3'|co2 2013.*'-3'"),
        ("provinces.csv", entry("secondary_share", 2011, "HE", value="152"), "secondary_share 2011.*100"),
        ("provinces.csv", entry("tertiary_share", 2011, "HE", value="90"), "HE has secondary_share .* 2011"),
        ("provinces.csv", entry("fdi_share", 2012, "HE", value="1.2"), "fdi_share 2012.*'1.2'.*to 1"),
        ("provinces.csv", entry("trade_total", 2012, "HE", value="nan"), "trade_total 2012.*'nan'"),
        ("provinces.csv", entry("trade_total", 2012, "HE", value="many"), "trade_total 2012.*'many'"),
        ("provinces.csv", lambda rows: [*rows, rows[0]], "BJ has co2 2012 twice"),
        ("provinces.csv", entry("co2", 2013, "HE", iso="ZZ"), "'ZZ' is no province"),
        ("provinces.csv", entry("rd_personnel", 2013, "GD", value="501750"), "rd_personnel 2013.*sums to"),
        ("provinces.csv", entry("rd_expenditure", 2013, "GD", value="1500"), "rd_expenditure 2013.*sums to"),
        ("provinces.csv", entry("hightech_revenue", 2013, "GD", value="1"), "hightech_revenue 2013.*sums to"),
        ("provinces.csv", entry("population", 2013, "GD", value="1"), "population 2013.*sums to"),
        ("provinces.csv", entry("co2", 2012, "HE", value="0"), "co2 2012.*sums to"),
        ("provinces.csv", entry("trade_total", 2012, "GD", value="1"), "trade_total 2012.*sums to"),
        ("provinces.csv", entry("gdp_linked", 2013, "GD", value="1"), "gdp_linked 2013.*sums to"),
        ("provinces.csv", entry("fdi_share", 2012, "HA", value="0.06"), "fdi_share 2012.*sums to"),
        ("zones.csv", lambda rows: rows[:-1], "21 lines where 22"),
        ("zones.csv", lambda rows: [{**rows[0], "affinity": "EU XX"}, *rows[1:]], "SH has affinity XX"),
        ("zones.csv", lambda rows: [{**rows[0], "category": "sea"}, *rows[1:]], "category 'sea'"),
        ("zones.csv", lambda rows: [{**rows[0], "opening_quarter": "2013"}, *rows[1:]], "'2013' is no quarter"),
        ("partners.csv", lambda rows: [{**rows[0], "export_share_2013": "0.5"}, *rows[1:]], "sums to 1.432"),
        ("carbon_prices.csv", lambda rows: rows[::-1], "quarters must rise"),
    ],
)
def test_damaged_figures_are_refused_in_a_sentence(copy, file, change, message):
    damage(copy, file, change)
    with pytest.raises(FiguresError, match=message) as caught:
        load_figures(copy)
    assert file in str(caught.value)


def test_shares_moved_between_macro_regions_are_found(copy):
    for iso, shift in (("HA", 0.004), ("JS", -0.004)):
        share = PLACES.fdi_share[row(iso)] + shift
        damage(copy, "provinces.csv", entry("fdi_share", 2012, iso, value=f"{share:.5f}"))
    with pytest.raises(FiguresError, match=r"fdi_share 2012 of (east|central)"):
        load_figures(copy)


def test_a_missing_file_is_named(copy):
    (copy / "partners.csv").unlink()
    with pytest.raises(FiguresError, match=r"partners.csv: no such file"):
        load_figures(copy)
