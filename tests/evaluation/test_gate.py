"""The gate measured by generated claims: counts, intervals and misses."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from osler.domain.errors import UsageError
from osler.evaluation.corruption_sentences import NSTG, RawSentence, raw_sentences
from osler.evaluation.gate import evaluate_gate, generate, measure, wilson

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
OURS = (
    "Adults: exampline 500 mg orally every 8 hours for 5 days",
    "Exampline 10-20 mg IV once daily; maximum 40 mg daily",
    "Exampline should not be used in pregnancy",
)


def sentences() -> list[RawSentence]:
    return [RawSentence("ours.txt", 0, len(text), text, "Exampline") for text in OURS]


def test_corruptions_are_caught_and_rewrites_pass() -> None:
    report = measure(*generate(sentences()))
    assert report.caught.total > 20
    assert report.accepted.total > 20
    assert report.passed == ()
    assert report.refused == ()


def test_what_the_gate_gets_wrong_is_counted_and_shown() -> None:
    wrong, same = generate(sentences())
    report = measure(same[:1], wrong[:1])  # each taken for the other
    assert (report.caught.right, report.caught.total) == (0, 1)
    assert (report.accepted.right, report.accepted.total) == (0, 1)
    assert any(same[0].passage in line for line in report.lines())


def test_a_sentence_is_taken_once() -> None:
    assert generate([*sentences(), *sentences()]) == generate(sentences())


def test_wilson_interval_by_hand() -> None:
    # Altman et al., Statistics with Confidence (2000), p. 47: 81 of 263 gives 25.5 % to 36.6 %.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


def test_absent_documents_are_said_to_be_absent(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not there"):
        evaluate_gate(tmp_path)


@pytest.mark.skipif(not (SHARED / NSTG).is_file(), reason="the shared documents are absent")
def test_claims_from_a_real_guideline() -> None:
    wrong, same = generate(islice(raw_sentences(SHARED), 500))
    report = measure(wrong, same)
    assert report.caught.total > 100
    assert report.caught.right >= 0.99 * report.caught.total
    assert report.accepted.right >= 0.98 * report.accepted.total
