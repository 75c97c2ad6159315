"""The pages of those who work here: no objection of axe, no overflow, for every role."""

from __future__ import annotations

from typing import Any

import pytest
from axe import IN_DARK, objections
from playwright.sync_api import Browser, Page
from running import Served
from staff import PASSWORD, at_desk, staff_pages

PHONE, DESKTOP = 390, 1280


def looked_at(page: Page, address: str, only: list[str] | None) -> list[str]:
    """What axe and the width say of a page."""
    response = page.goto(address)
    assert response is not None
    assert response.status == 200, address
    found = objections(page, only=only)
    across = page.viewport_size or {"width": 0}
    if page.evaluate("document.documentElement.scrollWidth") > across["width"]:
        found.append("it is wider than the screen")
    return found


@pytest.mark.parametrize("who", ["rhea", "paula", "edith"])
@pytest.mark.parametrize(
    ("scheme", "width"),
    [("light", DESKTOP), ("light", PHONE), ("dark", DESKTOP), ("dark", PHONE)],
)
def test_axe_finds_nothing_at_work(
    browser: Browser, site: Served, who: str, scheme: Any, width: int
) -> None:
    how = {
        "color_scheme": scheme, "viewport": {"width": width, "height": 900},
        "reduced_motion": "reduce",
    }  # fmt: skip
    only = IN_DARK if scheme == "dark" else None
    with at_desk(browser, site, who, **how) as page:
        found = {
            name: objected
            for name, address in staff_pages(site)[who].items()
            if name != "editor"  # Wagtail's own page
            and (objected := looked_at(page, address, only))
        }
    assert found == {}


def test_axe_finds_nothing_where_something_went_wrong(browser: Browser, site: Served) -> None:
    with at_desk(browser, site, "rhea") as page:
        page.goto(staff_pages(site)["rhea"]["sign"])
        page.locator("form.sign-form").evaluate("form => form.noValidate = true")
        page.get_by_role("button", name="Approve and publish").click()
        assert page.locator(".errors").count() > 0
        assert objections(page) == []
        assert looked_at(page, "/desk/", None) == []


def test_axe_finds_nothing_while_an_authenticator_is_set_up(browser: Browser, site: Served) -> None:
    with at_desk(browser, site, "rhea") as page:
        page.goto("/accounts/2fa/totp/activate/")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Set up your authenticator").wait_for()
        assert objections(page) == []


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/reset/"])
def test_axe_finds_nothing_at_the_door(page: Page, address: str) -> None:
    assert looked_at(page, address, None) == []


@pytest.mark.parametrize("who", ["rhea", "paula", "edith"])
def test_the_whole_menu_is_there_on_a_phone(browser: Browser, site: Served, who: str) -> None:
    with at_desk(browser, site, who, viewport={"width": PHONE, "height": 844}) as page:
        page.goto("/articles/")
        menu = page.get_by_role("navigation", name="Site", exact=True)
        for name in ("Articles", "Pathways", "Library", "Board", "History", "Sign out"):
            place = menu.get_by_role("link", name=name, exact=True).bounding_box()
            assert place is not None, name
            assert place["x"] >= 0, name
            assert place["x"] + place["width"] <= PHONE, name
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
