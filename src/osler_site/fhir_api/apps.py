"""The app's registration."""

from django.apps import AppConfig


class FhirApi(AppConfig):
    """See the package's docstring."""

    name = "osler_site.fhir_api"
    label = "fhir_api"
