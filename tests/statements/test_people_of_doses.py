"""For whom a dose is, where its sentence or line is on several kinds of people."""

from __future__ import annotations

from decimal import Decimal

import pytest

from osler.domain import Applies, Patient, Polarity, Statement
from osler.reading import RawFile, read
from osler.statements import applies, extract, read_group
from osler.statements.sentences.cues import polarity_of


def statements_of(text: str) -> list[str]:
    return [s.text for s in _read(text)]


def _read(text: str) -> tuple[Statement, ...]:
    (document,) = read(RawFile("a.txt", "a.txt", text.encode()))
    return extract(document)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            "Adult: 20 mg orally once weekly Child: not licensed for this indication",
            ["Adult: 20 mg orally once weekly", "Child: not licensed for this indication"],
        ),
        (
            "Men: 40 mg daily Women of 50 and over: 20 mg daily Pregnancy: do not use",
            [
                "Men: 40 mg daily",
                "Women of 50 and over: 20 mg daily",
                "Pregnancy: do not use",
            ],
        ),
        (
            "Adult 5 mg daily Children (6 to 11 years): 2.5 mg daily",
            ["Adult 5 mg daily", "Children (6 to 11 years): 2.5 mg daily"],
        ),
        (
            "Adult 1 g IM or IV for 5 to 10 days, Child: 20 mg/kg daily",
            ["Adult 1 g IM or IV for 5 to 10 days,", "Child: 20 mg/kg daily"],
        ),
    ],
)
def test_a_line_is_split_where_a_label_begins_other_people(line: str, parts: list[str]) -> None:
    assert statements_of(line) == parts


@pytest.mark.parametrize(
    "line",
    [
        "Dose: 5 mg daily Route: by mouth Course: 7 days",  # one dose, told in parts
        "Give 5 mg daily to all Adults: none is too old",
        "Doses in Adults: 5 mg daily",
        "Oral gel 2% Adult: 5 mL after food",  # a strength is no dose of others
    ],
)
def test_other_labels_split_nothing(line: str) -> None:
    assert statements_of(line) == [line]


@pytest.mark.parametrize(
    ("text", "patient", "outcome"),
    [
        # The first dose is for all whom the second does not except.
        (
            "Start 400 mg at night; elderly or under 50 kg: 200 mg at night.",
            Patient(age_years=Decimal(40), weight_kg=Decimal(80)),
            Applies.YES,
        ),
        (
            "62.5 micrograms daily in the elderly, otherwise 125 micrograms daily.",
            Patient(age_years=Decimal(40)),
            Applies.YES,
        ),
        (
            "100 micrograms each morning (50 micrograms if under 50 kg).",
            Patient(weight_kg=Decimal(80)),
            Applies.YES,
        ),
        # And a dose that says for whom it is stays theirs.
        ("62.5 micrograms daily in the elderly.", Patient(age_years=Decimal(40)), Applies.NO),
    ],
)
def test_an_exception_leaves_the_usual_dose_to_all_others(
    text: str, patient: Patient, outcome: Applies
) -> None:
    (statement,) = _read(text)
    assert applies(statement.group, patient).applies is outcome


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("For children: 6 to 17 years, as for adults", {"child", None}),
        ("100 mg once daily after a G6PD test", set()),
        ("1 mg/kg every 5 minutes until tachycardia and pyrexia settle", set()),
        ("Women under 40 who hope for children", {"female", None, "childbearing potential"}),
        ("If the patient must have fluconazole", {"fluconazole"}),
        ("Women given cyclophosphamide", {"female", "cyclophosphamide"}),
        ("Women are given erythromycin", {"female"}),
        ("Raised by the paediatric cardiologist only", set()),
    ],
)
def test_words_that_tell_for_whom(text: str, told: set[str | None]) -> None:
    assert {c.value for c in read_group(text).criteria} == told


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("20 mg daily, or 40 mg at night, never the two together.", Polarity.POSITIVE),
        ("Never give 20 mg.", Polarity.NEGATIVE),
    ],
)
def test_never_both_is_no_bar_of_either(text: str, polarity: Polarity) -> None:
    assert polarity_of(text) is polarity


def test_those_who_are_dosed_likewise_are_alternatives() -> None:
    (criterion,) = [
        c
        for c in read_group("Adults over 75 begin on 25 mg, as do those with cirrhosis").criteria
        if c.alternatives
    ]
    assert {criterion.value, *(c.value for c in criterion.alternatives)} == {None, "cirrhosis"}
