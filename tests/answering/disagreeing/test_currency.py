"""What no longer stands: retracted, superseded, an older edition, dated."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.answering.documents import library_of

from osler.answering import ask, overview, to_json
from osler.domain import Answer, Claim
from osler.render import html, markdown

QUESTION = "naproxen dose for acute gout in an adult"
OLD = {"organization": "A board", "text": "Acute gout: naproxen 750 mg by mouth twice daily."}
NEW = {"organization": "B board", "text": "Acute gout: naproxen 500 mg by mouth twice daily."}


def claims_of(answer: Answer) -> list[Claim]:
    shown = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    return shown + [p.claim for conflict in answer.conflicts for p in conflict.positions]


def answer_from(folder: Path, *documents: Mapping[str, str | int]) -> Answer:
    with library_of(folder, *documents) as library:
        return ask(library, QUESTION)


def test_a_retracted_source_carries_nothing(tmp_path: Path) -> None:
    retracted = {**OLD, "status": "retracted"}
    assert not answer_from(tmp_path / "alone", retracted).answered
    answer = answer_from(tmp_path / "both", retracted, NEW)
    assert answer.answered
    assert all("750" not in claim.text for claim in claims_of(answer))
    with library_of(tmp_path / "overview", retracted, NEW) as library:
        assert all("750" not in claim.text for claim in claims_of(overview(library, "naproxen")))


def test_a_superseded_source_gives_way_to_a_current_one(tmp_path: Path) -> None:
    answer = answer_from(tmp_path, {**OLD, "status": "superseded"}, NEW)
    shown = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    assert all("750" not in claim.text for claim in shown)


def test_what_a_superseded_source_gave_otherwise_is_told_with_its_mark(tmp_path: Path) -> None:
    answer = answer_from(tmp_path, {**OLD, "status": "superseded", "year": 2012}, NEW)
    (conflict,) = answer.conflicts
    told = {p.claim.text: p.claim.currency for p in conflict.positions}
    assert [mark for text, mark in told.items() if "750" in text] == ["Superseded source of 2012"]
    assert [mark for text, mark in told.items() if "500" in text] == [None]


def test_a_superseded_source_alone_is_marked_at_the_claim_on_every_page(tmp_path: Path) -> None:
    old = {**OLD, "status": "superseded", "superseded_by": "Gout 2024", "year": 2012}
    with library_of(tmp_path, old) as library:
        answer = ask(library, QUESTION)
        mark = "Superseded source of 2012, replaced by: Gout 2024"
        assert [claim.currency for claim in claims_of(answer)] == [mark]
        assert to_json(answer, library)["bottom_line"][0]["currency"] == mark
    assert mark in markdown.render(answer)
    assert mark in html.render(answer)


def test_a_superseded_source_that_says_something_else_is_kept_with_its_mark(tmp_path: Path) -> None:
    old = {
        **OLD,
        "status": "superseded",
        "text": "Acute gout, children: naproxen 5 mg/kg by mouth twice daily.",
    }
    new = {**NEW, "text": "Acute gout, adults: naproxen 500 mg by mouth twice daily."}
    with library_of(tmp_path, old, new) as library:
        shown = claims_of(ask(library, "naproxen dose for acute gout"))
    marked = {claim.text: claim.currency for claim in shown}
    assert any("5 mg/kg" in text and mark for text, mark in marked.items())
    assert any("500 mg" in text and not mark for text, mark in marked.items())


def test_what_a_current_source_says_too_is_cited_from_the_current_one(tmp_path: Path) -> None:
    same = {**OLD, "text": NEW["text"], "status": "superseded"}
    answer = answer_from(tmp_path, same, NEW)
    assert [r.source.organization for r in answer.references] == ["B board"]
    assert claims_of(answer)[0].currency is None


def test_a_newer_edition_of_one_publisher_wins(tmp_path: Path) -> None:
    old = {**OLD, "title": "Gout guideline, 2nd edition 2014", "year": 2014}
    new = {**OLD, "title": "Gout guideline 2021", "year": 2021, "text": NEW["text"]}
    answer = answer_from(tmp_path, old, new)
    year = {r.number: r.source.year for r in answer.references}
    assert {year[c.reference] for claim in answer.bottom_line for c in claim.citations} == {2021}
    assert all(not claim.currency for section in answer.sections for claim in section.claims)
    # What has changed is told, with the mark of the older edition.
    positions = [p for conflict in answer.conflicts for p in conflict.positions]
    assert [year[n] for p in positions for n in p.references] == [2021, 2014]
    assert "Older edition of 2014" in str(positions[1].claim.currency)
    assert answer.conflicts[0].reason == "They are editions of one document: 2014, 2021."


def test_an_older_edition_that_says_the_same_is_no_conflict(tmp_path: Path) -> None:
    old = {**OLD, "title": "Gout guideline, 2nd edition 2014", "year": 2014, "text": NEW["text"]}
    new = {**OLD, "title": "Gout guideline 2021", "year": 2021, "text": NEW["text"]}
    answer = answer_from(tmp_path, old, new)
    assert {r.source.year for r in answer.references} == {2021}
    assert answer.conflicts == ()


def test_an_older_edition_says_that_there_is_a_newer_one(tmp_path: Path) -> None:
    old = {
        **OLD,
        "title": "Gout guideline 2014",
        "year": 2014,
        "text": "Acute gout: naproxen 500 mg by mouth twice daily for 7 days.",
    }
    new = {
        **OLD,
        "title": "Gout guideline 2021",
        "year": 2021,
        "text": "Acute gout: naproxen is the first-line treatment; monitor renal function.",
    }
    with library_of(tmp_path, old, new) as library:
        answer = ask(library, "how many days of naproxen for acute gout, and is it first line?")
    marks = [claim.currency for claim in claims_of(answer) if "7 days" in claim.text]
    assert marks
    assert all("edition of 2021 is newer" in (mark or "") for mark in marks)


def test_another_publishers_newer_document_replaces_nothing(tmp_path: Path) -> None:
    old = {**OLD, "title": "Gout guideline", "year": 2016}
    new = {**NEW, "title": "Gout guideline", "year": 2021}
    answer = answer_from(tmp_path, old, new)
    assert {r.source.year for r in answer.references} == {2016, 2021}
    assert len(answer.conflicts) == 1


def test_a_dated_source_is_marked_and_kept(tmp_path: Path) -> None:
    answer = answer_from(tmp_path, {**OLD, "year": 2008}, {**NEW, "year": 2022})
    marks = {claim.text: claim.currency for claim in claims_of(answer)}
    assert [m for t, m in marks.items() if "750" in t] == [
        "Dated source of 2008; the newest here is of 2022"
    ]
    assert [m for t, m in marks.items() if "500" in t] == [None]
