"""A language model words what was shown as composed; whatever it does, whole claims are shown."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asked import ask
from axe import IN_DARK, objections
from model_server import Handler, ModelServer, claims_in, in_pieces, running
from playwright.sync_api import Browser, Page, expect
from running import Served
from site_server import start

NAMES = ("OSLER_LIBRARY", "OSLER_ASKS_PER_MINUTE", "OSLER_PATHWAYS", "OSLER_KEEPER")
SHOWN = "claims => claims.map(c => c.innerText)"


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    with running() as started:
        yield started


@pytest.fixture(scope="module")
def worded_site(
    site: Served, model: ModelServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of another server of the same site, which is told of the model."""
    log = tmp_path_factory.mktemp("worded") / "server.log"
    told = {name: site.environment[name] for name in NAMES}
    data = Path(site.environment["OSLER_SITE_DATA"])
    named = f"openai:test@{model.url}"
    server = start(data, log, workers=1, **told, OSLER_WRITER=named, OSLER_WRITER_READS="yes")
    try:
        yield server.url
    finally:
        server.stop()
        if server.process.stdout is not None:
            server.process.stdout.close()


@pytest.fixture
def reader(browser: Browser, worded_site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=worded_site, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def worded(text: str) -> str:
    return f"The {text[0].lower()}{text[1:]}" if text[0].isupper() else text


def words_all(handler: Handler, body: dict[str, Any]) -> None:
    in_pieces(handler, json.dumps({k: worded(v) for k, v in claims_in(body).items()}))


def dies_in_the_first_sentence(handler: Handler, body: dict[str, Any]) -> None:
    said = json.dumps({k: worded(v) for k, v in claims_in(body).items()})
    handler.start()
    handler.say(said[:30])
    time.sleep(0.3)
    handler.connection.shutdown(socket.SHUT_RDWR)


def dies_in_the_second(handler: Handler, body: dict[str, Any]) -> None:
    claims = list(claims_in(body).items())[:2]
    said = json.dumps({k: worded(v) for k, v in claims})
    handler.start()
    handler.say(said[:-12])
    time.sleep(0.3)
    handler.connection.shutdown(socket.SHUT_RDWR)


def shown(page: Page) -> list[str]:
    found: list[str] = page.locator("li.claim").evaluate_all(SHOWN)
    return found


def test_a_model_that_dies_leaves_the_composed_answer(
    reader: Page, model: ModelServer, page: Page
) -> None:
    ask(page)  # the server without a model
    composed = shown(page)
    model.reply = dies_in_the_first_sentence
    ask(reader)
    expect(reader.locator("footer.end .written")).to_contain_text("as composed: test at 127.0.0.1")
    expect(reader.locator(".progress")).to_have_count(0)
    assert shown(reader) == composed
    reader.reload()
    assert shown(reader) == composed


def test_one_that_dies_later_leaves_whole_claims(reader: Page, model: ModelServer) -> None:
    model.reply = dies_in_the_second
    ask(reader, "What lithium monitoring is needed?")
    expect(reader.locator("footer.end .written")).to_contain_text("127.0.0.1")
    expect(reader.locator(".progress")).to_have_count(0)
    at_the_end = shown(reader)
    reader.reload()
    assert shown(reader) == at_the_end


def test_words_that_pass_take_their_claims_place_with_its_citations(
    reader: Page, model: ModelServer
) -> None:
    model.reply = words_all
    ask(reader, "Starting dose of metformin")
    expect(reader.locator("footer.end .written")).to_contain_text("worded by test at 127.0.0.1")
    worded_claim = reader.locator("li.claim", has=reader.locator("details.composed")).first
    expect(worded_claim.locator("a.cite").first).to_be_visible()
    at_the_end = shown(reader)
    reader.reload()
    assert shown(reader) == at_the_end


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_worded_page_is_accessible(
    browser: Browser, worded_site: str, model: ModelServer, width: int, scheme: Any
) -> None:
    model.reply = words_all
    context = browser.new_context(
        base_url=worded_site, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    page.goto("/")
    assert objections(page, only=IN_DARK if scheme == "dark" else None) == []
    ask(page, "Starting dose of metformin")
    expect(page.locator("footer.end .written")).to_contain_text("worded by")
    assert objections(page, only=IN_DARK if scheme == "dark" else None) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_without_scripts_a_button_gets_the_models_words(
    browser: Browser, worded_site: str, model: ModelServer
) -> None:
    model.reply = words_all
    context = browser.new_context(base_url=worded_site, java_script_enabled=False)
    page = context.new_page()
    ask(page, "How is metformin dosed by eGFR?")
    expect(
        page.get_by_text("This is the text as composed; test has not worded it.")
    ).to_be_visible()
    composed = page.url
    page.get_by_role("button", name="Show it in the model’s words").click()
    expect(page.locator("footer.end .written")).to_contain_text("worded by test at 127.0.0.1")
    page.get_by_role("link", name="Show the answer as composed").click()
    assert page.url == composed
    context.close()


def test_a_thread_goes_on_from_what_was_worded(reader: Page, model: ModelServer) -> None:
    model.reply = words_all
    first = "Can metformin be used with an eGFR of 60?"
    ask(reader, first)
    expect(reader.locator("footer.end .written")).to_contain_text("127.0.0.1")
    reader.reload()
    before = reader.url
    reader.get_by_label("Ask the next question").fill("and with eGFR 35?")
    reader.locator("#follow-up").get_by_role("button", name="Ask", exact=True).click()
    expect(reader).not_to_have_url(before)
    expect(reader.locator("footer.end .written")).to_contain_text("127.0.0.1")
    expect(reader.locator(".progress")).to_have_count(0)
    reader.reload()
    expect(reader.get_by_text("You asked: and with eGFR 35?")).to_be_visible()
    earlier = reader.get_by_role("navigation", name="Earlier in this conversation")
    earlier.locator("summary").click()
    expect(earlier.get_by_role("link")).to_have_text([first])


SEPSIS = "Dose of gentamicin in sepsis in a woman aged 78, eGFR 24, allergic to penicillin?"
READ = "Dose of gentamicin in sepsis in a woman aged 78, allergic to penicillin?"


def reads(handler: Handler, body: dict[str, Any]) -> None:
    data = claims_in(body)
    in_pieces(handler, json.dumps({"question": READ} if "turn" in data else data))


@pytest.mark.parametrize("width", [390, 1280])
def test_a_reading_of_a_model_stands_beside_our_own_which_is_asked_by_a_button(
    browser: Browser, worded_site: str, model: ModelServer, width: int
) -> None:
    model.reply = reads
    context = browser.new_context(base_url=worded_site, viewport={"width": width, "height": 900})
    page = context.new_page()
    ask(page, SEPSIS)
    before = page.url
    page.get_by_label("Ask the next question").fill("scrap the kidney thing")
    page.locator("#follow-up").get_by_role("button", name="Ask", exact=True).click()
    expect(page).not_to_have_url(before)
    expect(page).to_have_url(re.compile(r"/answers/\w+/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(READ)
    box = page.locator(".read-by")
    expect(box).to_contain_text("Read with the help of a language model (test).")
    own = box.locator("q").inner_text()
    assert "eGFR 24" in own
    assert objections(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box.get_by_role("button", name="Ask Osler’s own reading instead").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(own)
    expect(page.locator(".read-by")).to_have_count(0)
    expect(page.locator(".progress")).to_have_count(0)
    context.close()
