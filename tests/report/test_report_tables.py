import re
import shutil

import numpy as np
import pandas as pd
import pytest
import synthetic

from ftz_sim.report.tables import Experiment, FigureError, band, by_year, paired


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return synthetic.write(tmp_path_factory.mktemp("experiment"))


def frame(*rows):
    return pd.DataFrame([*rows], dtype=float)


def test_years_are_means_of_rates_and_last_quarters_of_stocks():
    quarters = frame([1, 2, 3, 6, 10, 30])  # a full year and half a year
    assert by_year(quarters, "sum").to_numpy().tolist() == [[3, 20]]
    assert by_year(quarters, "mean").to_numpy().tolist() == [[3, 20]]
    assert by_year(quarters, "last").to_numpy().tolist() == [[6, 30]]
    assert by_year(quarters, "last").columns.tolist() == [2013, 2014]


def test_differences_are_percent_points_or_units():
    ours, theirs = frame([110.0]), frame([100.0])
    assert paired(ours, theirs, "log").iloc[0, 0] == pytest.approx(10)
    assert paired(ours / 1000, theirs / 1000, "points").iloc[0, 0] == pytest.approx(1)
    assert paired(ours, theirs, "level").iloc[0, 0] == pytest.approx(10)


def test_zero_over_zero_is_no_difference_and_something_over_zero_is_unknown():
    found = paired(frame([0.0, 1.0]), frame([0.0, 0.0]), "log").to_numpy()[0]
    assert found[0] == 0
    assert np.isnan(found[1])


def test_only_replicates_that_both_have_are_compared():
    ours, theirs = frame([1.0], [2.0], [3.0]), frame([1.0], [1.0], [1.0]).drop(index=1)
    assert paired(ours, theirs, "level")[0].tolist() == [0, 2]


def test_band_is_mean_and_95_percent_range():
    mean, low, high = band(pd.DataFrame({"2013Q1": np.arange(101.0)}))
    assert (mean[0], low[0], high[0]) == pytest.approx((50, 2.5, 97.5))


def test_reading_an_experiment(folder):
    experiment = Experiment.read(folder)
    assert experiment.reference == "single_ftz"
    assert set(experiment.others) == set(synthetic.SCENARIOS) - {"single_ftz"}
    assert experiment.fork == 2025
    assert (experiment.final_year, len(experiment.quarters)) == (2035, 92)
    assert experiment.dates[0] == 2013.125
    national = pd.read_parquet(folder / "national.parquet")
    rows = national[(national.scenario == "integrated") & (national.replicate == 2) & (national.quarter == "2030Q1")]
    assert experiment.quarterly("gdp")["integrated"].loc[2, "2030Q1"] == rows.gdp.item()


def test_runs_in_any_order_of_rows_read_the_same(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "mixed", ignore=shutil.ignore_patterns("figures"))
    path = tmp_path / "mixed" / "national.parquet"
    pd.read_parquet(path).sample(frac=1, random_state=1).to_parquet(path)
    plain, mixed = Experiment.read(folder), Experiment.read(tmp_path / "mixed")
    for name in plain.scenarios:
        pd.testing.assert_frame_equal(plain.quarterly("fdi")[name], mixed.quarterly("fdi")[name])


def test_stamp_says_n_interval_seed_firms_and_version(folder):
    stamp = Experiment.read(folder).stamp("en", "stamp.interval")
    for words in ("3 seeds", "95 % t intervals", "seed 7", "20,000 firms", "ftz_sim 0.1.0", "not a forecast"):
        assert words in stamp


def test_one_replicate_promises_no_interval(tmp_path):
    stamp = Experiment.read(synthetic.write(tmp_path, ["history"], 1, 8, compared=False)).stamp("en", "stamp.range")
    assert "no interval" in stamp
    assert "95" not in stamp


def test_a_title_that_is_too_long_for_a_label_gives_way_to_a_short_form_or_the_name(tmp_path):
    folder, name = synthetic.write(tmp_path, ["a_long_road"], 1, 8, compared=False), "a_long_road"
    spec = folder / "scenarios" / f"{name}.yaml"
    text = spec.read_text(encoding="utf-8")
    for title, english, chinese in (
        ("title: {en: A road, zh: 一条路}", "A road", "一条路"),
        ("title: {en: A road that is very long indeed, zh: 一条非常非常非常非常长的路}", name, name),
        ("title: {en: A road that is very long indeed, zh: 一条路}\nshort: The road", "The road", "The road"),
    ):
        spec.write_text(re.sub("title: .*", title, text), encoding="utf-8")
        found = Experiment.read(folder)
        assert (found.name(name, "en"), found.name(name, "zh")) == (english, chinese)
    assert found.name("cross_zone", "zh") == "跨区协同"


@pytest.mark.parametrize("missing", ["manifest.json", "national.parquet"])
def test_a_folder_that_is_no_experiment_is_refused(folder, tmp_path, missing):
    shutil.copytree(folder, tmp_path / "x", ignore=shutil.ignore_patterns("figures"))
    (tmp_path / "x" / missing).unlink()
    with pytest.raises(FigureError, match=missing):
        Experiment.read(tmp_path / "x")
