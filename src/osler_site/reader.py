"""Who reads, and in which colours: two choices, each remembered in a cookie."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "osler_reader"
THEME_COOKIE = "osler_theme"
THEMES = ("light", "dark")
_YEAR = 31_536_000  # seconds


@dataclass(frozen=True, slots=True)
class Reader:
    """A kind of reader, the engine's audience for it, and how the choice is worded."""

    key: str
    label: str
    audience: str


READERS = (
    Reader("physician", "Physician", "physician"),
    Reader("pharmacist", "Pharmacist", "pharmacist"),
    Reader("nurse", "Nurse", "nurse"),
    Reader("student", "Student", "student"),
    Reader("patient", "Patient or carer", "patient"),
)
NOT_CHOSEN = Reader("", "Not chosen", "physician")
_BY_KEY = {r.key: r for r in READERS}


def reader_of(request: HttpRequest) -> Reader:
    """The reader that was chosen in this browser."""
    return _BY_KEY.get(request.COOKIES.get(COOKIE, ""), NOT_CHOSEN)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the choice and go back to the page it was made on."""
    chosen = _BY_KEY.get(request.POST.get("reader", ""), NOT_CHOSEN)
    return _remember(request, COOKIE, chosen.key)


def theme_of(request: HttpRequest) -> str:
    """ "light", "dark", or "" for what the device says."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return theme if theme in THEMES else ""


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark and go back to the page it was chosen on."""
    theme = request.POST.get("theme", "")
    return _remember(request, THEME_COOKIE, theme if theme in THEMES else "")


def _remember(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = "/"
    response = HttpResponseRedirect(back)
    response.set_cookie(
        cookie,
        value,
        max_age=_YEAR,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    return response
