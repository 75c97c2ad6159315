"""The three pages that an answer becomes: what they show, and that they escape it."""

import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from rich.console import Console

from osler.domain import Answer, Claim, Dosage, Verdict
from osler.render import html, markdown, text, view

from .conftest import BOTTOM, CITED, RULE, TEXTS


def terminal(answer: Answer, width: int = 90, *, piped: bool = False) -> str:
    out = io.StringIO()
    text.show(answer, Console(file=out, width=width, force_terminal=not piped, color_system=None))
    return out.getvalue()


def flat(page: str) -> str:
    return " ".join(page.split())


PAGES = {
    "text": terminal,
    "markdown": markdown.render,
    "html": lambda answer: html.render(answer, TEXTS.__getitem__),
}


@pytest.mark.parametrize("form", PAGES)
def test_a_page_shows_everything_that_an_answer_holds(form: str, answer: Answer) -> None:
    page = flat(re.sub(r"<[^>]*>|\*\*|\\", "", PAGES[form](answer)))
    for shown in (
        "How much paracet?",
        "78 years",
        "eGFR 24 mL/min/1.73 m²",
        view.CAUTION,
        "Call for help if breathing is hard.",
        "1 g orally every 6 hours",
        "Applies to this patient: 78 years is over 18",
        "Worked out: 15 mg/kg × 20 kg = 300 mg (weight 20 kg)",
        "Oral dose in adults",
        "Ministry of Fixtures · 2021 · United Kingdom",
        "Summary of a guideline",
        "publisher unknown · year unknown",
        "SUPERSEDED",
        "The sources are from different countries: GB, US.",
        "Superseded source of 2012",
        "Strength: class IIa · Evidence: level B",
        "The library does not say: monitoring of paracet.",
        "And in renal impairment?",
        "Library version 7",
    ):
        assert shown in page, shown
    assert "quoted second-hand, the source itself not read" in page.lower()


@pytest.mark.parametrize("form", PAGES)
def test_an_abstention_says_why_and_what_is_nearby(form: str, abstention: Answer) -> None:
    page = flat(PAGES[form](abstention))
    assert "No answer from this library" in page
    assert "Nothing here is about zorbium." in page
    assert "dose of zorbium" in page
    assert "500 mg by mouth every 8 hours" in page
    assert "Bottom line" not in page


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int, answer: Answer) -> None:
    lines = [len(line.rstrip()) for line in terminal(answer, width).splitlines()]
    assert max(lines) <= min(width, 100)


def test_a_pipe_gets_plain_lines(answer: Answer) -> None:
    assert not re.search(r"[\x1b╭╮│─]", terminal(answer, piped=True).split("Where sources")[0])


def test_doses_are_set_off_and_the_text_is_unchanged(answer: Answer) -> None:
    claim = answer.bottom_line[0]
    assert [p.text for p in view.pieces(claim) if p.dose] == ["1 g orally every 6 hours"]
    assert "".join(p.text for p in view.pieces(claim)) == claim.text


def test_a_dosage_read_from_other_words_is_not_set_off() -> None:
    elsewhere = Dosage(text="1 g daily", start=0, end=9, amount_start=0, amount_end=3)
    claim = Claim("Give paracet as below.", (), Verdict(), dosages=(elsewhere,))
    assert [p.dose for p in view.pieces(claim)] == [False]


def test_of_a_very_long_dosage_only_the_amount_is_set_off() -> None:
    words = "1 g " + "and then again " * 8
    long = Dosage(text=words, start=0, end=len(words), amount_start=0, amount_end=3)
    claim = Claim(words, (), Verdict(), dosages=(long,))
    assert [p.text for p in view.pieces(claim) if p.dose] == ["1 g"]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def tags(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(page)
    return parser.tags


def test_the_page_is_self_contained_and_runs_nothing(answer: Answer) -> None:
    page = html.render(answer, TEXTS.__getitem__)
    found = tags(page)
    assert not {tag for tag, _ in found} & {"script", "link", "img", "iframe", "object", "form"}
    assert not any(key.startswith("on") or key == "src" for _, keys in found for key in keys)
    assert "@import" not in page
    assert "url(" not in page
    assert [keys["href"] for tag, keys in found if tag == "a"] == [
        "https://example.org/paracet?a=1&b=2"
    ]


def test_what_sources_say_is_escaped(answer: Answer) -> None:
    page = html.render(answer, TEXTS.__getitem__)
    assert "Label &lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "hours &lt;adults&gt;." in page
    assert "\\<script\\>" in markdown.render(answer)


def test_every_mark_opens_a_passage_with_its_quote_marked(answer: Answer) -> None:
    page = html.render(answer, TEXTS.__getitem__)
    found = tags(page)
    opened = {
        keys["popovertarget"]
        for tag, keys in found
        if tag == "button" and keys.get("class") == "mark"
    }
    shown = {keys["id"] for tag, keys in found if tag == "aside"}
    assert opened == shown
    assert len(shown) == 3
    for quote in ("Take paracet 1 g orally every 6 hours.", "500 mg by mouth every 8 hours"):
        assert re.search(rf"<mark>[^<]*{re.escape(quote)}", page), quote
    assert "Do not exceed 4 g in a day." in page, "the quote stands between its neighbours"


@pytest.fixture
def twice(answer: Answer) -> Answer:
    """An answer whose first claim cites two passages of its source, one of them two times."""
    claim = replace(BOTTOM, citations=(CITED, RULE, CITED))
    return replace(answer, bottom_line=(claim,), sections=(), conflicts=())


def test_the_number_of_a_reference_stands_once_after_a_claim(twice: Answer) -> None:
    assert "every 6 hours. [1]" in flat(terminal(twice))
    assert "\\[1\\]" in markdown.render(twice)
    marked = [keys for _, keys in tags(html.render(twice)) if keys.get("class") == "mark"]
    assert len([keys for keys in marked if "popovertarget" in keys]) == 1


def test_a_mark_opens_every_passage_that_the_claim_cites_of_its_source(twice: Answer) -> None:
    page = html.render(twice, TEXTS.__getitem__)
    (opened,) = re.findall(r"<aside class=.*?</aside>", page, re.S)
    assert re.findall(r"<mark>(.*?)</mark>", opened) == [CITED.quote, RULE.quote]


def test_nothing_is_said_of_silence_where_every_part_is_answered(answer: Answer) -> None:
    for render in PAGES.values():
        assert "does not say" not in render(replace(answer, unanswered=()))


def test_a_quote_is_shown_without_the_text_too(answer: Answer) -> None:
    page = html.render(answer)
    assert "<mark>Take paracet 1 g orally every 6 hours.</mark>" in page
    assert "Do not exceed" not in page


@pytest.mark.parametrize(
    ("summarises", "shown"),
    [
        ("guideline", "Summary of a guideline"),
        ("patient information", "Summary of patient information"),
        ("article", "Summary of an article"),
    ],
)
def test_a_summary_is_called_one(answer: Answer, summarises: str, shown: str) -> None:
    assert view.kind(replace(answer.references[0].source, summarises=summarises)) == shown


def test_a_source_of_unknown_kind_says_so(answer: Answer) -> None:
    source = replace(answer.references[0].source, kind=None, summarises=None)
    assert view.kind(source) == "Kind unknown"


@pytest.mark.parametrize("form", PAGES)
def test_sides_of_unknown_publishers_are_told_apart_by_their_titles(
    form: str, answer: Answer
) -> None:
    unknown = {"organization": None, "year": None, "kind": None, "summarises": None}
    titles = ("Ward sheet", "Clinic <sheet>")
    named = tuple(
        replace(r, source=replace(r.source, title=title, jurisdiction=None, **unknown))
        for r, title in zip(answer.references, titles, strict=True)
    )
    page = PAGES[form](replace(answer, references=named))
    sides = page.split("Where sources disagree")[1].split("References")[0]
    for title in ("Ward sheet", "Clinic &lt;sheet&gt;" if form == "html" else "Clinic <sheet>"):
        assert title in flat(sides.replace("\\", ""))


def test_a_publisher_that_is_known_needs_no_title(answer: Answer) -> None:
    source = answer.references[0].source
    assert view.position(source).startswith("Ministry of Fixtures")
    unknown = replace(source, organization=None)
    assert view.position(unknown) == (
        "Paracet guidance · publisher unknown · 2021 · United Kingdom · Summary of a guideline"
    )
