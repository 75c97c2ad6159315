"""Misspelt words and short forms, and what is left alone."""

from __future__ import annotations

import pytest

from osler.answering.understanding.shorthand import read_shorthand
from osler.answering.understanding.spelling import correct_spelling
from osler.statements import read_patient

# A library that speaks of these, in so many passages; of any other ordinary word in five.
SPOKEN = {
    "diabetic": 40,
    "starting": 60,
    "hypertension": 90,
    "tonsillitis": 12,
    "carbamazepine": 200,
    "carbamazapine": 1,
    "modecatin": 1,
    "epilepsy": 30,
    "levetiracetam": 9,
    "gentamicin": 50,
}
ORDINARY = {"dose", "with", "some", "foot", "rice", "person", "reheated", "tonsilitis"}


def frequency(word: str) -> int:
    return SPOKEN.get(word, 5 if word in ORDINARY else 0)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("amoxicllin dose", "amoxicillin dose"),
        ("epilepsey", "epilepsy"),
        ("endocarditus", "endocarditis"),
        ("wernikes", "wernickes"),
        ("diabetc foot", "diabetic foot"),  # not a brand of glibenclamide
        ("hypertenson", "hypertension"),
        ("alchohol", "alcohol"),
        ("gentamacin dose", "gentamicin dose"),
        ("strating dose", "starting dose"),
        ("diarea", "diarrhoea"),
        ("fenitoin", "phenytoin"),
        ("levetirac dose", "levetiracetam dose"),
        ("goutt", "gout"),
        ("tonsilitis", "tonsillitis"),  # indexed as tonsillitis is
        ("carbamazapine dose", "carbamazepine dose"),  # a misprint of the library's own
    ],
)
def test_a_misspelt_word_is_read_as_the_nearest(typed: str, meant: str) -> None:
    understood, corrections = correct_spelling(typed, frequency)
    assert understood == meant
    assert [pair for pair in corrections if pair[0] not in typed] == []


@pytest.mark.parametrize(
    "text",
    [
        "reheated rice",
        "Mr Okonkwo",
        "modecatin dose",  # rare, and near no name
        "clonidine with quinidine",
        "hydralazine with hydroxyzine",
        "fits teh asma",  # four letters and fewer are left
        "zzyzx",
    ],
)
def test_what_is_known_or_near_nothing_is_left(text: str) -> None:
    assert correct_spelling(text, frequency) == (text, ())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("MS relapse", "multiple sclerosis relapse"),
        ("MS with AF, target INR", "mitral stenosis with AF, target INR"),
        ("GBS carrier in labour", "group b streptococcus colonisation carrier in labour"),
        ("GBS, IVIG dose", "guillain-barre syndrome, IVIG dose"),
        ("nitro for UTI", "nitrofurantoin for UTI"),
        ("nitro spray, angina", "glyceryl trinitrate spray, angina"),
        ("sildenafil for ED", "sildenafil for erectile dysfunction"),
        ("PCP prophylaxis in HIV", "pneumocystis pneumonia prophylaxis in HIV"),
        ("K 2.7", "hypokalaemia (K 2.7)"),
        ("Na 112 and K 6.1", "hyponatraemia (Na 112) and hyperkalaemia (K 6.1)"),
        ("Fe infusion", "iron infusion"),
    ],
)
def test_a_short_form_is_read_by_the_words_around_it(typed: str, meant: str) -> None:
    understood, read = read_shorthand(typed)
    assert understood == meant
    assert read


@pytest.mark.parametrize(
    "text",
    [
        "GBS",  # either, and nothing says which
        "seen in ED with colic",
        "referred by PCP for cough",
        "K 4.1, Na 138",
        "vitamin K 2.5 mg",
        "paracetamol 500 Mg",
        "MS Contin 30 mg",
        "ms and ed in small letters",
    ],
)
def test_a_short_form_that_may_be_either_is_left(text: str) -> None:
    assert read_shorthand(text) == (text, ())


@pytest.mark.parametrize("word", ["bother", "fother", "brothel", "mothers", "sisters", "husbend"])
def test_a_guess_makes_nobody_a_woman_or_a_man(word: str) -> None:
    read, _ = correct_spelling(f"sorry for the {word}, dose of gentamicin", frequency)
    assert read_patient(read).sex == read_patient(f"the {word}").sex


def test_a_value_at_the_end_of_a_sentence_is_read() -> None:
    assert "hypokalaemia" in read_shorthand("K 2.7. What do I give?")[0]
