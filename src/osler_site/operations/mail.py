"""Where mail goes."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit


def smtp_settings(url: str) -> dict[str, Any]:
    """Django's settings for `smtp://user:password@host:587` (`smtps://` for TLS from the start)."""
    parts = urlsplit(url)
    local = parts.hostname in ("localhost", "127.0.0.1")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not local,
    }
