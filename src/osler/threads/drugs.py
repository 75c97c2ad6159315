"""The drugs of a question in its thread: those asked about, and those taken beside them."""

from __future__ import annotations

import re
from dataclasses import replace

from osler.answering.understanding.asked_aspects import aspects_in
from osler.answering.understanding.asking import asking_sentences
from osler.answering.understanding.drug_roles import Role, drug_roles
from osler.domain import Aspect, Patient, Question, Term
from osler.library import Library
from osler.patterns import lazy
from osler.statements import find_substances, read_patient
from osler.statements.vocabulary.substances import classes_of
from osler.threads import cues
from osler.threads.topic import Topic, is_measured, taken_in, topic_of

# What is asked of a condition as such, without a drug.
OF_A_CONDITION = frozenset({Aspect.TREATMENT, Aspect.CHOICE, Aspect.DEFINITION})
_BESIDE = 30  # passages that are looked at for a drug beside a condition


def asked_about(question: Question) -> tuple[Term, ...]:
    """The drugs asked about; not one that only the patient's facts name."""
    patient = question.patient
    told_of = {*patient.drugs, *patient.allergies, *patient.intolerances}
    return tuple(
        t
        for t in question.terms
        if t.kind == "substance"
        and t.name not in told_of
        and not is_measured(question, t)
        and not _is_of_the_patient(question.understood, t)
    )


def _is_of_the_patient(text: str, term: Term) -> bool:
    """Whether a drug is named in a word on the patient: "opioid naive"."""
    at = text.lower().find(term.text.lower())
    return at >= 0 and _OF_HIM.match(text, at + len(term.text)) is not None


_OF_HIM = lazy(r"[\s-]+(?:na[iï]ve|dependent|free|tolerant|users?|misuse|abuse)\b", re.IGNORECASE)


def goes_with(text: str, question: Question, before: Topic, library: Library | None) -> bool:
    """Whether a drug named with no purpose of its own is meant for what was asked about before.

    It is where nothing but conditions was asked about, or the question is a mere "methyldopa
    dose?", and the library names the drug beside the condition.
    """
    topic, drugs = topic_of(question), asked_about(question)
    if (
        drugs
        and not topic.treated
        and not topic.purpose
        and _goes_on(text, question, drugs, before, library)
    ):
        return True
    if drugs and before.treated and asks_if_safe(text) and library is not None:
        # "Timolol ok in asthma?" of glaucoma: the asthma is the patient's
        known = {t.name for t in before.treated}
        return not known & {t.name for t in topic.treated} and all(
            named_together(library, drug, before.treated) for drug in drugs
        )
    if not drugs or not before.treated or topic.treated or topic.purpose:
        return False
    if not before.drugs and {Aspect.TREATMENT, Aspect.CHOICE} & set(before.aspects):
        return True  # "how is typhoid treated?", "which dose of ciprofloxacin?"
    if library is None:
        return False
    if {t.name for t in drugs} & {t.name for t in before.drugs}:
        return False
    return all(named_together(library, drug, before.treated) for drug in drugs)


def _goes_on(
    text: str, question: Question, drugs: tuple[Term, ...], before: Topic, library: Library | None
) -> bool:
    """Whether a drug is spoken of as one for the patient at hand: "how do I give the quinine"."""
    described = replace(question.patient, sex=None)
    if question.yes_no and cues.GROUP.search(text):
        described = replace(described, age_years=None, life_stage=None)
    if described != Patient():
        return False  # someone is described anew
    if any(cues.is_spoken_of(text, drug) for drug in drugs):
        return True
    if not before.treated:
        return False
    asks_leave = question.yes_no and cues.GROUP.search(text)
    if not (asks_leave and before.drugs):
        return False
    if any(are_of_a_kind(new, old) for new in drugs for old in before.drugs):
        return True  # "can valproate be used in a young woman?" after another antiepileptic
    if library is None:
        return not asks_leave
    return all(named_together(library, drug, before.treated) for drug in drugs)


def are_of_a_kind(one: Term, other: Term) -> bool:
    """Whether two drugs are of one class, and not one drug."""
    return one.name != other.name and bool({*classes_of(one.name)} & {*classes_of(other.name)})


def named_together(library: Library, drug: Term, conditions: tuple[Term, ...]) -> bool:
    """Whether the library speaks of a drug and one of some conditions in one place."""
    names = {n.lower() for t in conditions for n in (t.name, t.text, *t.synonyms)}
    drugs = {n.lower() for n in (drug.name, drug.text, *drug.synonyms)}
    query = " ".join([drug.name, *(t.name for t in conditions)])
    for hit in library.search(query, k=_BESIDE, words_only=True):
        passage = hit.passage
        said = (
            f"{passage.text} {' '.join(passage.section)} {library.source(passage.source_id).title}"
        )
        said = said.lower()
        if any(d in said for d in drugs) and any(n in said for n in names):
            return True
    return False


def drugs_of(
    text: str, new: Question, before: Topic, library: Library | None
) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    """The drugs asked about now, and those that are taken beside them."""
    asked = asked_about(new)
    known = {t.name for t in before.drugs}
    both = any(t.name in known for t in asked)  # "can I give azathioprine with allopurinol?"
    taken = set(taken_in(new)) if both else set()
    with_it = tuple(
        t.name
        for t in new.terms
        if t.kind == "co-drug" and t not in asked and (t.name in taken or is_with(text, t))
    )
    fresh = tuple(t for t in asked if t.name not in {*known, *left_of(text, before.patient)})
    if not fresh:
        topic = topic_of(new)
        moved_on = topic.treated and OF_A_CONDITION & set(own_aspects(text))
        if moved_on and not asked:
            return (), ()  # "and how is typhoid treated?"
        return before.drugs, tuple(name for name in with_it if name not in known)
    if len(fresh) < len(asked) and _asks_only_of(text, fresh, known):
        return fresh, ()  # "once he is over it, what dose of allopurinol?"
    if before.drugs and _is_exchanged(text, fresh, before.patient):
        return before.drugs, tuple(t.name for t in fresh)  # "valproate was swapped for phenytoin"
    if before.drugs and (len(fresh) < len(asked) or is_with(text, fresh[0])):
        return before.drugs, tuple(t.name for t in fresh)  # "and with amiodarone?"
    if before.drugs and _is_beside(text, new, fresh, before, library):
        return before.drugs, tuple(t.name for t in fresh)  # "trimethoprim?" after methotrexate
    if before.drugs and cues.WITH_IT.search(text):
        if Aspect.DOSE in own_aspects(text) or cues.is_spoken_of(text, fresh[0]):
            # "doxycycline dose with that?", "and the doxycycline with it"
            return fresh, tuple(t.name for t in before.drugs)
        return before.drugs, tuple(t.name for t in fresh)  # "and gentamicin with it?"
    if before.drugs and cues.BESIDE.search(_clause(text, fresh)) and not cues.KIN.search(text):
        return fresh, tuple(t.name for t in before.drugs)  # "can she have ibuprofen as well?"
    return fresh, ()


def left_of(text: str, patient: Patient) -> set[str]:
    """The drugs taken beside that a text says are left for another: "off the valproate"."""
    roles = drug_roles(text)
    return {name for name in patient.drugs if roles.get(name) is Role.LEFT}


def _is_exchanged(text: str, fresh: tuple[Term, ...], patient: Patient) -> bool:
    """Whether what is taken beside is replaced, and nothing else is asked of the new drug."""
    return len(fresh) == 1 and bool(left_of(text, patient)) and SWITCH.search(text) is not None


SWITCH = lazy(r"\b(?:swapped|switched|changed|moved|converted|replaced)\b", re.IGNORECASE)


def _asks_only_of(text: str, fresh: tuple[Term, ...], known: set[str]) -> bool:
    """Whether the clause that asks for something names the new drugs, and none of the `known`."""
    asking = [c for c in _CLAUSES.split(text) if own_aspects(c) or cues.IS_A_QUESTION.search(c)]
    named = {found.name for clause in asking for found in find_substances(clause)}
    last = [found for each in _SENTENCES.split(text) if (found := find_substances(each))][-1:]
    if last and {t.name for t in fresh} == {found.name for found in last[0]}:
        return True  # "We've run out of doxycycline. Erythromycin for him, how much?"
    return {t.name for t in fresh} <= named and not named & known


_CLAUSES = lazy(r"[,;:.?!–—]\s+")
_SENTENCES = lazy(r"[.?!]\s+")


def _clause(text: str, drugs: tuple[Term, ...]) -> str:
    """The part of a text between commas in which drugs are named."""
    parts = re.split(r"[,;]\s+", text)
    names = [t.text.lower() for t in drugs]
    return ", ".join(p for p in parts if any(n in p.lower() for n in names)) or text


def _is_beside(
    text: str, new: Question, fresh: tuple[Term, ...], before: Topic, library: Library | None
) -> bool:
    """Whether a bare name is of what is taken beside, for the library has it for nothing here.

    It speaks of it together with the drug asked about, and never with what that is given for.
    """
    if library is None or not before.treated or own_aspects(text) or cues.INSTEAD.search(text):
        return False
    if topic_of(new).treated or topic_of(new).purpose or cues.BESIDE.search(text):
        return False
    if cues.IS_A_QUESTION.search(text) or new.patient != Patient():
        return False
    if any(are_of_a_kind(new_, old) for new_ in fresh for old in before.drugs):
        return False
    return not any(named_together(library, drug, before.treated) for drug in fresh) and all(
        any(named_together(library, drug, (old,)) for old in before.drugs) for drug in fresh
    )


def is_left(text: str) -> bool:
    """Whether all drugs of a text are what the patient comes from: "switch from warfarin"."""
    roles = set(drug_roles(text).values())
    return roles == {Role.LEFT}


def is_with(text: str, drug: Term) -> bool:
    """Whether a drug is named as taken beside another: "with amiodarone"."""
    at = text.lower().find(drug.text.lower())
    if at >= 0 and _ALONE.match(text, at + len(drug.text)):
        return False
    if set(own_aspects(text)) - {Aspect.INTERACTION, Aspect.CONTRAINDICATION}:
        return False  # "what needs monitoring with vancomycin?"
    return at >= 0 and cues.WITH.search(text, 0, at) is not None


# "Folic acid on its own": with nothing beside it.
_ALONE = lazy(r"\s+(?:alone|only|on (?:its|their) own|by (?:itself|themselves))\b", re.IGNORECASE)


def is_new(drugs: tuple[Term, ...], before: Topic) -> bool:
    """Whether one of the drugs was not asked about before."""
    known = {t.name for t in before.drugs}
    return any(t.name not in known for t in drugs)


def asks_if_safe(text: str) -> bool:
    """Whether it is asked if a drug may be given, and nothing else."""
    return set(own_aspects(text)) == {Aspect.CONTRAINDICATION}


def own_aspects(text: str) -> tuple[Aspect, ...]:
    """What a text asks for by its own words."""
    if cues.TOLD.search(text) or _tells_a_value(text):
        return ()
    text = _WISHES.sub("", _OF_RESULTS.sub("", text))
    asked = asking_sentences(text)
    found = dict.fromkeys(aspects_in(asked))
    if not found and not find_substances(asked):
        # "He refuses blood tests. Valproate instead?" asks for no tests.
        found = dict.fromkeys(aspects_in(text))
    if Aspect.INTERVAL in found and _LEVELS_OF_IT.search(asked):
        found = dict.fromkeys((Aspect.MONITORING, *found))
    if set(found) <= {Aspect.DOSE} and _IS_A_PROBLEM.search(asked):
        return (Aspect.CONTRAINDICATION,)
    return tuple(found) or _in_other_words(text, asked)


def _in_other_words(text: str, asked: str) -> tuple[Aspect, ...]:
    """What is asked in words of speech: "what helps against it", "until what age"."""
    if _SO_LONG.search(text) or _UNTIL.search(asked):
        return (Aspect.DURATION,)
    return (Aspect.TREATMENT,) if _HELPS.search(asked) else ()


_LEVELS_OF_IT = lazy(
    r"\b(?:blood|serum|drug|plasma|trough|peak)?\s*(?:levels?|bloods|tests)\b", re.IGNORECASE
)
_IS_A_PROBLEM = lazy(
    r"\b(?:is|are|would|could|might)\b.*\b(?:an? (?:problem|risk|danger|worry|concern)|harmful|"
    r"dangerous|risky|harm)\b",
    re.IGNORECASE,
)
_UNTIL = lazy(r"\b(?:until|till|up to)\s+(?:what|which)\s+(?:age|week|month|day)\b", re.IGNORECASE)
_HELPS = lazy(
    r"\bwhat(?:['’]s| is| else| would| can| could| will)?\s+(?:helps?|works?|good|best)\s+"
    r"(?:for|against|with)\b",
    re.I,
)


# "The repeat test was negative", "bloods back to normal"
_OF_RESULTS = lazy(
    r"\brepeat(?:ed)?\s+(?=\w+\s+(?:is|was|came|shows?|now|of|\d))|"
    r"\b(?:bloods?|levels?|tests?|checks?)\s+(?=(?:(?:are|is|was|were|came|now)\s+)*(?:back|normal|fine|ok|negative|positive|from))",
    re.IGNORECASE,
)
# "What if she prefers a gel?" asks for no choice.
_WISHES = lazy(
    r"\b(?:s?he|they|mum|dad|mother|father|patient|who)\s+(?:would\s+)?(?:rather\s+)?"
    r"(?:prefer\w*|choos\w*|chose)\b",
    re.IGNORECASE,
)
_ASKS = lazy(r"\?|\b(?:dos(?:e|es|ing|age)|max(?:imum)?|how|monitoring|please)\b", re.IGNORECASE)


def _tells_a_value(text: str) -> bool:
    """Whether a text tells what was measured and asks nothing: "repeat eGFR came back 28"."""
    if _ASKS.search(text) or cues.IS_A_QUESTION.search(text):
        return False
    told = read_patient(text)
    values = (told.egfr, told.crcl, told.creatinine_umol_l, told.weight_kg, told.bmi)
    return bool(told.measurements) or any(value is not None for value in values)


# "7 days enough?", "5 days or 10?"
_SO_LONG = re.compile(
    r"^\W*(?:and\s+|or\s+|just\s+|only\s+|is\s+|are\s+|for\s+|would\s+|will\s+)*(?:\d+|one|two|three|four|five|six|seven|ten|a)\s+"
    r"(?:days?|weeks?|months?)\b\s*(?:\W*$|enough|or\b|do\b|sufficient|too (?:long|short)|"
    r"ok(?:ay)?\b|then)",
    re.IGNORECASE,
)
