"""Who reads, and light or dark: chosen once, remembered."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from running import Served


def test_the_reader_is_remembered(page: Page, site: Served) -> None:
    page.goto(site.articles["submitted"])
    page.get_by_role("button", name="Nurse").click()
    expect(page.get_by_role("button", name="Nurse")).to_have_attribute("aria-pressed", "true")
    assert page.url.endswith(site.articles["submitted"])
    page.goto(site.articles["approved"])
    expect(page.get_by_role("button", name="Nurse")).to_have_attribute("aria-pressed", "true")


def test_a_patient_is_told_whom_to_ask(page: Page, site: Served) -> None:
    page.goto(site.articles["approved"])
    page.get_by_role("button", name="Patient or carer").click()
    expect(page.get_by_text("take it to your doctor, pharmacist or nurse")).to_be_visible()


def test_dark_is_chosen_at_once_and_remembered(page: Page) -> None:
    page.goto("/about/")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    with page.expect_response("**/theme"):
        page.get_by_role("button", name="Switch between light and dark").click()
    assert page.evaluate(paper) != light
    page.goto("/board/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    with page.expect_response("**/theme"):
        page.get_by_role("button", name="Switch between light and dark").click()
    page.reload()
    assert page.evaluate(paper) == light
