"""Composing the starter articles from the starter library, each submitted and not reviewed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from osler.domain.errors import LibraryError
from osler_site.answers.keeping import keep
from osler_site.answers.models import RawAnswer, public_uid_of
from osler_site.articles.promoting import promote
from osler_site.engine import engine
from osler_site.review.errors import NotSubmittable
from osler_site.review.workflow import submit
from osler_site.seeding.entries import LISTED, Entry, entries

Say = Callable[[str], object]
_TOLD_EVERY = 10


@dataclass(frozen=True, slots=True)
class Seeded:
    """What a run of the seeding did."""

    made: int
    there: int
    left_out: tuple[str, ...]  # why, one line each


def seed(say: Say, file: Path = LISTED) -> Seeded:
    """Make the starter articles that are missing, where the library is the starter library.

    An article that was made is never made again, also not after it was edited, moved or withdrawn:
    what remembers it is its raw answer. A run that was cut off goes on where it stopped.
    """
    if not file.is_file() or not _is_the_starter_library():
        return Seeded(0, 0, ())
    listed = {_uid(entry): entry for entry in entries(file)}
    there = set(RawAnswer.objects.filter(uid__in=listed).values_list("uid", flat=True))
    wanted = [entry for uid, entry in listed.items() if uid not in there]
    made, left_out = 0, []
    if wanted:
        say(f"composing {len(wanted)} articles from the starter library")
    for number, entry in enumerate(wanted, start=1):
        reason = _make(entry)
        if reason:
            left_out.append(f"{entry.slug}: {reason}")
        else:
            made += 1
        if number % _TOLD_EVERY == 0 or number == len(wanted):
            say(f"  {number} of {len(wanted)}")
    for line in left_out:
        say(f"  left out {line}")
    return Seeded(made, len(there), tuple(left_out))


def _make(entry: Entry) -> str:
    """Make one article; why it was not made, or nothing."""
    try:
        body = engine().compose(entry.kind, entry.about)
    except LibraryError as error:
        return str(error)
    if not body["answered"]:
        return "the library does not answer it"
    try:
        with transaction.atomic():
            raw = keep(_uid(entry), entry.kind, entry.about, "", "physician", body)
            page = promote(raw, None, title=entry.title, topic=entry.topic, slug=entry.slug)
            submit(page, None, visible=True)
    except NotSubmittable as error:
        return str(error)
    return ""


def _uid(entry: Entry) -> str:
    """The name of its raw answer: of no version and no key, so that neither seeds it again."""
    return public_uid_of(entry.kind, entry.about, "starter")


def _is_the_starter_library() -> bool:
    """Whether the library holds what comes with Osler; no other library is written about."""
    from osler.starter import sources

    names = {path.name for path in sources()}
    held = {source.file for source in engine().library().sources()}
    return names <= held
