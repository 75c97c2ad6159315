"""The app's registration."""

from django.apps import AppConfig


class Operations(AppConfig):
    """See the package's docstring."""

    name = "osler_site.operations"
    label = "operations"
