"""What a page says of its own beside an answer, in the answer's language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from osler.domain import Place, Written
from osler.readers import translator
from osler.render.view import NOTICE, PATIENT_NOTICE
from osler.render.writing import told
from osler_site.presenting.view import Json

_WORDS = {
    "bottom_line": "Bottom line",
    "conflicts": "Where sources disagree",
    "composed": "as the sources say",
    "english": "In English",
    "nearby": "What it holds nearby",
    "references": "References",
    "safety": "Safety",
    "looked_for": "Looked for",
}


@cache
def page_words(language: str) -> Mapping[str, str]:
    """The titles that a page gives, by what they stand over."""
    say = translator(language)
    return {name: say(text) for name, text in _WORDS.items()}


def told_of(writing: Json | None) -> str:
    """Who wrote the text, where that runs, and what became of its sentences."""
    if writing is None:
        return told(None)
    return told(Written(**{**writing, "place": Place(writing["place"])}))


def closing(audience: str, language: str) -> str:
    """Whom an answer is for and what it does not replace."""
    return translator(language)(PATIENT_NOTICE if audience == "patient" else NOTICE)
