"""Vectors beside the terms, with an embedder small enough to reckon by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from osler.library import Filters, Library, Progress, embedding, vectors
from osler.library.fusion import LEXICAL_SHARE, fuse
from osler.library.terms import terms


class HashedWords:
    """Each term a fixed direction: texts that share terms are alike."""

    name = "hashed-words-1"
    dimensions = 32

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for term in terms(text):
                digest = hashlib.sha256(term.encode()).digest()
                row += np.frombuffer(digest, np.uint8).astype(np.float32) - 127.5
            norm = np.linalg.norm(row)
            if norm:
                row /= norm
        return rows


@pytest.fixture(autouse=True)
def embedder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def load(name: str = "hashed") -> HashedWords:
        return HashedWords()

    for module in (embedding, vectors):
        monkeypatch.setattr(module, "load_embedder", load)
    vectors._embedder.cache_clear()
    yield
    vectors._embedder.cache_clear()


def test_vectors_rank_once_they_are_complete(library: Library) -> None:
    assert library.ranking == "lexical"
    before, lexical = library.version, library.search("dose")
    assert library.embed(embedder="hashed") == before + 1 == library.version
    assert library.ranking == "hybrid"
    for hit in library.search("dose"):
        heading = ". ".join(dict.fromkeys([hit.passage.title, *hit.passage.section[-1:]]))
        body, alone, asked = HashedWords().embed(
            [f"{heading}. {hit.passage.text}", heading, "dose"]
        )
        share = embedding.HEADING_SHARE
        expected = (1 - share) * (body @ asked) + share * (alone @ asked)
        assert hit.similarity == pytest.approx(float(expected), abs=2e-6)
    with Library.open(library.folder, at=before) as old:
        assert old.ranking == "lexical"
        assert old.search("dose") == lexical


def test_new_passages_make_it_lexical_until_they_are_embedded(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    library.embed(embedder="hashed")
    library.add(write("gout.md", "# Gout\n\nColchicine 0.5 mg.\n"))
    assert library.ranking == "lexical"
    seen: list[Progress] = []
    library.embed(seen.append)
    assert library.ranking == "hybrid"
    assert [p.passages for p in seen] == [1]
    assert library.search("colchicine")[0].passage.title == "Gout"


def test_removing_keeps_the_ranking_and_hides_the_passages(library: Library) -> None:
    library.embed(embedder="hashed")
    library.remove("iron.md")
    assert library.ranking == "hybrid"
    assert "Iron deficiency" not in {h.passage.title for h in library.search("ferrous iron", k=9)}


def test_filters_hold_for_what_vectors_find(library: Library) -> None:
    library.embed(embedder="hashed")
    hits = library.search("haemoglobin", k=9, filters=Filters(jurisdiction=("US",)))
    assert {h.passage.title for h in hits} == {"Iron deficiency"}


def test_embedding_goes_on_where_it_stopped(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "BLOCK", 1)

    def stop(progress: Progress) -> None:
        if progress.done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.embed(stop, embedder="hashed")
    assert library.ranking == "lexical"
    seen: list[Progress] = []
    library.embed(seen.append)
    assert [p.done for p in seen] == [3, 4]
    assert library.ranking == "hybrid"


def test_vectors_of_other_weights_do_not_rank(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.embed(embedder="hashed")
    monkeypatch.setitem(vectors.WEIGHTS, "hashed", "hashed-words-2")
    with Library.open(library.folder) as upgraded:
        assert upgraded.ranking == "lexical"
    monkeypatch.setattr(HashedWords, "name", "hashed-words-2")
    seen: list[Progress] = []
    library.embed(seen.append)
    assert sum(p.passages for p in seen[-1:]) == 4
    assert library.ranking == "hybrid"


def test_vectors_made_in_another_way_do_not_rank(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.embed(embedder="hashed")
    with monkeypatch.context() as later:
        later.setattr(vectors, "MADE", vectors.MADE + 1)
        with Library.open(library.folder) as upgraded:
            assert upgraded.ranking == "lexical"
    with Library.open(library.folder) as same:
        assert same.ranking == "hybrid"


def test_a_passage_without_a_heading_has_the_vector_of_its_text() -> None:
    alone, headed = embedding.passage_vectors(
        HashedWords(), [("", "iron tablets"), ("Anaemia", "iron tablets")]
    )
    assert np.allclose(alone, HashedWords().embed(["iron tablets"])[0])
    assert not np.allclose(headed, alone)


def test_a_long_question_is_as_like_as_its_likest_sentence(library: Library) -> None:
    library.embed(embedder="hashed")
    found = vectors.Vectors.open(library.folder, "hashed")
    assert found is not None
    sentence = "Ferrous sulfate after the hemoglobin is normal?"
    message = f"My neighbour drives a small red car to work. {sentence} Thanks."
    assert np.all(found.similarities(message) >= found.similarities(sentence))


def test_damaged_vectors_are_cut_back_and_computed_again(library: Library) -> None:
    library.embed(embedder="hashed")
    before = library.search("dose")
    (path,) = (library.folder / "vectors").glob("*.f32")
    data = bytearray(path.read_bytes())
    data[10] ^= 0xFF
    path.unlink()
    path.write_bytes(data)
    assert "vectors of hashed" in library.doctor().rebuilt[0]
    assert library.ranking == "lexical"
    library.embed()
    assert library.search("dose") == before


def test_fusion_is_the_mean_of_z_scores() -> None:
    assert fuse([], []) == []
    assert fuse([1.0, 3.0], [0.2, 0.2]) == [-LEXICAL_SHARE, LEXICAL_SHARE]
    apart = round(1 - 2 * LEXICAL_SHARE, 9)
    assert fuse([1.0, 3.0], [0.4, 0.2]) == [apart, -apart]
