"""Embedding tiers: text -> vectors whose cosine says how alike two texts are.

| tier             | what it is                                                | needs           |
|------------------|-----------------------------------------------------------|-----------------|
| `static`         | word vectors of our own, distilled from MiniLM; packaged  | nothing         |
| `minilm`         | all-MiniLM-L6-v2 with int8 weights, by ONNX               | `osler[minilm]` |
| `wordllama`      | WordLlama's averaged token vectors                        | `wordllama`     |
| `fastembed:NAME` | any model that fastembed knows; fetched on first use      | `fastembed`     |

A library stores the name of its tier: vectors of two tiers cannot be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from osler.domain.errors import UsageError

Vectors = NDArray[np.float32]

DEFAULT_TIER = "static"


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """The tier and the version of its weights."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One L2-normalised row a text, shape (len(texts), dimensions).

        A text in which the model finds nothing gives a row of zeros.
        """
        ...


def _static() -> Embedder:
    from osler.library.embedders.static import StaticEmbedder

    return StaticEmbedder.packaged()


def _minilm() -> Embedder:
    from osler.library.embedders.minilm import MiniLM

    return MiniLM.installed()


def _wordllama() -> Embedder:
    from osler.library.embedders.wordllama import WordLlamaEmbedder

    return WordLlamaEmbedder.installed()


TIERS: dict[str, Callable[[], Embedder]] = {
    "static": _static,
    "minilm": _minilm,
    "wordllama": _wordllama,
}
FASTEMBED = "fastembed:"
# The weights of each tier, known without loading them; a test holds them against the embedders.
WEIGHTS = {
    "static": "static-2",
    "minilm": "minilm-l6-v2-int8-128",
    "wordllama": "wordllama-l2-supercat-256",
}


def load_embedder(name: str = DEFAULT_TIER) -> Embedder:
    """The embedder of this tier; libraries that it needs are imported only now.

    Raises UsageError for a name that is no tier, and for a tier whose extra is not installed.
    """
    if name.startswith(FASTEMBED):
        from osler.library.embedders.fastembed import FastEmbedder

        return FastEmbedder.load(name.removeprefix(FASTEMBED))
    if name not in TIERS:
        known = ", ".join([*TIERS, f"{FASTEMBED}MODEL"])
        raise UsageError(f"there is no embedding tier {name!r}", help=f"Tiers: {known}.")
    return TIERS[name]()
