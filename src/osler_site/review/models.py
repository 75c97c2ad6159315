"""The board's work on an article: who reviews which version, verdict by verdict, and signs."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Revision, Task, TaskState

from osler_site.articles.models import ArticlePage
from osler_site.engine import engine
from osler_site.review.hashing import content_hash
from osler_site.review.locking import BoardLock


@register_setting(icon="view")
class ReviewSettings(BaseGenericSetting):
    """What publishers decide for the whole site."""

    show_while_awaiting_review = models.BooleanField(
        default=False,
        help_text="Show an article to readers as soon as it is submitted, with the caution that "
        "it awaits review. Otherwise it appears when it is approved.",
    )
    panels = (FieldPanel("show_while_awaiting_review"),)

    class Meta:
        verbose_name = "Review"


class BoardReviewState(TaskState):
    """A version of an article before the board."""

    content_hash = models.CharField(max_length=64, editable=False)
    library_version = models.PositiveIntegerField(default=0, editable=False)  # at submission
    # Who put it there: another than began the workflow, where they did so after changes. None is
    # the site itself.
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    @property
    def page(self) -> ArticlePage:
        """The article as it stands now."""
        return ArticlePage.objects.get(pk=self.revision.object_id)

    @property
    def version(self) -> ArticlePage:
        """The article as it was submitted."""
        return self.revision.as_object()


class BoardReview(Task):
    """Review by the medical board. Wagtail's own buttons approve nothing, for anyone.

    Approval is a sign-off (see `signing.py`); here it is refused whatever path is taken.
    """

    task_state_class = BoardReviewState
    lock_class = BoardLock

    class Meta:
        verbose_name = "Review by the medical board"

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        """Put the latest version before the board: its fingerprint, and the library of now.

        The gate has just passed it against this library, whatever the one it was written from.
        """
        state = super().start(workflow_state, user=user)
        state.content_hash = content_hash(state.revision)
        state.library_version = engine().library().version
        state.submitted_by = user
        state.save(update_fields=["content_hash", "library_version", "submitted_by"])
        return state

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> NoReturn:
        """Refuse: the board decides on its own pages."""
        raise PermissionDenied("The medical board decides by its sign-off form alone.")

    def get_actions(self, obj: Any, user: Any) -> list[Any]:
        """None, for anyone."""
        return []

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Review gives no right to edit: whoever reviews has not written."""
        return False

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """For everyone: what is before the board is taken back before it is edited."""
        return True

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        """Nobody: it is locked."""
        return False

    def user_can_unlock(self, obj: Any, user: Any) -> bool:
        """Nobody."""
        return False

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """None: the queue is on the board's own pages."""
        return TaskState.objects.none()

    @classmethod
    def get_description(cls) -> str:
        """What administrators read of it."""
        return "A member of the medical board reads each claim beside its passage and signs."


class ReviewAssignment(models.Model):
    """That a reviewer has claimed a version or was given it, and what became of that."""

    state = models.ForeignKey(
        BoardReviewState, on_delete=models.PROTECT, related_name="assignments"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="review_assignments"
    )
    assigned_by = models.ForeignKey(  # None: the reviewer claimed it
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    claimed_at = models.DateTimeField(auto_now_add=True)
    due = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)  # handed back, approved, …
    why = models.TextField(blank=True)

    class Meta:
        ordering = ("-claimed_at",)
        constraints = (
            # Of two reviewers who claim at once, the database lets one win.
            models.UniqueConstraint(
                fields=["state"], condition=Q(ended_at__isnull=True), name="one_reviewer_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.state_id}"


class Judgement(models.TextChoices):
    """What a reviewer says of a claim."""

    APPROVE = "approve", "Approved"
    FLAG = "flag", "Flagged"


class ClaimVerdict(models.Model):
    """A reviewer's verdict on a claim, kept as they go."""

    assignment = models.ForeignKey(
        ReviewAssignment, on_delete=models.CASCADE, related_name="verdicts"
    )
    claim_key = models.CharField(max_length=24)
    claim_text = models.TextField()
    judgement = models.CharField(max_length=10, choices=Judgement.choices)
    comment = models.TextField(blank=True)
    given_at = models.DateTimeField()
    carried = models.BooleanField(default=False)  # from this reviewer's review before

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["assignment", "claim_key"], name="one_verdict_a_claim"),
        )

    def __str__(self) -> str:
        return f"{self.judgement}: {self.claim_text[:60]}"


class Decision(models.TextChoices):
    """How a review ends."""

    APPROVED = "approved", "Approved"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"


class Withdrawal(models.Model):
    """That a public article was taken from readers, and what they are told of it.

    The database itself refuses to change or delete a row.
    """

    page = models.ForeignKey(ArticlePage, on_delete=models.PROTECT, related_name="withdrawals")
    title = models.CharField(max_length=255)  # as readers knew it
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    why = models.TextField()

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.title}: {self.why[:60]}"


class SignOffRows(models.QuerySet["SignOff"]):
    """Rows that are read and added, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("a sign-off is never changed")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise TypeError("a sign-off is never deleted")

    bulk_update = update  # type: ignore[assignment]


class SignOff(models.Model):
    """Who decided what on which version, as they were then.

    The database itself refuses to change or delete a row (see `immutable.py`).
    """

    page = models.ForeignKey(ArticlePage, on_delete=models.PROTECT, related_name="sign_offs")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    title = models.CharField(max_length=255)
    library_version = models.PositiveIntegerField()
    engine_version = models.CharField(max_length=40)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_offs"
    )
    reviewer_name = models.CharField(max_length=200)
    profession = models.CharField(max_length=120)
    registration_number = models.CharField(max_length=60)
    specialty = models.CharField(max_length=120, blank=True)
    submitted_by = models.CharField(max_length=200, blank=True)
    decision = models.CharField(max_length=20, choices=Decision.choices)
    scope = models.TextField()
    conflicts_of_interest = models.TextField()
    comments = models.TextField(blank=True)
    claims = models.PositiveIntegerField()
    verdicts = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    overrides = models.JSONField(default=list)
    signed_at = models.DateTimeField()
    next_review = models.DateField(null=True, blank=True)

    objects = SignOffRows.as_manager()

    class Meta:
        ordering = ("-signed_at", "-pk")
        indexes: ClassVar = [models.Index(fields=["revision", "decision"])]

    def __str__(self) -> str:
        return f"{self.reviewer_name}: {self.get_decision_display()}, {self.signed_on:%d %B %Y}"

    @property
    def signed_on(self) -> date:
        """The day of it, where the site is."""
        return timezone.localtime(self.signed_at).date()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a row that is there is never written again."""
        if self.pk is not None:
            raise TypeError("a sign-off is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("a sign-off is never deleted")
