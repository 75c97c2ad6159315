"""The account pages that there are: allauth's, without those for signing up by oneself.

Wagtail and Django bring log-in pages of their own, which know neither the limits nor the second
factor. All of them lead here.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.generic.base import RedirectView

_CLOSED = (
    r"^accounts/(signup|email|confirm-email|phone|login/code|social|password/set)/",
    r"^accounts/3rdparty/signup/",
    r"^admin/password_reset/",
    r"^_util/authenticate_with_password/",
)


def closed(request: HttpRequest) -> HttpResponse:
    """Not here: accounts and their addresses are an administrator's business."""
    raise Http404


_to_log_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    *(re_path(pattern, closed) for pattern in _CLOSED),
    path("admin/login/", _to_log_in),
    path("_util/login/", _to_log_in),
    path("accounts/", include("allauth.urls")),
]
