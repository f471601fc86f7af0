import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from pytest import approx

from ftz_sim.model.clock import Quarter
from ftz_sim.model.columns import TIER_OF_FIELD
from ftz_sim.model.maths import interpolated
from ftz_sim.model.mechanisms import exogenous_paths as paths
from ftz_sim.model.mechanisms.exogenous_paths import ExogenousPaths
from ftz_sim.model.shocks import Shock

P = ExogenousPaths(residual_growth_start=0.0175, residual_growth_end=0.004)
TOTALS = np.array([0, 4, 12, 40]), np.array([3_532_817, 3_710_580, 3_878_057, 7_240_582.0])
PRICES = np.array([34, 35, 43, 47]), np.array([50, 54, 79, 97.0])


def at(text):
    return Quarter.parse(text).index


def shock(**keys):
    return TypeAdapter(Shock).validate_python({"from": "2026Q1", "to": "2026Q4", **keys})


def test_lines_run_from_2013_to_2035_and_end_flat():
    assert paths.line((0.455, 0.395), 0) == 0.455
    assert paths.line((0.455, 0.395), 11) == approx(0.425)
    assert paths.line((0.455, 0.395), 22.75) == approx(0.395)


def test_talents_follow_the_published_totals():
    # 2013 to 2014: ln(3,710,580 / 3,532,817) in one year; 2014 to 2016 in two
    assert paths.talent_growth(0, *TOTALS, P) == approx(0.04909, abs=1e-5)
    assert paths.talent_growth(3, *TOTALS, P) == paths.talent_growth(0, *TOTALS, P)
    assert paths.talent_growth(4, *TOTALS, P) == approx(math.log(3_878_057 / 3_710_580) / 2)


def test_compounded_growth_gives_the_last_total_back():
    talents = TOTALS[1][0]
    for quarter in range(40):
        talents *= math.exp(paths.talent_growth(quarter, *TOTALS, P) / 4)
    assert talents == approx(TOTALS[1][-1])


def test_talents_grow_on_a_straight_line_after_the_last_total():
    assert paths.talent_growth(40, *TOTALS, P) == 0.060
    assert paths.talent_growth(64, *TOTALS, P) == approx(0.042)  # half way from 2023 to 2035
    assert paths.talent_growth(91, *TOTALS, P) == approx(0.024, abs=1e-3)


def test_the_carbon_price_is_published_then_grows():
    assert paths.carbon_price(at("2021Q2"), *PRICES, P) == 0
    assert paths.carbon_price(at("2021Q3"), *PRICES, P) == approx(50)
    assert paths.carbon_price(at("2022Q4"), *PRICES, P) == approx(math.sqrt(54 * 79))  # midway, in logs
    assert paths.carbon_price(at("2025Q4"), *PRICES, P) == approx(97 * 1.048)


def test_the_trend_first_moves_in_the_second_quarter():
    assert paths.tfp_trend(0.0, 0, P, 0.25) == 0
    # 2013Q2: y = .25, g = .0175 - .0135 x .25/16
    assert paths.tfp_trend(0.0, 1, P, 0.25) == approx(0.25 * (0.0175 - 0.0135 * 0.25 / 16))


def test_lasting_losses_come_once():
    plain = paths.tfp_trend(0.1, at("2020Q2"), P, 0.25) - 0.1
    assert paths.tfp_trend(0.1, at("2020Q1"), P, 0.25) == approx(0.1 + plain - 0.020, abs=1e-4)
    assert paths.tfp_trend(0.1, 80, P, 0.25) == approx(0.1 + 0.25 * 0.004)  # flat after 16 years


def test_passing_shocks_have_their_quarter():
    assert paths.macro_shock(at("2020Q1"), P) == -0.09
    assert paths.macro_shock(at("2020Q3"), P) == 0.005
    assert paths.macro_shock(at("2023Q1"), P) == -0.002
    assert paths.macro_shock(at("2019Q4"), P) == 0


def test_the_fdi_cycle_passes_its_points():
    assert paths.fdi_cycle(0, P) == 1
    assert paths.fdi_cycle(9, P) == approx(math.exp(0.37))
    assert paths.fdi_cycle(2, P) == approx(math.exp(0.045))  # half way to .09 in 2017


def test_world_demand_grows_steadily_from_one():
    assert paths.world_demand(0, P) == 1
    assert paths.world_demand(10, P) == approx(math.exp(0.21))


def test_the_tariff_follows_its_published_points():
    assert paths.tariff_path(0, P) == 1
    assert paths.tariff_path(5, P) == approx(0.715)
    assert paths.tariff_path(7, P) == approx((0.715 + 0.46) / 2)  # 2020: half way from 2018 to 2022
    assert paths.tariff_path(9, P) == paths.tariff_path(22, P) == approx(0.46)


def test_an_embargo_takes_the_fields_of_its_tiers_from_every_partner():
    got = paths.shocks_of([shock(kind="technology", size=0.4)], at("2026Q2")).technology
    assert (got == np.array([0.0] * 5 + [0.4] * 11)[:, None] * np.ones(8)).all()


def test_an_embargo_by_some_partners_leaves_the_others():
    chips = shock(kind="technology", size=0.4, fields=("information_technology",), partners=("US", "JP"))
    got = paths.shocks_of([chips], at("2026Q2")).technology
    assert got[5].tolist() == [0.4, 0, 0, 0, 0, 0, 0.4, 0]
    assert got.sum() == approx(0.8)


def test_demand_shifts_to_new_fields():
    start = np.full(16, 1 / 16)
    new = paths.demand_weights(start, 10.0, P)
    assert new[5] / new[0] == approx(math.exp(0.48))
    assert new[13] / new[0] == approx(math.exp(1.2))
    np.testing.assert_array_equal(paths.demand_weights(start, 20.0, P), paths.demand_weights(start, 22.0, P))


@given(years=st.floats(0, 23), seed=st.integers(0, 99))
def test_demand_weights_sum_to_one_and_start_where_they_were(years, seed):
    start = np.random.default_rng(seed).dirichlet(np.ones(16))
    assert paths.demand_weights(start, years, P).sum() == approx(1, abs=1e-12)
    assert paths.demand_weights(start, 0.0, P) == approx(start)
    assert set(TIER_OF_FIELD) == {0, 1, 2}


def test_provincial_trends_have_no_national_mean():
    growth, gdp = np.array([0.02, -0.01, 0.0]), np.array([1.0, 2.0, 1.0])
    # weighted mean 0, so only scaled; decays by a tenth a year from the last published change on, two years after 2013
    assert paths.trend_growth(growth, gdp, 2.0, 1.2, 0.1) == approx(1.2 * growth)
    assert paths.trend_growth(growth, gdp, 7.0, 1.2, 0.1) == approx(1.2 * growth * math.exp(-0.5))
    assert paths.trend_growth(growth + 0.5, gdp, 7.0, 1.2, 0.1) @ gdp == approx(0)
    assert paths.provincial_trend(growth, growth, 1, 0.25) == approx(1.25 * growth)
    assert paths.provincial_trend(0 * growth, growth, 0, 0.25) == approx(0)


def test_preferences_phase_in_and_add_up():
    rows = np.array([1, 1]), np.array([12, 36]), np.array([52, 76]), np.array([0.5, 0.25])
    assert paths.preference_depth(11, *rows)[1] == 0
    assert paths.preference_depth(32, *rows)[1] == approx(0.25)  # half of the first
    assert paths.preference_depth(56, *rows)[1] == approx(0.5 + 0.125)
    assert paths.preference_depth(91, *rows).tolist() == [0, 0.75, 0, 0, 0, 0, 0, 0]


def test_the_surcharge_hits_the_united_states_from_2018q3():
    assert not paths.surcharge(at("2018Q2"), P).any()
    assert paths.surcharge(at("2018Q3"), P).tolist() == [0, 0, 0, 0, 0, 0, 0.155, 0]


def test_shocks_act_from_their_first_to_their_last_quarter():
    tariff = [shock(kind="tariff", partner="US", size=0.2)]
    hits = [paths.shocks_of(tariff, at(q)).tariff[6] for q in ("2025Q4", "2026Q1", "2026Q4", "2027Q1")]
    assert hits == [0, 0.2, 0.2, 0]


def test_overlapping_shocks_add_multiply_or_the_severest_counts():
    now = paths.shocks_of(
        [
            shock(kind="tariff", partner="US", size=0.2),
            shock(kind="tariff", partner="all", size=0.1),
            shock(kind="fdi", size=0.4),
            shock(kind="fdi", size=0.5),
            shock(kind="demand", size=0.1),
            shock(kind="demand", size=0.2),
            shock(kind="technology", size=0.5),
            shock(kind="technology", size=0.3, tiers=(0, 2)),
            shock(kind="technology", size=0.9, fields=("metals",), partners=("JP", "US")),
            shock(kind="algorithm", size=0.6),
            shock(kind="data_breach", size=0.7),
            shock(kind="pandemic", size=0.05),
            shock(kind="carbon_price", size=30),
            shock(kind="crisis"),
        ],
        at("2026Q2"),
    )
    assert now.tariff == approx([0.1] * 6 + [0.3, 0.1])
    by_field = np.array([0.3] * 5 + [0.5] * 11)
    expected = np.repeat(by_field[:, None], 8, axis=1)
    expected[2, [0, 6]] = 0.9  # metals of Japan and the United States
    assert (now.technology == expected).all()
    assert (now.investment, now.demand) == approx((0.2, 0.72))
    assert (now.algorithm, now.breach, now.output, now.carbon_price) == (0.6, 0.7, -0.05, 30)
    assert now.crisis


def test_without_shocks_everything_is_neutral():
    now = paths.shocks_of([], 50)
    assert not now.tariff.any()
    assert not now.technology.any()
    assert now[2:] == (1, 1, 0, 0, 0, 0, False)


def test_a_path_stays_where_its_last_point_is():
    points, values = (0, 4, 23), (1.0, 3.0, 2.0)
    assert [interpolated(x, points, values) for x in (0, 2, 4, 23, 45.75)] == [1.0, 2.0, 3.0, 2.0, 2.0]
