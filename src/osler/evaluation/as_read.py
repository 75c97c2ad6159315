"""What reading allows: the required doses that some one statement of their sources gives.

An answer can show no dose that was lost or torn apart when its document was read, so this is the
ceiling of what answers show; what lies between the two is lost in answering.
"""

from __future__ import annotations

from osler.domain import Claim, Statement, Verdict
from osler.evaluation.conflict_match import is_file
from osler.evaluation.fact_match import states_fact
from osler.evaluation.questions import ExpectedAnswer, ExpectedFact
from osler.library import Library


def is_read(library: Library, item: ExpectedAnswer, fact: ExpectedFact) -> bool:
    """Whether one statement of a fact's sources gives its dose, drug and people.

    By the rules that claims of an answer are held to (`osler.evaluation.fact_match`); the fact
    must have a dose with a unit.
    """
    return any(
        states_fact(item, fact, (_claim(statement),))
        for source in library.sources()
        if any(is_file(source, name) for name in fact.sources)
        for statement in library.statements_of(source.id)
        if statement.dosages
    )


def _claim(statement: Statement) -> Claim:
    """A statement as if an answer showed it in its own words."""
    return Claim(
        text=statement.text,
        citations=(),
        verdict=Verdict(),
        dosages=statement.dosages,
        statements=(statement,),
    )
