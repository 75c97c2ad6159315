"""What a full question leaves open: words typed that it does not hold, facts before that it drops.

Every word of a follow-up that tells something must be in the full question, and every fact from
before must be in it too, or be replaced or taken back by something that was typed. What is neither
is told to the reader: a question may be misread, but never in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from osler.answering.cues import cues as question_cues
from osler.answering.understanding.drug_roles import Role, drug_roles
from osler.domain import Aspect, Patient, Phase, Question
from osler.dosage import find_routes
from osler.library.terms import terms
from osler.patterns import lazy
from osler.statements import find_substances, read_patient
from osler.threads import cues
from osler.threads.another import another_in
from osler.threads.drugs import is_with, own_aspects
from osler.threads.facts import FIELDS, OF_NO_BODY, another_patient, facts, said
from osler.threads.topic import Topic, topic_of
from osler.threads.unsaid import is_of_the_telling, tells_when

_WORD = re.compile(r"[^\W_]+(?:['’&/.%-][^\W_]+)*")
_STEM = 5  # letters in which two forms of a word are alike
_OF_A_SPAN = lazy(r"^(?:second|minute|hour|day|week|month|year|night|morning)s?$", re.IGNORECASE)
# Words that only join, or stand for a stage of life, an age or a form that is read as such.
_JOINING = lazy(
    r"^(?:if|old|yo|y/o|yrs?|back|no|not|without|after|before|old|olds|less|more|last|stop|"
    r"stopped|half|again|first|kid|kids|lad|lady|bab(?:y|ies)|elderly|(?:school)?(?:girl|boy)|pt|gone)$",
    re.IGNORECASE,
)
_FORM = lazy(
    r"^(?:tab(?:let)?s?|cap(?:sule)?s?|pills?|syrup|suspension|liquid|injections?|infusions?|"
    r"drops?|drip|neb\w*|cream|ointment|suppositor\w+|iv|im|sc|po)$",
    re.IGNORECASE,
)
# Everyday words that change what is asked.
_CHANGES = lazy(
    r"^(?:both|either|neither|together|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)$", re.I
)
_DONE = lazy(r"(?:ed|ing)$", re.IGNORECASE)  # what was done or asked, and no part of who is ill
_ASKS_WHEN = lazy(r"\b(?:when|where|why)\b(?!\s+(?:s?he|they|it)\b)", re.IGNORECASE)
_WHEN = {Aspect.INTERVAL, Aspect.DURATION, Aspect.MONITORING, Aspect.ADJUSTMENT, Aspect.CAUTION,
         Aspect.CONTRAINDICATION}  # fmt: skip
# Of a condition it may be asked which drug it is.
_NAMES_NO_DRUG = {Aspect.CHOICE, Aspect.TREATMENT, Aspect.DEFINITION}
# Steps that are asked for by name, and seldom meant of the next drug as well.
_OF_ONE_DRUG = (Phase.MAXIMUM, Phase.LOADING)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A follow-up as typed and as read alone, the question before, and what it was taken for."""

    text: str
    new: Question
    before: Question
    full: Question

    @property
    def now(self) -> Topic:
        return topic_of(self.full)

    @property
    def was(self) -> Topic:
        return topic_of(self.before)


def doubts(
    text: str, new: Question, before: Question, full: Question, *, changed: bool, anew: bool
) -> tuple[str, ...]:
    """What is doubtful of a follow-up that was understood as `full`, each as a phrase.

    `text` is what was typed and `new` what it is understood as alone; `before` the question that
    it follows. `changed`: it is taken for a new topic, and `anew`, because it says so. Empty where
    all is accounted for.
    """
    turn = _Turn(text, new, before, full)
    if changed:
        named = turn.now.treated or turn.now.purpose
        if (
            anew
            and not named
            and {t.name for t in turn.now.drugs} & {t.name for t in turn.was.drugs}
        ):
            same = turn.was.purpose or " and ".join(t.text for t in turn.was.treated)
            return (f"whether it is for {same} again",) if same else ()
        unnamed = not (anew or named)
        return ("whether it is a new topic",) if unnamed else ()
    if anew:
        return ()
    found = [f"“{word}” is not understood" for word in _words_left(turn)]
    found += [f"{fact} is left out" for fact in _facts_left(turn)]
    found += [f"“{word}” from before is left out" for word in _earlier_words_left(turn)]
    if (when := _time_asked(turn)) is not None:
        found.append(f"whether “{when}” is asked")
    found += [f"whether {name} is asked about" for name in _taken_for_taken(turn)]
    fresh = {t.name for t in turn.now.drugs} - {t.name for t in turn.was.drugs}
    if fresh and turn.was.drugs:
        found += [
            f"whether the {phase.value} dose is meant"
            for phase in _OF_ONE_DRUG
            if phase in turn.now.phases and phase not in new.phases
        ]
    return tuple(dict.fromkeys(found))


def _taken_for_taken(turn: _Turn) -> Iterator[str]:
    """The drugs named without a word on their being taken, and understood as taken beside."""
    if Aspect.INTERACTION in turn.full.aspects:
        return
    new = set(turn.now.patient.drugs) - set(turn.was.patient.drugs) - set(turn.new.patient.drugs)
    roles = drug_roles(turn.text)
    for term in turn.new.terms:
        beside = is_with(turn.text, term) or cues.BESIDE.search(turn.text)
        if term.name in new and roles.get(term.name) is Role.ASKED and not beside:
            yield term.text


def _time_asked(turn: _Turn) -> str | None:
    """The "when", "where" or "why" by which something is asked that the full question does not."""
    asked = _ASKS_WHEN.search(turn.text)
    if asked is None or _WHEN & set(own_aspects(turn.text)):
        return None
    word = asked.group().lower()
    return None if word in turn.full.understood.lower().split() else word


def _words_left(turn: _Turn) -> Iterator[str]:
    """The words typed that tell something and that no part of the full question holds."""
    held = _held(turn)
    for word in _WORD.findall(cues.ASIDE.sub("", cues.own_words(turn.text))):
        bare = re.sub(r"['’]s$", "", word)
        if _stems(bare) & held or _JOINING.match(bare) or _OF_A_SPAN.match(bare):
            continue
        if any(c.isdigit() for c in bare) and _is_read(bare, turn):
            continue
        telling = is_of_the_telling(bare) and not (tells_when(bare) or _CHANGES.match(bare))
        if telling or cues.OF_A_PATIENT.match(bare):
            continue
        yield word


def _held(turn: _Turn) -> set[str]:
    """The stems of all words that the full question holds or means."""
    whole, _, loose = turn.full.understood.partition(" (“")[0].partition(": ")
    found = _stems(whole) | _stems(turn.full.text.partition(": ")[0])
    found |= {s for typed, _ in turn.new.corrections for s in _stems(typed)}
    read_loose = {t.text.lower() for t in turn.full.terms if t.text.lower() in loose.lower()}
    found |= {s for text in read_loose for s in _stems(text)}
    for term in turn.full.terms:
        found |= {s for name in (term.text, term.name, *term.synonyms) for s in _stems(name)}
    meant = {t.name for t in turn.full.terms} | _names(turn.full.patient)
    for term in turn.new.terms:
        if term.name in meant or term.name in _names(turn.before.patient):
            found |= _stems(term.text)
    for patient in (turn.full.patient, turn.before.patient):  # told, or taken back
        found |= {s for fact in facts(patient) for s in _stems(fact)}
    if set(turn.new.aspects) & set(turn.full.aspects) or turn.now.phases:
        found |= {s for word in _asking(turn.text) for s in _stems(word)}
    found |= {s for kin in cues.KIN.finditer(turn.text) for s in _stems(kin.group())}
    routes = [r for r in find_routes(turn.text) if r.value in _routes_known(turn)]
    found |= {s for r in routes for s in _stems(turn.text[r.start : r.end])}
    if {Aspect.MONITORING, Aspect.TARGET} & set(turn.full.aspects):
        found |= _stems("level levels trough peak kidney kidneys function bloods")
    if any(p.egfr or p.crcl for p in (turn.full.patient, turn.before.patient)):
        found |= _stems("kidney kidneys renal function gfr clearance")
    if turn.now.route:
        found |= {s for w in _WORD.findall(turn.text) if _FORM.match(w) for s in _stems(w)}
    return found


def _routes_known(turn: _Turn) -> set[str | None]:
    """The routes that are meant, or were before, or that are closed."""
    closed = turn.full.patient.routes_unavailable
    asked = {r.value for r in find_routes(turn.full.understood)}
    return {turn.now.route, turn.was.route, *closed, *asked}


def _is_read(number: str, turn: _Turn) -> bool:
    """Whether a number is one that the full question tells, or a bound beside its value."""
    digits = re.sub(r"\D.*$", "", number)
    near = {digits, str(int(digits or 0) - 1), str(int(digits or 0) + 1)}
    numbers = {n for fact in facts(turn.full.patient) for n in re.findall(r"\d+", fact)}
    return bool(near & numbers) or digits in re.findall(r"\d+", turn.full.understood)


def _names(patient: Patient) -> set[str]:
    return {
        *patient.conditions, *patient.absent_conditions, *patient.procedures, *patient.drugs,
        *patient.allergies, *patient.intolerances,
    }  # fmt: skip


def _stems(text: str) -> set[str]:
    words = [w.lower() for w in _WORD.findall(text)]
    return {w[:_STEM] for w in words} | {t for w in words for t in terms(w)}


def _asking(text: str) -> Iterator[str]:
    for _, cue in (*question_cues().aspects, *question_cues().phases):
        yield from (found.group() for found in cue.finditer(text))


def _facts_left(turn: _Turn) -> Iterator[str]:
    """What was known before and is so no more, though nothing that was typed speaks of it."""
    now, was = turn.now, turn.was
    named = {t.name for t in now.treated} | set(now.patient.conditions)
    if not now.treated and not now.purpose:
        yield from (t.text for t in was.treated if t.name not in named)
    if not now.drugs and not _NAMES_NO_DRUG & set(now.aspects):
        yield from (t.text for t in was.drugs if t.name not in _names_of(turn.full.understood))
    if _is_of_someone(turn):
        shared = another_patient(was.patient).conditions
        yield from (c for c in shared if c not in named and c not in now.patient.absent_conditions)
        return
    spoken = _stems(turn.text)
    told = turn.new.patient
    if told.breastfeeding or told.pregnancy:  # the one replaces the other
        spoken |= _stems("pregnant breastfeeding gestation weeks trimester planning not")
    if told.crcl or told.egfr or "dialysis" in told.procedures:  # "normal kidneys" is replaced
        spoken |= _stems("renal impairment")
    treated = {t.name for t in was.treated}
    for name in FIELDS:
        old, new = getattr(was.patient, name), getattr(now.patient, name)
        if name in _MAY_GO or not old or old == new:
            continue
        if not isinstance(old, tuple):
            gone = [old] if new is None else []
        else:
            gone = [v for v in old if v not in new and v not in treated]
        for value in gone:
            fact = said(name, value)
            if (
                name in ("life_stage", "sex")
                or _stems(fact) & spoken
                or _TAKES_BACK.search(turn.text)
            ):
                continue
            yield fact


# How ill, where, and what an age or a pregnancy tells as well.
_MAY_GO = (*OF_NO_BODY, "life_stage", "sex")
_TAKES_BACK = lazy(
    r"\b(?:forget|ignore|disregard|never ?mind|drop|scrap|leave out|no longer|not|\w+n['’]?t|"
    r"stopped|fine|normal|no)\b",
    re.IGNORECASE,
)


def _names_of(text: str) -> set[str]:
    return {found.name for found in find_substances(text)}


def _is_of_someone(turn: _Turn) -> bool:
    """Whether another person is described, of whom no fact of the one before holds."""
    if another_in(turn.text)[1]:
        return True
    given = read_patient(turn.text)
    if cues.KIN.search(turn.text):
        return True
    age = turn.was.patient.age_years
    if given.age_years is not None and age not in (None, given.age_years):
        return not cues.CORRECTS.search(turn.text)
    described = given.age_years is not None or given.life_stage or given.sex
    return bool(described and cues.GROUP.search(turn.text))


def _is_of_the_same_step(turn: _Turn) -> bool:
    """Whether the drugs are the same, and no step of the course is told instead of a moment."""
    told = turn.new.phases or Phase.MAINTENANCE in turn.now.phases
    return not told and {t.name for t in turn.now.drugs} == {t.name for t in turn.was.drugs}


# "Weeks 1-2", "day 3": of the course, and lost in silence among everyday words.
_MOMENT = lazy(
    r"\b(?:days?|weeks?|wks?)\s+\d+(?:\s*(?:-|–|to)\s*\d+)?\b|"
    r"\bfirst\s+(?:\w+\s+)?(?:days?|weeks?)\b",
    re.IGNORECASE,
)


def _earlier_words_left(turn: _Turn) -> Iterator[str]:
    """The words of the question before that no part of it holds, and that went unasked."""
    was = turn.was
    if was.treated and {t.name for t in was.treated} != {t.name for t in turn.now.treated}:
        return  # another illness: what was said of the one is not said of the other
    asked = turn.before.understood
    moment = _MOMENT.search(asked) if _is_of_the_same_step(turn) else None
    if moment and not any(_MOMENT.search(t) for t in (turn.text, turn.full.understood)):
        yield moment.group()
    held = _stems(turn.full.understood) | _stems(turn.text)
    held |= {s for r in find_routes(asked) for s in _stems(asked[r.start : r.end])}
    held |= {s for found in find_substances(asked) for s in _stems(asked[found.start : found.end])}
    for term in turn.before.terms:
        held |= {s for name in (term.text, term.name, *term.synonyms) for s in _stems(name)}
    for fact in facts(was.patient):
        held |= _stems(fact)
    held |= {s for word in _asking(asked) for s in _stems(word)}
    for word in turn.before.content_words:
        if _stems(word) & held or is_of_the_telling(word):
            continue
        if _FORM.match(word) or _JOINING.match(word) or _DONE.search(word):
            continue
        if cues.OF_A_PATIENT.match(word) or read_patient(word) != Patient():
            continue
        yield word
