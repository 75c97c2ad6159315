"""The app's registration."""

from django.apps import AppConfig


class Review(AppConfig):
    """See the package's docstring."""

    name = "osler_site.review"
    label = "review"
