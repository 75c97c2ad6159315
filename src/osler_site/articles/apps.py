"""The app's registration."""

from django.apps import AppConfig


class Articles(AppConfig):
    """See the package's docstring."""

    name = "osler_site.articles"
    label = "articles"
