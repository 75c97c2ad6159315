"""The forms of the review's pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from osler_site.accounts.models import User
from osler_site.living.models import Finding
from osler_site.review.models import Decision, Judgement
from osler_site.review.signing import LONGEST

_Date = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_SHORT, _LONG = 2_000, 5_000  # characters


class VerdictForm(forms.Form):
    """What a reviewer says of one claim."""

    key = forms.CharField(max_length=24)
    number = forms.IntegerField(min_value=1)
    judgement = forms.ChoiceField(choices=Judgement.choices)
    comment = forms.CharField(required=False, max_length=_SHORT)


class ReasonForm(forms.Form):
    """Why something is done."""

    why = forms.CharField(max_length=_SHORT, widget=forms.Textarea(attrs={"rows": 3}), label="Why")


class HandBackForm(forms.Form):
    """Why an article goes back to the queue; it may stay unsaid."""

    why = forms.CharField(
        required=False, max_length=_SHORT, widget=forms.TextInput(), label="Why (optional)"
    )


class DueForm(forms.Form):
    """Until when a review will be done."""

    due = forms.DateField(widget=_Date, label="Due")


class AssignForm(forms.Form):
    """Who reviews an article, and until when."""

    reviewer = forms.ModelChoiceField(User.objects.none(), label="Reviewer")
    due = forms.DateField(widget=_Date, label="Due")
    why = forms.CharField(
        required=False,
        max_length=_SHORT,
        widget=forms.TextInput(),
        label="Why (optional)",
        help_text="Kept in the record, and in the mail to whoever had the article before.",
    )
    instead_of = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = people
        self.fields["due"].widget.attrs["min"] = timezone.localdate().isoformat()


class TakeAwayForm(forms.Form):
    """That a reviewer has it no more."""

    why = forms.CharField(max_length=_SHORT, widget=forms.TextInput(), label="Why")
    instead_of = forms.IntegerField(widget=forms.HiddenInput)


class SignOffForm(forms.Form):
    """The sign-off. What it asks for is asked again where it is carried out."""

    seen_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)
    findings = forms.ModelMultipleChoiceField(
        Finding.objects.all(), required=False, widget=forms.MultipleHiddenInput
    )
    scope = forms.CharField(
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What I reviewed",
        help_text="For example: every claim beside its passage; doses against the product label.",
    )
    conflicts_of_interest = forms.CharField(
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="My conflicts of interest",
        help_text="Name them, or write that there are none. This is shown to readers.",
    )
    next_review = forms.DateField(
        required=False,
        widget=_Date,
        label="Next review",
        help_text="At most three years from now. Needed to approve.",
    )
    comments = forms.CharField(
        required=False,
        max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Comments",
        help_text="To approve: optional, shown to readers. To request changes: what has to change.",
    )
    decision = forms.ChoiceField(choices=Decision.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["next_review"].widget.attrs.update(
            min=(today + timedelta(days=1)).isoformat(), max=(today + LONGEST).isoformat()
        )

    def clean_findings(self) -> frozenset[int]:
        """The keys of the findings that the page showed."""
        return frozenset(finding.pk for finding in self.cleaned_data["findings"])

    def clean(self) -> dict[str, Any]:
        """An approval names the next review."""
        cleaned: dict[str, Any] = super().clean() or {}
        today = timezone.localdate()
        due = cleaned.get("next_review")
        if cleaned.get("decision") == Decision.APPROVED and "next_review" not in self.errors:
            if due is None:
                self.add_error("next_review", "Say when the article has to be reviewed again.")
            elif not today < due <= today + LONGEST:
                self.add_error("next_review", "In the future, at most three years from now.")
        return cleaned
