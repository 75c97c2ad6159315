"""The interface for programs, version 1."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from osler_site.api import articles, asking, feedback, library, usage
from osler_site.api.problems import MEDIA_TYPE, handle_errors


class Described(NinjaAPI):
    """Describes refusals by the media type that they have."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """OpenAPI 3.1."""
        schema = super().get_openapi_schema(**given)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if status >= 400:
                        response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}
        return schema


api = Described(
    title="Osler",
    version="1",
    description=(
        "Cited, checked answers from this hospital's library. They support a clinician and do not "
        "replace one. Every operation needs a token with its scope; errors are problem details "
        "(RFC 9457)."
    ),
    urls_namespace="api-v1",
    docs_url=None,
    openapi_url="/openapi.json",
)
handle_errors(api)
for part in (asking, library, articles, feedback, usage):
    api.add_router("", part.router)
