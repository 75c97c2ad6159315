"""What bars a drug by its own words, for what the patient is allergic to or takes beside it."""

from __future__ import annotations

import re

from osler.answering.candidates.candidate import Candidate
from osler.answering.candidates.subject import relation
from osler.answering.cues import cues
from osler.answering.judging.exceptions import in_force
from osler.domain import Question, StatementKind
from osler.statements.patients.allergies import cross_reacts
from osler.statements.vocabulary.substances import belongs_to, find_substances

_CLAUSES = re.compile(r"[.;]\s")
_WORD = re.compile(r"[^\W\d_]+")
_SENSITIVE = re.compile(
    r"\b(?:hyper-?)?sensitiv(?:e|ity)\b|\ballerg\w+|\banaphyla\w+", re.IGNORECASE
)
_TOGETHER = re.compile(
    r"\b(?:with|alongside|on|tak(?:e|es|ing)|receiv\w+|together|concomitant\w*|concurrent\w*)\b",
    re.IGNORECASE,
)
# "On methotrexate: do not use it", "if taking warfarin, avoid": the other drug before the bar.
_TAKING = re.compile(
    r"(?:^|[,:;(]\s*|\b(?:if|when|who\s+(?:is|are)|patients?|those|anyone|people)\s+)"
    r"(?:on|with|tak(?:es?|ing)|receiv(?:es?|ing)|together\s+with|treated\s+with)\s+"
    r"(?:(?:an?|the|oral|any)\s+)?$",
    re.IGNORECASE,
)
# "Not above 20 mg with verapamil" lowers a dose, "never on the day of methotrexate" sets a time.
_NO_BAR = re.compile(
    r"\d|\b(?:days?|hours?|minutes?|same|before|after|within|mix\w*|syringe|line|infusion|food)\b",
    re.IGNORECASE,
)


def barred_with(candidate: Candidate, question: Question) -> tuple[str, ...]:
    """Why a statement bars what it is on for this patient: "allergic to cobalt", "takes
    carbamazepine"; nothing where it does not.

    An allergen is matched by its words where no lexicon has it. Whether the statement is on the
    drug asked about is for the caller to say.
    """
    reasons: list[str] = []
    for clause in _CLAUSES.split(in_force(candidate.statement.text, question)):
        if cues().leave.search(clause) or cues().exception.search(clause):
            continue
        reasons += [f"allergic to {name}" for name in _allergens(clause, candidate, question)]
        reasons += [f"takes {name}" for name in _taken(clause, question)]
    return tuple(dict.fromkeys(reasons))


def _allergens(clause: str, candidate: Candidate, question: Question) -> list[str]:
    """The patient's allergens that a clause on hypersensitivity bars the drug for.

    What the group of the statement tells of an allergy is judged with the rest of the group.
    """
    statement, lead = candidate.statement, candidate.lead_text
    if "allergy" in statement.group.attributes:
        return []
    is_bar = statement.kind is StatementKind.CONTRAINDICATION or any(
        cues().bar.search(text) for text in (clause, lead)
    )
    if not is_bar or not (_SENSITIVE.search(clause) or _SENSITIVE.search(lead)):
        return []
    words, named = _words(clause), [found.name for found in find_substances(clause)]
    return [
        allergen
        for allergen in question.patient.allergies
        if (_words(allergen) and _words(allergen) <= words)
        or any(cross_reacts(name, allergen) for name in named)
    ]


def _taken(clause: str, question: Question) -> list[str]:
    """The other drugs of the patient with which a clause says that the drug is not given."""
    bar = cues().bar.search(clause)
    asked = [t.name for t in question.terms if t.kind == "substance"]
    beside = [name for name in question.patient.drugs if name not in asked]
    if bar is None or not beside or not asked or _NO_BAR.search(clause):
        return []
    barred = find_substances(clause[bar.end() :])
    is_of_others = bool(barred) and not _TOGETHER.search(clause, bar.end())
    if is_of_others and not any(relation(drug, b.name) for b in barred for drug in asked):
        return []  # "on warfarin, avoid aspirin" bars no other drug
    named = [
        found.name
        for found in find_substances(clause)
        if (
            _TOGETHER.search(clause, bar.end(), found.start)
            or (found.end <= bar.start() and _TAKING.search(clause, 0, found.start))
        )
        and not any(relation(drug, found.name) for drug in asked)
    ]
    return [taken for taken in beside if any(belongs_to(taken, name) for name in named)]


def _words(text: str) -> frozenset[str]:
    """The words of a text, each in the singular."""
    words = (word.lower() for word in _WORD.findall(text))
    return frozenset(w[:-1] if len(w) > 3 and w.endswith("s") else w for w in words)
