"""What the browser tests do over and over."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

QUESTION = "What is the maintenance dose of vitamin B12 after the loading phase?"


def ask(page: Page, question: str = QUESTION) -> None:
    """Ask on the first page and wait for the answer's permanent address."""
    page.goto("/")
    page.get_by_label("Your clinical question").fill(question)
    page.get_by_role("main").get_by_role("button", name="Ask", exact=True).click()
    expect(page).to_have_url(re.compile(r"/answers/\w+/$"))
