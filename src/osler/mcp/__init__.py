"""The library for AI assistants: a server of the Model Context Protocol.

Needs the extra `osler[mcp]`; `osler.cli.mcp` starts it.
"""

from osler.mcp.server import build
from osler.mcp.serving import HttpSettings, serve_http, serve_stdio

__all__ = ["HttpSettings", "build", "serve_http", "serve_stdio"]
