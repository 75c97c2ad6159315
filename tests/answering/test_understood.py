"""What is understood of questions as they are typed on wards: drugs, conditions, route, patient."""

from __future__ import annotations

from pathlib import Path

import pytest

from osler.answering.understanding.drug_roles import drug_roles, is_measured
from osler.answering.understanding.scenarios import scenarios
from osler.answering.understanding.spelling import correct_spelling
from osler.answering.understanding.understand import understand
from osler.domain import Aspect, Question
from osler.statements import find_substances, read_patient

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("understood.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def names(question: Question, *kinds: str) -> str:
    return "|".join(term.name for term in question.terms if term.kind in kinds)


@pytest.mark.parametrize(("text", "asked", "beside", "treated", "route"), ROWS)
def test_questions_of_the_ward_are_understood(
    text: str, asked: str, beside: str, treated: str, route: str
) -> None:
    question = understand(text)
    assert names(question, "substance") == asked
    assert names(question, "co-drug") == beside
    assert names(question, "condition", "procedure") == treated
    assert (question.route or "") == route


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("3 month old with colic, mum is worried", None),
        ("6 year old, dad says he wheezes", "male"),
        ("Lad of 19, his mother says he is fitting", "male"),
        ("giant LAD aneurysm, aspirin dose", None),
        ("my mum is 82, gout", "female"),
        ("wife is 30, sildenafil dose for him", "male"),
        ("HER-2 positive, trastuzumab dose", None),
    ],
)
def test_who_brings_the_patient_is_not_the_patient(text: str, sex: str | None) -> None:
    assert read_patient(text).sex == sex


@pytest.mark.parametrize(
    ("text", "pregnancy"),
    [
        ("30F prolactinoma, not planning pregnancy", None),
        ("30F, planning pregnancy", "planning"),
        ("positive pregnancy test today", "pregnant"),
        ("pregnancy test came back positive", "pregnant"),
        ("negative pregnancy test", "not pregnant"),
        ("7 month old boy born at term", None),
    ],
)
def test_a_pregnancy_is_told(text: str, pregnancy: str | None) -> None:
    assert read_patient(text).pregnancy == pregnancy


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("man of 35 hoping for children", None),
        ("ex 29 weeker, 2 kg", "infant"),
        ("her baby died last week, cabergoline dose", None),
        ("a child with croup", "child"),
    ],
)
def test_a_stage_of_life_fits_the_age(text: str, stage: str | None) -> None:
    assert read_patient(text).life_stage == stage


def test_a_fed_babys_age_is_not_its_mothers() -> None:
    patient = read_patient("ibuprofen in a breastfeeding mum, baby 3 weeks old")
    assert (patient.age_years, patient.life_stage) == (None, None)


def test_a_length_that_nobody_has_is_no_height() -> None:
    assert read_patient("passed a 20 cm worm").height_cm is None
    assert read_patient("girl, 95 cm").height_cm == 95


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("nil by mouth, IM haloperidol dose", "intramuscular"),
        ("refusing oral, lorazepam IM dose?", "intramuscular"),
        ("cannot get IVIG, oral prednisolone dose", "oral"),
        ("oral lichen planus, clobetasol how often", None),
        ("nebulised or IV colistin dose?", None),
        ("on oral morphine, levomepromazine dose sc", "subcutaneous"),
        ("aciclovir eye oint how often", "ophthalmic"),
    ],
)
def test_the_route_is_that_of_the_drug_asked_about(text: str, route: str | None) -> None:
    assert understand(text).route == route


@pytest.mark.parametrize(
    "text",
    [
        "no mental health history",
        "in resus on arrival",
        "what should be tried first, she feels well and weighs little",
        "stop or halve",
    ],
)
def test_words_of_every_day_are_not_mended(text: str) -> None:
    assert correct_spelling(text, lambda word: 0) == (text, ())


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("desmopressin dose, when do I check sodium", True),
        ("sotalol for AF, potassium 3.6", True),
        ("potassium 40 mmol in a litre, which rate", False),
        ("magnesium 2 g over how long", False),
    ],
)
def test_what_is_measured_is_no_drug(text: str, measured: bool) -> None:
    [salt] = [f for f in find_substances(text) if f.name in ("sodium", "potassium", "magnesium")]
    assert is_measured(text, salt) is measured


@pytest.mark.parametrize(
    ("text", "aspect", "asked"),
    [
        ("sotalol to hold sinus rhythm, dose?", Aspect.ADJUSTMENT, False),
        ("hold metformin before contrast?", Aspect.ADJUSTMENT, True),
        ("colistin on continuous haemofiltration, dose?", Aspect.ADJUSTMENT, False),
        ("which strength of filgrastim syringe?", Aspect.CHOICE, False),
        ("which drug for gout?", Aspect.CHOICE, True),
        ("ivermectin how many tabs and do I repeat?", Aspect.DOSE, True),
        ("ergometrine contraindicated (BP). carboprost dose?", Aspect.CONTRAINDICATION, False),
        ("missed miscarriage, misoprostol dose?", Aspect.ADJUSTMENT, False),
    ],
)
def test_what_is_asked_is_told_from_what_is_told(text: str, aspect: Aspect, asked: bool) -> None:
    assert (aspect in understand(text).aspects) is asked


def test_a_sentence_after_the_question_that_only_tells_belongs_to_it() -> None:
    assert len(scenarios("Can I start sotalol tonight? QT 470, CrCl 85. Ward is asking.")) == 1


def test_a_later_question_is_on_the_drug_asked_about() -> None:
    parts = scenarios("On labetalol, add nifedipine? and how often")
    assert set(drug_roles(parts[1].text)) == {"nifedipine"}
