"""CDS clients that sign their calls."""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

__all__ = ["BASE", "ISSUER", "SIGNERS", "Signer", "ec", "ec_signer", "rsa"]

ISSUER = "https://ehr.hospital.example"
BASE = "http://localhost:8000"


@dataclass(frozen=True)
class Signer:
    """A CDS client with a private key."""

    private: Any
    algorithm: str
    kid: str = "one"

    @property
    def jwk(self) -> dict[str, Any]:
        shape = (
            jwt.algorithms.ECAlgorithm if self.algorithm[0] == "E" else jwt.algorithms.RSAAlgorithm
        )
        public = json.loads(shape.to_jwk(self.private.public_key()))
        return {**public, "kid": self.kid, "use": "sig"}

    @property
    def pem(self) -> bytes:
        return self.private.public_key().public_bytes(
            Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
        )

    def token(self, path: str, *, header: dict[str, Any] | None = None, **change: Any) -> str:
        now = int(time.time())
        claims = {
            "iss": ISSUER, "aud": f"{BASE}{path}", "iat": now, "exp": now + 120,
            "jti": str(uuid.uuid4()), **change,
        }  # fmt: skip
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(
            kept, self.private, self.algorithm, headers={"kid": self.kid, **(header or {})}
        )

    def headers(self, path: str, **change: Any) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token(path, **change)}"}


def ec_signer(curve: ec.EllipticCurve, algorithm: str) -> Signer:
    return Signer(ec.generate_private_key(curve), algorithm)


SIGNERS = {
    "ES384": ec_signer(ec.SECP384R1(), "ES384"),
    "ES256": ec_signer(ec.SECP256R1(), "ES256"),
    "RS384": Signer(rsa.generate_private_key(65537, 2048), "RS384"),
}
