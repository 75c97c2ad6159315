"""What the first questions after a start would wait for, done beforehand."""

from __future__ import annotations

from contextlib import suppress

from osler.answering.engine import ask
from osler.domain import errors
from osler.library import Library
from osler.patterns import compile_all

MOST_SOURCES = 40
_WORDS_OF_A_TITLE = 12
# The second names a patient, the third is misspelt: what reads those is loaded too.
_QUESTIONS = (
    "What is the dose of {}?",
    "{}, woman of 78, 61 kg, eGFR 24, what should be monitored?",
    "{} contraindcations",
)


def warm_up(library: Library) -> None:
    """Load what is loaded once: patterns, word lists, and passages all over the library.

    For a server, before it takes questions; it takes some seconds. No answer changes.
    Raises LibraryError.
    """
    compile_all()
    sources = library.sources()
    step = -(-len(sources) // MOST_SOURCES) or 1
    for number, source in enumerate(sources[::step]):
        title = " ".join(source.title.split()[:_WORDS_OF_A_TITLE])
        with suppress(errors.UsageError):  # a title may be no question
            ask(library, _QUESTIONS[number % len(_QUESTIONS)].format(title))
