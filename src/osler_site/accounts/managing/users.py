"""Wagtail's pages for accounts, keeping within `bounds.py`."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.users.views import users
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, SetActiveStateBulkAction

from osler_site.accounts.addresses import vouch_for
from osler_site.accounts.inviting import invite
from osler_site.accounts.managing.bounds import may_change, may_give_roles
from osler_site.accounts.managing.forms import AccountCreationForm, AccountEditForm
from osler_site.accounts.models import User


class _Acting:
    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form who is acting."""
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        return {**kwargs, "acting": self.request.user}  # type: ignore[attr-defined]

    def save_instance(self) -> User:
        """Whoever may change accounts vouches for the address."""
        account: User = super().save_instance()  # type: ignore[misc]
        vouch_for(account)
        return account


class CreateAccount(_Acting, users.CreateView):
    """Makes an account and mails its owner a link to choose a password by."""

    def save_instance(self) -> User:
        """Save, then invite."""
        account = super().save_instance()
        invite(self.request, account)
        return account


class EditAccount(_Acting, users.EditView):
    """Changes an account."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Refuse what is a superuser's business."""
        super().setup(request, *args, **kwargs)
        if not may_change(request.user, self.object):
            raise PermissionDenied


class ManagedUserViewSet(users.UserViewSet):
    """Wagtail's viewset with our views and forms."""

    add_view_class = CreateAccount
    edit_view_class = EditAccount

    def get_form_class(self, for_update: bool = False) -> type:
        """The form for making or changing."""
        return AccountEditForm if for_update else AccountCreationForm


class AssignRole(AssignRoleBulkAction):
    """Gives a role to several accounts."""

    def check_perm(self, obj: User) -> bool:
        """Never to oneself."""
        return bool(super().check_perm(obj)) and may_give_roles(self.request.user, obj)


class SetActive(SetActiveStateBulkAction):
    """Shuts or opens several accounts."""

    def check_perm(self, obj: User) -> bool:
        """A superuser's only by a superuser."""
        return bool(super().check_perm(obj)) and may_change(self.request.user, obj)
