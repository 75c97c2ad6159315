"""What axe-core objects to on a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

IN_DARK = ["color-contrast", "target-size"]  # all else is the same in both schemes


def objections(page: Page, *, only: list[str] | None = None) -> list[str]:
    """Each rule that is broken, with the elements; everything that opens is opened first."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    options = {"resultTypes": ["violations"], **({"runOnly": only} if only else {})}
    broken = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in broken for node in rule["nodes"]]
