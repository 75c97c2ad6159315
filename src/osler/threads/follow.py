"""A question in its thread → the full question that it stands for."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from osler.answering.understanding.asking import asking_sentences, relevant_text
from osler.answering.understanding.drug_roles import drug_roles
from osler.answering.understanding.poisoning import poisons_in, was_taken
from osler.domain import Aspect, Patient, Question
from osler.domain.errors import EmptyQuestion
from osler.library import Library
from osler.patterns import lazy
from osler.statements import read_patient
from osler.threads import cues, speech
from osler.threads.another import (
    allergic_too,
    another_in,
    for_someone_else,
    has_it_too,
    of_the_other,
    someone_else,
)
from osler.threads.candidates import asks, best, has_words_of_its_own, names_its_drugs, wordings
from osler.threads.conditions import ill_with
from osler.threads.denied import without_left_out
from osler.threads.doubts import doubts
from osler.threads.drugs import (
    OF_A_CONDITION,
    asked_about,
    goes_with,
    is_left,
    is_with,
    own_aspects,
)
from osler.threads.events import event_in, treating
from osler.threads.facts import another_patient, not_said, told
from osler.threads.kin import known_of_kin
from osler.threads.mentioned import without_mentions
from osler.threads.own_words import is_only_a_time
from osler.threads.past import without_past_values
from osler.threads.patient_words import of_any_age
from osler.threads.resolved import as_typed, resolved_as
from osler.threads.returning import returned
from osler.threads.target import asks_leave, target_of
from osler.threads.thread import Resolved, Thread, Turn
from osler.threads.told_conditions import left_with
from osler.threads.topic import DRUGS, Topic, differences, read, tidy, topic_of, with_capitals
from osler.threads.unsaid import unsaid
from osler.threads.values import (
    named_part,
    named_salt,
    named_value,
    plain_allergy,
    plain_values,
    put_right,
    weeks_of_pregnancy,
)
from osler.threads.withdrawing import fitting, withdraw
from osler.threads.wording import name_of, worded


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
    if last is None:
        return as_typed(typed, read(typed, library))
    if cues.ONLY_THANKS.search(typed):
        raise EmptyQuestion(
            "there is no question in this", help="Ask on in words that name what is asked."
        )
    if typed in (last.full, last.typed):
        return resolved_as(typed, last.full, library)
    if (back := returned(thread, typed, library)) is not None:
        earlier, rest = back
        return replace(follow(earlier, rest, library), typed=typed, changed_topic=True)
    resolved = _resolved(thread, last, typed, library)
    unsure = _unsure(resolved, last, library)
    whole, colon, _ = resolved.full.partition(": ")
    if colon and resolved.full != typed:
        short = _without_left(replace(resolved, full=f"{whole}?"), resolved, last, library)
        if short is not None:
            return short
    return replace(resolved, unsure=unsure)


def _without_left(
    short: Resolved, long: Resolved, last: Turn, library: Library | None
) -> Resolved | None:
    """The question without the words left over behind ":", where they tell of somebody.

    Each is told as not understood then.
    """
    if differences(read(short.full, library), read(long.full, library)):
        return None
    unsure = _unsure(short, last, library)
    told_of = [u.partition("” is not understood")[0].lstrip("“") for u in unsure]
    left = long.full.partition(": ")[2]
    if not cues.OF_SOMEBODY.match(left):
        return None  # "extended release": it says more closely what is asked
    if not any(word in left for word in told_of) or unsaid(left, short.full, told_of):
        return None
    return replace(short, unsure=unsure)


def _unsure(resolved: Resolved, last: Turn, library: Library | None) -> tuple[str, ...]:
    """What of a follow-up is not accounted for."""
    return doubts(
        resolved.typed,
        read(resolved.typed, library),
        read(last.full, library),
        read(resolved.full, library),
        changed=resolved.changed_topic,
        anew=cues.ANEW.sub("", resolved.typed, count=1) != resolved.typed,
    )


def _resolved(thread: Thread, last: Turn, typed: str, library: Library | None) -> Resolved:
    """What a text stands for that goes on from the `last` turn, or begins something else."""
    whom, is_another = another_in(typed, [t.typed for t in thread.turns])
    anew = cues.ANEW.sub("", typed, count=1)
    if anew != typed and cues.SAME.match(anew):  # "next patient, same question"
        before = for_someone_else(topic_of(read(last.full, library)))
        full = best(before, [worded(before)], library)
        return resolved_as(typed, full, library, topic_of(read(last.full, library)))
    if anew != typed and _only_describes(typed, anew, library):
        whom, is_another = _IS.sub("", anew), True
    elif anew != typed and anew:
        return replace(as_typed(anew, read(anew, library)), typed=typed, changed_topic=True)
    was = read(last.full, library)
    before = topic_of(was)
    if not (before.treated or before.purpose):
        before = replace(before, purpose=ill_with(was))
    spoken_of = before
    if is_another:
        before = for_someone_else(before)
    said = cues.ACKNOWLEDGED.sub("", without_mentions(whom, before.patient))
    said = without_past_values(without_left_out(said, before.patient), before.patient)
    if not any(c.isalnum() for c in said):  # "she lives with her son"
        return resolved_as(typed, last.full, library, before)
    said = tidy(cues.ASIDE.sub("", said)).strip(" ,;") or said
    said = cues.HOW_LONG.sub(lambda m: f"for how many {m['unit']}?", said)
    said = cues.same_kin(weeks_of_pregnancy(said, before.patient), last.typed)
    said = with_capitals(named_salt(plain_allergy(plain_values(said)), before.drugs))
    new = read(said, library)
    again = known_of_kin(thread, typed)
    go_on = partial(_gone_on, typed=typed, last=last, before=before, again=again, library=library)
    if before.drugs and (gone_over := _gone_over(said, new, before)):
        return go_on(gone_over, spoken_of=spoken_of)
    if before.drugs and is_left(said):
        goal = " and ".join(map(name_of, before.drugs))
        return go_on(f"{said.rstrip(' ?.!')} to {goal}?", spoken_of=spoken_of)
    at_once = new.patient.age_years is None and not was_taken(said)
    at_once = at_once and event_in(said, new, before) is not None
    if not at_once and _stands_alone(said, new) and not goes_with(said, new, before, library):
        if is_another:
            return replace(as_typed(whom, new), typed=typed)
        return _alone(typed, new, was, library)
    return go_on(said, spoken_of=spoken_of)


_IS = lazy(r"^(?:is|has|with|will be)\s+", re.IGNORECASE)


def _only_describes(typed: str, anew: str, library: Library | None) -> bool:
    """Whether of a new patient nothing is asked: "next one is a lady of 60"."""
    question = read(anew, library) if anew else None
    if question is None or not cues.ANEW_PATIENT.search(typed) or own_aspects(anew):
        return False
    topic = topic_of(question)
    asked = asked_about(question) or topic.treated or topic.purpose or "?" in anew
    return not asked and question.patient != Patient()


def _gone_over(text: str, new: Question, before: Topic) -> str | None:
    """A text that names what is gone over to with what it is left for; None for any other."""
    drugs = asked_about(new)
    if len(drugs) != 1 or not before.treated or topic_of(new).treated:
        return None
    if drugs[0].name in {t.name for t in before.drugs}:
        return None
    at = text.lower().find(drugs[0].text.lower())
    found = cues.SWITCHED.search(text[:at])
    if found is None or drug_roles(text).keys() & {t.name for t in before.drugs}:
        return None
    left = " and ".join(map(name_of, before.drugs))
    verb, _, goal = found.group().rstrip().rpartition(" ")
    said = f"{text[: found.start()]}{verb} from {left} {goal} {text[at:]}"
    return f"how to {said}" if found.start() == 0 else said


def _stands_alone(text: str, question: Question) -> bool:
    """Whether a question names what it is about and asks something of it."""
    if was_taken(text):
        return True  # what is to be done for an overdose does not wait for a topic
    if cues.GOES_ON.search(text) or cues.refers_back(text):
        return False
    if _tells_first(text):
        return False
    topic = topic_of(question)
    drugs = asked_about(question)
    asks = own_aspects(text)
    if Aspect.INTERACTION in asks and len(drugs) == 1 and is_with(text, drugs[0]):
        return False  # "is there an interaction with rifampicin?"
    if drugs:
        if topic.purpose and not (asks or topic.treated):
            return False  # "enoxaparin to prevent clots?"
        return bool(asks or topic.treated or question.patient != Patient())
    return bool(topic.treated and OF_A_CONDITION & set(asks))


def _tells_first(text: str) -> bool:
    """Whether something is told before it is asked, of nobody who is described anew."""
    told_before, _, _ = relevant_text(text).partition(asking_sentences(text))
    if not told_before.strip() and "?" not in text:
        # "girl is HIV+. Pyridoxine how much": the last sentence asks, and no other does
        first, stop, last = text.rpartition(". ")
        if (
            stop
            and own_aspects(last)
            and not own_aspects(first)
            and not asked_about(read(first, None))
        ):
            told_before = first
    return bool(told_before.strip()) and not cues.GROUP.search(told_before)


def _alone(typed: str, question: Question, was: Question, library: Library | None) -> Resolved:
    """A question that stands alone: of the same patient, where it is on the same matter."""
    topic, before = topic_of(question), topic_of(was)
    if not _matters(typed, question) & _matters(was.understood, was):
        return replace(as_typed(typed, question), changed_topic=True)
    given = topic.patient
    known = replace(before.patient, conditions=_besides(before))
    if before.treated and not (topic.treated or topic.purpose):
        topic = replace(topic, treated=before.treated, purpose=before.purpose)
    else:
        known = replace(known, severity=None if before.treated else known.severity)
    named = tuple(t.name for t in topic.treated)
    if _is_someone_else(given, known):
        known = another_patient(known)
    patient = told(known, given)
    conditions = tuple(dict.fromkeys((*named, *patient.conditions)))
    target = replace(topic, patient=replace(patient, conditions=conditions))
    full = best(target, [typed], library, extra=not_said(target.patient, given))
    return resolved_as(typed, full, library, before)


def _besides(topic: Topic) -> tuple[str, ...]:
    """The conditions that the patient has beside what is treated."""
    treated = {t.name for t in topic.treated}
    return tuple(c for c in topic.patient.conditions if c not in treated)


def _matters(text: str, question: Question) -> set[str]:
    """The drugs and conditions that a question is about, those taken or swallowed among them."""
    drugs = {t.name for t in question.terms if t.kind in DRUGS}
    treated = {t.name for t in topic_of(question).treated}
    return drugs | treated | set(question.patient.drugs) | {name for name, _ in poisons_in(text)}


def _is_someone_else(given: Patient, known: Patient) -> bool:
    """Whether a question of its own describes a patient that is not the one spoken of."""
    for name in ("age_years", "life_stage", "sex", "weight_kg"):
        ours, theirs = getattr(given, name), getattr(known, name)
        if ours is not None and ours != theirs:
            return True
    return False


def _gone_on(
    said: str,
    *,
    typed: str,
    last: Turn,
    before: Topic,
    spoken_of: Topic,
    again: Patient,
    library: Library | None,
) -> Resolved:
    """What a follow-up stands for; `spoken_of` is the topic with the patient spoken of so far.

    `again` is what was known of somebody who is spoken of again.
    """
    rest, known = withdraw(said, before.patient)
    corrected = put_right(said, before.patient)
    if corrected is not None:
        rest, known = "", corrected
    if not any(c.isalnum() for c in cues.own_words(rest)):
        target = fitting(replace(before, patient=known), known)
        return resolved_as(typed, best(target, [last.full], library), library, spoken_of)
    treated = {t.name for t in before.treated}
    rest = left_with(rest, tuple(c for c in known.conditions if c not in treated))
    names = (*known.procedures, *known.conditions, *(t.name for t in before.treated))
    rest = named_part(rest, tuple(dict.fromkeys(names)))
    text = cues.with_the_drug(
        named_value(cues.with_kin(rest), known, read_patient(last.typed)), before.drugs
    )
    new = read(text, library)
    new = replace(new, patient=of_the_other(rest, new.patient, known))
    if someone_else(rest, new.patient, known):
        before = for_someone_else(replace(before, patient=known), too=has_it_too(rest))
        known = before.patient
    before = fitting(replace(before, patient=known), told(known, new.patient))
    known = before.patient
    # What is told in sentences before the one that asks is taken as facts, not word by word.
    asked = asking_sentences(text)
    asking = new if asked == text else read(asked, library)
    wordy = has_words_of_its_own(asked, asking)
    event = event_in(text, new, before)
    if event is not None:
        target = treating(event, new, replace(before, patient=known))
        return resolved_as(typed, best(target, [worded(target)], library), library, spoken_of)
    target, instead = target_of(text, new, replace(before, patient=known), library, wordy=wordy)
    whose = allergic_too(text, target.patient, spoken_of.patient)
    target = replace(target, patient=told(again, whose))
    # What changes no part of the question is not dropped: "over 65?" is kept as it stands.
    unchanged = target == replace(before, patient=known, yes_no=target.yes_no) and rest == said
    by_itself = bool(cues.ASKS_ITSELF.search(asked)) and not own_aspects(text)
    kept = unchanged or wordy or by_itself or asks_leave(text, new)
    at_what = bool(speech.AT_WHAT.search(asked))
    kept = kept or at_what or is_only_a_time(text) or speech.at_another_step(text, before.phases)
    kept = kept and not cues.LEVELS.search(text)
    ways = wordings(target, asked, asking, before, last.full, instead=instead, kept=kept)
    same = cues.WHAT_ABOUT.search(asked) and not names_its_drugs(target, new)
    if kept and (at_what or not own_aspects(text)) and not same and asks(asked, asking):
        # What these words ask for, only the whole question tells.
        target = replace(target, aspects=read(ways[0], library).aspects)
    full = best(target, ways, library, kept=kept or bool(instead))
    return resolved_as(typed, of_any_age(full, last.full), library, spoken_of)
