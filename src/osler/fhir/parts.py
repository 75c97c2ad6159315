"""The small parts that FHIR resources are made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

Json = dict[str, Any]

URN = "urn:osler:"
"""Base of our own code systems, identifiers and extensions."""

_OURS = UUID("0e2d3a1c-5d0f-5f6e-9a53-6f736c657221")  # the namespace of our version 5 UUIDs


def identity(kind: str, content: Any) -> str:
    """The id of a resource: the same for the same content (UUID version 5, RFC 9562)."""
    said = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return str(uuid5(_OURS, f"{kind}\n{said}"))


def reference(resource: Mapping[str, Any], display: str = "") -> Json:
    """A reference to another resource of the same Bundle."""
    said = {"reference": f"urn:uuid:{resource['id']}"}
    return {**said, "display": display} if display else said


def coded(system: str, code: str, text: str = "") -> Json:
    """A concept of a code system; `text` is what people read."""
    concept: Json = {"coding": [{"system": system, "code": code}]}
    return {**concept, "text": text} if text else concept


def extension(url: str, **value: Any) -> Json:
    """An extension with one value (`valueString="..."`) or with `extension=[...]`."""
    return {"url": url, **value}


def said(**elements: Any) -> Json:
    """The elements that hold something; FHIR has no empty ones."""
    return {name: value for name, value in elements.items() if value not in (None, "", [], {}, ())}


def instant(at: datetime) -> str:
    """A moment to the second, with its zone. Raises ValueError where it has none."""
    if at.utcoffset() is None:
        raise ValueError("a FHIR instant needs a time zone")
    return at.isoformat(timespec="seconds")
