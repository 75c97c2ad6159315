"""A label that runs into a paragraph holds for its later sentences; a sentence is no label."""

from pathlib import Path

import pytest

from osler.domain import Document, Statement, StatementKind
from osler.reading import read, walk
from osler.statements import extract
from osler.statements.lines.labels import label_of


def statements_of(folder: Path, text: str) -> dict[str, Statement]:
    path = folder / "text.md"
    path.write_text(text, encoding="utf-8")
    documents: list[Document] = [d for raw in walk(path) for d in read(raw)]
    return {s.text: s for d in documents for s in extract(d)}


def labels(statement: Statement) -> list[str]:
    return [c.quote for c in statement.context if c.role == "label"]


def criteria(statement: Statement) -> set[str]:
    return {c.value or c.attribute for c in statement.group.criteria}


def test_a_label_holds_to_the_end_of_its_paragraph(tmp_path: Path) -> None:
    found = statements_of(
        tmp_path,
        "# Anticoagulant X\n\n"
        "**Prophylaxis after hip or knee replacement:** 220 mg once daily. 150 mg once daily if "
        "aged 75 or over.\n\n"
        "**Atrial fibrillation:** 150 mg twice daily.\n",
    )
    later = found["150 mg once daily if aged 75 or over."]
    assert labels(later) == ["Prophylaxis after hip or knee replacement:"]
    assert labels(found["Atrial fibrillation: 150 mg twice daily."]) == []


def test_a_first_sentence_that_only_names_is_a_label(tmp_path: Path) -> None:
    found = statements_of(tmp_path, "# X\n\n**Mania (adults).** 750 mg daily. Increase quickly.\n")
    assert labels(found["750 mg daily."]) == ["Mania (adults)."]
    assert "adult" in criteria(found["Increase quickly."])


def test_a_later_label_of_the_same_kind_takes_its_place(tmp_path: Path) -> None:
    found = statements_of(
        tmp_path, "# X\n\nAdults: 500 mg daily. Children: 250 mg daily. Review after a week.\n"
    )
    assert labels(found["Review after a week."]) == ["Children:"]
    assert "adult" not in criteria(found["Children: 250 mg daily."])


@pytest.mark.parametrize(
    "sentence",
    [
        "Correct low calcium and vitamin D first.",
        "Contraindicated in hypocalcaemia.",
        "Never combine with warfarin.",
        "INR 4.5 to 10: hold 1 or 2 doses of 5 mg.",
        "Give thiamine before glucose in alcohol withdrawal.",
    ],
)
def test_a_sentence_is_no_label_as_a_whole(sentence: str) -> None:
    assert label_of(sentence, opens=True) != sentence


def test_contraindications_as_a_label_or_heading_bar(tmp_path: Path) -> None:
    found = statements_of(
        tmp_path,
        "# Tolcapone\n\n*Contraindications.* Liver disease; phaeochromocytoma.\n\n"
        "## Contraindications\n\n- Severe dyskinesia\n\n## Contraindications and cautions\n\n"
        "- Older people may need less\n",
    )
    against = StatementKind.CONTRAINDICATION
    assert found["Contraindications: Liver disease; phaeochromocytoma."].kind is against
    assert found["Contraindications: Severe dyskinesia"].kind is against
    assert found["Older people may need less"].kind is not against


def test_people_of_a_kind_are_a_label(tmp_path: Path) -> None:
    found = statements_of(tmp_path, "# X\n\n**Immunocompromised patients.** 750 mg daily.\n")
    assert labels(found["750 mg daily."]) == ["Immunocompromised patients."]
