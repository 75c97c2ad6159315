"""A question → a checked, cited answer, or an abstention that says why."""

from osler.answering.articles.overview import overview, summarize
from osler.answering.confirming import confirmed, tells_more
from osler.answering.deserialise import from_json
from osler.answering.differing import Difference, citation_findings, difference
from osler.answering.engine import ask, merge_patients
from osler.answering.serialise import (
    citation_to_json,
    reference_to_json,
    source_to_json,
    statement_to_json,
    to_json,
    writing_to_json,
)
from osler.answering.understanding.given_patient import read_facts, read_patient
from osler.answering.understanding.understand import understand
from osler.answering.warming import warm_up

__all__ = [
    "Difference",
    "ask",
    "citation_findings",
    "citation_to_json",
    "confirmed",
    "difference",
    "from_json",
    "merge_patients",
    "overview",
    "read_facts",
    "read_patient",
    "reference_to_json",
    "source_to_json",
    "statement_to_json",
    "summarize",
    "tells_more",
    "to_json",
    "understand",
    "warm_up",
    "writing_to_json",
]
