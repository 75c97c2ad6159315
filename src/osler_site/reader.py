"""Who reads, in which language and in which colours: choices, each remembered in a cookie."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from osler.readers import languages
from osler_site.environment import environment
from osler_site.operations.limits import limited_sync

COOKIE = "osler_reader"
LANGUAGE_COOKIE = "osler_language"
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
ENGLISH = "en"
LANGUAGE_NAMES = {"en": "English", "es": "Español"}  # each in itself
_BY_KEY = {r.key: r for r in READERS}


def reader_of(request: HttpRequest) -> Reader:
    """The reader that was chosen in this browser."""
    return _BY_KEY.get(request.COOKIES.get(COOKIE, ""), NOT_CHOSEN)


def reader_label(audience: str) -> str:
    """The reader of that audience, where it is another than the physician; else ""."""
    return "" if audience == NOT_CHOSEN.audience else _BY_KEY[audience].label


def language_of(request: HttpRequest) -> str:
    """The language of answers: by `lang` in the address or form, else as chosen in this browser."""
    return language_of_page(request, request.POST.get("lang", ""))


def language_of_page(request: HttpRequest, asked: str = "") -> str:
    """The same without a look at what was sent, which is for the view alone to read."""
    wanted = request.GET.get("lang") or asked or request.COOKIES.get(LANGUAGE_COOKIE, ENGLISH)
    return wanted if wanted in languages() else ENGLISH


def language_choices() -> tuple[tuple[str, str], ...]:
    """The languages to choose from, by code and by their own name."""
    return tuple((code, LANGUAGE_NAMES.get(code, code)) for code in languages())


@require_POST
def choose(request: HttpRequest) -> HttpResponseBase:
    """Remember who reads, or in which language, and go back to the page it was chosen on.

    On an answer's page (`answer` names it) the same question is asked in these words.
    """
    if "language" in request.POST:
        chosen = request.POST["language"]
        cookie, value = LANGUAGE_COOKIE, chosen if chosen in languages() else ENGLISH
        reader, language = reader_of(request), value
    else:
        reader, language = (
            _BY_KEY.get(request.POST.get("reader", ""), NOT_CHOSEN),
            language_of(request),
        )
        cookie, value = COOKIE, reader.key
    if not request.POST.get("answer"):
        return _remember(request, cookie, value)

    @limited_sync("ask", lambda: environment().asks_per_minute)
    def ask_again(request: HttpRequest) -> HttpResponseBase:
        from osler_site.answers.rewording import in_other_words, keep_place

        answer, new = in_other_words(request.POST["answer"], reader.audience, language)
        response = _remember(request, cookie, value, new.get_absolute_url())
        keep_place(request, response, answer, new)
        return response

    return ask_again(request)


def theme_of(request: HttpRequest) -> str:
    """ "light", "dark", or "" for what the device says."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return theme if theme in THEMES else ""


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark and go back to the page it was chosen on."""
    theme = request.POST.get("theme", "")
    return _remember(request, THEME_COOKIE, theme if theme in THEMES else "")


def _remember(request: HttpRequest, cookie: str, value: str, there: str = "") -> HttpResponse:
    back = there or request.POST.get("next", "/")
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
