"""The app's registration."""

from django.apps import AppConfig


class Living(AppConfig):
    """See the package's docstring."""

    name = "osler_site.living"
    label = "living"
