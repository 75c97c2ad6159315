"""What holds for every public page: no accessibility violation, no overflow, little weight."""

from __future__ import annotations

from typing import Any

import pytest
from asked import QUESTION
from axe import IN_DARK, objections
from playwright.sync_api import Browser, BrowserContext, Page, expect
from running import Served

MOST_BYTES = 150_000
ASKED = (QUESTION, "Can vitamin B12 cause acne?", "child took 30 paracetamol tablets")
SAME_FOR_ALL = (
    "/", "/articles/", "/library/", "/library/versions/", "/library/search?q=vitamin", "/board/",
    "/about/", "/editorial-policy/", "/privacy/", "/accessibility/", "/accounts/login/",
    "/api/docs", "/nothing-here/", "/pathways/", "/pathways/vitamin-b12/",
    "/pathways/vitamin-b12/?example=bypass", "/pathways/typed/",
    "/pathways/metformin/?example=start",
)  # fmt: skip


@pytest.fixture(scope="module")
def addresses(browser: Browser, site: Served) -> tuple[str, ...]:
    """The public pages: those of the site, the articles, answers, a source, a passage."""
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    answers = []
    for question in ASKED:
        page.goto(f"/?q={question}")
        with page.expect_navigation(url="**/answers/**"):
            page.get_by_role("main").get_by_role("button", name="Ask", exact=True).click()
        answers.append(page.url)
    page.goto(answers[0])
    passage = page.locator("a.cite").first.get_attribute("href") or ""
    source = passage.partition("passage?")[0]
    context.close()
    about = f"of={site.articles['submitted']}&claim=c1"
    report = (f"/report?{about}", f"/report/thanks?{about}")
    return (*SAME_FOR_ALL, *site.articles.values(), *report, *answers, passage, source)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing(
    browser: Browser, site: Served, addresses: tuple[str, ...], scheme: Any, width: int
) -> None:
    check_with_axe(browser, site, addresses, scheme, width)


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_axe_finds_nothing_on_the_main_pages_the_other_way_round(
    browser: Browser, site: Served, addresses: tuple[str, ...], scheme: Any, width: int
) -> None:
    main = {
        "/",
        "/library/",
        "/pathways/vitamin-b12/?example=bypass",
        *site.articles.values(),
        *addresses[-5:],
    }
    check_with_axe(browser, site, tuple(sorted(main)), scheme, width)


def check_with_axe(
    browser: Browser, site: Served, addresses: tuple[str, ...], scheme: Any, width: int
) -> None:
    context = browser.new_context(
        base_url=site.address, color_scheme=scheme, viewport={"width": width, "height": 900},
        reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    found = {}
    for address in addresses:
        page.goto(address)
        if objected := objections(page, only=IN_DARK if scheme == "dark" else None):
            found[address] = objected
    context.close()
    assert found == {}


def test_axe_finds_nothing_in_an_open_sheet(page: Page, site: Served) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site.articles["under_review"])
    page.locator("a.cite").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert objections(page) == []


def test_nothing_overflows_at_400_percent(
    page: Page, site: Served, addresses: tuple[str, ...]
) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    too_wide = {}
    for address in addresses:
        if address in ("/nothing-here/", site.articles["withdrawn"]):
            continue  # Chromium logs the 404 and the 410 as errors
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            too_wide[address] = width
    assert too_wide == {}


def test_everything_to_press_is_large_enough(page: Page, site: Served) -> None:
    page.goto(site.articles["under_review"])
    page.wait_for_selector("[data-panel]")
    small = page.evaluate(
        """() => [...document.querySelectorAll("a.cite, button, summary, nav a, input, .actions a")]
        .filter(e => e.checkVisibility() && !e.matches("[type=hidden]"))
        .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24)
        .map(([html]) => html)"""
    )
    assert small == []


@pytest.mark.parametrize("which", ["first page", "article"])
def test_a_page_is_light(context: BrowserContext, page: Page, site: Served, which: str) -> None:
    address = "/" if which == "first page" else site.articles["under_review"]
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    received: list[float] = []
    session.on("Network.loadingFinished", lambda e: received.append(e["encodedDataLength"]))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert len(received) >= 3
    assert sum(received) <= MOST_BYTES
