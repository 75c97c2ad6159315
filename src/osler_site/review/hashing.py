"""The fingerprint of a version of an article."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def content_hash(revision: Any) -> str:
    """The SHA-256 of all that a revision holds, in an order that no database changes."""
    content = json.dumps(revision.content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(content.encode()).hexdigest()
