"""What the reader is told of a question: how it is understood, and what it took from before."""

from __future__ import annotations

from dataclasses import replace

from osler.domain import Patient, Question
from osler.library import Library
from osler.threads.drugs import own_aspects
from osler.threads.facts import changes, facts, not_said
from osler.threads.thread import Resolved
from osler.threads.topic import Topic, read, topic_of


def resolved_as(
    typed: str, full: str, library: Library | None, before: Topic | None = None
) -> Resolved:
    """What the reader is told of a full question, as it is now understood."""
    question = read(full, library)
    resolved = Resolved(typed, full, question.patient, _facts(question))
    if before is None:
        return resolved
    now, own = topic_of(question), topic_of(read(typed, library))
    return replace(
        resolved,
        carried=_carried(now, own, before, typed),
        corrected=changes(_facts_only(before), _facts_only(now)),
    )


def _facts_only(topic: Topic) -> Patient:
    treated = {t.name for t in topic.treated}
    kept = tuple(c for c in topic.patient.conditions if c not in treated)
    return replace(topic.patient, conditions=kept)


def _carried(now: Topic, own: Topic, before: Topic, typed: str) -> tuple[str, ...]:
    said = {t.name for t in (*own.drugs, *own.treated)}
    found = [t.text for t in (*now.drugs, *now.treated) if t.name not in said]
    asked = own_aspects(typed)
    found += [a.value for a in now.aspects if a not in asked and a in before.aspects]
    found += [p.value for p in now.phases if p not in own.phases]
    found += [now.route] if now.route and now.route == before.route != own.route else []
    ours = facts(not_said(_facts_only(now), own.patient))
    theirs = facts(_facts_only(before))
    found += [fact for fact in ours if fact in theirs]
    return tuple(dict.fromkeys(found))


def _facts(question: Question) -> tuple[str, ...]:
    return facts(question.patient, {t.name for t in topic_of(question).treated})


def as_typed(typed: str, question: Question) -> Resolved:
    """A question that takes nothing from before."""
    return Resolved(typed, typed, question.patient, _facts(question))
