"""One article from its answer to its next review: editor, board, and a source that changes."""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from pathlib import Path

from asked import ask
from editions import first_edition, question, second_edition
from playwright.sync_api import Browser, Locator, Page, expect
from running import Served
from staff import at_desk

DRUG, ILLNESS = "corvastane", "sarcoidosis"  # no other document speaks of them
SHOTS = os.environ.get("OSLER_SCREENSHOTS")


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


def test_an_article_is_written_approved_and_comes_back_when_its_source_changes(
    browser: Browser, site: Served, tmp_path: Path
) -> None:
    add_to_library(site, tmp_path / "first.md", first_edition(DRUG, ILLNESS, pmid="4713"))
    with at_desk(browser, site, "edith") as editor, at_desk(browser, site, "rhea") as reviewer:
        edit_url, title = the_editor_writes(editor)
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
        check_approved(editor, title)

        add_to_library(site, tmp_path / "second.md", second_edition(DRUG, ILLNESS))
        told = site.run("django", "recheck")
        assert f"{title}: Superseded by" in told
        check_warned(editor)
        check_back_before_the_board(reviewer, title)


def add_to_library(site: Served, file: Path, text: str) -> None:
    """As whoever keeps the library does."""
    file.write_text(text, "utf-8")
    site.run("osler.cli", "add", site.library, str(file))


def the_editor_writes(editor: Page) -> tuple[str, str]:
    """Takes an answer up, breaks its dose, is stopped, mends it and submits."""
    ask(editor, question(DRUG, ILLNESS))
    editor.get_by_role("button", name="Take up as an article").click()
    editor.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    edit_url = editor.url
    title = editor.locator("#id_title").input_value()

    claim = claim_with(editor, "20 mg")
    good = text_of(claim).input_value()
    text_of(claim).fill(good.replace("20 mg", "20 g"))
    verdict = claim.locator(".osler-verdict")
    expect(verdict).to_contain_text("does not support")
    expect(verdict.locator("q").first).to_contain_text("20 g")
    expect(verdict.locator("td").nth(1)).to_contain_text("20 mg")
    shot(editor, "editor-objects")
    submit(editor)
    expect(editor.get_by_text("could not be saved due to validation errors")).to_be_visible()
    stopped = claim_with(editor, "20 g")
    expect(stopped.get_by_text("the claim says “20 g”").first).to_be_visible()
    shot(editor, "editor-stopped")

    text_of(stopped).fill(good)
    expect(stopped.locator(".osler-verdict")).to_contain_text("supports this claim")
    submit(editor)
    expect(editor.get_by_text("has been submitted for moderation")).to_be_visible()
    return edit_url, title


def check_approved(reader: Page, title: str) -> None:
    reader.goto("/articles/")
    reader.get_by_role("link", name=title).first.click()
    expect(reader.get_by_label("Review of this article").get_by_text("Approved")).to_be_visible()
    today = f"{date.today():%-d %B %Y}"
    expect(reader.get_by_text(f"Reviewed {today} by Rhea Example, Pharmacist")).to_be_visible()
    expect(reader.locator(".review-record")).to_contain_text("Approved by")
    expect(reader.locator(".review-record")).to_contain_text(f"on {today}")
    expect(reader.get_by_text("pending human review")).to_have_count(0)
    expect(reader.locator("#changed")).to_have_count(0)
    shot(reader, "approved")


def check_warned(reader: Page) -> None:
    """On the page that is open: the approved text stays, with its warning."""
    reader.reload()
    warning = reader.locator("#changed")
    expect(warning).to_contain_text("Something changed since this page was written.")
    expect(warning).to_contain_text("A cited source was superseded.")
    expect(warning).to_contain_text(f"{DRUG.capitalize()} in {ILLNESS}, second edition")
    expect(reader.locator(".bottom-line")).to_contain_text("20 mg")
    expect(reader.locator(".bottom-line a.cite").first).to_have_accessible_name(
        re.compile("superseded")
    )
    shot(reader, "warned")


def check_back_before_the_board(reviewer: Page, title: str) -> None:
    reviewer.goto("/review/")
    row = reviewer.get_by_role("listitem").filter(has_text=title)
    expect(row).to_contain_text("reviewed before")
    row.get_by_role("link", name=title).click()
    noted = reviewer.locator(".gate.objects", has_text="Changed since this article was written")
    expect(noted).to_contain_text("The library now answers differently")
    shot(reviewer, "came-back")
    answer = noted.get_by_role("listitem").filter(has_text="The library now answers differently")
    answer.get_by_role("link", name="Claim by claim").click()
    rows = reviewer.get_by_role("table", name="Claim by claim").get_by_role("row")
    before = rows.filter(has_text=f"{DRUG} 20 mg").get_by_role("cell").nth(0)
    expect(before).to_contain_text("20 mg by mouth once daily")
    after = rows.filter(has_text=f"{DRUG} 10 mg").get_by_role("cell").nth(1)
    expect(after).to_contain_text("10 mg by mouth once daily")
    shot(reviewer, "claim-by-claim")


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
    press(reviewer, "?")
    expect(reviewer.get_by_text("approve the claim")).to_be_visible()
    shot(reviewer, "claim")
    press(reviewer, "f")  # without a comment it asks for one
    expect(reviewer.locator("#comment")).to_be_focused()
    reviewer.keyboard.type("Cite the passage that says it directly.")
    reviewer.keyboard.press("Escape")
    press(reviewer, "f")
    expect(reviewer.get_by_text("1 flagged")).to_be_visible()
    press(reviewer, "k")
    expect(reviewer.locator("#claim-title")).to_contain_text(f"Claim {texts + 1} of")
    press(reviewer, "j")
    expect(reviewer.locator("#claim-title")).to_contain_text(f" {texts + 2} of")
    while not reviewer.url.endswith("/sign"):
        approve_one(reviewer)
    reviewer.get_by_label("What I reviewed").fill("Every claim beside its passage")
    reviewer.get_by_label("My conflicts of interest").fill("None")
    reviewer.get_by_label("Comments").fill("One claim needs a better passage.")
    shot(reviewer, "sign")
    reviewer.get_by_role("button", name="Request changes").click()
    expect(reviewer.get_by_text(re.compile("^Changes requested:"))).to_be_visible()


def press(reviewer: Page, key: str) -> None:
    """Once the page's script listens."""
    reviewer.wait_for_load_state("load")
    reviewer.keyboard.press(key)


def approve_one(reviewer: Page) -> None:
    """And wait until the next one is there."""
    judged = int(reviewer.locator("#progress").get_attribute("value") or 0)
    press(reviewer, "a")
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
    dialog.get_by_role("searchbox").fill(f"{DRUG} {ILLNESS} dose")
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
    press(reviewer, "a")
    reviewer.wait_for_url(re.compile(r"/sign$"))
    reviewer.get_by_label("What I reviewed").fill("Every claim beside its passage")
    reviewer.get_by_label("My conflicts of interest").fill("None")
    next_review = (date.today() + timedelta(days=365)).isoformat()
    reviewer.get_by_label("Next review").fill(next_review)
    reviewer.get_by_role("button", name="Approve and publish").click()
    expect(reviewer.get_by_text(re.compile("^Approved:"))).to_be_visible()
