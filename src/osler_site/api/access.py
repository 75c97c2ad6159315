"""Who may use an operation, and how often."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.errors import AuthorizationError
from ninja.security import HttpBearer

from osler_site.api.models import ApiToken
from osler_site.api.problems import TooMany
from osler_site.api.scopes import Scope
from osler_site.environment import environment
from osler_site.operations.limits import LIMITS
from osler_site.operations.metrics import LIMITED


class Bearer(HttpBearer):
    """`Authorization: Bearer TOKEN`, the token holding a scope."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token; None where there is no such token. Raises AuthorizationError, TooMany."""
        # Wrong tokens count against the address, so that no one can try many.
        address = request.META.get("REMOTE_ADDR", "")
        found = ApiToken.of(token)
        if found is None:
            _spend(f"guess {address}", environment().api_per_minute)
            return None
        # What is refused counts, too: each request costs a look into the database.
        _spend(f"token {found.pk}", environment().api_per_minute)
        if not found.may(self.scope):
            raise AuthorizationError(message=f"The token does not hold the scope {self.scope}.")
        return found


def _spend(who: str, per_minute: int) -> None:
    wait = LIMITS.spend(who, per_minute)
    if wait:
        LIMITED.labels("api").inc()
        raise TooMany(wait)
