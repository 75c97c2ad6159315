"""The language that a page speaks: its frame, its remarks, its dates (Django's own machinery).

What Osler says is translated in `locale/`; what sources, readers and the engine say stays in the
language it was said in, and is marked so. A page that is not translated extends `base.html` and is
English in a frame of the reader's language; one that is extends `spoken.html`. An answer's page
speaks the answer's language, whoever opens it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from osler.readers import SOURCE_LANGUAGE, languages
from osler_site.reader import language_of_page

ENGLISH = "en-GB"  # as our texts are written
_OF_THE_STAFF = (
    "/admin/",
    "/desk/",
    "/review/",
    "/accounts/",
    "/api/",
)  # English, as Wagtail's are


def speaking(language: str) -> AbstractContextManager[None]:
    """Within it Django speaks the language of that code; English as the site is set up."""
    return translation.override(site_language() if language == SOURCE_LANGUAGE else language)


def site_language() -> str:
    """Django's language for English pages: OSLER_LANGUAGE, which may order dates otherwise."""
    set_up: str = settings.LANGUAGE_CODE
    others = [code for code in languages() if code != SOURCE_LANGUAGE]
    return "en-gb" if set_up.partition("-")[0] in others else set_up


def page_language() -> str:
    """The language that is spoken now, for `lang`."""
    spoken_now = (translation.get_language() or "").partition("-")[0]
    others = [code for code in languages() if code != SOURCE_LANGUAGE]
    return spoken_now if spoken_now in others else ENGLISH


def spoken(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Lets the pages for readers speak the language that was chosen."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        staff = request.path.startswith(_OF_THE_STAFF)
        with speaking(SOURCE_LANGUAGE if staff else language_of_page(request)):
            return get_response(request)

    return middleware
