"""Getting JSON from a server that a caller named: little of it, soon, and from there alone."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import httpx

from osler import __version__
from osler.domain.errors import InvalidResource, RecordUnavailable
from osler.pathways.reading import from_json
from osler_site.cds_hooks.hosts import Place, checked, origin_of

LONGEST = 10_000_000  # bytes of one response
TIMEOUT = httpx.Timeout(3.0, connect=2.0)
_AT_ONCE = 32  # calls that are fetched for
_USER_AGENT = f"osler/{__version__} (CDS Hooks)"


class Source:
    """One server, for as long as a request takes. Redirects are not followed.

    Raises RecordUnavailable when the server may not be connected to; `deadline` is a moment of
    `time.monotonic`.
    """

    def __init__(self, base: str, listed: tuple[str, ...], *, deadline: float) -> None:
        self._base = base
        self._place: Place = checked(base, listed)
        self._deadline = deadline
        # An environment's proxy would resolve the name again, and as it likes.
        self._client = httpx.Client(verify=_trust(), timeout=TIMEOUT, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End what is being read."""
        self._client.close()

    def get(self, url: str, *, token: str | None = None) -> Any:
        """The parsed JSON at an address of this server. Raises RecordUnavailable."""
        if origin_of(url) != origin_of(self._base):
            raise RecordUnavailable("the FHIR server leads to another host")
        place, parts = self._place, urlsplit(url)
        target = place.origin + (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {
            "Host": place.netloc,
            "User-Agent": _USER_AGENT,
            "Accept": "application/fhir+json, application/json;q=0.9",
            "Accept-Encoding": "identity",  # what is packed may unpack to anything
        }
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        try:
            with self._client.stream(
                "GET", target, headers=headers, extensions={"sni_hostname": place.host}
            ) as answer:
                return self._parsed(answer)
        except httpx.TimeoutException as error:
            raise RecordUnavailable(f"{place.host} did not answer in time") from error
        except (httpx.HTTPError, OSError, RuntimeError) as error:  # the last: it was closed
            raise RecordUnavailable(f"{place.host} cannot be reached") from error

    def _parsed(self, answer: httpx.Response) -> Any:
        host = self._place.host
        if answer.status_code != 200:
            raise RecordUnavailable(f"{host} answered {answer.status_code}")
        if answer.headers.get("content-encoding", "identity") != "identity":
            raise RecordUnavailable(f"{host} sent its answer packed, which was not asked for")
        body = bytearray()
        for chunk in answer.iter_bytes():
            body += chunk
            if len(body) > LONGEST:
                raise RecordUnavailable(f"{host} sent more than {LONGEST // 1_000_000} MB")
            if time.monotonic() > self._deadline:
                raise RecordUnavailable(f"{host} did not answer in time")
        try:
            return from_json(bytes(body))
        except InvalidResource as error:
            raise RecordUnavailable(f"{host} sent something other than JSON") from error


T = TypeVar("T")
_waiters = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="fetching")


def within(seconds: float, fetch: Callable[[], T], give_up: Callable[[], None]) -> T:
    """What `fetch` gives, for which it has so many seconds: names, headers and bodies together.

    A server that sends a byte now and then keeps each single wait short. What does not end in
    time is given up: `give_up` closes its connections. Raises RecordUnavailable.
    """
    running = _waiters.submit(fetch)
    try:
        return running.result(timeout=seconds)
    except TimeoutError as error:
        running.cancel()
        give_up()
        raise RecordUnavailable("the FHIR server did not answer in time") from error


@cache
def _trust() -> ssl.SSLContext:
    """The authorities that are believed: httpx's, or those of SSL_CERT_FILE. Made once."""
    return httpx.create_ssl_context()
