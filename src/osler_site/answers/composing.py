"""A topic overview or a guideline summary, composed for an editor and kept as an answer is."""

from __future__ import annotations

from typing import Literal

from osler.domain import Source
from osler.domain.errors import EmptyQuestion, LibraryError, SourceNotFound, UsageError
from osler.library import Library
from osler_site.answers.keeping import keep
from osler_site.answers.models import RawAnswer, uid_of
from osler_site.engine import engine
from osler_site.operations import metrics

LONGEST = {"overview": 120, "summary": 500}  # characters
_AUDIENCE = "physician"


class NothingHeld(LibraryError):
    """The library holds nothing to compose it from."""

    help = "Try another name for it, or ask an administrator to add a source that speaks of it."


def compose(kind: Literal["overview", "summary"], about: str) -> RawAnswer:
    """An overview of a topic or a summary of a source, kept under its permanent address.

    A source is named by its id, file, title, DOI or address. From the same library the same
    thing is not composed twice. What comes to nothing is not kept. Raises EmptyQuestion,
    UsageError (too long), SourceNotFound, NothingHeld, LibraryError.
    """
    about = " ".join(about.replace("\x00", " ").split())
    if not about:
        raise EmptyQuestion("Say what it is about.")
    if len(about) > LONGEST[kind]:
        raise UsageError(f"That is longer than {LONGEST[kind]} characters.")
    if kind == "summary":
        about = _name_of(engine().library(), about)
    else:
        about = about[0].upper() + about[1:]  # it will be a title
    with metrics.engine_time():
        body = engine().compose(kind, about)
    if not body["answered"]:
        raise NothingHeld(f"The library holds nothing that answers to “{about}”.")
    version = f"{body['library_version']}/{body['engine_version']}"
    uid = uid_of(kind, about, "", _AUDIENCE, version)
    return keep(uid, kind, about, "", _AUDIENCE, body)


def _name_of(library: Library, named: str) -> str:
    """The title of a source where no other has it, else its id."""
    source = library.source(named)
    return source.title if _found(library, source.title) == source else source.id


def _found(library: Library, named: str) -> Source | None:
    try:
        return library.source(named)
    except SourceNotFound:
        return None
