"""What CDS Hooks and the FHIR interface share over HTTP: bodies in, outcomes out, limits."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from osler.domain.errors import InvalidResource, LibraryError, OslerError, PathwayNotFound
from osler.domain.issue import Issue, Severity
from osler.pathways import operation_outcome
from osler.pathways.reading import from_json
from osler_site.operations.bodies import LONGEST_RECORD
from osler_site.operations.limits import LIMITS
from osler_site.operations.metrics import LIMITED

FHIR_JSON = "application/fhir+json"
_TAKEN = frozenset({"application/json", FHIR_JSON})
_CODES = {
    400: "invalid", 401: "login", 403: "forbidden", 404: "not-found", 405: "not-supported",
    406: "not-supported", 412: "required", 413: "too-long", 415: "not-supported",
    422: "processing", 429: "throttled", 500: "exception", 503: "transient",
}  # fmt: skip
View = Callable[..., HttpResponseBase]
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_log = logging.getLogger("osler.fhir")


class Refusal(Exception):
    """A request that is not carried out, told as an OperationOutcome."""

    def __init__(
        self, status: int, details: str, *, path: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(details)
        self.status = status
        self.issue = Issue(Severity.ERROR, _CODES[status], details, path)
        self.headers = dict(headers or {})


def resource_response(
    resource: Any,
    *,
    status: int = 200,
    media_type: str = FHIR_JSON,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """JSON, its decimals with the digits that they have; kept by no cache."""
    return HttpResponse(
        _ENCODER.encode(resource),
        status=status,
        content_type=media_type,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def outcome_response(
    status: int, issues: tuple[Issue, ...], headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """An OperationOutcome."""
    return resource_response(operation_outcome(issues), status=status, headers=headers)


def interface(*methods: str, invalid: int = 400) -> Callable[[View], View]:
    """A view for programs: these methods alone, no CSRF (it believes no cookie), every error an
    OperationOutcome; `invalid` is the status of a resource that cannot be worked with.
    """
    allowed = (*methods, "HEAD") if "GET" in methods else methods

    def around(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
            try:
                if request.method not in allowed:
                    said = f"{request.method} is not answered here"
                    raise Refusal(405, said, headers={"Allow": ", ".join(allowed)})
                return view(request, *args, **named)
            except Refusal as refused:
                return outcome_response(refused.status, (refused.issue,), refused.headers)
            except OslerError as error:
                return _deliberate(error, invalid)
            except UnreadablePostError:
                return outcome_response(400, (Refusal(400, "the body did not come whole").issue,))
            except Exception as error:  # noqa: BLE001  whatever it is, the caller gets an outcome
                _log.error("a request for programs failed", exc_info=error)
                said = "something went wrong here; it is in the log"
                return outcome_response(500, (Refusal(500, said).issue,))

        return inner

    return around


def _deliberate(error: OslerError, invalid: int) -> HttpResponse:
    if isinstance(error, InvalidResource):
        broken = any(issue.code == "structure" for issue in error.issues)
        return outcome_response(400 if broken else invalid, error.issues)
    status = 503 if isinstance(error, LibraryError) else 500
    if isinstance(error, PathwayNotFound):
        status = 404
    return outcome_response(status, (Refusal(status, f"{error} {error.help}".strip()).issue,))


def json_body(request: HttpRequest) -> Any:
    """The parsed JSON of a request's body. Raises Refusal, InvalidResource."""
    if request.content_type not in _TAKEN:
        raise Refusal(415, f"send {FHIR_JSON} or application/json")
    # Read from the stream: `request.body` keeps to the limit of the site's forms.
    text = request.read(LONGEST_RECORD + 1)
    if len(text) > LONGEST_RECORD:
        raise Refusal(413, f"more than {LONGEST_RECORD // 1_000_000} MB are not read")
    return from_json(text)


def within_limit(who: str, per_minute: int) -> None:
    """Count a request. Raises Refusal (429) where it is one too many."""
    wait = LIMITS.spend(who, per_minute)
    if wait:
        LIMITED.labels("fhir").inc()
        headers = {"Retry-After": str(wait)}
        raise Refusal(429, f"too many requests; wait {wait} seconds", headers=headers)


def bearer(request: HttpRequest) -> str | None:
    """The token that a request shows; None where it shows none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None
