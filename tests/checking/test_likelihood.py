"""Words that a passage does not hold: put up with where they likely say what it says."""

from __future__ import annotations

from osler.checking import check_text, likelihood, wording
from osler.checking.clauses import sentences
from osler.checking.evidence import Evidence

PASSAGE = "Haemodynamic instability: exampline 10 mg IV, then 90 mg over 2 hours."


def test_a_word_near_in_meaning_is_put_up_with() -> None:
    claim = "An unstable person has exampline 10 mg IV, then 90 mg over two hours."
    assert check_text(claim, PASSAGE).supported


def test_another_condition_is_not() -> None:
    claim = "In psoriasis exampline 10 mg IV, then 90 mg over two hours."
    assert [p.claim for p in check_text(claim, PASSAGE).problems] == ["psoriasis"]


def test_the_opposite_of_a_word_of_the_passage_never_is() -> None:
    problems = check_text("Exampline can shorten the QT interval.", "It prolongs the QT interval.")
    assert "shorten" in [p.claim for p in problems.problems]


def test_a_claim_whose_words_all_stand_in_the_passage_has_no_missing_ones() -> None:
    evidence = Evidence.of(PASSAGE)
    assert wording.uncovered(sentences("Exampline 10 mg IV for instability."), evidence) == []


def test_features_grow_with_the_words_that_are_missing() -> None:
    claim, evidence = sentences("Exampline 10 mg IV in psoriasis and gout."), Evidence.of(PASSAGE)
    missing = wording.uncovered(claim, evidence)
    one, both = (likelihood.features(claim, missing[:n], evidence) for n in (1, 2))
    assert (one["missing"], both["missing"], both["condition"]) == (1.0, 2.0, 2.0)
    assert both["weight"] > one["weight"]
