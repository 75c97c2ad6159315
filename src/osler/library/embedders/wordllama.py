"""WordLlama (MIT): averaged token vectors, 256 dimensions, from the folder of its package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from osler.domain.errors import UsageError


class WordLlamaEmbedder:
    """Build with `WordLlamaEmbedder.installed()`."""

    name = "wordllama-l2-supercat-256"
    dimensions = 256

    def __init__(self, model: Any) -> None:
        self._model = model

    @classmethod
    def installed(cls) -> WordLlamaEmbedder:
        """Load the vectors that the package carries; raises UsageError if it is not there."""
        try:
            import wordllama
        except ModuleNotFoundError as error:
            raise UsageError(
                "the wordllama tier is not installed", help="Install it with: pip install wordllama"
            ) from error
        # The package carries its tokenizer where only the look into its cache finds it.
        folder = Path(wordllama.__file__).parent
        return cls(wordllama.WordLlama.load(cache_dir=folder, disable_download=True))

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One L2-normalised row a text, shape (len(texts), 256)."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        vectors = np.asarray(self._model.embed(list(texts)), dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors
