"""A question that goes on from an earlier answer → the full question that is asked.

Nothing of a thread is kept on the server: a form names the answer that it was typed under
(`after`), and that answer's question is all that is needed. A permanent address cannot be guessed,
so whoever names one could read it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from osler.domain.errors import UsageError
from osler.domain.identifier import IdentifierKind, hidden_kinds
from osler.privacy import Hidden, hide
from osler.privacy.threads import follow_hidden
from osler.threads import Resolved, Thread, follow, in_words
from osler.threads.facts import facts
from osler_site.answers.asking import LONGEST_QUESTION, on_one_line
from osler_site.answers.models import UID_LENGTH, RawAnswer
from osler_site.engine import engine, patient_of

_UID = re.compile(rf"[a-z2-7]{{{UID_LENGTH}}}")


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
    return Put(follow_up(after, hidden).resolved.full, patient, hidden.text, after)


def follow_questions(text: str, after: Sequence[str]) -> Resolved:
    """How a question is understood after others, the first first.

    Each of these is a question as it was typed, or the name of the answer that it got. Raises
    EmptyQuestion, UsageError (also for an answer that is not there) and LibraryError.
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
    return follow_hidden(thread, hide(on_one_line(text)), library)


def earlier_answer(uid: str) -> RawAnswer | None:
    """The answer to a question under this name, without its body."""
    if not _UID.fullmatch(uid):
        return None
    return RawAnswer.objects.filter(uid=uid, kind="answer").defer("body").first()


def follow_up(after: RawAnswer, hidden: Hidden) -> FollowUp:
    """How a question is understood under an answer.

    What was given of the patient beside the earlier question is put into its words first, so that
    it can be corrected and taken back as all else. Raises EmptyQuestion, UsageError, LibraryError.
    """
    library = engine().library()
    said, left = _with_patient(after)
    thread = Thread().then(follow(Thread(), said, library))
    resolved = follow_hidden(thread, hidden, library)
    if resolved.changed_topic:
        return FollowUp(resolved)
    if IdentifierKind.AGE in hidden_kinds(said) and resolved.patient.age_years is None:
        left = (*left, "an age over 89, which is not kept")
    return FollowUp(resolved, left)


def _with_patient(answer: RawAnswer) -> tuple[str, tuple[str, ...]]:
    """An answer's question with what was given of the patient beside it, and what has no words."""
    given = patient_of(answer.patient)
    if given is None:
        return answer.question, ()
    whole = in_words(answer.question, given, engine().library())
    return (whole, ()) if whole else (answer.question, facts(given))
