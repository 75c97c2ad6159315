"""Citations are read back as they were meant; text, JSON and PDF hold the article."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from osler_site.articles.models import ReviewStatus
from osler_site.citing.bibtex import bibtex, escaped
from osler_site.citing.items import Item, without_repeats
from osler_site.citing.ris import ris

TITLE = "Vitamin B12: 50 % of {patients} & others — ≥ 1 µg_x #1 $5 ~ ^ \\ ½"


def item(**fields: Any) -> Item:
    known: dict[str, Any] = {
        "key": "osler-x", "sort": "page", "title": TITLE, "author": "NICE", "publisher": "NICE",
        "year": 2024, "day": date(2024, 3, 1), "url": "https://example.org/a_b?c=%7B&d={e}#f",
        "doi": None, "pmid": None, "note": "Two\nlines", "accessed": date(2026, 11, 29),
    }  # fmt: skip
    return Item(**{**known, **fields})


def read_ris(text: str) -> list[dict[str, str]]:
    """Records of a RIS file, strictly: every line is a tag, two spaces, a hyphen and a value."""
    records: list[dict[str, str]] = []
    for line in text.split("\r\n")[:-1]:
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line)
        assert match, line
        if match[1] == "TY":
            records.append({})
        records[-1][match[1]] = match[2]
    assert all([*r][:1] + [*r][-1:] == ["TY", "ER"] for r in records)
    return records


def read_bibtex(text: str) -> list[dict[str, str]]:
    """Entries of a BibTeX file; fails where braces do not match."""
    entries = []
    for entry in re.split(r"\n\n(?=@)", text.strip()):
        head = re.match(r"@(\w+)\{([\w-]+),\n", entry)
        assert head, entry
        assert entry.endswith("\n}")
        fields = dict(re.findall(r"^  (\w+) = (.*),$", entry, re.MULTILINE))
        for value in fields.values():
            bare = value.replace("\\{", "").replace("\\}", "")
            depth = 0
            for sign in bare:
                depth += (sign == "{") - (sign == "}")
                assert depth >= 0, value
            assert depth == 0, value
        entries.append({"type": head[1], "key": head[2], **fields})
    return entries


def unescaped(text: str) -> str:
    text = re.sub(r"\\([{}$&%#_])", r"\1", text.replace("\\textbackslash{}", "\0"))
    text = text.replace("\\textasciicircum{}", "^").replace("\\textasciitilde{}", "~")
    return text.replace("\0", "\\")


def test_ris_says_what_a_page_is() -> None:
    (record,) = read_ris(ris([item()]))
    assert record["TY"] == "ELEC"
    assert record["TI"] == TITLE
    assert record["UR"] == "https://example.org/a_b?c=%7B&d={e}#f"
    assert (record["PY"], record["DA"], record["N1"]) == ("2024", "2024/03/01/", "Two lines")


def test_bibtex_is_escaped_and_its_braces_match() -> None:
    (entry,) = read_bibtex(bibtex([item()]))
    assert entry["type"] == "misc"
    assert unescaped(entry["title"][2:-2]) == TITLE
    assert entry["url"] == "{https://example.org/a_b?c=%7B&d=%7Be%7D#f}"
    assert entry["month"] == "mar"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_no_title_breaks_a_citation(title: str) -> None:
    said = " ".join(title.split())
    (record,) = read_ris(ris([item(title=title)]))
    assert record.get("TI", "") == said
    assert unescaped(escaped(title)) == said
    read_bibtex(bibtex([item(title=title)]))


def test_a_key_is_given_once() -> None:
    assert [i.title for i in without_repeats([item(title="a"), item(title="b")])] == ["a"]


@pytest.mark.usefixtures("site")
def test_an_article_is_taken_along(client: Client, article: Any) -> None:
    page = article("b12", ReviewStatus.APPROVED, title="B12 & “upkeep”")
    cited = page.answer_json()["references"]
    (own,) = read_ris(client.get(f"{page.url}cite.ris").content.decode())
    assert own["TI"] == "B12 & “upkeep”"
    assert own["UR"] == f"http://testserver{page.url}"
    assert "Approved 20 November 2026" in own["N1"]
    every = read_ris(client.get(f"{page.url}cite.ris?references=1").content.decode())
    assert [r["TI"] for r in every[1:]] == [r["title"] for r in cited]
    entries = read_bibtex(client.get(f"{page.url}cite.bib?references=1").content.decode())
    assert len({e["key"] for e in entries}) == len(entries) == len(cited) + 1
    text = client.get(f"{page.url}text").content.decode()
    assert page.answer_json()["bottom_line"][0]["text"] in text
    assert f"{cited[-1]['number']}. {cited[-1]['title']}" in text
    assert "Approved on 20 November 2026" in text
    body = client.get(f"{page.url}article.json").json()
    assert body["article"]["review"]["status"] == "approved"
    assert body["references"] == cited


@pytest.mark.usefixtures("site")
def test_a_draft_is_not_taken_along(client: Client, article: Any) -> None:
    page = article("b12", ReviewStatus.DRAFT)
    for name in (
        "cite.ris",
        "cite.bib",
        "text",
        "article.json",
        "article.fhir.json",
        "article.pdf",
    ):
        assert client.get(f"/articles/{page.slug}/{name}").status_code == 404


@pytest.mark.usefixtures("site")
def test_an_answer_is_taken_along_as_not_reviewed(client: Client) -> None:
    address = client.post("/ask", {"q": "How often is lithium monitored?"})["Location"]
    (own,) = read_ris(client.get(f"{address}cite.ris").content.decode())
    assert "not reviewed" in own["N1"]
    text = client.get(f"{address}text").content.decode()
    assert "pending human review" in text
    assert "References" in text
    page = client.get(address).content.decode()
    assert f"{address}cite.bib" in page
    assert f"{address}answer.fhir.json" in page


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("name", ["cite.ris", "cite.bib", "text"])
@pytest.mark.parametrize(
    "of",
    ["/answers/aaaaaaaaaaaaaaaaaaaa/", "/articles/none/", "/articles/..%2f..%2fx/", "/answers/'/"],
)
def test_what_is_not_there_is_not_taken_along(client: Client, of: str, name: str) -> None:
    assert client.get(f"{of}{name}").status_code == 404


@pytest.mark.usefixtures("site")
def test_a_pdf_shows_the_article_or_is_not_offered(client: Client, article: Any) -> None:
    from osler_site.citing.pdf import available

    page = article("b12", title="Doses ≥ ½ ≤ – µ")
    made, shown = client.get(f"{page.url}article.pdf"), client.get(page.url).content.decode()
    if not available():
        assert made.status_code == 404
        assert "article.pdf" not in shown
        return
    import pypdfium2

    assert "article.pdf" in shown
    document = pypdfium2.PdfDocument(io.BytesIO(made.content))
    text = "".join(p.get_textpage().get_text_range() for p in document)
    assert "Doses ≥ ½ ≤ – µ" in text
    assert "pending human review" in text
    assert "µg" in text.replace("μ", "µ")
    assert "References" in text
