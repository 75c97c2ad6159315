"""What opens an answer is for the need that was asked about, and for no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.answering.opening.other_needs import tells_of_a_missed_dose
from osler.domain import Answer


def _ask(folder: Path, title: str, text: str, question: str) -> Answer:
    with library_of(folder, {"title": title, "text": text}) as library:
        return ask(library, question)


def _opening(answer: Answer) -> str:
    return " | ".join(claim.text for claim in answer.bottom_line)


APIXABAN = """## Treatment of deep vein thrombosis

Apixaban 10 mg twice daily for 7 days, then 5 mg twice daily.

A missed dose of apixaban is taken at once; two 2.5 mg tablets may be taken together.
"""


def test_what_is_taken_for_a_missed_dose_opens_only_where_one_was_missed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    new = _ask(tmp_path / "a", "Apixaban", APIXABAN, "Apixaban dose for a new DVT, 50M")
    assert "10 mg twice daily" in _opening(new), _opening(new)
    assert "missed" not in _opening(new), _opening(new)
    missed = "Missed a dose of apixaban for my DVT this morning. How much do I take?"
    assert "missed" in _opening(_ask(tmp_path / "b", "Apixaban", APIXABAN, missed))


@pytest.mark.parametrize(
    "line",
    [
        "Omit the loading dose and give teicoplanin 200 mg once daily.",
        "Skip the evening dose and give teicoplanin 200 mg once daily.",
        "In the frail the loading dose is omitted: teicoplanin 200 mg once daily.",
        "Take care that no dose is missed: teicoplanin 200 mg once daily.",
    ],
)
def test_an_order_to_leave_a_dose_out_is_no_missed_dose(line: str) -> None:
    assert not tells_of_a_missed_dose(line)


@pytest.mark.parametrize(
    "line",
    [
        "A missed dose of teicoplanin: 400 mg at once.",
        "If you forget to take a tablet, take 10 mg as soon as you remember.",
        "If a dose is omitted, 400 mg at once.",
        "Patients who skip two doses: 400 mg at once.",
        "Missed tablets: 10 mg at once.",
    ],
)
def test_what_was_not_taken_in_time_is_a_missed_dose(line: str) -> None:
    assert tells_of_a_missed_dose(line)


def test_the_dose_without_a_loading_dose_opens(tmp_path: Path) -> None:
    text = """## Cellulitis

Omit the loading dose and give teicoplanin 200 mg once daily.

Review teicoplanin after 3 days.
"""
    opening = _opening(_ask(tmp_path, "Teicoplanin", text, "Cellulitis, teicoplanin dose?"))
    assert "200 mg once daily" in opening, opening


MENINGITIS = """## Meningococcal disease

| Who | Ciprofloxacin |
|---|---|
| Contact: 12 years and over | 500 mg by mouth once |
| Patient: 12 years and over | 400 mg by mouth every 12 hours for 7 days |
"""


def test_what_contacts_are_given_does_not_open_for_who_is_ill(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    ill = "30M has meningococcal disease, ciprofloxacin dose?"
    opening = _opening(_ask(tmp_path / "a", "Meningococcal disease", MENINGITIS, ill))
    assert "400 mg" in opening, opening
    assert "Contact" not in opening, opening
    near = "30M household contact of meningococcal disease, ciprofloxacin dose?"
    opening = _opening(_ask(tmp_path / "b", "Meningococcal disease", MENINGITIS, near))
    assert "500 mg" in opening, opening


@pytest.mark.parametrize(
    "question",
    [
        "My flatmate has meningococcal disease and I am well. Ciprofloxacin dose?",
        "Husband of a patient with meningococcal disease, 40M, no symptoms: ciprofloxacin dose?",
        "Meningococcal disease at my daughter's school, she feels fine, ciprofloxacin dose?",
        "Nurse on the ward, severe meningococcal disease in bed 4: ciprofloxacin dose?",
        "Meningococcal disease: ciprofloxacin dose?",
    ],
)
def test_the_dose_of_contacts_stays_where_the_patient_is_not_said_to_be_ill(
    tmp_path: Path, question: str
) -> None:
    opening = _opening(_ask(tmp_path, "Meningococcal disease", MENINGITIS, question))
    assert "500 mg" in opening, opening


TOXOPLASMOSIS = """## Treatment

Pyrimethamine 75 mg once daily for toxoplasmosis.

## Prophylaxis

Pyrimethamine 50 mg once a week to prevent toxoplasmosis.
"""


@pytest.mark.parametrize(
    "question",
    [
        "severe toxoplasmosis, pyrimethamine dose?",
        "toxoplasmosis in HIV: pyrimethamine treatment dose?",
    ],
)
def test_the_dose_that_prevents_does_not_open_where_the_illness_is_there(
    tmp_path: Path, question: str
) -> None:
    opening = _opening(_ask(tmp_path, "Toxoplasmosis", TOXOPLASMOSIS, question))
    assert "75 mg" in opening, opening
    assert "50 mg" not in opening, opening


def test_the_dose_that_prevents_opens_where_that_is_asked(tmp_path: Path) -> None:
    question = "pyrimethamine dose to prevent toxoplasmosis in severe immunosuppression"
    opening = _opening(_ask(tmp_path, "Toxoplasmosis", TOXOPLASMOSIS, question))
    assert "50 mg once a week" in opening, opening


CANDIDIASIS = """## Mucosal candidiasis

- Oral thrush: itraconazole 100 mg once daily for 15 days
- Oesophageal: itraconazole 200 mg once daily for 21 days
- Denture stomatitis: itraconazole 50 mg once daily for 14 days

## Vulvovaginal candidiasis

- Acute thrush: itraconazole 200 mg twice daily for one day
"""


def test_the_very_illness_opens_and_not_its_kin(tmp_path: Path) -> None:
    question = "esophageal candidiasis in an adult: itraconazole dose?"
    opening = _opening(_ask(tmp_path, "Itraconazole", CANDIDIASIS, question))
    assert "200 mg once daily for 21 days" in opening, opening
    assert "twice daily for one day" not in opening, opening
    assert "50 mg" not in opening, opening


OPIOID = """## Changing to prolonged-release tramadol

| Immediate-release (mg, four times daily) | Prolonged-release (mg, twice daily) |
|---|---|
| 25 | 50 |
| 50 | 100 |
| 100 | 200 |
"""


def test_of_a_table_of_switches_the_row_of_the_dose_taken_opens(tmp_path: Path) -> None:
    question = "On tramadol 50 mg four times daily, switch to prolonged-release: what dose?"
    opening = _opening(_ask(tmp_path, "Tramadol", OPIOID, question))
    assert "100 mg" in opening, opening
    assert "200 mg" not in opening, opening
    assert "25 mg" not in opening, opening


HAEMORRHAGE = """## Variceal bleeding

TERLIPRESSIN (first, always): 2 mg IV every 4 hours

OCTREOTIDE (if there is no terlipressin, or terlipressin has failed): 50 micrograms IV at once
"""


def test_what_is_for_want_of_the_drug_asked_about_does_not_open(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    there = "Variceal bleeding, terlipressin dose?"
    opening = _opening(_ask(tmp_path / "a", "Variceal bleeding", HAEMORRHAGE, there))
    assert "2 mg IV" in opening, opening
    assert "OCTREOTIDE" not in opening, opening
    lacking = "Variceal bleeding, no terlipressin: what can I give instead?"
    opening = _opening(_ask(tmp_path / "b", "Variceal bleeding", HAEMORRHAGE, lacking))
    assert "50 micrograms" in opening, opening


CICLOSPORIN = """Starting oral dose:

| Organ | mg/kg/day |
|---|---|
| Kidney, adult, with azathioprine | 9 |
| Heart, adult, with azathioprine | 4 |
| Liver, adult | 7 |
"""


def test_the_row_that_has_more_of_the_words_asked_opens_alone(tmp_path: Path) -> None:
    question = "Kidney transplant, adult on azathioprine: ciclosporin starting dose?"
    opening = _opening(_ask(tmp_path, "Ciclosporin after transplantation", CICLOSPORIN, question))
    assert "9 mg/kg" in opening, opening
    assert "Heart" not in opening, opening
    assert "Liver" not in opening, opening


ALOPECIA = """In alopecia areata we begin with ritlecitinib 50 mg once daily.

In alopecia areata after 24 weeks without regrowth, stop ritlecitinib 50 mg once daily.
"""


def test_a_part_of_the_question_of_which_nothing_is_known_takes_no_room(tmp_path: Path) -> None:
    question = "Alopecia areata: ritlecitinib dose? And can she have the live shingles vaccine?"
    answer = _ask(tmp_path, "Ritlecitinib: shared care", ALOPECIA, question)
    assert len(answer.bottom_line) == 2, _opening(answer)
