import numpy as np
import pandas as pd
import pytest
import synthetic

from ftz_sim.model.published import load_figures
from ftz_sim.report.tables import Experiment, FigureError
from ftz_sim.report.tiles import GAINS, LOSSES, STEPS, TILES, tile_colour, winners
from ftz_sim.text.words import PROVINCES_SHORT_ZH, province


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return synthetic.write(tmp_path_factory.mktemp("experiment"), length=8)


def test_every_province_has_one_place():
    assert set(TILES) == set(load_figures().provinces.iso)
    assert len(set(TILES.values())) == 31


def test_neighbours_lie_as_in_the_country():
    places = load_figures().provinces
    row = np.array([TILES[code][1] for code in places.iso])
    column = np.array([TILES[code][0] for code in places.iso])
    assert np.corrcoef(row, places.latitude)[0, 1] < -0.85
    assert np.corrcoef(column, places.longitude)[0, 1] > 0.85


def test_chinese_names_follow_the_figures_order():
    names = dict(zip(load_figures().provinces.iso, load_figures().provinces.name_zh, strict=True))
    assert set(PROVINCES_SHORT_ZH) == set(names)
    assert (province("GD", "en"), province("GD", "zh"), province("XZ", "zh")) == ("GD", "粤", "藏")
    assert names["SN"] == "陕西"
    assert province("SN", "zh") == "陕"
    assert province("SX", "zh") == "晋"


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        (-9, LOSSES[0]),
        (-0.1, LOSSES[-1]),
        (0.0, GAINS[0]),
        (0.1, GAINS[0]),
        (0.2, GAINS[1]),
        (1.5, GAINS[4 - 1]),
        (9, GAINS[-1]),
    ],
)
def test_colours_of_gains_and_losses(value, colour):
    assert tile_colour(value) == colour


def test_there_is_a_colour_for_every_step():
    assert len(LOSSES) + len(GAINS) == len(STEPS) + 1


def test_a_gain_whose_interval_contains_zero_is_undecided(folder):
    found = winners(Experiment.read(folder))
    table = pd.read_csv(folder / "provinces.csv").set_index(["scenario", "region"])
    for scenario, rows in found.items():
        expected = np.sign(table.loc[scenario].ci_low) * np.sign(table.loc[scenario].ci_high) > 0
        assert (rows["decided"] == expected[rows.index]).all()
    assert not all(rows["decided"].all() for rows in found.values())


def test_with_one_replicate_every_gain_is_shown(tmp_path):
    folder = synthetic.write(tmp_path, ["single_ftz", "integrated"], 1, 8)
    assert winners(Experiment.read(folder))["integrated"]["decided"].all()


def test_without_a_comparison_there_are_no_winners(tmp_path):
    folder = synthetic.write(tmp_path, ["history"], 1, 8, compared=False)
    with pytest.raises(FigureError, match=r"provinces\.csv"):
        winners(Experiment.read(folder))
