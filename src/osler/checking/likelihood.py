"""How likely a claim is supported whose words the passage does not all hold.

A logistic regression over the words that were not found: how many there are, how far in meaning
(static vectors of `osler.library.embedders`) each is from the nearest word of the passage and
from all of it, how much they weigh, how rare they are, and what they name. Its weights are data
(`data/likelihood.toml`), fitted by `tools/fit_gate.py`. What a claim must never say otherwise
than its passage (an amount, a route, a drug, a direction, ...) is no matter of likelihood: the
other checks of this package veto it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from math import exp, log1p
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from osler.checking.clauses import Sentence
from osler.checking.evidence import Evidence
from osler.checking.tokens import Kind, Token
from osler.library.embedders.static import StaticEmbedder
from osler.patterns import lazy

LONG = 9  # letters; longer words are mostly terms
_LETTERS = lazy(r"[^\W\d_]+")
_DATA = Path(__file__).with_name("data") / "likelihood.toml"


def is_likely(claim: tuple[Sentence, ...], missing: Sequence[Token], evidence: Evidence) -> bool:
    """Whether the passage likely supports the claim, though it does not hold `missing`."""
    weights, threshold = _fitted()
    values = features(claim, missing, evidence)
    logit = sum(weight * values[name] for name, weight in weights.items())
    return 1.0 / (1.0 + exp(-logit)) >= threshold


def features(
    claim: tuple[Sentence, ...], missing: Sequence[Token], evidence: Evidence
) -> dict[str, float]:
    """What is known of the words that were not found, summed over them; no word is named."""
    stated = {
        word
        for token in (*evidence.tokens, *evidence.context)
        if token.kind is not Kind.MARK
        for word in _words(token)
    }
    rows = np.vstack([_vector(word) for word in (sorted(stated) or [""])])
    nearby, whole = _unit(rows), _unit(rows.sum(axis=0, keepdims=True))[0]
    content = sum(
        token.kind not in (Kind.MARK, Kind.NEUTRAL) for part in claim for token in part.tokens
    )
    values = {
        "bias": 1.0,
        "missing": float(len(missing)),
        "share missing": len(missing) / max(content, 1),
        "farthest": 0.0,
        "weight": 0.0,
        "far from the whole": 0.0,
        "rare": 0.0,
        "condition": 0.0,
        "long": 0.0,
        "name": 0.0,
    }
    for token in missing:
        words = _words(token)
        vector = np.sum([_vector(word) for word in words], axis=0)
        length = float(np.linalg.norm(vector))
        alike = vector / length if length else vector
        values["farthest"] = max(values["farthest"], 1.0 - max(0.0, float((nearby @ alike).max())))
        values["far from the whole"] += 1.0 - float(whole @ alike)
        values["weight"] += length / max(len(words), 1)
        values["rare"] += min(log1p(_embedder().rank(word)) for word in words or [""])
        values["condition"] += float(bool(token.condition))
        values["long"] += float(len(token.text) >= LONG)
        values["name"] += float(token.text[0].isupper() and token.start > 0)
    return values


def _words(token: Token) -> list[str]:
    return [match.group() for match in _LETTERS.finditer(token.text.lower())]


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    units: NDArray[np.float32] = np.divide(
        rows, lengths, out=np.zeros_like(rows), where=lengths > 0
    )
    return units


@lru_cache(maxsize=8192)
def _vector(word: str) -> NDArray[np.float32]:
    vector: NDArray[np.float32] = _embedder().sums([word])[0]
    return vector


@cache
def _embedder() -> StaticEmbedder:
    return StaticEmbedder.packaged()


@cache
def _fitted() -> tuple[dict[str, float], float]:
    """What each feature counts, in logits, and the probability from which a claim passes."""
    with _DATA.open("rb") as file:
        data = tomllib.load(file)
    return dict(data["weights"]), float(data["threshold"])
