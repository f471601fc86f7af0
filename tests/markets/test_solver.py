import numpy as np
from pytest import approx

from ftz_sim.model.markets.solver import MOST_STEPS, solve

SIZE = 40


def linear(runs):
    """Well-posed systems a x = b, as excess and answer."""
    rng = np.random.default_rng(8)
    a = np.eye(SIZE) + 0.6 / np.sqrt(SIZE) * rng.normal(size=(runs, SIZE, SIZE))
    b = rng.normal(size=(runs, SIZE))
    return a, b


def twice(excess):
    """Propose to move by the excess itself."""

    def propose(x):
        left = excess(x)
        return np.abs(left).max(axis=1), left

    return propose


def test_a_linear_system_is_solved():
    a, b = linear(3)
    found = solve(twice(lambda x: b - np.einsum("eij,ej->ei", a, x)), np.zeros((3, SIZE)), 1e-11)
    assert found.residual.max() < 1e-11
    assert np.einsum("eij,ej->ei", a, found.x) == approx(b, abs=1e-10)


def test_acceleration_needs_far_fewer_steps_than_plain_repetition():
    slow = np.linspace(0.02, 1.0, SIZE)
    found = solve(twice(lambda x: -slow * (x - 1)), np.zeros((1, SIZE)), 1e-9)
    plain = np.log(1e-9 / 0.02) / np.log(1 - 0.02)
    assert found.x == approx(1, abs=1e-6)
    assert found.steps[0] < plain / 4


def test_a_system_stops_one_move_after_its_first_small_residual():
    a, b = linear(2)
    b[0] *= 1e-6  # nearer to its answer
    seen = []

    def excess(x):
        seen.append(x.copy())
        return b - np.einsum("eij,ej->ei", a, x)

    found = solve(twice(excess), np.zeros((2, SIZE)), 1e-9)
    assert found.steps[0] < found.steps[1] == len(seen)
    first = found.steps[0] - 1
    assert (seen[first][0] != seen[first + 1][0]).any()
    assert (seen[first + 1][0] == found.x[0]).all()
    assert np.abs(excess(found.x)).max() < found.residual.max() < 1e-9


def test_moves_are_never_longer_than_one():
    found = solve(twice(lambda x: 50.0 - x), np.zeros((1, 2)), 1e-12)
    assert found.x == approx(50)
    assert found.steps[0] >= 50


def test_what_has_no_answer_ends():
    found = solve(twice(np.ones_like), np.zeros((1, 2)), 1e-12)
    assert found.residual[0] == 1
    assert found.steps[0] == MOST_STEPS
