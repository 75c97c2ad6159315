"""Whether the words of a bar name an illness that the patient of a question has."""

from __future__ import annotations

import re

from osler.answering.candidates.aspects import OF_LEAVE
from osler.answering.candidates.barred_causes import is_of_an_attack, is_of_another_cause
from osler.answering.candidates.candidate import terms_of
from osler.answering.candidates.subject import relation
from osler.answering.judging.barred_needs import is_by_rank, of_this_need
from osler.answering.judging.exceptions import in_force
from osler.domain import Applies, Criterion, Group, Patient, Question
from osler.statements import applies, read_group
from osler.statements.groups.allowing import without_allowed
from osler.statements.groups.bar_lists import SETTING, items_of_barred, list_of_barred
from osler.statements.groups.forbidding import label_that_forbids, label_that_forbids_or_warns
from osler.statements.groups.reasons_against import reasons_against
from osler.statements.vocabulary.conditions import find_conditions, is_a
from osler.statements.vocabulary.substances import find_substances
from osler.statements.words.exceptions import without_exceptions

_CLAUSES = re.compile(r"[.;]\s")
_BARRED_IN = re.compile(
    r"(?:^|[.;:]\s+|,\s+(?:and|but)\s+(?=(?:is|are|should|must|not|never|avoid)\b))"
    r"(?:(?:[\w-]+\s+){0,2}(?:is|are|should|must)\s+)?(?:to be\s+)?"
    r"(?:(?:contra-?indicated|avoid(?:ed)?|not|never|(?:do\s+)?(?:not|never) (?:to )?(?:be )?"
    r"(?:(?:for )?used?|given?|taken?|recommended|advised|suitable|safe))\s+(?:it\s+)?"
    r"(?:(?:to|by|in) (?:anyone|anybody|people|patients|those|women|men|adults|children)\s+)?"
    r"(?:in|with|for|during|where there is)|unsafe\s+(?:in|with|for|during)|"
    r"(?:do\s+)?(?:not|never) (?:to )?(?:be )?(?:start(?:ed)?|beg[iu]n)\s+(?:it\s+)?during)\b",
    re.IGNORECASE,
)
_CONTRAINDICATIONS = re.compile(r"(?:^|[.;]\s+)contra-?indications?\b", re.IGNORECASE)
# "A history of angioedema is an absolute bar": what bars stands before it.
_BARS_BY = re.compile(
    r"\b(?:(?:is|are)\s+(?:an?\s+)?(?:absolute\s+|strict\s+)?(?:bars?|contra-?indications?)\b|"
    r"precludes?\b|rules?\s+(?:it|this|them|the\s+\w+)\s+out\b)|"
    r":\s*(?:not|never|avoid|do not (?:use|give))\s*[.!]?\)?$",
    re.IGNORECASE,
)
# "Porphyria: contraindicated", "asthma – avoid."
_LABEL_BARRED = re.compile(
    r"(?:^|(?<=[.;]\s))(?P<who>[^.;:–—]{2,60}?)\s*[:–—]\s*(?:absolutely\s+)?(?:contra-?indicated|"
    r"avoid|(?:do|must|should)\s+not\s+(?:be\s+)?(?:used?|given?)|not\s+(?:recommended|to\s+be\s+"
    r"(?:used|given)))\s*(?=[.;,)]|$)",
    re.IGNORECASE,
)
# "Patients with asthma must not take it", "in porphyria it is not recommended".
_WHO_MUST_NOT = re.compile(
    r"(?:^|[.;:]\s+)(?P<who>(?:in|for|with|during|patients?|people|persons|those|anyone|anybody|"
    r"adults|women|men|children)\b[^.;:]{2,80}?),?\s+(?:it\s+)?"
    r"(?:(?:is|are|should|must|can|may|do|does)\s+(?:not|never)\s+(?:be\s+)?(?:used?|given?|taken?|"
    r"have|receive|start(?:ed)?|prescribed|recommended|advised|suitable|safe)|"
    r"cannot\s+(?:be\s+)?(?:used?|given?|taken?|have|receive)|is\s+(?:contra-?indicated|unsafe)|"
    r"(?:should|must)\s+(?:be\s+avoided|avoid)|avoid)(?:\s+it)?(?=\s*(?:[.;,(]|$|\b(?:because|as)\b))",
    re.IGNORECASE,
)
_BEHIND_WHO = (_LABEL_BARRED, _WHO_MUST_NOT)
_TO_ONE_SEX = re.compile(r"\b(?:women|men)\b(?=\s+\w+$)", re.IGNORECASE)
# "Not for croup in children who drink well": whom of those who are treated it is kept from.
_OF_SOME = re.compile(
    r"\s(?:in|if|when|where)\s+(?:(?:the|an?|any|most|adult|young|older)\s+)?(?:people|patients?|those|"
    r"anyone|adults?|children|child|women|men|they)\s+(?=(?:who|with|without|whose|that|not)\b)",
    re.IGNORECASE,
)
_WITH = re.compile(r"\w\s+(?:with|and)\s", re.IGNORECASE)
_BESIDES = re.compile(r"\b(?:together\s+with|with|plus)\s", re.IGNORECASE)
_NO_INDICATION = re.compile(r"\b(?:is|are) (?:not (?:an? )?|no )indications?\b", re.IGNORECASE)


def is_barred_in(text: str, question: Question, title: str = "") -> bool:
    """Whether it bars the drug in a condition that is asked about: "not to be used in asthma".

    What is barred must be the drug: "avoid rapid correction in hyponatraemia" bars none. Under
    the `title` of another illness "no midazolam for agitation" bars it for those who have that one.
    """
    text = _with_pronouns(in_force(text, question).strip(), question)
    asked = [t.name for t in question.terms if t.name in question.patient.conditions]
    asks_leave = not OF_LEAVE.isdisjoint(question.aspects)
    if not asks_leave and _is_of_another_illness(title, question.patient):
        asked = [name for name in asked if name in question.background]
    barred = [_barred_by(bar, text) for bar in _BARRED_IN.finditer(text)]
    warned = label_that_forbids_or_warns(text)
    headed = label_that_forbids(text) or _CONTRAINDICATIONS.search(text)
    if warned:
        barred.append(text[warned:])
    elif headed and (listed := list_of_barred(text)):
        barred.append(text[slice(*listed)])  # "Contraindications: asthma; epilepsy."
    labels = items_of_barred(text)
    labels += [found["who"] for each in _BEHIND_WHO for found in each.finditer(text)]
    labels += [_CLAUSES.split(text[: bar.start()])[-1] for bar in _BARS_BY.finditer(text)]
    barred += [who for who in labels if _are_all_told(who, question)]
    barred += [clause for clause in _CLAUSES.split(text) if _NO_INDICATION.search(clause)]
    barred.append(reasons_against(text))
    return any(
        is_a(name, found.name)
        for clause in (_barred_of(clause, question) for clause in barred)
        for found in find_conditions(clause)
        for name in asked
        if name in question.background or not is_by_rank(clause, question)
        # Of what the patient has besides, whatever its cause, the bar holds until it is told.
        if name in question.background
        or not (
            is_of_another_cause(clause, found.start, found.end, question.understood)
            or is_of_an_attack(clause, found.start, found.end, question.understood)
        )
    )


def _barred_of(clause: str, question: Question) -> str:
    """Whom a clause bars: without its setting, what it allows and what is for another need."""
    return without_allowed(of_this_need(_behind_setting(clause), question))


def _barred_by(bar: re.Match[str], text: str) -> str:
    """What stands behind the words that bar, with the sex that they name: "men with asthma"."""
    people = _TO_ONE_SEX.search(bar.group())
    listed = _CLAUSES.split(text[bar.end() :])[0]
    narrowed = _OF_SOME.search(listed) if bar.group().lower().endswith("for") else None
    if narrowed is not None:
        listed = listed[narrowed.end() :]
    return f"{people.group()} with {listed}" if people else listed


def _is_of_another_illness(title: str, patient: Patient) -> bool:
    named = [Group((Criterion("condition", found.name),)) for found in find_conditions(title)]
    return bool(named) and all(applies(g, patient).applies is not Applies.YES for g in named)


def _behind_setting(clause: str) -> str:
    setting = SETTING.match(clause)
    return clause[setting.end() :] if setting else clause


def _are_all_told(label: str, question: Question) -> bool:
    """Whether all that a label says of a patient is known to hold: "embolism with a clearance
    below 15: avoid" and "psoriasis with renal impairment: avoid" are not for all who have one."""
    both = _WITH.search(label) is not None
    told = (c for c in read_group(label).criteria if both or c.attribute != "condition")
    holds = all(applies(Group((c,)), question.patient).applies is Applies.YES for c in told)
    return holds and not _asks_for_more(label, question)


def _asks_for_more(label: str, question: Question) -> bool:
    """Whether it bars the illness that is treated only with something that is not understood and
    of which the question says nothing: "asthma with past suicidal thoughts: avoid"."""
    illness, *besides = _BESIDES.split(label)
    of_one = len(question.patient.conditions) - len(question.background) <= 1
    named = {found.name for found in find_conditions(illness)}
    if not (named and of_one and named.isdisjoint(question.background)):
        return False  # of what the patient has besides, the bar holds until it is told
    return any(
        not read_group(f"with {each}").criteria
        and terms_of(each).isdisjoint(terms_of(question.understood))
        for each in besides
    )


def _with_pronouns(text: str, question: Question) -> str:
    """A text with "it" for the drug asked about and its classes: "do not use it in asthma"."""
    asked = [t.name for t in question.terms if t.kind == "substance"]
    for found in reversed(find_substances(text)):
        in_a_name = text[found.end : found.end + 1] == "-"  # "heparin-induced thrombocytopenia"
        if not in_a_name and any(relation(drug, found.name) for drug in asked):
            text = f"{text[: found.start]}it{text[found.end :]}"
    return text


def says_that_it_bars(text: str) -> bool:
    """Whether words of a text bar, and do not only lower or delay a dose."""
    telling = (_BARRED_IN, _CONTRAINDICATIONS, _NO_INDICATION, _BARS_BY, _WHO_MUST_NOT)
    said = without_exceptions(text)
    return any(p.search(said) for p in telling) or label_that_forbids(text) > 0


def is_untold_but_for_its_setting(text: str) -> bool:
    """Whether of those whom a label bars nothing is understood but the illness that they are
    treated for: "Contraindications: In psoriasis: phototherapy at the same time"."""
    listed = text[label_that_forbids(text) :]
    setting = SETTING.match(listed)
    if setting is None:
        return False
    return not read_group(f"Contraindications: {listed[setting.end() :]}").criteria
