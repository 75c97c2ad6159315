"""Notes marked by a letter in brackets."""

from __future__ import annotations

import pytest

from osler.domain import BlockKind, Document
from osler.reading.files.raw import RawFile
from osler.reading.markup.markdown import read_markdown

TABLES = """# Doses

| Weight | Dose |
|---|---|
| under 10 kg[a] | 7.5 mg/kg |
| over 10 kg | 15 mg/kg[b] |

[a] Not for premature babies.
[b] At most 1 g
in one dose.

| Age | Dose |
|---|---|
| adults | 500 micrograms[a] |

[a] 300 micrograms if small.
"""


def _read(text: str) -> Document:
    return read_markdown(RawFile("x.md", "x.md", text.encode()))


def _notes(document: Document, row: str) -> list[str]:
    block = next(b for b in document.blocks if document.text[b.start : b.end].startswith(row))
    spans = [document.text[span.start : span.end] for span in block.context]
    notes = [b for b in document.blocks if b.kind is BlockKind.FOOTNOTE]
    texts = {document.text[b.start : b.end] for b in notes}
    return [text for text in spans if text in texts]


@pytest.mark.parametrize(
    ("row", "note"),
    [
        ("under 10 kg | 7.5 mg/kg", "Not for premature babies."),
        ("over 10 kg | 15 mg/kg", "At most 1 g in one dose."),
        ("adults | 500 micrograms", "300 micrograms if small."),
    ],
)
def test_a_row_has_the_note_that_it_refers_to(row: str, note: str) -> None:
    assert _notes(_read(TABLES), row) == [note]


def test_marks_with_a_note_are_not_in_the_text() -> None:
    assert "[" not in _read(TABLES).text


@pytest.mark.parametrize(
    "text",
    [
        "# Digoxin\n\nGive 125 micrograms[b] daily.\n",
        "# Digoxin\n\nGive 125 micrograms daily.\n\n[b] Less in renal impairment.\n",
        "# Digoxin\n\nSee [a] and [b].\n\n[b] Less in renal impairment.\n",
    ],
)
def test_a_mark_without_a_note_and_a_note_without_a_mark_stay(text: str) -> None:
    assert "[b]" in _read(text).text


SIGNS = """# Doses

| Weight | Dose |
|---|---|
| under 10 kg | 5 mg (a) |
| 10 to 20 kg | 10 mg † |
| over 20 kg | 15 mg \\* † |

(a) With food.

† Not at night.

\\* At most 1 g in a day.

Also give (a) water and (b) salt.
"""


def test_signs_and_round_brackets_at_the_end_of_a_cell_are_marks() -> None:
    document = _read(SIGNS)
    assert _notes(document, "under 10 kg") == ["With food."]
    assert _notes(document, "10 to 20 kg") == ["Not at night."]
    assert sorted(_notes(document, "over 20 kg")) == ["At most 1 g in a day.", "Not at night."]
    assert "| 5 mg\n" in document.text
    assert "Also give (a) water and (b) salt." in document.text


def test_letters_of_a_list_under_a_table_are_no_notes() -> None:
    document = _read(
        "# Doses\n\n| Drug | Dose |\n|---|---|\n| Drugone | 5 mg |\n\n(a) Weigh the child.\n"
    )
    assert not [b for b in document.blocks if b.kind is BlockKind.FOOTNOTE]
