"""Which verdicts count: what is found after one, on what it is about, opens the claim again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from osler_site.articles.claims import Placed
from osler_site.living.concerned import concerns
from osler_site.living.models import Finding
from osler_site.living.settling import open_findings
from osler_site.review.models import ClaimVerdict, Judgement, ReviewAssignment


def standing_verdicts(
    assignment: ReviewAssignment, claims: Mapping[str, Placed]
) -> dict[str, ClaimVerdict]:
    """The verdicts of a review that count, by the key of their claim."""
    findings = open_findings(assignment.state.page)
    return {
        verdict.claim_key: verdict
        for verdict in assignment.verdicts.all()
        if verdict.claim_key in claims
        and stands(verdict, claims[verdict.claim_key].value, findings)
    }


def stands(verdict: ClaimVerdict, claim: Any, findings: Iterable[Finding]) -> bool:
    """Whether nothing that concerns the claim was found after it was approved.

    A flag stands: what was wrong before has not become right by something else.
    """
    if verdict.judgement == Judgement.FLAG:
        return True
    return not any(f.found >= verdict.given_at and concerns(f, claim) for f in findings)
