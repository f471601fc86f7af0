"""Designs fill the space they promise, are drawn piece by piece, and scenarios take their points."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import small
from ftz_sim.errors import InputError
from ftz_sim.model.parameters import all_cards
from ftz_sim.runs.sampling import METHODS, MOST_ROWS, design, grid, listed, rows_of, sample
from ftz_sim.runs.uncertainties import apply, from_cards, moved_levers, of_card, settle
from ftz_sim.scenario.policy_path import compile_policy
from ftz_sim.scenario.scenario import Scenario

NAMES, BOUNDS = ["a", "b", "c"], [(0.0, 1.0), (-2.0, 2.0), (5.0, 5.0)]


@pytest.mark.parametrize(("method", "n"), [("grid", 3), ("lhs", 7), ("sobol", 9), ("saltelli", 4), ("morris", 5)])
def test_points_lie_in_their_ranges_and_repeat(method, n):
    points = sample(method, NAMES, BOUNDS, n, seed=3)
    assert points.shape == (rows_of(method, n, 3), 3)
    low, high = np.array(BOUNDS).T
    assert (points >= low).all() and (points <= high).all()
    np.testing.assert_array_equal(points, sample(method, NAMES, BOUNDS, n, seed=3))
    if method != "grid":
        assert (points != sample(method, NAMES, BOUNDS, n, seed=4)).any()


def test_a_latin_hypercube_has_one_point_in_every_slice():
    points = sample("lhs", ["a", "b"], [(0, 1), (10, 20)], 50)
    assert sorted((points[:, 0] * 50).astype(int)) == list(range(50))
    assert sorted(((points[:, 1] - 10) * 5).astype(int)) == list(range(50))


def test_a_grid_crosses_values_and_the_last_turns_fastest():
    crossed = grid(["a", "b"], [[1, 2], [3, 4, 5]])
    assert crossed.all().tolist() == [[1, 3], [1, 4], [1, 5], [2, 3], [2, 4], [2, 5]]


def test_a_list_is_what_it_says():
    assert listed(["a"], [[1], [4]]).all().tolist() == [[1], [4]]
    assert listed([], [[]]).all().shape == (1, 0)


@settings(max_examples=20, deadline=None)
@given(start=st.integers(0, 2100), size=st.integers(0, 40))
def test_a_sequence_is_the_same_piece_by_piece_and_grows_by_adding(start, size):
    points = design("sobol", NAMES, BOUNDS, 3000)
    np.testing.assert_array_equal(points.between(start, start + size), SEQUENCE[start : start + size])


SEQUENCE = sample("sobol", NAMES, BOUNDS, 2200)


def test_saltelli_and_morris_have_the_blocks_that_their_analyses_expect():
    saltelli = sample("saltelli", NAMES, [(0, 1)] * 3, 8).reshape(8, 5, 3)
    a, b = saltelli[:, 0], saltelli[:, -1]
    for i in range(3):
        expected = a.copy()
        expected[:, i] = b[:, i]
        np.testing.assert_array_equal(saltelli[:, 1 + i], expected)
    morris = sample("morris", NAMES, [(0, 1)] * 3, 6).reshape(6, 4, 3)
    assert ((np.diff(morris, axis=1) != 0).sum(axis=2) == 1).all()  # one at a time


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("lhs", ["a"], [(0, 1)], 0), "samples is a whole number from 1"),
        (("lhs", ["a"], [(1, 0)], 5), "a: the range starts at 1, above its end 0"),
        (("lhs", ["a"], [(float("nan"), 0)], 5), "not made of finite numbers"),
        (("lhs", ["a", "a"], [(0, 1), (0, 1)], 5), "a name of its own|one name of its own"),
        (
            ("morris", ["a"] * 0 + [f"x{i}" for i in range(300)], [(0, 1)] * 300, 10**5),
            "GB at once; take fewer samples",
        ),
        (("grid", [f"x{i}" for i in range(9)], [(0, 1)] * 9, 10), r"9 uncertainties crossed give 1,000,000,000 points"),
        (("random", ["a"], [(0, 1)], 5), "found 'random'; allowed: grid, list, lhs"),
        (("saltelli", ["a"], [(0, 1)], 5), "a power of two, such as 8, not 5"),
    ],
)
def test_impossible_designs_are_refused_in_words(arguments, words):
    with pytest.raises(InputError, match=words):
        sample(*arguments)


class Untouched(Sequence):
    """Points that are counted and must not be looked at."""

    def __init__(self, size):
        self.size = size

    def __len__(self):
        return self.size

    def __getitem__(self, place):
        raise AssertionError("built")


@pytest.mark.parametrize("method", sorted({*METHODS} - {"list"}))
@pytest.mark.parametrize(("factors", "n"), [(60, MOST_ROWS), (3, 10**12), (500, 10**6), (21_000, 4096), (30_000, 2)])
def test_tables_that_no_memory_holds_are_refused_before_they_are_built(method, factors, n):
    tracemalloc.start()
    try:
        with pytest.raises(InputError):
            sample(method, [f"x{i}" for i in range(factors)], [(0, 1)] * factors, n)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("factors", "rows"), [(1, MOST_ROWS + 1), (60, MOST_ROWS), (300, 10**6)])
def test_lists_of_points_that_no_memory_holds_are_refused_before_they_are_built(factors, rows):
    with pytest.raises(InputError, match=r"samples is a whole number|GB at once"):
        listed([f"x{i}" for i in range(factors)], Untouched(rows))


def test_blocks_are_the_whole_in_order():
    points = grid(NAMES, [range(50), range(60), range(70)])
    np.testing.assert_array_equal(np.concatenate(list(points.blocks())), points.all())
    assert len(list(points.blocks())) > 1


def test_every_card_can_be_drawn_at_both_ends_and_in_the_middle():
    spec = small()
    for factor in from_cards():
        for value in (factor.low, factor.high):
            settled, pull = settle([spec], {factor.name: value})
            apply(spec, settled)
            assert pull == 0 or factor.name.startswith("production."), factor.name
    middles = {factor.name: 0.5 for factor in from_cards() if isinstance(all_cards()[factor.name].default, tuple)}
    assert len(middles) > 10
    assert apply(spec, middles).parameters == spec.parameters


def test_numbers_of_one_parameter_move_together_or_one_by_one():
    spec, name = small(), "negative_list.investment_core"  # (0, 4, 19), from 0 to 20
    assert of_card(name)[1:] == (0, 1)
    assert apply(spec, {name: 0.25}).parameters.negative_list.investment_core == (0, 2, 9.5)
    assert apply(spec, {name: 1.0}).parameters.negative_list.investment_core == (20, 20, 20)
    assert apply(spec, {f"{name}[1]": 7}).parameters.negative_list.investment_core == (0, 7, 19)


def test_a_value_is_put_in_as_it_is_and_nothing_else_changes():
    spec = small()
    changed = apply(spec, {"institutional_innovation.ideas": 99.5})
    assert changed.parameters.institutional_innovation.ideas == 99.5
    again = apply(changed, {"institutional_innovation.ideas": spec.parameters.institutional_innovation.ideas})
    assert again == spec


def test_refused_values_are_pulled_just_far_enough():
    spec = small()
    values = {"production.capital": 0.58, "glass_door.initial": 0.3}
    settled, pull = settle([spec, spec], values)
    assert settled["glass_door.initial"] == 0.3 and 0 < pull < 0.5
    assert settled["production.capital"] == pytest.approx(0.58 + pull * (0.38 - 0.58), rel=1e-12)
    farther = 0.58 + (pull - 0.05) * (0.38 - 0.58)  # one step less is refused
    assert settle([spec], {"production.capital": farther})[1] > 0


def _path(spec: Scenario, lever: str):
    opening = np.zeros(22, dtype=int)
    return compile_policy(spec.policy, opening, spec.horizon.end.index + 1).level(lever)


@pytest.mark.parametrize("lever", ["zone_zero_tariff", "rule_alignment", "agreement_upgrade", "trade_facilitation"])
@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_a_lever_goes_part_of_the_way_from_where_history_left_it(lever, share):
    spec = small("ftz_fta")
    fork = spec.horizon.fork.index
    whole, part = _path(spec, lever), _path(apply(spec, {f"levers.{lever}": share}), lever)
    before = whole[fork - 1]
    np.testing.assert_allclose(
        part, np.concatenate([whole[:fork], before + share * (whole[fork:] - before)]), atol=1e-12
    )
    assert lever in moved_levers(spec)


def test_a_whole_lever_is_the_strategy_itself():
    spec = small("ftz_fta")
    assert apply(spec, {f"levers.{lever}": 1.0 for lever in moved_levers(spec)}) == spec
