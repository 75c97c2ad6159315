"""Plain words: what is replaced, what never is, and that the grammar holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.readers.glossary import entries
from osler.readers.plain import in_full, in_plain_words, with_plain_routes
from osler.statements.vocabulary.conditions import find_tests
from osler.statements.vocabulary.substances import all_names, find_substances, is_class


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            "Vitamin B12 1000 µg IM, repeated every 1–3 months",
            "Vitamin B12 1000 micrograms by injection into a muscle, repeated every 1–3 months",
        ),
        ("Give 500 mg orally 8 hourly.", "Give 500 mg by mouth every 8 hours."),
        ("Hypertension and haemorrhage", "High blood pressure and bleeding"),
        ("HTN in CKD", "High blood pressure in long-term kidney disease"),
        ("an analgesic", "a painkiller"),
        ("a neoplasm", "a tumour"),
        ("an IM injection", "an injection into a muscle"),
        ("IV aminophylline 250 mg", "IV (into a vein) aminophylline 250 mg"),
        ("TREATMENT OF HYPERTENSION", "TREATMENT OF HIGH BLOOD PRESSURE"),
        ("oral iron 200 mg tds", "iron by mouth 200 mg three times a day"),
        ("Refer promptly", "Refer right away"),
        ("chronic renal failure", "long-term kidney failure"),
        ("acute renal failure", "sudden kidney failure"),
        (
            "1 mg deep subcutaneous or intramuscular monthly",
            "1 mg by injection deep under the skin or into a muscle monthly",
        ),
        (
            "Ampicillin 1 g IV or IM q12h for 7 days",
            "Ampicillin 1 g into a vein or into a muscle every twelve hours for 7 days",
        ),
        ("ANC for pregnant women", "Antenatal care for pregnant women"),
        ("aspirin 75 mg OD", "aspirin 75 mg once a day"),
        ("chemotherapy of cancer", "cancer drug treatment of cancer"),
        ("10 mg PR stat", "10 mg into the back passage at once"),
    ],
)
def test_in_plain_words(text: str, plain: str) -> None:
    assert in_plain_words(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "the patients' views",
        "oral contraceptive",
        "Pseudomonas aeruginosa",
        "stage IV disease",
        "a mi-temps",
        "the ANC falls below 0.75",
        "one drop to OD",
        "PID of the lumbar spine",
        "an enlarged RA",
        "ADR (doxorubicin) 50 mg/m2",
        "mitral MI",
        "haemoglobin disease (SC)",
        "3 alternate days per week",
        "mass chemotherapy",
        "antenatal care (ANC)",
        "malignant hypertension",
        "breast irradiation",
        "serum sickness",
        "invasive snake neurotoxicity",
        "orbital cellulitis",
        "lower limbs",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert in_full(text) == text
    assert "by mouth" not in in_plain_words(text)
    assert "vein" not in in_plain_words(text)


def test_only_routes_and_times_of_a_text() -> None:
    text = "In hypertension give 5 mg PO od"
    assert with_plain_routes(text) == "In hypertension give 5 mg by mouth once a day"


NAMES = sorted(name for name in all_names() if not is_class(name) and name.isascii())
TERMS = sorted(e.term for e in entries())


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(TERMS), st.sampled_from(TERMS))
def test_a_drug_keeps_its_name_whatever_stands_beside_it(name: str, one: str, two: str) -> None:
    text = f"{one}, then {name} 5 mg daily, and {two}"
    tests = find_tests(text)  # "plasma glucose" is measured, and is no drug there
    before = [
        f.name
        for f in find_substances(text)
        if not is_class(f.name) and not any(t.start <= f.start < t.end for t in tests)
    ]
    after = [f.name for f in find_substances(in_plain_words(text)) if not is_class(f.name)]
    assert [n for n in before if n not in after] == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Give maintenance cobalamin monthly.", "Give long-term cobalamin monthly."),
        ("For lifelong maintenance most people take it.", None),
        ("Maintenance of the airway comes first.", None),
        ("Give maintenance fluid and a drink.", None),
        ("Give the maintenance intravenous fluids.", None),
    ],
)
def test_maintenance_is_long_term_only_before_a_drug(text: str, plain: str | None) -> None:
    assert ("long-term" in in_plain_words(text)) is (plain is not None)
    if plain is not None:
        assert in_plain_words(text) == plain
