"""What is counted, for Prometheus. Never the text of a question, nor who asked it.

With several workers each writes to files of its own in $PROMETHEUS_MULTIPROC_DIR (set by
`osler serve`), and whichever is asked adds them up.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import REGISTRY, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from osler.domain import Written

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10)

REQUESTS = Counter("osler_requests", "Requests answered", ("route", "method", "status"))
LATENCY = Histogram("osler_request_seconds", "Time to the response", ("route",), buckets=_SECONDS)
ASKS = Counter("osler_asks", "Questions asked", ("through", "outcome"))
ENGINE = Histogram("osler_engine_seconds", "Time of the engine for one answer", buckets=_SECONDS)
STREAMS = Gauge("osler_streams_open", "Streams being sent", multiprocess_mode="livesum")
LIMITED = Counter("osler_limited", "Requests refused by a rate limit", ("what",))

WRITER_SENTENCES = Counter("osler_writer_sentences", "Sentences of the language model", ("shown",))
WRITER_VETOED = Counter("osler_writer_vetoed", "Claims that the language model held back")
WRITER_TOKENS = Counter("osler_writer_tokens", "Tokens of the language model", ("direction",))
WRITER_COST = Counter("osler_writer_cost_usd", "What it cost, where its price is known")
WRITER = Histogram(
    "osler_writer_seconds", "Time of the language model for one answer", ("ended",),
    buckets=(0.25, 0.5, 1, 2, 5, 10, 20, 60),
)  # fmt: skip


def wrote(written: Written) -> None:
    """Count what a language model did with one answer."""
    WRITER_SENTENCES.labels("yes").inc(written.kept)
    WRITER_SENTENCES.labels("no").inc(written.replaced)
    WRITER_VETOED.inc(written.vetoed)
    WRITER_TOKENS.labels("in").inc(written.input_tokens or 0)
    WRITER_TOKENS.labels("out").inc(written.output_tokens or 0)
    WRITER_COST.inc(written.cost_usd or 0)
    WRITER.labels("early" if written.stopped else "whole").observe(written.elapsed_ms / 1000)


def asked(through: str, outcome: str) -> None:
    """Count a question; `outcome` is "answered" or "abstained"."""
    ASKS.labels(through, outcome).inc()


@contextmanager
def engine_time() -> Iterator[None]:
    """Measure one answer of the engine."""
    begun = perf_counter()
    try:
        yield
    finally:
        ENGINE.observe(perf_counter() - begun)


class Articles(Collector):
    """How many articles stand where in the review: read when it is asked for."""

    def collect(self) -> Iterator[Metric]:
        """One gauge, labelled by status."""
        from django.db.models import Count

        from osler_site.articles.models import ArticlePage, ReviewStatus

        rows = ArticlePage.objects.order_by().values_list("status").annotate(Count("pk"))
        counted = dict.fromkeys(ReviewStatus.values, 0) | dict(rows)
        family = GaugeMetricFamily("osler_articles", "Articles by status", labels=["status"])
        for status, number in counted.items():
            family.add_metric([status], number)
        yield family


class Rounds(Collector):
    """When the articles were last held against the library: read when it is asked for."""

    def collect(self) -> Iterator[Metric]:
        """The moment (0: never) and how many articles failed in that round."""
        from osler_site.living.models import LastRound

        last = LastRound.objects.first()
        yield GaugeMetricFamily(
            "osler_recheck_timestamp_seconds",
            "When a round of rechecking last went to its end",
            value=last.at.timestamp() if last else 0,
        )
        yield GaugeMetricFamily(
            "osler_recheck_failed_articles",
            "Articles that could not be compared in it",
            value=last.failed if last else 0,
        )


def exposition() -> bytes:
    """Everything counted so far, by all workers, in Prometheus' text format."""
    registry = CollectorRegistry()
    for read_when_asked in (Articles(), Rounds()):
        registry.register(read_when_asked)
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
    return generate_latest(REGISTRY) + generate_latest(registry)
