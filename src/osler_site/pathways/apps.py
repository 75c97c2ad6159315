"""The app's registration."""

from django.apps import AppConfig


class Pathways(AppConfig):
    """See the package's docstring."""

    name = "osler_site.pathways"
    label = "pathways"
