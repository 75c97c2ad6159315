"""A drug asked about for who is allergic to it: what there is in its place, or silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.domain import Answer, Applies

ERYSIPELAS = """## Treatment

- Flucloxacillin: 500 mg every 6 hours for 7 days
- Paracetamol: 500 mg every 6 hours for pain

Patients allergic to penicillin:

- Clarithromycin: 500 mg every 12 hours for 7 days
"""
WITHOUT_ALTERNATIVE = ERYSIPELAS.partition("Patients allergic")[0]


def _ask(folder: Path, text: str, question: str) -> Answer:
    with library_of(folder, {"title": "Erysipelas", "text": text}) as library:
        return ask(library, question)


@pytest.mark.parametrize(
    "question",
    [
        "Flucloxacillin for erysipelas, penicillin allergic patient",
        "flucloxacillin dose in erysipelas in an adult allergic to penicillin",
    ],
)
def test_what_there_is_instead_opens_the_answer(tmp_path: Path, question: str) -> None:
    answer = _ask(tmp_path, ERYSIPELAS, question)
    opening = [claim.text for claim in answer.bottom_line]
    assert "Clarithromycin" in opening[0], opening
    assert not any("lucloxacillin" in line or "aracetamol" in line for line in opening), opening
    assert answer.safety_notices


def test_what_the_patient_is_allergic_to_never_applies(tmp_path: Path) -> None:
    question = "flucloxacillin dose in erysipelas in an adult allergic to penicillin"
    answer = _ask(tmp_path, ERYSIPELAS, question)
    claims = (*answer.bottom_line, *(c for s in answer.sections for c in s.claims))
    its = [c for c in claims if c.text.startswith("Flucloxacillin")]
    assert all(c.applies is Applies.NO for c in its), its


def test_silence_where_nothing_stands_in_its_place(tmp_path: Path) -> None:
    question = "Flucloxacillin for erysipelas, penicillin allergic patient"
    answer = _ask(tmp_path, WITHOUT_ALTERNATIVE, question)
    assert answer.abstention is not None, answer.bottom_line


def test_the_drug_is_told_of_where_nobody_is_allergic(tmp_path: Path) -> None:
    answer = _ask(tmp_path, ERYSIPELAS, "flucloxacillin dose in erysipelas")
    assert "Flucloxacillin" in answer.bottom_line[0].text


PNEUMONIA = """## First line

- Amoxicillin with clavulanic acid 625 mg three times a day with clarithromycin 500 mg twice a day.

## Penicillin allergy

- not severe (rash): cefuroxime 500 mg twice a day
- severe (anaphylaxis): levofloxacin 500 mg twice a day

## Kidneys

| CrCl (mL/min) | Piperacillin with tazobactam | Levofloxacin |
|---|---|---|
| above 40 | 4.5 g every 6 hours | 500 mg every 12 hours |
| below 20 | 4.5 g every 12 hours | 250 mg every 24 hours |
"""


@pytest.mark.parametrize(
    ("reaction", "opens", "not_given"),
    [
        ("had anaphylaxis with amoxicillin", "levofloxacin 500 mg", "cefuroxime"),
        ("got a rash with amoxicillin", "cefuroxime 500 mg", "levofloxacin 500 mg twice"),
    ],
)
def test_the_reaction_decides_what_is_given_instead(
    tmp_path: Path, reaction: str, opens: str, not_given: str
) -> None:
    with library_of(tmp_path, {"title": "Pneumonia", "text": PNEUMONIA}) as library:
        answer = ask(library, f"Pneumonia but the patient {reaction}. What do we give?")
    opening = " ".join(claim.text for claim in answer.bottom_line)
    assert opens in opening
    assert not_given not in opening
    assert "lavulanic" not in opening
    shown = [c.text for c in (*answer.bottom_line, *(c for s in answer.sections for c in s.claims))]
    assert not any("4.5 g" in text for text in shown), shown
