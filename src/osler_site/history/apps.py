"""The app's registration."""

from django.apps import AppConfig


class History(AppConfig):
    """See the package's docstring."""

    name = "osler_site.history"
    label = "history"
