"""What models wrote and took in this process: a line of the log each time, and plain numbers."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from osler.domain import Written
from osler.writing.replies import Clock, Usage

if TYPE_CHECKING:
    from osler.writing.model import Writer

_log = logging.getLogger("osler.writing")
_lock = threading.Lock()
_counts: dict[str, float] = dict.fromkeys(
    (
        "requests_total",
        "requests_stopped_total",
        "sentences_kept_total",
        "sentences_replaced_total",
        "claims_vetoed_total",
        "input_tokens_total",
        "output_tokens_total",
        "cost_usd_total",
        "seconds_total",
        "first_sentence_seconds_total",
        "first_sentences_total",
    ),
    0.0,
)


def counters() -> dict[str, float]:
    """What was counted since this process began, by names that Prometheus takes."""
    with _lock:
        return dict(_counts)


def blank(writer: Writer, usage: Usage, clock: Clock) -> Written:
    """Who wrote, what it took, and how long."""
    return Written(
        writer=writer.settings.provider.value,
        model=writer.settings.model,
        address=writer.settings.address,
        place=writer.place,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cost_usd=usage.cost_usd,
        elapsed_ms=clock.elapsed_ms,
    )


def together(first: Written, then: Written) -> Written:
    """Two requests for one answer as one; the times of the second follow those of the first."""
    spent = _usage(first) + _usage(then)
    return replace(
        then,
        kept=first.kept + then.kept,
        replaced=first.replaced + then.replaced,
        composed=max(first.composed, then.composed),
        vetoed=first.vetoed + then.vetoed,
        question=first.question or then.question,
        stopped=then.stopped or first.stopped,
        input_tokens=spent.input_tokens,
        output_tokens=spent.output_tokens,
        cost_usd=spent.cost_usd,
        elapsed_ms=round(first.elapsed_ms + then.elapsed_ms, 1),
    )


def record(written: Written) -> None:
    """Count a request and write its line; neither holds a word of question or answer."""
    found = {
        "requests_total": 1,
        "requests_stopped_total": written.stopped is not None,
        "sentences_kept_total": written.kept,
        "sentences_replaced_total": written.replaced,
        "claims_vetoed_total": written.vetoed,
        "input_tokens_total": written.input_tokens or 0,
        "output_tokens_total": written.output_tokens or 0,
        "cost_usd_total": written.cost_usd or 0,
        "seconds_total": written.elapsed_ms / 1000,
        "first_sentence_seconds_total": (written.first_ms or 0) / 1000,
        "first_sentences_total": written.first_ms is not None,
    }
    with _lock:
        for name, value in found.items():
            _counts[name] += value
    _log.info(
        "writer=%s model=%s address=%s kept=%d replaced=%d composed=%d vetoed=%d "
        "input_tokens=%s output_tokens=%s cost_usd=%s first_ms=%s elapsed_ms=%s stopped=%s",
        written.writer,
        written.model,
        written.address,
        written.kept,
        written.replaced,
        written.composed,
        written.vetoed,
        written.input_tokens,
        written.output_tokens,
        written.cost_usd,
        written.first_ms,
        written.elapsed_ms,
        written.stopped,
    )


def _usage(written: Written) -> Usage:
    return Usage(written.input_tokens, written.output_tokens, written.cost_usd)
