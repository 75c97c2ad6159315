"""Wagtail's app for users, with our views of them."""

from wagtail.users.apps import WagtailUsersAppConfig


class ManagedUsers(WagtailUsersAppConfig):
    """Wagtail's own registration but for the viewset."""

    user_viewset = "osler_site.accounts.managing.users.ManagedUserViewSet"
