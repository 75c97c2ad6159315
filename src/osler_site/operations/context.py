"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from osler_site.environment import environment
from osler_site.reader import READERS, language_choices, language_of, reader_of, theme_of


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name, the readers to choose from, the one chosen, and the colours."""
    return {
        "site_name": environment().name,
        "base_url": environment().base_url,
        "readers": READERS,
        "reader": reader_of(request),
        "languages": language_choices(),
        "language": language_of(request),
        "theme": theme_of(request),
    }
