"""Who reads: the answer to "Which best describes you?", remembered in a cookie."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "osler_reader"
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
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = "/"
    chosen = _BY_KEY.get(request.POST.get("reader", ""), NOT_CHOSEN)
    response = HttpResponseRedirect(back)
    response.set_cookie(
        COOKIE,
        chosen.key,
        max_age=_YEAR,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    return response
