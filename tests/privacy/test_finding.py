"""What tells who a patient is, is found; what is clinical is not."""

from __future__ import annotations

from itertools import pairwise

import pytest

from osler.domain.identifier import IdentifierKind
from osler.privacy import find_identifiers
from osler.privacy.numbers import is_nhs_number

Kind = IdentifierKind


@pytest.mark.parametrize(
    ("text", "kind", "hidden"),
    [
        ("Metformin for Maria Gonzalez, 67F?", Kind.NAME, "Maria Gonzalez"),
        ("Mr Bell has Bell's palsy: prednisolone dose?", Kind.NAME, "Bell"),
        ("Mrs Yasmin Khan takes Yasmin. Safe?", Kind.NAME, "Yasmin Khan"),
        ("SMITH, John needs apixaban", Kind.NAME, "SMITH, John"),
        ("vancomycin for mr john smith", Kind.NAME, "john smith"),
        ("pt Thandiwe Nkosi has AF", Kind.NAME, "Thandiwe Nkosi"),
        ("Mr de la Cruz, 58, dose of vancomycin?", Kind.NAME, "de la Cruz"),
        ("Xiomara Etxeberria is allergic to penicillin", Kind.NAME, "Xiomara Etxeberria"),
        ("the girl in there is called Oonagh, paracetamol?", Kind.NAME, "Oonagh"),
        ("B12 dose, DOB 12/03/1946?", Kind.BIRTH, "DOB 12/03/1946"),
        ("born on 3 June 1958, dose of B12?", Kind.BIRTH, "born on 3 June 1958"),
        ("admitted on 12/03/24 with sepsis", Kind.DATE, "12/03/24"),
        ("seen 2025-01-17: INR 6", Kind.DATE, "2025-01-17"),
        ("97F on metformin", Kind.AGE, "97"),
        ("a 102-year-old man", Kind.AGE, "102"),
        ("NHS 943 476 5919: B12 dose", Kind.NHS, "NHS 943 476 5919"),
        ("B12 dose for 9434765919", Kind.NHS, "9434765919"),
        ("MRN 00123456 on warfarin", Kind.RECORD, "MRN 00123456"),
        ("hospital number H4471920, lithium", Kind.RECORD, "hospital number H4471920"),
        ("SSN 123-45-6789, empagliflozin", Kind.SSN, "SSN 123-45-6789"),
        ("call 07700 900123 on her methotrexate", Kind.PHONE, "call 07700 900123"),
        ("mail jd@clinic.example the dose", Kind.EMAIL, "jd@clinic.example"),
        ("oxygen at home, LS1 4AP", Kind.POSTCODE, "LS1 4AP"),
        ("lives at 14 Oak Street, COPD", Kind.ADDRESS, "14 Oak Street"),
        ("Bay 3 bed 2: potassium 6.4", Kind.BED, "Bay 3 bed 2"),
        ("policy number AB-2231-77, levothyroxine", Kind.ACCOUNT, "policy number AB-2231-77"),
    ],
)
def test_an_identifier_is_found(text: str, kind: IdentifierKind, hidden: str) -> None:
    assert (kind, hidden) in [(i.kind, i.text) for i in find_identifiers(text)]


@pytest.mark.parametrize(
    "text",
    [
        "What is the maintenance dose of vitamin B12 after loading?",
        "Does NICE recommend Glucophage for Crohn's disease?",
        "Hodgkin lymphoma, Addison's disease, Wilson's disease, Cushing syndrome: steroids?",
        "Bell's palsy: prednisolone 50 mg daily for 10 days?",
        "Is Yasmin safe with Parkinson's disease?",
        "Wernicke encephalopathy: Pabrinex dose?",
        "amlodipine/valsartan/hydrochlorothiazide 5/160/12.5 mg, or 2/10/20 mg?",
        "BP 120/80, K 5.2 mmol/L, Hb 81 g/L, INR 2.5, eGFR 24 mL/min",
        "Repeat every 2-3 months, last dose 10 weeks ago, review in 2025",
        "78F 95 kg eGFR 91: dose of gentamicin 5 mg/kg?",
        "technetium 99m dose?",
        "MS Contin 30 mg every 12 hours to oxycodone?",
        "Does the patient need bed rest?",
        "WHO and BNF doses of amoxicillin for a child of 12 kg",
        "Ehlers-Danlos syndrome and Guillain-Barré syndrome: vaccines?",
        "How is Lassa fever treated?",
        "What are the treatments for Bardet Biedl syndrome?",
        "Pethidine for rigors with amphotericin B; rales at the bases?",
    ],
)
def test_what_is_clinical_stays(text: str) -> None:
    assert find_identifiers(text) == ()


def test_places_do_not_overlap_and_stand_in_order() -> None:
    text = "Mr John Smith, DOB 12/03/1946, NHS 943 476 5919, room 12, LS1 4AP, 97M: B12?"
    found = find_identifiers(text)
    assert len(found) == 6
    assert all(text[i.start : i.end] == i.text for i in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("digits", "valid"),
    [("943 476 5919", True), ("9434765918", False), ("0000000000", False), ("123", False)],
)
def test_the_check_digit_of_an_nhs_number(digits: str, valid: bool) -> None:
    assert is_nhs_number(digits) is valid


@pytest.mark.parametrize(
    "text",
    ["Bitten by a tick in Connecticut, doxycycline?", "lives in Texas, on warfarin"],
)
def test_a_state_is_large_enough_to_be_told(text: str) -> None:
    assert find_identifiers(text) == ()


def test_a_town_beside_its_state_is_hidden() -> None:
    found = find_identifiers("lives in Springfield, Illinois, on warfarin")
    assert [i.text.startswith("Springfield") for i in found] == [True]
