"""The app's registration."""

from django.apps import AppConfig


class Desk(AppConfig):
    """See the package's docstring."""

    name = "osler_site.desk"
    label = "desk"

    def ready(self) -> None:
        """Listen for what is to be logged."""
        from osler_site.desk import listening

        listening.listen()
