"""How far the review of a document is, as its readers are told it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class SignedOff:
    """Who approved the text that is exported: what its page shows of them, nothing more."""

    name: str
    profession: str
    registration_number: str
    scope: str  # what the reviewer says was reviewed
    conflicts_of_interest: str
    at: datetime  # with its zone
    next_review: date | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """Where an article stands. `caution` is what readers are told until a clinician has signed.

    `status` is "submitted", "under_review", "changes_requested" or "approved"; `label` is that in
    words.
    """

    title: str
    url: str
    status: str
    label: str
    caution: str = ""
    signed: SignedOff | None = None
