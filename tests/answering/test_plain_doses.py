"""A plain question for one dose opens with that dose, whatever stands around it in its source."""

from __future__ import annotations

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.library import Library

_GOUT = """# Gout: drug sheet of the ward

## Adults with gout, no kidney or liver disease

Allopurinol 100 mg orally once daily, which is raised to 200 mg once daily after four weeks if the
urate is still above 360. Febuxostat 80 mg orally once daily may replace it.

For the flare naproxen 500 mg orally twice daily, or colchicine 500 micrograms orally twice daily.

## Adults taking ciclosporin

Colchicine, when ciclosporin has been taken for a week, is given as 500 micrograms every third day.

## Renal impairment

eGFR 30 to 59: allopurinol 50 mg once daily.

eGFR 15 to 29: allopurinol 50 mg on alternate days.

## Steroid-refractory gout

Canakinumab 150 mg by subcutaneous injection as a single dose.
"""

_TUBERCULOSIS = """# Antituberculosis drugs

## RIFABUTIN amber

### Indications and dose

#### Tuberculosis, with other drugs

Adult 150–450 mg orally once daily for at least 6 months

## STREPTOMYCIN red

### Indications and dose

#### Tuberculosis, resistant to isoniazid

Adult 15 mg/kg by deep intramuscular injection daily, maximum 1 g daily

## At a glance

| | Isoniazid | Pyrazinamide | Ethambutol |
|---|---|---|---|
| Daily dose, adult | 300 mg once daily | 2 g once daily | 15 mg/kg once daily |
| Renal impairment | no change | no change | CrCl below 30: 15 mg/kg three times a week |
"""

_ANTIDOTES = """# Antidotes kept in the poisons room

## Methotrexate

Folinic acid, adult: 15 mg IV every 6 hours.

## Lithium

Sodium chloride 0.9%, adult: 2 litres IV over 4 hours.
"""

_NEONATES = """# Neonatal unit: store records

| Medicine | Purpose | Stage | Amount | Route | How often |
|---|---|---|---|---|---|
| caffeine citrate | apnoea of prematurity | loading | 20 mg/kg | IV | once |
| caffeine citrate | apnoea of prematurity | after loading | 5 mg/kg | IV | once daily |
| phenobarbital | seizures, midazolam failing | loading | 20 mg/kg | IV | once |
"""

_MIXED = """# Day unit

## Ustekinumab for psoriasis

Start, subcutaneous, by weight:

- up to 100 kg: 45 mg at weeks 0 and 4
- over 100 kg: 90 mg at weeks 0 and 4

## Peritoneal dialysis peritonitis

Vancomycin 30 mg/kg IP every 5 days.

## Sedation after the tube

Ketamine, if propofol drops the pressure, 0.5 mg/kg/hour by vein.

## Bacteriuria in pregnancy

Cefalexin under 28 weeks: 500 mg orally every 12 hours.

## Pneumocystis

Adult: co-trimoxazole, counted as trimethoprim, 5 mg/kg IV every 8 hours.

With efavirenz, nevirapine or rifampicin, consider caspofungin 70 mg IV once daily.

## Tics in ADHD

Guanfacine. Child 6 to 17 years: start with 1 mg orally once daily. Maintenance: 3 mg once daily.

## Transfusional iron overload

Deferiprone 25 mg/kg orally three times daily.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    texts = (_GOUT, _TUBERCULOSIS, _ANTIDOTES, _NEONATES, _MIXED)
    documents = [{"title": text.partition("\n")[0].strip("# "), "text": text} for text in texts]
    return library_of(tmp_path_factory.mktemp("plain"), *documents)


@pytest.mark.parametrize(
    ("question", "dose"),
    [
        ("What is the dose of allopurinol for an adult with gout and normal kidneys?", "100 mg"),
        ("To what dose is allopurinol raised after four weeks in gout?", "200 mg"),
        ("What dose of febuxostat may replace allopurinol in an adult with gout?", "80 mg"),
        ("What dose of naproxen is given for a gout flare in an adult?", "naproxen 500 mg"),
        (
            "What dose of colchicine is given to an adult with gout who has taken ciclosporin "
            "for a week?",
            "every third day",
        ),
        ("What dose of allopurinol is given in gout with an eGFR of 45?", "50 mg once daily"),
        ("What dose of allopurinol is given in gout with an eGFR of 20?", "alternate days"),
        ("What dose of canakinumab is given for steroid-refractory gout?", "150 mg"),
        ("What oral dose of rifabutin is for an adult with tuberculosis?", "150–450 mg"),
        ("What intramuscular dose of streptomycin is for an adult with tuberculosis?", "15 mg/kg"),
        ("What is the daily dose of pyrazinamide for an adult with tuberculosis?", "2 g"),
        (
            "What dose of ethambutol is used in tuberculosis with a creatinine clearance of 20?",
            "15 mg/kg three times a week",
        ),
        ("What dose of folinic acid is for an adult with methotrexate overdose?", "15 mg IV"),
        ("What loading dose of caffeine citrate is for apnoea of prematurity?", "20 mg/kg"),
        (
            "What dose of caffeine citrate follows after loading in apnoea of prematurity?",
            "5 mg/kg",
        ),
        ("What loading dose of phenobarbital is given for seizures in a newborn?", "20 mg/kg"),
        ("What dose of ustekinumab starts in psoriasis in an adult of 110 kg?", "90 mg"),
        ("What dose of ustekinumab starts in psoriasis in an adult of 80 kg?", "45 mg"),
        ("What intraperitoneal dose of vancomycin treats PD peritonitis?", "30 mg/kg IP"),
        ("At what rate is ketamine given by vein when propofol lowers the pressure?", "0.5 mg/kg"),
        ("What dose of cefalexin treats bacteriuria in pregnancy at 20 weeks?", "500 mg"),
        ("What dose of co-trimoxazole treats pneumocystis pneumonia in an adult?", "5 mg/kg"),
        ("What dose of caspofungin is considered with rifampicin?", "70 mg"),
        ("What oral dose of deferiprone is given in transfusional iron overload?", "25 mg/kg"),
    ],
)
def test_the_dose_that_is_asked_for_opens(library: Library, question: str, dose: str) -> None:
    opening = ask(library, question).bottom_line
    assert opening, question
    assert dose in opening[0].text


@pytest.mark.parametrize(
    "question",
    [
        "What intravenous dose of allopurinol is given in gout?",
        "What dose of allopurinol is given to a child of 6 with gout?",
        "What oral dose of streptomycin is given in tuberculosis?",
        "What intraperitoneal dose of gentamicin is given for peritonitis?",
    ],
)
def test_another_route_patient_or_use_has_no_dose(library: Library, question: str) -> None:
    assert not any(claim.dosages for claim in ask(library, question).bottom_line)


def test_a_row_is_cut_to_the_drug_asked_about(library: Library) -> None:
    first = ask(library, "Daily dose of pyrazinamide for an adult with tuberculosis?").bottom_line[
        0
    ]
    assert "Ethambutol" not in first.text
    assert {d.substance for d in first.dosages} == {"pyrazinamide"}


def test_a_dose_stands_under_the_drug_of_its_heading(library: Library) -> None:
    first = ask(library, "Oral dose of rifabutin for an adult with tuberculosis?").bottom_line[0]
    assert first.text.startswith("RIFABUTIN")
