"""A question that goes on from an earlier answer → the full question that is asked.

Nothing of a thread is kept on the server: a form names the answer that it was typed under
(`after`), and that answer's question is all that is needed. A permanent address cannot be guessed,
so whoever names one could read it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from osler.domain import Written
from osler.domain.errors import UsageError
from osler.domain.identifier import IdentifierKind, hidden_kinds
from osler.privacy import Hidden, hide
from osler.privacy.threads import follow_hidden
from osler.threads import Reading, Resolved, Thread, as_proposed, follow, in_words
from osler.threads.facts import facts
from osler.writing import follow_with
from osler_site.answers.asking import LONGEST_QUESTION, on_one_line
from osler_site.answers.models import UID_LENGTH, RawAnswer
from osler_site.engine import engine, patient_of
from osler_site.operations import metrics

if TYPE_CHECKING:
    from osler.writing.model import Writer

_UID = re.compile(rf"[a-z2-7]{{{UID_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up as it is understood, and what of the patient could not be taken along."""

    reading: Reading
    left: tuple[str, ...] = ()

    @property
    def resolved(self) -> Resolved:
        """The question that is asked."""
        return self.reading.resolved


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it is put to the engine, and how it came about.

    `typed` holds placeholders; it is "" where the question is asked as it was typed. `after` is
    the answer that it goes on from; `read_by` the language model whose reading it is, "" where it
    is our own, and `spent` what asking a model took.
    """

    question: str
    patient: str
    typed: str = ""
    after: RawAnswer | None = None
    read_by: str = ""
    spent: Written | None = None


def put(text: str, patient: str, form: Mapping[str, str], writer: Writer | None = None) -> Put:
    """What a form asks: `after` names an answer to go on from, `alone` takes nothing from it.

    An unknown answer is none: no question waits for that. A `writer` reads what is in doubt,
    where its settings let it. Raises EmptyQuestion, UsageError and LibraryError, and nothing for
    what a model does.
    """
    after = earlier_answer(form.get("after", ""))
    text = on_one_line(text)
    if after is None or form.get("alone") or not text or len(text) > LONGEST_QUESTION:
        return Put(text, patient, "", after)
    hidden = hide(text)
    reading = follow_up(after, hidden, writer).reading
    asked = reading.resolved.full
    return Put(asked, patient, hidden.text, after, reading.read_by, reading.written)


def follow_questions(text: str, after: Sequence[str], writer: Writer | None = None) -> Reading:
    """How a question is understood after others, the first first.

    Each of these is a question as it was typed, or the name of the answer that it got. What a
    model may help to read is the last alone. Raises EmptyQuestion, UsageError (also for an answer
    that is not there) and LibraryError.
    """
    library = engine().library()
    thread = Thread()
    for earlier in after:
        answer = earlier_answer(earlier)
        if answer is not None:
            said, _ = _with_patient(answer)
            thread = thread.then(follow(Thread(), said, library))
        elif _UID.fullmatch(earlier):
            raise UsageError(f"there is no answer {earlier}", help="Give its question instead.")
        else:
            thread = thread.then(follow_hidden(thread, hide(on_one_line(earlier)), library))
    return _counted(follow_with(writer, thread, hide(on_one_line(text)), library))


def earlier_answer(uid: str) -> RawAnswer | None:
    """The answer to a question under this name, without its body."""
    if not _UID.fullmatch(uid):
        return None
    return RawAnswer.objects.filter(uid=uid, kind="answer").defer("body").first()


def follow_up(after: RawAnswer, hidden: Hidden, writer: Writer | None = None) -> FollowUp:
    """How a question is understood under an answer, with the help of a `writer` if there is one.

    What was given of the patient beside the earlier question is put into its words first, so that
    it can be corrected and taken back as all else. Raises EmptyQuestion, UsageError, LibraryError.
    """
    thread, left = _begun(after)
    reading = _counted(follow_with(writer, thread, hidden, engine().library()))
    return FollowUp(reading, _left(left, after, reading.resolved))


def as_read_by(after: RawAnswer, hidden: Hidden, full: str, own: FollowUp) -> FollowUp:
    """The same where a language model read the question as `full`; `own` is our own reading.

    Raises EmptyQuestion, UsageError, LibraryError.
    """
    thread, left = _begun(after)
    resolved = as_proposed(thread, hidden.asked, full, engine().library())
    return FollowUp(Reading(resolved, own.resolved), _left(left, after, resolved))


def _begun(after: RawAnswer) -> tuple[Thread, tuple[str, ...]]:
    """The thread that an answer's question begins, and what of the patient has no words."""
    said, left = _with_patient(after)
    return Thread().then(follow(Thread(), said, engine().library())), left


def _left(left: tuple[str, ...], after: RawAnswer, resolved: Resolved) -> tuple[str, ...]:
    if resolved.changed_topic:
        return ()
    said, _ = _with_patient(after)
    if IdentifierKind.AGE in hidden_kinds(said) and resolved.patient.age_years is None:
        return (*left, "an age over 89, which is not kept")
    return left


def _counted(reading: Reading) -> Reading:
    if reading.written is not None:
        metrics.wrote(reading.written)
    return reading


def _with_patient(answer: RawAnswer) -> tuple[str, tuple[str, ...]]:
    """An answer's question with what was given of the patient beside it, and what has no words."""
    given = patient_of(answer.patient)
    if given is None:
        return answer.question, ()
    whole = in_words(answer.question, given, engine().library())
    return (whole, ()) if whole else (answer.question, facts(given))
