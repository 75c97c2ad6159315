"""Words that deny another by their prefix, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.checking import check_text
from osler.checking.lexicon import denied_by
from osler.domain import ProblemKind

DENIALS = {
    "untreated": "treated", "uncontrolled": "controlled", "unstable": "stable",
    "intolerant": "tolerant", "incomplete": "complete", "asymptomatic": "symptomatic",
    "unvaccinated": "vaccinated", "undiagnosed": "diagnosed", "inadequate": "adequate",
    "insufficient": "sufficient", "immature": "mature", "immobile": "mobile",
    "irregular": "regular", "irreversible": "reversible", "unwell": "well",
    "non-diabetic": "diabetic", "nonsmokers": "smokers", "non dialysis": "dialysis",
    "unrelated": "related", "independent": "dependent", "dissatisfied": "satisfied",
    "afebrile": "febrile", "atypical": "typical", "malnourished": "nourished",
}  # fmt: skip


@given(
    st.sampled_from(sorted(DENIALS.items())),
    st.booleans(),
    st.sampled_from(
        ["Give 5 mg daily to {} patients.", "Treatment of those who are {} is reviewed daily."]
    ),
    st.sampled_from(["", "Treatment, stability and control"]),
)
def test_a_word_is_not_its_opposite(
    pair: tuple[str, str], is_turned: bool, sentence: str, context: str
) -> None:
    said, held = reversed(pair) if is_turned else pair
    problems = check_text(sentence.format(said), sentence.format(held), context).problems
    assert ProblemKind.POLARITY in {problem.kind for problem in problems}
    assert check_text(sentence.format(held), sentence.format(held), context).supported


@pytest.mark.parametrize(
    ("said", "held"), [("uncomplicated", "complicated"), ("abnormal", "normal")]
)
def test_words_of_a_kind_of_their_own_are_opposites_too(said: str, held: str) -> None:
    sentence = "Give 5 mg daily where the course is {}."
    assert not check_text(sentence.format(said), sentence.format(held)).supported
    assert not check_text(sentence.format(held), sentence.format(said)).supported


@pytest.mark.parametrize(
    "word",
    ["unless", "until", "under", "unit", "unlike", "infusion", "inpatient", "intake", "inside",
     "improve", "important", "impaired", "immunocompromised", "disease", "discharge", "dissolve",
     "acute", "amount", "about", "above", "none", "insulin"],
)  # fmt: skip
def test_a_word_that_only_begins_so_denies_nothing(word: str) -> None:
    assert denied_by(word) is None


def test_both_words_may_be_held() -> None:
    passage = "Treated and untreated patients alike take 5 mg daily."
    assert check_text("Treated patients take 5 mg daily.", passage).supported


def test_the_other_spelling_and_number_are_the_same_word() -> None:
    passage = "Give 5 mg daily to unimmunised non-smokers."
    assert check_text("Give 5 mg daily to an unimmunized nonsmoker.", passage).supported
    assert not check_text("Give 5 mg daily to an unimmunized smoker.", passage).supported


def test_a_name_with_another_number_is_another_name() -> None:
    assert not check_text("Check B120 every year.", "Check B12 every year.").supported
    assert not check_text("CYP2C9 inhibitors.", "CYP2C19 inhibitors.").supported
