"""The app's registration."""

from django.apps import AppConfig


class Reports(AppConfig):
    """See the package's docstring."""

    name = "osler_site.reports"
    label = "reports"
