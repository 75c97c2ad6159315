"""Why sources may differ, from facts known of them; nothing is guessed."""

from __future__ import annotations

from collections.abc import Sequence

from osler.answering.disagreeing.currency import work_of
from osler.answering.disagreeing.sides import Side
from osler.domain import DosageRole, Source, SourceKind

FAR_APART = 5  # years between sources from which their age may explain a difference


def reason_for(sides: Sequence[Side]) -> str | None:
    """What sets the sides of a conflict apart, as sentences; None where nothing known does.

    Each sentence states what is known of the sources or what the claims themselves name; that
    it is why they differ is for the reader to judge.
    """
    sources = list({s.id: s for side in sides for s in side.item.sources}.values())
    said = (
        _countries(sources),
        _editions(sources) or _years(sources),
        _kinds(sources),
        _forms(sides),
        _conditions(sides),
        _basis(sides),
    )
    return " ".join(sentence for sentence in said if sentence) or None


def _countries(sources: list[Source]) -> str:
    codes = [s.jurisdiction for s in sources]
    if None in codes or len(set(codes)) < 2:
        return ""
    listed = ", ".join(sorted({str(code) for code in codes}))
    return f"The sources are from different countries: {listed}."


def _editions(sources: list[Source]) -> str:
    """One publisher's document, issued again."""
    if len({work_of(s) for s in sources}) > 1 or len({s.year for s in sources}) < 2:
        return ""
    if not all(s.year and s.organization for s in sources):
        return ""
    years = sorted({s.year for s in sources if s.year})
    return f"They are editions of one document: {', '.join(map(str, years))}."


def _years(sources: list[Source]) -> str:
    years = sorted({s.year for s in sources if s.year})
    if len(years) < 2 or years[-1] - years[0] < FAR_APART or not all(s.year for s in sources):
        return ""
    return f"The sources are of different years: {', '.join(map(str, years))}."


def _kinds(sources: list[Source]) -> str:
    """A label says what is licensed, a guideline what is practised."""
    kinds = [s.kind for s in sources]
    if None in kinds or len(set(kinds)) < 2 or SourceKind.DRUG_LABEL not in kinds:
        return ""
    listed = ", ".join(sorted({kind.value for kind in kinds if kind}))
    return f"The sources are of different kinds: {listed}."


def _forms(sides: Sequence[Side]) -> str:
    each = [
        {d.substance for d in side.item.claim.dosages if d.substance and d.role is DosageRole.DOSE}
        for side in sides
    ]
    if not all(each) or set.intersection(*each):
        return ""
    return f"Different forms are dosed: {', '.join(sorted(set().union(*each)))}."


def _conditions(sides: Sequence[Side]) -> str:
    each = [side.own for side in sides]
    if not all(each) or frozenset.intersection(*each):
        return ""
    return f"Different conditions are named: {', '.join(sorted(frozenset().union(*each)))}."


def _basis(sides: Sequence[Side]) -> str:
    each = [{d.per for d in side.item.claim.dosages if d.role is DosageRole.DOSE} for side in sides]
    by_weight = any("kg" in bases for bases in each)
    fixed = any(bases == {None} for bases in each)
    if not all(each) or not by_weight or not fixed:
        return ""
    return "One doses by body weight, another gives a fixed amount."
