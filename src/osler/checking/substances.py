"""The drug of a claim is the drug of its passage."""

from __future__ import annotations

from osler.checking.clauses import Part
from osler.checking.evidence import Scope
from osler.domain import Problem


def check(part: Part, scope: Scope) -> list[Problem]:
    """Drugs that the claim names and the passage does not."""
    return []
