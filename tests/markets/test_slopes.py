"""The first answer of prices to excess demand is near the true one, so that few steps are needed."""

import numpy as np
from worlds import china, made_up

from ftz_sim.model.markets.answering import FAR, Answering
from ftz_sim.model.markets.costs import setting
from ftz_sim.model.markets.equations import evaluate

MOVE = 1e-6


def moved(example, where):
    """Return the slope of excess demand [F, R] when the log prices ``where`` [F, R] move together."""
    s = setting(example.world, example.costs(), example.capacity, example.p)
    return (evaluate(MOVE * where, s).excess - evaluate(0 * where, s).excess) / MOVE


def test_the_nations_answer_is_near_the_true_one():
    example = china()
    s = setting(example.world, example.costs(), example.capacity, example.p)
    answering, left = Answering(example.world.answers, s), np.float64(1)
    state, mean = evaluate(np.zeros((16, 31)), s), (example.world.output / example.world.output.sum(0)).T
    slope, answer = np.zeros((2, 16, 16))
    for field in range(16):
        where = np.zeros((16, 31))
        where[field] = 1.0
        slope[:, field] = (moved(example, where) * mean).sum(1)
        answer[:, field] = (answering(state._replace(excess=where), left) * mean).sum(1)
    assert np.abs(np.linalg.eigvals(np.eye(16) + slope @ answer)).max() < 0.2  # 0 would be exact


def test_a_provinces_answer_is_near_the_true_one():
    example = china()
    for place in (0, 18, 30):
        slope = np.zeros((16, 16))
        for field in range(16):
            where = np.zeros((16, 31))
            where[field, place] = 1.0
            slope[:, field] = moved(example, where)[:, place]
        left = np.eye(16) + slope @ example.world.answers.place[place]
        assert np.abs(np.linalg.eigvals(left)).max() < 0.2


def test_few_steps_are_needed():
    example = china()
    rng = np.random.default_rng(3)
    capacity = example.capacity * np.exp(rng.normal(0.015, 0.01, (31, 16)))
    assert example.clear(capacity).steps < 10
    assert example.clear(world_demand=0.7).steps < 11
    assert example.clear(removed=np.ones((31, 31))).steps < 11


def test_cells_alone_are_looked_at_again_where_prices_are_far():
    example = china()
    s = setting(example.world, example.costs(world_demand=0.3), example.capacity, example.p)
    where = np.zeros((16, 31))
    where[:, 18] = 1.0
    near, elsewhere = evaluate(0 * where, s), evaluate(where, s)
    for part in (0.9, 1.1):
        answering, anew = Answering(example.world.answers, s), Answering(example.world.answers, s)
        left = np.float64(part * FAR)
        state = elsewhere._replace(excess=left * where)
        answering(near, left)
        assert np.array_equal(answering(state, left), anew(state, left)) == (part > 1)


def test_an_empty_cell_has_an_answer_too():
    assert np.isfinite(made_up(1).world.answers.place).all()
