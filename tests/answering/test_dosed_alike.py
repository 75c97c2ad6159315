"""The pregnant have the dose of others where their source says so, and of that drug alone."""

from __future__ import annotations

from pathlib import Path

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


CYSTITIS = {
    "title": "Lower urinary tract infection",
    "text": "# Lower urinary tract infection in women\n\n| Antibiotic | Dose |\n|---|---|\n"
    "| Nitrofurantoin | 100 mg twice daily |\n| Cefalexin | 500 mg twice daily |\n\n"
    "Cefalexin is the first choice in pregnancy.",
}
DEPRESSION = {
    "title": "Sertraline",
    "text": "# Depression\n\nStart with 50 mg once daily.\n\n# Breastfeeding\n\n"
    "Sertraline may be used while breastfeeding.",
}
ONLY_LOW = {
    "title": "Sertraline",
    "text": "# Depression\n\nStart with 50 mg once daily.\n\n# Breastfeeding\n\n"
    "Sertraline may be used while breastfeeding in lower doses.",
}


def test_a_drug_preferred_in_pregnancy_has_its_dose_there_and_no_other_drug_has(
    tmp_path: Path,
) -> None:
    question = "lower urinary tract infection, 20 weeks pregnant, which antibiotic and what dose?"
    with library_of(tmp_path, CYSTITIS) as library:
        texts = shown(ask(library, question))
    assert any("500 mg" in text for text in texts)
    assert not any("100 mg" in text for text in texts)


def test_a_drug_that_may_be_taken_while_breastfeeding_has_its_dose(tmp_path: Path) -> None:
    question = "sertraline dose for depression, breastfeeding"
    with library_of(tmp_path / "a", DEPRESSION) as library:
        usual = shown(ask(library, question))
    with library_of(tmp_path / "b", ONLY_LOW) as library:
        lower = shown(ask(library, question))
    assert any("50 mg" in text for text in usual)
    assert not any("50 mg" in text for text in lower)
