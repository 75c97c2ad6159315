"""Whether a call comes from a CDS client that the hospital trusts.

CDS Hooks 2.0, "Trusting CDS Clients": a JSON Web Token (RFC 7519), signed with the client's
private key, good for one service, a few minutes and one use.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from django.db import transaction
from django.utils import timezone

from osler_site.cds_hooks.models import UsedToken
from osler_site.cds_hooks.trusted import ALGORITHMS, Client, clients, key_of

LIFETIME = 300  # seconds from `iat` to `exp`, at most
SKEW = 60  # seconds by which clocks may differ
_LONGEST = 8_000  # characters of a token
_LONGEST_ID = 255
_CLEAN_EVERY = 500  # tokens
_USED = itertools.count(1)


class Untrusted(Exception):
    """Why a token is not believed, in words for the client's people."""

    def __init__(self, why: str, *, of_known_client: bool = True) -> None:
        super().__init__(why)
        self.of_known_client = of_known_client


def trusted(token: str, audiences: tuple[str, ...]) -> Client:
    """The client that signed this token for one of these addresses. Raises Untrusted.

    The token is used up by that.
    """
    if len(token) > _LONGEST:
        raise Untrusted("the token is too long")
    header, said = _unverified(token)
    client = clients().get(said.get("iss") if isinstance(said.get("iss"), str) else "")
    if client is None:
        raise Untrusted("the issuer (iss) is not trusted here", of_known_client=False)
    claims = _verified(token, header, client, audiences)
    if client.tenants and claims.get("tenant") not in client.tenants:
        raise Untrusted("the tenant is not one of this client's")
    _use_up(client, claims)
    return client


def _unverified(token: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What the token says of itself; nothing of it is believed yet."""
    try:
        header = jwt.get_unverified_header(token)
        claims = jwt.decode(token, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError, RecursionError) as error:
        raise Untrusted("this is no JSON Web Token", of_known_client=False) from error
    return header, claims


def _verified(
    token: str, header: Mapping[str, Any], client: Client, audiences: tuple[str, ...]
) -> Mapping[str, Any]:
    """The claims of a token whose signature and times hold."""
    if header.get("alg") not in ALGORITHMS:
        raise Untrusted(f"it must be signed by one of {', '.join(ALGORITHMS)}")
    if "jku" in header and header["jku"] != client.jku:
        raise Untrusted("the address of the keys (jku) is not the one known of this client")
    kid = header.get("kid")
    key = key_of(client, kid) if isinstance(kid, str) else None
    if key is None:
        raise Untrusted("this client has no key with this id (kid)")
    if header["alg"] not in key.algorithms:
        raise Untrusted("it is not signed by the algorithm of its key")
    try:
        claims = jwt.decode(
            token,
            key.public,
            algorithms=[header["alg"]],
            audience=list(audiences),
            issuer=client.issuer,
            leeway=timedelta(seconds=SKEW),
            options={"require": ["iss", "aud", "exp", "iat", "jti"]},
        )
    except jwt.ExpiredSignatureError as error:
        raise Untrusted("it has expired (exp)") from error
    except jwt.InvalidAudienceError as error:
        raise Untrusted(f"it is not for this service: aud must be {audiences[0]}") from error
    except jwt.MissingRequiredClaimError as error:
        raise Untrusted(f"it lacks {error.claim}") from error
    except jwt.ImmatureSignatureError as error:
        raise Untrusted("it is of the future (iat)") from error
    except (jwt.PyJWTError, ValueError, OverflowError) as error:
        raise Untrusted("its signature or claims do not hold") from error
    begun, ends = claims["iat"], claims["exp"]
    if not isinstance(begun, int | float) or not isinstance(ends, int | float):
        raise Untrusted("its times (iat, exp) are no numbers")
    if not 0 < ends - begun <= LIFETIME:
        raise Untrusted(f"it must end (exp) within {LIFETIME} seconds of its making (iat)")
    return claims


def _use_up(client: Client, claims: Mapping[str, Any]) -> None:
    """Remember the token until it has expired. Raises Untrusted where it was used before."""
    identifier = claims["jti"]
    if not isinstance(identifier, str) or not 0 < len(identifier) <= _LONGEST_ID:
        raise Untrusted("its id (jti) is no text")
    digest = hashlib.sha256(f"{client.issuer}\n{identifier}".encode()).hexdigest()
    until = datetime.fromtimestamp(claims["exp"], UTC) + timedelta(seconds=SKEW)
    with transaction.atomic():
        _, new = UsedToken.objects.get_or_create(digest=digest, defaults={"until": until})
    if not new:
        raise Untrusted("it was used before (jti)")
    if next(_USED) % _CLEAN_EVERY == 0:
        UsedToken.objects.filter(until__lt=timezone.now()).delete()
