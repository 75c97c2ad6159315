"""The account pages that there are: allauth's, without those for signing up by oneself.

Wagtail and Django bring log-in pages of their own, which know neither the limits nor the second
factor. All of them lead here.
"""

from __future__ import annotations

from allauth.socialaccount.providers.openid_connect.views import login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache
from django.views.generic.base import RedirectView
from wagtail.admin.auth import require_admin_access

from osler_site.accounts.managing.own import OwnAccount
from osler_site.api.tokens import revoke_view, tokens_view
from osler_site.environment import environment
from osler_site.operations.middleware import STRICT

_CLOSED = (
    r"^accounts/(?:signup|email|confirm-email|phone|login/code|social|password/set)/",
    r"^accounts/3rdparty/signup/",
    r"^admin/password_reset/",
    r"^_util/authenticate_with_password/",
)


def closed(request: HttpRequest) -> HttpResponse:
    """Not here: accounts and their addresses are an administrator's business."""
    raise Http404


def sso_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """allauth's page, whose form ends at the provider's, wherever that sends its people."""
    response: HttpResponse = login(request, provider_id=provider_id)
    ends = " ".join(("https:", *filter(None, [environment().oidc_issuer])))
    response.headers["Content-Security-Policy"] = STRICT.replace(
        "form-action 'self'", f"form-action 'self' {ends}"
    )
    return response


_to_log_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    *(re_path(pattern, closed) for pattern in _CLOSED),
    path("admin/login/", _to_log_in),
    path("admin/account/", never_cache(require_admin_access(OwnAccount.as_view()))),
    path("_util/login/", _to_log_in),
    path("accounts/oidc/<slug:provider_id>/login/", sso_login),
    path("accounts/tokens/", tokens_view, name="tokens"),
    path("accounts/tokens/<int:pk>/revoke", revoke_view, name="token-revoke"),
    path("accounts/", include("allauth.urls")),
]
