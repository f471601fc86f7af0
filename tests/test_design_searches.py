"""Searches for packages: they look at so many and no more, and in small problems they find what there is."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from ftz_sim.design.choices import number_of
from ftz_sim.design.look import look, searches_of, undominated
from ftz_sim.design.searches import Scores, Space, drawn, everything, greedy, neighbours, random
from ftz_sim.design.surrogate import expected

N = 10
RNG = np.random.Generator(np.random.Philox(3))
GAIN, COST, TOGETHER = RNG.random(N), RNG.random(N), 0.3 * RNG.random((N, N))
SPACE = Space((1,) * N, 2, 1, 40, "nsga2", 1)


pytestmark = pytest.mark.usefixtures("pymoo")


def value(candidates):
    """Gain with synergies against cost; at most six choices may be pulled."""
    x = np.array(candidates) > 0
    gain = x @ GAIN + np.einsum("ni,ij,nj->n", x, TOGETHER, x)
    return Scores(np.stack([-gain, x @ COST], axis=1), x.sum(axis=1, keepdims=True) - 6.0)


def front(candidates):
    scores = value(candidates)
    within = [each for each, held in zip(candidates, scores.within, strict=True) if held]
    return {within[row] for row in undominated(value(within).objectives, [sum(each) for each in within])}


@pytest.fixture(scope="module")
def everything_looked_at():
    return list(product((0, 1), repeat=N))


@pytest.mark.parametrize("method", ["nsga2", "nsga3"])
def test_the_genetic_search_finds_the_front_of_ten_choices_in_half_as_many_looks(method):
    looked = look(searches_of(SPACE._replace(method=method)), 500, value)
    whole = front(looked["enumeration"])
    assert len(looked["enumeration"]) == 1024 and len(whole) > 20
    assert front(looked["genetic"]) == whole
    assert len(front(looked["greedy"]) & whole) > 0.9 * len(whole)


def genetic(space):
    return searches_of(space)["genetic"]


def asked_by(space, worth=value, rounds=12):
    """Yield what the genetic search asks for, round by round."""
    search = genetic(space)
    asked = next(search)
    for _ in range(rounds):
        yield asked
        asked = search.send(worth(asked))


def test_the_genetic_search_begins_with_every_choice_alone_and_packages_of_all_sizes():
    first = next(asked_by(SPACE._replace(ways=(3,) * N)))
    sizes = [sum(way > 0 for way in each) for each in first]
    assert sizes[: N + 1] == [0] + [1] * N and len(set(first[1 : N + 1])) == N
    assert len(first) > 1.5 * N and max(sizes) > 0.7 * N


def test_it_never_asks_twice_and_its_generations_grow_with_what_was_seen():
    rounds = list(asked_by(SPACE._replace(ways=(2,) * N, population=12), rounds=30))
    every = [each for asked in rounds for each in asked]
    assert len(every) == len(set(every)) > 150
    sizes = [len(asked) for asked in rounds[1:]]
    assert sizes == sorted(sizes) and (sizes[0], sizes[-1]) == (4, 12)


def test_it_is_the_same_for_a_seed_and_another_for_another():
    runs = [list(asked_by(SPACE._replace(seed=seed))) for seed in (1, 1, 2)]
    assert runs[0] == runs[1] != runs[2]


def test_a_longer_search_begins_as_a_shorter_one():
    short, long = (look({"genetic": genetic(SPACE)}, most, value)["genetic"] for most in (60, 200))
    assert long[:60] == short


def test_it_learns_what_breaks_the_budget():
    wide = SPACE._replace(ways=(2,) * 14)
    cost = RNG.random(14)

    def worth(candidates):
        x = np.array(candidates) > 0
        spent = x @ cost
        return Scores(np.stack([-x.sum(axis=1), spent], axis=1), spent[:, None] - cost.sum() / 5)

    looked = look({"genetic": genetic(wide)}, 90, worth)["genetic"]
    assert worth(looked).within.mean() > 0.6 > 2 * worth(drawn(wide, wide.rng(9), 500)).within.mean()


def test_three_choices_that_harm_alone_and_pay_together_are_found():
    def worth(candidates):
        x = np.array(candidates) > 0
        return Scores(
            np.array([0, 1, 2, -9])[x[:, 2:5].sum(axis=1)][:, None] - x @ GAIN[:, None], np.zeros((len(x), 0))
        )

    best = min(float(worth(list(product((0, 1), repeat=N))).objectives.min()), 0)
    space = SPACE._replace(aims=1, bounds=0)
    found = [look({"genetic": genetic(space._replace(seed=seed))}, 80, worth)["genetic"] for seed in range(1, 6)]
    assert [worth(seen).objectives.min() for seen in found] == pytest.approx([best] * 5)


def test_what_adds_up_is_expected_as_it_is():
    ways, rng = (1, 2, 3, 1, 2), np.random.Generator(np.random.Philox(7))
    every = np.array(list(product(*(range(each + 1) for each in ways))))
    effects = [np.concatenate([[0], rng.normal(size=each)]) for each in ways]
    values = 5 + sum(own[every[:, place]] for place, own in enumerate(effects))[:, None]
    played = rng.permutation(len(every))[:60]
    guessed = expected(ways, every[played], values[played], every)
    assert np.corrcoef(guessed[:, 0], values[:, 0])[0, 1] > 0.995
    one = np.array([[0, 0, 0, 0, 0], [0, 0, 1, 0, 0]])  # a way that was never tried is expected to be like the others
    assert (
        np.diff(expected(ways, one, np.array([[0.0], [1.0]]), np.array([[0, 0, 0, 0, 0], [0, 0, 3, 0, 0]])), axis=0)
        > 0.5
    )


@pytest.mark.parametrize("most", [1, 25, 150])
def test_every_search_looks_at_so_many_packages_and_no_more(most):
    told = []

    def counted(candidates):
        told.extend(candidates)
        return value(candidates)

    found = look(searches_of(SPACE._replace(ways=(2,) + (1,) * 9)), most, counted)  # too many to look at all
    assert set(found) == {"genetic", "greedy", "random"}
    for name, seen in found.items():
        assert len(seen) == len(set(seen)) == most, name
    assert set(told) == {each for seen in found.values() for each in seen}


def test_with_as_many_evaluations_the_genetic_search_beats_greed_and_chance(everything_looked_at):
    whole = front(everything_looked_at)

    def reached(seed):
        seen = look(searches_of(SPACE._replace(seed=seed)), 150, value)
        return [len(front(seen[name]) & whole) for name in ("genetic", "greedy", "random")]

    found, greed, chance = np.mean([reached(seed) for seed in range(5)], axis=0) / len(whole)
    assert found > 0.8 and found > greed > chance


def test_the_front_is_what_no_other_is_as_good_as(everything_looked_at):
    objectives = value(everything_looked_at).objectives
    found = set(undominated(objectives, [0] * len(objectives)))
    brute = {
        row
        for row, own in enumerate(objectives)
        if not any((other <= own).all() and (other < own).any() for other in objectives)
    }
    assert found == brute


def test_of_packages_that_come_to_the_same_the_smallest_stands():
    same = np.array([[1.0, 2.0], [1.0, 2.0], [2.0, 1.0]])
    assert undominated(same, [3, 1, 5]) == [1, 2]


def test_a_package_that_could_not_be_played_or_exceeds_a_bound_is_not_within():
    scores = Scores(np.array([[1.0], [np.nan], [1.0], [1.0]]), np.array([[0.0], [0.0], [0.1], [np.nan]]))
    assert scores.within.tolist() == [True, False, False, False]


@pytest.mark.parametrize("name", ["genetic", "greedy", "random"])
def test_a_search_goes_on_when_packages_fail(name):
    def breaking(candidates):
        scores = value(candidates)
        broken = np.array(candidates)[:, 0] > 0
        return Scores(np.where(broken[:, None], np.nan, scores.objectives), scores.excess)

    seen = look({name: searches_of(SPACE)[name]}, 300, breaking)[name]
    assert len(seen) == 300
    held = [each for each in seen if not each[0]]
    assert len(held) > 75


def test_random_packages_are_small_and_large_and_take_every_way():
    found = np.array(drawn(SPACE._replace(ways=(3,) * N), SPACE.rng(9), 2000))
    sizes = (found > 0).sum(axis=1)
    assert np.bincount(sizes, minlength=N + 1).min() > 100  # evenly, from none to all
    assert set(found[:, 4]) == {0, 1, 2, 3}


SITES = SPACE._replace(ways=(2, 1, 1, 1), sites=(0, 1, 2), at_once=2)  # two ways at the first of three places


def few_sites(candidate):
    return sum(way > 0 for way in candidate[:3]) <= 2


def test_of_sites_only_so_many_are_pulled_and_all_such_packages_are_looked_at():
    every = [each for each in product(range(3), (0, 1), (0, 1), (0, 1)) if few_sites(each)]
    (found,) = everything(SITES)
    assert sorted(found) == every and number_of(SITES.ways, SITES.sites, 2) == len(every) == 20
    assert number_of(SITES.ways, SITES.sites, 3) == 24 and number_of((1, 2)) == 6
    for name in ("genetic", "random", "greedy"):
        search = {name: searches_of(SITES._replace(population=8))[name]}
        seen = look(search, 300, lambda asked: value([(*each, *(0,) * 6) for each in asked]))[name]
        assert all(map(few_sites, seen)), name
        assert len(seen) > 15, name


def test_at_the_limit_a_site_takes_the_place_of_another():
    near = set(neighbours(SITES, (1, 0, 1, 0)))
    assert near == {(0, 0, 1, 0), (2, 0, 1, 0), (0, 1, 1, 0), (1, 1, 0, 0), (1, 0, 0, 0), (1, 0, 1, 1)}


def test_neighbours_differ_in_one_choice():
    near = list(neighbours(SPACE._replace(ways=(2, 1)), (1, 0)))
    assert near == [(0, 0), (2, 0), (1, 1)]


def test_greedy_climbs_to_where_no_single_change_helps():
    search, one = (
        greedy(SPACE._replace(aims=1)),
        lambda asked: Scores(value(asked).objectives[:, :1], value(asked).excess),
    )
    asked, hands = next(search), []
    for _ in range(12):
        hands.append(asked[0] if len(asked) == 1 else None)
        asked = search.send(one(asked))
    first = [hand for hand in hands if hand]
    assert first[0] == (0,) * N and len(first) == 2  # one climb was done, another begun
    assert sum(first[1]) > 0


def test_a_search_ends_when_nothing_is_new():
    tiny = Space((1, 1), 2, 1, 4, "nsga2", 1)
    flat = lambda asked: Scores(np.zeros((len(asked), 2)), np.zeros((len(asked), 1)))  # noqa: E731
    found = look({"random": random(tiny), "enumeration": everything(tiny)}, 1000, flat)
    assert {name: len(seen) for name, seen in found.items()} == {"random": 4, "enumeration": 4}
