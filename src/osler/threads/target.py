"""The parts of the question that a follow-up stands for: its own, and those it takes over."""

from __future__ import annotations

import re
from dataclasses import replace

from osler.answering.understanding.asking import asking_sentences
from osler.answering.understanding.drug_roles import Role, asks_for_another, drug_roles
from osler.domain import Aspect, Patient, Phase, Question, Term
from osler.library import Library
from osler.patterns import lazy
from osler.statements.vocabulary.substances import belongs_to
from osler.threads import cues, speech
from osler.threads.another import has_it_too, is_of_this_one
from osler.threads.beside_it import class_beside
from osler.threads.conditions import are_kin, qualified
from osler.threads.drugs import asked_about, drugs_of, is_new, left_of, own_aspects
from osler.threads.facts import another_patient, is_of_stage, told
from osler.threads.lacking import avoided, lacking
from osler.threads.own_words import is_only_a_time
from osler.threads.tests_named import is_only_tests
from osler.threads.told_conditions import is_denied, supposed, told_besides
from osler.threads.topic import DRUGS, Topic, beside, topic_of, without_note
from osler.threads.wording import condition_of, is_class, name_of, with_article

# Of these a phase may be asked: "the loading dose", "how often is it given then?"
_IN_A_PHASE = {Aspect.DOSE, Aspect.INTERVAL, Aspect.DURATION, Aspect.RATE}
_TIMES = {Aspect.INTERVAL, Aspect.DURATION}
_ASKS_NO_DOSE = {Aspect.TREATMENT, Aspect.CHOICE, Aspect.DEFINITION, Aspect.ANY}


def target_of(
    text: str, new: Question, before: Topic, library: Library | None, *, wordy: bool
) -> tuple[Topic, tuple[str, ...]]:
    """What is asked now, and the drugs, as typed, in place of which something is asked for.

    `text` is the follow-up, `new` what is understood of it, `before` the topic so far, with the
    patient as known by now; `wordy` tells that the follow-up has words that no part holds.
    """
    topic = topic_of(new)
    out = lacking(text, before.drugs)
    roles = drug_roles(text)
    if asks_for_another(text):  # "erythromycin makes her vomit. Alternative?"
        out = out | {t.name: name_of(t) for t in new.terms if roles.get(t.name) is Role.OUT}
    drugs, others = drugs_of(text, new, before, library)
    barred = {*new.patient.allergies, *new.patient.intolerances}
    named = tuple(t for t in new.terms if t.kind in DRUGS and t.name not in barred)
    shunned = avoided(without_note(new), named)
    if shunned:  # no dose of what is to be avoided is asked for
        avoid = {t.name for t in shunned}
        out = out | {t.name: with_article(t) for t in shunned}
        others = tuple(name for name in others if name not in avoid)
        drugs = tuple(t for t in drugs if t.name not in avoid) or before.drugs
    drugs = tuple(t for t in drugs if t.name not in out)
    signs = frozenset(t.name for t in topic.treated if told_besides(text, new, t, before, library))
    treated, purpose, told_of = _treated(text, new, before, bool(drugs), signs)
    aspects = _aspects(text, new, before, drugs, wordy)
    if (of_class := class_beside(text, new, before)) and drugs:
        # "Which antibiotics go with it?": of that class, beside what is given
        others = (*others, *(t.name for t in before.drugs if t not in of_class))
        drugs, aspects = of_class, (Aspect.CHOICE,)
    instead = _asks_for_another(text, new, topic, before) and not is_new(drugs, before)
    instead = instead or (bool(out) and not is_new(drugs, before))
    instead = instead or bool(shunned and not is_new(drugs, before))
    if instead:
        aspects = (Aspect.CHOICE,)
    if treated and (instead or (cues.WHICH_DRUG.search(text) and not asked_about(new))):
        drugs = ()
    if drugs and speech.MOST.search(text) and Aspect.DOSE in aspects:
        topic = replace(topic, phases=(Phase.MAXIMUM,))
    phases = topic.phases or _phases(text, new, before, aspects, wordy)
    if Phase.PROPHYLAXIS in before.phases and not cues.TO_TREAT.search(text):
        # To prevent is no step of a course, but what it is for.
        phases = tuple(dict.fromkeys((*phases, Phase.PROPHYLAXIS)))
    if has_it_too(text) and Phase.PROPHYLAXIS not in topic.phases:
        phases = tuple(p for p in phases if p is not Phase.PROPHYLAXIS)  # he is ill with it
    carried = set(phases) - {*topic.phases, Phase.PROPHYLAXIS}
    if carried and aspects != before.aspects and Aspect.DOSE not in aspects:
        aspects = (*aspects, Aspect.DOSE)  # "how often is the maintenance dose given"
    target = Topic(
        drugs=drugs,
        treated=treated,
        purpose=purpose,
        aspects=aspects,
        phases=phases,
        route=_route(text, new, before, drugs),
        patient=_patient(text, new, before, treated, told_of),
        yes_no=new.yes_no
        or bool(_asks_if_it_may(text, aspects))
        or (before.yes_no and aspects == before.aspects),
    )
    taken = beside((*target.patient.drugs, *others), drugs)
    not_taken = {*out, *(t.name for t in shunned)} - set(before.patient.drugs)
    taken = tuple(name for name in taken if name not in not_taken)  # "with no steroids?"
    if instead:  # what is left is not taken
        left = {t.name for t in before.drugs} - set(before.patient.drugs)
        taken = tuple(name for name in taken if name not in left)
    gone = left_of(text, before.patient)
    taken = tuple(name for name in taken if name not in gone)
    names = tuple(out.values()) or tuple(map(name_of, before.drugs))
    return replace(target, patient=replace(target.patient, drugs=taken)), names if instead else ()


def _asks_if_it_may(text: str, aspects: tuple[Aspect, ...]) -> bool:
    """Whether leave is asked in a few words: "ok by mouth?", "may she have that form at all?"."""
    return aspects == (Aspect.CONTRAINDICATION,) and _MAY_IT.search(text) is not None


_MAY_IT = lazy(
    r"\b(?:ok(?:ay)?|alright|all right|safe|allowed|go ahead|can|could|may|should)\b(?!\s+not)",
    re.IGNORECASE,
)


def asks_leave(text: str, new: Question) -> bool:
    """Whether it is asked if something may be, in words that name no aspect."""
    return new.yes_no and not own_aspects(text) and not has_it_too(text)


def _asks_for_another(text: str, new: Question, topic: Topic, before: Topic) -> bool:
    barred = {*new.patient.allergies, *new.patient.intolerances}
    if any(belongs_to(t.name, name) for t in before.drugs for name in barred):
        asked = asking_sentences(text)
        in_another_way = not new.patient.allergies and speech.ANOTHER_WAY.search(asked)
        return asked == text or not in_another_way
    of_a_kind = topic.purpose and _OF_A_KIND.search(topic.purpose)
    if topic.treated or (topic.purpose and not of_a_kind) or _tells_a_fact(new.patient):
        return False
    if _replacing(text, new, before):
        return False  # "what if the CrCl is 20 instead?", "for hypertension instead"
    return bool(cues.INSTEAD.search(text) or asks_for_another(text))


def _tells_a_fact(patient: Patient) -> bool:
    """Whether a value or state of the patient is told, beside the sex that "she" tells."""
    told_of = replace(patient, sex=None, conditions=(), drugs=(), allergies=(), intolerances=())
    return told_of != Patient()


def _patient(
    text: str, new: Question, before: Topic, treated: tuple[Term, ...], told_of: tuple[str, ...]
) -> Patient:
    given = replace(new.patient, conditions=told_of)
    known = before.patient
    if given.sex and known.life_stage == "adult" and cues.GROUP.search(text):
        known = replace(known, life_stage=None)  # "in a young woman": said more closely
    if _asks_of_another_patient(text, given, known):
        known = another_patient(known)
    if cues.CORRECTS.search(text):  # "type 1, not type 2"
        told_now = {*given.conditions, *(t.name for t in treated)}
        kin = {c for c in known.conditions for n in told_now if c != n and are_kin(c, n)}
        known = replace(known, conditions=tuple(c for c in known.conditions if c not in kin))
    patient = told(_without(known, before, treated, told_of), given)
    named = (t.name for t in treated)
    return replace(patient, conditions=tuple(dict.fromkeys((*named, *patient.conditions))))


def _asks_of_another_patient(text: str, given: Patient, known: Patient) -> bool:
    """ "Same for 12-year-olds?" is on someone else; "she is 12" on the patient spoken of."""
    if is_of_this_one(text):
        return False
    if cues.KIN.search(text):
        return True
    if cues.CORRECTS.search(text):
        return False
    if given.age_years is None and given.life_stage in (None, known.life_stage):
        return False  # "what would the child need?"
    if known.age_years is None and known.life_stage and is_of_stage(given, known.life_stage):
        return False  # "in a 1-year-old?" of a child: said more closely
    if given.age_years is None and given.life_stage and is_of_stage(known, given.life_stage):
        return False  # "do children get less?" of a child of 8
    return not cues.SOMEONE.search(text) or bool(
        cues.GROUP.search(text) and not cues.PERSON.search(text)
    )


def _route(text: str, new: Question, before: Topic, drugs: tuple[Term, ...]) -> str | None:
    """The route named, else the one spoken of, where it is still meant: another drug has its own.

    One that is not to be had is no route: "no IV access".
    """
    closed = new.patient.routes_unavailable
    named = new.route or cues.form_route(asking_sentences(text))
    if named is not None and named not in closed:
        return named
    if before.route in closed:
        return None
    if _DROPS.search(text) and before.route in ("ophthalmic", "otic", "intranasal"):
        return before.route
    if before.route == "oral" and _NOT_SWALLOWED.search(text):
        return None  # "what about the gel?"
    if is_new(drugs, before) or (before.route == "oral" and cues.INFUSED.search(text)):
        return None
    return before.route


_DROPS = lazy(r"\bdrops?\b(?!\s+(?:to|from|in|below|off)\b)", re.IGNORECASE)


_NOT_SWALLOWED = lazy(
    r"\b(?:(?<!oral )gel|pessar(?:y|ies)|patch(?:es)?|sprays?|enemas?|foam|lotion)\b", re.IGNORECASE
)


def _phases(
    text: str, new: Question, before: Topic, aspects: tuple[Aspect, ...], wordy: bool
) -> tuple[Phase, ...]:
    """The phase asked about before, where what is asked now has phases too."""
    if aspects == (Aspect.RATE,) and speech.PER_TIME.search(text):
        return ()  # "then per hour?": of what follows the load
    if cues.LATER.search(text):
        return (Phase.MAINTENANCE,)
    if speech.at_another_step(text, before.phases):
        return ()
    if Aspect.TARGET in aspects or speech.OBSERVED.search(text):
        return ()
    if is_new(asked_about(new), before) and (
        own_aspects(text) or _begins_another(text, asked_about(new))
    ):
        return ()  # another drug is asked about in full, or begun in place of the one before
    if cues.LEVELS.search(text):
        return ()
    if cues.TO_TREAT.search(text):
        return ()
    if is_only_tests(text):
        return ()
    if not own_aspects(text) and not asks_leave(text, new):
        return () if cues.ASKS_ITSELF.search(text) else before.phases
    if wordy:
        return ()
    if not _IN_A_PHASE & set(aspects) or asks_leave(text, new) or Aspect.MONITORING in aspects:
        return ()
    if Aspect.ADJUSTMENT in aspects:
        return ()
    if aspects == (Aspect.RATE,):  # what is infused is mostly a load
        return tuple(p for p in before.phases if p is Phase.LOADING)
    return before.phases


def _replacing(text: str, new: Question, before: Topic) -> tuple[Term, ...]:
    """The conditions that take the place of those before: "what if she had a DVT instead"."""
    if not before.treated or asked_about(new) or not cues.REPLACED.search(text):
        return ()
    absent = set(new.patient.absent_conditions)
    named = tuple(
        t
        for t in new.terms
        if t.kind == "condition" and t.name not in absent and not cues.is_replaced(text, t)
    )
    known = {t.name for t in before.treated}
    return named if any(t.name not in known for t in named) else ()


def _treated(
    text: str, new: Question, before: Topic, about_drug: bool, signs: frozenset[str]
) -> tuple[tuple[Term, ...], str | None, tuple[str, ...]]:
    """What it is for now; and the conditions that are told of the patient."""
    topic = topic_of(new)
    if before.treated and topic.purpose and is_denied(text, topic.purpose):
        topic = replace(topic, purpose=None)  # "she isn't in failure."
    # A sign alone is told of the patient: "vomiting?"
    goes_on = bool(before.treated or before.drugs)
    fresh = _replacing(text, new, before)
    fresh = fresh or (supposed(text, new) if before.treated or before.purpose else ())
    fresh = fresh or tuple(t for t in topic.treated if not goes_on or t.name not in signs)
    told_of = tuple(c for c in topic.patient.conditions if c not in {t.name for t in fresh})
    denied = {t.name for t in fresh if before.treated and is_denied(text, t.text)}
    fresh = tuple(t for t in fresh if t.name not in denied)
    if cues.REPLACED.search(text):  # "otitis rather than pneumonia"
        replaced = {t.name for t in before.treated}
        told_of = tuple(c for c in told_of if c not in replaced)
    if before.treated and not fresh and topic.purpose and _OF_A_KIND.search(topic.purpose):
        return before.treated, f"{topic.purpose} of {_named_in(before.treated)}", told_of
    if fresh:
        return tuple(qualified(text, t) for t in fresh), topic.purpose, told_of
    to_prevent = topic.purpose and about_drug and Phase.PROPHYLAXIS in new.phases
    if to_prevent and not cues.GROUP.search(text):
        # "Enoxaparin to prevent clots": in who is ill with what was treated before.
        return (), topic.purpose, (*told_of, *(t.name for t in before.treated))
    if topic.purpose and about_drug:
        # "Diazepam for the spasms": of what was treated before.
        of_it = topic.purpose.lower().startswith(("the ", "her ", "his ", "their "))
        return before.treated if of_it else (), topic.purpose, told_of
    absent = new.patient.absent_conditions
    left = tuple(t for t in before.treated if t.name not in absent)  # "it isn't a PE"
    return left, before.purpose if left == before.treated else None, told_of


# "For resistant strains": of what was treated before.
_OF_A_KIND = lazy(
    r"^(?:the |more |very )*(?:resistant|severe|mild|moderate|refractory|recurrent|resistance|"
    r"persistent|complicated|uncomplicated)\s+(?:strains?|cases?|forms?|ones?|attacks?|episodes?|"
    r"infections?|disease|organisms?|types?)\s*$",
    re.IGNORECASE,
)


def _named_in(terms: tuple[Term, ...]) -> str:
    return " and ".join(map(condition_of, terms))


def _without(
    known: Patient, before: Topic, treated: tuple[Term, ...], told_of: tuple[str, ...]
) -> Patient:
    """The patient without the conditions that were treated before and are so no more."""
    now = {*(t.name for t in treated), *told_of}
    gone = {t.name for t in before.treated} - now
    severity = None if gone else known.severity
    kept = tuple(c for c in known.conditions if c not in gone)
    return replace(known, conditions=kept, severity=severity)


def _begins_another(text: str, drugs: tuple[Term, ...]) -> bool:
    """Whether the words before a drug tell why the one before is left."""
    at = min((text.lower().find(t.text.lower()) for t in drugs), default=-1)
    return bool(speech.LEFT.search(text) or (at > 0 and speech.SO.search(text, 0, at)))


def _tells_more(patient: Patient) -> bool:
    """Whether something is told of the patient, beside the sex that "she" tells."""
    return replace(patient, sex=None, drugs=()) != Patient()


def _named(new: Question) -> tuple[str, ...]:
    return tuple(t.name for t in new.terms if t.kind in DRUGS)


def _aspects(
    text: str, new: Question, before: Topic, drugs: tuple[Term, ...], wordy: bool
) -> tuple[Aspect, ...]:
    own = own_aspects(text)
    taken = beside((*new.patient.drugs, *_named(new)), drugs)
    if speech.MATTERS.search(text) and taken and before.drugs == drugs != ():
        return (Aspect.INTERACTION,)
    if drugs and speech.MOST.search(text) and set(own) <= {Aspect.DOSE}:
        return (Aspect.DOSE,)
    if drugs and speech.OBSERVED.search(text):
        return (Aspect.DURATION, Aspect.MONITORING)
    if drugs and speech.PER_TIME.search(text):
        return (Aspect.RATE,)
    if drugs and speech.AIM.search(text) and Aspect.DOSE in before.aspects:
        return (Aspect.TARGET, Aspect.DOSE)
    if cues.LEVELS.search(text) and drugs and Aspect.MONITORING not in before.aspects:
        return (Aspect.TARGET,)
    if is_only_a_time(text) and drugs and Aspect.MONITORING not in before.aspects:
        return (Aspect.DOSE,)
    times = tuple(a for a in own if a in _TIMES)
    if (
        not wordy
        and Aspect.MONITORING in before.aspects
        and times
        and {*times, Aspect.TREATMENT} >= set(own)
    ):
        return (Aspect.MONITORING, *times)  # "how often?": is it monitored
    if own and set(own) <= set(before.aspects) and is_only_tests(text):
        return before.aspects  # "and U&Es?" after how often levels are taken
    names_one = bool(asked_about(new) or topic_of(new).treated)
    if own and (names_one or own != (Aspect.DEFINITION,)):
        return own
    if not own and is_only_tests(text):
        return (Aspect.MONITORING,)  # "TSH?"
    if is_new(drugs, before) and not any(map(is_class, drugs)):
        # Which drug it is to be is answered by naming one.
        if (
            Aspect.CONTRAINDICATION in before.aspects
            and before.yes_no
            and speech.SO_NOW.search(text)
        ):
            return before.aspects  # "so acetazolamide then, he's got sickle cell too": may it be
        if cues.INSTEAD.search(text) or _begins_another(text, drugs):
            return (Aspect.DOSE,)  # "if he can't tolerate it, valproate?"
        if Phase.PROPHYLAXIS in new.phases and Phase.PROPHYLAXIS not in before.phases:
            return (Aspect.DOSE,)  # another use: "amitriptyline as a preventer?"
        if set(before.aspects) <= _TIMES and _tells_more(new.patient):
            return (Aspect.DOSE,)  # "he's on dialysis now, what about ethambutol?"
        asked = tuple(a for a in before.aspects if a not in _ASKS_NO_DOSE)
        return asked or (Aspect.DOSE,)
    return before.aspects
