from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ftz_sim.indicators.entropy import entropy_weights

scores = arrays(float, (6, 3), elements=st.just(0.0) | st.floats(1e-9, 100))  # a factor of .01 keeps all digits


def test_weights_by_hand():
    # two observations: shares 1/4 and 3/4 of the first component, 1/2 and 1/2 of the second
    first = -(0.25 * np.log(0.25) + 0.75 * np.log(0.75)) / np.log(2)
    assert first == pytest.approx(0.8112781)
    assert entropy_weights(np.array([[1.0, 5], [3.0, 5]])) == pytest.approx([1, 0])
    # against a component that one observation has alone (entropy 0): 0.1887 to 1
    assert entropy_weights(np.array([[1.0, 0], [3.0, 7]])) == pytest.approx([0.1887219 / 1.1887219, 1 / 1.1887219])


@given(scores, st.floats(0.01, 100))
def test_weights_are_shares_and_know_no_unit(table, factor):
    weights = entropy_weights(table)
    assert weights.sum() == pytest.approx(1)
    assert (weights >= 0).all()
    scaled = table * [1.0, factor, 1.0]
    assert entropy_weights(scaled) == pytest.approx(weights, abs=1e-6)


def test_nothing_that_differs_means_equal_weights():
    assert entropy_weights(np.ones((4, 2))) == pytest.approx([0.5, 0.5])
    assert entropy_weights(np.zeros((4, 2))) == pytest.approx([0.5, 0.5])


def test_scores_below_zero_are_refused():
    with pytest.raises(ValueError, match="never negative"):
        entropy_weights(np.array([[-1.0, 2.0]]))
