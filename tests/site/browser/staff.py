"""Those who work at the site, and the pages at which they do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page
from running import Served

PASSWORD = "a long enough password"  # as first_articles.py gives them


def staff_pages(site: Served) -> dict[str, dict[str, str]]:
    """For each of three people, the pages that they work at, by name."""
    made = site.staff
    return {
        "rhea": {
            "queue": "/review/",
            "review-text": f"{made['review_under_review']}?claim=1",
            "review-claim": f"{made['review_under_review']}?claim=4",
            "review-unclaimed": made["review_submitted"],
            "review-changed": made["review_changed"],
            "sign": f"{made['review_under_review']}sign",
            "account-tokens": "/accounts/tokens/",
            "account-password": "/accounts/password/change/",
            "account-2fa": "/accounts/2fa/",
            "account-authenticator": "/accounts/2fa/totp/activate/",
            "account-sign-out": "/accounts/logout/",
            "account-reauthenticate": "/accounts/reauthenticate/",
            "account-3rdparty": "/accounts/3rdparty/",
        },
        "paula": {
            "queue-of-all": "/review/",
            "assign": f"{made['review_submitted']}assign",
            "assign-again": f"{made['review_under_review']}assign",
            "publishing-submitted": made["publishing_submitted"],
            "publishing-approved": made["publishing_approved"],
            "audit": "/desk/audit/",
        },
        "edith": {
            "desk": "/desk/",
            "compose": "/desk/compose",
            "publishing-under-review": made["publishing_under_review"],
            "finding-superseded": made["finding_superseded"],
            "finding-answer": made["finding_answer"],
            "reports": "/desk/reports/",
            "report": made["report"],
            "editor": made["draft"],
        },
    }


def sign_in(page: Page, name: str) -> None:
    """By the form that is there for it."""
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)


@contextmanager
def at_desk(browser: Browser, site: Served, name: str, **how: Any) -> Iterator[Page]:
    """Somebody's own browser, signed in; nothing may fail in its scripts."""
    options = {"viewport": {"width": 1280, "height": 1000}, **how}
    context = browser.new_context(base_url=site.address, **options)
    context.set_default_timeout(20_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, name)
    yield page
    context.close()
    assert errors == []
