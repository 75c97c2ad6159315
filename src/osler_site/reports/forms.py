"""The form of a report, and that of closing one."""

from __future__ import annotations

from typing import Any

from django import forms

from osler_site.reports.models import ProblemKind
from osler_site.reports.subjects import Subject

LONGEST = 2_000  # characters


class ReportForm(forms.Form):
    """What is wrong, in the reader's words."""

    kind = forms.ChoiceField(
        label="What is wrong?", choices=ProblemKind.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="What did you find?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Do not write anything about a patient who could be recognised.",
    )
    email = forms.EmailField(
        label="Your e-mail, if you would like an answer (optional)", required=False, max_length=254
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    # People do not see it and leave it empty.
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, data: Any, subject: Subject) -> None:
        super().__init__(data, initial={"seen": subject.fingerprint})
        self.subject = subject

    def clean_seen(self) -> str:
        """Refuse a report on a sentence that has changed under the reader's eyes."""
        seen = str(self.cleaned_data["seen"])
        if seen and seen != self.subject.fingerprint:
            self.data = {**self.data.dict(), "seen": self.subject.fingerprint}  # type: ignore[attr-defined]
            raise forms.ValidationError(
                "This sentence was changed since you opened the form. "
                "Read it again before you send."
            )
        return seen

    @property
    def is_from_a_robot(self) -> bool:
        """Whether the field was filled in that people do not see."""
        return bool(self.cleaned_data.get("website"))


class ClosingForm(forms.Form):
    """Why a report is closed."""

    reason = forms.CharField(
        label="What was found, and what was done",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
