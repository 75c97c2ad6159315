"""The table of conditions, procedures and tests, and what is found by it."""

from __future__ import annotations

from pathlib import Path

import pytest

import osler.statements
from osler.statements import find_substances
from osler.statements.vocabulary.conditions import (
    condition_synonyms,
    find_conditions,
    find_tests,
    is_a,
    kind_of,
)
from osler.statements.words.cutting import split

TABLE = Path(osler.statements.__file__).parent / "data" / "conditions.tsv"
ROWS = [
    line.split("\t")
    for line in TABLE.read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("undescended testes at 6 months", ["undescended testis"]),
        ("she fainted", ["syncope"]),
        ("bed sores", ["pressure ulcer"]),
        ("vit A deficiency or VAD", ["vitamin a deficiency", "vitamin a deficiency"]),
        ("AML relapsed", ["acute myeloid leukaemia"]),
        ("PrEP with tenofovir", ["pre-exposure prophylaxis"]),
        ("two UTIs", ["urinary tract infection"]),
        ("Prolonged seizures in children", ["status epilepticus"]),
        ("snoring from big adenoids", ["adenoid hypertrophy"]),
        ("a reaction to blood on the ward", ["transfusion reaction"]),
        ("a prolonged febrile convulsion", ["febrile seizures"]),
        ("all patients who cap the drug and hit the pad", []),
    ],
)
def test_conditions_are_found(text: str, names: list[str]) -> None:
    assert [found.name for found in find_conditions(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("pt with aml and dvt", ["acute myeloid leukaemia", "deep vein thrombosis"]),
        ("all pts, every 8 hrs, cap", []),
        ("dose for ALL, CAP", ["acute lymphoblastic leukaemia", "community-acquired pneumonia"]),
        ("flu, fits and worms", ["influenza", "seizures", "helminthiasis"]),
    ],
)
def test_a_question_may_write_abbreviations_small(text: str, names: list[str]) -> None:
    assert [found.name for found in find_conditions(text, any_case=True)] == names


def test_tests_say_nothing_of_whom_a_text_is_about() -> None:
    text = "hCG, Hb and HbA1c"
    assert find_conditions(text) == ()
    assert [found.name for found in find_tests(text)] == [
        "human chorionic gonadotropin",
        "haemoglobin",
        "glycated haemoglobin",
    ]
    assert [found.name for found in find_tests("hba1c 9", any_case=True)] == [
        "glycated haemoglobin"
    ]
    assert kind_of("haemoglobin") == "test"
    assert "hemoglobin" in condition_synonyms("haemoglobin")


def test_what_is_a_kind_of_what() -> None:
    assert is_a("acute promyelocytic leukaemia", "leukaemia")
    assert is_a("acute promyelocytic leukaemia", "cancer")
    assert not is_a("leukaemia", "acute promyelocytic leukaemia")
    assert is_a("parkinson's disease", "parkinsonism")


def test_the_table_is_sound() -> None:
    names = {row[0] for row in ROWS}
    assert len(names) == len(ROWS)
    assert {row[1] for row in ROWS} == {"condition", "procedure", "test"}
    assert {above for row in ROWS for above in row[3].split("|") if above} <= names
    owner: dict[str, str] = {}
    for name, _, synonyms, _ in ROWS:
        for phrase in (name, *filter(None, synonyms.split("|"))):
            assert owner.setdefault(" ".join(split(phrase)), name) == name, phrase


@pytest.mark.parametrize("row", ROWS[::7], ids=lambda row: row[0])
def test_every_name_is_found_as_what_it_stands_for(row: list[str]) -> None:
    name, kind, synonyms, _ = row
    find = find_tests if kind == "test" else find_conditions
    for phrase in (name, *filter(None, synonyms.split("|"))):
        assert [found.name for found in find(f"- {phrase}.")] == [name]


def test_no_condition_is_also_a_drug() -> None:
    both = {row[0] for row in ROWS if row[1] != "test" and _is_drug(row[0])}
    assert both == set()


def _is_drug(name: str) -> bool:
    return any(found.text == name for found in find_substances(name))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ARF, creatinine 410", ["acute kidney injury"]),
        ("second ARF, mild carditis", ["rheumatic fever"]),
        ("PD, off periods on levodopa", ["parkinson's disease"]),
        ("PD, cloudy effluent", ["dialysis"]),
        ("PE, apixaban dose", ["pulmonary embolism"]),
        ("ARF, streptococcal throat, creatinine 390", ["acute kidney injury"]),
        ("RHD, blood cultures positive", ["rheumatic heart disease"]),
        ("RHD on penicillin", ["rheumatic heart disease"]),
        ("RhD-negative mother", ["rhesus negative"]),
        ("PE with heavy proteinuria", ["pre-eclampsia", "proteinuria"]),
    ],
)
def test_an_abbreviation_has_the_sense_that_its_text_tells_of(text: str, names: list[str]) -> None:
    assert [found.name for found in find_conditions(text)] == names


def test_what_an_abbreviation_stands_for_is_in_the_table() -> None:
    lines = TABLE.with_name("senses.tsv").read_text("utf-8").splitlines()
    named = {line.split("\t")[1] for line in lines if not line.startswith("#")}
    assert named - {"-"} <= {row[0] for row in ROWS}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Pelvic Inflammatory Diseases", ["pelvic inflammatory disease"]),
        ("LYMPHOMAS", ["lymphoma"]),
        ("Cardiomyopathies", ["cardiomyopathy"]),
        ("Complicated urinary tract infections", ["urinary tract infection"]),
        # Other words, or no condition in the plural.
        ("the level falls and the burning stops", []),
    ],
)
def test_a_condition_is_known_in_the_plural(text: str, names: list[str]) -> None:
    assert [found.name for found in find_conditions(text)] == names
