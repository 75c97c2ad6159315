"""Whether a claim speaks to a question at all, or to another purpose, risk or case."""

from __future__ import annotations

import re
from collections.abc import Set

from osler.answering.composing.compose import Composed
from osler.answering.disagreeing.side_conditions import is_among, names_in
from osler.answering.understanding.patient_groups import is_special
from osler.domain import Patient, Phase, Question
from osler.patterns import lazy

_RISK = lazy(r"\b(low|moderate|high|raised|increased)(?:er)?[-\s]risk\b", re.I)
_ALTERNATIVE = lazy(
    r"^\W*(?:the alternative|alternative(?:ly|s)?\b|otherwise|second[-\s](?:line|choice)|"
    r"third[-\s]line|occasionally|if\b)",
    re.I,
)
PREVENTS = lazy(r"\b(?:prophyla|prevent)", re.I)
# "Preventing delayed ischaemia": what is prevented in those who have the problem asked about.
_PREVENTED = lazy(r"\bprevent(?:ing|ion of|s)?\s+(?!it\b|this\b|that\b)(\w[^.;:,]*)", re.I)
_TREATS = lazy(r"\b(?:treat|therap)", re.I)
# "And any P-gp inhibitor": said of those who take another drug, which no criterion holds.
_BESIDE_A_KIND = lazy(
    r"\b(?:and|with)\s(?:any|an?|another|strong|potent)\s(?:[\w-]+\s){0,2}(?:inhibitor|inducer)s?\b",
    re.I,
)
_OR_WITH = lazy(r"\bor\s(?:with\s)?$", re.I)


def is_of_other_things(item: Composed, question: Question) -> bool:
    """Whether it shares no word with a question that names nothing known, or names its own."""
    said = question.text.lower()
    names = names_in(item.claim.text)
    return not item.scored.relevance.overlap or any(name not in said for name in names)


def only_treats(item: Composed, question: Question) -> bool:
    """Whether it says of its dose that it is for treatment, where prevention is asked for."""
    if question.phases != (Phase.PROPHYLAXIS,):
        return False
    first = min((d.amount_start for d in item.claim.dosages), default=0)
    treats = _TREATS.search(item.claim.text[:first]) is not None
    return treats and not PREVENTS.search(item.claim.text)


def prevents_another(item: Composed, asked: Set[str]) -> bool:
    """Whether a heading or the claim says that something else than what is asked is prevented."""
    candidate = item.scored.candidate
    said = [item.claim.text, *(c.quote for c in (*candidate.lead, *candidate.headings))]
    prevented = [m.group(1) for text in said for m in _PREVENTED.finditer(text)]
    names = frozenset().union(*map(names_in, prevented))
    return bool(prevented) and not any(is_among(name, asked) for name in names)


def is_beside_another_kind(item: Composed, question: Question) -> bool:
    """Whether it is for people who also take some inhibitor or inducer, and none is asked about."""
    if any(t.kind == "co-drug" for t in question.terms):
        return False
    text = item.claim.text
    return any(not _OR_WITH.search(text, 0, m.start()) for m in _BESIDE_A_KIND.finditer(text))


def is_for_another_risk(item: Composed, question: Question) -> bool:
    """Whether it is for people at low (high, …) risk, and the question does not say so."""
    return any(
        m.group(1).lower() not in question.text.lower()
        for statement in item.claim.statements
        for m in _RISK.finditer(statement.text)
    )


_GRADE = lazy(
    r"\b(?:un)?complicated\b|\b(?:mild|moderate|severe|asymptomatic|non-severe|superficial|"
    r"stable|unstable|routine)\b",
    re.I,
)


def is_of_another_grade(item: Composed, question: Question) -> bool:
    """Whether it names a severity ("mild", "uncomplicated"), and none that the question names."""
    named = {m.group().lower() for m in _GRADE.finditer(item.claim.text)}
    said = {m.group().lower() for m in _GRADE.finditer(question.text)}
    return bool(named) and not named & said


_EACH = r"(?:first|second|third|1st|2nd|3rd)"
_SOME_TRIMESTERS = lazy(
    rf"\b{_EACH}(?:(?:\s?,|\sand|\sor)\s(?:the\s)?{_EACH})*\strimesters?\b", re.I
)


# Weeks in which every count of trimesters agrees which one it is.
_BY_WEEKS = (("first", 0, 13), ("second", 14, 27), ("third", 28, 45))


def is_of_another_trimester(item: Composed, patient: Patient) -> bool:
    """Whether it is for trimesters that it lists, and the patient is known to be in another."""
    weeks, said = patient.gestation_weeks, patient.pregnancy or ""
    now = said.removesuffix(" trimester") if said.endswith("trimester") else ""
    if weeks is not None:
        now = next((name for name, start, end in _BY_WEEKS if start <= weeks < end), now)
    if not now:
        return False
    nth = {"first": "1st", "second": "2nd", "third": "3rd"}[now]
    listed = [m.group().lower() for m in _SOME_TRIMESTERS.finditer(item.claim.text)]
    return bool(listed) and not any(now in each or nth in each for each in listed)


_IF = lazy(r"^\W*if\b[^,:;.]*", re.I)
# "If attacks continue", "if this fails": a later step, which a question may say is reached.
_LATER_STEP = lazy(
    r"\b(?:still|despite|in spite of|persist\w*|fail\w*|no better|not better|inadequate\w*|"
    r"insufficient\w*|no (?:response|improvement)|not (?:work|help|control|respond|improv)\w*|"
    r"uncontrolled|refractory|resistant)\b",
    re.I,
)
_DURING = lazy(r"\bduring\s(?:an?\s|the\s)?(?:acute\s)?(?P<what>[a-z]{4,})", re.I)
_GOES_ON = lazy(r"\bcontinu\w*\b", re.I)
_WORD = lazy(r"[a-z]{5,}", re.I)


# "Still high: change to labetalol 20 mg": for whom something else was given before.
_CHANGES_TO = lazy(r"(?:^|[:;]\s)(?:change|switch)\sto\b", re.I)


def is_alternative(item: Composed, question: Question) -> bool:
    """Whether it speaks for a case that no criterion holds: "if not tolerated, …".

    "If cramps disturb sleep" is none where the document and the question are on cramps, nor "if
    attacks persist" where the question says that they still come.
    """
    statement = item.claim.statements[0]
    if _CHANGES_TO.search(item.claim.text):
        return not re.search(r"\b(?:chang|switch|instead)", question.text, re.I)
    if _ALTERNATIVE.match(statement.text) is None:
        return False
    if any(is_special(c) for c in statement.group.criteria):
        return False
    case = _IF.match(statement.text)
    later = case and (_LATER_STEP.search(case.group()) or _GOES_ON.search(case.group()))
    if later and _LATER_STEP.search(question.text):
        return False
    while_it_lasts = _DURING.search(case.group()) if case else None
    if while_it_lasts and while_it_lasts["what"].lower() in question.text.lower():
        return False
    on = set(_WORD.findall(case.group().lower())) if case else set()
    title = item.scored.candidate.source.title.lower()
    return not any(word in title and word in question.text.lower() for word in on)
