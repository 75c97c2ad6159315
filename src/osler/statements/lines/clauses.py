"""The clauses of a sentence that doses several groups: "12-hourly; once daily if CrCl < 30"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from osler.domain import Combinator, Criterion, Dosage, DosageRole, Group
from osler.patterns import lazy
from osler.statements.groups.reading import read_group

_PEOPLE = (
    r"(?:adults?|child(?:ren)?|infants?|neonates?|adolescents?|elderly|older|women|men|girls|boys|"
    r"pregnant|those|people|patients)\b"
)
_BREAK = lazy(
    r"[;()]|\.\s|,\s+(?:but|or|and|otherwise|reduc|increas|decreas|lower|except)"
    rf"|,\s+(?={_PEOPLE}[^,;.]{{0,40}}\d)",
    re.IGNORECASE,
)
# "2.5 mg daily over 80, otherwise 5 mg": the second dose is for all whom the first leaves.
_FOR_OTHERS = lazy(
    r"\b(?:otherwise|(?:for|in)\s+(?:all\s+)?others|(?:all|every(?:one|body))\s+(?:else|others?))\b",
    re.IGNORECASE,
)


# "40 mg, unless weight is below 50 kg, when 20 mg": the second dose is for whom the first leaves.
_UNLESS = lazy(
    r"\bunless\b[^,;.]*(?:\.\d[^,;.]*)*,\s+(?:when|in\s+(?:which\s+case|whom)|for\s+whom|then)\b",
    re.IGNORECASE,
)


def clause_of(dosage: Dosage, text: str) -> str:
    """Give the clause of `text` that a dosage stands in."""
    start, end = clause_span(dosage, text)
    return text[start:end]


def clause_span(dosage: Dosage, text: str) -> tuple[int, int]:
    """Give where the clause of `text` that a dosage stands in begins and ends."""
    breaks = [match.start() for match in _BREAK.finditer(text)]
    start = max((at + 1 for at in breaks if at < dosage.amount_start), default=0)
    return start, min((at for at in breaks if at >= dosage.end), default=len(text))


def for_both(text: str, group: Group, dosages: Sequence[Dosage]) -> Group:
    """Read "5 mg daily; 2.5 mg if over 80" as for those over 80 and for all others.

    Where the first dose of a sentence is for everyone and a later clause doses a group apart,
    the sentence leaves nobody out; what that group is measured by still decides which of its
    doses is meant.
    """
    doses = [d for d in dosages if d.role is DosageRole.DOSE and d.low is not None]
    if len(doses) < 2 or not group.criteria:
        return group
    excepting = _UNLESS.search(text, doses[0].end)
    if excepting and group.combinator is Combinator.ALL and doses[-1].start >= excepting.end():
        told = tuple(
            _either_way(c) if c.negated and c.text in excepting[0] else c for c in group.criteria
        )
        return replace(group, criteria=tuple(c for c in told if c is not None))
    _, usual_to = clause_span(doses[0], text)
    later = [d for d in doses[1:] if clause_span(d, text)[0] >= usual_to]
    usual = read_group(text[:usual_to]).criteria
    if usual and not any(_FOR_OTHERS.search(clause_of(d, text)) for d in later):
        return group
    apart = [read_group(clause_of(d, text)).criteria for d in later]
    excepted = {c for each in (usual, *apart) for c in each}
    if not excepted:
        return group
    if group.combinator is Combinator.ANY and excepted.issuperset(group.criteria):
        group = replace(group, criteria=group.criteria[:1], combinator=Combinator.ALL)
    if group.combinator is not Combinator.ALL:
        return group
    criteria = tuple(_either_way(c) if c in excepted else c for c in group.criteria)
    return replace(group, criteria=tuple(c for c in criteria if c is not None))


def _either_way(criterion: Criterion) -> Criterion | None:
    """The criterion or its contrary; None where it has alternatives, and so no plain contrary."""
    if criterion.alternatives:
        return None
    plain = replace(criterion, text="")
    return replace(plain, alternatives=(replace(plain, negated=not plain.negated),))
