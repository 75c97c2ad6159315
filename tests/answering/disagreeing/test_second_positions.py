"""Two short sources whose second position was not found, not let in, or not comparable."""

from pathlib import Path

import pytest

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library

GUIDE = "---\ntitle: {title}\norganization: {by}\nyear: 2021\nkind: guideline\n---\n\n{text}\n"


def answer(folder: Path, question: str, *guides: tuple[str, str]) -> Answer:
    for number, (title, text) in enumerate(guides):
        page = GUIDE.format(title=title, by=f"Board {number}", text=text)
        (folder / f"{number}.md").write_text(page, "utf-8")
    with Library.create(folder / "library") as library:
        library.add([folder / f"{number}.md" for number in range(len(guides))])
        return ask(library, question)


CASES = {
    "how to begin stands last": (
        "starting dose of nebivolol in hypertension",
        (
            "Hypertension (North)",
            "Nebivolol: 5 mg once daily to begin with, then 10 mg daily.",
        ),
        ("Hypertension (South)", "Start nebivolol at 2.5 mg once daily."),
        "dose",
    ),
    "a weight that every adult has": (
        "racecadotril dose for acute diarrhoea, woman of 40",
        ("Acute diarrhoea (North)", "Racecadotril: adult 100 mg by mouth three times a day."),
        (
            "Acute diarrhoea (South)",
            "Racecadotril: adults who weigh 30 kg or more: 30 mg by mouth three times a day.",
        ),
        "dose",
    ),
    "no longer given": (
        "Is flunarizine recommended for vertigo?",
        ("Vertigo (North)", "Flunarizine is no longer recommended for vertigo."),
        ("Vertigo (South)", "Flunarizine may be used for vertigo: 10 mg by mouth at night."),
        "whether to use it",
    ),
    "a bar for all, a use in some": (
        "Is vancomycin 1 g OK for a man with penicillin allergy having a valve operation?",
        ("Surgical prophylaxis (North)", "Vancomycin is not to be used."),
        (
            "Surgical prophylaxis (South)",
            "| Patient | Adult | Child 1 to 17 years |\n|---|---|---|\n"
            "| Allergic to penicillin | vancomycin 1 g IV once | vancomycin 15 mg/kg IV once |",
        ),
        "whether to use it",
    ),
    "a list under the drug": (
        "sirolimus target dose for lymphangioma, by mouth",
        (
            "Lymphangioma (North)",
            "All other patients: oral sirolimus.\n\n1. See the dentist first.\n"
            "2. After a week go to 2 mg once daily.",
        ),
        ("Lymphangioma (South)", "Sirolimus 4 mg by mouth once daily."),
        "dose",
    ),
    "the last step of a schedule": (
        "usual dose of lamotrigine in bipolar disorder, by mouth",
        (
            "Bipolar disorder (North)",
            "Lamotrigine by mouth. Increase as follows:\n\n| Week | Dose |\n|---|---|\n"
            "| 1 | lamotrigine 50 mg once daily |\n| 2 | lamotrigine 100 mg once daily |\n"
            "| 3 onwards | lamotrigine 400 mg once daily |",
        ),
        ("Bipolar disorder (South)", "Lamotrigine 100 mg by mouth once daily."),
        "dose",
    ),
}


@pytest.mark.parametrize("case", sorted(CASES))
def test_sources_differ(tmp_path: Path, case: str) -> None:
    question, one, other, about = CASES[case]
    found = answer(tmp_path, question, one, other)
    assert any(about in conflict.about for conflict in found.conflicts), [
        claim.text for claim in found.bottom_line
    ]


ALIKE = {
    "barred in some only": (
        "Can clonidine be used for menopausal flushing?",
        ("Menopausal flushing (North)", "Do not give clonidine to a patient with a pacemaker."),
        ("Menopausal flushing (South)", "Clonidine 50 micrograms by mouth twice a day."),
    ),
    "a step that both take": (
        "first week of cariprazine in schizophrenia: dose by mouth?",
        (
            "Schizophrenia (North)",
            "Cariprazine by mouth. Increase as follows:\n\n| Week | Dose |\n|---|---|\n"
            "| 1 | cariprazine 1.5 mg once daily |\n| 2 | cariprazine 3 mg once daily |",
        ),
        ("Schizophrenia (South)", "Start cariprazine at 1.5 mg by mouth once daily."),
    ),
}


@pytest.mark.parametrize("case", sorted(ALIKE))
def test_sources_do_not_differ(tmp_path: Path, case: str) -> None:
    question, one, other = ALIKE[case]
    found = answer(tmp_path, question, one, other)
    assert [conflict.about for conflict in found.conflicts] == []


def test_a_dose_that_only_others_make_doubtful_is_a_side(tmp_path: Path) -> None:
    """It stays marked, and an older edition does not answer in its place unopposed."""
    found = answer(
        tmp_path,
        "suramin dose IV in sleeping sickness",
        ("Sleeping sickness (North)", "Suramin 1 mg/kg IV once and pentamidine 4 mg/kg IM once."),
        ("Sleeping sickness (South)", "Suramin 20 mg/kg IV once and pentamidine 4 mg/kg IM once."),
        ("Sleeping sickness (West)", "Suramin: 1.1 mg/kg IV once."),
        ("Sleeping sickness (East)", "Suramin: 0.9 mg/kg IV once."),
    )
    shown = [p.claim for conflict in found.conflicts for p in conflict.positions]
    doubtful = [claim for claim in shown if "20 mg/kg" in claim.text]
    assert doubtful
    assert all(claim.warning for claim in doubtful)
