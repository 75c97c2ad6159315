"""The bottom line of an overview and of a summary: what most readers come for.

It is the dose where doses of the topic are stated, else what is checked, else what is chosen or
avoided: what one source says of it, in its order, in the first section that has any.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from osler.answering.advising.agreement import same_dosages
from osler.answering.articles.topic_sections import Arranged
from osler.answering.candidates.wording import doses_the_unnamed
from osler.answering.composing.compose import Composed
from osler.answering.judging.families import family_of
from osler.domain import Question, SourceStatus, StatementKind
from osler.dosage import to_base
from osler.statements import sentence_spans
from osler.statements.vocabulary.substances import belongs_to, find_substances

MOST_SENTENCES = 3
MOST_OF_A_TABLE = 4  # rows, where a table opens
_KINDS = (
    StatementKind.DOSE,
    StatementKind.MONITORING,
    StatementKind.CHOICE,
    StatementKind.CONTRAINDICATION,
    StatementKind.RESULT,
    StatementKind.DURATION,
)
# What goes on about a sentence before it opens nothing: "It can be raised to 10 mg".
_GOES_ON = re.compile(
    r"(?:[\w ]{1,30}: )*(?:it|its|this|that|these|those|they|such|then|after that|the alternative"
    r"|in practice|if|and|or|but|also)\b",
    re.IGNORECASE,
)


def opening(arranged: Arranged, question: Question) -> tuple[Composed, ...]:
    """Up to three sentences of the first section that says the likeliest thing to be wanted."""
    everything = [item for _, items in arranged for item in items]
    unit = _usual_unit(everything)
    some_stand = any(_stands(item) for item in everything)
    for kind in _KINDS:
        for _, items in arranged:
            standing = [item for item in items if _stands(item) or not some_stand]
            fitting = [item for item in standing if _opens(item, kind, unit, question)]
            if fitting:
                return _within_sentences(fitting, items)
    return ()


def _stands(item: Composed) -> bool:
    """Whether it rests on a source that is neither superseded nor dated."""
    current = all(source.status is SourceStatus.CURRENT for source in item.sources)
    return current and item.claim.currency is None


def _usual_unit(items: Iterable[Composed]) -> str | None:
    """What most doses are measured in: of a drug in mg, "6 units of alcohol" is no dose.

    Tablets and vials count where nothing is measured.
    """
    units = [unit for item in items for unit in _units(item)]
    measured = [unit for unit in units if not unit.startswith("{")]
    counted = Counter(measured or units)
    return counted.most_common(1)[0][0] if counted else None


def _units(item: Composed) -> list[str]:
    return [to_base(d.low, d.unit)[1] for d in item.claim.dosages if d.low and d.unit]


def _opens(item: Composed, kind: StatementKind, unit: str | None, question: Question) -> bool:
    candidate, claim = item.scored.candidate, item.claim
    if candidate.statement.kind is not kind or claim.warning:
        return False
    if kind is StatementKind.DOSE and unit not in _units(item):
        return False
    return not _GOES_ON.match(claim.text) and _names_its_drug(item, question)


def _names_its_drug(item: Composed, question: Question) -> bool:
    """Whether it can be read without its heading, and names no drug that the topic is not.

    Under "Folic acid" the line "5 mg weekly, the day after methotrexate" seems to dose
    methotrexate.
    """
    candidate = item.scored.candidate
    if doses_the_unnamed(candidate.statement.text):
        return False
    headings = candidate.headings[-1:]
    above = {found.name for context in headings for found in find_substances(context.quote)}
    within = {found.name for found in find_substances(item.claim.text)}
    if above and not any(belongs_to(a, w) or belongs_to(w, a) for a in above for w in within):
        return False
    drugs = [term.name for term in question.terms if term.kind == "substance"]
    return not drugs or all(
        any(belongs_to(name, drug) or belongs_to(drug, name) for drug in drugs)
        for name in candidate.own_substances
    )


def _within_sentences(
    fitting: Sequence[Composed], section: Sequence[Composed]
) -> tuple[Composed, ...]:
    """What the first source says, while there is room; tables and lists whole, each dose once.

    A table or list in front is taken whole, or as far as there is room.
    """
    kept: list[Composed] = []
    room = MOST_SENTENCES
    for item in fitting:
        if item in kept or item.claim.citations[0].source_id != _source(fitting[0]):
            continue
        family = family_of(item.claim.statements[0])
        together = [i for i in section if family and family_of(i.claim.statements[0]) == family]
        together = together or [item]
        length = sum(len(sentence_spans(i.claim.text)) for i in together)
        if (length <= room or not kept) and not any(_same_dose(item, k) for k in kept):
            kept += together if length <= MOST_OF_A_TABLE else together[:MOST_SENTENCES]
            room -= length
    return tuple(kept)


def _source(item: Composed) -> str:
    return item.claim.citations[0].source_id


def _same_dose(one: Composed, other: Composed) -> bool:
    return bool(one.claim.dosages) and same_dosages(one.claim.dosages, other.claim.dosages)
