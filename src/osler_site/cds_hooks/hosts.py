"""Which hosts may be fetched from, and at which address.

A caller names the FHIR server. Without this check it could have us read what only this machine
reaches: the cloud's metadata service, an intranet, a database on loopback. A name is resolved
once, every address that it has is checked, and the connection is made to the checked address:
what the name resolves to a moment later does not matter (DNS rebinding).
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from osler.domain.errors import RecordUnavailable
from osler.reading.importers.addresses import is_public

_PORTS = {"https": 443, "http": 80}
_LIST_IT = (
    "A server inside the hospital is named in OSLER_FHIR_HOSTS, for example "
    "https://fhir.hospital.example (http://… where it has no certificate)."
)


@dataclass(frozen=True, slots=True)
class Place:
    """A host that may be connected to, at the address that was checked."""

    scheme: str
    host: str  # as it is named
    address: str  # IPv4 or IPv6
    port: int

    @property
    def netloc(self) -> str:
        """The host as the Host header names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Where to connect to."""
        address = f"[{self.address}]" if ":" in self.address else self.address
        return f"{self.scheme}://{address}:{self.port}"


def origin_of(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address. Raises RecordUnavailable where it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RecordUnavailable("the address of the FHIR server is not one") from error
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _PORTS or not host or parts.username or parts.password:
        raise RecordUnavailable("the address of the FHIR server is not one")
    return parts.scheme, host, port or _PORTS[parts.scheme]


def is_listed(url: str, listed: tuple[str, ...]) -> bool:
    """Whether the hospital named this server: scheme, host and port."""
    return origin_of(url) in {_listed(entry) for entry in listed}


def checked(url: str, listed: tuple[str, ...]) -> Place:
    """Where to connect to for an address. Raises RecordUnavailable where that may not be.

    `listed` are the servers that may be private ("https://fhir.hospital.example", or a bare
    host), and of which "http://…" may be spoken to without encryption.
    """
    scheme, host, port = origin_of(url)
    trusted = is_listed(url, listed)
    if scheme != "https" and not trusted:
        raise RecordUnavailable(f"{host} is not spoken to without encryption", help=_LIST_IT)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RecordUnavailable(f"there is no host {host}") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not trusted and not all(map(is_public, addresses)):
        raise RecordUnavailable(f"{host} is not a public address", help=_LIST_IT)
    return Place(scheme, host, addresses[0], port)


def _listed(entry: str) -> tuple[str, str, int]:
    return origin_of(entry if "://" in entry else f"https://{entry}")
