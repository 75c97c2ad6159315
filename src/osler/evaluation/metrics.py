"""Ranking measures, and bootstrap intervals around their means.

A *ranking* is the document ids in the order retrieved, best first; *grades* maps the judged
documents of one query to their relevance (what is not judged counts as 0).

nDCG follows trec_eval's `ndcg_cut`: linear gains, discount log2(rank + 1), and the ideal
ranking taken over all judged documents (Järvelin & Kekäläinen, ACM TOIS 20:422-446, 2002).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 10_000  # bootstrap samples
SEED = 20  # so that the same scores give the same interval


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over queries with its bounds."""

    mean: float
    low: float
    high: float


def ndcg(ranking: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """Normalised discounted cumulative gain of the first k, in 0..1; 0 if nothing is relevant."""
    ideal = _dcg(sorted((max(grade, 0) for grade in grades.values()), reverse=True)[:k])
    if ideal == 0:
        return 0.0
    return _dcg([max(grades.get(document, 0), 0) for document in ranking[:k]]) / ideal


def recall(ranking: Sequence[str], relevant: set[str], k: int) -> float:
    """The share of the relevant documents that stand among the first k."""
    return len(relevant.intersection(ranking[:k])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranking: Sequence[str], relevant: set[str], k: int) -> float:
    """1 / rank of the first relevant document among the first k, or 0."""
    for rank, document in enumerate(ranking[:k], start=1):
        if document in relevant:
            return 1 / rank
    return 0.0


def bootstrap(values: Sequence[float], *, draws: int = DRAWS, seed: int = SEED) -> Interval:
    """The mean of per-query values and its 95 % percentile bootstrap interval."""
    sample = np.asarray(values, dtype=np.float64)
    if sample.size == 0:
        return Interval(math.nan, math.nan, math.nan)
    means = _resampled_means(sample, draws, seed)
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(float(sample.mean()), float(low), float(high))


def paired_bootstrap(
    system: Sequence[float], baseline: Sequence[float], *, draws: int = DRAWS, seed: int = SEED
) -> Interval:
    """The mean difference system - baseline over the same queries, with its 95 % interval.

    A lower bound above 0 says that the system is better than chance would explain.
    Raises ValueError if the two are not of the same length.
    """
    if len(system) != len(baseline):
        raise ValueError("a paired comparison needs the same queries on both sides")
    differences = np.asarray(system, dtype=np.float64) - np.asarray(baseline, dtype=np.float64)
    return bootstrap(differences.tolist(), draws=draws, seed=seed)


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def _resampled_means(sample: NDArray[np.float64], draws: int, seed: int) -> NDArray[np.float64]:
    """Means of `draws` samples with replacement; drawn in blocks to bound the memory."""
    generator = np.random.default_rng(seed)
    block = max(1, 2_000_000 // sample.size)
    means = []
    for start in range(0, draws, block):
        count = min(block, draws - start)
        rows = generator.integers(0, sample.size, size=(count, sample.size))
        means.append(sample[rows].mean(axis=1))
    return np.concatenate(means)
