"""What an assistant may read whole: sources, passages, and a site's approved articles."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError

from osler.answering import source_to_json, statement_to_json
from osler.domain.errors import OslerError, SourceNotFound, StatementNotFound
from osler.library import Following
from osler.mcp.articles import Articles
from osler.mcp.results import QUOTED
from osler.render.view import NOTICE

_JSON = "application/json"


def add_resources(server: MCPServer[Any], following: Following, articles: Articles | None) -> None:
    """Add the resources to a server; those of articles only where there is a site."""

    @server.resource(
        "osler://sources", title="Sources of the library", mime_type=_JSON,
        description="What the library holds. Read one at osler://sources/{source_id}.",
    )  # fmt: skip
    @_told
    def sources() -> str:
        library = following.library()
        listed = [source_to_json(source) for source in library.sources()]
        return _json({"library_version": library.version, "sources": listed})

    @server.resource(
        "osler://sources/{source_id}", title="A source", mime_type=_JSON,
        description="A source's description and its whole text, in which citations count.",
    )  # fmt: skip
    @_told
    def source(source_id: str) -> str:
        library = following.library()
        found = library.source(source_id)
        described = {"source": source_to_json(found), "text": library.text(found.id)}
        return _json({"library_version": library.version, **described})

    @server.resource(
        "osler://passages/{statement_id}", title="A cited passage", mime_type=_JSON,
        description="The statement that a citation names, with what its headings say of it.",
    )  # fmt: skip
    @_told
    def passage(statement_id: str) -> str:
        library = following.library()
        statement = library.statement(statement_id)
        described = {
            "source": source_to_json(library.source(statement.source_id)),
            "statement": statement_to_json(statement),
        }
        return _json({"library_version": library.version, **described})

    if articles is None:
        return

    @server.resource(
        "osler://articles", title="Approved articles", mime_type=_JSON,
        description="Articles that a clinician of this hospital has reviewed and signed.",
    )  # fmt: skip
    @_told
    def approved() -> str:
        return _json({"articles": articles.approved()})

    @server.resource(
        "osler://articles/{slug}", title="An approved article", mime_type=_JSON,
        description="A reviewed article with its citations, who signed it, and what changed since.",
    )  # fmt: skip
    @_told
    def article(slug: str) -> str:
        return _json(articles.article(slug))


def _json(body: dict[str, Any]) -> str:
    return json.dumps({**body, "notice": NOTICE, "guidance": QUOTED}, ensure_ascii=False)


def _told(read: Callable[..., str]) -> Callable[..., str]:
    """The function, its deliberate errors told with what to do about them."""

    @wraps(read)
    def told(*args: Any, **kwargs: Any) -> str:
        try:
            return read(*args, **kwargs)
        except OslerError as error:
            gone = isinstance(error, SourceNotFound | StatementNotFound)
            kind = ResourceNotFoundError if gone else ResourceError
            raise kind("\n".join(filter(None, (str(error), error.help)))) from error

    return told
