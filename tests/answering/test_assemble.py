"""An answer is put together from what was composed; every source that it shows is listed."""

from __future__ import annotations

from osler.answering.assemble import assemble
from osler.answering.composing.compose import Composed, compose_claims
from osler.answering.judging.relevance import prepare
from osler.answering.retrieving.retrieve import retrieve
from osler.answering.selecting.select import Selection, select
from osler.answering.understanding.understand import understand
from osler.domain import Conflict, Position
from osler.library import Library


def composed(library: Library, asked: str) -> tuple[Composed, ...]:
    question = understand(asked)
    return compose_claims(
        select(retrieve(library, question), prepare(question, library.idf)).core, question
    )


def test_a_conflict_lists_the_source_of_a_claim_that_had_no_room(starter: Library) -> None:
    asked = "metformin start dose in type 2 diabetes"
    shown = composed(starter, asked)[0]
    (left_out, *_) = composed(starter, "dose of folic acid before pregnancy")
    assert not {s.id for s in shown.sources} & {s.id for s in left_out.sources}
    conflict = Conflict("a drug", (Position(shown.claim, ()), Position(left_out.claim, ())))
    nothing = Selection((), (), ())
    everything = (shown, left_out)
    answer = assemble(understand(asked), nothing, (shown,), (), (conflict,), everything)
    cited = {c.source_id for item in everything for c in item.claim.citations}
    assert {reference.source.id for reference in answer.references} == cited
