"""The CDS clients that a hospital trusts, and their public keys.

The file that OSLER_HOOKS_CLIENTS names is a JSON list; of each client its issuer and either its
keys (`jwks`) or the address of them (`jku`):

    [{"issuer": "https://ehr.hospital.example", "jwks": {"keys": [{"kty": "EC", …}]}},
     {"issuer": "https://lab.hospital.example", "jku": "https://lab.hospital.example/jwks.json"}]
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Self

from jwt import PyJWK
from jwt.exceptions import PyJWTError
from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError
from pydantic import model_validator as validator

from osler.domain.errors import RecordUnavailable, UsageError
from osler_site.cds_hooks.fetching import Source
from osler_site.environment import environment

KEPT = 3600.0  # seconds that fetched keys are used
ASKED_AGAIN = 30.0  # seconds between two looks for a key that was not there
ALGORITHMS = ("ES384", "RS384", "ES256", "RS256")
_FITTING: dict[tuple[Any, Any], tuple[str, ...]] = {
    ("EC", "P-384"): ("ES384",),
    ("EC", "P-256"): ("ES256",),
    ("RSA", None): ("RS384", "RS256"),
}
_PUBLIC = ("kty", "crv", "x", "y", "n", "e", "kid")
_SHORTEST_RSA = 2048  # bits
_FETCH_SECONDS = 4.0
_MOST_KEYS = 100
_Address = Annotated[str, StringConstraints(pattern=r"^https?://[^/?#@]+")]


@dataclass(frozen=True, slots=True)
class Key:
    """A public key, and the algorithms that a signature under it may use."""

    public: Any
    algorithms: tuple[str, ...]


class Client(BaseModel):
    """A CDS client. Exactly one of `jwks` and `jku` is given."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    jwks: dict[str, Any] | None = None
    jku: _Address | None = None
    tenants: tuple[str, ...] = ()  # empty: any, or none

    @validator(mode="after")
    def _has_keys(self) -> Self:
        if (self.jwks is None) == (self.jku is None):
            raise ValueError("give either jwks or jku")
        if self.jwks is not None and not keys_of(self.jwks):
            raise ValueError("jwks holds no public key with a kid for ES384, RS384, ES256 or RS256")
        return self


_CLIENTS = TypeAdapter(tuple[Client, ...])


def keys_of(jwks: Any) -> dict[str, Key]:
    """The public keys of a JWK Set (RFC 7517) that may be used, by their ids.

    A symmetric key is never one of them: whoever reads it could sign, too.
    """
    entries = jwks.get("keys") if isinstance(jwks, dict) else None
    found: dict[str, Key] = {}
    for entry in (entries if isinstance(entries, list) else [])[:_MOST_KEYS]:
        key = _key(entry) if isinstance(entry, dict) else None
        if key is not None:
            found[entry["kid"]] = key
    return found


def _key(entry: dict[str, Any]) -> Key | None:
    if entry.get("use", "sig") != "sig" or not isinstance(entry.get("kid"), str):
        return None
    algorithms = _FITTING.get((entry.get("kty"), entry.get("crv")), ())
    if "alg" in entry:
        algorithms = tuple(name for name in algorithms if name == entry["alg"])
    if not algorithms:
        return None
    public = {name: value for name, value in entry.items() if name in _PUBLIC}
    try:
        key = PyJWK(public, algorithms[0]).key
    except (PyJWTError, ValueError, TypeError, KeyError):
        return None
    if entry["kty"] == "RSA" and key.key_size < _SHORTEST_RSA:
        return None
    return Key(key, algorithms)


class Fetched:
    """Keys that stand at an address. Safe to use from several threads."""

    def __init__(self, jku: str) -> None:
        self._jku = jku
        self._lock = threading.Lock()
        self._keys: dict[str, Key] = {}
        self._looked: float | None = None

    def key(self, kid: str) -> Key | None:
        """The key with this id; a new one is looked for, not more often than is polite."""
        with self._lock:
            now = time.monotonic()
            age = None if self._looked is None else now - self._looked
            if age is None or age > KEPT or (kid not in self._keys and age > ASKED_AGAIN):
                self._looked = now
                self._keys = keys_of(self._fetch(now))
            return self._keys.get(kid)

    def _fetch(self, now: float) -> Any:
        listed = environment().fhir_hosts
        try:
            with Source(self._jku, listed, deadline=now + _FETCH_SECONDS) as source:
                return source.get(self._jku)
        except RecordUnavailable:
            return None  # no key, no entry: tried again at the next call after a while


@cache
def clients() -> dict[str, Client]:
    """The trusted clients by issuer, read once. Raises UsageError: the file is no such list."""
    file = environment().hooks_clients
    return read_clients(file) if file else {}


def read_clients(file: Path) -> dict[str, Client]:
    """The clients that a file lists. Raises UsageError with what is wrong in it."""
    try:
        listed = _CLIENTS.validate_json(file.read_bytes())
    except OSError as error:
        raise UsageError(f"OSLER_HOOKS_CLIENTS: cannot read {file}: {error.strerror}") from error
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False)
        )
        raise UsageError(
            f"OSLER_HOOKS_CLIENTS: {file} is no list of clients: {faults}",
            help='For example [{"issuer": "https://ehr.hospital.example", "jwks": {"keys": […]}}]; '
            "see docs/cds-hooks.md.",
        ) from error
    return {client.issuer: client for client in listed}


@cache
def fetched(jku: str) -> Fetched:
    """The keys at an address, for as long as this process lives."""
    return Fetched(jku)


def key_of(client: Client, kid: str) -> Key | None:
    """A client's key; None where it has none with this id."""
    if client.jku is not None:
        return fetched(client.jku).key(kid)
    return keys_of(client.jwks).get(kid)
