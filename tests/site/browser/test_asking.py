"""An answer streams into the page and stays under its address."""

from __future__ import annotations

import re

from asked import QUESTION, ask
from playwright.sync_api import Page, Route, expect


def test_an_answer_streams_into_the_page_without_loading_another(page: Page) -> None:
    page.goto("/")
    page.evaluate("window.same = true")
    page.get_by_label("Your clinical question").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/answers/\w+/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator("#announce")).to_contain_text("Answered in")
    expect(page).to_have_title(re.compile(re.escape(QUESTION)))
    assert page.evaluate("window.same") is True


def test_what_streamed_is_what_the_address_shows(page: Page) -> None:
    ask(page)
    streamed = page.locator("[data-answer]").inner_text()
    contents = page.locator("details.toc").inner_text()
    page.reload()
    assert page.locator("[data-answer]").inner_text() == streamed
    assert page.locator("details.toc").inner_text() == contents


def test_back_and_forward_show_the_pages_that_were_there(page: Page) -> None:
    ask(page)
    page.go_back()
    expect(page.get_by_role("heading", name="Ask the library")).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)


def test_the_box_in_the_header_asks_too(page: Page) -> None:
    page.goto("/about/")
    page.get_by_label("Ask a clinical question").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bottom line")).to_be_visible()


def test_what_cannot_be_asked_is_told_in_place(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Your clinical question").fill("How much metformin?")
    page.get_by_text("For one patient").click()
    page.get_by_label("Age (years)").fill("old")
    page.get_by_role("main").get_by_role("button", name="Ask", exact=True).click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("age is not a number")
    expect(alert).to_be_focused()
    expect(page.get_by_label("Your clinical question")).to_have_value("How much metformin?")
    assert page.url.endswith("/")


def test_when_the_stream_breaks_the_form_is_sent_as_it_is(page: Page) -> None:
    def broken(route: Route) -> None:
        if "event-stream" in route.request.headers["accept"]:
            route.fulfill(body="event: understood\ndata: x\n\n", content_type="text/event-stream")
        else:
            route.continue_()

    page.route("**/ask", broken)
    ask(page)
    expect(page.get_by_role("heading", name="Bottom line")).to_be_visible()


def test_articles_are_suggested_and_reached_by_the_arrows(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Your clinical question").press_sequentially("what lith")
    suggested = page.get_by_role("navigation", name="Articles on this").get_by_role("link")
    expect(suggested).to_have_text(["What lithium monitoring is needed?"])
    page.keyboard.press("ArrowDown")
    expect(suggested).to_be_focused()
    page.keyboard.press("Escape")
    expect(suggested).to_be_hidden()
    expect(page.get_by_label("Your clinical question")).to_be_focused()


def test_an_abstention_says_what_was_looked_for(page: Page) -> None:
    ask(page, "Can vitamin B12 cause acne?")
    expect(page.get_by_role("heading", name="This library does not answer that")).to_be_visible()
    expect(page.get_by_text("Looked for: vitamin b12, acne")).to_be_visible()
    nearby = page.locator(".nearby a").first
    nearby.click()
    expect(page.locator("mark")).to_be_visible()


def test_a_missing_fact_is_told_and_the_answer_is_for_the_patient(page: Page) -> None:
    ask(page)
    fact = page.get_by_role("group", name="Does the patient have malabsorption?")
    fact.get_by_role("radio", name="Yes").check()
    page.get_by_role("button", name="Answer for this patient").click()
    expect(page.get_by_text("For one patient: malabsorption").first).to_be_visible()
    expect(page.locator(".bottom-line")).to_contain_text("Applies to this patient: malabsorption")


def test_a_follow_up_goes_on_with_the_patient(page: Page) -> None:
    ask(page, "What is the dose of gentamicin for an adult of 80 kg?")
    box = page.get_by_label("Ask the next question")
    expect(box).to_have_value("")
    before = page.url
    box.fill("What monitoring does gentamicin need?")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("80 kg")
    expect(page).not_to_have_url(before)  # once the whole answer is there


def test_a_suggestion_is_asked_with_one_click_and_is_answered(page: Page) -> None:
    ask(page, "What is the dose of folic acid before conception?")
    suggestion = page.locator(".follow .chips button").first
    question = suggestion.inner_text()
    suggestion.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(question.rstrip("?"))
    expect(page.get_by_role("heading", name="Bottom line")).to_be_visible()
