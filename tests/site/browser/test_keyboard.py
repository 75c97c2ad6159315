"""Everything is done by keys alone, and one always sees where one is."""

from __future__ import annotations

import re
from datetime import date, timedelta

from asked import QUESTION
from playwright.sync_api import Browser, Locator, Page, expect
from running import Served
from staff import PASSWORD

FAR = 150  # presses of Tab after which something counts as out of reach


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until it has the focus, which is visible at every step."""
    for _ in range(FAR):
        page.keyboard.press(key)
        if not page.evaluate("document.activeElement === document.body"):
            check_focus_is_visible(page)
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{key} does not reach {target}")


def check_focus_is_visible(page: Page) -> None:
    seen = page.evaluate(
        """() => {
        const ringed = (e) => {
            const style = getComputedStyle(e);
            return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        };
        const at = document.activeElement;
        const seen = [at, at.closest("label, .ask")].some((e) => e && ringed(e));
        return seen || at.outerHTML.slice(0, 200);
        }"""
    )
    assert seen is True, f"no ring around {seen}"


def test_ask_read_a_passage_and_ask_on(page: Page) -> None:
    page.goto("/")
    tab_to(page, page.get_by_label("Your clinical question"))
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/answers/\w+/$"))
    expect(page.get_by_role("heading", level=1)).to_be_focused()

    cite = page.locator(".bottom-line a.cite").first
    tab_to(page, cite)
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name="Cited passage")
    expect(panel.get_by_role("heading")).to_be_focused()
    page.keyboard.press("Escape")
    expect(cite).to_be_focused()

    on = page.get_by_label("Ask the next question")
    tab_to(page, on)
    page.keyboard.type("What lithium monitoring is needed?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What lithium monitoring is needed?")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_the_first_key_leads_past_the_head_of_the_page(page: Page, site: Served) -> None:
    page.goto(site.articles["approved"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_say_who_reads_and_stay_there(page: Page, site: Served) -> None:
    page.goto(site.articles["approved"])
    nurse = page.get_by_role("button", name="Nurse")
    tab_to(page, nurse)
    page.keyboard.press("Enter")
    expect(nurse).to_have_attribute("aria-pressed", "true")
    expect(nurse).to_be_focused()
    page.reload()
    expect(nurse).not_to_be_focused()


def test_report_a_problem_with_a_claim(page: Page, site: Served) -> None:
    page.goto(site.articles["submitted"])
    tab_to(page, page.locator(".bottom-line a.cite").first)
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name="Cited passage")
    expect(panel.get_by_role("heading")).to_be_focused()
    tab_to(page, panel.get_by_role("link", name="Report a problem"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Report a problem")
    expect(page.get_by_text("in this sentence:")).to_be_visible()
    tab_to(page, page.get_by_label("A dose is wrong"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_label("What did you find?"))
    page.keyboard.type("It is 10 mg.")
    tab_to(page, page.get_by_role("button", name="Send to the editors"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")


def test_a_board_member_claims_judges_and_signs(browser: Browser, site: Served) -> None:
    context = browser.new_context(
        base_url=site.address, viewport={"width": 1280, "height": 900}, locale="en-GB"
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto("/accounts/login/")
    tab_to(page, page.locator("input[name=login]"))
    page.keyboard.type("rhea")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)

    tab_to(page, page.get_by_role("link", name="Review", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Review queue")
    tab_to(page, page.get_by_role("button", name="Claim What monitoring"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Claimed by you")).to_be_visible()
    assert page.url.endswith(site.staff["review_waiting"])

    page.wait_for_load_state("load")
    walk(page, "j", "Claim 2 of 5")
    walk(page, "k", "Text 1 of 5")
    walk(page, "a", "Claim 2 of 5")
    page.keyboard.press("c")
    expect(page.get_by_label("Comment")).to_be_focused()
    page.keyboard.type("Say for whom.")
    page.keyboard.press("Escape")
    walk(page, "f", " 3 of 5")
    expect(page.get_by_text("1 flagged")).to_be_visible()
    walk(page, "ArrowLeft", "Claim 2 of 5")
    expect(page.get_by_label("Comment")).to_have_value("Say for whom.")
    walk(page, "a", " 3 of 5")
    walk(page, "a", " 4 of 5")
    walk(page, "a", " 5 of 5")
    page.keyboard.press("a")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign-off")
    expect(page.get_by_text("flagged")).to_have_count(0)

    tab_to(page, page.get_by_label("What I reviewed"))
    page.keyboard.type("Every claim beside its passage")
    tab_to(page, page.get_by_label("My conflicts of interest"))
    page.keyboard.type("None")
    tab_to(page, page.get_by_label("Next review"))
    page.keyboard.type(f"{date.today() + timedelta(days=365):%d%m%Y}")
    tab_to(page, page.get_by_label("Comments"))
    page.keyboard.type("For adults.")
    tab_to(page, page.get_by_role("button", name="Approve and publish"))
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("^Approved:"))).to_be_visible()
    context.close()


def walk(page: Page, key: str, to: str) -> None:
    """The claim is there, and Tab goes on from it."""
    page.keyboard.press(key)
    expect(page.locator("#claim-title")).to_contain_text(to)
    expect(page.locator("#claim-title")).to_be_focused()
    page.wait_for_load_state("load")  # the script listens
