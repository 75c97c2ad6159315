"""The app's registration."""

from django.apps import AppConfig


class CdsHooks(AppConfig):
    """See the package's docstring."""

    name = "osler_site.cds_hooks"
    label = "cds_hooks"
