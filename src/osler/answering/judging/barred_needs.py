"""What a bar is for, where that is not the need of the question: prevention, the other sex, a rank.

"Not for the prevention of migraine" bars nobody who treats an attack, "not for men with cystitis"
no woman, and "not for gout as the first drug" only says that others come before it.
"""

from __future__ import annotations

import re

from osler.domain import Applies, Group, Patient, Phase, Question
from osler.statements import applies, read_group

_PREVENTS = re.compile(
    r"\W*(?:the\s+|any\s+)?(?:(?:[a-z]+[- ])?term\s+|routine\s+|primary\s+|secondary\s+)?"
    r"(?:prevention|prevent(?:ing)?|prophyla(?:xis|ctic)|preventive)\b",
    re.IGNORECASE,
)
_ASKS_PREVENTION = re.compile(r"\b(?:prevent\w*|prophyla\w*)\b", re.IGNORECASE)
_OF_ONE_SEX = re.compile(
    r"\W*(?:adult\s+|young\s+|older\s+)?(?:women|men|males|females|boys|girls)\b"
    r"(?!\s*(?:,|and|or|/))",
    re.IGNORECASE,
)
_BY_RANK = re.compile(
    r"\bas\s+(?:(?:the|an?|your)\s+)?(?:first|initial)\b|\bfirst[- ](?:line|choice)\b",
    re.IGNORECASE,
)
_ASKS_RANK = re.compile(r"\b(?:first|initial\w*|start\w*)\b", re.IGNORECASE)
# Where something else is barred besides: "not for prevention, or in renal failure".
_NEXT_OF_PREVENTION = re.compile(
    r"[,;:]\s|\b(?:and|or|nor)\s+(?=(?:in|with|for|during|where|when|if|to)\b)", re.IGNORECASE
)
_NEXT_OF_A_SEX = re.compile(
    r"[,;:]\s|\b(?:or|nor)\s|\band\s+(?=(?:in|with|for|during|where|when|if|to|those|anyone|anybody|"
    r"people|patients|women|men|children)\b)",
    re.IGNORECASE,
)


def of_this_need(clause: str, question: Question) -> str:
    """What is barred, without what is barred for prevention alone where none is asked for, or for
    the other sex than the patient's."""
    if _PREVENTS.match(clause) and not _asks_prevention(question):
        return _behind(clause, _NEXT_OF_PREVENTION)
    if _is_of_the_other_sex(clause, question.patient):
        return _behind(clause, _NEXT_OF_A_SEX)
    return clause


def is_by_rank(clause: str, question: Question) -> bool:
    """Whether it only says that other drugs come first, and what is first is not asked."""
    return _BY_RANK.search(clause) is not None and not _ASKS_RANK.search(question.text)


def _asks_prevention(question: Question) -> bool:
    return Phase.PROPHYLAXIS in question.phases or bool(_ASKS_PREVENTION.search(question.text))


def _is_of_the_other_sex(clause: str, patient: Patient) -> bool:
    found = _OF_ONE_SEX.match(clause)
    told = read_group(found.group()).criteria if found else ()
    return any(c.attribute == "sex" and _is_not(Group((c,)), patient) for c in told)


def _is_not(group: Group, patient: Patient) -> bool:
    return applies(group, patient).applies is Applies.NO


def _behind(clause: str, ends: re.Pattern[str]) -> str:
    found = ends.search(clause)
    return clause[found.end() :] if found else ""
