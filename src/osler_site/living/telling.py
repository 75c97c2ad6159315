"""What was found under an article, for whatever leaves the site: text, JSON, documents."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from osler_site.articles.models import ArticlePage
from osler_site.living.settling import open_findings

CHANGED = "Something changed since this was written. Check it against the sources."


def warnings_of(page: ArticlePage) -> tuple[str, ...]:
    """What a reader is warned of, in lines; empty where nothing was found."""
    found = open_findings(page)
    lines = (f"{f.get_kind_display()}. {f.summary} (found {_day(f)})" for f in found)
    return (CHANGED, *lines) if found else ()


def findings_json(page: ArticlePage) -> list[dict[str, Any]]:
    """The open findings as plain values."""
    return [
        {
            "kind": finding.kind,
            "what": finding.get_kind_display(),
            "summary": finding.summary,
            "found": finding.found,
            "library_version": finding.library_version,
        }
        for finding in open_findings(page)
    ]


def _day(finding: Any) -> str:
    return f"{timezone.localdate(finding.found):%-d %B %Y}"
