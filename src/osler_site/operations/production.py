"""What stands in the way of serving to a hospital: unsafe settings, each with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_network
from urllib.parse import urlsplit

from osler_site.environment import Environment

_SHORTEST_KEY = 50  # characters, as Django's own check has it
_FEWEST_LETTERS = 5  # different ones
_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
_BIGGEST_NETWORK = {4: 8, 6: 32}  # prefix lengths; what is wider is the world


@dataclass(frozen=True, slots=True)
class Problem:
    """A setting that is not safe. `fatal` ones keep the site from starting."""

    setting: str
    what: str
    todo: str
    fatal: bool = True


def problems(environment: Environment) -> tuple[Problem, ...]:
    """Every unsafe setting, the fatal ones first."""
    found = [*_secrets(environment), *_addresses(environment), *_people(environment)]
    found += [*_programs(environment), *_data(environment)]
    return tuple(sorted(found, key=lambda problem: not problem.fatal))


def told(found: tuple[Problem, ...]) -> str:
    """The problems as lines for a person."""
    return "\n".join(f"{p.setting}: {p.what}. {p.todo}" for p in found)


def _secrets(e: Environment) -> Iterator[Problem]:
    if e.debug:
        yield Problem("OSLER_DEBUG", "error pages would show settings and code", "Unset it.")
    key = e.secret_key
    make = "Make one: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
    if not key:
        yield Problem("OSLER_SECRET_KEY", "there is none", make)
    elif len(key) < _SHORTEST_KEY or len(set(key)) < _FEWEST_LETTERS:
        yield Problem("OSLER_SECRET_KEY", "it is too easy to guess", make)
    if e.log_questions:
        yield Problem(
            "OSLER_LOG_QUESTIONS",
            "the log will hold what clinicians ask",
            "Unset it unless that was decided.",
            fatal=False,
        )


def _addresses(e: Environment) -> Iterator[Problem]:
    base = urlsplit(e.base_url)
    if base.scheme != "https":
        yield Problem(
            "OSLER_BASE_URL",
            f"{e.base_url} is not https: passwords and sessions could be read on the way",
            "Put a proxy with a certificate before the site (deploy/nginx.conf) and name its "
            "address, for example https://osler.hospital.example",
        )
    if any(host.startswith("*") or host == "." for host in e.allowed_hosts):
        yield Problem(
            "OSLER_ALLOWED_HOSTS", "a * lets anyone forge addresses in mails", "Name the host."
        )
    elif set(e.allowed_hosts) <= _LOCAL:
        yield Problem(
            "OSLER_ALLOWED_HOSTS",
            "only this machine's own names are allowed",
            f"Add the host of the address: {base.hostname or 'osler.hospital.example'}",
        )
    elif not _is_allowed(base.hostname or "", e.allowed_hosts):
        yield Problem(
            "OSLER_ALLOWED_HOSTS", f"{base.hostname} of OSLER_BASE_URL is not among them", "Add it."
        )
    if base.scheme == "https" and not e.trusted_proxies:
        yield Problem(
            "OSLER_TRUSTED_PROXIES",
            "no proxy is trusted, so that every request would be taken for plain http and "
            "redirected without end",
            "Name the proxy's address, for example 127.0.0.1",
        )
    if any(_is_the_world(network) for network in e.trusted_proxies):
        yield Problem(
            "OSLER_TRUSTED_PROXIES",
            "anyone could claim to come from anywhere",
            "Name the proxy's own address.",
        )


def _people(e: Environment) -> Iterator[Problem]:
    if any(_is_the_world(network) for network in e.admin_networks):
        yield Problem(
            "OSLER_ADMIN_NETWORKS",
            "the administration is open to the world",
            "Name the hospital's own networks, for example 10.20.0.0/16",
        )
    if not e.totp_required:
        yield Problem(
            "OSLER_REQUIRE_TOTP",
            "accounts with a role need no second factor",
            "Unset it: production requires one.",
        )
    if min(e.asks_per_minute, e.api_per_minute, e.hooks_per_minute) <= 0:
        yield Problem(
            "OSLER_ASKS_PER_MINUTE, OSLER_API_PER_MINUTE, OSLER_HOOKS_PER_MINUTE",
            "there is no rate limit",
            "Set each above 0.",
        )
    if not e.email_url:
        yield Problem(
            "OSLER_EMAIL_URL",
            "mails are written to files: no one is told of reports and overdue reviews",
            "Set it, for example smtp://user:password@mail.hospital.example:587",
            fatal=False,
        )


def _programs(e: Environment) -> Iterator[Problem]:
    if e.hooks_are_open:
        yield Problem(
            "OSLER_HOOKS_OPEN",
            "CDS Hooks answer callers that show no token",
            "Unset it unless the proxy lets known clients through alone (mutual TLS).",
            fatal=False,
        )
    for origin in (*e.hooks_origins, *e.fhir_hosts):
        if origin.startswith("http://"):
            yield Problem(
                "OSLER_HOOKS_ORIGINS, OSLER_FHIR_HOSTS",
                f"patients' data would go to or from {origin} unencrypted",
                "Give it a certificate and name it with https://.",
                fatal=False,
            )


def _data(e: Environment) -> Iterator[Problem]:
    if not e.database_url:
        yield Problem(
            "DATABASE_URL",
            "SQLite serves one host only",
            "For several hosts, or many editors at once, use PostgreSQL.",
            fatal=False,
        )


def _is_allowed(host: str, allowed: tuple[str, ...]) -> bool:
    return any(host == a or (a.startswith(".") and f".{host}".endswith(a)) for a in allowed)


def _is_the_world(network: str) -> bool:
    found = ip_network(network, strict=False)
    return found.prefixlen < _BIGGEST_NETWORK[found.version]
