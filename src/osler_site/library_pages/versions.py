"""Which version of the library a page shows, and links that stay at it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from osler.domain.errors import VersionNotFound
from osler.library import Library
from osler_site.engine import engine


def library_of(request: HttpRequest) -> Library:
    """The library at the version that the address names, else the latest. Raises Http404."""
    version = request.GET.get("version", "")
    if not version:
        return engine().library()
    if not (version.isascii() and version.isdecimal()) or len(version) > 9:
        raise Http404("no such version of the library")
    try:
        return engine().at(int(version))
    except VersionNotFound as error:
        raise Http404(str(error)) from error


def kept(request: HttpRequest) -> dict[str, str]:
    """The version that the address names, to be named again in links."""
    version = request.GET.get("version", "")
    return {"version": version} if version else {}


def link(name: str, *args: str, fragment: str = "", **query: object) -> str:
    """An address with a query; what is empty is left out."""
    given = {key: value for key, value in query.items() if value not in ("", None)}
    address = reverse(name, args=args)
    address += f"?{urlencode(given, safe=',')}" if given else ""
    return f"{address}#{fragment}" if fragment else address
