"""Bringing lexical and vector scores together."""

from __future__ import annotations

from collections.abc import Sequence

# Chosen on sets that have nothing to do with LiveQA's judged questions (docs/benchmarks.md).
LEXICAL_SHARE = 0.4
_DIGITS = 9


def fuse(bm25: Sequence[float], similarity: Sequence[float]) -> list[float]:
    """One score a candidate: the weighted mean of both z-scores.

    Both scores are of the same candidates (all that either ranking put forward), so mean and
    deviation speak of the same passages. A ranking in which all tie contributes nothing.
    """
    lexical, semantic = _standard(bm25), _standard(similarity)
    return [
        round(LEXICAL_SHARE * a + (1 - LEXICAL_SHARE) * b, _DIGITS)
        for a, b in zip(lexical, semantic, strict=True)
    ]


def _standard(values: Sequence[float]) -> list[float]:
    count = len(values)
    if not count:
        return []
    mean = sum(values) / count
    deviation = (sum((value - mean) ** 2 for value in values) / count) ** 0.5
    if deviation < 1e-12:
        return [0.0] * count
    return [(value - mean) / deviation for value in values]
