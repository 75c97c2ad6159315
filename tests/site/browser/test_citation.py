"""A citation opens the exact passage beside the text, by mouse, touch and keyboard."""

from __future__ import annotations

from typing import Any

from asked import ask
from playwright.sync_api import BrowserContext, Page, expect


def _cited(page: Page) -> list[dict[str, Any]]:
    """The first claim's citations, as the answer's JSON has them."""
    answer = page.request.get(f"{page.url}answer.json").json()
    citations: list[dict[str, Any]] = answer["bottom_line"][0]["citations"]
    return citations


def test_the_highlighted_words_are_the_words_cited(page: Page) -> None:
    ask(page)
    cited = _cited(page)
    assert len(cited) > 1
    marks = page.locator(".bottom-line .claim").first.locator("a.cite")
    panel = page.get_by_role("complementary", name="Cited passage")
    for i, citation in enumerate(cited):
        marks.nth(i).click()
        expect(marks.nth(i)).to_have_attribute("aria-current", "true")
        expect(panel.locator("mark")).to_have_text(citation["quote"])
    expect(page.locator("a.cite[aria-current]")).to_have_count(1)
    expect(panel.get_by_role("listitem")).to_have_text(
        ["amount", "unit", "route", "timing", "group", "wording"]
    )


def test_the_panel_says_only_what_the_claim_states(page: Page) -> None:
    ask(page)
    page.get_by_role("region", name="Monitoring").or_(
        page.locator("section:has(> h2:text-is('Monitoring'))")
    ).first.locator("a.cite").last.click()
    panel = page.get_by_role("complementary", name="Cited passage")
    expect(panel.get_by_role("listitem")).to_have_text(["wording"])


def test_the_first_passage_stands_beside_the_text_from_the_start(page: Page) -> None:
    ask(page)
    panel = page.get_by_role("complementary", name="Cited passage")
    expect(panel.locator("mark")).to_have_text(_cited(page)[0]["quote"])


def test_the_keyboard_opens_steps_and_closes(page: Page) -> None:
    ask(page)
    first = page.locator("a.cite").first
    first.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name="Cited passage")
    expect(panel.get_by_role("heading")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("a.cite").nth(1)).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    expect(page.locator("a.cite").nth(1)).to_be_focused()
    expect(page.locator("a.cite[aria-current]")).to_have_count(0)


def test_the_passage_opens_in_its_source(page: Page) -> None:
    ask(page)
    page.locator("a.cite").first.click()
    page.get_by_role("link", name="Open in the source").click()
    expect(page.locator("mark").first).to_be_visible()


def test_a_phone_gets_a_sheet_from_below(context: BrowserContext, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    ask(page)
    quote = _cited(page)[0]["quote"]
    first = page.locator("a.cite").first
    first.click()
    sheet = page.get_by_role("dialog", name="Cited passage")
    expect(sheet.locator("mark")).to_have_text(quote)
    sheet.get_by_role("button", name="Next passage").click()
    expect(page.locator("a.cite").nth(1)).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page.locator("a.cite").nth(1)).to_be_focused()


def test_the_passage_is_copied_with_its_reference(context: BrowserContext, page: Page) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page)
    quote = _cited(page)[0]["quote"]
    page.locator("a.cite").first.click()
    page.get_by_role("button", name="Copy with reference").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"“{quote}”" in copied
    assert "Praxis Medical Insights" in copied
    assert "?at=" in copied
