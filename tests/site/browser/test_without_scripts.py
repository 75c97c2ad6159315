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


def test_a_problem_with_one_claim_is_reported(plain: Page) -> None:
    ask(plain)
    claim = plain.locator(".bottom-line .claim").first
    said = claim.inner_text().split(".")[0]
    claim.get_by_role("link", name="Report a problem").click()
    expect(plain.get_by_text("in this sentence:")).to_be_visible()
    expect(plain.locator("blockquote")).to_contain_text(said)
    plain.get_by_label("It is unclear").check()
    plain.get_by_label("What did you find?").fill("For how long?")
    plain.get_by_role("button", name="Send to the editors").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Thank you")
    plain.get_by_role("link", name="Back to the page").click()
    expect(plain.get_by_role("heading", name="Bottom line")).to_be_visible()


def test_every_claim_can_be_reported_and_every_citation_opened(plain: Page, site: Served) -> None:
    plain.goto(site.articles["under_review"])
    claims = plain.locator(".claim")
    assert claims.count() > 20
    for n in range(claims.count()):
        address = claims.nth(n).locator("a.report-link").get_attribute("href") or ""
        assert address.endswith(f"&claim={claims.nth(n).get_attribute('id')}")
    citations = {a.get_attribute("href") or "" for a in plain.locator("a.cite").all()}
    refused = {a for a in citations if plain.request.get(a).status != 200}
    assert refused == set()
    plain.locator("a.cite").first.click()
    expect(plain.locator("mark")).to_be_visible()
    plain.get_by_role("link", name="Open in the source").click()
    expect(plain.locator("mark#at")).to_be_visible()


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
