"""The app's registration."""

from django.apps import AppConfig


class Catalogue(AppConfig):
    """See the package's docstring."""

    name = "osler_site.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Keep up with articles and answers as they are saved."""
        from osler_site.catalogue import keeping

        keeping.connect()
