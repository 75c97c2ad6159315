"""A client's token: who signed it, for what, when, and once."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jwt
import pytest
from django.test import Client
from fhir_server import FhirServer
from hooks_clients import ISSUER, SIGNERS, Signer, ec, ec_signer, rsa

from osler.domain.errors import UsageError
from osler_site.cds_hooks.models import UsedToken
from osler_site.cds_hooks.trusted import keys_of, read_clients
from osler_site.cds_hooks.trusting import LIFETIME, SKEW

pytestmark = pytest.mark.usefixtures("site")

PATH = "/cds-services/nothing-like-it"
KNOWN = 404  # who is believed is told that there is no such service


def status(client: Client, headers: dict[str, str], path: str = PATH) -> int:
    answer = client.post(path, "{}", content_type="application/json", headers=headers)
    if answer.status_code == 401:
        assert answer["WWW-Authenticate"].startswith("Bearer ")
        assert answer.json()["issue"][0]["code"] == "login"
    return answer.status_code


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize("name", list(SIGNERS))
def test_what_a_trusted_client_signed_is_believed(
    client: Client, trusting: Callable[..., None], name: str
) -> None:
    signer = SIGNERS[name]
    trusting({"issuer": ISSUER, "jwks": {"keys": [signer.jwk]}})
    assert status(client, signer.headers(PATH)) == KNOWN


def test_a_key_without_an_algorithm_takes_both_of_its_kind(
    client: Client, trusting: Callable[..., None]
) -> None:
    signer = SIGNERS["RS384"]
    other = Signer(signer.private, "RS256")
    trusting({"issuer": ISSUER, "jwks": {"keys": [signer.jwk]}})
    assert status(client, other.headers(PATH)) == KNOWN
    trusting({"issuer": ISSUER, "jwks": {"keys": [{**signer.jwk, "alg": "RS384"}]}})
    assert status(client, other.headers(PATH)) == 401


def now() -> int:
    return int(time.time())


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("for another service", {"aud": "http://localhost:8000/cds-services/other"}),
        ("for another site", {"aud": f"https://elsewhere.example{PATH}"}),
        ("for nobody", {"aud": None}),
        ("expired", lambda now: {"iat": now - 900, "exp": now - 600}),
        ("of the future", lambda now: {"iat": now + 600, "exp": now + 700}),
        ("good for too long", lambda now: {"exp": now + LIFETIME + 100}),
        ("without an end", {"exp": None}),
        ("without a beginning", {"iat": None}),
        ("without an id", {"jti": None}),
        ("with an id that is no text", {"jti": 7}),
        ("with an empty id", {"jti": ""}),
        ("with times in words", lambda now: {"exp": str(now + 60)}),
        ("not yet good", lambda now: {"nbf": now + 600}),
        ("of another issuer", {"iss": "https://elsewhere.example"}),
        ("of no issuer", {"iss": None}),
        ("of an issuer that is no text", {"iss": ["x"]}),
        ("with an unknown key", {"header": {"kid": "two"}}),
        ("with a key of no name", {"header": {"kid": ""}}),
        ("with keys elsewhere", {"header": {"jku": "https://elsewhere.example/jwks"}}),
    ],
)
def test_other_tokens_are_not(
    client: Client, trusting: Callable[..., None], signer: Signer, what: str, change: Any
) -> None:
    trusting({"issuer": ISSUER, "jwks": {"keys": [signer.jwk]}})
    claims = change(now()) if callable(change) else change  # by the clock of when it is sent
    try:
        headers = signer.headers(PATH, **claims)
    except TypeError:  # the library signs no issuer that is no text
        pytest.skip("cannot be made")
    assert status(client, headers) == 401, what


def test_clocks_may_differ_by_a_minute(
    client: Client, trusting: Callable[..., None], signer: Signer
) -> None:
    trusting({"issuer": ISSUER, "jwks": {"keys": [signer.jwk]}})
    fast = {"iat": now() + SKEW - 10, "exp": now() + SKEW + 60}
    slow = {"iat": now() - SKEW - 60, "exp": now() - SKEW + 10}
    assert [status(client, signer.headers(PATH, **c)) for c in (fast, slow)] == [KNOWN, KNOWN]


def test_an_unsigned_token_is_not_believed(
    client: Client, trusting: Callable[..., None], signer: Signer
) -> None:
    trusting({"issuer": ISSUER, "jwks": {"keys": [signer.jwk]}})
    claims = jwt.decode(signer.token(PATH), options={"verify_signature": False})
    unsigned = jwt.encode(claims, None, "none", headers={"kid": "one"})
    assert status(client, bearer(unsigned)) == 401
    # The signature cut off, and "none" in capital letters.
    assert status(client, bearer(signer.token(PATH).rpartition(".")[0] + ".")) == 401


@pytest.mark.parametrize("name", ["ES384", "RS384"])
def test_a_public_key_is_no_shared_secret(
    client: Client, trusting: Callable[..., None], name: str
) -> None:
    """HS256 with the text of the public key: whoever reads the keys could sign."""
    import base64
    import hashlib
    import hmac

    signer = SIGNERS[name]
    trusting({"issuer": ISSUER, "jwks": {"keys": [signer.jwk]}})
    body = signer.token(PATH).split(".")[1]
    head = (
        base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT","kid":"one"}').rstrip(b"=").decode()
    )
    for secret in (signer.pem, json.dumps(signer.jwk).encode()):
        digest = hmac.new(secret, f"{head}.{body}".encode(), hashlib.sha256).digest()
        signature = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        assert status(client, bearer(f"{head}.{body}.{signature}")) == 401


def test_another_key_of_the_same_name_is_not_believed(
    client: Client, trusting: Callable[..., None], signer: Signer
) -> None:
    trusting({"issuer": ISSUER, "jwks": {"keys": [signer.jwk]}})
    thief = ec_signer(ec.SECP384R1(), "ES384")
    assert status(client, thief.headers(PATH)) == 401
    assert status(client, thief.headers(PATH, header={"jwk": thief.jwk})) == 401


def test_a_token_is_good_once(
    client: Client, trusting: Callable[..., None], signer: Signer
) -> None:
    trusting({"issuer": ISSUER, "jwks": {"keys": [signer.jwk]}})
    headers = signer.headers(PATH)
    assert [status(client, headers) for _ in range(3)] == [KNOWN, 401, 401]
    assert UsedToken.objects.count() == 1
    again = signer.headers(
        PATH,
        jti=jwt.decode(headers["Authorization"].split()[1], options={"verify_signature": False})[
            "jti"
        ],
    )
    assert status(client, again) == 401


def test_a_token_that_is_not_believed_is_not_used_up(
    client: Client, trusting: Callable[..., None], signer: Signer
) -> None:
    trusting({"issuer": ISSUER, "jwks": {"keys": [signer.jwk]}})
    assert status(client, ec_signer(ec.SECP384R1(), "ES384").headers(PATH, jti="1")) == 401
    assert status(client, signer.headers(PATH, jti="1")) == KNOWN


def test_the_keys_may_stand_at_an_address(
    client: Client, trusting: Callable[..., None], signer: Signer, fhir: FhirServer
) -> None:
    jku = f"{fhir.origin}/jwks.json"
    fhir.serve("/jwks.json", {"keys": [signer.jwk]})
    trusting({"issuer": ISSUER, "jku": jku}, OSLER_FHIR_HOSTS=fhir.origin)
    assert status(client, signer.headers(PATH, header={"jku": jku})) == KNOWN
    assert status(client, signer.headers(PATH)) == KNOWN
    assert len(fhir.asked) == 1, "they are kept"
    assert status(client, Signer(signer.private, "ES384", "unknown").headers(PATH)) == 401
    assert len(fhir.asked) == 1, "and not asked for again for every unknown name"


def test_keys_at_a_private_address_are_not_fetched_unless_it_is_listed(
    client: Client, trusting: Callable[..., None], signer: Signer, fhir: FhirServer
) -> None:
    fhir.serve("/jwks.json", {"keys": [signer.jwk]})
    trusting({"issuer": ISSUER, "jku": f"{fhir.origin}/jwks.json"})
    assert status(client, signer.headers(PATH)) == 401
    assert not fhir.asked


def test_a_tenant_must_be_one_of_the_clients(
    client: Client, trusting: Callable[..., None], signer: Signer
) -> None:
    trusting({"issuer": ISSUER, "jwks": {"keys": [signer.jwk]}, "tenants": ["north"]})
    assert status(client, signer.headers(PATH, tenant="north")) == KNOWN
    assert status(client, signer.headers(PATH, tenant="south")) == 401
    assert status(client, signer.headers(PATH)) == 401


def test_without_a_token_one_is_asked_for_unless_the_site_is_open(
    client: Client, trusting: Callable[..., None], told: Callable[..., None], signer: Signer
) -> None:
    trusting({"issuer": ISSUER, "jwks": {"keys": [signer.jwk]}})
    for headers in ({}, bearer("x"), {"Authorization": "Basic eDp5"}, bearer("a.b.c")):
        assert status(client, headers) == 401
    told(OSLER_HOOKS_OPEN="true")
    assert status(client, {}) == KNOWN
    assert status(client, bearer("a.b.c")) == KNOWN, "nobody knows it, and nobody has to"
    assert status(client, signer.headers(PATH, aud="x")) == 401, (
        "a client that is known must be right"
    )


def test_in_production_a_token_is_wanted_by_default(told: Callable[..., None]) -> None:
    from osler_site.environment import environment

    assert environment().hooks_are_open
    told(OSLER_PRODUCTION="true")
    assert not environment().hooks_are_open


def test_keys_that_prove_nothing_are_left_out() -> None:
    good = SIGNERS["ES384"].jwk
    weak = Signer(rsa.generate_private_key(65537, 1024), "RS384", "weak").jwk
    others = [
        {"kty": "oct", "k": "c2VjcmV0", "kid": "shared", "alg": "HS256"},
        {**good, "kid": "to encrypt", "use": "enc"},
        {**good, "kid": "other", "alg": "ES256"},
        {**good, "kid": "broken", "x": "!"},
        {"kty": "EC", "kid": "empty"},
        {name: value for name, value in good.items() if name != "kid"},
        weak,
        "no key",
    ]
    assert list(keys_of({"keys": [good, *others]})) == ["one"]
    for nothing in (None, [], {}, {"keys": 3}):
        assert keys_of(nothing) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is no list of clients"),
        ('[{"issuer": "x"}]', "give either jwks or jku"),
        ('[{"issuer": "x", "jku": "https://a/b", "jwks": {"keys": []}}]', "give either"),
        ('[{"issuer": "x", "jwks": {"keys": []}}]', "holds no public key"),
        ('[{"issuer": "x", "jku": "file:///etc/passwd"}]', "jku"),
        ('[{"issuer": "x", "jku": "https://a/b", "secret": 1}]', "secret"),
    ],
)
def test_a_list_of_clients_that_is_wrong_says_where(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "clients.json"
    file.write_text(text)
    with pytest.raises(UsageError, match=said):
        read_clients(file)
    with pytest.raises(UsageError, match="cannot read"):
        read_clients(tmp_path / "none.json")
