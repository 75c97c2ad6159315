"""Any model that fastembed knows by name; its files are fetched from the hub on first use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from osler.domain.errors import UsageError


class FastEmbedder:
    """Build with `FastEmbedder.load("BAAI/bge-small-en-v1.5")`."""

    def __init__(self, name: str, model: Any) -> None:
        self.name = f"fastembed:{name}"
        self._model = model
        self.dimensions = int(np.asarray(next(iter(model.embed(["x"])))).shape[0])

    @classmethod
    def load(cls, model: str) -> FastEmbedder:
        """Load a model. Raises UsageError if fastembed, the model or the hub is missing."""
        try:
            from fastembed import TextEmbedding
        except ModuleNotFoundError as error:
            raise UsageError(
                "the fastembed tier is not installed", help="Install it with: pip install fastembed"
            ) from error
        try:
            return cls(model, TextEmbedding(model_name=model))
        except (ValueError, OSError) as error:
            raise UsageError(
                f"fastembed cannot load {model!r}: {error}",
                help="Check the model's name, and that its hub can be reached.",
            ) from error

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One L2-normalised row a text, shape (len(texts), dimensions)."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, vector in enumerate(self._model.embed(list(texts))):
            vectors[row] = vector
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors
