"""The pictures of the starter library's answers say what their claims say."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.site.pictures.drawing import assert_readable

from osler.answering import ask, to_json
from osler.dosage import parse_dosages, to_base
from osler.library import Library
from osler_site.pictures import Regimens, regimens, schedule, to_svg

B12 = (
    "What is the recommended maintenance dose of cyanocobalamin (Vitamin B12) "
    "after the acute loading phase?"
)
QUESTIONS = [
    B12,
    "Hydroxocobalamin loading dose",
    "vitamin B12 oral dose",
    "vitamin B12 dose after bariatric surgery",
    "vitamin B12 injection schedule pernicious anaemia",
    "vitamin B12 prophylaxis strict vegetarian",
    "Ferrous sulphate dose to treat iron deficiency anaemia in an adult?",
    "folic acid dose preconception",
    "Folic acid with weekly methotrexate: dose and which day?",
    "metformin dose",
    "amoxicillin dose acute otitis media",
    "gentamicin dose in endocarditis, creatinine clearance 50",
    "Oral thiamine prophylaxis in alcohol dependence at low risk of Wernicke: what dose?",
    "vitamin C dose for scurvy",
]


@pytest.fixture(scope="module")
def library(starter_library: Path) -> Iterator[Library]:
    with Library.open(starter_library) as opened:
        yield opened


def answered(library: Library, question: str) -> dict[str, Any]:
    return to_json(ask(library, question), library)


def picture_of(library: Library, question: str) -> Regimens:
    picture = regimens(answered(library, question))
    assert picture is not None
    return picture


def amounts(text: str) -> set[tuple[Fraction, Fraction, str]]:
    found = set()
    for d in parse_dosages(text):
        if d.low is not None and d.high is not None and d.unit is not None:
            low, unit = to_base(d.low, d.unit)
            found.add((Fraction(low), Fraction(to_base(d.high, d.unit)[0]), unit + (d.per or "")))
    return found


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_claims_of_every_mark_hold_its_amount(library: Library, question: str) -> None:
    body = answered(library, question)
    picture = regimens(body)
    assert picture is not None
    shown = {
        c["text"]: {x["reference"] for x in c["citations"]}
        for c in [
            *body["bottom_line"],
            *(c for s in body["sections"] for c in s["claims"]),
            *(p["claim"] for conflict in body["conflicts"] for p in conflict["positions"]),
        ]
    }
    for mark in picture.marks:
        stated = amounts(mark.dose)
        assert stated
        for text in mark.claims:
            assert stated <= amounts(text), (mark.dose, text)
        assert set(mark.references) <= {n for text in mark.claims for n in shown[text]}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_drawing_can_be_read(library: Library, question: str) -> None:
    body = answered(library, question)
    for picture in (regimens(body), schedule(body)):
        if picture is not None:
            assert_readable(to_svg(picture, "narrow"))
            assert_readable(to_svg(picture, "wide"))


def test_the_maintenance_of_vitamin_b12_is_drawn_as_its_sources_state_it(library: Library) -> None:
    picture = picture_of(library, B12)
    assert (picture.unit, picture.time, picture.axis.log) == ("µg", "month", True)
    drawn = {(m.group, m.source.split(" [")[0], m.form, m.dose, m.total) for m in picture.marks}
    nigeria = "Federal Ministry of Health (Nigeria), 2022"
    assert {
        ("Without neurological involvement", "British National Formulary", "hydroxocobalamin",
         "1 mg every 2–3 months", "≈ 333–500 µg a month"),
        ("Without neurological involvement", "MIMS Hong Kong", "cyanocobalamin",
         "1000 µg monthly", "= 1000 µg a month"),
        ("Neurological involvement", "British National Formulary", "hydroxocobalamin",
         "1 mg every 2 months", "= 500 µg a month"),
        ("Pernicious anaemia", "US manufacturer's label", "cyanocobalamin",
         "100 µg monthly IM or SC", "= 100 µg a month"),
        ("Malabsorption", "Praxis Medical Insights, 2025", "",
         "1000–2000 µg every 1–3 months", "≈ 333–2000 µg a month"),
        ("Children", nigeria, "", "100 µg monthly", "= 100 µg a month"),
    } <= drawn  # fmt: skip
    assert not any("folic" in line for line in picture.not_shown)
    assert any("single dose" in line for line in picture.not_shown)


def test_elemental_iron_is_not_mixed_with_its_salts(library: Library) -> None:
    picture = picture_of(library, QUESTIONS[6])
    assert picture.title == "Elemental iron: dose in mg a day"
    assert {(m.low, m.high) for m in picture.marks} == {
        (65, 65), (100, 200), (130, 195), (200, 200)
    }  # fmt: skip
    assert any("ferrous sulphate" in line for line in picture.not_shown)


def test_the_schedule_of_the_american_label_is_drawn_step_by_step(library: Library) -> None:
    picture = schedule(answered(library, "vitamin B12 injection schedule pernicious anaemia"))
    assert picture is not None
    assert [(s.dose, s.how_long) for s in picture.steps] == [
        ("100 µg daily IM or SC", "6–7 days"),
        ("100 µg on alternate days IM or SC", "seven doses"),
        ("100 µg every 3–4 days IM or SC", "2–3 weeks"),
        ("100 µg monthly IM or SC", "for life"),
    ]


def test_lithium_is_checked_in_the_order_of_its_guideline(library: Library) -> None:
    picture = schedule(answered(library, "lithium monitoring"))
    assert picture is not None
    assert [c.intervals for c in picture.checks] == [
        ("weekly",), ("every 3 months",), ("every 3–6 months",), ("every 6 months",)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "question", ["atorvastatin dose", "lithium monitoring", "metformin maximum dose"]
)
def test_no_doses_are_drawn_where_none_compare(library: Library, question: str) -> None:
    assert regimens(answered(library, question)) is None
