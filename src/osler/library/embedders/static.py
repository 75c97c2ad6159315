"""Static vectors: a text's vector is the sum of its words' vectors.

The table was distilled from all-MiniLM-L6-v2 (see README.md here and tools/distill_vectors.py).
A word outside the vocabulary, a new drug or a typing error, is read as its four-letter pieces,
hashed into buckets as fastText does (Bojanowski et al., TACL 5:135-146, 2017). How much a word
matters is in the length of its vector; nothing but numpy is needed.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.lib.npyio import NpzFile
from numpy.typing import NDArray

from osler.domain.errors import UsageError

_WORD = re.compile(r"[a-z0-9]+")
_PIECE = 4  # letters in a piece of an unknown word
_BATCH = 512  # texts summed at a time


def words(text: str) -> list[str]:
    """Lower-cased runs of letters and digits, accents removed."""
    folded = text.lower()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded)
        folded = "".join(c for c in folded if not unicodedata.combining(c))
    return _WORD.findall(folded)


def pieces(word: str) -> list[str]:
    """The overlapping four-letter pieces of `<word>`."""
    marked = f"<{word}>"
    return [marked[i : i + _PIECE] for i in range(max(1, len(marked) - _PIECE + 1))]


def frequent_words(count: int) -> tuple[str, ...]:
    """The words that health texts use most, in small letters, the most used first.

    Raises UsageError if the file was not installed.
    """
    with _stored() as stored:
        return tuple(bytes(stored["words"]).decode("ascii").split("\n", count)[:count])


@contextmanager
def _stored() -> Iterator[NpzFile]:
    """The packaged file."""
    path = Path(__file__).with_name("static.npz")
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            yield stored
    except FileNotFoundError as error:
        raise UsageError(
            "the packaged word vectors are missing", help="Install Osler again."
        ) from error


@dataclass(frozen=True)
class StaticEmbedder:
    """int8 rows of word vectors, then of hash buckets, each row with its own scale."""

    name: str
    vocabulary: dict[str, int]
    rows: NDArray[np.int8]  # (words + buckets, dimensions)
    scales: NDArray[np.float32]  # (words + buckets,)

    @classmethod
    def packaged(cls) -> StaticEmbedder:
        """The vectors that come with Osler. Raises UsageError if the file was not installed."""
        with _stored() as stored:
            listed = bytes(stored["words"]).decode("ascii").split("\n")
            return cls(
                name=f"static-{stored['version'].item()}",
                vocabulary=dict(zip(listed, range(len(listed)), strict=True)),
                rows=stored["rows"],
                scales=stored["scales"].astype(np.float32),
            )

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self.rows.shape[1])

    def rank(self, word: str) -> int:
        """The place of a word among all, the commonest first; after them one that is unknown."""
        return self.vocabulary.get(word, len(self.vocabulary))

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One L2-normalised row a text, shape (len(texts), dimensions)."""
        vectors = self.sums(texts)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors

    def sums(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, the sum of its words' vectors: a word that matters more is longer."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            self._sum_into(vectors[start : start + _BATCH], texts[start : start + _BATCH])
        return vectors

    def _sum_into(self, vectors: NDArray[np.float32], texts: Iterable[str]) -> None:
        for vector, text in zip(vectors, texts, strict=True):
            indices, shares = self._tokens(words(text))
            if indices:
                weights = self.scales[indices] * np.asarray(shares, dtype=np.float32)
                np.dot(weights, self.rows[indices].astype(np.float32), out=vector)

    def _tokens(self, found: Iterable[str]) -> tuple[list[int], list[float]]:
        """Rows of the table, and what share of each is added."""
        indices: list[int] = []
        shares: list[float] = []
        for word in found:
            row = self.vocabulary.get(word)
            if row is not None:
                indices.append(row)
                shares.append(1.0)
            else:
                buckets = self._buckets(word)
                indices.extend(buckets)
                shares.extend([1 / len(buckets)] * len(buckets))
        return indices, shares

    def _buckets(self, word: str) -> list[int]:
        first = len(self.vocabulary)
        count = len(self.rows) - first
        return [first + zlib.crc32(piece.encode()) % count for piece in pieces(word)]
