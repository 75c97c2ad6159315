"""What stands under a heading that forbids bars the drug, and is shown with the heading."""

from __future__ import annotations

from pathlib import Path

import pytest

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library


def library_of(folder: Path, name: str, text: str) -> Library:
    (folder / name).write_text(text, "utf-8")
    with Library.create(folder / "library") as library:
        library.add([folder / name])
    return Library.open(folder / "library")


def every_text(answer: Answer) -> list[str]:
    body = [claim for section in answer.sections for claim in section.claims]
    return [claim.text for claim in (*answer.bottom_line, *body)]


CASES = (
    (
        "a.txt",
        "Haloperidol\n\nHaloperidol 0.5 mg by mouth twice daily for agitation.\n\n"
        "CONTRAINDICATIONS\n\nHaloperidol in Parkinson's disease.\n",
        "haloperidol dose agitation in Parkinson's disease",
        "Contraindications: Haloperidol in Parkinson's disease.",
    ),
    (
        "a.md",
        "# Domperidone\n\nDomperidone 10 mg by mouth three times daily for nausea.\n\n"
        "## Contraindications\n\n- Parkinson's disease\n- Long QT syndrome\n",
        "domperidone dose in long QT syndrome",
        "Contraindications: Long QT syndrome",
    ),
    (
        "a.html",
        "<h1>Metoclopramide</h1><p>Metoclopramide 10 mg by mouth three times daily for nausea.</p>"
        "<h2>Do not use</h2><ul><li>Parkinson's disease</li><li>Bowel obstruction</li></ul>",
        "metoclopramide dose nausea in Parkinson's disease",
        "Do not use: Parkinson's disease",
    ),
    (
        "a.txt",
        "Heparin\n\n4.2 Posology\n\nHeparin 5000 units subcutaneously twice daily.\n\n"
        "4.3 Contraindications\n\nHeparin-induced thrombocytopenia.\nActive bleeding.\n",
        "heparin dose with heparin-induced thrombocytopenia",
        "Contraindications: Heparin-induced thrombocytopenia.",
    ),
    (
        "a.md",
        "# Propranolol\n\nPropranolol 40 mg by mouth twice daily for migraine.\n\n"
        "## When not to use\n\n- Asthma\n- Heart block\n",
        "propranolol dose migraine in asthma",
        "When not to use: Asthma",
    ),
    (
        "a.html",
        "<h1>Flecainide</h1><p>Flecainide 50 mg by mouth twice daily for atrial fibrillation.</p>"
        "<h2>Avoid in</h2><p>Heart failure.</p><p>Previous myocardial infarction.</p>",
        "flecainide dose atrial fibrillation in heart failure",
        "Avoid in: Heart failure.",
    ),
    (
        "a.md",
        "# Ibuprofen\n\nIbuprofen 400 mg by mouth three times daily for pain.\n\n"
        "## Not for\n\n- Active peptic ulcer\n- Severe renal impairment (eGFR below 30)\n",
        "ibuprofen dose with eGFR 20",
        "Not for: Severe renal impairment (eGFR below 30)",
    ),
)


@pytest.mark.parametrize(("name", "text", "question", "bar"), CASES)
def test_it_opens_and_no_dose_stands_beside_it(
    tmp_path: Path, name: str, text: str, question: str, bar: str
) -> None:
    answer = ask(library_of(tmp_path, name, text), question)
    assert answer.bottom_line[0].text.endswith(bar)
    assert not [said for said in every_text(answer) if "daily" in said]


def test_whom_it_does_not_name_is_dosed(tmp_path: Path) -> None:
    name, text, _, _ = CASES[0]
    answer = ask(library_of(tmp_path, name, text), "haloperidol dose for agitation")
    assert "0.5 mg" in answer.bottom_line[0].text


@pytest.mark.parametrize(
    ("question", "opens"),
    [
        ("dantrolene dose for hyperthermia", "Dantrolene 2.5 mg/kg"),
        ("dantrolene dose for hyperthermia due to sepsis", "Contraindications"),
    ],
)
def test_an_illness_of_another_cause_is_not_barred(
    tmp_path: Path, question: str, opens: str
) -> None:
    text = (
        "# Dantrolene\n\nDantrolene 2.5 mg/kg intravenously for hyperthermia.\n\n"
        "## Contraindications\n\n- Hyperthermia due to sepsis\n- Liver failure\n"
    )
    answer = ask(library_of(tmp_path, "a.md", text), question)
    assert opens in answer.bottom_line[0].text


def test_all_that_is_listed_answers_for_contraindications(tmp_path: Path) -> None:
    name, text, _, _ = CASES[3]
    answer = ask(library_of(tmp_path, name, text), "heparin contraindications")
    said = " ".join(claim.text for claim in answer.bottom_line)
    assert "Contraindications: Heparin-induced thrombocytopenia." in said
    assert "Contraindications: Active bleeding." in said


def test_whether_it_may_be_given_is_denied(tmp_path: Path) -> None:
    text = (
        "Warfarin\n\n4.2 Posology\n\nWarfarin 5 mg by mouth once daily.\n\n"
        "4.3 Contraindications\n\nPregnancy.\nActive bleeding.\n"
    )
    answer = ask(library_of(tmp_path, "a.txt", text), "can warfarin be given in pregnancy")
    assert answer.yes_no == "no"
