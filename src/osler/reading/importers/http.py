"""Asking a public service politely: who we are, how often, how long, how much, and from where.

httpx does the talking. What is added here is what the services ask of programs: a user agent
that names us, a limit of requests a second for each host, waiting when told to (Retry-After),
exponential back-off with jitter (AWS Architecture Blog, "Exponential Backoff And Jitter", 2015,
"full jitter"), and asking again only for what has changed (ETag, Last-Modified; RFC 9110 §13).
"""

from __future__ import annotations

import email.utils
import random
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

import httpx

from osler import __version__
from osler.domain.errors import DocumentTooLarge, ImportFailed
from osler.reading.importers.addresses import refuse_private, refuse_private_peer
from osler.reading.importers.cache import Cache, Response

USER_AGENT = f"osler/{__version__} (clinical evidence engine; self-hosted)"
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
MAX_BYTES = 50 * 2**20
MAX_REDIRECTS = 5
ATTEMPTS = 4
BACKOFF = 1.0  # seconds before the second attempt, doubled for each further one
LONGEST_WAIT = 60.0  # seconds; a service that asks for more is left alone
FRESH_FOR = timedelta(days=1)  # a response without ETag or Last-Modified is asked for again then

_RETRYABLE = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class NotModified(Exception):
    """What the caller knew still stands, and nothing was sent."""


class RateLimit:
    """At most `per_second` requests a second, whichever threads they come from."""

    def __init__(self, per_second: float) -> None:
        self._interval = 1.0 / per_second
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self, sleep: Callable[[float], None] = time.sleep) -> None:
        """Block until the next request may go out."""
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next)
            self._next = turn + self._interval
        if turn > now:
            sleep(turn - now)


_limits: dict[str, RateLimit] = {}
_limits_lock = threading.Lock()


def rate_limit(host: str, per_second: float) -> RateLimit:
    """The one limit that all of this process keeps for a host at this rate."""
    with _limits_lock:
        return _limits.setdefault(f"{host} {per_second}", RateLimit(per_second))


class Session:
    """Fetches URLs; made once for an import, closed after it.

    `trusted` hosts (the base addresses that the operator configured) may be private; any other
    may not, redirects included, unless `allow_private`.
    """

    def __init__(
        self,
        *,
        client: httpx.Client | None = None,
        cache: Cache | None = None,
        trusted: frozenset[str] = frozenset(),
        allow_private: bool = False,
        max_bytes: int = MAX_BYTES,
        attempts: int = ATTEMPTS,
        backoff: float = BACKOFF,
    ) -> None:
        self._client = client or httpx.Client(timeout=TIMEOUT, follow_redirects=False)
        self._owned = client is None
        self._cache = cache
        self._trusted = trusted
        self._allow_private = allow_private
        self._max_bytes = max_bytes
        self._attempts = attempts
        self._backoff = backoff

    def close(self) -> None:
        """Close the connections, unless the client is the caller's."""
        if self._owned:
            self._client.close()

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        *,
        secret: Mapping[str, str] | None = None,
        accept: str = "*/*",
        per_second: float = 3.0,
        known: Mapping[str, str] | None = None,
    ) -> Response:
        """GET `url`. `secret` parameters (API keys) are sent, but neither kept nor shown.

        `known` is the `provenance` of an earlier response, for where the cache has none. Raises
        `NotModified` where that still stands, `ImportFailed` when the service does not give it
        (its `status` is the HTTP status where there is one), `DocumentTooLarge` beyond
        `max_bytes`.
        """
        shown = str(httpx.URL(url, params=params) if params else httpx.URL(url))
        kept = self._cache.get(shown) if self._cache else None
        if kept and _is_fresh(kept):
            return kept
        headers = {"User-Agent": USER_AGENT, "Accept": accept}
        before = kept.provenance() if kept else known or {}
        if "etag" in before:
            headers["If-None-Match"] = before["etag"]
        if "last_modified" in before:
            headers["If-Modified-Since"] = before["last_modified"]
        response = self._attempt(_Request(shown, headers, kept, per_second, dict(secret or {})))
        if self._cache:
            self._cache.put(shown, response)
        return response

    def _attempt(self, request: _Request) -> Response:
        for attempt in range(1, self._attempts + 1):
            try:
                return self._once(request)
            except _Again as again:
                wait = random.uniform(0, self._backoff * 2 ** (attempt - 1))
                if again.after is not None:
                    wait = again.after
                if wait > LONGEST_WAIT:
                    message = f"{again.problem} and asks to wait {wait:.0f} s"
                    raise ImportFailed(message, help=_BUSY) from again
                if attempt == self._attempts:
                    raise again.problem from again
            time.sleep(wait)
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _once(self, request: _Request) -> Response:
        """One try, redirects followed. Raises `_Again` where another try may do better."""
        url, shown = request.url, request.url
        for _ in range(MAX_REDIRECTS + 1):
            parts = urlsplit(url)
            guarded = self._check(url)
            rate_limit(parts.netloc, request.per_second).wait()
            # A key is for the service it was given for, not for where that redirects to.
            sent = request.signed() if url == shown else url
            with self._stream(sent, shown, request.headers) as answer:
                if guarded:
                    _check_peer(answer, parts.hostname or "")
                if answer.status_code in _REDIRECTS and "location" in answer.headers:
                    url = _redirected(url, answer.headers["location"])
                    continue
                if answer.status_code == 304:
                    if request.kept is None:
                        raise NotModified(shown)
                    return replace(request.kept, checked=_now())
                _raise_for_status(answer, shown)
                return self._response(answer, url)
        raise ImportFailed(f"{shown} redirects more than {MAX_REDIRECTS} times")

    @contextmanager
    def _stream(self, url: str, shown: str, headers: dict[str, str]) -> Iterator[httpx.Response]:
        try:
            with self._client.stream("GET", url, headers=headers, follow_redirects=False) as answer:
                yield answer
        except httpx.TimeoutException as error:
            raise _Again(ImportFailed(f"{shown} did not answer in time")) from error
        except httpx.TransportError as error:
            reason = str(error) or type(error).__name__
            raise _Again(ImportFailed(f"cannot reach {shown}: {reason}")) from error
        except httpx.DecodingError as error:
            raise _Again(ImportFailed(f"{shown} came damaged: {error}")) from error

    def _response(self, answer: httpx.Response, url: str) -> Response:
        body = bytearray()
        for chunk in answer.iter_bytes():
            body += chunk
            if len(body) > self._max_bytes:
                size = self._max_bytes // 2**20
                raise DocumentTooLarge(f"{url} is larger than {size} MiB")
        now = _now()
        return Response(
            url=url,
            body=bytes(body),
            media_type=answer.headers.get("content-type", "").partition(";")[0].strip().lower(),
            charset=answer.charset_encoding,
            fetched=now,
            checked=now,
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
        )

    def _check(self, url: str) -> bool:
        """Refuse what may not be fetched; True if the connection's peer must be checked too."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ImportFailed(f"not a web address: {url}")
        if self._allow_private or parts.netloc in self._trusted:
            return False
        refuse_private(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
        proxied = parts.scheme in urllib.request.getproxies()
        return not proxied or bool(urllib.request.proxy_bypass(parts.hostname))


@dataclass(frozen=True, slots=True)
class _Request:
    url: str  # as it is shown and kept
    headers: dict[str, str]
    kept: Response | None
    per_second: float
    secret: dict[str, str] = field(repr=False)

    def signed(self) -> str:
        """The URL with the secret parameters."""
        return str(httpx.URL(self.url).copy_merge_params(self.secret)) if self.secret else self.url


class _Again(Exception):
    """Worth another try, `after` seconds where the service said so."""

    def __init__(self, problem: ImportFailed, after: float | None = None) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.after = after


_BUSY = "The service is busy or limits how much it gives; run the same command again later."


def _raise_for_status(answer: httpx.Response, shown: str) -> None:
    status = answer.status_code
    if status < 300:
        return
    if status in _RETRYABLE:
        problem = ImportFailed(f"{shown} answered {status} {answer.reason_phrase}", help=_BUSY)
        raise _Again(problem, _retry_after(answer.headers.get("retry-after")))
    problem = ImportFailed(f"{shown} answered {status} {answer.reason_phrase}")
    problem.status = status
    raise problem


def _retry_after(value: str | None) -> float | None:
    """Seconds to wait: a number of them, or until a date (RFC 9110 §10.2.3)."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        until = email.utils.parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _check_peer(answer: httpx.Response, host: str) -> None:
    stream = answer.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    if peer:
        refuse_private_peer(str(peer[0]), host)


def _is_fresh(kept: Response) -> bool:
    if kept.etag or kept.last_modified:
        return False  # asking costs little, and the answer is certain
    try:
        return datetime.now(UTC) - datetime.fromisoformat(kept.checked) < FRESH_FOR
    except ValueError:
        return False


def _redirected(url: str, location: str) -> str:
    target = urljoin(url, location)
    if url.startswith("https:") and not target.startswith("https:"):
        raise ImportFailed(f"{url} redirects to an unencrypted address: {target}")
    return target


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
