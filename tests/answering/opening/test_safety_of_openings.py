"""Doses for other indications, people and allergies do not open an answer; bars do."""

from pathlib import Path

import pytest

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library

ANTICOAGULANT = """# Dabigatran in adults

**Stroke prevention in atrial fibrillation:** 150 mg twice daily. Give 110 mg twice daily at age
80 or over.

**Treatment of DVT and PE:** 150 mg twice daily. The same reasons lead to 110 mg twice daily.

**Prophylaxis after hip or knee replacement:** 220 mg once daily. 150 mg once daily if aged 75 or
over.
"""
GLIFLOZINS = """# SGLT2 inhibitors and kidney function

| Drug | Dose | Do not start below (eGFR, mL/min/1.73 m²) |
|---|---|---|
| dapagliflozin | 10 mg once daily | 15 |
| empagliflozin | 10 mg once daily | 20 |
"""
ACE = """# ACE inhibitors in heart failure

Ramipril 1.25 mg twice daily is the starting dose in heart failure.

Never combine with sacubitril-valsartan. A history of angioedema is an absolute bar.
"""
BISPHOSPHONATE = """# Alendronic acid

Alendronic acid 70 mg once weekly. May be used down to an eGFR of 30; avoid below that.
"""
SKIN = """# Skin infection

| Situation | Adult | Child |
|---|---|---|
| Cellulitis | flucloxacillin 500 mg four times a day | flucloxacillin 250 mg four times a day |
| Cellulitis, penicillin allergy | clindamycin 300 mg four times a day | clindamycin 25 mg/kg/day |

- Children with cellulitis: flucloxacillin by mouth for 5–7 days.
"""
THRUSH = """# Vulvovaginal candidiasis

- Acute thrush: fluconazole 150 mg by mouth as a single dose.
- Pregnancy: no oral azole. Clotrimazole pessary 500 mg at night for up to 7 nights.
"""
ANTIDEPRESSANT = """# Mirtazapine

- Depression: 15 mg at night.
- Not with an MAOI or within 2 weeks of one, in either direction.
"""
VALPROATE = """# Valproate: prescribing and pregnancy prevention

## Dose in epilepsy

Sodium valproate 300 mg twice daily to begin with.

## Women

A woman who becomes pregnant on valproate is referred at once to the epilepsy specialist.
"""
DENOSUMAB = """# Denosumab

- No dose change is needed in renal impairment. The risk of hypocalcaemia rises when creatinine
  clearance is below 30 mL/min.
"""
OPIOIDS = """# Opioid overdose

Ventilation comes before naloxone.

**Adults:** 400 micrograms IV first.

**Opioid-dependent patients:** 100 micrograms IV.

**Children under 12 years:** 100 micrograms/kg IV, maximum 2 mg.
"""
ARREST = """# Amiodarone

## Pulseless VT or VF

300 mg IV after the third shock.
"""
COMBINATION = """# Co-trimoxazole in pneumocystis pneumonia

Co-trimoxazole is first choice: 480 mg holds trimethoprim 80 mg and sulfamethoxazole 400 mg.

**Treatment**

- Severe pneumocystis pneumonia: 120 mg/kg/day IV for 3 days.
"""
PREGABALIN = """# Pregabalin

Neuropathic pain: start 150 mg a day in two or three doses.

| CrCl (mL/min) | Start (per day) | Maximum (per day) |
|---|---|---|
| 30–59 | 75 mg | 300 mg |
| 15–29 | 25–50 mg | 150 mg |
"""


def answer(folder: Path, text: str, question: str) -> Answer:
    (folder / "source.md").write_text(text, "utf-8")
    with Library.create(folder / "library") as library:
        library.add([folder / "source.md"])
        return ask(library, question)


def opening(found: Answer) -> str:
    return " | ".join(c.text for c in found.bottom_line)


def everything(found: Answer) -> str:
    rest = [c.text for section in found.sections for c in section.claims]
    return " | ".join([opening(found), *rest])


def test_a_dose_keeps_the_indication_of_its_paragraph(tmp_path: Path) -> None:
    found = answer(tmp_path, ANTICOAGULANT, "dabigatran after hip replacement, aged 82")
    assert "hip or knee replacement: 150 mg once daily" in opening(found)
    assert "age 80 or over" not in opening(found).replace("\n", " ")


def test_a_dose_for_reasons_told_elsewhere_is_not_shown(tmp_path: Path) -> None:
    found = answer(tmp_path, ANTICOAGULANT, "dabigatran dose for DVT")
    assert "same reasons" not in everything(found)
    assert "150 mg twice daily" in opening(found)


@pytest.mark.parametrize(("egfr", "said", "dosed"), [(12, "no", False), (25, "yes", True)])
def test_a_column_of_limits_bars_the_dose_beside_it(
    tmp_path: Path, egfr: int, said: str, dosed: bool
) -> None:
    found = answer(tmp_path, GLIFLOZINS, f"can empagliflozin be started at eGFR {egfr}")
    assert found.yes_no == said
    assert ("10 mg" in opening(found)) is dosed
    assert "Do not start below" in opening(found)


def test_an_absolute_bar_rules_out(tmp_path: Path) -> None:
    found = answer(tmp_path, ACE, "ramipril dose in heart failure, previous angioedema")
    assert "absolute bar" in opening(found)
    assert "1.25 mg" not in opening(found)


@pytest.mark.parametrize(("egfr", "said"), [(24, "no"), (45, "yes")])
def test_down_to_a_value_allows_above_and_bars_below(tmp_path: Path, egfr: int, said: str) -> None:
    found = answer(tmp_path, BISPHOSPHONATE, f"can alendronate be used with eGFR {egfr}?")
    assert found.yes_no == said
    assert "avoid below that" in opening(found)


def test_nothing_gives_what_the_patient_is_allergic_to(tmp_path: Path) -> None:
    found = answer(tmp_path, SKIN, "cellulitis in a penicillin allergic child")
    assert "clindamycin 25 mg/kg/day" in opening(found)
    assert "flucloxacillin" not in everything(found)
    assert "300 mg" not in everything(found)  # the adult's


def test_a_rash_with_a_drug_is_an_allergy_where_something_else_is_treated(tmp_path: Path) -> None:
    found = answer(tmp_path, SKIN, "adult with cellulitis, penicillin rash, what to give")
    assert "clindamycin 300 mg" in opening(found)
    assert "flucloxacillin" not in everything(found)


def test_a_bar_on_the_class_answers_in_pregnancy(tmp_path: Path) -> None:
    found = answer(tmp_path, THRUSH, "can fluconazole be given for thrush in pregnancy?")
    assert found.yes_no == "no"
    assert "150 mg" not in opening(found)


def test_what_is_given_in_pregnancy_is_found_by_its_label(tmp_path: Path) -> None:
    found = answer(tmp_path, THRUSH, "thrush treatment in pregnancy")
    assert "Clotrimazole pessary 500 mg" in opening(found)
    assert "150 mg" not in everything(found)


def test_the_class_of_the_other_drug_answers_for_it(tmp_path: Path) -> None:
    found = answer(tmp_path, ANTIDEPRESSANT, "can mirtazapine be given with moclobemide?")
    assert found.yes_no == "no"
    assert "MAOI" in opening(found)


def test_preventing_pregnancy_gives_no_dose_for_the_pregnant(tmp_path: Path) -> None:
    found = answer(tmp_path, VALPROATE, "valproate dose in pregnancy")
    assert "300 mg" not in everything(found)
    assert "becomes pregnant" in opening(found)


def test_leave_stands_with_the_warning_behind_it(tmp_path: Path) -> None:
    found = answer(tmp_path, DENOSUMAB, "is denosumab safe in CKD 4?")
    assert found.yes_no is None
    assert "hypocalcaemia" in opening(found)


def test_who_depends_on_a_drug_is_not_given_it(tmp_path: Path) -> None:
    found = answer(tmp_path, OPIOIDS, "naloxone dose, opioid overdose, child of 5")
    assert "100 micrograms/kg" in opening(found)


def test_a_kind_of_the_illness_answers_for_it(tmp_path: Path) -> None:
    found = answer(tmp_path, ARREST, "amiodarone dose in cardiac arrest")
    assert "300 mg" in opening(found)


def test_items_go_on_about_the_drug_of_their_document(tmp_path: Path) -> None:
    found = answer(tmp_path, COMBINATION, "IV co-trimoxazole dose in severe PCP")
    assert "120 mg/kg/day" in opening(found)


def test_the_usual_dose_does_not_open_where_kidneys_lower_it(tmp_path: Path) -> None:
    found = answer(tmp_path, PREGABALIN, "pregabalin starting dose, neuropathic pain, CrCl 22")
    assert "25–50 mg" in opening(found)
    assert "start 150 mg" not in opening(found)
