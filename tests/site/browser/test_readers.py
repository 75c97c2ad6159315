"""The same facts for another reader, and in Spanish; accessible on phone and desktop."""

from __future__ import annotations

import re

import pytest
from asked import ask
from axe import IN_DARK, objections
from playwright.sync_api import Browser, Page, expect
from running import Served

from osler.dosage import parse_dosages


def doses(page: Page) -> list[tuple[object, ...]]:
    """What the bottom line states, as it is read from its words."""
    lines = page.locator("#bottom-line .claim").all()
    shown = [line.evaluate(_WITHOUT_THE_REST) for line in lines]
    found = [d for text in shown for d in parse_dosages(text)]
    return [(d.low, d.high, d.unit, d.route, d.frequency) for d in found]


# What a claim says, without its marks and what opens below it.
_WITHOUT_THE_REST = """claim => {
  const copy = claim.cloneNode(true);
  copy.querySelectorAll("details, .cite, .dose-line, .remark, a").forEach(e => e.remove());
  return copy.textContent;
}"""


def choose(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_another_reader_has_other_words_and_the_same_doses(page: Page) -> None:
    ask(page)
    physician, stated = page.locator("#bottom-line .claim").first.inner_text(), doses(page)
    assert stated
    address = page.url
    choose(page, "Patient or carer")
    expect(page).to_have_url(re.compile(r"/answers/\w+/$"))
    assert page.url != address
    assert page.locator("#bottom-line .claim").first.inner_text() != physician
    assert doses(page) == stated
    expect(page.get_by_role("heading", name="When to get help")).to_be_visible()
    opened = page.locator("#bottom-line details.composed").first
    opened.locator("summary").click()
    expect(opened.locator("span")).to_be_visible()
    choose(page, "Physician")
    assert page.url == address


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_chosen_is_seen_on_a_phone(browser: Browser, site: Served, scripts: bool) -> None:
    context = browser.new_context(
        base_url=site.address,
        viewport={"width": 390, "height": 844},
        java_script_enabled=scripts,
    )
    page = context.new_page()
    ask(page)
    choose(page, "Patient or carer")
    pressed = page.locator("[data-reader] [aria-pressed=true]")
    expect(pressed).to_have_count(2)
    for button in pressed.all():
        box = button.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        expect(button).to_be_in_viewport()
    context.close()


def test_the_choice_has_the_focus_after_it(page: Page) -> None:
    ask(page)
    choose(page, "Nurse")
    expect(page.get_by_role("button", name="Nurse", exact=True)).to_be_focused()


def test_spanish_doses_stand_beside_the_english_sentence(page: Page) -> None:
    ask(page, "maintenance dose of hydroxocobalamin without neurological involvement")
    choose(page, "Español")
    expect(page.get_by_role("heading", name="Conclusión")).to_have_attribute("lang", "es")
    first = page.locator("#bottom-line .claim").filter(has=page.locator(".dose-line")).first
    expect(first.locator(".dose-line").first).to_have_attribute("lang", "es")
    expect(first.locator('span[lang="en"]').first).to_be_visible()


def test_the_page_speaks_spanish_and_marks_what_does_not(page: Page) -> None:
    ask(page)
    choose(page, "Español")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_text("ningún profesional clínico ha revisado")).to_be_visible()
    expect(page.get_by_role("button", name="Patient or carer")).to_have_count(0)
    expect(page.get_by_role("button", name="Paciente o cuidador")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_attribute("lang", "en")
    english = page.evaluate(UNMARKED_ENGLISH)
    assert english == []
    page.get_by_role("link", name="Biblioteca", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_role("heading", level=1)).to_have_text("Biblioteca")
    assert page.evaluate(UNMARKED_ENGLISH) == []


# Texts that are marked as Spanish, directly or by what they stand in, and hold English words.
UNMARKED_ENGLISH = """() => {
  const english = /\\b(the|with|patients?|which|dose|source|answer|of|and|this)\\b/i;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (["SCRIPT", "TEMPLATE", "NOSCRIPT", "STYLE"].includes(parent.tagName)) continue;
    if (parent.closest("[lang]").lang !== "es") continue;
    if (parent.closest(".references, .conflict td, .source-line, .remark, .meta")) continue;
    if (english.test(node.textContent)) found.push(node.textContent.trim().slice(0, 90));
  }
  return found;
}"""


def test_an_article_in_other_words_leads_to_the_reviewed_ones(page: Page, site: Served) -> None:
    page.goto(site.articles["approved"])
    reviewed = page.locator("#bottom-line").inner_text()
    choose(page, "Patient or carer")
    page.get_by_role("link", name="show the reviewed wording").click()
    assert page.locator("#bottom-line").inner_text() == reviewed


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("reader", "language"), [("patient", "en"), ("nurse", "es")])
def test_these_pages_are_accessible(
    browser: Browser, site: Served, width: int, scheme: str, reader: str, language: str
) -> None:
    context = browser.new_context(
        base_url=site.address,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    context.add_cookies(
        [
            {"name": name, "value": value, "url": site.address}
            for name, value in (("osler_reader", reader), ("osler_language", language))
        ]
    )
    page = context.new_page()
    ask(page)
    expect(page.locator(".box").first).to_be_visible()
    assert objections(page, only=IN_DARK if scheme == "dark" else None) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
