from __future__ import annotations

import numpy as np
import pytest
from made_up import records

from ftz_sim.indicators.growth import digital_term, growth_account, total_factor_productivity
from ftz_sim.indicators.variables import GROWTH_ACCOUNT


@pytest.mark.parametrize("seed", range(5))
def test_the_parts_add_up_to_growth_exactly(seed):
    made = records(seed=seed)
    account = growth_account(made)
    assert set(account) == {*GROWTH_ACCOUNT, "growth_total"}
    total = 400 * np.log(made.nation.gdp[1:] / made.nation.gdp[:-1])
    np.testing.assert_allclose(account["growth_total"], total, rtol=1e-12)
    np.testing.assert_allclose(sum(account[part] for part in GROWTH_ACCOUNT), total, atol=1e-10)


def test_capital_works_a_quarter_after_it_was_built():
    made = records(quarters=4)
    made.firms.capital[:] = 1.0
    made.firms.capital[2:] = np.e  # built in quarter 1 (row 2): used from quarter 2
    assert growth_account(made)["growth_capital"] == pytest.approx([0, 0, 400 * 0.38, 0])


def test_exogenous_terms_by_hand():
    made = records(quarters=2)
    made.nation.tfp_trend[:] = [0.0, 0.0, 0.004]
    made.nation.macro_shock[:] = [0.0, -0.01, -0.02]
    assert growth_account(made)["growth_exogenous"] == pytest.approx([-4.0, 400 * (0.004 - 0.01)])


def test_what_markets_make_of_capacity_by_hand():
    made = records(quarters=2)
    made.nation.gdp[:], made.nation.capacity[:] = [100.0, 99.0, 101.97], [100.0, 100.0, 102.0]
    expected = [400 * np.log(0.99), 400 * np.log(101.97 / 102 / 0.99)]
    assert growth_account(made)["growth_markets"] == pytest.approx(expected)


def test_the_digital_term_uses_the_digitisation_of_the_quarter_before():
    made = records(quarters=2)
    made.firms.digital[:] = np.array([0.2, 0.4, 0.9])[:, None]
    assert digital_term(made) == pytest.approx([0.16 * 0.2, 0.16 * 0.4])


def test_tfp_is_growth_less_inputs():
    made = records(quarters=6)
    account = growth_account(made)
    inputs = sum(account[f"growth_{name}"] for name in ("capital", "labour", "talent", "knowledge"))
    expected = 100 * np.exp(np.cumsum((account["growth_total"] - inputs) / 400))
    level = total_factor_productivity(made)
    assert level[0] == 100
    np.testing.assert_allclose(level, expected / expected[0] * 100, rtol=1e-12)
