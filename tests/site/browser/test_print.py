"""An article on paper: what was said, from what, and who answers for it; nothing to press."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect
from running import Served

MOST_PAGES = 12  # the longest of these articles, references and pictures included
LITTLE = 300  # characters: a page with fewer is all but empty


def printed(page: Page, file: Path) -> list[str]:
    """The text of each page of paper."""
    page.pdf(path=file, format="A4")
    with pypdfium2.PdfDocument(file) as paper:
        texts = []
        for sheet in paper:
            words = sheet.get_textpage()
            texts.append(re.sub(r"\s+", " ", words.get_text_bounded()))
            words.close()
            sheet.close()
    return texts


@pytest.mark.parametrize("status", ["approved", "under_review", "changed"])
def test_nothing_to_press_is_printed(page: Page, site: Served, status: str) -> None:
    page.goto(site.articles[status])
    page.emulate_media(media="print")
    shown = page.evaluate(
        """() => [...document.querySelectorAll(
            "nav, form, button, input, textarea, select, .skip, dialog"
        )]
        .filter(e => e.checkVisibility() && !e.classList.contains("visually-hidden"))
        .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert shown == []


def test_an_approved_article_is_whole_on_paper(page: Page, site: Served, tmp_path: Path) -> None:
    page.goto(site.articles["approved"])
    bottom_line = page.locator(".bottom-line .claim").first.inner_text().split("\n")[0][:40]
    titles = page.locator(".references .title").all_inner_texts()
    pages = printed(page, tmp_path / "article.pdf")
    text = " ".join(pages)
    assert 2 <= len(pages) <= MOST_PAGES
    assert all(sheet.strip() for sheet in pages)
    assert "What lithium monitoring is needed?" in pages[0]
    assert "BOTTOM LINE" in pages[0].upper()
    assert bottom_line in pages[0]
    for number, title in enumerate(titles, start=1):
        assert re.search(rf"{number} {re.escape(title)}", text), title
    assert "Reviewed" in pages[0]
    assert "by Rhea Example, Pharmacist" in pages[0]
    assert "Approved by Rhea Example, Pharmacist" in text
    assert "It supports clinical judgement and does not replace it" in text
    for pressed in (
        "On this page",
        "Ask on",
        "Which best describes you?",
        "Report a problem",
        "Cite (RIS)",
    ):
        assert pressed not in text


def test_the_caution_and_the_warning_are_printed(page: Page, site: Served, tmp_path: Path) -> None:
    page.goto(site.articles["under_review"])
    awaiting = printed(page, tmp_path / "awaiting.pdf")
    assert "Educational purpose only; pending human review" in awaiting[0]
    assert "Under Review" in awaiting[0]
    assert len(awaiting) <= MOST_PAGES
    assert [sheet for sheet in awaiting[:-1] if len(sheet) < LITTLE] == []
    page.goto(site.articles["changed"])
    changed = printed(page, tmp_path / "changed.pdf")
    assert "Something changed since this page was written." in changed[0]
    assert "SUPERSEDED" in " ".join(changed).upper()


def test_numbers_of_sources_are_told_apart_on_paper(
    page: Page, site: Served, tmp_path: Path
) -> None:
    page.goto(site.articles["under_review"])
    expect(page.locator("a.cite[aria-current]")).to_have_count(1)  # it is light on dark on a screen
    first = printed(page, tmp_path / "article.pdf")[0]
    assert "asmaintenance.1,2" in first.replace(" ", "")
    page.emulate_media(media="print")
    number = page.locator("a.cite[aria-current] span")
    expect(number).to_have_css("color", "rgb(0, 0, 0)")
    expect(number).to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_dark_is_not_printed(page: Page, site: Served) -> None:
    page.emulate_media(color_scheme="dark", media="print")
    page.goto(site.articles["approved"])
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator("body")).to_have_css("color", "rgb(0, 0, 0)")
