"""Lists of a national guideline, asked about as on the ward: who it is for, and which drug."""

from __future__ import annotations

import pytest

from osler.answering import ask, understand
from osler.answering.candidates.dosed import dosed_alike_beside
from osler.domain import Answer
from osler.library import Library

ARTHRITIS = """# Septic arthritis

## Treatment

- Cloxacillin or flucloxacillin - 25 mg/kg up to 1 g intravenously every 6 hours
- Vancomycin 1 g intravenously every 12 hours for MRSA
"""
WORMS = """# Helminthiasis

## Treatment

- Hookworm: albendazole - adult and child: 400 mg orally once
- Taenia: niclosamide - adult: 2 g orally once
"""
FEVER = """# Malaria

## Drug treatment

- Uncomplicated malaria
    - ACTs are the recommended treatment of uncomplicated malaria in all trimesters of pregnancy.
- Pulmonary oedema
    - Furosemide 2 mg/kg intravenously

## Prevention

- Mefloquine 5 mg/kg once weekly.
"""
ULCER = """# Peptic ulcer disease

## Drug treatment

- H. pylori eradication
    - Clarithromycin 500 mg orally every 12 hours for 10 days
    - Amoxicillin 1 g orally every 12 hours for 10 days
"""
MYCOSIS = """# Flucytosine in cryptococcal meningitis

Flucytosine 25 mg/kg by mouth every 6 hours.

| Creatinine clearance (mL/min) | Flucytosine |
|---|---|
| over 40 | 25 mg/kg every 6 hours |
| 10 to 40 | 25 mg/kg every 12 hours |
| under 10 | ask a specialist |
"""
LESSON = """# Lisinopril for nurses

Lisinopril 5 mg once daily is usual in hypertension.

## Practice

Ordered: Lisinopril 10 mg twice daily

Available: Lisinopril 2.5 mg

## Case study

Mr Bell has hypertension. He takes lisinopril 40 mg once daily.
"""
DYSENTERY = """# Bacillary dysentery

## Drug treatment

- Adults
    - Ciprofloxacin 500 mg orally every 12 hours for 5 days

## Cautions

- Ciprofloxacin is contraindicated in pregnancy and in children <18 years
"""
OPIOIDS = """# Prescribing opioids

## Offering naloxone

Offer naloxone 4 mg into one nostril to patients with a history of overdose.

Buprenorphine is begun at 2 mg under the tongue once there are signs of withdrawal. If symptoms are
left, the dose may be increased to a maximum of 16 mg on the second day.
"""
THYROID = """# Thyrotoxicosis

## Drug treatment

- Beta-adrenergic blocking drugs
    - Propranolol 80 mg orally twice daily
"""
BETA_BLOCKERS = """# Beta blockers

## Cautions

Beta blockers are contraindicated in clients with asthma, for they narrow the airways.
"""
GOUT = """# Gout

## Drug treatment

- Ibuprofen 400 mg orally three times daily

## Celecoxib

NSAID of the COX-2 kind: 200 mg orally twice daily.

## Cautions

- NSAIDs should not be used in renal impairment
"""
VITAMINS = """# Vitamin A deficiency

## Drug treatment

- Vitamin A
    - Child under 4 years: 600 micrograms orally once daily
    - 9–13 years: 1,700 micrograms orally once daily
"""


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("ward")
    texts = {
        "arthritis": ARTHRITIS, "worms": WORMS, "fever": FEVER, "ulcer": ULCER, "mycosis": MYCOSIS,
        "lesson": LESSON, "dysentery": DYSENTERY, "opioids": OPIOIDS,
        "thyroid": THYROID, "beta-blockers": BETA_BLOCKERS, "gout": GOUT,
        "vitamins": VITAMINS,
    }  # fmt: skip
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    with Library.create(folder / "library") as library:
        library.add([folder / f"{name}.md" for name in texts])
    return Library.open(folder / "library")


def _opening(answer: Answer) -> str:
    return " ".join(claim.text for claim in answer.bottom_line)


def _shown(answer: Answer) -> str:
    claims = (claim.text for section in answer.sections for claim in section.claims)
    return " ".join((_opening(answer), *claims))


@pytest.mark.parametrize("drug", ["cloxacillin", "flucloxacillin"])
def test_one_dose_of_two_drugs_answers_for_both(ward: Library, drug: str) -> None:
    assert "25 mg/kg" in _opening(ask(ward, f"{drug} dose in septic arthritis"))


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("Cloxacillin or flucloxacillin - 25 mg/kg every 6 hours", ("cloxacillin",)),
        ("Cloxacillin or flucloxacillin: 25 mg/kg every 6 hours", ("cloxacillin",)),
        ("Amoxicillin, or flucloxacillin 500 mg every 6 hours", ()),
        ("Cloxacillin or flucloxacillin 500 mg every 6 hours", ()),
        ("Cloxacillin and flucloxacillin: 500 mg every 6 hours", ()),
    ],
)
def test_a_dose_behind_the_second_drug_alone_is_of_that_one(
    text: str, beside: tuple[str, ...]
) -> None:
    assert dosed_alike_beside(text, "flucloxacillin") == beside


def test_what_is_for_adults_and_children_is_for_a_child(ward: Library) -> None:
    assert "400 mg" in _opening(ask(ward, "albendazole for hookworm in an 18 month old"))


def test_what_is_for_adults_alone_is_not(ward: Library) -> None:
    assert not ask(ward, "niclosamide dose for an 18 month old with taenia").answered


@pytest.mark.parametrize("when", ["in pregnancy", "in the first trimester", "in the 3rd trimester"])
def test_in_each_trimester_what_is_for_the_pregnant_answers_alone(ward: Library, when: str) -> None:
    answer = ask(ward, f"malaria treatment {when}")
    assert "ACTs" in _opening(answer)
    assert "mg" not in _shown(answer)


def test_eradication_is_treatment(ward: Library) -> None:
    opening = _opening(ask(ward, "H pylori eradication in peptic ulcer"))
    assert "Clarithromycin 500 mg" in opening
    assert "Amoxicillin 1 g" in opening


def test_a_dose_for_sound_kidneys_does_not_open_where_they_have_failed(ward: Library) -> None:
    answer = ask(ward, "flucytosine dose in cryptococcal meningitis on haemodialysis")
    assert "mg/kg" not in _opening(answer)  # both rows are for kidneys that filter something


def test_what_one_patient_of_a_lesson_is_given_is_no_dose(ward: Library) -> None:
    shown = _shown(ask(ward, "lisinopril dose in hypertension"))
    assert "5 mg once daily" in shown
    assert not any(dose in shown for dose in ("10 mg", "2.5 mg", "40 mg"))


@pytest.mark.parametrize("who", ["a 6 year old child", "a pregnant woman"])
def test_a_bar_for_the_pregnant_and_children_is_for_each(ward: Library, who: str) -> None:
    answer = ask(ward, f"ciprofloxacin dose in bacillary dysentery for {who}")
    assert "contraindicated" in _opening(answer)
    assert "500 mg" not in _shown(answer)


def test_the_drug_of_the_sentence_before_is_nearer_than_that_of_the_heading(ward: Library) -> None:
    shown = _shown(ask(ward, "naloxone dose when prescribing opioids"))
    assert "4 mg into one nostril" in shown
    assert "16 mg" not in shown


@pytest.mark.parametrize(
    "question",
    [
        "propranolol dose in thyrotoxicosis in a patient with asthma",
        "can a patient with asthma take propranolol for thyrotoxicosis",
    ],
)
def test_a_bar_that_stands_in_a_text_on_the_class_is_found(ward: Library, question: str) -> None:
    answer = ask(ward, question)
    assert "contraindicated" in answer.bottom_line[0].text
    assert "80 mg" not in _opening(answer)


def test_kidneys_told_in_plain_words_bar_as_the_term_does(ward: Library) -> None:
    answer = ask(ward, "ive got gout can i take ibuprofen, i have bad kidneys")
    assert answer.yes_no == "no"
    assert "renal impairment" in _opening(answer)
    assert "400 mg" not in _opening(answer)


def test_a_dose_of_the_class_under_another_drug_is_of_that_one(ward: Library) -> None:
    assert "200 mg" not in _opening(ask(ward, "ibuprofen dose in gout"))


@pytest.mark.parametrize(
    ("question", "yes_no"),
    [
        ("ive got gout can i take ibuprofen", True),
        ("how much ibuprofen can i take", False),
        ("my doctor asked which painkiller can i take for gout", False),
    ],
)
def test_leave_is_asked_without_a_question_mark(question: str, yes_no: bool) -> None:
    assert understand(question).yes_no is yes_no


def test_a_dose_for_another_age_does_not_open_beside_the_childs_own(ward: Library) -> None:
    opening = _opening(ask(ward, "vitamin A dose for a child of 12 kg with vitamin A deficiency"))
    assert "1,700" not in opening
