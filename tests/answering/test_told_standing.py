"""A document that says of itself that it no longer stands gives way to one that does."""

from __future__ import annotations

from pathlib import Path

from tests.answering.documents import library_of

from osler.answering import ask

OLD = {
    "title": "Cellulitis sheet, 2012 (superseded by the sheet of 2022)",
    "text": "Cellulitis: flucloxacillin 250 mg by mouth four times a day.",
}
NEW = {
    "title": "Cellulitis sheet, 2022",
    "text": "Cellulitis: flucloxacillin 1 g by mouth four times a day.",
}


def test_its_dose_does_not_open_beside_the_new_one(tmp_path: Path) -> None:
    with library_of(tmp_path, OLD, NEW) as library:
        answer = ask(library, "flucloxacillin dose for cellulitis in an adult")
    assert [claim.text for claim in answer.bottom_line] == [NEW["text"]]


def test_its_dose_is_shown_with_its_mark_where_none_else_speaks(tmp_path: Path) -> None:
    with library_of(tmp_path, OLD) as library:
        answer = ask(library, "flucloxacillin dose for cellulitis in an adult")
    [claim] = answer.bottom_line
    assert claim.text == OLD["text"]
    assert claim.currency == "Superseded source, replaced by: the sheet of 2022"
