"""Yes or no, where the lines that open the answer say so in their own words, and agree."""

from __future__ import annotations

import re
from collections.abc import Sequence

from osler.answering.candidates.aspects import OF_LEAVE
from osler.answering.candidates.barred import is_beyond
from osler.answering.composing.compose import Composed
from osler.answering.cues import cues
from osler.answering.judging.exceptions import in_force, is_excepted
from osler.answering.judging.scored import (
    bars,
    cautions_beside,
    is_for_the_fertile,
    is_on_the_drug,
)
from osler.answering.understanding.patient_groups import is_special
from osler.domain import (
    Applies,
    Criterion,
    Group,
    Patient,
    Polarity,
    Question,
    Statement,
    StatementKind,
)
from osler.statements import applies
from osler.statements.beyond import barred_beyond
from osler.statements.groups.allowing import without_allowed
from osler.statements.groups.forbidding import label_that_forbids
from osler.statements.tables.barring_cells import people_of
from osler.statements.tables.rows import header_and_cell
from osler.statements.words.exceptions import exceptions_in

# Asks whether more, less or another way would be better, which leave to give it does not say.
_COMPARES = re.compile(
    r"\b(?:higher|lower|larger|smaller|more|less|longer|shorter|earlier|sooner|later|double|twice|"
    r"doubl\w+|instead|rather|better|extra|additional|another|again|increas\w+|reduc\w+)\b",
    re.IGNORECASE,
)


def yes_or_no(question: Question, opening: Sequence[Composed]) -> str | None:
    """ "no" where the opening lines speak against what is asked, "yes" where they allow it.

    Only for a question of leave ("is it safe", "can she take"), and only from lines on the drug
    (and on the condition or other drug) asked about, which must agree; else None. It is read
    from the polarity of the lines, not a claim of its own.
    """
    if not (question.yes_no and OF_LEAVE & set(question.aspects)):
        return None
    said = [_says(item, question) for item in opening if _is_to_the_point(item, question)]
    agreed = bool(said) and {*said} - {None} == {said[0]}
    if said[:1] == ["yes"] and _COMPARES.search(question.text):
        return None  # that 40 mg is recommended does not say that more of it is
    if said[:1] == ["yes"] and cautions_beside(*[[item.scored for item in opening]] * 2):
        return None  # a yes with a warning is for the reader to weigh
    return said[0] if agreed else None


def _is_to_the_point(item: Composed, question: Question) -> bool:
    relevance = item.scored.relevance
    about_more = any(t.kind != "substance" for t in question.terms)
    on_it = is_on_the_drug(item.scored, question) or bars(item.scored, question)
    return on_it and (not about_more or relevance.condition > 0)


# "Without effective contraception" makes a ban for women who may become pregnant no plain one.
_ON_TERMS = re.compile(r"\b(?:without|contracept\w*|programmes?|programs?)\b", re.IGNORECASE)


def _is_not_told(criterion: Criterion, text: str, patient: Patient) -> bool:
    """Whether it is for special people, and the question does not tell that the patient is one:
    a woman of 30 is of childbearing potential."""
    if criterion.value == _FERTILE and not criterion.negated and not criterion.alternatives:
        return not is_for_the_fertile(text, patient) or bool(_ON_TERMS.search(text))
    return is_special(criterion)


_FERTILE = "childbearing potential"


def _says(item: Composed, question: Question) -> str | None:
    patient = question.patient
    statement = item.scored.candidate.statement
    open_ = item.claim.applies is not Applies.YES
    criteria = [c for c in statement.group.criteria if not is_excepted(c, statement.text)]
    if len(criteria) < len(statement.group.criteria):  # but for what is excepted, it may be told
        open_ = applies(Group(tuple(criteria)), patient).applies is not Applies.YES
    if open_ and any(_is_not_told(c, statement.text, patient) for c in criteria):
        return None  # for a group of which the question says nothing
    beyond = is_beyond(barred_beyond(statement), patient)
    if beyond is not Applies.UNKNOWN and barred_beyond(statement):
        return "no" if beyond is Applies.YES else "yes"
    said = in_force(statement.text, question)
    if not said.strip() or cues().exception.search(without_allowed(said)):
        return None  # what is excepted is told: neither
    text = f"{item.scored.candidate.lead_text} {said}"
    against = statement.polarity is Polarity.NEGATIVE
    against |= statement.kind is StatementKind.CONTRAINDICATION
    if against and (cues().bar.search(text) or label_that_forbids(statement.text)):
        return "no"
    if exceptions_in(statement.text):
        return None  # "safe unless ..." is for the reader to weigh
    return "yes" if _gives_leave(statement, patient) else None


def _gives_leave(statement: Statement, patient: Patient) -> bool:
    """Whether a statement allows what it is on: a row by a cell that is not for others than this
    patient ("Renal: safe", of one of whose kidneys nothing is told)."""
    cells = header_and_cell(statement) or (("", statement.text),)
    return any(
        cues().leave.search(said) and applies(people_of(header), patient).applies is Applies.YES
        for header, said in cells
    )
