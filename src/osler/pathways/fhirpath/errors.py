"""What stops an expression."""

from __future__ import annotations

from osler.domain.errors import PathwayError


class ExpressionError(PathwayError):
    """An expression cannot be read, or has no value for what it was given."""

    help = "Correct the expression in the plan; docs/pathways.md tells what can be used."
