import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from ftz_sim.model.levers import CATALOGUE
from ftz_sim.scenario.policy_path import OF_NATION, OF_ZONES, compile_policy
from ftz_sim.scenario.scenario import ZONES, LeverStep, Scenario

OPENING = np.arange(22) * 4  # zone z opens in quarter 4 z
SH, GD = ZONES.index("SH"), ZONES.index("GD")


def step(lever="ai_plus", start="2014Q1", level=1.0, **rest):
    return LeverStep.model_validate({"lever": lever, "from": start, "level": level, **rest})


def path(*steps, lever="ai_plus", quarters=20):
    return compile_policy(steps, OPENING, quarters).level(lever)


def test_a_ramp_takes_equal_steps_the_first_in_its_quarter():
    # 2014Q1 is quarter 4; four steps to .8 from 0
    assert path(step(level=0.8, ramp=4))[3:9, SH] == approx([0, 0.2, 0.4, 0.6, 0.8, 0.8])


def test_a_ramp_starts_from_the_quarter_before():
    # .5 from the beginning, then two steps to .1 in quarters 8 and 9
    steps = step(start="2013Q1", level=0.5), step(start="2015Q1", level=0.1, ramp=2)
    assert path(*steps)[6:11, SH] == approx([0.5, 0.5, 0.3, 0.1, 0.1])


def test_no_ramp_and_a_ramp_of_one_are_at_once():
    for ramp in (0, 1):
        assert path(step(level=0.7, ramp=ramp))[3:6, SH] == approx([0, 0.7, 0.7])


def test_opening_is_the_quarter_of_each_zone():
    levels = path(step(start="opening"))
    assert levels[:, SH].tolist() == [1.0] * 20
    assert levels[3:5, GD].tolist() == [0, 1]  # GD opens in quarter 4


def test_a_later_step_in_the_list_overrides_from_its_own_start():
    # as in history: all zones .5 from 2015Q1, Hainan's 1 from 2014Q1 laid over it
    levels = path(step(start="2015Q1", level=0.5), step(start="2014Q1", zones=["SH"]))
    assert levels[[3, 4, 8, 19], SH].tolist() == [0, 1, 1, 1]
    assert levels[[4, 8], GD].tolist() == [0, 0.5]


def test_national_levers_have_one_path():
    assert path(step("replication", level=0.4), lever="replication")[3:5].tolist() == [0, 0.4]


def test_a_step_after_the_end_or_before_the_start_changes_what_it_should():
    assert not path(step(start="2030Q1")).any()
    ramp = path(step(start="2013Q1", level=1, ramp=2), quarters=3)
    assert ramp[:, SH].tolist() == [0.5, 1, 1]


def test_zones_are_open_from_their_quarter_on():
    is_open = compile_policy([], OPENING, 20).is_open
    assert is_open[:, GD].tolist() == [False] * 4 + [True] * 16


@given(
    st.lists(
        st.builds(
            lambda start, level, ramp: step(start=f"{2013 + start // 4}Q{start % 4 + 1}", level=level, ramp=ramp),
            st.integers(0, 91),
            st.floats(0, 1),
            st.integers(0, 92),
        ),
        max_size=4,
    )
)
def test_levels_stay_shares_whatever_is_laid_on_whatever(steps):
    levels = path(*steps, quarters=92)
    assert levels.min() >= 0
    assert levels.max() <= 1


def test_a_ramp_to_the_level_of_before_moves_nothing_and_a_ramp_ends_exactly():
    levels = path(step(start="2013Q1", level=0.3), step(level=0.3, ramp=7), step(start="2016Q1", level=0.1, ramp=3))
    assert (levels[:12, SH] == 0.3).all()
    assert levels[14, SH] == 0.1


def test_strategies_share_history_until_the_fork_and_never_fall_below_it():
    opening = np.array([3, 9, 9, 9, 17, 17, 17, 17, 17, 17, 17, 23, 27, 27, 27, 27, 27, 27, 31, 31, 31, 43])
    history = compile_policy(Scenario.load("history").policy, opening, 92)
    for name in ("single_ftz", "cross_zone", "ftz_fta", "integrated", "cross_zone_with_hinterland"):
        strategy = compile_policy(Scenario.load(name).policy, opening, 92)
        for lever in CATALOGUE:
            np.testing.assert_array_equal(history.level(lever)[:48], strategy.level(lever)[:48])
            assert (strategy.level(lever) >= history.level(lever)).all()


def test_the_single_zone_block_is_the_same_in_all_zone_strategies():
    opening = np.full(22, 3)
    single, *others = (
        compile_policy(Scenario.load(name).policy, opening, 92)
        for name in ("single_ftz", "cross_zone", "ftz_fta", "integrated")
    )
    for lever in list(CATALOGUE)[:43]:
        for other in others:
            np.testing.assert_array_equal(single.level(lever), other.level(lever))
    assert (single.level("rule_alignment") == 0).all()
    assert len(OF_NATION) + len(OF_ZONES) == len(CATALOGUE)
