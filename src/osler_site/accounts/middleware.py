"""Who asks, from where, and whether that is enough for what they ask for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache
from urllib.parse import urlencode

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect

from osler_site.accounts.networks import Networks, client_address, networks, parse_address, within
from osler_site.accounts.second_factor import BACK_KEY, next_step
from osler_site.environment import environment

ADMIN_PATHS = ("/admin", "/metrics")
STAFF_PATHS = ("/desk", "/review", "/accounts/tokens")
_PROXY_HEADERS = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)
GetResponse = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


@cache
def _parsed(given: tuple[str, ...]) -> Networks:
    return networks(given)


def below(path: str, roots: tuple[str, ...]) -> bool:
    """Whether a path is one of these or lies below one."""
    return any(path == root or path.startswith(f"{root}/") for root in roots)


class _Step:
    """A middleware that looks at the request first."""

    async_capable = True
    sync_capable = False

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        assert iscoroutinefunction(get_response)
        markcoroutinefunction(self)


class known_address(_Step):  # noqa: N801  a middleware is named like a function
    """Puts the client's address into REMOTE_ADDR and drops what an untrusted peer claims."""

    async def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Resolve the address before anything looks at it."""
        trusted = _parsed(environment().trusted_proxies)
        peer = request.META.get("REMOTE_ADDR", "")
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if not within(parse_address(peer), trusted):
            for header in _PROXY_HEADERS:
                request.META.pop(header, None)
        request.META["REMOTE_ADDR"] = client_address(peer, forwarded, trusted)
        return await self.get_response(request)


class _SyncStep:
    """One that runs in the request's thread, with what it may ask of the database."""

    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response


class inside_only(_SyncStep):  # noqa: N801
    """To the outside, the administration is not there."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Raise Http404 for an administrator's or staff's path from elsewhere."""
        here = environment()
        address = parse_address(request.META["REMOTE_ADDR"])
        if below(request.path_info, ADMIN_PATHS) and not within(
            address, _parsed(here.admin_networks)
        ):
            raise Http404
        if (
            here.staff_networks
            and below(request.path_info, STAFF_PATHS)
            and not within(address, _parsed(here.staff_networks))
        ):
            raise Http404
        return self.get_response(request)


class enough_shown(_SyncStep):  # noqa: N801
    """Lets into the administration who may be there, once their authenticator is set up."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Lead to the page that asks for a code; from there it goes on to where they were."""
        if below(request.path_info, (*ADMIN_PATHS, *STAFF_PATHS)):
            page = self._missing(request)
            if page is not None:
                back = urlencode({"next": request.session[BACK_KEY]})
                return HttpResponseRedirect(f"{page}?{back}")
        response = self.get_response(request)
        if below(request.path_info, ("/accounts", *ADMIN_PATHS, *STAFF_PATHS)):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    @staticmethod
    def _missing(request: HttpRequest) -> str | None:
        user = request.user
        page = next_step(request) if environment().totp_required else None
        if page is not None:
            here = request.get_full_path() if request.method == "GET" else request.path
            request.session[BACK_KEY] = here
        elif (
            below(request.path_info, ("/admin",))
            and user.is_authenticated
            and not user.has_perm("wagtailadmin.access_admin")
        ):
            # Wagtail would lead to the log-in, which leads whoever is signed in back again.
            raise PermissionDenied
        return page
