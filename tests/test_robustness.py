"""Robustness: who is best, regret, fronts, tornado and boundary on cases worked by hand; draws are shared."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from builders import small
from ftz_sim.analysis import compare
from ftz_sim.analysis.discovery import ALWAYS, NO_BOUNDARY, TOO_FEW, boundary, break_even, tornado
from ftz_sim.analysis.drawn import Drawn
from ftz_sim.analysis.panel import Outcomes
from ftz_sim.analysis.robustness import INDICATORS, Robustness, undominated, wilson
from ftz_sim.analysis.sweep_outcomes import SweepOutcomes
from ftz_sim.errors import InputError
from ftz_sim.model.parameters import all_cards
from ftz_sim.results import load, verify
from ftz_sim.results.statements import tell
from ftz_sim.runs.draws import draw, drawn_parameters, share
from ftz_sim.runs.ranges import calibrated
from ftz_sim.runs.uncertainties import apply

NAMES = ["single_ftz", "cross_zone", "ftz_fta"]


def made_up(n=4, **values):
    """Robustness of three scenarios that agree but for ``values``: indicator -> [S][n] outcomes."""
    outcomes = np.full((3, n, len(INDICATORS)), 100.0)
    for name, table in values.items():
        outcomes[:, :, INDICATORS.index(name)] = table
    draws = pd.DataFrame({"a.x": np.linspace(0, 1, n), "a.y": np.random.default_rng(0).uniform(size=n)})
    return Robustness(NAMES, "single_ftz", outcomes, draws)


GDP = [[100, 100, 100, 100], [102, 101, 99, 100], [101, 104, 98, 100]]


def rows(found, indicator):
    return found.table[found.table["indicator"] == indicator].set_index("scenario")


def test_best_and_regret_by_hand():
    gdp = rows(made_up(gdp=GDP), "gdp")
    # best: draw 0 cross, 1 fta, 2 single, 3 all three
    assert gdp["p_best"].tolist() == pytest.approx([(1 + 1 / 3) / 4] * 3)
    assert gdp.loc["single_ftz", "max_regret"] == pytest.approx(100 * (1 - 100 / 104))
    assert gdp.loc["ftz_fta", "mean_regret"] == pytest.approx(100 * (1 / 102 + 0 + 2 / 100 + 0) / 4)
    assert gdp["satisfied"].tolist() == [1, 0.75, 0.75]


def test_less_is_better_where_the_dictionary_says_so():
    co2 = rows(made_up(co2=[[10] * 4, [9] * 4, [11] * 4]), "co2")
    assert co2["p_best"].tolist() == [0, 1, 0]
    assert co2.loc["single_ftz", "max_regret"] == pytest.approx(100 / 9)


def test_shares_of_best_sum_to_one_and_the_best_has_no_regret():
    noise = np.random.default_rng(3).normal(100, 1, size=(3, 50))
    found = made_up(50, gdp=noise)
    table = found.table.dropna(subset=["p_best"])
    np.testing.assert_allclose(table.groupby("indicator")["p_best"].sum(), 1)
    assert (table["mean_regret"] >= 0).all() and (table["max_regret"] >= table["mean_regret"]).all()


def test_the_front_by_hand():
    # two objectives, one draw: c is dominated by b; a and b are not
    objectives = np.array([[[3.0, 1.0]], [[2.0, 2.0]], [[2.0, 1.0]]])
    assert undominated(objectives)[:, 0].tolist() == [True, True, False]
    same = np.ones((2, 1, 2))
    assert undominated(same).all()


@given(arrays(float, (4, 6, 3), elements=st.integers(-3, 3).map(float)))
def test_somebody_is_always_on_the_front_and_nobody_on_it_is_dominated(objectives):
    front = undominated(objectives)
    assert front.any(axis=0).all()
    for s, draw_ in zip(*np.nonzero(~front), strict=True):
        rivals = objectives[:, draw_]
        worse = (rivals >= rivals[s]).all(axis=1) & (rivals > rivals[s]).any(axis=1)
        assert worse.any()


def test_wilson_by_the_book():
    # Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263
    assert wilson(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0.0, 20)[0] == 0 and wilson(1.0, 20)[1] == 1


def test_a_tornado_finds_what_matters_and_marks_chance():
    rng = np.random.default_rng(5)
    draws = pd.DataFrame(rng.uniform(size=(300, 30)), columns=[f"p{i}" for i in range(30)])
    difference = 2 * draws["p7"] - 1 + 0.1 * rng.normal(size=300)
    found = tornado(difference.to_numpy(), draws)
    first = found.iloc[0]
    assert first["parameter"] == "p7" and first["p_adjusted"] < 1e-6 and len(found) == 10
    assert first["rank_correlation"] == pytest.approx(difference.corr(draws["p7"], method="spearman"))
    assert first["break_even"] == pytest.approx(0.5, abs=0.03)
    assert first["low_third"] < 0 < first["high_third"]
    assert (found["p_adjusted"].iloc[1:] > 0.05).all()
    assert tornado(np.zeros(300), draws).empty  # identical scenarios


def test_the_break_even_of_a_straight_line():
    x = np.array([0.0, 1.0, 2.0])
    assert break_even(x, 2 * x - 3) == pytest.approx(1.5)
    assert np.isnan(break_even(x, x + 1)) and np.isnan(break_even(x, 0 * x + 1))


def test_a_boundary_that_exists_is_found():
    rng = np.random.default_rng(6)
    draws = pd.DataFrame(rng.uniform(size=(200, 20)), columns=[f"p{i}" for i in range(20)])
    winner = np.where(draws["p3"] > 0.7, "ftz_fta", "cross_zone")
    found = boundary(winner, draws).set_index("winner")
    assert found.loc["ftz_fta", "rule"].startswith("p3 > 0.7") or found.loc["ftz_fta", "rule"].startswith("p3 > 0.69")
    assert found.loc["ftz_fta", ["coverage", "density"]].tolist() == [1, 1]
    assert (found["accuracy"] > 0.95).all() and found["n"].sum() == 200


def test_no_boundary_is_drawn_through_noise():
    rng = np.random.default_rng(7)
    draws = pd.DataFrame(rng.uniform(size=(100, 200)))
    draws.columns = [f"p{i}" for i in range(200)]
    winner = np.where(rng.uniform(size=100) < 0.5, "a", "b")
    assert boundary(winner, draws)["rule"].tolist() == [NO_BOUNDARY]
    assert boundary(np.full(100, "a"), draws)["rule"].tolist() == [ALWAYS]
    assert boundary(winner[:30], draws[:30])["rule"].tolist() == [TOO_FEW]
    assert boundary(np.full(1, "a"), draws[:1])["rule"].tolist() == [TOO_FEW]  # one draw says nothing about others


def test_sentences_say_the_numbers_in_both_languages():
    found = made_up(gdp=GDP)
    english, chinese = found.sentence("en"), found.sentence("zh")
    assert "Over 4 draws of 2 parameters" in english and "single_ftz 0.33" in english
    assert "帕累托前沿" in chinese and "0.33" in chinese


def test_parameters_of_grade_a_and_l_and_calibrated_ones_are_drawn_unless_a_scenario_sets_them():
    plain = small("history")
    name = "trade_costs.alignment_ntb_cut"
    drawn = {each.name: each for each in drawn_parameters([plain])}
    assert {all_cards()[each].grade for each in drawn if each not in calibrated()} == {"A", "L"}
    assert drawn[name].low < 0  # harm is possible
    assert name not in {each.name for each in drawn_parameters([plain, small("history", f"parameters.{name}=0.3")])}


def test_a_draw_depends_on_seed_and_replicate_only_and_stays_in_its_ranges():
    specs = [small(name) for name in NAMES]
    drawn = drawn_parameters(specs)
    first, again = (draw(specs, drawn, 1, 4) for _ in range(2))
    assert first == again == draw(specs[:1], drawn, 1, 4)
    assert first != draw(specs, drawn, 1, 5) and first != draw(specs, drawn, 2, 4)
    for each in drawn:
        assert each.low - 1e-12 <= first[each.name] <= each.high + 1e-12, each.name
    changed = apply(specs[0], first).parameters
    assert changed.trade_costs.alignment_ntb_cut == first["trade_costs.alignment_ntb_cut"]


def test_a_parameter_more_or_less_leaves_the_draws_of_the_others():
    specs = [small("history")]
    drawn = drawn_parameters(specs)
    gone = {each.name for each in drawn if each.name.startswith("carbon.")}
    rest = [each for each in drawn if each.name not in gone]
    assert gone and len(rest) > 100
    whole, less = draw(specs, drawn, 7, 2), draw(specs, rest[::-1], 7, 2)
    assert less == {name: value for name, value in whole.items() if name not in gone}


def test_shares_of_ranges_are_even_and_differ_by_name_seed_and_draw():
    found = [share("carbon.price", seed, number) for seed in range(20) for number in range(20)]
    assert len(set(found)) == 400 and 0.45 < sum(found) / 400 < 0.55 and min(found) < 0.02 and max(found) > 0.98
    assert share("carbon.trend", 3, 5) != share("carbon.price", 3, 5) == share("carbon.price", 3, 5)


@pytest.fixture(scope="module")
def uncertain(tmp_path_factory):
    folder = tmp_path_factory.mktemp("uncertain") / "out"
    specs = [small(name, "horizon.end=2013Q4") for name in ("no_ftz", "history")]
    return compare(specs, reps=3, seed=2, draws=4, out=folder)


def test_every_draw_has_its_parameters_for_all_scenarios_and_replicates_have_none(uncertain):
    drawn = uncertain.drawn
    assert len(drawn.draws) == drawn.n == 4 and not drawn.failed and drawn.firms == 2_000
    gdp = drawn.panel.outcomes[:, :, drawn.panel.column("gdp")]
    fixed = compare([small(n, "horizon.end=2013Q4") for n in ("no_ftz", "history")], reps=3, seed=2)
    plain = fixed.panel.outcomes[:, :, fixed.panel.column("gdp")]
    assert np.array_equal(plain, uncertain.panel.outcomes[:, :, uncertain.panel.column("gdp")])
    assert gdp[0].std() > plain[0].std()  # parameters vary, too
    assert np.abs(gdp[1] / gdp[0] - 1).max() < gdp[0].std() / gdp[0].mean()  # but they vary alike in both
    for lang, both, seeds in (("en", "draws of parameters", "no draws"), ("zh", "参数抽样", "未抽样")):
        assert both in uncertain.sentence(lang) and seeds not in uncertain.sentence(lang)
        assert seeds in fixed.sentence(lang) and both not in fixed.sentence(lang)
    assert fixed.uncertainty is None and fixed.robustness is None


def made_up_draws():
    """Three scenarios over 101 draws: the second is better than the first by 0 to 10 %, the third is the first."""
    panel = Outcomes(["single_ftz", "cross_zone", "history"], 101, 48, 92)
    panel.outcomes[:] = 100
    panel.outcomes[1] *= 1 + np.arange(101)[:, None] / 1000
    return Drawn(panel, [{"a.x": number / 100, "a.y": 0.5} for number in range(101)], 2_000)


def test_ranges_over_draws_by_hand():
    table = made_up_draws().table("single_ftz").set_index(["scenario", "indicator", "at"])
    row = table.loc[("cross_zone", "gdp", "2035")]
    assert (row["low"], row["median"], row["high"]) == pytest.approx((0.5, 5, 9.5))
    assert row["share_above"] == pytest.approx(100 / 101) and row["n"] == 101
    assert row["p_best"] == pytest.approx((100 + 1 / 3) / 101)  # the first draw is a tie of three
    assert np.isnan(table.loc[("cross_zone", "workers", "2035"), "p_best"])  # neither more nor less is better
    assert table.loc[("history", "gdp", "2035"), ["low", "high", "share_above"]].tolist() == [0, 0, 0]


def test_what_draws_leave_to_rounding_is_told_as_equal():
    drawn = made_up_draws()
    drawn.panel.outcomes[1] = 100 * (1 + 1e-9 * np.random.default_rng(7).normal(size=(101, 1)))
    table = drawn.table("single_ftz")
    assert (table[["median", "low", "high", "share_above"]] == 0).all(axis=None)
    assert table["p_best"].dropna().tolist() == pytest.approx([1 / 3] * int(table["p_best"].notna().sum()))


def test_a_draw_that_a_scenario_did_not_finish_is_left_out():
    drawn = made_up_draws()
    drawn.panel.outcomes[2, 100] = np.nan
    assert drawn.n == 100
    assert drawn.table("single_ftz").query("scenario == 'cross_zone' and indicator == 'gdp'")["high"].max() < 9.5


def test_the_folder_of_an_uncertain_comparison_holds_draws_and_answers(uncertain):
    folder = uncertain.folder
    assert verify(folder) == []
    table = pd.read_csv(folder / "draws.csv")
    assert len(table) == 4 and table.shape[1] == len(uncertain.drawn.draws[0]) + 1
    for name in ("uncertainty", "robustness", "pareto", "tornado", "boundary", "matching"):
        assert (folder / f"{name}.csv").is_file(), name
    kept = load(folder)
    stored = (folder / "scenarios" / "history.yaml").read_text(encoding="utf-8")
    assert stored == small("history", "horizon.end=2013Q4").dump()  # as it is, before parameters are drawn
    assert kept.manifest["draws"] == 4 and [tell(each, "en") for each in kept.manifest["notes"]] == uncertain.notes(
        "en"
    )
    from ftz_sim.report.figures import draw

    names = {path.name for path in draw(folder)}
    assert {"boundary.en.svg", "tornado.zh.svg"} <= names


def test_a_sweep_without_a_whole_point_is_refused():
    values = np.ones((2, 3, 1, len(INDICATORS)))
    values[0, :2], values[1, 2] = np.nan, np.nan
    outcomes = SweepOutcomes(("a", "b"), INDICATORS, ("x",), np.zeros((3, 1)), values, 2035)
    with pytest.raises(InputError, match="no point"):
        Robustness.of_sweep(outcomes, "a")
