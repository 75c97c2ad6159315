"""Which advice a question asks for, and what it comes to there."""

from __future__ import annotations

import re
from dataclasses import replace

from osler.answering.advising.advice import OF_CHECKS, OF_THE_DOSE, WAIT, Advice, Respect
from osler.answering.advising.thresholds import for_the_value_asked
from osler.answering.candidates.aspects import OF_LEAVE
from osler.answering.candidates.subject import relation
from osler.answering.understanding.asked_route import routes_asked
from osler.answering.understanding.question_scope import times_tests
from osler.domain import Aspect, Phase, Question
from osler.patterns import lazy
from osler.statements.vocabulary.conditions import find_tests

# What else can differ is no matter of a question that asks for nothing but these.
_ON_TIME_ALONE = {
    Aspect.DURATION: (Respect.DURATION, Respect.TIMING),
    Aspect.INTERVAL: (Respect.INTERVAL, Respect.CHECK, Respect.TIMING, Respect.DURATION),
    Aspect.MONITORING: (
        Respect.INTERVAL,
        Respect.CHECK,
        Respect.TIMING,
        Respect.TARGET,
        Respect.USE,
    ),
    Aspect.TARGET: (Respect.TARGET,),
}


_OF_TIME = {Aspect.DURATION, Aspect.INTERVAL, Aspect.MONITORING}

_STEPS = (Phase.LOADING, Phase.START, Phase.TITRATION, Phase.TAPER)


def is_asked(advice: Advice, question: Question, *, treats: bool) -> bool:
    """Whether it is of a drug, route and matter asked about."""
    asked = [t.name for t in question.terms if t.kind == "substance"]
    routes = routes_asked(question, tuple(sorted(advice.names)))
    narrow = [_ON_TIME_ALONE.get(aspect) for aspect in question.aspects]
    if times_tests(question):
        narrow = [_ON_TIME_ALONE[Aspect.MONITORING]]
    leave = question.yes_no and advice.respect is Respect.USE
    if narrow and not leave and all(r is not None and advice.respect not in r for r in narrow):
        return False
    if advice.respect in (Respect.INTERVAL, Respect.CHECK) and _is_another_test(advice, question):
        return False
    if advice.action == OF_CHECKS and not _OF_TIME & set(question.aspects):
        return False
    if advice.action == WAIT and not _WHETHER_TO_WAIT.search(question.text):
        return False
    phases = question.phases
    if phases and advice.phase in _STEPS and advice.phase not in phases:
        return False
    if advice.respect is Respect.DURATION and _asks_no_time(question):
        return False
    if advice.phase is Phase.PROPHYLAXIS and Phase.PROPHYLAXIS not in phases and treats:
        return False
    if advice.unit == OF_THE_DOSE and Phase.START in phases:
        return False  # what is changed is taken already
    begins = advice.phase is Phase.START and advice.respect is Respect.DOSE
    taken = any(relation(name, drug) for name in advice.names for drug in question.patient.drugs)
    if begins and taken and Phase.START not in phases:
        return False
    if begins and question.aspects and Aspect.DOSE not in question.aspects:
        return False  # "white cells 3.1, what now?" is of a drug that is taken already
    if routes and advice.routes and routes.isdisjoint(advice.routes):
        return False
    if advice.routes and advice.routes <= _INJECTED and _asks_for_a_form(question.text):
        return False
    # Of whichever of the two drugs is adapted to the other, or to a salt in the blood.
    if advice.unit == OF_THE_DOSE or advice.respect is Respect.THRESHOLD:
        asked += [t.name for t in question.terms if t.kind == "co-drug"]
    if not asked or not advice.names:
        return True
    if advice.respect is Respect.CONVERSION:  # of the drugs that are changed for one another
        asked += [t.name for t in question.terms if t.kind == "co-drug"]
        return all(any(relation(a, name) for a in asked) for name in advice.names)
    return any(relation(a, name) for a in asked for name in advice.names)


def _asks_no_time(question: Question) -> bool:
    """Whether how much at most, or whether at all, is asked, and not how long."""
    asked = set(question.aspects)
    only_whether = bool(asked) and asked <= OF_LEAVE
    return Aspect.DURATION not in asked and (Phase.MAXIMUM in question.phases or only_whether)


_WHETHER_TO_WAIT = lazy(
    r"\b(?:wait\w*|delay\w*|defer\w*|postpon\w*|hold off|today|right away|straight away|at once|"
    r"immediately|start\w* now|now or (?:only )?(?:later|after|once|when))\b",
    re.I,
)
_INJECTED = frozenset({"intravenous", "intramuscular", "subcutaneous", "intraosseous"})
_NOT_INJECTED = lazy(
    r"\b(?:spray|inhaler|patch(?:es)?|suppositor(?:y|ies)|cream|ointment|drops|tablets?|capsules?|"
    r"syrup|lozenges?)\b",
    re.I,
)
_NEEDLE = lazy(r"\b(?:inject\w*|infus\w*|i\.?[vm]\.?|s\.?c\.?|intra(?:venous|muscular)\w*)\b", re.I)


def _asks_for_a_form(text: str) -> bool:
    """Whether a question is on a form that is not injected, and names nothing that is."""
    return _NOT_INJECTED.search(text) is not None and _NEEDLE.search(text) is None


def _is_another_test(advice: Advice, question: Question) -> bool:
    """Whether a question asks for one test by name, and this is of another."""
    asked = {found.name for found in find_tests(question.text)}
    known = {found.name for found in find_tests(advice.unit)}
    return len(asked) == 1 and bool(known) and not asked & known


# "Dose to prevent it, and when do I start?"
_OF_PREVENTION = {Phase.PROPHYLAXIS, Phase.START}


def as_asked(advice: Advice, question: Question) -> Advice | None:
    """What advice comes to here: of a threshold, whether the value asked about reaches it.

    Where prevention is asked for, a dose of no stated phase is taken to be for it.
    """
    if advice.respect is Respect.THRESHOLD:
        return for_the_value_asked(advice, question)
    prevents = Phase.PROPHYLAXIS in question.phases
    if advice.phase is None and prevents and set(question.phases) <= _OF_PREVENTION:
        return replace(advice, phase=Phase.PROPHYLAXIS)
    return advice
