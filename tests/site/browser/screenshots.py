"""Every page as a picture: `python tests/site/browser/screenshots.py FOLDER`.

Public pages and those of the staff, phone and desktop, light and dark, against a server that this
starts and stops. To be looked at.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "helpers")]

from asked import QUESTION  # noqa: E402  beside this file
from running import Served, chromium, served  # noqa: E402
from staff import sign_in, staff_pages  # noqa: E402

WIDTHS = {"phone": (390, 844), "desktop": (1280, 900)}
ASKED = {
    "answer": (QUESTION, ""),
    "answer-patient": (
        "What is the dose of gentamicin?", "age=78,sex=female,weight=80,crcl=50",
    ),
    "yes-no": ("Can metformin be used with an eGFR of 24?", ""),
    "conflict": ("What is the dose of thiamine in suspected Wernicke encephalopathy?", ""),
    "abstention": ("Can vitamin B12 cause acne?", ""),
    "emergency": ("My child took 30 paracetamol tablets an hour ago", ""),
}  # fmt: skip


def main(folder: Path) -> None:
    """Write the pictures."""
    with tempfile.TemporaryDirectory() as data, served(Path(data)) as site, chromium() as browser:
        pictures(browser, site, folder)


def pictures(browser: Browser, site: Served, folder: Path) -> None:
    """Of everything, before a site that runs."""
    folder.mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            _public(browser, site, folder, width, scheme)
            _staff(browser, site, folder, width, scheme)
    page = browser.new_page()
    page.goto(site.address + site.articles["under_review"])
    page.pdf(path=folder / "article.pdf", format="A4")


class Shots:
    """A browser of one width and colour scheme, and the folder for its pictures."""

    def __init__(
        self, browser: Browser, site: Served, folder: Path, width: str, scheme: Any
    ) -> None:
        across, down = WIDTHS[width]
        self.context = browser.new_context(
            base_url=site.address, viewport={"width": across, "height": down}, color_scheme=scheme,
            has_touch=width == "phone", is_mobile=width == "phone",
        )  # fmt: skip
        self.page: Page = self.context.new_page()
        self._folder, self._suffix = folder, f"{width}-{scheme}"

    def take(self, name: str, address: str | None = None, *, whole: bool = True) -> None:
        """Of the page at an address, or of what is there."""
        if address is not None:
            self.page.goto(address)
        self.page.wait_for_load_state("networkidle")
        self.page.screenshot(path=self._folder / f"{name}-{self._suffix}.png", full_page=whole)


def _public(browser: Browser, site: Served, folder: Path, width: str, scheme: str) -> None:
    shots = Shots(browser, site, folder, width, scheme)
    page = shots.page
    shots.take("home-first", "/")
    for name, (question, patient) in ASKED.items():
        page.goto("/")
        page.get_by_label("Your clinical question").fill(question)
        if patient:
            page.get_by_text("For one patient").click()
            page.get_by_label("Anything else").fill(patient)
        if name == "answer":
            shots.take("home-typed")
        page.get_by_role("main").get_by_role("button", name="Ask", exact=True).click()
        page.wait_for_url("**/answers/**")
        shots.take(name)
    shots.take("home", "/")
    page.get_by_text("For one patient").click()
    shots.take("home-patient", whole=False)
    page.goto(site.articles["under_review"])
    page.locator("a.cite").nth(3).click()
    page.wait_for_selector("[data-checks]:not([hidden])")
    shots.take("citation", whole=False)
    passage = page.locator("a.cite").first.get_attribute("href") or ""
    for name, path in {
        **{f"article-{status}": path for status, path in site.articles.items()},
        "passage": passage,
        "source": passage.partition("passage?")[0],
        "articles": "/articles/",
        "library": "/library/",
        "library-search": "/library/search?q=vitamin",
        "versions": "/library/versions/",
        "pathways": "/pathways/",
        "pathway-empty": "/pathways/vitamin-b12/",
        "pathway": "/pathways/vitamin-b12/?example=bypass",
        "pathway-metformin": "/pathways/metformin/?example=start",
        "report": f"/report?of={site.articles['submitted']}&claim=c1",
        "board": "/board/",
        "policy": "/editorial-policy/",
        "missing": "/there-is-nothing-here/",
        "sign-in": "/accounts/login/",
        "api-docs": "/api/docs",
        "api-try": "/api/try",
    }.items():
        shots.take(name, path)
    shots.context.close()


def _staff(browser: Browser, site: Served, folder: Path, width: str, scheme: str) -> None:
    for who, pages in staff_pages(site).items():
        shots = Shots(browser, site, folder, width, scheme)
        sign_in(shots.page, who)
        for name, path in pages.items():
            shots.take(f"staff-{name}", path)
        shots.context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
