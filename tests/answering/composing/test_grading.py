"""Strength and evidence beside the claim, on every page and in JSON."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask, to_json
from osler.domain import Claim
from osler.render import html, markdown

QUESTION = "naproxen dose for acute gout in an adult"
DOSE = "Acute gout: naproxen 500 mg by mouth twice daily"


def claim_from(folder: Path, text: str, organization: str = "A board") -> Claim:
    with library_of(folder, {"organization": organization, "text": text}) as library:
        return ask(library, QUESTION).bottom_line[0]


@pytest.mark.parametrize(
    "text",
    [
        f"{DOSE} (strong recommendation, low-certainty evidence).",
        f"{DOSE}. (Strong recommendation, low-certainty evidence)\n\nSee below.",
        f"## Strong recommendations (low-certainty evidence)\n\n{DOSE}.",
        "| Drug for acute gout | Dose | Strength | Certainty |\n|---|---|---|---|\n"
        "| naproxen | 500 mg by mouth twice daily | Strong | Low |",
    ],
)
def test_a_grade_is_shown_wherever_it_stands(tmp_path: Path, text: str) -> None:
    claim = claim_from(tmp_path, text)
    assert (claim.strength, claim.evidence) == ("strong", "low")


def test_the_verbs_of_nice_have_their_meaning_and_those_of_others_none(tmp_path: Path) -> None:
    text = "Consider naproxen 500 mg by mouth twice daily for acute gout."
    assert claim_from(tmp_path / "1", text, "NICE NG219").strength == (
        "consider (NICE: less certain benefit)"
    )
    assert claim_from(tmp_path / "2", text, "A board").strength is None
    offered = text.replace("Consider", "Offer")
    assert claim_from(tmp_path / "3", offered, "NICE NG219").strength == "offer (NICE: strong)"


def test_a_mere_modal_verb_is_no_strength(tmp_path: Path) -> None:
    text = "Adults with acute gout should take naproxen 500 mg by mouth twice daily."
    assert claim_from(tmp_path, text).strength is None


def test_it_stands_on_every_page(tmp_path: Path) -> None:
    text = f"{DOSE} (Class I, Level A)."
    with library_of(tmp_path, {"text": text}) as library:
        answer = ask(library, QUESTION)
        shown = to_json(answer, library)["bottom_line"][0]
    assert (shown["strength"], shown["evidence"]) == ("class I", "level A")
    assert "Strength: class I · Evidence: level A" in markdown.render(answer)
    assert "Strength: class I · Evidence: level A" in html.render(answer)
