"""The app's registration."""

from django.apps import AppConfig


class LibraryPages(AppConfig):
    """See the package's docstring."""

    name = "osler_site.library_pages"
    label = "library_pages"
