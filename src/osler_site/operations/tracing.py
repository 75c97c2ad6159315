"""OpenTelemetry, where it is installed (`osler[otel]`) and an endpoint is named.

A span holds the method, the route's name and the status: of the address and of what was asked,
nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

Note = Callable[[str, int], None]


@contextmanager
def span(method: str) -> Iterator[Note]:
    """A span around a request; what is yielded notes its route and status."""
    tracer = _tracer()
    if tracer is None:
        yield _no_note
        return
    with tracer.start_as_current_span(method) as current:

        def note(route: str, status: int) -> None:
            current.update_name(f"{method} {route}")
            current.set_attributes(
                {
                    "http.request.method": method,
                    "http.route": route,
                    "http.response.status_code": status,
                }
            )

        yield note


def _no_note(route: str, status: int) -> None:
    """Nothing listens."""


@cache
def _tracer() -> Any:
    if "OTEL_EXPORTER_OTLP_ENDPOINT" not in os.environ:
        return None
    try:
        from opentelemetry import trace
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        return None
    provider = TracerProvider(resource=Resource.create({"service.name": "osler"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    return trace.get_tracer("osler")
