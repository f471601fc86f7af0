"""The first answer of prices to excess demand is near the true one, so that few steps are needed."""

import numpy as np
from worlds import china, made_up

from ftz_sim.model.markets.costs import setting
from ftz_sim.model.markets.equations import evaluate

MOVE = 1e-6


def moved(example, where):
    """Return the slope of excess demand [F, R] when the log prices ``where`` [F, R] move together."""
    s = setting(example.world, example.costs(), example.capacity, example.p)
    return (evaluate(MOVE * where, s).excess - evaluate(0 * where, s).excess) / MOVE


def test_the_nations_answer_is_near_the_true_one():
    example = china()
    known = example.world.turned
    slope = np.zeros((16, 16))
    for field in range(16):
        where = np.zeros((16, 31))
        where[field] = 1.0
        slope[:, field] = (moved(example, where) * known.answer_weight).sum(1)
    left = np.eye(16) + slope @ known.answer_of_nation
    assert np.abs(np.linalg.eigvals(left)).max() < 0.2  # 0 would be exact


def test_a_provinces_answer_is_near_the_true_one():
    example = china()
    for place in (0, 18, 30):
        slope = np.zeros((16, 16))
        for field in range(16):
            where = np.zeros((16, 31))
            where[field, place] = 1.0
            slope[:, field] = moved(example, where)[:, place]
        left = np.eye(16) + slope @ example.world.turned.answer_of_place[:, :, place]
        assert np.abs(np.linalg.eigvals(left)).max() < 0.2


def test_few_steps_are_needed():
    example = china()
    rng = np.random.default_rng(3)
    capacity = example.capacity * np.exp(rng.normal(0.015, 0.01, (31, 16)))
    assert example.clear(capacity).steps < 15
    assert example.clear(world_demand=0.7).steps < 16
    assert example.clear(removed=np.ones((31, 31, 3))).steps < 16


def test_an_empty_cell_has_an_answer_too():
    assert np.isfinite(made_up(1).world.turned.answer_of_place).all()
