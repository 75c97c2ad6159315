"""The app's registration."""

from django.apps import AppConfig


class Answers(AppConfig):
    """See the package's docstring."""

    name = "osler_site.answers"
    label = "answers"
