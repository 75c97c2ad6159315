"""A person with an account, and what a board member is known by."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower


class User(AbstractUser):
    """A person who may sign in. What they may do is in their groups (see `roles.py`)."""

    class Meta(AbstractUser.Meta):
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="one_account_an_address",
                violation_error_message="Another account has this address.",
            ),
        )

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class BoardMember(models.Model):
    """What readers are told of a reviewer."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="board_member")
    profession = models.CharField(max_length=120, help_text="Physician, pharmacist, nurse …")
    registration_number = models.CharField(
        max_length=60, help_text="With the body that keeps the register, for example GMC 7654321."
    )
    specialty = models.CharField(max_length=120, blank=True)
    biography = models.TextField(blank=True)
    conflicts_of_interest = models.TextField(
        blank=True, help_text="Declared interests, shown on the board's page."
    )
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("user__last_name", "user__first_name")

    def __str__(self) -> str:
        return f"{self.user}, {self.profession}"
