"""Which verdicts count: what is found after one, on what it is about, opens the claim again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
        if verdict.claim_key in claims and stands(verdict, claims, findings)
    }


def stands(
    verdict: ClaimVerdict, claims: Mapping[str, Placed], findings: Iterable[Finding]
) -> bool:
    """Whether nothing that concerns what it is on was found after it was given.

    A text cites nothing and speaks of the claims: what concerns one of them concerns it. A flag
    stands: what was wrong before has not become right by something else.
    """
    if verdict.judgement == Judgement.FLAG:
        return True
    judged = claims[verdict.claim_key]
    spoken_of = claims.values() if judged.is_wording else (judged,)
    rests_on = [placed.value for placed in spoken_of if not placed.is_wording]
    later = [f for f in findings if f.found >= verdict.given_at]
    return not any(concerns(f, value) for f in later for value in rests_on)
