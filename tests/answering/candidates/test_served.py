"""A dose that says nothing of its own is for whom, and goes by what, its document says."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.domain import Answer

FOR_CHILDREN = {
    "title": "Lisdexamfetamine capsules, summary of the label",
    "text": "# What it is for\n\nAttention deficit hyperactivity disorder in children aged 6 years "
    "and over, when methylphenidate has not been enough.\n\n# Posology\n\n"
    "Start with 30 mg once each morning. The maximum is 70 mg a day.",
}
CHILDRENS_HOSPITAL = {
    "title": "Wilms tumour: supportive care (paediatric oncology)",
    "text": "# Mouth care\n\nBenzydamine spray: 4 puffs every 3 hours.",
}
FOR_BOTH = {
    "title": "Cetirizine",
    "text": "# What it is for\n\nHay fever in children aged 6 years and over and in adults.\n\n"
    "# Dose\n\nAdults: 10 mg once daily. Give with or without food. Take 10 mg in the evening.",
}


def texts(answer: Answer) -> str:
    claims = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    return " ".join(claim.text for claim in claims)


@pytest.mark.parametrize(
    "question",
    [
        "lisdexamfetamine starting dose in ADHD, 9 year old, 30 kg",
        "12 year old girl with ADHD, lisdexamfetamine dose?",
        "lisdexamfetamine starting dose in ADHD",
    ],
)
def test_a_label_for_children_doses_them(tmp_path: Path, question: str) -> None:
    with library_of(tmp_path, FOR_CHILDREN) as library:
        assert "30 mg" in texts(ask(library, question))


@pytest.mark.parametrize(
    "question",
    [
        "34 year old with ADHD, starting dose of lisdexamfetamine?",
        "lisdexamfetamine dose for an adult with ADHD",
        "4 year old with ADHD, lisdexamfetamine dose?",
    ],
)
def test_a_label_for_children_from_an_age_doses_nobody_else(tmp_path: Path, question: str) -> None:
    with library_of(tmp_path, FOR_CHILDREN) as library:
        assert not ask(library, question).answered


def test_a_title_of_the_young_tells_for_whom_its_doses_are(tmp_path: Path) -> None:
    with library_of(tmp_path, CHILDRENS_HOSPITAL) as library:
        assert "4 puffs" in texts(ask(library, "benzydamine spray dose, 7 year old"))
        assert not ask(library, "benzydamine spray dose, 60 year old man").answered


def test_a_label_for_both_doses_no_child_by_what_it_does_not_say(tmp_path: Path) -> None:
    with library_of(tmp_path, FOR_BOTH) as library:
        assert "10 mg" in texts(ask(library, "cetirizine dose for hay fever, 30 year old"))
        assert not ask(library, "cetirizine dose for hay fever, 3 year old").answered


def on(title: str, *sections: tuple[str, str]) -> dict[str, str]:
    return {"title": title, "text": "\n\n".join(f"# {head}\n\n{said}" for head, said in sections)}


DICLOFENAC = ("Pain", "Take 75 mg twice daily with food for pain.")


@pytest.mark.parametrize(
    "document",
    [
        on("Diclofenac", DICLOFENAC, ("Use in children", "The paediatric pharmacist advises.")),
        on("Diclofenac", DICLOFENAC, ("Safety", "Children who use diclofenac are observed.")),
        on("Diclofenac", ("Uses", "Pain, and arthritis in children."), DICLOFENAC),
        on("Diclofenac", ("Uses", "Pain.\n\nArthritis in children."), DICLOFENAC),
        on("Diclofenac", ("What it is for", "Arthritis in children and pain in others."),
           DICLOFENAC),
        on("Diclofenac", ("Indications", "Arthritis in children. Treatment must be started by a "
           "specialist. Pain."), DICLOFENAC),
        on("Diclofenac", ("Indications", "Pain in contacts of children with scabies."), DICLOFENAC),
        on("Diclofenac", DICLOFENAC, ("Tests", "A film is indicated in children with a limp.")),
        on("Diclofenac", DICLOFENAC) | {"organization": "Departments of Surgery and Paediatrics"},
        on("Diclofenac for pain, not for children", DICLOFENAC),
        on("Diclofenac for pain (excluding paediatrics)", DICLOFENAC),
        on("Diclofenac for pain in Child-Pugh class A", DICLOFENAC),
    ],
)  # fmt: skip
def test_children_in_passing_or_among_others_open_no_fixed_dose(
    tmp_path: Path, document: dict[str, str]
) -> None:
    with library_of(tmp_path, document) as library:
        assert not ask(library, "diclofenac dose for pain in a child of 4").answered
        assert not ask(library, "diclofenac dose for pain, 5 year old, 18 kg").answered


def test_the_indications_of_one_drug_of_several_are_not_those_of_the_others(
    tmp_path: Path,
) -> None:
    document = {
        "title": "Formulary of the ward",
        "text": "# Lisdexamfetamine\n\n## Indications\n\nAttention deficit hyperactivity disorder "
        "in children.\n\n# Diclofenac\n\n## Doses\n\nPain: 75 mg twice daily.",
    }
    with library_of(tmp_path, document) as library:
        assert not ask(library, "diclofenac dose for pain in a child of 4").answered


@pytest.mark.parametrize(
    "document",
    [
        on("Diclofenac for pain in children", ("Pain", "Take 12.5 mg twice daily for pain.")),
        on("Diclofenac: infants, children and young people",
           ("Pain", "Take 12.5 mg twice daily for pain.")),
        on("Diclofenac", ("Indications", "Pain in children aged 2 years and over."),
           ("Posology", "Pain: 12.5 mg twice daily.")),
        on("Diclofenac", ("4.1 Therapeutic indications", "Pain in children aged 2 years and over "
           "and adolescents, as part of a programme, when other drugs alone are insufficient. "
           "Treatment should be started by a specialist."),
           ("4.2 Posology", "Pain: 12.5 mg twice daily.")),
    ],
)  # fmt: skip
def test_what_says_that_it_is_for_children_alone_doses_them(
    tmp_path: Path, document: dict[str, str]
) -> None:
    with library_of(tmp_path, document) as library:
        assert "12.5 mg" in texts(ask(library, "diclofenac dose for pain in a child of 4"))
        assert not ask(library, "diclofenac dose for pain, 40 year old").answered


TABLETS = {
    "title": "Zonisamide",
    "text": "# Presentation\n\nFor oral use.\n\n# Focal seizures\n\nAdults: start with 50 mg "
    "twice daily, usually 300 mg a day.",
}
INJECTION = {
    "title": "Granisetron 1 mg/mL concentrate for solution for injection",
    "text": "# Use\n\nNausea and vomiting of chemotherapy.\n\n# Dose\n\nAdults: 1 mg within 30 "
    "minutes before chemotherapy.",
}
SUSPENSION = {
    "title": "Fever and pain in children",
    "text": "# Fever\n\nIbuprofen suspension:\n\n| Age | Dose |\n|---|---|\n"
    "| 1 to 4 years | 100 mg three times daily |",
}
PROLONGED = {
    "title": "Tramadol prolonged-release tablets",
    "text": "# Persistent pain\n\nAdults: the starting dose is 100 mg twice daily.",
}
SPRAY_OR_VEIN = {
    "title": "Seizures out of hospital: midazolam",
    "text": "| Way | Dose |\n|---|---|\n| Injection, adult | 10 mg IM |\n"
    "| Nasal spray, adult or child | 5 mg, one spray into one nostril |",
}
BOTH_FORMS = {
    "title": "Tramadol",
    "text": "# Immediate-release capsules\n\nPain: 50 mg every 6 hours.\n\n"
    "# Prolonged-release tablets\n\nPain: 100 mg twice daily.",
}


@pytest.mark.parametrize(
    ("document", "question", "dose"),
    [
        (TABLETS, "zonisamide oral starting dose, focal seizures, 40 year old", "50 mg"),
        (TABLETS, "zonisamide starting dose, focal seizures, 40 year old", "50 mg"),
        (INJECTION, "IV granisetron dose before chemotherapy, 55 year old", "1 mg"),
        (INJECTION, "granisetron injection dose before chemotherapy", "1 mg"),
        (SUSPENSION, "ibuprofen dose for fever, 3 year old", "100 mg"),
        (PROLONGED, "tramadol MR starting dose for pain, 50 year old", "100 mg"),
        (SPRAY_OR_VEIN, "what dose of midazolam spray do I give my friend in a seizure", "5 mg"),
    ],
)
def test_a_dose_goes_by_what_its_document_is_of(
    tmp_path: Path, document: dict[str, str], question: str, dose: str
) -> None:
    with library_of(tmp_path, document) as library:
        assert dose in texts(ask(library, question))


@pytest.mark.parametrize(
    ("document", "question"),
    [
        (TABLETS, "IV zonisamide dose, focal seizures, 40 year old, nil by mouth"),
        (INJECTION, "oral granisetron dose before chemotherapy, 55 year old"),
        (INJECTION, "granisetron 1 mg tablets before chemotherapy, dose?"),
        (PROLONGED, "tramadol immediate-release capsules dose for pain, 50 year old"),
        (SUSPENSION, "ibuprofen IV dose for fever, 3 year old"),
        (PROLONGED, "tramadol IV dose for pain, 50 year old"),
        (INJECTION, "granisetron spray dose before chemotherapy"),
    ],
)
def test_no_dose_of_another_route_or_form_is_shown(
    tmp_path: Path, document: dict[str, str], question: str
) -> None:
    with library_of(tmp_path, document) as library:
        assert not ask(library, question).answered


def test_the_form_that_is_asked_about_is_dosed(tmp_path: Path) -> None:
    with library_of(tmp_path, BOTH_FORMS) as library:
        plain = texts(ask(library, "tramadol immediate-release capsules dose for pain"))
        slow = texts(ask(library, "tramadol prolonged-release dose for pain"))
    assert "50 mg" in plain
    assert "100 mg" not in plain
    assert "100 mg" in slow
    assert "50 mg" not in slow


def test_what_is_for_adult_or_child_opens_for_who_asked_for_its_form(tmp_path: Path) -> None:
    with library_of(tmp_path, SPRAY_OR_VEIN) as library:
        answer = ask(library, "what dose of midazolam spray do I give my friend, he is fitting?")
    assert any("one spray" in claim.text for claim in answer.bottom_line)
    assert "10 mg" not in texts(answer)
