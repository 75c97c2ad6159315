"""What Wagtail calls when a workflow is finished: the signed version becomes the public one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied


def publish_signed(workflow_state: Any, user: Any = None) -> None:
    """Publish the version that was signed; refuse where there is no sign-off of just this one.

    Everything else that has a workflow is published as Wagtail does it.
    """
    from wagtail.workflows import publish_workflow_state

    from osler_site.articles.publishing import permitted
    from osler_site.articles.wording import uncited_dose
    from osler_site.review.hashing import content_hash
    from osler_site.review.models import Decision, SignOff
    from osler_site.review.signals import article_of

    page = article_of(workflow_state)
    if page is None:
        publish_workflow_state(workflow_state, user=user)
        return
    revision = page.get_latest_revision()
    signed = SignOff.objects.filter(
        page=page,
        revision=revision,
        content_hash=content_hash(revision),
        decision=Decision.APPROVED,
    )
    if not signed.exists():
        raise PermissionDenied("An article is approved by a sign-off of the board alone.")
    uncited = uncited_dose(revision.as_object())
    if uncited:
        raise PermissionDenied(uncited)
    with permitted(page.pk, revision.pk):
        revision.publish(user=user, skip_permission_checks=True)
