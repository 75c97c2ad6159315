"""One question after another: what a short question takes from those before it."""

from osler.threads.follow import follow
from osler.threads.known import Known, in_words, known_in
from osler.threads.proposed import as_proposed
from osler.threads.reading import Reading
from osler.threads.serialise import to_json
from osler.threads.thread import Resolved, Thread, Turn
from osler.threads.topic import names_a_subject

__all__ = [
    "Known",
    "Reading",
    "Resolved",
    "Thread",
    "Turn",
    "as_proposed",
    "follow",
    "in_words",
    "known_in",
    "names_a_subject",
    "to_json",
]
