"""The gate by generation, and the grammar on mentions marked by hand."""

from __future__ import annotations

import time
from pathlib import Path

import corpora
from page import Measured, table

from osler.evaluation.corruption_sentences import CDC, NSTG, OPENSTAX
from osler.evaluation.gate import Rate, evaluate_gate
from osler.evaluation.mentions import evaluate_mentions

MARKS = Path(__file__).resolve().parents[1] / "tests" / "evaluation" / "mentions" / "marks.jsonl"


def measure() -> Measured:
    """All generated claims, and all marks."""
    title = "Gate and grammar"
    why = corpora.absent(*(corpora.DATA / name for name in (NSTG, OPENSTAX, CDC)), MARKS)
    if why:
        return Measured(title, (why,))
    started = time.perf_counter()
    gate = evaluate_gate(corpora.DATA)
    seconds = time.perf_counter() - started
    checked = gate.caught.total + gate.accepted.total
    mentions = evaluate_mentions(corpora.DATA, MARKS)
    lines = (
        "Claims generated from raw sentences of the Nigerian guideline and OpenStax by code that "
        "shares nothing with the gate. A corruption must be caught, a rewrite that keeps the "
        "meaning must pass. 95 % Wilson intervals.",
        "",
        *_table((gate.caught, *gate.corruptions, gate.accepted, *gate.rewrites)),
        "",
        f"{checked:,} claims, generated and checked in {seconds:.0f} s.",
        "",
        "The grammar on dose mentions marked by hand in the Nigerian guideline, OpenStax and the "
        "CDC PDF:",
        "",
        *_table(mentions.rates),
    )
    return Measured(title, lines)


def _table(rates: tuple[Rate, ...]) -> tuple[str, ...]:
    rows = []
    for rate in rates:
        low, high = rate.interval
        share = 100 * rate.right / rate.total if rate.total else 0.0
        interval = f"{100 * low:.2f} to {100 * high:.2f}"
        rows.append((rate.kind, f"{rate.right:,}/{rate.total:,}", f"{share:.2f} %", interval))
    return table(("", "right", "share", "interval"), rows)
