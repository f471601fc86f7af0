"""Rules that extrapolate provinces: fixed from figures to 2015, and from nothing later."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ftz_sim.validation import province_rules, provinces
from ftz_sim.validation.province_rules import CONSTANTS, LAST_KNOWN, YEARLY, closed, lasting, log_shares, rule

sys.path.insert(0, str(Path(__file__).parents[1] / "studies"))
import fix_province_rules as study


def test_the_shipped_constants_are_those_that_the_figures_to_2015_give():
    shipped = pd.read_csv(CONSTANTS, keep_default_na=False)
    pd.testing.assert_frame_equal(study.constants(), shipped, check_exact=False, rtol=1e-9)


def test_years_after_2015_change_no_constant_and_no_forecast(tmp_path, monkeypatch):
    rng, file = np.random.default_rng(1), tmp_path / "garbage.csv"
    known = YEARLY.read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(known))
    later = [f"{row['variable']},{year},{row['iso']},{rng.lognormal(5, 3)},,,,\n"
             for row in rows if row["year"] == "2015" for year in (2016, 2017, 2018)]  # fmt: skip
    file.write_text(known + "".join(later), encoding="utf-8")
    pd.testing.assert_frame_equal(study.constants(file), study.constants())
    iso = sorted(log_shares()["rd_expenditure"][2015])
    forecast, constants = rule("rd_expenditure", iso, 2018), province_rules._known()[1]
    monkeypatch.setattr(province_rules, "_known", lambda: (log_shares(file), constants))
    assert np.array_equal(rule("rd_expenditure", iso, 2018), forecast)


def test_constants_are_made_from_one_file_that_ends_in_2015(monkeypatch):
    opened, real = [], Path.open
    monkeypatch.setattr(Path, "open", lambda self, *a, **k: opened.append(self.name) or real(self, *a, **k))
    study.constants()
    assert set(opened) == {"provinces_to_2015.csv"}
    assert pd.read_csv(YEARLY)["year"].max() == LAST_KNOWN


def test_a_rule_worked_by_hand(monkeypatch):
    shares = {"rd_expenditure": {2014: {"A": 0.0, "B": 0.1}, 2015: {"A": 0.2, "B": 0.0}},
              "rd_personnel": {2014: {"A": 1.0, "B": 1.0}, 2015: {"A": 1.5, "B": 0.9}}}  # fmt: skip
    constants = {"rd_personnel": {"persistence": "0.5", "catch_up": "0.1"}}
    monkeypatch.setattr(province_rules, "_known", lambda: (shares, constants))
    # .5 + .25 of the last change; .1 + .9 * .1 of the gap to R&D
    assert rule("rd_personnel", ["A", "B"], 2017) == pytest.approx(
        [0.75 * 0.5 + 0.19 * -1.3, 0.75 * -0.1 + 0.19 * -0.9]
    )
    assert rule("co2", ["A", "B"], 2017) is None  # no constants
    assert lasting(0.5, 3) == 0.875
    assert closed(0.5, 3) == 0.875


def test_what_has_no_yearly_series_has_no_rule():
    iso = sorted(log_shares()["rd_expenditure"][2015])
    assert {name for name in provinces.MEASURES if rule(name, iso, 2018) is None} == {"co2", "trade_total"}


def test_a_window_never_reaches_beyond_its_figures():
    shares = log_shares()
    found = study.windows(shares, "rd_personnel")
    assert [each.ahead for each in found] == [1, 2, 3, 1, 2, 3, 1, 2, 1]  # origins 2011 to 2014
    iso = sorted(shares["rd_personnel"][2015])
    assert found[-1].end == pytest.approx([shares["rd_personnel"][2015][code] for code in iso])


def test_the_best_rule_to_2015_is_the_one_chosen():
    table = study.constants().assign(mean=lambda t: t["shares_to_2015"] + t["log_shares_to_2015"])
    for _, rows in table.groupby("variable"):
        assert (rows["chosen"] == "yes").sum() == 1
        assert rows.loc[rows["chosen"] == "yes", "mean"].item() == pytest.approx(rows["mean"].min())


def test_yearly_figures_agree_with_those_the_model_starts_from():
    yearly = pd.read_csv(YEARLY).set_index(["variable", "year", "iso"])["value"]
    known = pd.read_csv(province_rules.DATA / "provinces.csv").set_index(["variable", "year", "iso"])["value"]
    known = known[~known.index.get_level_values("variable").isin(["gdp_linked", "gdp_rev5"])]
    both = pd.concat([yearly, known], axis=1, keys=["a", "b"], join="inner")
    assert set(both.index.get_level_values("variable")) == {
        "rd_expenditure", "rd_personnel", "patent_invention_applications", "hightech_revenue"}  # fmt: skip
    assert (both["a"] - both["b"]).abs().max() <= 0.0501  # bulletins print R&D with one decimal
