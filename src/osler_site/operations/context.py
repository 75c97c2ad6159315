"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.safestring import mark_safe

from osler_site.environment import environment
from osler_site.reader import READERS, language_choices, language_of, reader_of, theme_of
from osler_site.speaking import ENGLISH, page_language, site_language


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name, the readers to choose from, the one chosen, and the colours."""
    language = page_language()
    return {
        "site_name": environment().name,
        "base_url": environment().base_url,
        "readers": READERS,
        "reader": reader_of(request),
        "languages": language_choices(),
        "language": language_of(request),
        "page_language": language,
        # What stands in English on a page in another language carries this.
        "english": mark_safe("" if language == ENGLISH else ' lang="en"'),
        "site_language": site_language(),
        "theme": theme_of(request),
    }
