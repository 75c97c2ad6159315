"""From an answer to an approved article: an editor and a member of the board at their desks."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from asked import ask
from playwright.sync_api import Browser, Locator, Page, expect
from running import Served

PASSWORD = "a long enough password"  # as first_articles.py gives them
QUESTION = "Hydroxocobalamin maintenance with neurological involvement"
SHOTS = os.environ.get("OSLER_SCREENSHOTS")


@contextmanager
def at_desk(browser: Browser, site: Served, name: str) -> Iterator[Page]:
    """Somebody's own browser, logged in."""
    context = browser.new_context(base_url=site.address, viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(20_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    yield page
    context.close()
    assert errors == []


def shot(page: Page, name: str) -> None:
    """A picture to be looked at, where one is asked for."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"review-{name}.png", full_page=True)


def claim_with(page: Page, words: str) -> Locator:
    """The form of the claim that holds these words."""
    claims = page.locator(".osler-claim")
    expect(claims.first).to_be_visible()
    for n in range(claims.count()):
        claim = claims.nth(n)
        if words in text_of(claim).input_value():
            return claim
    raise AssertionError(f"no claim says {words}")


def text_of(claim: Locator) -> Locator:
    return claim.locator('[data-contentpath="text"] textarea').first


def submit(page: Page) -> None:
    page.get_by_role("button", name="More actions").first.click()
    page.locator("button[name=action-submit]").click()


def test_an_answer_becomes_an_approved_article(browser: Browser, site: Served) -> None:
    with at_desk(browser, site, "edith") as editor, at_desk(browser, site, "rhea") as reviewer:
        ask(editor, QUESTION)
        editor.get_by_role("button", name="Take up as an article").click()
        editor.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
        edit_url = editor.url
        title = editor.locator("#id_title").input_value()

        claim = claim_with(editor, "1000 micrograms")
        good = text_of(claim).input_value()
        text_of(claim).fill(good.replace("1000 micrograms", "1000 mg"))
        verdict = claim.locator(".osler-verdict")
        expect(verdict).to_contain_text("does not support")
        expect(verdict.locator("q").first).to_contain_text("1000 mg")
        expect(verdict.locator("td").nth(1)).to_contain_text("1000 micrograms")
        shot(editor, "editor-objects")
        submit(editor)
        expect(editor.get_by_text("could not be saved due to validation errors")).to_be_visible()
        stopped = claim_with(editor, "1000 mg")
        expect(stopped.get_by_text("the claim says “1000 mg”").first).to_be_visible()
        shot(editor, "editor-stopped")

        text_of(stopped).fill(good)
        expect(stopped.locator(".osler-verdict")).to_contain_text("supports this claim")
        submit(editor)
        expect(editor.get_by_text("has been submitted for moderation")).to_be_visible()
        the_editor_cannot_approve(editor, edit_url)

        state = the_reviewer_claims(reviewer, title)
        the_reviewer_requests_changes(reviewer)
        editor.goto(edit_url)
        mend_by_another_passage(editor)
        submit(editor)
        expect(editor.get_by_text("has been submitted for moderation")).to_be_visible()

        again = the_reviewer_claims(reviewer, title)
        assert again != state
        the_reviewer_signs(reviewer)
        editor.goto(f"{site.address}/articles/")
        editor.get_by_role("link", name=title).first.click()
        expect(editor.get_by_text("Rhea Example, Pharmacist").first).to_be_visible()
        expect(editor.locator(".review-record")).to_contain_text("Approved by")
        expect(editor.locator(".review-record")).to_contain_text(str(date.today().year))
        expect(editor.get_by_text("pending human review")).to_have_count(0)
        shot(editor, "approved")


def the_editor_cannot_approve(editor: Page, edit_url: str) -> None:
    editor.goto(edit_url)
    expect(editor.get_by_text("with the medical board").first).to_be_visible()
    expect(editor.locator("button[name=action-publish]")).to_have_count(0)
    expect(editor.get_by_role("button", name="Approve")).to_have_count(0)
    shot(editor, "editor-locked")
    assert editor.goto("/review/").status == 403


def the_reviewer_claims(reviewer: Page, title: str) -> str:
    reviewer.goto("/review/")
    shot(reviewer, "queue")
    reviewer.get_by_role("button", name=f"Claim {title}").click()
    expect(reviewer.get_by_text("Claimed by you")).to_be_visible()
    return reviewer.url


def the_reviewer_requests_changes(reviewer: Page) -> None:
    """By keys alone: first the texts that cite nothing, then claim by claim."""
    expect(reviewer.locator("#claim-title")).to_contain_text("Text 1 of")
    while reviewer.locator(".gate.wording").count():
        approve_one(reviewer)
    texts = int(reviewer.locator("#progress").get_attribute("value") or 0)
    expect(reviewer.locator(".cited mark").first).to_be_visible()
    reviewer.keyboard.press("?")
    expect(reviewer.get_by_text("approve the claim")).to_be_visible()
    shot(reviewer, "claim")
    reviewer.keyboard.press("f")  # without a comment it asks for one
    expect(reviewer.locator("#comment")).to_be_focused()
    reviewer.keyboard.type("Cite the passage that says it directly.")
    reviewer.keyboard.press("Escape")
    reviewer.keyboard.press("f")
    expect(reviewer.get_by_text("1 flagged")).to_be_visible()
    reviewer.keyboard.press("k")
    expect(reviewer.locator("#claim-title")).to_contain_text(f"Claim {texts + 1} of")
    reviewer.keyboard.press("j")
    expect(reviewer.locator("#claim-title")).to_contain_text(f" {texts + 2} of")
    while not reviewer.url.endswith("/sign"):
        approve_one(reviewer)
    reviewer.get_by_label("What I reviewed").fill("Every claim beside its passage")
    reviewer.get_by_label("My conflicts of interest").fill("None")
    reviewer.get_by_label("Comments").fill("One claim needs a better passage.")
    shot(reviewer, "sign")
    reviewer.get_by_role("button", name="Request changes").click()
    expect(reviewer.get_by_text(re.compile("^Changes requested:"))).to_be_visible()


def approve_one(reviewer: Page) -> None:
    """And wait until the next one is there."""
    judged = int(reviewer.locator("#progress").get_attribute("value") or 0)
    reviewer.keyboard.press("a")
    reviewer.wait_for_function(
        "n => location.pathname.endsWith('/sign') "
        "|| Number(document.getElementById('progress')?.value) === n",
        arg=judged + 1,
    )


def mend_by_another_passage(editor: Page) -> None:
    """By the keyboard: a second passage is looked for, read and cited."""
    claim = editor.locator(".osler-claim").first
    citations = claim.locator(".osler-citation")
    before = citations.count()
    claim.locator('[data-contentpath="citations"] .c-sf-add-button').last.press("Enter")
    expect(citations).to_have_count(before + 1)
    choose = claim.get_by_role("button", name="Choose a passage", exact=True)
    choose.press("Enter")
    dialog = editor.get_by_role("dialog", name="Choose a passage")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    dialog.get_by_role("searchbox").fill("hydroxocobalamin neurological involvement maintenance")
    editor.keyboard.press("Enter")
    cite = dialog.get_by_role("button", name="Cite this").first
    expect(cite).to_be_visible()
    shot(editor, "passages")
    cite.press("Enter")
    expect(dialog).to_have_count(0)
    expect(claim.locator(".osler-verdict")).to_contain_text("supports this claim")
    expect(citations.nth(before).locator("blockquote")).to_be_visible()
    expect(citations.nth(before).get_by_role("link")).to_be_visible()


def the_reviewer_signs(reviewer: Page) -> None:
    """Only what changed is open again."""
    expect(reviewer.locator("#claim-title")).to_be_visible()
    reviewer.keyboard.press("a")
    reviewer.wait_for_url(re.compile(r"/sign$"))
    reviewer.get_by_label("What I reviewed").fill("Every claim beside its passage")
    reviewer.get_by_label("My conflicts of interest").fill("None")
    next_review = (date.today() + timedelta(days=365)).isoformat()
    reviewer.get_by_label("Next review").fill(next_review)
    reviewer.get_by_role("button", name="Approve and publish").click()
    expect(reviewer.get_by_text(re.compile("^Approved:"))).to_be_visible()
