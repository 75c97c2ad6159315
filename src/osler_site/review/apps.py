"""The app's registration."""

from django.apps import AppConfig


class Review(AppConfig):
    """See the package's docstring."""

    name = "osler_site.review"
    label = "review"

    def ready(self) -> None:
        """Listen to the workflow."""
        from osler_site.review.signals import connect

        connect()
