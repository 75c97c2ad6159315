"""What became of the cards, and which tokens were used. Nothing of a patient is kept."""

from __future__ import annotations

from django.db import models


class Outcome(models.TextChoices):
    """What a clinician did with a card."""

    ACCEPTED = "accepted", "Accepted"
    OVERRIDDEN = "overridden", "Overridden"


class CardFeedback(models.Model):
    """What a CDS client told of one card (CDS Hooks 2.0, "Feedback")."""

    service = models.CharField(max_length=120, db_index=True)
    card = models.UUIDField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    suggestions = models.JSONField(default=list)  # ids of those accepted
    reason_system = models.CharField(max_length=255, blank=True)
    reason_code = models.CharField(max_length=100, blank=True)
    reason_display = models.CharField(max_length=255, blank=True)
    comment = models.TextField(blank=True)
    happened = models.DateTimeField()
    client = models.CharField(max_length=255, blank=True)  # its issuer; empty: not known
    received = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ("-received", "-pk")
        constraints = (
            # Clients send again what was not acknowledged.
            models.UniqueConstraint(
                fields=["service", "card", "outcome", "happened"], name="feedback_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.service}: {Outcome(self.outcome).label}"


class UsedToken(models.Model):
    """A client's token that was used; a second use of it is refused."""

    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of issuer and id
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest
