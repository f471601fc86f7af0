import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from builders import small
from ftz_sim.model.columns import N_FIELDS, N_REGIONS
from ftz_sim.model.mechanisms.production import Production
from ftz_sim.model.mechanisms.relocation import Relocation, net_inflow, reach, rises
from ftz_sim.model.returns import of_cells
from ftz_sim.runs.ensemble import Ensemble
from ftz_sim.runs.model import FtzModel

P = Relocation()
DT = 0.25
STEP = 1 - math.exp(-0.3 * 0.25)
NO_BORDER_CUT = np.zeros((3, 3))
APART = np.array([[0.0, 800.0, 800.0], [800.0, 0.0, 800.0], [800.0, 800.0, 0.0]])


def inflow(capital, gain, removed=NO_BORDER_CUT, distance=APART, p=P):
    capital, gain = np.asarray(capital, float), np.asarray(gain, float)
    return net_inflow(capital, rises(gain, np.zeros_like(gain), capital, p), reach(distance, removed, p), p, DT)


def test_the_return_by_hand():
    p = Production()
    value, capital = np.array([[3.0, 1.0], [1.0, 0.0]]), np.array([[40.0, 8.0], [10.0, 0.0]])
    got = of_cells(value, capital, p.rho * p.capital, 0.06)
    share = 5 / 6 * 0.38 * 4
    assert got[:, 0] == approx([share * 3 / 40 - 0.06, share / 10 - 0.06])
    assert got[:, 1] == approx([share / 8 - 0.06] * 2)  # an empty cell shows what its field earns


def test_the_reach_by_hand():
    removed = np.array([[0.0, 0.4, -0.2], [0.4, 0.0, 1.5], [-0.2, 1.5, 0.0]])
    got = reach(APART, removed, P)
    assert got[0] == approx([0, math.exp(-0.4 - 0.6), math.exp(-0.4 - 1.2)])
    assert got[1, 2] == approx(math.exp(-0.4))  # a border is gone when it is gone


def test_a_rise_counts_beside_its_field_and_up_to_the_cap():
    got = rises(
        np.array([[0.06], [0.05], [0.20]]), np.array([[0.04], [0.05], [0.05]]), np.array([[2.0], [1.0], [0.0]]), P
    )
    mean = 0.04 / 3
    assert got[:, 0] == approx([15 * (0.02 - mean), -15 * mean, 1])


def test_a_flow_by_hand():
    # two provinces of a field, 60 and 40 bn yuan; the return of the second has risen by 2 points
    got = inflow([[60.0], [40.0], [0.0]], [[0.0], [0.02], [0.0]])[:, 0]
    x = 15 * np.array([-0.008, 0.012])
    there = 60 * 0.4 * math.exp(-1.4 + x[1] - x[0] - 2)
    back = 40 * 0.6 * math.exp(-1.4 + x[0] - x[1] - 2)
    assert got == approx([-STEP * (there - back), STEP * (there - back), 0])
    assert got[1] > 0


cells = st.lists(st.floats(0.0, 500.0), min_size=N_REGIONS * 2, max_size=N_REGIONS * 2)


@given(cells, st.integers(0, 1000), st.floats(0.0, 50.0), st.floats(0.0, 100.0))
def test_sums_of_fields_are_kept_and_no_cell_is_emptied(capital, seed, mobility, response):
    rng = np.random.default_rng(seed)
    capital = np.array(capital).reshape(N_REGIONS, 2)
    gain = rng.normal(0, 0.05, (N_REGIONS, 2))
    half = rng.uniform(0, 3000, (N_REGIONS, N_REGIONS))
    removed = rng.uniform(-0.5, 1.6, (N_REGIONS, N_REGIONS))
    p = Relocation(mobility=mobility, response=response)
    got = inflow(capital, gain, removed + removed.T, half + half.T, p)
    assert np.abs(got.sum(0)).max() <= 1e-12 * max(1.0, capital.sum())
    assert (capital + got >= -1e-12 * capital).all()
    assert (got[capital == 0] == 0).all()  # no firm that could take it


def test_equal_changes_of_returns_move_nothing():
    capital = np.array([[10.0, 5.0], [300.0, 80.0], [0.5, 7.0]])
    uneven = np.array([[0.0, 10.0, 900.0], [10.0, 0.0, 2500.0], [900.0, 2500.0, 0.0]])
    assert inflow(capital, np.full((3, 2), -0.07), distance=uneven) == approx(0, abs=1e-13)


def test_mirrored_provinces_have_no_net_flow():
    capital, gain = np.array([[50.0], [50.0], [20.0]]), np.array([[0.01], [0.01], [0.03]])
    got = inflow(capital, gain)
    assert got[0] == approx(got[1])
    assert inflow(capital[:2], gain[:2], NO_BORDER_CUT[:2, :2], APART[:2, :2]) == approx(0, abs=1e-14)


@given(st.floats(0.0, 0.02), st.floats(0.001, 0.02))
def test_a_larger_gap_moves_more(gap, more):
    capital = [[50.0], [50.0], [20.0]]
    less, much = (inflow(capital, [[0.0], [x], [0.0]])[1, 0] for x in (gap, gap + more))
    assert much > less > -1e-12


def test_what_coordination_removes_lets_plants_go():
    capital, gain = [[50.0], [50.0], [0.0]], [[0.0], [0.02], [0.0]]
    removed = np.array([[0.0, 0.5, 0.0], [0.5, 0.0, 0.0], [0.0, 0.0, 0.0]])
    shut, ajar = (inflow(capital, gain, cut)[1, 0] for cut in (NO_BORDER_CUT, removed))
    assert ajar == approx(math.exp(0.5) * shut)
    free = Relocation(border=0.0)
    assert inflow(capital, gain, removed, p=free) == approx(inflow(capital, gain, p=free))


def test_the_step_moves_plants_pair_by_pair(played):
    old, new, p = played("relocation")
    firms, of, f = old.firms, old.firms.region, old.firms.field
    capital, made = np.zeros((2, N_REGIONS, N_FIELDS))
    np.add.at(capital, (of, f), firms.capital)
    np.add.at(made, (of, f), firms.value_added)
    shared = old.params
    level = shared.production.rho * shared.production.capital * 4
    inflow = np.zeros((N_REGIONS, N_FIELDS))
    for field in range(N_FIELDS):
        k = capital[:, field]
        here = np.flatnonzero(k)
        change = (
            level * made[here, field] / k[here]
            - shared.investment.depreciation
            - old.base.net_return_of_cells[here, field]
        )
        change -= np.average(change, weights=k[here])
        x = dict(zip(here, (p.response * change).clip(-p.cap, p.cap), strict=True))
        for r in here:
            for s in here:
                if r == s:
                    continue
                border = p.border * (1 - old.pairs.removed[r, s])
                cost = p.distance * old.pairs.distance[r, s] / 1000 + border + 2 * p.cap
                flow = (1 - math.exp(-p.mobility / 4)) * k[r] * k[s] / k.sum() * math.exp(x[s] - x[r] - cost)
                inflow[r, field] -= flow
                inflow[s, field] += flow
    assert np.abs(inflow).max() > 0.1
    assert old.pairs.removed.max() > 0.05  # some border has been removed
    assert new.regions.relocated == approx(inflow.sum(1), rel=1e-8, abs=1e-9)
    growth = 1 + inflow[of, f] / capital[of, f]
    assert new.firms.capital == approx(firms.capital * growth, rel=1e-10)
    assert new.firms.capital.sum() == approx(firms.capital.sum(), rel=1e-12)
    assert (new.firms.workers == firms.workers).all()


def test_off_nothing_moves():
    model = FtzModel(small("history", "mechanisms.relocation=off", "horizon.end=2014Q1"), rng=1).run()
    assert not model.regions.relocated.any()


def test_runs_together_move_the_same_plants():
    specs = [small("history", f"parameters.relocation.response={x}", "horizon.end=2014Q1") for x in (5, 30)]
    models = [FtzModel(spec, rng=seed) for seed, spec in enumerate(specs)]
    together = Ensemble(models)
    for _ in range(4):
        together.step()
        for model in models:
            model.step()
    for run, model in enumerate(models):
        assert np.array_equal(together.regions.relocated[:, run], model.regions.relocated)
    assert np.abs(together.regions.relocated).max() > 0
