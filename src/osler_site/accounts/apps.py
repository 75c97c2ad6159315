"""The app's registration."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """See the package's docstring."""

    name = "osler_site.accounts"
    label = "accounts"
