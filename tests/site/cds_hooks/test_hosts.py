"""Which servers may be fetched from: addresses are checked after names are resolved."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from typing import Any

import pytest
from fhir_server import FhirServer

from osler.domain.errors import RecordUnavailable
from osler_site.cds_hooks import hosts
from osler_site.cds_hooks.fetching import LONGEST, Source
from osler_site.cds_hooks.hosts import checked, is_listed

Resolves = Callable[[dict[str, list[str]]], None]


@pytest.fixture
def resolves(monkeypatch: pytest.MonkeyPatch) -> Resolves:
    """Names that resolve to what a test says; all others as they do."""
    real = socket.getaddrinfo

    def tell(known: dict[str, list[str]]) -> None:
        def getaddrinfo(host: str, port: int, *more: Any, **named: Any) -> Any:
            if host not in known:
                return real(host, port, *more, **named)
            return [
                (socket.AF_INET6 if ":" in a else socket.AF_INET, 1, 6, "", (a, port))
                for a in known[host]
            ]

        monkeypatch.setattr(hosts.socket, "getaddrinfo", getaddrinfo)

    return tell


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0", "10.0.0.1",
        "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "192.0.2.1", "[::1]", "[::]", "[::ffff:127.0.0.1]",
        "[::ffff:169.254.169.254]", "[::127.0.0.1]", "[fe80::1]", "[fd00::1]", "[ff02::1]",
        "[fd00:ec2::254]", "[64:ff9b::169.254.169.254]", "[2002:7f00:1::]", "[2001:db8::1]",
        "localhost", "localhost.",
    ],
)  # fmt: skip
def test_no_private_address_is_fetched_from(host: str) -> None:
    with pytest.raises(RecordUnavailable, match=r"not a public address|no host|is not one"):
        checked(f"https://{host}/fhir", ())


@pytest.mark.parametrize(
    "addresses",
    [["10.1.2.3"], ["93.184.215.14", "10.1.2.3"], ["::1"], ["::ffff:10.0.0.1"], ["64:ff9b::a00:1"]],
)
def test_no_name_that_resolves_to_one(resolves: Resolves, addresses: list[str]) -> None:
    resolves({"fhir.example": addresses})
    with pytest.raises(RecordUnavailable, match="not a public address"):
        checked("https://fhir.example/r4", ())


def test_a_public_server_is_connected_to_where_it_was_looked_up(resolves: Resolves) -> None:
    resolves({"fhir.example": ["93.184.215.14"]})
    place = checked("https://fhir.example/r4", ())
    assert (place.origin, place.netloc) == ("https://93.184.215.14:443", "fhir.example")
    resolves({"fhir.example": ["2606:2800:21f:cb07::1"]})
    place = checked("https://fhir.example:8443/r4", ())
    assert place.origin == "https://[2606:2800:21f:cb07::1]:8443"
    assert place.netloc == "fhir.example:8443"


@pytest.mark.parametrize(
    "url",
    [
        "http://fhir.example/r4", "ftp://fhir.example", "file:///etc/passwd", "gopher://fhir.example",
        "https://", "//fhir.example", "https://user@fhir.example", "https://fhir.example:99999",
        "https://fhir.example@127.0.0.1", "",
    ],
)  # fmt: skip
def test_only_https_without_a_user(resolves: Resolves, url: str) -> None:
    resolves({"fhir.example": ["93.184.215.14"], "127.0.0.1": ["127.0.0.1"]})
    with pytest.raises(RecordUnavailable):
        checked(url, ())


@pytest.mark.parametrize(
    ("url", "listed", "may"),
    [
        ("https://fhir.hospital.example/r4", ("fhir.hospital.example",), True),
        ("https://fhir.hospital.example/r4", ("https://fhir.hospital.example",), True),
        ("https://FHIR.hospital.example:443/r4", ("https://fhir.hospital.example",), True),
        ("https://fhir.hospital.example:8443/r4", ("https://fhir.hospital.example",), False),
        ("https://fhir.hospital.example:8443/r4", ("fhir.hospital.example:8443",), True),
        ("http://fhir.hospital.example/r4", ("https://fhir.hospital.example",), False),
        ("http://fhir.hospital.example/r4", ("http://fhir.hospital.example",), True),
        ("https://fhir.hospital.example/r4", ("http://fhir.hospital.example",), False),
        ("https://x.fhir.hospital.example/r4", ("fhir.hospital.example",), False),
        ("https://fhir.hospital.example.evil.example", ("fhir.hospital.example",), False),
    ],
)
def test_what_the_hospital_lists_may_be_private(
    resolves: Resolves, url: str, listed: tuple[str, ...], may: bool
) -> None:
    names = (
        "fhir.hospital.example",
        "x.fhir.hospital.example",
        "fhir.hospital.example.evil.example",
    )
    resolves({name: ["10.1.2.3"] for name in names})
    assert is_listed(url, listed) == may
    if may:
        assert checked(url, listed).address == "10.1.2.3"
    else:
        with pytest.raises(RecordUnavailable):
            checked(url, listed)


def source(fhir: FhirServer, seconds: float = 5) -> Source:
    return Source(fhir.url, (fhir.origin,), deadline=time.monotonic() + seconds)


def test_the_name_that_was_checked_is_not_resolved_again(
    fhir: FhirServer, resolves: Resolves
) -> None:
    """DNS rebinding: the connection goes to the address that was looked at."""
    port = fhir.origin.rpartition(":")[2]
    url = f"http://fhir.hospital.example:{port}"
    fhir.serve("/x", {"resourceType": "Patient"})
    resolves({"fhir.hospital.example": ["127.0.0.1"]})
    with Source(url, (url,), deadline=time.monotonic() + 5) as opened:
        resolves({"fhir.hospital.example": ["203.0.113.1"]})
        assert opened.get(f"{url}/x") == {"resourceType": "Patient"}
    assert fhir.asked[0][1]["Host"] == f"fhir.hospital.example:{port}"


def test_redirects_are_not_followed(fhir: FhirServer) -> None:
    fhir.serve("/fhir/a", {}, 302, Location=f"{fhir.url}/b")
    fhir.serve("/fhir/b", {"resourceType": "Patient"})
    with source(fhir) as opened, pytest.raises(RecordUnavailable, match="answered 302"):
        opened.get(f"{fhir.url}/a")
    assert [path for path, _ in fhir.asked] == ["/fhir/a"]


def test_another_host_is_not_asked(fhir: FhirServer) -> None:
    with source(fhir) as opened, pytest.raises(RecordUnavailable, match="another host"):
        opened.get("https://elsewhere.example/fhir/Patient/p1")
    assert not fhir.asked


@pytest.mark.parametrize(
    ("body", "headers", "said"),
    [
        (b"{" + b" " * (LONGEST + 1) + b"}", {}, "more than 10 MB"),
        (b"<html>", {}, "other than JSON"),
        (b"[" * 100_000, {}, "other than JSON"),
        (b"\xff\xfe", {}, "other than JSON"),
        (b"x", {"Content_Encoding": "gzip"}, "packed"),
    ],
)
def test_what_is_too_long_or_no_json_is_refused(
    fhir: FhirServer, body: bytes, headers: dict[str, str], said: str
) -> None:
    fhir.serve("/fhir/a", body, **headers)
    with source(fhir) as opened, pytest.raises(RecordUnavailable, match=said):
        opened.get(f"{fhir.url}/a")


def test_a_server_that_is_not_there_or_slow_is_told(fhir: FhirServer) -> None:
    closed = socket.create_server(("127.0.0.1", 0))
    port = closed.getsockname()[1]
    closed.close()
    url = f"http://127.0.0.1:{port}"
    with (
        Source(url, (url,), deadline=time.monotonic() + 5) as opened,
        pytest.raises(RecordUnavailable, match="cannot be reached"),
    ):
        opened.get(f"{url}/fhir")
    fhir.serve("/fhir/a", {"resourceType": "Patient"})
    with source(fhir, -1) as opened, pytest.raises(RecordUnavailable, match="in time"):
        opened.get(f"{fhir.url}/a")


def test_a_proxy_of_the_environment_is_not_used(
    fhir: FhirServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    fhir.serve("/fhir/a", {"resourceType": "Patient"})
    with source(fhir) as opened:
        assert opened.get(f"{fhir.url}/a") == {"resourceType": "Patient"}
