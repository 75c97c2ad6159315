"""Errors as problem details (RFC 9457), with what to do about them where that is known."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, ValidationError
from pydantic import BaseModel, Field

from osler.domain.errors import (
    EmptyQuestion,
    LibraryError,
    OslerError,
    SourceNotFound,
    StaleCitation,
    StatementNotFound,
    UsageError,
    VersionNotFound,
)

MEDIA_TYPE = "application/problem+json"
_NOT_FOUND = (SourceNotFound, StatementNotFound, VersionNotFound, StaleCitation)
_log = logging.getLogger("osler.api")


class Place(BaseModel):
    """What of the request was wrong, and how."""

    location: list[str | int] = Field(description='For example ["body", "question"].')
    message: str


class ProblemDetails(BaseModel):
    """An error as RFC 9457 has it."""

    type: str = Field(default="about:blank")
    title: str
    status: int
    detail: str
    help: str | None = Field(default=None, description="What to do about it.")
    errors: list[Place] = Field(default=[])


class TooMany(Exception):
    """A rate limit is used up; `wait` seconds until it is not."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"Too many requests; wait {wait} seconds.")
        self.wait = wait


def problem(
    status: int,
    detail: str,
    *,
    help: str | None = None,  # noqa: A002  the field's name
    errors: list[dict[str, Any]] | None = None,
    more: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """A response that tells a problem; `more` are members of this sort of problem alone."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "help": help or None,
        "errors": errors or [],
        **(more or {}),
    }
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE, headers=headers)


def handle_errors(api: NinjaAPI) -> None:
    """Answer every error of this interface with problem details."""

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: Exception) -> HttpResponse:
        return problem(
            401,
            "A token is missing, wrong, expired or revoked.",
            help="Send it as: Authorization: Bearer TOKEN",
            headers={"WWW-Authenticate": "Bearer"},
        )

    @api.exception_handler(AuthorizationError)
    def forbidden(request: HttpRequest, error: AuthorizationError) -> HttpResponse:
        return problem(403, error.message)

    @api.exception_handler(TooMany)
    def too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
        return problem(429, str(error), headers={"Retry-After": str(error.wait)})

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        places = [{"location": _location(e["loc"]), "message": e["msg"]} for e in error.errors]
        return problem(422, "The request is not what it should be.", errors=places)

    @api.exception_handler(HttpError)
    def failed(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, error.message)

    @api.exception_handler(RequestDataTooBig)
    def too_big(request: HttpRequest, error: Exception) -> HttpResponse:
        return problem(413, "The request is larger than is read here.")

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Exception) -> HttpResponse:
        return problem(404, str(error) or "There is nothing here.")

    @api.exception_handler(OslerError)
    def deliberate(request: HttpRequest, error: OslerError) -> HttpResponse:
        status = 503 if isinstance(error, LibraryError) else 500
        if isinstance(error, UsageError | EmptyQuestion):
            status = 422
        if isinstance(error, _NOT_FOUND):
            status = 404
        return problem(status, str(error), help=error.help)

    @api.exception_handler(Exception)
    def unforeseen(request: HttpRequest, error: Exception) -> HttpResponse:
        _log.error("an operation failed", exc_info=error)
        return problem(500, "Something went wrong here; it is in the log.")


def _location(given: Any) -> list[str | int]:
    """Where it is, without the name that our own code gives to the body."""
    place = [part for part in given if isinstance(part, str | int)]
    return place[:1] + place[2:] if place[:1] == ["body"] else place
