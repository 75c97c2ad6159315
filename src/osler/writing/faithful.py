"""Does a full question, as a model puts it, ask what was asked: nothing more, and nothing less?

Nobody has checked a model's reading but this. So its words and figures have to stand in the turn
or in an earlier question, as understood; what it says of the patient is compared fact by fact, as
our own readers read it; and no fact goes that the turn does not take back in so many words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from osler.domain import Aspect, Question
from osler.library import Library
from osler.threads import Resolved, Thread
from osler.threads.topic import Topic, read, topic_of
from osler.writing.only_said import Spoken, lost_words, strange_figures, strange_words
from osler.writing.same_patient import Known, other_patient
from osler.writing.taken_back import is_taken_back, returns, taken_back_by_name

LONGEST = 600  # characters of a full question
_PLAIN = re.compile(r"[A-Za-z0-9 .,;:()?'’/%–-]")


@dataclass(frozen=True, slots=True)
class _Read:
    """A proposal, the turn, our own reading of it, and the questions before, the first first."""

    put: Question
    turn: Question
    own: Question
    earlier: tuple[Question, ...]


def unfaithful(
    put: str, turn: str, thread: Thread, own: Resolved, library: Library | None = None
) -> str | None:
    """Why a full question may not stand for a turn; None where it may.

    `own` is how our own readers resolve the turn. The thread has a question at least. Raises
    EmptyQuestion and UsageError (see `understand`).
    """
    spoken = Spoken(turn, tuple(t.full for t in thread.turns))
    if not _is_plain(put, spoken):
        return "it is no plain question"
    if (strange := strange_words(put, spoken)) is not None:
        return strange
    earlier = tuple(read(text, library) for text in spoken.earlier)
    found = _Read(read(put, library), read(turn, library), read(own.full, library), earlier)
    now = topic_of(found.put)
    known = Known(turn, found.turn.patient, earlier[-1].patient, own.patient)
    return (
        strange_figures(put, spoken, found.put.patient)
        or _names(found)
        or _subject(now, found)
        or other_patient(
            found.put.patient,
            known,
            treated=[t.name for t in now.treated],
            asked=[t.name for t in now.drugs],
        )
        or _asked(found)
        or lost_words(put, spoken, own.full)
    )


def _is_plain(put: str, spoken: Spoken) -> bool:
    """Whether it is short and of plain characters, or of such as were typed."""
    typed = {*spoken.turn, *"".join(spoken.earlier)}
    return (
        len(put) <= LONGEST
        and re.search(r"[^\W\d_]", put) is not None
        and all(_PLAIN.match(character) or character in typed for character in put)
    )


def _names(found: _Read) -> str | None:
    """A drug or condition that nobody named, or one of the turn that is named no more."""
    ours, turn = _named(found.put), _named(found.turn)
    before = {name for question in found.earlier for name in _named(question)}
    if ours - turn - before:
        return "it names a drug or condition that nobody named"
    stay = (_named(found.own) & _named(found.earlier[-1])) - ours
    if any(not is_taken_back("", name, found.turn.text) for name in stay):
        return "it loses a drug or condition that Osler's own reading keeps"
    asked = _subjects(_turn(found))[0]
    if turn - ours - before or asked - ours:
        return "it leaves out a drug or condition of the turn"
    return None


def _named(question: Question) -> set[str]:
    patient = question.patient
    return {
        *(t.name for t in question.terms),
        *patient.drugs,
        *patient.allergies,
        *patient.intolerances,
        *patient.conditions,
        *patient.procedures,
    }


def _subject(now: Topic, found: _Read) -> str | None:
    """It asks about what was asked about, in the turn or before, and still for the same illness."""
    turn, own = _turn(found), topic_of(found.own)
    before = [topic_of(question) for question in found.earlier]
    drugs, treated = _subjects(now)
    if not (drugs or treated or now.purpose):
        return "it is about nothing"
    asked = {name for topic in (turn, *before) for name in _subjects(topic)[0]}
    ill = {name for topic in (turn, *before) for name in _subjects(topic)[1]}
    if drugs - asked or treated - ill - set(found.turn.patient.conditions):
        return "it asks about what was only mentioned"
    if turn.drugs and not {t.name for t in turn.drugs} & drugs:
        return "it does not ask about the drug of the turn"
    if turn.treated:
        return None
    if turn.drugs:
        lost = _subjects(before[-1])[1] - _named(found.put)
        return "it loses what is treated" if lost else None
    may_be = before if returns(found.turn.text) else [before[-1], own]
    return None if (drugs, treated) in map(_subjects, may_be) else "it asks about something else"


def _turn(found: _Read) -> Topic:
    """What the turn is about; not the allergy that it takes back, which only reads like a drug."""
    topic = topic_of(found.turn)
    known = {*found.earlier[-1].patient.allergies, *found.earlier[-1].patient.intolerances}
    text = found.turn.text
    kept = (t for t in topic.drugs if t.name not in known or not taken_back_by_name(t.name, text))
    return replace(topic, drugs=tuple(kept))


def _subjects(topic: Topic) -> tuple[set[str], set[str]]:
    return {t.name for t in topic.drugs}, {t.name for t in topic.treated}


def _asked(found: _Read) -> str | None:
    """It asks what the turn asks, by the same route, in a phase that was spoken of."""
    put, turn, own, before = found.put, found.turn, found.own, found.earlier[-1]
    # "Dose" is what a drug alone is read to ask for.
    if set(turn.aspects) - {Aspect.ANY, Aspect.DOSE} - set(put.aspects):
        return "it does not ask what the turn asks"
    if set(put.aspects) - {Aspect.ANY, *turn.aspects, *own.aspects, *before.aspects}:
        return "it asks what nobody asked"
    if put.route not in ((turn.route,) if turn.route else (before.route, own.route)):
        return "it changes the route"
    if set(turn.phases) - set(put.phases):
        return "it loses the phase"
    if set(put.phases) - {*turn.phases, *before.phases, *own.phases}:
        return "it changes the phase"
    return None
