"""What tells who a patient is: left out, told, and undone in this page's memory alone."""

from __future__ import annotations

import re

from asked import ask
from playwright.sync_api import Browser, Page, expect
from running import Served

TYPED = "Maintenance dose of vitamin B12 for Maria Gonzalez, 67F, DOB 12/03/1946?"
HIDDEN = "Maintenance dose of vitamin B12 for [NAME], 67F, [DATE OF BIRTH]?"


def test_the_reader_sees_what_was_left_out_and_can_undo_it(page: Page) -> None:
    ask(page, TYPED)
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text(HIDDEN)
    expect(page.get_by_text("We left out a name and a date of birth.")).to_be_visible()
    button = page.get_by_role("button", name="Show the question as you typed it")
    button.click()
    expect(title).to_have_text(TYPED)
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(title).to_have_text(HIDDEN)


def test_after_a_reload_what_was_typed_is_gone(page: Page) -> None:
    ask(page, TYPED)
    kept = "[{...localStorage}, {...sessionStorage}, history.state, document.cookie]"
    assert "Gonzalez" not in page.evaluate(f"JSON.stringify({kept})")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(HIDDEN)
    assert "Gonzalez" not in page.content()
    expect(page.get_by_role("button", name="as you typed it")).to_be_hidden()


def test_what_was_typed_is_sent_once_and_comes_back_never(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda r: sent.append(f"{r.url} {r.post_data or ''}"))
    ask(page, TYPED)
    page.get_by_role("button", name="as you typed it").click()
    assert [s for s in sent if "Gonzalez" in s and "/ask" in s and "suggest" not in s]
    assert not [s for s in sent if "Gonzalez" in s and not re.search("/ask|suggest", s)]


def test_without_scripts_placeholders_are_shown(browser: Browser, site: Served) -> None:
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    ask(page, TYPED)
    expect(page.get_by_role("heading", level=1)).to_have_text(HIDDEN)
    expect(page.get_by_text("We left out a name and a date of birth.")).to_be_visible()
    expect(page.get_by_role("button", name="as you typed it")).to_be_hidden()
    context.close()
