"""Why something on the review's pages was not done; the message is for the person."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from osler_site.articles.gate import Objection


class ReviewError(Exception):
    """The state of things does not allow it; nothing was changed."""


class NotAllowed(PermissionDenied):
    """This person may not do it."""


class AlreadyClaimed(ReviewError):
    """Another reviewer was first."""


class Outdated(ReviewError):
    """The article is not the version that was reviewed."""


class NotShown(ReviewError):
    """The board has to approve the article before readers see it."""


class Unfinished(ReviewError):
    """Claims are not looked at, or are flagged."""


class NotSubmittable(PermissionDenied):
    """The gate objects to claims, and no editor recorded why they stand; or a text that cites
    nothing states a dose.
    """

    @classmethod
    def objected(cls, objections: list[Objection]) -> NotSubmittable:
        """For the claims."""
        lines = [line for o in objections for line in o.lines]
        return cls("The gate objects: " + "; ".join(lines[:10]))
