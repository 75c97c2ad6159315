"""A question in its thread → the full question that it stands for."""

from __future__ import annotations

from dataclasses import replace

from osler.answering.drug_roles import asks_for_another
from osler.answering.poisoning import poisons_in, was_taken
from osler.domain import Aspect, Patient, Phase, Question, Term
from osler.library import Library
from osler.threads import cues
from osler.threads.candidates import best, has_words_of_its_own, wordings
from osler.threads.drugs import (
    OF_A_CONDITION,
    asked_about,
    drugs_of,
    goes_with,
    is_left,
    is_new,
    is_with,
    own_aspects,
)
from osler.threads.facts import another_patient, not_said, told
from osler.threads.resolved import as_typed, resolved_as
from osler.threads.thread import Resolved, Thread
from osler.threads.topic import Topic, beside, read, tidy, topic_of
from osler.threads.withdrawing import withdraw
from osler.threads.wording import name_of

# Of these a phase may be asked: "the loading dose", "how often is it given then?"
_IN_A_PHASE = {Aspect.DOSE, Aspect.INTERVAL, Aspect.DURATION, Aspect.RATE}
_TIMES = {Aspect.INTERVAL, Aspect.DURATION}
_ASKS_NO_DOSE = {*OF_A_CONDITION, Aspect.ANY}


def follow(thread: Thread, text: str, library: Library | None = None) -> Resolved:
    """Resolve a question by what was asked before it; nothing is answered yet.

    A question that stands alone is left as it was typed: on the same drug or condition it is
    asked of the same patient, on another it takes nothing along (`changed_topic`). Any other
    takes what it does not name from the last full question. The full question is plain text:
    typed by hand it means the same.

    Raises EmptyQuestion and UsageError (see `understand`).
    """
    typed = tidy(text)
    last = thread.last
    new = read(typed, library)
    if last is None:
        return as_typed(typed, new)
    if typed in (last.full, last.typed):
        return resolved_as(typed, last.full, last.full, library)
    anew = cues.ANEW.sub("", typed, count=1)
    if anew != typed and anew:
        return replace(as_typed(anew, read(anew, library)), typed=typed, changed_topic=True)
    was = read(last.full, library)
    before = topic_of(was)
    if before.drugs and is_left(typed):
        goal = " and ".join(map(name_of, before.drugs))
        return _gone_on(f"{typed.rstrip(' ?.!')} to {goal}?", typed, last.full, before, library)
    if _stands_alone(typed, new) and not goes_with(typed, new, before, library):
        return _alone(typed, new, before, library)
    return _gone_on(typed, typed, last.full, before, library)


def _stands_alone(text: str, question: Question) -> bool:
    """Whether a question names what it is about and asks something of it."""
    if was_taken(text):
        return True  # what is to be done for an overdose does not wait for a topic
    if cues.GOES_ON.search(text) or cues.refers_back(text):
        return False
    topic = topic_of(question)
    drugs = asked_about(question)
    asks = own_aspects(text)
    if Aspect.INTERACTION in asks and len(drugs) == 1 and is_with(text, drugs[0]):
        return False  # "is there an interaction with rifampicin?"
    if drugs:
        return bool(asks or topic.treated or topic.purpose or question.patient != Patient())
    return bool(topic.treated and OF_A_CONDITION & set(asks))


def _alone(typed: str, question: Question, before: Topic, library: Library | None) -> Resolved:
    """A question that stands alone: of the same patient, where it is on the same matter."""
    topic = topic_of(question)
    ours = {t.name for t in (*topic.drugs, *topic.treated)}
    ours |= {name for name, _ in poisons_in(typed)}
    theirs = {t.name for t in (*before.drugs, *before.treated)} | set(before.patient.drugs)
    if not ours & theirs:
        return replace(as_typed(typed, question), changed_topic=True)
    given = topic.patient
    treated = {t.name for t in before.treated}
    known = replace(
        before.patient,
        conditions=tuple(c for c in before.patient.conditions if c not in treated),
        severity=None if treated else before.patient.severity,
    )
    if _is_someone_else(given, known):
        return as_typed(typed, question)
    target = replace(topic, patient=told(known, given))
    full = best(target, [typed], library, extra=not_said(target.patient, given))
    return resolved_as(typed, full, "", library, before)


def _tells_a_fact(patient: Patient) -> bool:
    """Whether a value or state of the patient is told, beside the sex that "she" tells."""
    told_of = replace(patient, sex=None, conditions=(), drugs=(), allergies=(), intolerances=())
    return told_of != Patient()


def _is_someone_else(given: Patient, known: Patient) -> bool:
    """Whether a question of its own describes a patient that is not the one spoken of."""
    for name in ("age_years", "life_stage", "sex", "weight_kg"):
        ours, theirs = getattr(given, name), getattr(known, name)
        if ours is not None and ours != theirs:
            return True
    return False


def _gone_on(said: str, typed: str, last: str, before: Topic, library: Library | None) -> Resolved:
    rest, known = withdraw(said, before.patient)
    if not any(c.isalnum() for c in cues.own_words(rest)):
        target = replace(before, patient=known)
        return resolved_as(typed, best(target, [last], library), last, library, before)
    text = cues.with_the_drug(rest, before.drugs)
    new = read(text, library)
    topic = topic_of(new)
    drugs, others = drugs_of(text, new, before)
    treated, purpose, told_of = _treated(text, topic, before, bool(drugs))
    aspects = _aspects(text, new, before, drugs)
    barred = {*new.patient.allergies, *new.patient.intolerances}
    another = bool(cues.INSTEAD.search(text) or asks_for_another(text))
    another = another and not _tells_a_fact(new.patient)  # "what if the CrCl is 20 instead?"
    barred_now = any(t.name in barred for t in before.drugs)
    instead = (another or barred_now) and not is_new(drugs, before)
    if instead:
        aspects = (Aspect.CHOICE,)
        drugs = () if treated else drugs
    elif before.drugs and not is_new(drugs, before) and topic.treated and not drugs:
        aspects = own_aspects(text) or before.aspects
    given = replace(new.patient, conditions=told_of)
    if _asks_of_another_patient(text, given):
        known = another_patient(known)
    patient = told(_without(known, before, treated), given)
    patient = replace(
        patient,
        conditions=tuple(dict.fromkeys((*(t.name for t in treated), *patient.conditions))),
        drugs=beside((*patient.drugs, *others), drugs),
    )
    phases = topic.phases or _phases(text, before, aspects)
    if phases and Aspect.DOSE not in aspects:
        aspects = (*aspects, Aspect.DOSE)  # "how often is the maintenance dose given"
    target = Topic(
        drugs=drugs,
        treated=treated,
        purpose=purpose,
        aspects=aspects,
        phases=phases,
        route=topic.route
        or cues.form_route(text)
        or (None if is_new(drugs, before) else before.route),
        patient=patient,
        yes_no=new.yes_no or (before.yes_no and aspects == before.aspects),
    )
    # What changes no part of the question is not dropped: "over 65?" is kept as it stands.
    kept = has_words_of_its_own(text, new) or (
        target == replace(before, patient=known, yes_no=target.yes_no) and rest == said
    )
    ways = wordings(target, text, new, before, last, instead=instead, kept=kept)
    if kept and not own_aspects(text):
        # What these words ask for, only the whole question tells.
        target = replace(target, aspects=read(ways[0], library).aspects)
    full = best(target, ways, library)
    return resolved_as(typed, full, last, library, before)


def _phases(text: str, before: Topic, aspects: tuple[Aspect, ...]) -> tuple[Phase, ...]:
    """The phase asked about before, where what is asked now has phases too."""
    if not _IN_A_PHASE & set(aspects):
        return ()
    if cues.TO_TREAT.search(text):
        return tuple(p for p in before.phases if p is not Phase.PROPHYLAXIS)
    return before.phases


def _treated(
    text: str, topic: Topic, before: Topic, about_drug: bool
) -> tuple[tuple[Term, ...], str | None, tuple[str, ...]]:
    """What it is for now; and the conditions that are told of the patient."""
    named = {t.name for t in topic.treated}
    told_of = tuple(c for c in topic.patient.conditions if c not in named)
    if topic.treated:
        return topic.treated, None, told_of
    if topic.purpose and about_drug:
        return (), topic.purpose, told_of
    return before.treated, before.purpose, told_of


def _without(known: Patient, before: Topic, treated: tuple[Term, ...]) -> Patient:
    """The patient without the conditions that were treated before and are so no more."""
    now = {t.name for t in treated}
    gone = {t.name for t in before.treated} - now
    severity = None if gone else known.severity
    kept = tuple(c for c in known.conditions if c not in gone)
    return replace(known, conditions=kept, severity=severity)


def _aspects(
    text: str, new: Question, before: Topic, drugs: tuple[Term, ...]
) -> tuple[Aspect, ...]:
    own = own_aspects(text)
    if Aspect.MONITORING in before.aspects and _TIMES.issuperset(own) and own:
        return (Aspect.MONITORING, *own)  # "how often?": is it monitored
    names_one = bool(asked_about(new) or topic_of(new).treated)
    if own and (names_one or own != (Aspect.DEFINITION,)):
        return own
    if is_new(drugs, before) and _ASKS_NO_DOSE.issuperset(before.aspects):
        return (Aspect.DOSE,)
    return before.aspects


def _asks_of_another_patient(text: str, given: Patient) -> bool:
    """ "Same for 12-year-olds?" is on someone else; "she is 12" on the patient spoken of."""
    if given.age_years is None and given.life_stage is None:
        return False
    return not cues.SOMEONE.search(text) or bool(
        cues.GROUP.search(text) and not cues.PERSON.search(text)
    )
