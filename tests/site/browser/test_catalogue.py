"""Finding, reading in place and reporting, in a real browser."""

from __future__ import annotations

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from running import Served


def test_articles_are_suggested_and_opened_by_keyboard(page: Page, site: Served) -> None:
    page.goto("/articles/")
    box = page.get_by_role("combobox", name="Search the articles")
    box.press_sequentially("lithium mon")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    active = box.get_attribute("aria-activedescendant")
    assert active == options.first.get_attribute("id")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("i")
    expect(options.first).to_be_visible()
    title = options.first.locator("span").inner_text()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def test_what_is_typed_and_entered_is_searched_for(page: Page, site: Served) -> None:
    page.goto("/articles/")
    box = page.get_by_role("combobox", name="Search the articles")
    box.press_sequentially("lithium")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Enter")
    page.wait_for_url("**/articles/?q=lithium*")


def test_the_cited_place_is_in_view(page: Page, site: Served) -> None:
    page.goto("/library/search?q=vitamin+B12+monitoring")
    page.locator(".passage-found li a").first.click()
    mark = page.locator("mark#at")
    expect(mark).to_be_in_viewport()
    start, end = map(int, re.findall(r"at=(\d+)-(\d+)", page.url)[0])
    assert len(mark.inner_text()) == end - start


def test_a_problem_is_reported(page: Page, site: Served) -> None:
    page.goto(f"/report?of={site.articles['submitted']}&claim=c1")
    page.get_by_label("A dose is wrong").check()
    page.get_by_label("What did you find?").fill("It is 10 mg.")
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")


def test_structured_data_is_there_and_no_policy_objects(page: Page, site: Served) -> None:
    page.goto(site.articles["approved"])
    said = json.loads(page.locator("script[type='application/ld+json']").inner_text())
    assert said["reviewedBy"]["name"] == "Rhea Example"
    assert said["lastReviewed"]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "path",
    ["/library/?q=b12", "/library/search?q=vitamin", "/library/versions/", "/articles/?q=zzz",
     "/report?of={article}&claim=c1"],
)  # fmt: skip
def test_everybody_can_use_it(page: Page, site: Served, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(path.format(article=site.articles["submitted"]))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


def test_everybody_can_read_a_source(page: Page, site: Served) -> None:
    page.goto("/library/?sort=statements")
    page.locator(".entries a").first.click()
    page.get_by_label("Search in this source").fill("a")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("mark.hit").first).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
