"""What stands under a heading that forbids supports no claim that leaves that out."""

from __future__ import annotations

import pytest

from osler.checking import check_text

HEADINGS = ("CONTRAINDICATIONS", "4.3 Contraindications", "Do not use", "Avoid in", "Not for")


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize(
    "claim",
    [
        "Haloperidol in Parkinson's disease.",
        "Haloperidol is given in Parkinson's disease.",
        "Haloperidol may be used in Parkinson's disease.",
    ],
)
def test_a_claim_without_the_bar_is_refused(heading: str, claim: str) -> None:
    passage = "Haloperidol in Parkinson's disease."
    assert not check_text(claim, passage, heading).supported
    assert not check_text(claim, passage, f"Haloperidol > {heading}").supported


@pytest.mark.parametrize(
    "claim",
    [
        "Contraindications: Haloperidol in Parkinson's disease.",
        "Haloperidol is contraindicated in Parkinson's disease.",
    ],
)
def test_a_claim_with_the_bar_is_supported(claim: str) -> None:
    passage = "Haloperidol in Parkinson's disease."
    assert check_text(claim, passage, "CONTRAINDICATIONS").supported


def test_a_nearer_heading_ends_it() -> None:
    passage = "Haloperidol 0.5 mg twice daily."
    assert check_text(passage, passage, "Contraindications > Dose").supported
