"""The reader of a source shows its text, and the cited characters marked in their place."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import lxml.html
import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.domain import Source, Statement
from osler.library import Library
from osler_site.engine import engine
from osler_site.library_pages.marking import Marks, found
from osler_site.library_pages.reading import groups_of
from osler_site.library_pages.sheets import sheet_view
from osler_site.library_pages.structure import MOST, structure_of

pytestmark = pytest.mark.usefixtures("site")

DOCUMENT = """---
title: Methotrexate in practice
organization: Example Society
year: 2024
kind: guideline
jurisdiction: GB
licence: CC-BY-4.0
url: https://example.org/mtx
---
# Dosing

Start with 7.5 mg once a week. Never give it daily.

## Monitoring

Before each dose:

- full blood count
  - weekly at first
- creatinine

1. First, ask about infection.
2. Then give folic acid 5 mg.

| Test | Interval | Who |
|---|---|---|
| Liver function | every 2 weeks | nurse |
| Kidney function |  | pharmacist |

## Repeated

One.

## Repeated

Two ≥ ½ µg.
"""


@cache
def statements() -> list[tuple[Source, Statement]]:
    library = engine().library()
    return [(s, t) for s in library.sources() for t in library.statements_of(s.id)]


def marked(html: str) -> str:
    return "".join(m.text_content() for m in lxml.html.fromstring(html).cssselect("mark.at"))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_mark_of_any_statement_holds_exactly_its_characters(data: st.DataObject) -> None:
    source, statement = data.draw(st.sampled_from(statements()))
    at = f"{statement.start}-{statement.end}"
    page = Client().get(f"/library/{source.id}/", {"at": at}).content.decode()
    assert marked(page) == statement.quote
    assert page.count('id="at"') == 1


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_any_characters_are_marked_but_for_what_parts_the_blocks(data: st.DataObject) -> None:
    library = engine().library()
    source = data.draw(st.sampled_from(library.sources()))
    text = library.text(source.id)
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text)))
    structure = structure_of(library, source.id)
    blocks = [b for g in groups_of(library, structure, 0, Marks(((start, end),))) for b in g.blocks]
    runs = [
        r for b in blocks for r in (*b.runs, *(r for c in b.cells for r in c.runs + c.separator))
    ]
    said = "".join(r.text for r in runs if r.mark)
    words = ((w.start + 2 * text.startswith("- ", w.start), w.end) for w in structure.lines)
    assert said == "".join(
        text[max(start, s) : min(end, e)] for s, e in words if s < end and e > start
    )


def test_the_text_is_shown_whole_whatever_is_marked(client: Client) -> None:
    library = engine().library()
    for source in library.sources():
        page = client.get(f"/library/{source.id}/", {"find": "vitamin"}).content.decode()
        text = lxml.html.fromstring(page).cssselect("article.source-text")[0]
        for hop in text.cssselect("a.hop"):
            hop.drop_tree()
        shown = "".join(text.text_content().split())
        for line in library.text(source.id).splitlines():
            assert "".join(line.strip().removeprefix("- ").split()) in shown


@pytest.fixture
def document(tmp_path: Path) -> tuple[Library, str]:
    (tmp_path / "mtx.md").write_text(DOCUMENT, "utf-8")
    library = Library.create(tmp_path / "library")
    library.add(tmp_path / "mtx.md")
    return library, library.sources()[0].id


def test_headings_lists_and_tables_are_found_again(document: tuple[Library, str]) -> None:
    library, source = document
    structure = structure_of(library, source)
    assert [(h.title, h.level) for h in structure.headings] == [
        ("Dosing", 1), ("Monitoring", 2), ("Repeated", 2), ("Repeated", 2),
    ]  # fmt: skip
    groups = groups_of(library, structure, 0, Marks())
    assert [g.kind for g in groups] == [
        "heading", "paragraph", "heading", "paragraph", "list", "table",
        "heading", "paragraph", "heading", "paragraph",
    ]  # fmt: skip
    items, table = groups[4].blocks, groups[5].blocks
    assert [(b.level, b.mark) for b in items] == [(0, ""), (1, ""), (0, ""), (0, "1."), (0, "2.")]
    assert [["".join(r.text for r in c.runs) for c in row.cells] for row in table] == [
        ["Test", "Interval", "Who"],
        ["Liver function", "every 2 weeks", "nurse"],
        ["Kidney function", "", "pharmacist"],
    ]
    assert [[c.heads for c in row.cells] for row in table][:2] == [[True] * 3, [False] * 3]


def test_a_long_source_is_read_in_parts(tmp_path: Path) -> None:
    sentence = "Give amoxicillin 500 mg three times a day for the part with the number {}. "
    parts = [f"## Part {n}\n\n{sentence.format(n) * 40}\n" for n in range(60)]
    (tmp_path / "long.md").write_text("# Long\n\n" + "\n".join(parts), "utf-8")
    library = Library.create(tmp_path / "library")
    library.add(tmp_path / "long.md")
    structure = structure_of(library, library.sources()[0].id)
    assert len(structure.sheets) > 3
    assert len(structure.headings) == 61
    assert [n for first, after in structure.sheets for n in range(first, after)] == list(
        range(len(structure.lines))
    )
    for number in range(len(structure.sheets)):
        lines = structure.lines_of(number)
        assert lines[-1].end - lines[0].start <= MOST
        assert all(
            structure.sheet_at(offset) == number for offset in (lines[0].start, lines[-1].end - 1)
        )


def test_what_is_looked_for_is_found_whatever_its_case_and_micro_sign() -> None:
    text = "Give 5 µg. Then GIVE 5\nμg of it."
    assert [text[s:e] for s, e in found(text, "give 5 μg")] == ["Give 5 µg", "GIVE 5\nμg"]
    assert found(text, "(.*)") == ()
    assert found(text, " ") == ()


def test_hits_are_marked_and_lead_to_each_other(client: Client) -> None:
    library = engine().library()
    source = library.source("Vitamin B12 Dosing Guidelines")
    page = client.get(f"/library/{source.id}/", {"find": "vitamin b12"}).content.decode()
    tree = lxml.html.fromstring(page)
    ids = [m.get("id") for m in tree.cssselect("mark.hit")]
    assert ids == [f"hit-{n + 1}" for n in range(len(ids))]
    assert len(ids) == len(found(library.text(source.id), "vitamin b12")) > 2
    first = tree.cssselect("a.hop")[0]
    assert first.get("aria-label") == "Next place found"
    assert first.get("href").endswith("#hit-2")


def test_a_hit_inside_the_cited_place_keeps_its_anchor(client: Client) -> None:
    source, statement = next((s, t) for s, t in statements() if "vitamin" in t.quote)
    at = f"{statement.start}-{statement.end}"
    page = client.get(f"/library/{source.id}/", {"at": at, "find": "vitamin"}).content.decode()
    assert marked(page) == statement.quote
    assert len(lxml.html.fromstring(page).cssselect("[id^=hit-]")) == len(
        found(engine().library().text(source.id), "vitamin")
    )


SOURCE = "/library/{}/"


@pytest.mark.parametrize(
    "query",
    [
        "at=9-1", "at=5-5", "at=-5", "at=a-b", "at=0-999999999", "at=1-2-3", "at=٣-٥",
        "at=99999999999999999999999-999999999999999999999999", "at=..%2F..%2Fetc", "at=0-5,9-1",
        "sheet=0", "sheet=2", "sheet=99999999", "sheet=x", "sheet=-1", "version=999", "version=x",
        "version=99999999999999999999", "version=-1", "version=1%00", "version=٣",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_is_not_found(client: Client, query: str) -> None:
    source = statements()[0][0]
    assert client.get(SOURCE.format(source.id) + "?" + query).status_code == 404
    if query.startswith("at="):
        assert client.get(f"/library/{source.id}/passage?{query}").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["s_0000000000000000/", "..%2f..%2fetc/", "%2e%2e/", "s_'%20OR%201=1--/", "Vitamin%20B12/",
     "nice.md/", "s_0000/passage?at=1-2", "x" * 500 + "/"],
)  # fmt: skip
def test_a_source_that_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/library/{path}").status_code == 404


@pytest.mark.parametrize("find", ["<script>alert(1)</script>", "x" * 5000, "\x00", "(((", "%s"])
def test_what_is_looked_for_is_only_ever_text(client: Client, find: str) -> None:
    source = statements()[0][0]
    page = client.get(f"/library/{source.id}/", {"find": find})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_an_earlier_version_says_that_it_is_one(client: Client) -> None:
    source = statements()[0][0]
    earlier = client.get(f"/library/{source.id}/", {"version": "1"}).content.decode()
    assert "at version 1" in earlier
    assert client.get(f"/library/{source.id}/", {"version": "0"}).status_code == 404


def test_a_very_long_outline_is_whole_only_where_the_reader_is(tmp_path: Path) -> None:
    sentence = "Give amoxicillin 500 mg three times a day to the group with the number {}. "
    parts = [f"## Part {n}\n\n{sentence.format(n)}\n" for n in range(600)]
    (tmp_path / "long.md").write_text("# Long\n\n" + "\n".join(parts), "utf-8")
    library = Library.create(tmp_path / "library")
    library.add(tmp_path / "long.md")
    source = library.sources()[0].id
    sheet = sheet_view(library, source, QueryDict("sheet=2"))
    titles = [entry.title for entry in sheet.outline]
    shown = [b.runs[0].text for g in sheet.groups for b in g.blocks if b.kind == "heading"]
    assert titles == ["Long", *shown]
    assert 10 < len(shown) < 600
