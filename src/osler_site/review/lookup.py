"""What an address of the board's pages names."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from osler_site.review.models import BoardReviewState


def state_or_404(state_id: int) -> BoardReviewState:
    """A version that is, or was, before the board."""
    return get_object_or_404(
        BoardReviewState.objects.select_related("revision", "workflow_state", "submitted_by"),
        pk=state_id,
    )
