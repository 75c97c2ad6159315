"""What the gate lets pass and what it stops, by mechanism."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.checking import check, check_text
from osler.domain import BlockKind, Context, ProblemKind, Statement, StatementKind

_SENTENCES = (
    "Adults: 500 mg orally every 8 hours for 7 days; children 1–5 years: 125 mg every 8 hours.",
    "Do not exceed 4 g in 24 hours, and avoid it in severe hepatic impairment.",
    "Give 1.2 million units intramuscularly once; do not repeat within 4 weeks.",
    "If eGFR is below 30 mL/min/1.73 m², reduce the dose to 2.5 mg daily.",
    "Infuse 0.15 mg/kg over 15 minutes, then 5 micrograms/kg/min; stop if systolic pressure "
    "falls below 90 mmHg.",
    "Apply to lesions 4 times daily for 4 days, not more than 5 doses a day.",
    "Start with 25 mg at night and increase by 25 mg every 2 weeks up to 100 mg.",
)


@pytest.mark.parametrize("sentence", _SENTENCES)
def test_a_sentence_supports_itself(sentence: str) -> None:
    assert check_text(sentence, sentence).problems == ()


@given(sentence=st.sampled_from(_SENTENCES), position=st.integers(0, 200), digit=st.integers(1, 9))
def test_a_changed_digit_is_caught(sentence: str, position: int, digit: int) -> None:
    places = [n for n, character in enumerate(sentence) if character.isdecimal()]
    place = places[position % len(places)]
    changed = sentence[:place] + str(digit) + sentence[place + 1 :]
    assert check_text(changed, sentence).supported == (changed == sentence)


@given(text=st.text(max_size=80), passage=st.text(max_size=80))
def test_any_text_gets_a_verdict(text: str, passage: str) -> None:
    assert check_text(text, passage).supported in (True, False)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("1 mg weekly", "1000 micrograms weekly"),
        ("1,000 µg IM weekly", "1000 mcg intramuscularly once a week"),
        ("1,000 micrograms IM weekly", "1000 microg intramuscularly once a week"),
        ("one thousand micrograms weekly", "1000 μg weekly"),
        ("500 mg bd", "500 mg twice daily"),
        ("500 mg every 12 hours", "500 mg twice daily"),
        ("500 mg tds for 5/7", "500 mg three times a day for five days"),
        ("0.5 g daily", "500 mg a day"),
        ("20 to 40 mg/kg daily", "20–40 mg per kg per day"),
        ("at least 3 months", "not less than three months"),
        ("every other week", "every 2 weeks"),
        ("30 minutes before food", "half an hour before food"),
        ("up to 4 g daily", "maximum 4 g per day"),
        ("anemia and diarrhea", "anaemia and diarrhoea"),
        ("given by mouth for 7 days, 500 mg daily", "500 mg daily, given orally for 7 days"),
    ],
)
def test_other_ways_of_writing_the_same_are_supported(claim: str, passage: str) -> None:
    assert check_text(claim, passage).problems == ()


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("children 500 mg", "adults 500 mg; children 250 mg"),
        ("children 500 mg", "500 mg in adults, 250 mg in children"),
        ("children 500 mg", "500 mg; children 250 mg"),
        ("500 mg orally", "500 mg IV or 1 g orally"),
        ("8 mg once, then 32 mg every 6 hours", "32 mg once, then 8 mg every 6 hours"),
        ("amoxicillin 1 g", "amoxicillin 500 mg or cefalexin 1 g"),
    ],
)
def test_what_belongs_to_another_dose_does_not_support(claim: str, passage: str) -> None:
    assert not check_text(claim, passage).supported


_TABLE = """| Creatinine clearance | 45–65 kg | 66–85 kg | Interval |
|---|---|---|---|
| above 44 mL/min | 60 mg | 80 mg | 12 hourly |
| 20 to 44 mL/min | 30 mg | 40 mg | 24 hourly |"""


def test_a_table_is_read_by_row_and_column() -> None:
    supported = "With CrCl 60 mL/min and weight 70 kg, tobramycin is 80 mg."
    assert check_text(supported, _TABLE, "Tobramycin").problems == ()
    for wrong in (
        "With CrCl 60 mL/min and weight 70 kg, tobramycin is 60 mg.",
        "With CrCl 30 mL/min and weight 70 kg, tobramycin is 80 mg.",
        "With CrCl 60 mL/min and weight 70 kg, tobramycin is 80 mg every 24 hours.",
    ):
        assert not check_text(wrong, _TABLE, "Tobramycin").supported, wrong


def test_a_negated_bound_does_not_negate_the_drug() -> None:
    passage = "The dose is 15 mg weekly, and it should not be below 10 mg weekly."
    assert check_text("The dose is 15 mg weekly.", passage).supported
    assert check_text("The dose is at least 10 mg weekly.", passage).supported
    assert not check_text("The dose is below 10 mg weekly.", passage).supported


def test_a_drug_of_the_title_is_good_unless_the_passage_names_another() -> None:
    assert check_text(
        "Digoxin is given once daily.", "It is given once daily.", "Digoxin"
    ).supported
    verdict = check_text(
        "Digoxin 5 mg is given daily.", "Bisoprolol 5 mg is given daily.", "Digoxin"
    )
    assert ProblemKind.SUBSTANCE in {problem.kind for problem in verdict.problems}


def test_a_restriction_that_the_passage_makes_may_not_be_left_out() -> None:
    passage = "In severe renal impairment: 25 mg daily."
    assert not check_text("25 mg daily.", passage).supported


def test_hidden_characters_support_nothing_but_themselves() -> None:
    assert not check_text("Give 10\u200b mg daily.", "Give 10 mg daily.").supported
    assert not check_text("Give 1O mg daily.", "Give 10 mg daily.").supported


def _statement(text: str, *context: str) -> Statement:
    return Statement(
        id="t_0",
        source_id="s_0",
        start=0,
        end=len(text),
        quote=text,
        text=text,
        block=BlockKind.PARAGRAPH,
        kind=StatementKind.DOSE,
        context=tuple(Context(0, len(words), words, "heading") for words in context),
    )


def test_one_supporting_statement_is_enough() -> None:
    right, wrong = _statement("5 mg daily", "Bisoprolol"), _statement("10 mg daily", "Bisoprolol")
    assert check("Bisoprolol 5 mg daily.", right).supported
    assert check("Bisoprolol 5 mg daily.", [wrong, right]).supported
    assert not check("Bisoprolol 5 mg daily.", [wrong]).supported
    with pytest.raises(ValueError, match="at least one statement"):
        check("Bisoprolol 5 mg daily.", [])


@pytest.mark.parametrize(
    ("claim", "passage", "supported"),
    [
        ("2 mU/min", "2 milliunits/min", True),
        ("2 milli-units/min", "2 mU/min", True),
        ("2 mU/min", "0.002 units/min", True),
        ("2.4 MU", "2.4 million units", True),
        ("2.4 mega-units", "2.4 MU", True),
        ("2 MU/min", "2 mU/min", False),
        ("2 mU/min", "2 MU/min", False),
        ("1,000,000 units/min", "1 mU/min", False),
        ("2 mIU/L", "2 MIU/L", False),
    ],
)
def test_a_thousandth_of_a_unit_is_not_a_million(claim: str, passage: str, supported: bool) -> None:
    verdict = check_text(f"Give oxytocin {claim}.", f"Give oxytocin {passage}.")
    assert verdict.supported is supported
