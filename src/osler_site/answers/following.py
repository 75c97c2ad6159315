"""A question that goes on from an earlier answer → the full question that is asked.

Nothing of a thread is kept on the server: a form names the answer that it was typed under
(`after`), and that answer's question is all that is needed. A permanent address cannot be guessed,
so whoever names one could read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from osler.domain.identifier import IdentifierKind, hidden_kinds, without_placeholders
from osler.privacy import hide
from osler.threads import Resolved, Thread, follow, in_words
from osler.threads.facts import facts
from osler_site.answers.asking import LONGEST_QUESTION, on_one_line
from osler_site.answers.models import UID_LENGTH, RawAnswer
from osler_site.engine import engine, patient_of


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up as it is understood, and what of the patient could not be taken along."""

    resolved: Resolved
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it is put to the engine, and how it came about.

    `typed` holds placeholders; it is "" where the question is asked as it was typed. `after` is
    the answer that it goes on from.
    """

    question: str
    patient: str
    typed: str = ""
    after: RawAnswer | None = None


def put(text: str, patient: str, form: Mapping[str, str]) -> Put:
    """What a form asks: `after` names an answer to go on from, `alone` takes nothing from it.

    An unknown answer is none: no question waits for that. Raises EmptyQuestion, UsageError and
    LibraryError.
    """
    after = earlier_answer(form.get("after", ""))
    text = on_one_line(text)
    if after is None or form.get("alone") or not text or len(text) > LONGEST_QUESTION:
        return Put(text, patient, "", after)
    hidden = hide(text)
    bare = without_placeholders(hidden.asked)
    resolved = follow_up(after, bare or hidden.asked).resolved
    full = hidden.asked if resolved.full == bare else resolved.full
    return Put(full, patient, hidden.text, after)


def earlier_answer(uid: str) -> RawAnswer | None:
    """The answer to a question under this name, without its body."""
    if len(uid) != UID_LENGTH:
        return None
    return RawAnswer.objects.filter(uid=uid, kind="answer").defer("body").first()


def follow_up(after: RawAnswer, text: str) -> FollowUp:
    """How a question is understood under an answer.

    What was given of the patient beside the earlier question is put into its words first, so that
    it can be corrected and taken back as all else. Raises EmptyQuestion, UsageError, LibraryError.
    """
    library = engine().library()
    said, left = after.question, ()
    given = patient_of(after.patient)
    if given is not None:
        whole = in_words(said, given, library)
        said, left = (whole, ()) if whole else (said, facts(given))
    thread = Thread().then(follow(Thread(), said, library))
    resolved = follow(thread, text, library)
    if resolved.changed_topic:
        return FollowUp(resolved)
    if IdentifierKind.AGE in hidden_kinds(said) and resolved.patient.age_years is None:
        left = (*left, "an age over 89, which is not kept")
    return FollowUp(resolved, left)
