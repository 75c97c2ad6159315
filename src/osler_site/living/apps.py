"""The app's registration."""

from django.apps import AppConfig


class Living(AppConfig):
    """See the package's docstring."""

    name = "osler_site.living"
    label = "living"

    def ready(self) -> None:
        """Listen for sign-offs."""
        from osler_site.living import settling

        settling.listen()
