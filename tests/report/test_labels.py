import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftz_sim.model.parameters import meaning
from ftz_sim.report import sensitivity, tornado
from ftz_sim.report.labels import LONGEST, parameter, plain, reading_limits, repel, short

PLACES = st.lists(st.floats(-1, 2), min_size=1, max_size=9).map(np.array)


def test_two_labels_at_one_place_move_half_a_gap_each():
    assert repel(np.array([0.5, 0.5, 0.0]), 0.1, 0, 1) == pytest.approx([0.45, 0.55, 0.0])


def test_three_labels_around_a_middle():
    # wanted .50 .51 .52, gap .1: shifts of order minimise squares, so the mean .51 stays
    assert repel(np.array([0.52, 0.50, 0.51]), 0.1, 0, 1) == pytest.approx([0.61, 0.41, 0.51])


def test_labels_that_do_not_fit_share_the_room():
    assert repel(np.zeros(5), 1.0, 0.0, 1.0) == pytest.approx([0, 0.25, 0.5, 0.75, 1])


@given(PLACES)
def test_labels_keep_their_order_their_distance_and_the_limits(wanted):
    placed = repel(wanted, 0.08, 0, 1)
    order = np.argsort(wanted, kind="stable")
    assert (np.diff(placed[order]) >= 0.08 - 1e-9).all()
    assert placed.min() >= -1e-9
    assert placed.max() <= 1 + 1e-9


@given(st.lists(st.integers(0, 10), min_size=1, max_size=9, unique=True))
def test_labels_that_are_apart_stay(wanted):
    places = np.array(wanted) / 10
    assert repel(places, 0.1, 0, 1) == pytest.approx(places)


def test_ticks_are_plain():
    assert [plain(x) for x in (1000.0, -0.25, 0.1 + 0.2, 0.0)] == ["1,000", "−0.25", "0.3", "0"]


def test_a_line_far_beyond_the_others_does_not_set_the_scale():
    assert reading_limits(np.array([1.0, 1.2, 0.9, 20.0])).tolist() == [True, True, True, False]


def test_two_lines_are_always_shown_in_full():
    assert reading_limits(np.array([0.01, 20.0])).all()


def test_figures_name_parameters_by_what_they_mean_in_chinese_only():
    assert parameter("carbon.trend", "en") == "carbon.trend"
    assert parameter("carbon.trend", "zh") == meaning("carbon.trend", "zh")
    assert parameter("levers.joint_fund", "zh") == "跨区域产业基金"
    assert parameter("shocks.demand", "en") == "shocks.demand" and parameter("shocks.demand", "zh") == "外需下降"
    assert parameter("unknown.name", "zh") == "unknown.name"
    assert len(short("长" * 99, "zh")) == LONGEST["zh"]


@pytest.mark.parametrize("module", [sensitivity, tornado])
def test_the_longest_name_of_a_parameter_stands_whole_beside_its_panel(module):
    size, gap = 8 / 72, 0.02 * 4.6  # inches: of a Chinese character, and to a panel of that width
    assert LONGEST["zh"] * size + gap < module.NAMES
