"""The app's registration."""

from django.apps import AppConfig


class Api(AppConfig):
    """See the package's docstring."""

    name = "osler_site.api"
    label = "api"
