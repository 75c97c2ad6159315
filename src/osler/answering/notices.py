"""Safety notices of our own: packaged, versioned, reviewable, and never holding a dose."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from osler.domain import Question
from osler.statements.patients.allergies import cross_reacts
from osler.statements.vocabulary.substances import belongs_to


def notices_for(question: Question) -> tuple[str, ...]:
    """The notices whose cues the question's words match, in the file's order; allergies first."""
    said = " ".join((question.text, *(t.name for t in question.terms if t.kind == "condition")))
    matching = (text for cue, text in _notices() if cue.search(said))
    return (*_allergies(question), *matching)


def _allergies(question: Question) -> list[str]:
    """A drug asked about that the patient is allergic to, by itself or by its class."""
    drugs = [t.name for t in question.terms if t.kind == "substance"]
    return [
        f"The patient is said to be allergic to {allergy}. " + _why(drug, allergy)
        for drug in drugs
        for allergy in question.patient.allergies
        if cross_reacts(drug, allergy)
    ]


def _why(drug: str, allergy: str) -> str:
    if drug == allergy:
        return "Do not give it unreviewed."
    name = drug.capitalize()
    return f"{name} is one." if belongs_to(drug, allergy) else f"{name} may do the same."


@lru_cache(maxsize=1)
def _notices() -> tuple[tuple[re.Pattern[str], str], ...]:
    text = Path(__file__).with_name("data").joinpath("notices.toml").read_text("utf-8")
    return tuple(
        (re.compile(notice["cue"], re.IGNORECASE), notice["text"])
        for notice in tomllib.loads(text)["notice"]
    )
