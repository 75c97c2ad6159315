"""A drug is barred for what the patient is allergic to or takes, and for kidneys as bad as said."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.domain import Answer, Applies, Patient

RANOLAZINE = """## Dose

Angina in adults: ranolazine 375 mg orally twice daily, then 500 mg twice daily.

## Cautions

Ranolazine must not be given with carbamazepine.

Ranolazine is contraindicated in hypersensitivity to quinoline yellow or to soya.
"""
METHOTREXATE = """## Dose

In rheumatoid arthritis methotrexate is started at 15 mg orally once weekly.

## Monitoring

Methotrexate: avoid in severe renal impairment and reduce the dose when it is moderate.
"""
DOSE = "ranolazine dose for angina in a woman of 60"


def _ask(folder: Path, text: str, question: str, patient: Patient | None = None) -> Answer:
    title = "Ranolazine" if "anolazine" in text else "Methotrexate"
    with library_of(folder, {"title": title, "text": text}) as library:
        return ask(library, question, patient=patient)


def _opening(answer: Answer) -> list[str]:
    return [claim.text for claim in answer.bottom_line]


@pytest.mark.parametrize(
    ("told", "patient", "why"),
    [
        (" on carbamazepine", None, "takes carbamazepine"),
        ("", Patient(drugs=("carbamazepine",)), "takes carbamazepine"),
        (" allergic to soya", None, "allergic to soya"),
        (" allergic to quinoline yellow", None, "allergic to quinoline yellow"),
        ("", Patient(allergies=("soya",)), "allergic to soya"),
    ],
)
def test_what_bars_the_drug_opens_with_its_reason(
    tmp_path: Path, told: str, patient: Patient | None, why: str
) -> None:
    answer = _ask(tmp_path, RANOLAZINE, DOSE + told, patient)
    first = answer.bottom_line[0]
    assert "must not be given" in first.text or "contraindicated" in first.text
    assert first.applies is Applies.YES
    assert first.because == (why,)
    shown = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    assert not any("375 mg" in claim.text for claim in shown)


@pytest.mark.parametrize(
    "told", ["", " on amlodipine", " allergic to latex", " not allergic to soya"]
)
def test_what_the_patient_neither_has_nor_takes_bars_nothing(tmp_path: Path, told: str) -> None:
    assert "375 mg" in _opening(_ask(tmp_path, RANOLAZINE, DOSE + told))[0]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ranolazine is not contraindicated in soya allergy.",
        "Ranolazine may be used in those allergic to soya.",
        "Ranolazine is never taken on the same day as carbamazepine.",
        "More than 375 mg of ranolazine is not recommended with carbamazepine.",
    ],
)
def test_leave_and_limits_are_no_bar(tmp_path: Path, sentence: str) -> None:
    text = f"{RANOLAZINE.split('## Cautions')[0]}## Cautions\n\n{sentence}\n"
    answer = _ask(tmp_path, text, f"{DOSE} on carbamazepine, allergic to soya")
    assert any("375 mg orally" in line for line in _opening(answer)), _opening(answer)


@pytest.mark.parametrize(
    ("told", "dosed"),
    [
        ("with severe renal impairment", False),
        ("eGFR 25", False),
        ("eGFR 45", True),
        ("with moderate renal impairment", True),
    ],
)
def test_severe_impairment_rules_out_and_a_lesser_one_only_warns(
    tmp_path: Path, told: str, dosed: bool
) -> None:
    answer = _ask(tmp_path, METHOTREXATE, f"methotrexate dose in rheumatoid arthritis, {told}")
    opening = _opening(answer)
    assert "avoid in severe renal impairment" in opening[0].lower()
    assert any("15 mg" in line for line in opening) is dosed, opening


def test_sound_kidneys_are_not_warned_of(tmp_path: Path) -> None:
    answer = _ask(tmp_path, METHOTREXATE, "methotrexate dose in rheumatoid arthritis, eGFR 90")
    assert "15 mg" in _opening(answer)[0]
