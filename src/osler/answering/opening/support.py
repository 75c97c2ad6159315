"""What helps beside the answer: monitoring, choice, cautions; little, and never instead of it."""

from __future__ import annotations

from osler.answering.composing.compose import Composed, compose_claims
from osler.answering.judging.scored import Scored
from osler.answering.selecting.select import Selection
from osler.answering.understanding.question_scope import is_general
from osler.domain import Aspect, Question, StatementKind

# A dose asked for no patient in particular opens a topic; one for a patient is to the point.
_SECTIONS = (
    StatementKind.MONITORING,
    StatementKind.TARGET,
    StatementKind.CHOICE,
    StatementKind.CAUTION,
    StatementKind.CONTRAINDICATION,
)
MOST_PER_SECTION_GENERAL = 8
MOST_PER_SECTION = 1
MOST_CLAIMS = 9  # core and support together, where the question is about one patient
MOST_WORDS = 190
FEWEST_WORDS = 4  # fewer are a label, not advice

_DOSE_ASPECTS = frozenset({Aspect.DOSE, Aspect.TREATMENT, Aspect.ANY})


def _is_of(kind: StatementKind, scored: Scored) -> bool:
    statement = scored.candidate.statement
    return statement.kind is kind and len(statement.text.split()) >= FEWEST_WORDS


def _each_source_in_turn(scored: list[Scored]) -> list[Scored]:
    """The best of each source, then the second of each, so that none crowds out the others."""
    by_source: dict[str, list[Scored]] = {}
    for item in sorted(scored, key=_helpfulness):
        by_source.setdefault(item.candidate.source.id, []).append(item)
    turns = max((len(items) for items in by_source.values()), default=0)
    return [items[n] for n in range(turns) for items in by_source.values() if n < len(items)]


def _helpfulness(scored: Scored) -> tuple[float, float, str]:
    """Best first: to the drug, in a passage to the point; whom it is for does not matter here."""
    relevance = scored.relevance
    return (-relevance.subject, -relevance.passage, scored.candidate.statement.id)


def choose_support(
    question: Question, selection: Selection, core: tuple[Composed, ...]
) -> tuple[Composed, ...]:
    """Supporting claims that the gate passes, within the answer's budget of claims and words."""
    if not _DOSE_ASPECTS & set(question.aspects):
        return ()
    general = is_general(question)
    per_section = MOST_PER_SECTION_GENERAL if general else MOST_PER_SECTION
    cited = {source.id for item in core for source in item.sources}
    near = [s for s in selection.support if general or s.candidate.source.id in cited]
    chosen: list[Scored] = []
    for kind in _SECTIONS:
        of_kind = [s for s in near if _is_of(kind, s)]
        chosen += _each_source_in_turn(of_kind)[:per_section]
    claims = len(core)
    words = sum(len(c.claim.text.split()) for c in core)
    kept: list[Composed] = []
    for composed in compose_claims(chosen, question):
        length = len(composed.claim.text.split())
        if not general and (claims + 1 > MOST_CLAIMS or words + length > MOST_WORDS):
            continue
        claims += 1
        words += length
        kept.append(composed)
    return tuple(kept)
