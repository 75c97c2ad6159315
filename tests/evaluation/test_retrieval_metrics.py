"""Hand-computed values of the ranking measures."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.evaluation.metrics import bootstrap, ndcg, paired_bootstrap, recall, reciprocal_rank


def test_ndcg_has_linear_gains_and_a_logarithmic_discount() -> None:
    # Gains 0, 3, 1 at ranks 1, 2, 3: 3/log2(3) + 1/log2(4) = 1.892789 + 0.5.
    # Ideal 3, 2, 1: 3 + 2/log2(3) + 1/2 = 4.761860.
    grades = {"a": 3, "b": 2, "c": 1}
    assert ndcg(["x", "a", "c"], grades, 10) == pytest.approx(2.392789 / 4.761860, abs=1e-6)


def test_ndcg_looks_only_at_the_first_k() -> None:
    assert ndcg(["x", "y", "a"], {"a": 1}, 2) == 0
    assert ndcg(["x", "a"], {"a": 1}, 2) == pytest.approx(1 / math.log2(3))


def test_ndcg_is_zero_where_nothing_is_relevant() -> None:
    assert ndcg(["a"], {"a": 0}, 10) == 0


@given(st.permutations(["a", "b", "c", "d"]))
def test_no_ranking_beats_the_ideal_one(ranking: list[str]) -> None:
    assert 0 <= ndcg(ranking, {"a": 3, "b": 1, "c": 0}, 10) <= 1
    assert ndcg(["a", "b"], {"a": 3, "b": 1, "c": 0}, 10) == pytest.approx(1)


def test_recall_is_the_share_found() -> None:
    assert recall(["a", "x", "b", "c"], {"a", "b", "c", "d"}, 3) == 0.5


def test_reciprocal_rank_is_that_of_the_first_relevant() -> None:
    assert reciprocal_rank(["x", "y", "a", "b"], {"a", "b"}, 10) == pytest.approx(1 / 3)
    assert reciprocal_rank(["x", "y", "a"], {"a"}, 2) == 0


def test_a_bootstrap_interval_is_that_of_the_mean() -> None:
    # 400 values of 0 and 1, half each: the mean's standard error is 0.5 / 20 = 0.025.
    interval = bootstrap([0.0, 1.0] * 200)
    assert interval.mean == 0.5
    assert interval.low == pytest.approx(0.5 - 1.96 * 0.025, abs=0.005)
    assert interval.high == pytest.approx(0.5 + 1.96 * 0.025, abs=0.005)


def test_the_same_values_give_the_same_interval() -> None:
    values = [0.1, 0.7, 0.4, 0.9, 0.2]
    assert bootstrap(values) == bootstrap(values)


def test_pairing_removes_what_the_queries_share() -> None:
    baseline = [i / 50 for i in range(50)]
    better = [value + 0.01 for value in baseline]
    gain = paired_bootstrap(better, baseline)
    assert gain.low == pytest.approx(0.01)
    assert gain.high == pytest.approx(0.01)
    with pytest.raises(ValueError, match="same queries"):
        paired_bootstrap([1.0], [1.0, 2.0])
