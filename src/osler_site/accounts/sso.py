"""Single sign-on by OpenID Connect: allauth's settings for the provider that is configured."""

from __future__ import annotations

from typing import Any

from osler_site.environment import Environment


def single_sign_on(environment: Environment) -> dict[str, Any]:
    """The settings of the one provider, known as `sso` in its addresses."""
    app = {
        "provider_id": "sso",
        "name": environment.oidc_name,
        "client_id": environment.oidc_client_id,
        "secret": environment.oidc_client_secret,
        "settings": {"server_url": environment.oidc_issuer},
    }
    return {
        "APPS": [app] if environment.oidc_issuer else [],
        "OAUTH_PKCE_ENABLED": True,
        "provider_class": "osler_site.accounts.oidc.CarefulProvider",
    }
