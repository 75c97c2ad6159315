"""What may answer at all: nothing on another matter beside what is on it."""

from __future__ import annotations

from pathlib import Path

from tests.answering.documents import library_of

from osler.answering import ask

GOUT = {"title": "Acute gout", "text": "# Treatment\n\nGive naproxen 500 mg twice daily."}
OTHER = {
    "title": "Vancomycin infusions",
    "text": "# Treatment\n\nAcute reactions: treatment is to infuse no faster than "
    "500 mg per hour.",
}
FIBRATES = {
    "title": "Fibrates",
    "text": "# Dose\n\n| eGFR, mL/min | Fenofibrate |\n|---|---|\n"
    "| 60 or more | 200 mg once daily |\n| 30–59 | 67 mg once daily |",
}


def test_a_dose_for_something_else_does_not_stand_beside_the_one_asked_about(
    tmp_path: Path,
) -> None:
    with library_of(tmp_path, GOUT, OTHER) as library:
        answer = ask(library, "acute gout treatment")
    claims = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    assert any("naproxen 500 mg" in claim.text for claim in claims)
    assert not any("500 mg per hour" in claim.text for claim in claims)


def test_a_finding_with_its_value_is_no_purpose_that_the_text_must_name(tmp_path: Path) -> None:
    with library_of(tmp_path, FIBRATES) as library:
        answer = ask(library, "fenofibrate dose for lipaemia 14, eGFR 45")
        other = ask(library, "fenofibrate dose for scabies, eGFR 45")
    assert "67 mg" in answer.bottom_line[0].text
    assert not other.bottom_line


HYDRALAZINE = {
    "title": "Severe pre-eclampsia on the ward",
    "text": "# Dose\n\n- Hydralazine 5 mg IV, repeated once after 20 minutes.",
}


def test_what_only_the_pregnant_have_covers_the_pregnant(tmp_path: Path) -> None:
    with library_of(tmp_path, HYDRALAZINE) as library:
        answer = ask(library, "hydralazine dose, 34 weeks pregnant, pre-eclampsia")
    assert "5 mg" in answer.bottom_line[0].text


PRE_ECLAMPSIA = {
    "title": "High blood pressure in pregnancy",
    "text": "# Severe\n\nGive labetalol 200 mg by mouth, repeated once after 30 minutes.",
}
HYPERTENSION = {
    "title": "High blood pressure",
    "text": "# Treatment\n\nGive labetalol 100 mg twice daily.",
}
LITHIUM = {
    "title": "Lithium",
    "text": "# Dose\n\nRaise lithium by 200 mg a week to a target of 800 mg a day.\n\n"
    "The neutrophil target is at least 2.0.",
}
LITHIUM_LEVELS = {
    "title": "Lithium levels",
    "text": "# Levels\n\nAim for a lithium level of 0.6 to 0.8 mmol/L, 12 hours after a dose.",
}
INTERACTION = {
    "title": "Tuberculosis",
    "text": "# Interactions\n\nRifampicin makes combined oral contraceptives fail: use another "
    "method.\n\n# Dose\n\nRifampicin 600 mg once daily.",
}


def test_a_document_on_pregnancy_answers_for_the_pregnant(tmp_path: Path) -> None:
    with library_of(tmp_path, PRE_ECLAMPSIA, HYPERTENSION) as library:
        answer = ask(library, "labetalol dose, 34 weeks pregnant, high blood pressure")
    claims = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    assert any("200 mg" in claim.text for claim in claims)
    assert not any("100 mg" in claim.text for claim in claims)


def test_a_dose_to_aim_for_is_no_level_to_aim_for(tmp_path: Path) -> None:
    question = "lithium trough level to aim for, mmol/L"
    with library_of(tmp_path / "doses", LITHIUM) as library:
        assert ask(library, question).abstention is not None
    with library_of(tmp_path / "levels", LITHIUM, LITHIUM_LEVELS) as library:
        assert "0.6 to 0.8" in ask(library, question).bottom_line[0].text


def test_what_names_both_drugs_tells_whether_they_go_together(tmp_path: Path) -> None:
    with library_of(tmp_path, INTERACTION) as library:
        answer = ask(library, "on rifampicin for TB, is my contraceptive pill still safe?")
    assert any("fail" in claim.text for claim in answer.bottom_line)


def test_a_document_on_the_parts_of_a_combination_is_on_it(tmp_path: Path) -> None:
    label = {
        "title": "Lumether (artemether 20 mg / lumefantrine 120 mg) tablets",
        "kind": "drug label",
        "text": "| Body weight | Tablets per dose |\n|---|---|\n| 15 to less than 25 kg | 2 |\n"
        "| 25 to less than 35 kg | 3 |\n\nIf the patient vomits within 1 hour, repeat the whole "
        "dose.",
    }
    with library_of(tmp_path, label) as library:
        answer = ask(library, "coartem tabs for my 28 kg son, how many each time?")
    assert "3" in answer.bottom_line[0].text


def test_a_condition_denied_in_a_row_is_not_asked_of_its_patients(tmp_path: Path) -> None:
    protocol = {
        "title": "Raised INR and bleeding on warfarin",
        "text": "| INR and bleeding | Vitamin K |\n|---|---|\n"
        "| Above 8.0, bleeding | 3 mg IV |\n| Above 8.0, no bleeding | 1–5 mg by mouth |",
    }
    with library_of(tmp_path, protocol) as library:
        answer = ask(library, "INR 9.2 on warfarin, no bleeding. vitamin K dose?")
    assert "1–5 mg" in answer.bottom_line[0].text
    assert not any("3 mg IV" in claim.text for claim in answer.bottom_line)


AMIKACIN = {
    "title": "Amikacin",
    "text": "# Dose\n\nGive amikacin 15 mg/kg IV once daily.\n\n"
    "# Renal impairment\n\nGive 7.5 mg/kg IV once daily below 30 mL/min.",
}
SEPSIS = {"title": "Sepsis", "text": "# First hour\n\nGive ceftriaxone 2 g IV in sepsis."}


def test_a_part_on_a_circumstance_does_not_tell_another_use(tmp_path: Path) -> None:
    with library_of(tmp_path, AMIKACIN, SEPSIS) as library:
        answer = ask(library, "amikacin dose for a man of 40 with sepsis")
    assert "15 mg/kg IV" in answer.bottom_line[0].text


SERTRALINE = {
    "title": "Sertraline (formulary page)",
    "text": "# Depression: adults\n\nSertraline 50 mg once daily, maximum 200 mg daily.\n\n"
    "# Adolescents of 12 to 17 years\n\n25 mg once daily to begin with, maximum 200 mg daily.\n\n"
    "# Panic disorder: adults\n\nSertraline 25 mg once daily for one week, then 50 mg.",
}


def test_what_is_treated_may_be_named_where_the_drug_is_dosed_for_others(tmp_path: Path) -> None:
    with library_of(tmp_path, SERTRALINE) as library:
        answer = ask(library, "sertraline dose in a 14 year old with depression")
        other = ask(library, "sertraline dose in a 14 year old with premature ejaculation")
    assert "25 mg once daily to begin with" in answer.bottom_line[0].text
    assert not other.bottom_line


LITHIUM_CARD = {
    "title": "Bipolar disorder, ward card",
    "text": "# Mania\n\nPain: paracetamol 1 g four times a day. "
    "Do not give NSAIDs with lithium.\n\nSleep: promethazine 25 mg at night.",
}


def test_how_a_class_goes_with_a_drug_is_said_of_its_members(tmp_path: Path) -> None:
    with library_of(tmp_path, LITHIUM_CARD) as library:
        answer = ask(library, "He is on lithium for bipolar disorder. Is naproxen OK?")
        dose = ask(library, "naproxen dose in bipolar disorder")
    assert "Do not give NSAIDs with lithium" in answer.bottom_line[0].text
    assert not any(c.dosages for c in dose.bottom_line)


TAZOBACTAM = {
    "title": "Sepsis in adults",
    "text": "# Kidneys\n\n| CrCl (mL/min) | Piperacillin with tazobactam | Meropenem |\n"
    "|---|---|---|\n"
    "| 20 to 40 | 4.5 g every 8 hours | 1 g every 12 hours |\n"
    "| below 20 | 4.5 g every 12 hours | 500 mg every 12 hours |",
}


def test_a_column_of_a_fixed_combination_is_found_by_its_brand(tmp_path: Path) -> None:
    with library_of(tmp_path, TAZOBACTAM) as library:
        answer = ask(library, "tazocin dose in sepsis with CrCl 17")
    assert "4.5 g every 12 hours" in answer.bottom_line[0].text


SINUSITIS = {
    "title": "Acute sinusitis",
    "text": "# Doxycycline\n\n- Adults: doxycycline 100 mg once daily.\n\n# Penicillin\n\n"
    "- Adults: phenoxymethylpenicillin 500 mg four times a day.\n"
    "- Children, erythromycin four times a day:\n\n"
    "| Weight | Dose |\n|---|---|\n| 10 to 20 kg | 125 mg |\n| 21 to 40 kg | 250 mg |",
}


def test_a_table_below_an_item_with_a_colon_is_of_its_drug_and_people(tmp_path: Path) -> None:
    with library_of(tmp_path, SINUSITIS) as library:
        adult = ask(library, "phenoxymethylpenicillin for an adult with sinusitis")
        child = ask(library, "erythromycin for a 25 kg child of 7 years with sinusitis")
    claims = [*adult.bottom_line, *(c for s in adult.sections for c in s.claims)]
    assert "500 mg" in adult.bottom_line[0].text
    assert not any("250 mg" in claim.text for claim in claims)
    assert "250 mg" in child.bottom_line[0].text


def test_a_heading_that_goes_on_about_an_illness_is_on_no_other(tmp_path: Path) -> None:
    text = "## First\n\nImmunoglobulin 2 g/kg.\n\n## Still febrile\n\nInfliximab 10 mg/kg once.\n"
    with library_of(tmp_path, {"title": "Kawasaki disease", "text": text}) as library:
        answer = ask(library, "infliximab dose in Kawasaki disease?")
    assert any("10 mg/kg" in claim.text for claim in answer.bottom_line)
