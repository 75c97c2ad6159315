"""Facts taken back: "forget the weight", "she is not pregnant after all"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from osler.domain import Patient, Term
from osler.patterns import lazy
from osler.statements import find_conditions, find_substances, read_patient
from osler.statements.vocabulary.conditions import is_a
from osler.threads.denied import DENIED as _DENIED
from osler.threads.denied import MISTAKEN as _MISTAKEN
from osler.threads.denied import denied_reactions, no_longer_taken
from osler.threads.topic import Topic

_FORGET = lazy(
    r"^\W*(?:(?:please|no|ok|okay|and|actually|sorry|oh|just)[\s,]+)*(?:forget|ignore|disregard|"
    r"never ?mind|drop|remove|scrap|withdraw|delete|leave out|leave aside|without)\s+"
    r"(?:about\s+)?(?:(?:the|her|his|their|my|that|about|what i said about|patient['’]s)\s+)*"
    r"(?P<what>[^.;?!]+?)(?=$|[.;?!]|,\s+(?:and|what|how|which|is|can|she|he|for|not|it)\b)",
    re.IGNORECASE,
)
# The words by which each fact is called, whole.
_CALLED = (
    ("age_years life_stage", r"ages?|years|how old"),
    ("sex", r"sex|gender"),
    ("weight_kg ideal_weight_kg", r"weights?|kg|kilos"),
    ("height_cm", r"height"),
    ("bmi", r"bmi|body mass index"),
    ("egfr crcl creatinine_umol_l", r"kidney function|renal function|kidneys|gfr"),
    ("egfr", r"egfr"),
    ("crcl", r"crcl|cr cl|creatinine clearance|clearance"),
    ("creatinine_umol_l", r"creatinine(?! clearance)"),
    ("risk_percent", r"risk|q-?risk\d?"),
    ("pregnancy gestation_weeks", r"pregnan\w+|gestation\w*|trimester"),
    ("breastfeeding", r"breast-?feeding|lactation"),
    ("severity", r"severity|severe|mild|moderate"),
    ("allergies intolerances reactions", r"allerg\w+|intoleran\w+"),
    ("drugs", r"other (?:drugs?|medicines?)|medication|medicines?|interaction"),
    ("jurisdiction", r"country|uk|us|usa|jurisdiction|nigeria"),
    ("measurements", r"lab(?:oratory)? values?|bloods|results?"),
)
# "Drop it in pregnancy", "drop the dose for kidneys": the drug is dropped, and not the fact.
_OF_THE_DOSE = lazy(
    r"^(?:it|this|them|these|those|one|by|to)\b|\bdos(?:es?|age|ing)\b|"
    r"\b(?:in|for|because|due|since|when|if|given|during|as|by|to)\b",
    re.IGNORECASE,
)
_CHANGES = lazy(r"\b(?:drop|remove|scrap|withdraw|delete)\s", re.IGNORECASE)
_ALL = lazy(r"^(?:(?:patient|facts|everything|all)\b|(?:her|him|them)$)", re.IGNORECASE)
_EMPTY = Patient()


def withdraw(text: str, patient: Patient) -> tuple[str, Patient]:
    """The text without what takes facts back, and the patient without these facts."""
    match = _FORGET.search(text)
    if match is not None and not _is_of_the_dose(match, text):
        denies = match.group().lower().rstrip().startswith(("without", "and without"))
        without = forget(match["what"], patient, partly=not denies)
        if without is not None:
            return text[match.end() :].lstrip(" ,.;!"), without
    unsaid = _is_not_so(text, patient)
    if unsaid is not None:
        return unsaid
    denied_of = _not_so(text, patient)
    if denied_of is not None:
        return denied_of
    ended = _ended(text, patient)
    if ended is not None:
        return ("" if _IS_NOT.match(text) else text), ended
    had = set(read_patient(_MISTAKEN.sub(" ", text)).allergies)  # "no allergies except penicillin"
    reacts = denied_reactions(text, patient) - had
    if not reacts and (clause := _NOT_ALLERGIC.search(text)) is not None:
        return f"{text[: clause.start()]} {text[clause.end() :]}".strip(" ,.;!"), patient
    stopped = no_longer_taken(text, patient) - had
    if not reacts | stopped:
        return text, patient
    # "She is not allergic to penicillin": nothing is asked about penicillin.
    kept = replace(
        patient,
        allergies=tuple(d for d in patient.allergies if d not in reacts),
        reactions=() if reacts.issuperset(patient.allergies) else patient.reactions,
        drugs=tuple(d for d in patient.drugs if d not in stopped),
        intolerances=tuple(d for d in patient.intolerances if d not in reacts),
    )
    return _MISTAKEN.sub("", _DENIED.sub("", text)).strip(" ,.;!"), kept


def _is_of_the_dose(match: re.Match[str], text: str) -> bool:
    """Whether "drop" and its like speak of the drug, or ask whether to: no fact is meant."""
    if not _CHANGES.search(match.group()):
        return False
    return text[match.end() :].startswith("?") or bool(_OF_THE_DOSE.search(match["what"]))


# "It's her sister who is diabetic, she isn't."
_NOT_SO = lazy(
    r"[,;.–—-]\s*(?:but\s+|and\s+)?(?:s?he|they|the patient|this one)\s+(?:is|has|does|was|had|did)"
    r"(?:n['’]?t|\s+not)\s*(?=[,;.?!–—]|$)",
    re.IGNORECASE,
)


# "Wrong notes, she isn't. Valproate for her?": what was told of her last by "is".
_IS_NONE = lazy(
    r"^[^.;?!]*?\b(?:s?he|they|i|the patient|pt)\s*(?:['’]s not|(?:is|was|am)(?:n['’]?t|\s+not))"
    r"(?:\s+(?:after all|any ?more|now))?\s*[.;!–—]\s+",
    re.IGNORECASE,
)


def _is_not_so(text: str, patient: Patient) -> tuple[str, Patient] | None:
    """A pregnancy that is denied in a sentence of its own: the text behind it, and the patient."""
    denied = _IS_NONE.match(text)
    if denied is None or patient.pregnancy in (None, "not pregnant"):
        return None
    if read_patient(denied.group()) != Patient(sex=read_patient(denied.group()).sex):
        return None  # it tells something else
    return text[denied.end() :], replace(patient, pregnancy=None, gestation_weeks=None)


def _not_so(text: str, patient: Patient) -> tuple[str, Patient] | None:
    """What is said to be of someone else is taken back: the text behind it, and the patient."""
    denied = _NOT_SO.search(text)
    if denied is None:
        return None
    told = text[: denied.start()]
    named = {found.name for found in find_conditions(told, any_case=True)}
    drugs = {found.name for found in find_substances(told)}
    left = tuple(c for c in patient.conditions if not any(is_a(c, n) or is_a(n, c) for n in named))
    without = replace(
        patient,
        conditions=left,
        allergies=tuple(d for d in patient.allergies if d not in drugs),
        intolerances=tuple(d for d in patient.intolerances if d not in drugs),
        never_had=tuple(d for d in patient.never_had if d not in drugs),
        drugs=tuple(d for d in patient.drugs if d not in drugs),
    )
    if without == patient:
        return None
    return text[denied.end() :].lstrip(" ,;.!?–—"), without


# "She is not": what was asked about her state last.
_IS_NOT = lazy(
    r"^\W*(?:(?:no|nope|sorry|actually|but|in fact|oh)\W+)*(?:s?he(?:['’]s| is|"
    r" was)?\s+)?(?:not|isn['’]?t|"
    r"wasn['’]?t)(?:\s+(?:after all|any ?more|now|it turns out))?\W*$",
    re.IGNORECASE,
)
_OVER = lazy(
    r"\b(?:(?:has|had|have|having|was|is|since|after|now|just|recently|she|"
    r"['’]s)\s+(?:\w+\s+){0,2}?(?:delivered|"
    r"(?:given|gave) birth|miscarr\w+|(?:a |the )?(?:miscarriage|termination|abortion|"
    r"stillbirth)|aborted|"
    r"(?:lost|had) (?:the|her) (?:baby|pregnancy))|(?:is|she['’]s|now)\s+post-?\s?(?:partum|"
    r"natal))\b",
    re.IGNORECASE,
)
_NOT_OVER = lazy(
    r"\b(?:not|n['’]t|threatened|risk of|wants?|if|before|until|planning|requests?|previous|past|"
    r"recurrent|history of)\b",
    re.IGNORECASE,
)
_NOT_ALLERGIC = lazy(
    r"\b(?:s?he(?:['’]s| is| has)?\s+|(?:the )?(?:patient|pt)(?: is| has)?\s+)?(?:not|"
    r"isn['’]?t|no|never)\s+"
    r"(?:known\s+)?(?:to be\s+)?(?:allergic\s+to\s+[\w-]+|allerg(?:y|ies)\s+to\s+[\w-]+|"
    r"[\w-]+\s+allergy)",
    re.IGNORECASE,
)


def _ended(text: str, patient: Patient) -> Patient | None:
    """The patient whose pregnancy is over, or was none; None for any other text."""
    expecting = patient.pregnancy not in (None, "not pregnant", "planning")
    if _IS_NOT.match(text):
        if patient.pregnancy not in (None, "not pregnant"):
            return replace(patient, pregnancy="not pregnant", gestation_weeks=None)
        return replace(patient, breastfeeding=False) if patient.breastfeeding else None
    if expecting and _OVER.search(text) and not _NOT_OVER.search(text):
        return replace(patient, pregnancy="not pregnant", gestation_weeks=None)
    return None


_IN_PREGNANCY = lazy(
    r"\s+(?:in|of|during) (?:early |late )?pregnancy\b|^(?:gestational|pregnancy[- ]induced)\s+",
    re.IGNORECASE,
)
_SEVERITY = lazy(r"^(?:(?:non-?\s?severe|not severe|severe|mild|moderate)\s+)+", re.IGNORECASE)


def fitting(topic: Topic, now: Patient) -> Topic:
    """The topic with what is treated so called that it fits the patient as known `now`.

    Severity is the patient's and said once; "hypertension in pregnancy" is plain hypertension in
    who is not pregnant.
    """
    treated = topic.treated
    if now.severity:
        treated = tuple(_renamed(t, _SEVERITY.sub("", t.text), same=True) for t in treated)
    if now.pregnancy == "not pregnant":
        treated = tuple(_renamed(t, _IN_PREGNANCY.sub("", t.text)) for t in treated)
    gone = {t.name for t in topic.treated} - {t.name for t in treated}
    there = {t.name for t in treated} - {t.name for t in topic.treated}
    kept = (*there, *(c for c in topic.patient.conditions if c not in gone))
    return replace(topic, treated=treated, patient=replace(topic.patient, conditions=kept))


def _renamed(term: Term, text: str, *, same: bool = False) -> Term:
    """The term by another text, where that names a condition (the `same` one)."""
    found = [
        c for c in find_conditions(text, any_case=True) if text.lower().endswith(c.text.lower())
    ]
    if text == term.text or not found or (same and found[-1].name != term.name):
        return term
    return replace(term, name=found[-1].name, text=text)


def _called(what: str, known: tuple[str, ...]) -> set[str]:
    """What is called by the last word of its name: "the bypass" of a gastric bypass.

    Nothing where several go by it.
    """
    said = set(re.findall(r"[\w'’-]+", what.lower()))
    meant = {name for name in known if name.lower().split()[-1] in said}
    return meant if len(meant) == 1 else set()


def forget(what: str, patient: Patient, *, partly: bool = True) -> Patient | None:
    """The patient without the facts that go by these words; None where there are none such.

    `partly`: a condition or procedure may be called by the last word of its name.
    """
    if _ALL.match(what):
        return Patient()
    fields = {
        name
        for names, called in _CALLED
        if re.search(rf"\b(?:{called})\b", what, re.IGNORECASE)
        for name in names.split()
    }
    conditions = {found.name for found in find_conditions(what, any_case=True)}
    if partly:
        conditions |= _called(what, (*patient.conditions, *patient.procedures))
    drugs = {found.name for found in find_substances(what)}
    lists = {
        "conditions": conditions,
        "absent_conditions": conditions,
        "procedures": conditions,
        "drugs": drugs,
        "allergies": drugs,
        "intolerances": drugs,
        "never_had": drugs,
    }
    changes: dict[str, Any] = {name: getattr(_EMPTY, name) for name in fields}
    for name, gone in lists.items():
        kept = tuple(v for v in getattr(patient, name) if v not in gone)
        if kept != getattr(patient, name):
            changes[name] = kept
    if not changes:
        return None
    return replace(patient, **changes)
