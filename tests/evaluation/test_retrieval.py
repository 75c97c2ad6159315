"""The retrieval evaluation on a small collection of our own."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from osler.domain.errors import UsageError
from osler.evaluation.beir import CorpusDocument, read_collection
from osler.evaluation.lexical import Lexical, field_terms
from osler.evaluation.retrieval import document_vectors, evaluate_retrieval, rank
from osler.library import ranking
from osler.library.embedders import load_embedder
from osler.library.terms import terms

DOCUMENTS = (
    {"_id": "d1", "title": "Anaemia", "text": "Iron tablets treat iron deficiency."},
    {"_id": "d2", "title": "Gout", "text": "Colchicine eases an attack of gout."},
    {"_id": "d3", "title": "Asthma", "question": "Which inhaler?", "text": "Salbutamol relieves."},
)
QUERIES = ({"_id": "q1", "text": "gout attack"}, {"_id": "q2", "text": "iron"})
QRELS = "query-id\tcorpus-id\tscore\nq1\td2\t1\nq2\td3\t0\n"


def write(
    folder: Path,
    corpus: str | None = None,
    queries: str | None = None,
    qrels: str = QRELS,
) -> tuple[Path, Path, Path]:
    paths = (folder / "corpus.jsonl.gz", folder / "queries.jsonl", folder / "qrels.tsv")
    listed = corpus if corpus is not None else "\n".join(map(json.dumps, DOCUMENTS))
    paths[0].write_bytes(gzip.compress(listed.encode()))
    paths[1].write_text(queries if queries is not None else "\n".join(map(json.dumps, QUERIES)))
    paths[2].write_text(qrels)
    return paths


def test_the_relevant_document_found_first_scores_one(tmp_path: Path) -> None:
    report = evaluate_retrieval(*write(tmp_path), tier="none")
    assert (report.documents, report.queries, report.left_out) == (3, 1, 1)
    assert report.measures.ndcg.mean == report.measures.recall.mean == 1
    assert report.bm25.mrr.mean == 1
    assert report.ndcg_gain.mean == 0


def test_a_relevant_document_that_shares_no_word_is_not_found_by_words(tmp_path: Path) -> None:
    report = evaluate_retrieval(*write(tmp_path, qrels=QRELS + "q2\td2\t1\n"), tier="none")
    assert report.queries == 2
    assert report.measures.ndcg.mean == 0.5


def test_relevance_begins_at_half_the_highest_grade_unless_told(tmp_path: Path) -> None:
    paths = write(tmp_path, qrels="q\td\ts\nq1\td2\t3\nq1\td1\t1\nq2\td1\t1\n")
    graded = evaluate_retrieval(*paths, tier="none")
    assert (graded.relevant_from, graded.queries) == (2, 1)
    # d2 first, d1 not found: 3 / (3 + 1/log2(3)).
    assert graded.measures.ndcg.mean == pytest.approx(3 / 3.63093, abs=1e-5)
    assert evaluate_retrieval(*paths, tier="none", relevant_from=1).queries == 2


def test_vectors_enter_the_ranking_and_are_kept(tmp_path: Path) -> None:
    paths = write(tmp_path)
    first = evaluate_retrieval(*paths, cache=tmp_path / "vectors")
    again = evaluate_retrieval(*paths, cache=tmp_path / "vectors")
    assert len(list((tmp_path / "vectors").iterdir())) == 1
    assert first.measures == again.measures
    assert first.measures.mrr.mean == 1


def test_other_text_is_not_mistaken_for_what_was_kept(tmp_path: Path) -> None:
    embedder = load_embedder("static")
    one = (CorpusDocument("a", "", (), "aspirin for fever"),)
    other = (CorpusDocument("a", "", (), "insulin for diabetes"),)
    kept = document_vectors(embedder, one, tmp_path)
    assert np.array_equal(kept, document_vectors(embedder, one, tmp_path))
    assert not np.array_equal(kept, document_vectors(embedder, other, tmp_path))


def test_lexical_scores_are_those_of_the_library() -> None:
    documents = [
        CorpusDocument("d1", "Anaemia", ("Treatment",), "Iron tablets treat iron deficiency."),
        CorpusDocument("d2", "Gout", (), "Colchicine eases an attack of gout."),
    ]
    tokenised = [field_terms(document) for document in documents]
    found = Lexical(tokenised).scores("iron for anaemia")
    lengths = [
        len(t.text) + ranking.TITLE_WEIGHT * len(t.title) + ranking.HEADING_WEIGHT * len(t.headings)
        for t in tokenised
    ]
    statistics = ranking.Statistics(
        2, sum(lengths) / 2, {"iron": 1, **dict.fromkeys(terms("anaemia"), 1)}
    )
    weighed = ranking.weights(terms("iron for anaemia"), statistics)
    above = (
        ranking.TITLE_WEIGHT * tokenised[0].title + ranking.HEADING_WEIGHT * tokenised[0].headings
    )
    marks = ranking.marks(weighed)
    headings = ranking.counts(marks, ranking.joined(above))
    own = ranking.score(
        weighed,
        ranking.counts(marks, ranking.joined(tokenised[0].text)),
        headings,
        lengths[0],
        statistics.average,
    )
    heading = ranking.heading_score(weighed, headings, len(above))
    assert found[0] == pytest.approx(ranking.headed(own, heading))
    assert found[1] == 0


def test_a_question_s_words_in_the_heading_count_for_more() -> None:
    documents = [
        CorpusDocument("d1", "Anaemia", (), "Iron is given by mouth."),
        CorpusDocument("d2", "Gout", (), "Anaemia: iron is given, for anaemia."),
    ]
    tokenised = [field_terms(document) for document in documents]
    found = Lexical(tokenised).scores("anaemia")
    assert found[0] > found[1] > 0


def test_what_has_no_heading_is_not_held_to_be_about_something_else() -> None:
    documents = [
        CorpusDocument("d1", "Mammography", (), "A picture of the breast."),
        CorpusDocument("d2", "", (), "Calls and letters made more women use mammography."),
    ]
    tokenised = [field_terms(document) for document in documents]
    found = Lexical(tokenised).scores("do letters make women use mammography")
    assert found[1] > found[0] > 0


def test_what_has_no_heading_is_about_a_question_in_so_far_as_it_holds_its_words() -> None:
    documents = [
        CorpusDocument("d1", "Gout", (), "Colchicine for attacks of the great toe."),
        CorpusDocument("d2", "", (), "A father with insurance."),
        CorpusDocument(
            "d3", "Families", (), "Mother, teacher, bank, feet, spring, years, work, car, dog."
        ),
    ]
    lexical = Lexical([field_terms(document) for document in documents])
    gout, untitled, _ = lexical.scores(
        "My father is a teacher far from here, my mother worked in a bank for years. We "
        "sold the car for the dog. Our insurance "
        "is new. What helps gout, that he had in both feet since spring?"
    )
    assert gout > untitled > 0
    gout, untitled, _ = lexical.scores("Does the insurance of my father pay for gout?")
    assert untitled > gout > 0


def test_a_question_that_says_a_word_again_asks_the_same() -> None:
    documents = [
        CorpusDocument("d1", "Gout", (), "Attacks of the great toe."),
        CorpusDocument("d2", "Schools", (), "What a school is for."),
    ]
    lexical = Lexical([field_terms(document) for document in documents])
    once = lexical.scores("gout, from a school")
    assert np.array_equal(once, lexical.scores("school, school, a school: gout"))


def test_the_field_that_is_asked_is_chosen_and_queries_without_it_are_left_out(
    tmp_path: Path,
) -> None:
    queries = [
        {"_id": "q1", "text": "iron", "message": "Hello. My toe hurts. Is it gout?"},
        {"_id": "q2", "text": "iron", "message": None},
    ]
    paths = write(
        tmp_path, queries="\n".join(map(json.dumps, queries)), qrels=QRELS + "q2\td1\t1\n"
    )
    report = evaluate_retrieval(*paths, field="message", tier="none")
    assert (report.queries, report.measures.recall_at_1.mean) == (1, 1)
    assert evaluate_retrieval(*paths, tier="none").queries == 2


def test_without_judgments_each_query_is_about_the_document_of_its_id(tmp_path: Path) -> None:
    corpus, queries, _ = write(tmp_path)
    queries.write_text(
        '{"_id": "qd2", "text": "gout"}\n{"_id": "more", "text": "headache in trials"}\n'
    )
    more = tmp_path / "more.jsonl"
    more.write_text('{"_id": "more", "text": "Headache was seen in two trials."}\n')
    report = evaluate_retrieval([corpus, more], queries, None, tier="none")
    assert (report.documents, report.queries) == (4, 2)
    assert report.measures.recall_at_1.mean == report.bm25.recall_at_1.mean == 1


def test_ties_are_broken_by_id() -> None:
    documents = [CorpusDocument(name, "", (), "") for name in ("b", "a", "c")]
    assert rank(documents, np.array([1.0, 1.0, 2.0]), None, 3) == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("part", "content", "message"),
    [
        ("corpus", "{", "line 1: not JSON"),
        ("corpus", "[1]", "line 1: not a JSON object"),
        ("corpus", '{"_id": "a"}', "no text in the field 'text'"),
        ("corpus", '{"_id": "a", "text": "x"}\n{"_id": "a", "text": "y"}', "line 2.*twice"),
        ("corpus", "", "nothing in it"),
        ("queries", '{"text": "x"}', "no text in the field '_id'"),
        ("queries", "\n", "nothing in it"),
        ("qrels", "q\td\ts\nq1 d2 1", "line 2: 1 columns"),
        ("qrels", "q\td\ts\nq9\td2\t1", "there is no query 'q9'"),
        ("qrels", "q\td\ts\nq1\td2\thigh", "'high' is no whole number"),
        ("qrels", "q\td\ts\n", "no judgments"),
        ("qrels", "q\td\ts\nq1\td2\t0", "no query has a relevant document"),
    ],
)
def test_a_malformed_file_is_named_with_its_line(
    tmp_path: Path, part: str, content: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        evaluate_retrieval(*write(tmp_path, **{part: content}), tier="none")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    corpus, queries, qrels = write(tmp_path)
    with pytest.raises(UsageError, match=r"cannot read .*absent"):
        read_collection([tmp_path / "absent"], queries, qrels)
    corpus.write_bytes(corpus.read_bytes()[:40])
    with pytest.raises(UsageError, match="cannot read"):
        read_collection([corpus], queries, qrels)
    corpus.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="not UTF-8"):
        read_collection([corpus], queries, qrels)


def test_k_and_tier_are_checked(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="k is 0"):
        evaluate_retrieval(*write(tmp_path), tier="none", k=0)
    with pytest.raises(UsageError, match="no embedding tier 'word2vec'"):
        evaluate_retrieval(*write(tmp_path), tier="word2vec")
