"""The OpenID Connect provider as allauth has it, believing less.

Added to allauth's state and PKCE: a nonce that binds the ID token to this browser's request
(OpenID Connect Core, 3.1.2.1), the comparison of the two subjects (5.3.2), and that an e-mail
address counts only when the provider says that it checked it.
"""

from __future__ import annotations

import secrets
from typing import Any

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse


class CarefulProvider(OpenIDConnectProvider):
    """Sends a nonce, takes nothing else from the address, and drops unchecked e-mail addresses."""

    package = "allauth.socialaccount.providers.openid_connect"

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """To the provider; the nonce is kept with the state."""
        nonce = secrets.token_urlsafe(24)
        kwargs["auth_params"] = {**self.get_auth_params(), "nonce": nonce}
        kwargs["scope"] = self.get_scope()
        return super().redirect(request, process, next_url, data, nonce=nonce, **kwargs)

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """The address, if the provider checked it."""
        return [a for a in super().extract_email_addresses(data) if a.verified]

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """The name, and the address if the provider checked it."""
        fields: dict[str, Any] = super().extract_common_fields(data)
        if not self.extract_email_addresses(data):
            fields["email"] = None
        return fields


def mismatch(answer: dict[str, Any], state: dict[str, Any]) -> str:
    """Why the provider's answer is not to this browser's request; empty if it is."""
    token, person = answer.get("id_token") or {}, answer.get("userinfo") or {}
    nonce = state.get("nonce")
    if not nonce or not secrets.compare_digest(str(token.get("nonce", "")), nonce):
        return "the answer carries another nonce"
    if person and person.get("sub") != token.get("sub"):
        return "the answer speaks of two persons"
    return ""
