"""How every address below /fhir/ answers: JSON alone, every error an OperationOutcome."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from osler_site.cds_hooks.origins import from_allowed_origins
from osler_site.fhir_http import FHIR_JSON, Refusal, interface

View = Callable[..., HttpResponse]
_FORMATS = frozenset({"json", "application/json", FHIR_JSON, "text/json"})
_ACCEPTED = ("json", "*/*", "application/*")


def endpoint(view: View, *methods: str) -> Callable[..., HttpResponseBase]:
    """A view of the interface, for these methods and from allowed origins."""

    @wraps(view)
    def inner(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        _refuse_other_formats(request)
        try:
            return view(request, *args, **named)
        except Http404 as error:
            raise Refusal(404, str(error)) from error

    return from_allowed_origins(*methods)(interface(*methods, invalid=422)(inner))


def _refuse_other_formats(request: HttpRequest) -> None:
    """`_format` goes before Accept (R4, "Content Types and encodings")."""
    asked = request.GET.get("_format", "").partition(";")[0].strip()
    accepted = request.headers.get("Accept", "*/*") or "*/*"
    # A plus sign in an address is a space unless it was written as %2B.
    if asked and asked.replace(" ", "+") not in _FORMATS:
        raise Refusal(406, f"only {FHIR_JSON} is spoken here")
    if not asked and not any(part in accepted for part in _ACCEPTED):
        raise Refusal(406, f"only {FHIR_JSON} is spoken here")
