"""Nothing needs JavaScript: ask, read, tell of a patient, open a passage."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from asked import ask
from playwright.sync_api import Browser, Page, expect
from running import Served


@pytest.fixture
def plain(browser: Browser, site: Served) -> Iterator[Page]:
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_ask_and_read(plain: Page) -> None:
    ask(plain)
    expect(plain.get_by_role("heading", name="Bottom line")).to_be_visible()
    expect(plain.get_by_role("heading", name="References")).to_be_visible()
    sentence = plain.locator(".bottom-line .claim").first
    sentence.locator("a.cite").first.click()
    expect(plain.locator("mark")).to_contain_text("350 µg")


def test_the_fields_for_one_patient_count(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_label("Your clinical question").fill("Can metformin be used?")
    plain.get_by_text("For one patient").click()
    plain.get_by_label("eGFR").fill("24")
    plain.get_by_role("main").get_by_role("button", name="Ask", exact=True).click()
    expect(plain.get_by_text("eGFR 24 mL/min/1.73 m²").first).to_be_visible()
    expect(plain.locator(".bottom-line")).to_contain_text("eGFR 24 < 30")


def test_light_and_dark(plain: Page) -> None:
    plain.goto("/about/")
    plain.get_by_role("button", name="Switch between light and dark").click()
    expect(plain.locator("html")).to_have_attribute("data-theme", "dark")
    assert plain.url.endswith("/about/")
