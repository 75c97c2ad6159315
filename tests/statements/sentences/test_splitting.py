from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.statements import sentence_spans


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Give 0.5 mg b.d. with food for 7 days.",
        "Use an antibiotic, e.g. Amoxicillin 500 mg t.d.s. for 5 days.",
        "Give 5 mg (max. 10 mg) once daily.",
        "Dr. Smith saw the patient vs. Mr. Jones.",
        "The dose (see Fig. 2. It was redrawn.) is 5 mg.",
        "Take 1,000 mg i.v. every 8 hrs. for two days.",
        "Dose approx. 1.5 mg per kg.",
    ],
)
def test_one_sentence_stays_whole(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Give 5 mg. Repeat after 10 minutes.", 2),
        ("Give 500 mg b.d. Stop after 5 days.", 2),
        ("Check vitamin A. Then give 5 mg.", 2),
        ("Is it safe? Yes. No dose is known!", 3),
        ("Give 10 mg daily. 20 mg may be needed.", 2),
        ("First paragraph\n\nSecond paragraph", 2),
    ],
)
def test_sentences_are_separated(text: str, count: int) -> None:
    assert len(split(text)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Salbutamol 10 mg nebulised. insulin 10 units over 15 minutes.", 2),
        ("Take tabs. metformin 500 mg daily.", 1),
        ("Give a tablet, approx. aspirin 75 mg.", 1),
        ("Magnesium 2 g over 20 min. repeat if need be.", 1),
    ],
)
def test_a_small_letter_begins_a_sentence_with_a_drug_alone(text: str, count: int) -> None:
    assert len(split(text)) == count


doses = st.sampled_from(
    ["0.5 mg", "1,000 mcg", "2.5 mL", "5 mg b.d.", "1.5 g i.v.", "(max. 10 mg)", "7.5 mg/kg t.d.s."]
)
words = st.text(alphabet="abcdefghij ABC.,;:!?()\n", max_size=40)


@given(st.lists(st.one_of(words, doses), max_size=12).map(" ".join))
def test_sentences_tile_the_text(text: str) -> None:
    spans = sentence_spans(text)
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)


@given(words, doses, words)
def test_no_sentence_ends_inside_a_dose(before: str, dose: str, after: str) -> None:
    text = f"{before} {dose} {after}"
    at = len(before) + 1
    inner = range(at + 1, at + len(dose))
    assert not any(end in inner and end < at + len(dose) for _, end in sentence_spans(text))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Adult 50 mg PO tds prn. 6-11 yrs 25 mg PO tds prn.", 2),
        ("Adult 1 g qds. 10 to 20 kg: 250 mg qds.", 2),
        ("Adult 1 g IV stat. 2 doses 6 hours apart.", 1),
        ("Give for max. 6-11 yrs 25 mg.", 1),
    ],
)
def test_a_dose_ends_where_one_for_others_begins(text: str, count: int) -> None:
    assert len(sentence_spans(text)) == count
