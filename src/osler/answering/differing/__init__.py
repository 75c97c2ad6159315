"""What has changed between a stored answer and one of today, and under what a stored one cites."""

from osler.answering.differing.difference import (
    AnswerChange,
    Change,
    ClaimChange,
    Difference,
    difference,
)
from osler.answering.differing.findings import CitationFinding, Finding, citation_findings

__all__ = [
    "AnswerChange",
    "Change",
    "CitationFinding",
    "ClaimChange",
    "Difference",
    "Finding",
    "citation_findings",
    "difference",
]
