"""What a document says of other names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.domain import Source
from osler.statements.vocabulary.abbreviations import brackets, explained, is_short_form, long_form
from osler.statements.vocabulary.namings import Naming, namings


def said(text: str, title: str = "Notes", *, headings: tuple[str, ...] = (), **extra: object):
    source = Source("s_1", title, "a.md", "a.md", "markdown", extra=extra)
    return set(namings(source, text, headings))


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Infants with vitamin A deficiency (VAD) are", ("VAD", "vitamin A deficiency")),
        ("VAD (vitamin A deficiency) blinds", ("VAD", "vitamin A deficiency")),
        ("treat urinary tract infections (UTIs) early", ("UTI", "urinary tract infections")),
        ("human chorionic gonadotropin (hCG) rises", ("hCG", "human chorionic gonadotropin")),
        ("a random blood glucose (RBG; finger prick)", ("RBG", "random blood glucose")),
        ("the haemoglobin (Hb) is", ("Hb", "haemoglobin")),
    ],
)
def test_an_abbreviation_is_explained_before_or_in_the_bracket(
    text: str, pair: tuple[str, str]
) -> None:
    assert [explained(*bracket) for bracket in brackets(text)] == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "paracetamol (Panadol)",
        "Give 500 mg (oral)",
        "as above (See Table)",
        "rest in bed (NSAID)",
        "aged over 5 years (WHO)",
        "a first line\nof cells (FLC",
    ],
)
def test_what_explains_nothing(text: str) -> None:
    assert not any(explained(*bracket) for bracket in brackets(text))


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_long_form_is_the_end_of_what_stands_before(short: str, before: str) -> None:
    if not is_short_form(short):
        return
    long = long_form(short, before)
    if long is not None:
        assert before.rstrip().endswith(long)
        assert len(long) > len(short)
        assert long[0].lower() == short[0].lower()


def test_headings_give_other_names() -> None:
    found = said("", headings=("CHANCROID (ULCUS MOLLE, SOFT CHANCRE)", "Acute fever (AF)"))
    assert found == {
        Naming("chancroid", "ulcus molle"),
        Naming("chancroid", "soft chancre"),
        Naming("AF", "acute fever", True),
    }


@pytest.mark.parametrize(
    "heading",
    [
        "Investigations of pharyngitis (sore throat)",
        "Dose (adults)",
        "Management (continued)",
        "Fever (less than 3 months)",
        "What is (are) gout?",
        "Tetanus, diphtheria, and pertussis",
    ],
)
def test_headings_that_give_none(heading: str) -> None:
    assert said("", headings=(heading,)) == set()


def test_an_inverted_heading_is_put_right() -> None:
    assert said("", "Coxa vara, congenital") == {
        Naming("congenital coxa vara", "coxa vara congenital")
    }


def test_synonyms_that_the_source_lists() -> None:
    found = said("", "Down syndrome", synonyms=["trisomy 21", "DS", "Down syndrome"])
    assert found == {Naming("down syndrome", "trisomy 21"), Naming("DS", "down syndrome", True)}


def test_what_the_subject_of_a_sentence_is_also_called() -> None:
    assert said("Pertussis, also called whooping cough, is a disease of the airways.") == {
        Naming("pertussis", "whooping cough")
    }
    assert said("It is common. Tinea pedis is also known as athlete's foot.") == {
        Naming("athlete's foot", "tinea pedis")
    }
    assert said("It is also called the flu.") == set()
    assert said("Patients called the nurse.") == set()


def test_brands_in_brackets_beside_a_drug() -> None:
    assert said("testopril (Examplol) twice daily") == {Naming("examplol", "testopril")}
    assert said("metformin (Glucophage)") == set()  # every library knows
    assert said("the nurse (Florence)") == set()
