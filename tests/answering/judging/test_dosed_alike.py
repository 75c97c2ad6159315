"""The pregnant have the dose of others where their source says so, and of that drug alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.domain import Answer

DOCUMENT = {
    "title": "Anaphylaxis on the ward",
    "text": "# Adults\n\nAdults: give adrenaline 500 micrograms IM.\n\n"
    "If adrenaline is not available: glucagon 2 mg IV. Repeat 1 mg after 5 minutes.\n\n",
}
ALIKE = DOCUMENT | {
    "text": DOCUMENT["text"] + "# Pregnancy\n\nIn pregnancy give adrenaline at the adult doses."
}


def shown(answer: Answer) -> list[str]:
    claims = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    return [claim.text for claim in claims]


def test_the_adult_dose_is_for_the_pregnant_where_that_is_said(tmp_path: Path) -> None:
    question = "adrenaline dose in anaphylaxis, 30 weeks pregnant"
    with library_of(tmp_path / "a", ALIKE) as library:
        alike = shown(ask(library, question))
    with library_of(tmp_path / "b", DOCUMENT) as library:
        silent = shown(ask(library, question))
    assert any("500 micrograms" in text for text in alike)
    assert not any("500 micrograms" in text for text in silent)
    assert not any("2 mg" in text or "1 mg" in text for text in alike)


def test_what_is_given_in_its_place_is_not_its_own_dose(tmp_path: Path) -> None:
    with library_of(tmp_path, DOCUMENT) as library:
        texts = shown(ask(library, "adrenaline dose for an adult with anaphylaxis"))
    assert any("500 micrograms" in text for text in texts)
    assert not any("Repeat 1 mg" in text for text in texts)


def table_of(first: str, second: str, sentence: str, state: str = "Pregnancy") -> dict[str, str]:
    """A document that doses two drugs for adults, and says something on a state."""
    text = (
        f"# Adults\n\nAdults: {first} 400 mg twice daily.\n\nAdults: {second} 250 mg once daily."
        f"\n\n# {state}\n\n{sentence}"
    )
    return {"title": "Treatment on the ward", "text": text}


def is_dosed(path: Path, document: dict[str, str], question: str) -> bool:
    with library_of(path, document) as library:
        return any(" mg" in text for text in shown(ask(library, question)))


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("valproate", "sumatriptan", "In pregnancy lamotrigine is recommended where valproate "
         "has been stopped."),
        ("ramipril", "labetalol", "In pregnancy labetalol is the drug of choice to replace "
         "ramipril."),
        ("losartan", "nifedipine", "In pregnancy give nifedipine at the usual dose in place of "
         "losartan."),
        ("doxycycline", "erythromycin", "In pregnancy erythromycin at the standard dose is first "
         "choice rather than doxycycline."),
        ("fluconazole", "clotrimazole", "In pregnancy a topical azole is recommended instead of "
         "fluconazole."),
    ],
)  # fmt: skip
def test_a_drug_that_another_replaces_in_pregnancy_is_not_dosed(
    tmp_path: Path, first: str, second: str, sentence: str
) -> None:
    document = table_of(first, second, sentence)
    assert is_dosed(tmp_path / "a", document, f"{first} dose for an adult")
    assert not is_dosed(tmp_path / "b", document, f"{first} dose, 20 weeks pregnant")


@pytest.mark.parametrize(
    "sentence",
    [
        "Dalteparin is recommended in pregnancy, dosed twice daily by booking weight.",
        "Dalteparin is the first choice in pregnancy.",
        "Dalteparin is safe in pregnancy.",
        "In pregnancy use dalteparin at the usual dose after the first trimester.",
        "In pregnancy dalteparin at the usual dose is inadequate.",
        "In pregnancy give dalteparin at the usual dose, doubled near term.",
    ],
)
def test_what_is_recommended_in_pregnancy_is_not_thereby_dosed_as_in_others(
    tmp_path: Path, sentence: str
) -> None:
    document = table_of("dalteparin", "warfarin", sentence)
    assert is_dosed(tmp_path / "a", document, "dalteparin dose for an adult")
    assert not is_dosed(tmp_path / "b", document, "dalteparin dose, 20 weeks pregnant")


@pytest.mark.parametrize(
    ("state", "sentence", "patient"),
    [
        ("Pregnancy", "In pregnancy give dalteparin at the usual dose.", "20 weeks pregnant"),
        ("Breastfeeding", "Breastfeeding: no change of the dose of dalteparin.", "breastfeeding"),
    ],
)
def test_a_drug_whose_dose_is_said_to_be_that_of_others_has_it(
    tmp_path: Path, state: str, sentence: str, patient: str
) -> None:
    document = table_of("dalteparin", "warfarin", sentence, state)
    assert is_dosed(tmp_path / "a", document, f"dalteparin dose, {patient}")
    assert not is_dosed(tmp_path / "b", document, f"warfarin dose, {patient}")
