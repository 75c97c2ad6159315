"""The forms for making and changing an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from wagtail.users.forms import UserCreationForm, UserEditForm

from osler_site.accounts.managing.bounds import may_give_roles
from osler_site.accounts.models import User
from osler_site.accounts.roles import Role


class _Bounded(forms.ModelForm):
    """Fields that the acting person may not change are shown and ignore what is sent."""

    def __init__(self, *args: Any, acting: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = self.fields["groups"]
        groups.queryset = Group.objects.filter(name__in=[role.value for role in Role])  # type: ignore[attr-defined]
        if not acting.is_superuser and "is_superuser" in self.fields:
            self.fields["is_superuser"].disabled = True
        if self.instance.pk and not may_give_roles(acting, self.instance):
            groups.disabled = True
            groups.help_text = "Another administrator gives and takes your roles."

    def clean_email(self) -> str:
        """One account an address: single sign-on and links for passwords go by it."""
        email: str = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Another account has this address.")
        return email


class AccountCreationForm(_Bounded, UserCreationForm):
    """Makes an account; its owner chooses the password."""

    def save(self, commit: bool = True) -> User:
        """Save it with no password that anyone could know."""
        self.instance.set_unusable_password()
        account: User = super().save(commit)
        return account


class AccountEditForm(_Bounded, UserEditForm):
    """Changes an account."""
