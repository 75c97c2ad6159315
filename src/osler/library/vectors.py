"""Vectors of passages: one row of float32 a passage, in a memory-mapped file.

A row is a mean of two unit vectors, of the passage and of its title and heading, so that its
product with a question's vector is the mean of both cosines (see `embedding`).

Row n - 1 belongs to the passage in row n, which never changes its number. Search is exact: one
product of the file with the question's vector, block by block; its time grows with the file.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from osler.library.embedders import WEIGHTS, Embedder, load_embedder
from osler.library.sentences import parts

FOLDER = "vectors"
MADE = 2  # raised when vectors are made of the passages in another way
_BLOCK = 65_536  # rows at a time
_DIGITS = 6  # cosines are rounded, so that every machine ties where another does

Floats = NDArray[np.float32]


class Vectors:
    """All vectors of one tier."""

    def __init__(self, folder: Path, tier: str, rows: int, dimensions: int) -> None:
        self.tier = tier
        path = folder / FOLDER / file_name(tier)
        self._array: Floats = np.memmap(path, np.float32, "r", shape=(rows, dimensions))
        self._query = lru_cache(maxsize=256)(self._embedded)

    @classmethod
    def open(cls, folder: Path, tier: str) -> Vectors | None:
        """The vectors of `tier`; None where they are not there, not whole or of other weights."""
        state = read_state(folder, tier)
        if state is None or state["rows"] < 1:
            return None
        if state["name"] != WEIGHTS.get(tier, state["name"]):
            return None
        path = folder / FOLDER / file_name(tier)
        if not path.is_file() or path.stat().st_size < state["rows"] * state["dimensions"] * 4:
            return None
        return cls(folder, tier, state["rows"], state["dimensions"])

    def __len__(self) -> int:
        return int(self._array.shape[0])

    def similarities(self, query: str) -> Floats:
        """How like every passage is to `query`, or to that sentence of it which is most like.

        Passage n is at n - 1.
        """
        asked = self._query(query)
        scores = np.empty(len(self), np.float32)
        for start in range(0, len(self), _BLOCK):
            products = asked @ self._array[start : start + _BLOCK].T
            products.max(axis=0, out=scores[start : start + _BLOCK])
        rounded: Floats = np.round(scores, _DIGITS)
        return rounded

    def nearest(self, scores: Floats, count: int) -> list[int]:
        """The passages with the highest scores, by row; ties with the last are all there."""
        if count >= len(scores):
            return list(range(1, len(scores) + 1))
        least = np.partition(scores, len(scores) - count)[len(scores) - count]
        return [int(row) + 1 for row in np.flatnonzero(scores >= least)]

    def _embedded(self, query: str) -> Floats:
        """Shape (parts, dimensions)."""
        asked: Floats = _embedder(self.tier).embed(parts(query))
        return asked.astype(np.float32, copy=False)


@lru_cache(maxsize=4)
def _embedder(tier: str) -> Embedder:
    return load_embedder(tier)


def file_name(tier: str) -> str:
    """The file that holds a tier's vectors."""
    return "".join(c if c.isalnum() or c in "-._" else "_" for c in tier) + ".f32"


def read_state(folder: Path, tier: str) -> dict[str, Any] | None:
    """How far a tier's vectors have come: `name` of the model, `rows`, `dimensions`, `digests`."""
    path = (folder / FOLDER / file_name(tier)).with_suffix(".json")
    try:
        state: dict[str, Any] = json.loads(path.read_text())
    except (OSError, ValueError):
        return None
    made = {"name", "rows", "dimensions"} <= state.keys() and state.get("made") == MADE
    return state if made else None


def write_state(folder: Path, tier: str, state: dict[str, Any]) -> None:
    """Note how far a tier's vectors have come, whole or not at all."""
    path = (folder / FOLDER / file_name(tier)).with_suffix(".json")
    draft = path.with_suffix(".json.new")
    draft.write_text(json.dumps(state))
    draft.replace(path)
