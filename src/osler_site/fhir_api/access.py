"""Who may ask: the same tokens, scopes and limits as the interface for programs."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.errors import AuthorizationError

from osler_site.api.access import Bearer
from osler_site.api.problems import TooMany
from osler_site.api.scopes import Scope
from osler_site.fhir_http import Refusal, bearer

_CHALLENGE = {"WWW-Authenticate": "Bearer"}


def require(request: HttpRequest, scope: Scope) -> None:
    """Raise Refusal (401, 403, 429) unless the request shows a token that holds a scope."""
    token = bearer(request)
    if token is None:
        raise Refusal(401, "send a token: Authorization: Bearer TOKEN", headers=_CHALLENGE)
    try:
        found = Bearer(scope).authenticate(request, token)
    except AuthorizationError as error:
        raise Refusal(403, error.message) from error
    except TooMany as error:
        raise Refusal(429, str(error), headers={"Retry-After": str(error.wait)}) from error
    if found is None:
        raise Refusal(401, "the token is wrong, expired or revoked", headers=_CHALLENGE)
