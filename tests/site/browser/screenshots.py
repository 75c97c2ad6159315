"""Every public page as a picture: `python tests/site/browser/screenshots.py FOLDER`.

Phone and desktop, light and dark, against a server that this starts and stops. To be looked at.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "helpers")]

from running import Served, chromium, served  # noqa: E402  beside this file

WIDTHS = {"phone": (390, 844), "desktop": (1280, 900)}
QUESTION = "What is the maintenance dose of vitamin B12 after the loading phase?"
ASKED = {
    "answer": (QUESTION, ""),
    "answer-patient": (
        "What is the dose of gentamicin?", "age=78,sex=female,weight=80,crcl=50",
    ),
    "yes-no": ("Can metformin be used with an eGFR of 24?", ""),
    "conflict": ("What is the dose of thiamine in suspected Wernicke encephalopathy?", ""),
    "abstention": ("Is clarithromycin safe with simvastatin?", ""),
    "emergency": ("My child took 30 paracetamol tablets an hour ago", ""),
}  # fmt: skip


def main(folder: Path) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, served(Path(data)) as site, chromium() as browser:
        for width, (across, down) in WIDTHS.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": across, "height": down}, color_scheme=scheme
                )
                page = context.new_page()
                _all(page, site, folder, f"{width}-{scheme}", phone=width == "phone")
                context.close()
        page = browser.new_page()
        page.goto(site.address + site.articles["under_review"])
        page.pdf(path=folder / "article.pdf", format="A4")


def _all(page: Page, site: Served, folder: Path, suffix: str, *, phone: bool) -> None:
    def shot(name: str, *, whole: bool = True) -> None:
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}-{suffix}.png", full_page=whole)

    page.goto(site.address)
    shot("home-first")
    for name, (question, patient) in ASKED.items():
        page.goto(site.address)
        page.get_by_label("Your clinical question").fill(question)
        if patient:
            page.get_by_text("For one patient").click()
            page.get_by_label("Anything else").fill(patient)
        if name == "answer":
            shot("home-typed")
        page.get_by_role("main").get_by_role("button", name="Ask", exact=True).click()
        page.wait_for_url("**/answers/**")
        shot(name)
    page.goto(site.address)
    shot("home")
    page.get_by_text("For one patient").click()
    shot("home-patient", whole=False)
    page.goto(site.address + site.articles["under_review"])
    page.locator("a.cite").nth(3).click()
    page.wait_for_selector("[data-checks]:not([hidden])")
    shot("citation", whole=False)
    if phone:
        page.keyboard.press("Escape")
    href = page.locator("a.cite").first.get_attribute("href") or ""
    for name, path in {
        **{f"article-{status}": path for status, path in site.articles.items()},
        "passage": href,
        "articles": "/articles/",
        "library": "/library/",
        "board": "/board/",
        "policy": "/editorial-policy/",
        "missing": "/there-is-nothing-here/",
        "sign-in": "/accounts/login/",
    }.items():
        page.goto(site.address + path)
        shot(name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
