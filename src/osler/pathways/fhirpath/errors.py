"""What stops an expression."""

from __future__ import annotations

from osler.domain.errors import PathwayError


class ExpressionError(PathwayError):
    """An expression cannot be read, or has no value for what it was given."""

    help = "Correct the expression in the plan; docs/pathways.md tells what can be used."


class TooCostly(ExpressionError):
    """An expression takes more work, or makes more, than any patient's plan needs."""

    help = "Simplify the plan; docs/pathways.md tells what one may cost."
