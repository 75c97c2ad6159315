"""What became of cited sources is found in a real library, by what the stored answer cites."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from osler.answering import ask, citation_findings, to_json
from osler.answering.differing import Finding
from osler.domain import Notice, NoticeKind
from osler.library import Library
from osler.reading.importers.looking_up import LookedUp, Record

from ..documents import library_of

GOUT = {"title": "Gout", "year": 2020, "text": "Give allopurinol 100 mg orally once daily."}
NEWER = """---
title: Gout, second edition
year: 2025
kind: guideline
supersedes: Gout
{more}
---

Give allopurinol 300 mg orally once daily.
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_of(tmp_path, GOUT)


@pytest.fixture
def body(library: Library) -> dict[str, Any]:
    stored = to_json(ask(library, "allopurinol dose"), library)
    assert stored["bottom_line"]
    return dict(json.loads(json.dumps(stored)))


def add(library: Library, folder: Path, more: str = "") -> None:
    file = folder / "newer.md"
    file.write_text(NEWER.format(more=more), "utf-8")
    library.add([file])


def test_nothing_is_found_while_all_is_as_it_was(library: Library, body: dict[str, Any]) -> None:
    assert citation_findings(body, library) == ()


def test_a_superseded_source_is_told_with_what_replaced_it(
    library: Library, body: dict[str, Any], tmp_path: Path
) -> None:
    add(library, tmp_path)
    (found,) = citation_findings(body, library)
    assert found.finding is Finding.SUPERSEDED
    assert found.replaced_by == library.source("Gout, second edition").id
    assert found.summary == "Superseded by Gout, second edition (2025): Gout"
    assert found.claims == (body["bottom_line"][0]["text"],)
    assert json.loads(json.dumps(found.to_json()))["finding"] == "superseded"


def test_what_was_superseded_when_the_answer_was_composed_is_no_finding(
    library: Library, tmp_path: Path, body: dict[str, Any]
) -> None:
    add(library, tmp_path)
    for reference in body["references"]:
        reference["status"] = "superseded"
    assert citation_findings(body, library) == ()


def test_a_retraction(library: Library, body: dict[str, Any], tmp_path: Path) -> None:
    add(library, tmp_path, "status: retracted")  # and so is what it replaced
    (found,) = citation_findings(body, library)
    assert (found.finding, found.summary) == (Finding.RETRACTED, "Retracted: Gout")


def test_what_a_service_has_said_since(tmp_path: Path) -> None:
    library = library_of(tmp_path, {**GOUT, "pmid": 11})
    body = to_json(ask(library, "allopurinol dose"), library)
    notices = tuple(
        Notice(kind, "BMJ. 2025;1:2", str(number), "PubMed")
        for number, kind in enumerate((NoticeKind.CORRECTION, NoticeKind.CONCERN))
    )

    def look_up(pmids: Sequence[str], dois: Sequence[str]) -> Iterator[LookedUp]:
        yield LookedUp("PubMed", 1, (Record("11", None, notices),))

    library.update(look_up=look_up)
    found = citation_findings(body, library)
    assert [f.finding for f in found] == [Finding.CORRECTED, Finding.CONCERN]
    assert found[0].summary == "Corrected: Gout (BMJ. 2025;1:2)"
    again = to_json(ask(library, "allopurinol dose"), library)
    assert citation_findings(again, library) == ()


def test_a_removed_source(library: Library, body: dict[str, Any]) -> None:
    library.remove("Gout")
    (found,) = citation_findings(body, library)
    assert (found.finding, found.title) == (Finding.REMOVED, "Gout")


def test_a_quote_that_is_not_at_its_place(library: Library, body: dict[str, Any]) -> None:
    citation = body["bottom_line"][0]["citations"][0]
    citation["start"] += 1
    citation["end"] += 1
    (found,) = citation_findings(body, library)
    assert found.finding is Finding.MOVED
    assert found.statement_id == citation["statement_id"]
    assert citation["quote"] in found.summary


def test_words_that_are_no_statement_any_more(library: Library, body: dict[str, Any]) -> None:
    body["bottom_line"][0]["citations"][0]["statement_id"] = "t_0000000000000000"
    (found,) = citation_findings(body, library)
    assert found.finding is Finding.REREAD
