"""By keys alone: an editor composes and submits, a publisher assigns, shows and withdraws."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, Page, expect
from running import Served
from staff import at_desk
from test_keyboard import FAR, tab_to

WHY = "The overview is composed anew."


def test_an_overview_is_composed_submitted_assigned_shown_and_withdrawn(
    browser: Browser, site: Served
) -> None:
    with at_desk(browser, site, "edith") as editor, at_desk(browser, site, "paula") as publisher:
        title = the_editor_composes_and_submits(editor)
        the_publisher_assigns(publisher, title)
        the_publisher_shows(publisher, title)
        the_publisher_withdraws(publisher)
        expect(publisher.get_by_text("Withdrawn by Paula Example on")).to_be_visible()
        expect(publisher.get_by_text("not public")).to_be_visible()


def press(page: Page, target: Locator) -> None:
    tab_to(page, target)
    page.keyboard.press("Enter")


def press_in_wagtail(page: Page, target: Locator, key: str) -> None:
    """The same on pages whose look is Wagtail's."""
    for _ in range(FAR):
        page.keyboard.press(key)
        if target.evaluate("element => element === document.activeElement"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{key} does not reach {target}")


def the_editor_composes_and_submits(page: Page) -> str:
    page.goto("/desk/compose")
    tab_to(page, page.locator("section", has_text="Topic overview").locator("[name=about]"))
    page.keyboard.type("folic acid")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/answers/\w+/$"))
    press(page, page.get_by_role("button", name="Take up as an article"))
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    page.wait_for_load_state("load")
    title = page.locator("#id_title").input_value()
    press_in_wagtail(page, page.get_by_role("button", name="More actions").first, "Shift+Tab")
    submit = page.locator("button[name=action-submit]")
    expect(submit).to_be_visible()
    press_in_wagtail(page, submit, "Tab")
    expect(page.get_by_text("has been submitted for moderation")).to_be_visible()
    return title


def the_publisher_assigns(page: Page, title: str) -> None:
    page.goto("/review/")
    press(page, page.get_by_role("link", name=f"Assign {title}"))
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Who reviews this article?")
    tab_to(page, page.get_by_label("Reviewer"))
    page.keyboard.type("Rhea")
    press(page, page.get_by_role("button", name="Assign"))
    expect(heading).to_have_text("Review queue")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=title, exact=True))
    expect(row).to_contain_text("Rhea Example")


def the_publisher_shows(page: Page, title: str) -> None:
    page.goto("/desk/")
    press(page, page.get_by_role("link", name=title, exact=True).first)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    press(page, page.get_by_role("button", name="Show to readers while it awaits review"))
    expect(page.get_by_role("link", name="public", exact=True)).to_be_visible()


def the_publisher_withdraws(page: Page) -> None:
    tab_to(page, page.get_by_label("Why, for readers too"))
    page.keyboard.type(WHY)
    press(page, page.get_by_role("button", name="Withdraw"))
