"""What the browser tests do over and over."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

QUESTION = "What is the maintenance dose of vitamin B12 after the loading phase?"


def ask(page: Page, question: str = QUESTION) -> None:
    """Ask on the first page, whatever its language, and wait for the permanent address."""
    page.goto("/")
    page.locator("#home-q").fill(question)
    page.locator("main form.ask button.primary").click()
    expect(page).to_have_url(re.compile(r"/answers/\w+/$"))
