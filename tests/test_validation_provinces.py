"""Forecasts of provinces."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftz_sim.errors import InputError
from ftz_sim.validation.province_figures import MEASURES, published, to_score
from ftz_sim.validation.province_rules import LAST_KNOWN, rule
from ftz_sim.validation.provinces import Forecast, errors, forecast, jackknife, marks, ratios, scores

CODES = SimpleNamespace(regions=SimpleNamespace(code=("BJ", "TJ", "HE")))


def run(*yearly):
    """A run of three provinces with a GDP by year from 2013 on."""
    return SimpleNamespace(codes=CODES, regions={"gdp": np.repeat(np.array(yearly, dtype=float), 4, axis=0)})


def figures():
    years = {("gdp_linked", 2012): (1, 1, 2), ("gdp_rev5", 2015): (2, 1, 1), ("gdp_rev4", 2018): (4, 1, 3)}
    return {key: dict(zip(("BJ", "TJ", "HE"), map(float, values), strict=True)) for key, values in years.items()}


def test_a_forecast_worked_by_hand():
    flat = (5, 3, 2)
    made = forecast([run(flat, flat, flat, flat, flat, (10, 3, 2))], figures(), "gdp_rev4", 2018)
    assert made.origin.tolist() == [0.5, 0.25, 0.25]
    assert made.actual.tolist() == [0.5, 0.125, 0.375]
    # the model's shares go from (.5 .3 .2) to (10 3 2)/15
    assert made.changes["model"] == pytest.approx(np.log([(10 / 15) / 0.5, 0.2 / 0.3, (2 / 15) / 0.2]))
    # shares of 2012 were (.25 .25 .5): three more years of the same change
    assert made.changes["last_growth"] == pytest.approx(np.log([2, 1, 0.5]))
    assert made.changes["fifth"] == pytest.approx(0.2 * made.changes["last_growth"])
    assert not made.changes["no_change"].any()


def test_a_perfect_forecast_has_no_error_and_beats_every_other():
    origin, actual = np.array([0.5, 0.25, 0.25]), np.array([0.5, 0.125, 0.375])
    exact = np.log(actual / origin)
    changes = {"model": exact, "no_change": 0 * exact}
    made = Forecast("gdp_rev4", 2018, ["BJ", "TJ", "HE"], origin, actual, changes, exact[None])
    model, none = scores(made)
    assert model["rmse_points"] == pytest.approx(0, abs=1e-12)
    assert model["rank_correlation"] == pytest.approx(1)
    assert none["model_better_in"] == 2  # Beijing's share did not change: a tie
    assert none["rmse_ratio"] == 1


def test_errors_worked_by_hand():
    made = Forecast("x", 2018, ["A", "B"], np.array([0.5, 0.5]), np.array([0.6, 0.4]), {}, np.zeros((1, 2)))
    points, logs = errors(made, np.zeros(2))
    assert points == pytest.approx([-10, 10])
    assert logs == pytest.approx(np.log([0.5 / 0.6, 0.5 / 0.4]))


@given(st.lists(st.floats(-0.5, 0.5), min_size=3, max_size=3), st.floats(-2, 2))
def test_a_change_common_to_all_provinces_changes_nothing(change, common):
    made = Forecast(
        "x", 2018, ["A", "B", "C"], np.array([0.5, 0.3, 0.2]), np.array([0.4, 0.4, 0.2]),
        {"no_change": np.zeros(3)}, np.zeros((1, 3)),
    )  # fmt: skip
    a, b = (ratios(made, np.array(change) + shift) for shift in (0.0, common))
    assert a["rmse_ratio"] == pytest.approx(b["rmse_ratio"])
    assert a["rmse_ratio_log"] == pytest.approx(b["rmse_ratio_log"])


def test_the_jackknife_is_zero_for_equal_runs_and_positive_otherwise():
    base = np.array([0.1, -0.1, 0.05])
    shares = np.array([0.5, 0.3, 0.2])
    for noise, expected in ((0.0, 0), (0.05, 1)):
        single = base + noise * np.array([[1, 0, -1], [-1, 1, 0], [0, 0, 1]])
        changes = {"model": single.mean(axis=0), "no_change": np.zeros(3)}
        made = Forecast("x", 2018, ["A", "B", "C"], shares, np.array([0.6, 0.25, 0.15]), changes, single)
        _, error = jackknife(made, "rmse_ratio")
        assert (error > 1e-9) == expected
    alone = made._replace(single=single[:1])
    assert np.isnan(jackknife(alone, "rmse_ratio")[1])


def test_what_can_be_scored_was_published_after_the_forecast():
    known = published()
    assert ("gdp_rev4", 2018) in to_score(known)
    assert ("gdp_rev5", 2015) not in to_score(known)
    assert all(year > MEASURES[name].origin[1] for name, year in to_score(known))
    assert len(known["gdp_rev4", 2018]) == 31
    assert "XZ" not in known["co2", 2018]  # inventories leave Tibet out


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("gdp_rev4,2019,ZZ,1", "iso is 'ZZ'"),
        ("gdp_rev,2019,BJ,1", "did you mean 'gdp_rev"),
        ("gdp,2019,BJ,1", "did you mean 'gdp_rev"),
        ("gdp_rev5,2014,BJ,1", "forecast from 2015"),
        ("gdp_rev5,2020,BJ,-1", "not a number above 0"),
        ("gdp_rev5,2020,BJ,much", "not a number above 0"),
    ],
)
def test_a_wrong_provincial_figure_is_refused(tmp_path, line, words):
    path = tmp_path / "p.csv"
    path.write_text(f"variable,year,iso,value\n{line}\n")
    with pytest.raises(InputError, match="line 2") as caught:
        published(path)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["gdp_rev5,2020,BJ,1,USD"], "line 2: unit is 'USD'; allowed: '100m yuan, current'"),
        (["gdp_rev5,2020,BJ,1e308,"], "line 2: value is '1e308', not a number above 0 and at most 1e+09"),
        (
            ["gdp_rev5,2020,BJ,1,", "gdp_rev5,2020,TJ,2,", "gdp_rev5,2020,BJ,3,"],
            "line 4: gdp_rev5 2020 BJ is given twice",
        ),
    ],
)
def test_another_unit_a_figure_twice_and_what_no_sum_can_hold_are_refused(lines, words, tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("\n".join(["variable,year,iso,value,unit", *lines, ""]))
    with pytest.raises(InputError) as caught:
        published(path)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["province,variable,year", "BJ,co2,2019"], "columns value are missing"),
        (["province,variable,year,value", "北京,co2,2019,9"], "co2 2019: only BJ is given"),
        (["province,variable,year,value", "BJ,co2,2019,9", "北京市,co2,2019,9"], "line 3: co2 2019 BJ is given twice"),
        (["province,variable,year,value", "Beijin,co2,2019,9"], "line 2: province is 'Beijin'"),
        (["province,variable,year,value", "Beijin,co2,2019,9"], "did you mean 'Beijing'"),
    ],
)
def test_a_table_that_cannot_be_scored_is_refused(lines, words, tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        published(path)
    assert words in str(caught.value)
    assert any(ord(c) > 0x2E80 for c in caught.value.say("zh").replace("北京市", ""))


def test_provinces_go_by_code_or_name_and_spaces_do_no_harm(tmp_path):
    path = tmp_path / "p.csv"
    rows = (" BJ ", "Inner Mongolia", "新疆维吾尔自治区", "陕西", "Shanxi")
    path.write_text(
        "value,province,variable,year\n" + "".join(f"{i}, {name},co2,2020\n" for i, name in enumerate(rows, 1))
    )
    assert published(path)["co2", 2020] == {"BJ": 1, "NM": 2, "XJ": 3, "SN": 4, "SX": 5}


def test_later_years_join_what_is_scored(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text(
        "variable,year,iso,value\n" + "".join(f"gdp_rev5,2020,{c},{v}\n" for c, v in (("BJ", 1), ("TJ", 2)))
    )
    assert ("gdp_rev5", 2020) in to_score(published(path))


def scored(**ratio):
    """Rows of scores; ratio gives those of shares and of log shares by forecast."""
    return [{"forecast": name, "rmse_ratio": a, "rmse_ratio_log": b} for name, (a, b) in ratio.items()]


def test_marks_by_hand():
    rows = [{"variable": "gdp_rev4", "year": 2018, **row} for row in scored(model=(0.92, 0.93), rule=(0.95, 0.5))]
    rows += [{"variable": "co2", "year": 2018, **row} for row in scored(model=(1.0, 1.01), no_change=(1, 1))]
    found = marks(pd.DataFrame(rows)).set_index(["variable", "forecast"])
    assert found["mark"].tolist() == [0.92, 0.92, 1, 1]
    assert found.loc[("gdp_rev4", "model"), ["shares_met", "log_shares_met"]].tolist() == ["yes", "no"]
    assert found.loc[("gdp_rev4", "rule"), ["shares_met", "log_shares_met"]].tolist() == ["no", "yes"]
    assert found.loc[("co2", "model"), ["shares_met", "log_shares_met"]].tolist() == ["yes", "no"]
    assert found.loc[("co2", "rule"), ["shares_met", "log_shares_met"]].tolist() == ["no_rule", "no_rule"]


def test_the_rule_is_scored_beside_the_model():
    known, codes = published(), tuple(published()["gdp_rev5", 2015])
    flat = SimpleNamespace(
        codes=SimpleNamespace(regions=SimpleNamespace(code=codes)), regions={"gdp": np.ones((24, 31))}
    )
    made = forecast([flat], known, "gdp_rev4", 2018)
    assert made.changes["rule"] == pytest.approx(rule("gdp_rev4", list(codes), 2018))
    assert made.changes["rule"].any()
    ratio = {row["forecast"]: row["rmse_ratio"] for row in scores(made)}
    assert ratio["model"] == pytest.approx(1)  # shares of this model never move
    assert ratio["rule"] != pytest.approx(1)


def test_no_forecast_starts_after_2015_but_that_of_trade():
    assert {name for name, measure in MEASURES.items() if measure.origin[1] > LAST_KNOWN} == {"trade_total"}
