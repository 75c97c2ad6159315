"""A thread of four turns, with JavaScript and without, on a phone and wide."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from asked import ask
from axe import objections
from playwright.sync_api import Browser, Page, expect
from running import Served

FIRST = "Dose of gentamicin in sepsis in a woman aged 78 weighing 61 kg?"
WIDTHS = [390, 1280]


@pytest.fixture(params=["scripts", "no-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "scripts")


@pytest.fixture(params=WIDTHS)
def reader(
    request: pytest.FixtureRequest, scripts: bool, browser: Browser, site: Served
) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site.address,
        java_script_enabled=scripts,
        viewport={"width": request.param, "height": 900},
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def on(page: Page, question: str) -> None:
    """Ask the next question and wait for another address."""
    before = page.url
    page.get_by_label("Ask the next question").fill(question)
    page.locator("#follow-up").get_by_role("button", name="Ask", exact=True).click()
    expect(page).not_to_have_url(before)
    expect(page).to_have_url(re.compile(r"/answers/\w+/$"))


def unfold(page: Page) -> None:
    """Open what tells how the question was understood."""
    details = page.locator(".understood details")
    if details.get_attribute("open") is None:
        details.locator("summary").click()


def looked_at(page: Page) -> list[str]:
    """What axe and the width say of the page."""
    found = objections(page)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("it is wider than the screen")
    return found


def test_a_thread_of_four_turns(reader: Page, scripts: bool) -> None:
    page = reader
    title = page.get_by_role("heading", level=1)
    ask(page, FIRST)
    on(page, "and with eGFR 24?")
    expect(title).to_contain_text("eGFR 24")
    expect(title).to_contain_text("61 kg")
    expect(page.get_by_text("You asked: and with eGFR 24?")).to_be_visible()
    understood = page.get_by_role("region", name="How the question was understood")
    expect(understood).to_contain_text(re.compile("Taken from before: .*weight 61 kg"))

    before = page.url
    unfold(page)
    page.get_by_role("button", name="weight 61 kg: forget the weight").click()
    expect(page).not_to_have_url(before)
    expect(title).not_to_contain_text("61 kg")
    expect(understood).to_contain_text("Changed: weight 61 kg withdrawn")

    on(page, "what monitoring is needed?")
    expect(title).to_contain_text("monitor")
    expect(title).to_contain_text("gentamicin")
    earlier = page.get_by_role("navigation", name="Earlier in this conversation")
    earlier.locator("summary").click()
    expect(earlier.get_by_role("link")).to_have_count(3)
    expect(earlier.get_by_role("link").first).to_have_text(FIRST)
    if scripts:
        assert looked_at(page) == []

    page.reload()  # what streamed is what stays
    earlier.locator("summary").click()
    expect(earlier.get_by_role("link")).to_have_count(3)
    earlier.get_by_role("link").nth(1).click()
    expect(title).to_contain_text("eGFR 24")
    expect(page.get_by_text("You asked: and with eGFR 24?")).to_be_visible()


def test_the_understood_question_is_edited(reader: Page, scripts: bool) -> None:
    page = reader
    ask(page, FIRST)
    on(page, "and with eGFR 24?")
    before = page.url
    unfold(page)
    page.get_by_label("The question in full").fill("Dose of gentamicin in sepsis with eGFR 50?")
    page.get_by_role("button", name="Ask this instead").click()
    expect(page).not_to_have_url(before)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Dose of gentamicin in sepsis with eGFR 50?"
    )
    earlier = page.get_by_role("navigation", name="Earlier in this conversation")
    earlier.locator("summary").click()
    expect(earlier.get_by_role("link")).to_have_text([FIRST])


def test_the_bottom_line_of_a_follow_up_is_seen_first_on_a_phone(
    browser: Browser, site: Served
) -> None:
    context = browser.new_context(base_url=site.address, viewport={"width": 390, "height": 844})
    page = context.new_page()
    ask(page, "Can metformin be used with an eGFR of 60?")
    on(page, "and with eGFR 35?")
    expect(page.get_by_text("You asked: and with eGFR 35?")).to_be_in_viewport()
    expect(page.get_by_text("eGFR 60 → eGFR 35").first).to_be_in_viewport()
    first = page.locator("#bottom-line .claim").first.bounding_box()
    assert first is not None
    assert page.evaluate("scrollY") == 0
    assert first["y"] + first["height"] < 844
    context.close()


def test_a_thread_stays_when_another_reader_is_chosen(reader: Page, scripts: bool) -> None:
    page = reader
    ask(page, FIRST)
    on(page, "and with eGFR 24?")
    before = page.url
    page.get_by_role("button", name="Nurse", exact=True).click()
    expect(page).not_to_have_url(before)
    expect(page.get_by_text("You asked: and with eGFR 24?")).to_be_visible()
    nurse = page.url.removeprefix(page.url.split("/answers/")[0])
    page.goto("/")
    link = page.get_by_role("region", name="You asked").get_by_role("link").first
    expect(link).to_have_attribute("href", nurse)
    expect(link).to_contain_text("Nurse")


def test_another_topic_is_said_to_be_one(reader: Page) -> None:
    page = reader
    ask(page, FIRST)
    on(page, "What lithium monitoring is needed?")
    expect(page.get_by_text("Another topic:")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("What lithium monitoring is needed?")


def test_what_to_ask_next_is_fetched_or_linked(reader: Page, scripts: bool) -> None:
    page = reader
    ask(page, "What is the dose of folic acid before conception?")
    if not scripts:
        page.get_by_role("link", name="Suggest what to ask next").click()
    suggestion = page.locator("#follow-up .chips button").first
    expect(suggestion).to_be_visible()
    if scripts:
        assert looked_at(page) == []
    suggestion.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("folic acid")
    expect(page.get_by_role("heading", name="Bottom line")).to_be_visible()


def test_an_error_keeps_what_was_typed(reader: Page, scripts: bool) -> None:
    page = reader
    ask(page, FIRST)
    form = page.locator("#follow-up form.ask")
    page.get_by_label("Ask the next question").fill("and with eGFR 24?")
    form.get_by_text("For one patient").click()
    form.get_by_label("Age (years)").fill("old")
    form.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("age is not a number")
    box = page.get_by_label("Ask the next question" if scripts else "Your clinical question")
    expect(box).to_have_value("and with eGFR 24?")
    if not scripts:
        expect(page.get_by_text("It goes on from:")).to_contain_text("gentamicin")
