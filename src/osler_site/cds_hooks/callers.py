"""Who calls, and whether that is enough."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from osler_site.cds_hooks.trusting import Untrusted, trusted
from osler_site.environment import environment
from osler_site.fhir_http import Refusal, bearer, within_limit


def caller(request: HttpRequest, *paths: str) -> str:
    """The issuer of the client that calls one of these paths; empty where nobody needs to say.

    Raises Refusal: 401 where a client has to show a token and shows none that is believed, 429.
    """
    within_limit(f"hooks {request.META.get('REMOTE_ADDR', '')}", environment().hooks_per_minute)
    token = bearer(request)
    if token is None:
        if environment().hooks_are_open:
            return ""
        raise _unknown("show a token: Authorization: Bearer JWT")
    try:
        audiences = tuple(f"{settings.WAGTAILADMIN_BASE_URL}{path}" for path in paths)
        return trusted(token, audiences).issuer
    except Untrusted as error:
        if environment().hooks_are_open and not error.of_known_client:
            return ""
        raise _unknown(f"the token is not believed: {error}") from error


def _unknown(details: str) -> Refusal:
    challenge = 'Bearer realm="CDS Hooks", error="invalid_token"'
    return Refusal(401, details, headers={"WWW-Authenticate": challenge})
