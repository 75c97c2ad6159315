"""A reader's history in a browser: no objection of axe, no overflow, on a phone and wide."""

from __future__ import annotations

import pytest
from axe import objections
from playwright.sync_api import Browser, Page, expect
from running import Served
from staff import at_desk

QUESTION = "What is the maintenance dose of vitamin B12 after the loading phase?"


def looked_at(page: Page) -> list[str]:
    """What axe and the width say of the page that is open."""
    found = objections(page)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("it is wider than the screen")
    return found


@pytest.mark.parametrize("width", [390, 1280])
def test_history_is_found_read_and_deleted(browser: Browser, site: Served, width: int) -> None:
    with at_desk(browser, site, "rhea", viewport={"width": width, "height": 900}) as page:
        page.goto("/")
        page.get_by_label("Your clinical question").fill(QUESTION)
        page.get_by_role("main").get_by_role("button", name="Ask", exact=True).click()
        expect(page.get_by_role("heading", name="Bottom line")).to_be_visible()
        page.goto("/history/")
        assert looked_at(page) == []
        page.get_by_role("main").get_by_role("link", name=QUESTION).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)
        assert looked_at(page) == []
        page.get_by_role("button", name="Delete this thread").click()
        expect(page.get_by_text("You have asked nothing yet")).to_be_visible()
        assert looked_at(page) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_an_article_is_saved_and_listed(browser: Browser, site: Served, width: int) -> None:
    with at_desk(browser, site, "rhea", viewport={"width": width, "height": 900}) as page:
        page.goto(site.articles["submitted"])
        page.get_by_role("button", name="Save this article").click()
        expect(page.get_by_role("button", name="Saved; remove it from your list")).to_be_visible()
        assert looked_at(page) == []
        page.get_by_role("link", name="Saved articles").click()
        assert looked_at(page) == []
        page.get_by_role("button", name="Remove").click()
        expect(page.get_by_text("You have saved no article")).to_be_visible()
