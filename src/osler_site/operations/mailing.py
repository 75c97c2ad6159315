"""Sending a mail; what has happened stays so when the mail server does not answer."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.core.mail import EmailMessage

_log = logging.getLogger(__name__)


def was_sent(message: EmailMessage, about: str) -> bool:
    """Send it; one that cannot be sent is logged with what it was about."""
    try:
        message.send()
    except (SMTPException, OSError) as error:
        _log.error("the mail on %s could not be sent: %s", about, error)
        return False
    return True
